package kernel

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// withCache lets a test keep its modules where nobody else's are.
func withCache(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"XDG_CACHE_HOME", "HOME", "LocalAppData"} {
		t.Setenv(name, dir)
	}
}

// newModule makes a folder with files and the notebook's place beside it.
func newModule(t *testing.T, files map[string]string) {
	t.Helper()
	dir := t.TempDir()
	t.Chdir(dir)
	for name, text := range files {
		name = filepath.Join(dir, "mine", name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// mine is a module that does at package level what packages do there.
var mine = map[string]string{
	"go.mod": "module example.org/mine\n\ngo 1.26\n",
	"mine.go": `package mine

import (
	"errors"
	"fmt"

	"example.org/mine/internal/log"
)

var Total = first() + 1 // after first, which depends on base
var base = log.Add("base", 40)
var Unused = log.Add("unused", 1)
var a, b = pair()
var _ = log.Add("blank", 0)

func init() { log.Add("init", 0); Total *= 2 }
func init() { log.Add("second init", 0) }

func first() int         { return base + 1 }
func pair() (int, string) { log.Add("pair", 0); return 3, "three" }

func Pair() string { return fmt.Sprint(a, b) }

type Colour int

const (
	Red Colour = iota
	Green
)

func (c Colour) String() string { return [...]string{"red", "green"}[c] }

type Missing struct{ What string }

func (m *Missing) Error() string { return m.What + " is missing" }

var ErrNone = errors.New("none")

func Find(what string) error {
	if what == "" {
		return fmt.Errorf("find: %w", ErrNone)
	}
	return &Missing{what}
}

type Stack[T any] struct{ items []T }

func (s *Stack[T]) Push(x T) { s.items = append(s.items, x) }
func (s *Stack[T]) Len() int { return len(s.items) }

func Map[T, U any](xs []T, f func(T) U) []U {
	var ys []U
	for _, x := range xs {
		ys = append(ys, f(x))
	}
	return ys
}

type hidden struct{ N int }

func New(n int) *hidden { return &hidden{n} }

func (h *hidden) Twice() int { return 2 * h.N }

type Shape interface{ Area() float64 }

func Describe(s Shape) string { return fmt.Sprintf("area %g", s.Area()) }

// A knot holds functions of itself, inside another type.
type knot struct {
	handler func(*knot, int) error
	n       int
}

type Outer struct{ inner knot }

func (o *Outer) Run() int {
	o.inner.handler = func(k *knot, n int) error { k.n += n; return nil }
	o.inner.handler(&o.inner, 5)
	return o.inner.n
}
`,
	"internal/log/log.go": `package log

var Said []string

func Add(what string, n int) int { Said = append(Said, what); return n }
`,
	"said/said.go": `package said

import "example.org/mine/internal/log"

func Said() []string { return log.Said }
`,
	"fast/fast.go": "package fast\n\nfunc Fast()\n",
	"fast/fast.s":  "TEXT",
	"wrong/wrong.go": `package wrong

var X int = "text"
`,
}

// TestGetFolder imports a module from a folder and uses all of it.
func TestGetFolder(t *testing.T) {
	withCache(t)
	newModule(t, mine)
	n := newNotebook(t)
	n.shows("%get ./mine", "")
	for _, want := range []string{"example.org/mine\n", `import "example.org/mine/said"`, "not example.org/mine/fast, which is partly written in assembly"} {
		if !strings.Contains(n.out.String(), want) {
			t.Errorf("%%get says %q, want %q in it", n.out.String(), want)
		}
	}
	n.shows("import \"example.org/mine\"\nmine.Total", "84")
	n.shows("mine.Pair()", "3three")
	n.shows("said.Said()", "[base blank init second init pair]") // imported by its name; what nobody uses is not set
	n.shows("mine.Total++\nmine.Total", "85")
	n.shows("c := mine.Green\nfmt.Sprintf(`%v %d %T`, c, c, c)", "green 1 mine.Colour")
	n.shows("c", "green")
	n.shows("fmt.Sprint(map[mine.Colour]bool{mine.Red: true})", "map[red:true]")
	n.shows("err := mine.Find(`x`)\nvar m *mine.Missing\nfmt.Sprint(errors.As(err, &m), m.What, err)", "truexx is missing")
	n.shows("errors.Is(mine.Find(``), mine.ErrNone)", "true")
	n.shows("var s mine.Stack[mine.Colour]\ns.Push(mine.Red)\ns.Push(c)\ns.Len()", "2")
	n.shows("fmt.Sprint(mine.Map([]mine.Colour{0, 1}, mine.Colour.String), mine.Map([]int{1, 2}, func(i int) string { return strconv.Itoa(-i) }))",
		"[red green] [-1 -2]")
	n.shows("h := mine.New(21)\nh.Twice()", "42")
	n.shows("h.N = 4\nh.Twice()", "8")
	n.shows("type square float64\nfunc (s square) Area() float64 { return float64(s * s) }\nmine.Describe(square(3))", "area 9")
	n.shows("var o mine.Outer\no.Run() + o.Run()", "15")
	n.fails("mine.Totl", "undefined: mine.Totl (did you mean mine.Total?)")
	n.fails("var x mine.Colour = `red`", "as mine.Colour value")
	n.fails("import \"example.org/mine/fast\"", "is partly written in assembly")
	n.fails("import \"example.org/mine/wrong\"", "wrong.go:3:13: cannot use \"text\"")
	for _, name := range []string{"", "m ", ". ", "_ "} {
		n.fails("x := 1\nimport "+name+"\"example.org/nowhere\"\nm.X()", "line 2: could not import example.org/nowhere")
	}
	n.shows("1 + 1", "2")
}

// TestGetAndGo runs the Go below a magic, with the positions of the cell.
func TestGetAndGo(t *testing.T) {
	withCache(t)
	newModule(t, mine)
	n := newNotebook(t)
	n.shows("%get ./mine\nmine.Green", "green")
	n.fails("%get ./mine\n\nundefinedName", "line 3: undefined: undefinedName")
	n.fails("%get ./nothing\nx := 1", "./nothing is not a folder")
	n.fails("x", "undefined: x")
	n.fails("%nothing", "%get module@version")
	if status, _ := n.IsComplete("%get ./mine\nfor {"); status != "incomplete" {
		t.Errorf("an open loop below a magic is %s", status)
	}
	if status, _ := n.IsComplete("%get ./mine"); status != "complete" {
		t.Errorf("a magic is %s", status)
	}
}

// TestGetInterrupted ends a wait for a proxy that does not answer.
func TestGetInterrupted(t *testing.T) {
	withCache(t)
	t.Setenv("GOPROXY", "http://192.0.2.1:9") // an address for documentation, where nobody is
	n := newNotebook(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := n.Eval(ctx, 1, "%get example.org/a"); err == nil || err.Error() != "interrupted" {
		t.Errorf("error %v", err)
	}
}

// proxied skips a test where no module proxy can be reached. In continuous
// integration one can, and there its silence is a failure.
func proxied(t *testing.T) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	proxy, _, _ := strings.Cut(strings.ReplaceAll(cmp.Or(os.Getenv("GOPROXY"), "https://proxy.golang.org"), "|", ","), ",")
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimSuffix(proxy, "/")+"/github.com/google/uuid/@v/list", nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err == nil {
		response.Body.Close()
		if response.StatusCode != http.StatusOK {
			err = errors.New(response.Status)
		}
	}
	switch {
	case err == nil:
	case os.Getenv("CI") != "":
		t.Fatalf("the module proxy does not answer: %v", err)
	default:
		t.Skipf("the module proxy does not answer: %v", err)
	}
}

// TestRealModules uses five modules that many programs use, from the module proxy that
// the environment names.
func TestRealModules(t *testing.T) {
	proxied(t)
	withCache(t)
	t.Setenv("GOFLAGS", "")
	n := newNotebook(t)

	n.shows("%get github.com/google/uuid@v1.6.0\nuuid.MustParse(`6ba7b810-9dad-11d1-80b4-00c04fd430c8`).Version()", "VERSION_1")
	n.shows("uuid.NewSHA1(uuid.NameSpaceDNS, []byte(`example.org`))", "aad03681-8b63-5304-89e0-8ca8f49461b5")
	n.shows("len(uuid.NewString())", "36")
	n.shows("_, err := uuid.Parse(`x`)\nerr", "invalid UUID length: 1")

	n.shows("%get github.com/samber/lo@v1.53.0\n%get golang.org/x/sync@v0.15.0", "") // the first is known by name after the second
	n.shows("lo.Map([]int{1, 2}, func(x, i int) string { return strconv.Itoa(x * 10) })", "[10 20]")
	n.shows("lo.Uniq([]string{`b`, `a`, `b`})", "[b a]")
	n.shows("lo.Chunk([]int{1, 2, 3}, 2)", "[[1 2] [3]]")
	n.shows("lo.GroupBy([]int{1, 2, 3}, func(x int) bool { return x%2 == 0 })", "map[false:[1 3] true:[2]]")
	n.shows("lo.SumBy([]string{`ab`, `c`}, func(s string) int { return len(s) })", "3")

	n.shows("%get github.com/spf13/cast@v1.10.0\nfmt.Sprint(cast.ToInt(`42`), cast.ToBool(`true`), cast.ToStringSlice([]any{1, `a`}))", "42 true [1 a]")
	n.shows("cast.ToDuration(`3s`)", "3s")

	n.shows("g, ctx := errgroup.WithContext(context.Background())\n"+
		"for i := range 3 {\n\tg.Go(func() error {\n\t\tif i == 2 {\n\t\t\treturn io.EOF\n\t\t}\n\t\treturn nil\n\t})\n}\n"+
		"fmt.Sprint(g.Wait(), ctx.Err())", "EOF context canceled")

	n.shows("%get gopkg.in/yaml.v3@v3.0.1\nvar m map[string]any\nerr := yaml.Unmarshal([]byte(\"a: 1\\nb: [x, 2.5]\"), &m)\nfmt.Sprint(m, err)",
		"map[a:1 b:[x 2.5]] <nil>")
	n.shows("type T struct {\n\tName string `yaml:\"name\"`\n\tSizes []int `yaml:\"sizes,flow\"`\n}\nb, _ := yaml.Marshal(T{`box`, []int{1, 2}})\nstring(b)",
		"name: box\nsizes: [1, 2]\n")
	n.shows("var v T\nyaml.Unmarshal(b, &v)\nv", "{box [1 2]}")

	n.shows("type Place struct{ X, Y int }\nfunc (p Place) MarshalYAML() (any, error) { return fmt.Sprintf(`%d/%d`, p.X, p.Y), nil }\n"+
		"type Size struct{ W, H int }\ntype Box struct {\n\tSize `yaml:\",inline\"`\n\tAt Place\n\tIn map[string]Size\n}\n"+
		"b, _ = yaml.Marshal(Box{Size{1, 2}, Place{3, 4}, map[string]Size{`a`: {5, 6}}})\nstring(b)",
		"w: 1\nh: 2\nat: 3/4\nin:\n    a:\n        w: 5\n        h: 6\n")
	n.shows("var box Box\nyaml.Unmarshal([]byte(`{w: 1, h: 2, in: {a: {w: 5}}}`), &box)\nbox.Size.H + box.In[`a`].W", "7")
	n.shows("var node yaml.Node\nyaml.Unmarshal([]byte(`a: [x, y]`), &node)\nnode.Content[0].Content[1].Content[1].Value", "y")

	n.fails("%get github.com/cespare/xxhash/v2@v2.3.0", "unsafe")
}
