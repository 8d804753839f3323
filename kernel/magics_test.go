package kernel

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"gradbook/kernel/cell"
)

func TestOrders(t *testing.T) {
	n := newNotebook(t)
	n.shows("done, list := true, []bool{true}\nimport \"strings\"", "")
	for _, test := range []struct {
		code string
		want []string // name and argument
		rest string
	}{
		{"x := 1", nil, "x := 1"},
		{"%get a", []string{"%get a"}, ""},
		{"\n  %get   ./a  \n\n%get b@v1\nx := 7 % 2\n%y", []string{"%get ./a", "%get b@v1"}, "\n\n\n\nx := 7 % 2\n%y"},
		{"", nil, ""},
		{"\n\nx", nil, "\n\nx"},
		{"!ls -l\n!  date\nx", []string{"! ls -l", "! date"}, "\n\nx"},
		{"!ls", []string{"! ls"}, ""},
		{"!make -k", []string{"! make -k"}, ""},
		{"!done", nil, "!done"},
		{"!done && true", nil, "!done && true"},
		{"!list[0]", nil, "!list[0]"},
		{"!strings.HasPrefix(`a`, `b`)", nil, "!strings.HasPrefix(`a`, `b`)"},
		{"!(1 > 2)", nil, "!(1 > 2)"},
		{"%%bash\nls\n%cd", []string{"%%bash "}, ""},
		{"%time f(x)", []string{"%time f(x)"}, ""},
		{"%%time\nf(x)", []string{"%time "}, ""},
		{"?fmt.Println", []string{"? fmt.Println"}, ""},
		{"fmt.Println??", []string{"? ?fmt.Println"}, ""},
		{" x? ", []string{"? x"}, ""},
		{"a ? b", nil, "a ? b"},
		{"f(x)?", nil, "f(x)?"},
		{`"what?"`, nil, `"what?"`},
		{"?", nil, "?"},
	} {
		list, rest, err := n.orders(1, test.code)
		var got []string
		for _, o := range list {
			got = append(got, o.magic.name+" "+o.argument)
		}
		if err != nil || rest != test.rest || !slices.Equal(got, test.want) {
			t.Errorf("%q: %q, %q, %v", test.code, got, rest, err)
		}
	}
}

// TestOrderAtCursor completes and explains magics where they may stand, and Go elsewhere.
func TestOrderAtCursor(t *testing.T) {
	e := newEvaluator(io.Discard, io.Discard, deaf{})
	for _, test := range []struct {
		code       string // the cursor is at |
		text       string // of the matches
		start, end int
		help       bool
	}{
		{"%wh|", "%who", 0, 3, true},
		{"%ge|", "%get", 0, 3, true},
		{"\n  %g|\nx", "%get", 3, 5, true},
		{"%get 𝛼\n%g|", "%get", 7, 9, true},
		{"%get strin|", "", 10, 10, true},
		{"%%g|", "", 0, 3, false},
		{"%tim|", "%time %timeit", 0, 4, true},
		{"%%b|", "%%bash", 0, 3, true},
		{"%get ./x\nstrings.ToUpperSp|", "ToUpperSpecial", 17, 26, false},
		{"x := 7\n%get|", "", 8, 11, false},
	} {
		before, after, _ := strings.Cut(test.code, "|")
		cursor := utf8.RuneCountInString(before)
		found := e.Complete(before+after, cursor)
		var texts []string
		for _, m := range found.Matches {
			texts = append(texts, m.Text)
		}
		if got := strings.Join(texts, " "); got != test.text || found.Start != test.start || found.End != test.end {
			t.Errorf("%q: %q at %d to %d", test.code, got, found.Start, found.End)
		}
		if help := e.Inspect(before+after, cursor, 0); help.Found != test.help {
			t.Errorf("%q: found %v: %s", test.code, help.Found, help.Text)
		}
	}
}

// TestUnknownOrder lists what there is, each with its line of help, as %help does.
func TestUnknownOrder(t *testing.T) {
	n := newNotebook(t)
	_, err := n.eval("%fetch a")
	if err == nil || !strings.HasPrefix(err.Error(), "%fetch is not known here") {
		t.Fatalf("error %v", err)
	}
	n.shows("%help", "")
	for _, list := range []string{err.Error(), n.out.String()} {
		for _, m := range magics {
			if m.help == "" || m.run == nil || !strings.Contains(list, m.name) || !strings.Contains(list, m.help) {
				t.Errorf("%s is not listed in %q", m.name, list)
			}
		}
	}
}

// says runs a cell whose output must match a pattern as a whole.
func (n *notebook) says(code, pattern string) {
	n.t.Helper()
	before := len(n.out.String())
	if _, err := n.eval(code); err != nil {
		n.t.Errorf("%s: %v", code, whole(err))
	}
	if said := n.out.String()[before:]; !regexp.MustCompile(`^(?:` + pattern + `)$`).MatchString(said) {
		n.t.Errorf("%s says %q, want %s", code, said, pattern)
	}
}

func TestTime(t *testing.T) {
	const duration = `[0-9.e+]+ (s|ms|µs|ns)`
	n := newNotebook(t)
	n.says("%time x := 6 * 7", `Wall time: `+duration+`\n`)
	n.shows("%time x", "42")
	n.shows("%%time\ny := x + 1\ny", "43")
	n.says("%timeit y * y", duration+` ± `+duration+` per loop \(mean ± standard deviation of 7 runs, 10*1?0* loops each\)\n`)
	n.says("n := 0\n", "")
	n.says("%%timeit\nz := n\nn = z + 1 // counts", duration+` ± .*\n`)
	n.shows("n > 1000", "true")
	n.fails("z", "undefined: z")
	n.fails("%timeit", "%timeit wants Go to run")
	n.fails("\n  %timeit x + nothing", "cell 10, line 2: undefined: nothing")
	n.fails("%time x + nothing", "cell 11, line 1: undefined: nothing")
	n.fails("%%timeit\nx := 1\nx + \"a\"", "cell 12, line 3: invalid operation")
	_, err := n.eval("  %timeit x + nothing")
	var list cell.Errors
	if !errors.As(err, &list) || list[0].Column != 15 {
		t.Errorf("%v, want an error in column 15", err)
	}
	n.fails("%timeit []int{}[n]", "index out of range")
}

func TestWhoAndReset(t *testing.T) {
	n := newNotebook(t)
	n.says("%who", "")
	n.shows("type point struct{ X, Y int }\np, name, xs := point{1, 2}, \"Ada\\nL.\", make([]int, 90)\nf := func(int) error { return nil }\nconst c = 1", "")
	n.says("%who", `f +func\(int\) error +0x[0-9a-f]+\nname +string +Ada L\.\np +main\.point +\{1 2\}\nxs +\[\]int +\[0 0 .* …\n`)
	n.shows("%reset", "")
	n.says("%who", "")
	n.fails("p", "undefined: p")
	n.shows("%reset\np := 3\np", "3")
	n.shows("w := graph.Variable(\"w\", 2)\nw.Compute(nil)", "2")
}

func TestFolderAndEnvironment(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	t.Setenv("HOME", dir)
	t.Setenv("GRADBOOK_TRIAL", "")
	if err := os.Mkdir(filepath.Join(dir, "a folder"), 0o755); err != nil {
		t.Fatal(err)
	}
	n := newNotebook(t)
	n.says("%cd a folder", `.*a folder\n`)
	n.says("%cd -", `.*`+regexp.QuoteMeta(filepath.Base(dir))+`\n`)
	n.says("%cd \"a folder\"\n%cd", `.*a folder\n.*`+regexp.QuoteMeta(filepath.Base(dir))+`\n`)
	n.fails("%cd nowhere", "nowhere: no such file")
	n.shows("%env GRADBOOK_TRIAL = some text\nos.Getenv(\"GRADBOOK_TRIAL\")", "some text")
	n.says("%env GRADBOOK_TRIAL", "some text\n")
	n.says("%env", `(?s).*GRADBOOK_TRIAL=some text\n.*`)
	n.fails("%env GRADBOOK_NOTHING", "GRADBOOK_NOTHING is not set")
}

func TestLoad(t *testing.T) {
	t.Chdir(t.TempDir())
	const text = "x := 1\nx\n"
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/there.go" {
			http.NotFound(w, r)
			return
		}
		w.Write([]byte(text))
	}))
	defer server.Close()
	for name, content := range map[string]string{"a file.go": text, "binary": "\xff\xfe", "long": strings.Repeat("x", loadLimit+1)} {
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	n := newNotebook(t)
	for _, name := range []string{"a file.go", "'a file.go'", server.URL + "/there.go"} {
		result, err := n.Eval(t.Context(), 1, "%load "+name)
		if err != nil {
			t.Fatal(err)
		}
		if p := result.Payload[0]; p.Source != "set_next_input" || !p.Replace || p.Text != text {
			t.Errorf("%%load %s asks for %+v", name, p)
		}
	}
	n.fails("%load", "wants a file or a URL")
	n.fails("%load nowhere.go", "nowhere.go: no such file")
	n.fails("%load "+server.URL+"/elsewhere.go", "404 Not Found")
	n.fails("%load binary", "binary is no text")
	n.fails("%load long", "has more than 1048576 bytes")
}

func TestShell(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no POSIX shell")
	}
	n := newNotebook(t)
	n.says("!echo one; echo two | tr a-z A-Z", "one\nTWO\n")
	n.says("!exit 3", "")
	n.shows("!exit 0\n6 * 7", "42")
	n.says("%%bash\nfor i in 1 2; do\n  echo $i\ndone\n%cd || echo kept", "1\n2\nkept\n")
	n.says("%%bash -e\ntrue\necho end", "end\n")
	n.fails("%%bash\nexit 3", "bash: exit status 3")
}

// calling calls a function when something is written.
type calling func()

func (f calling) Write(p []byte) (int, error) { f(); return len(p), nil }

// TestShellInterrupted: the command ends, and all that it has started, at once.
func TestShellInterrupted(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no POSIX shell")
	}
	for _, code := range []string{"!sleep 1000 & echo on; wait; echo over", "%%bash\ntrap '' INT\necho on\nsleep 1000 | cat; echo over"} {
		n := newNotebook(t)
		ctx, cancel := context.WithCancel(t.Context())
		n.stdout = io.MultiWriter(n.out, calling(cancel))
		if _, err := n.Eval(ctx, 1, code); err == nil || err.Error() != "interrupted" {
			t.Errorf("%s: error %v, want interrupted", code, err)
		}
		if strings.Contains(n.out.String(), "over") {
			t.Errorf("%s went on", code)
		}
	}
}

func TestPager(t *testing.T) {
	n := newNotebook(t)
	n.shows("// Twice doubles.\nfunc Twice(x int) int { return 2 * x }", "")
	for code, want := range map[string][]string{
		"?Twice":  {"func Twice(x int) int", "Twice doubles."},
		"Twice??": {"return 2 * x"},
		"nobody?": {"nobody is not known here."},
	} {
		result, err := n.Eval(t.Context(), 2, code)
		if err != nil || result.Data != nil || len(result.Payload) != 1 {
			t.Fatalf("%s: %+v, %v, want one page", code, result, err)
		}
		text := result.Payload[0].Data["text/plain"].(string)
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%s shows %q, want %q in it", code, text, w)
			}
		}
	}
}
