package cell

import (
	"strings"
	"testing"
)

// inspectTests have the cursor at |. The text must contain the wanted parts, which are
// divided by a bar; with an empty wish nothing must be found.
var inspectTests = []struct {
	name, code string
	detail     int
	want       string
}{
	{"function", `fmt.Println|`, 0, "func Println(a ...any) (n int, err error)|Println formats using"},
	{"in a word", `fmt.Pri|ntln(1)`, 0, "func Println("},
	{"start of a word", `fmt.|Println(1)`, 0, "func Println("},
	{"between parentheses", `fmt.Println(|)`, 0, "func Println("},
	{"after an argument", `strings.Repeat("a", |)`, 0, "func Repeat("},
	{"in a string argument", `strings.Repeat("a|", 3)`, 0, "func Repeat("},
	{"inner call", `strings.Repeat(fmt.Sprint(|), 3)`, 0, "func Sprint("},
	{"unfinished call", "fmt.Println(scale(|", 0, "func scale("},
	{"package", `stri|ngs.ToUpper`, 0, `package strings // import "strings"|Package strings implements`},
	{"renamed package", `str|.ToUpper`, 0, "package strings"},
	{"import path", `import "net/ht|tp"`, 0, "package http"},
	{"method", `w.Squ|are()`, 0, "func (n *Node) Square() *Node"},
	{"promoted method", `var f struct{ *bytes.Buffer }; f.Write|(nil)`, 0, "func (b *Buffer) Write("},
	{"interface method", `var r io.Reader; r.Re|ad(nil)`, 0, "Read(p []byte) (n int, err error)"},
	{"field", `var s http.Server; s.Ad|dr`, 0, "Addr string|Addr optionally specifies"},
	{"field in a literal", `http.Server{Ad|dr: ""}`, 0, "Addr string|Addr optionally specifies"},
	{"constant", `math.P|i`, 0, "const Pi = 3.14159265358979323846264338327950288419716939937510582097494459"},
	{"type", `strings.Buil|der{}`, 0, "type Builder struct|A Builder is used"},
	{"package variable", `os.Arg|s`, 0, "var Args []string|Args hold"},
	{"builtin", `app|end(scores, 1)`, 0, "func append(slice []Type, elems ...Type) []Type|The append built-in"},
	{"predeclared type", `var e err|or`, 0, "type error interface"},
	{"nil", `var e error = ni|l`, 0, "nil is a predeclared identifier"},
	{"generic function", `slices.Sor|t(scores)`, 0, "func Sort[S ~[]E, E cmp.Ordered](x S)"},
	{"variable of a cell", `sco|res`, 0, "var scores []float64|Value: <scores>|From: In[1]"},
	{"non-ASCII", `grö|ße`, 0, "var größe int|Value: <größe>"},
	{"after non-ASCII", `"ä𝛼" + fmt.Sprin|t()`, 0, "func Sprint("},
	{"function of a cell", `sca|le(Point{}, 1)`, 0, "func scale(p Point, by float64) Point|scale multiplies.|From: In[4]|-return p"},
	{"source of a function", `sca|le(Point{}, 1)`, 1, "func scale(p Point, by float64) Point { return p }"},
	{"type of a cell", `Poi|nt{}`, 0, "type Point struct{ X, Y float64; label string }|A Point is a place."},
	{"method of a cell", `circle.Nor|m()`, 1, "func (p Point) Norm() float64|Norm is the distance|return p.X"},
	{"field of a cell", `circle.Rad|ius`, 0, "field Radius float64"},
	{"constant of a cell", `lim|it + 1`, 0, "const limit = 10"},
	{"local", "for index := range 3 { ind|ex++ }", 0, "var index int"},
	{"local that hides a variable", "func f(scores string) { sco|res = \"\" }", 0, "var scores string|-Value"},
	{"parameter", "func f(argument string) { arg|ument = \"\" }", 0, "var argument string"},
	{"function being written", "// f doubles.\nfunc f(x int) int { return 2 * x }\nf|(1)", 1, "func f(x int) int|f doubles.|return 2 * x"},
	{"variable being written", "temperature := 3.5\ntemper|ature", 0, "var temperature float64"},
	{"definition", "temper|ature := 3.5", 0, "var temperature float64"},
	{"keyword", "fo|r {}", 0, "for key, value := range x|Repeats a block"},
	{"explicit type argument", "first[int](|", 0, "func first[T any]"},
	{"explicit type arguments of a method's package", "slices.SortFunc[[]map[string]int](nil, |", 0, "func SortFunc["},
	{"index in an argument", "fmt.Println(scores[|])", 0, "func Println("},
	{"method between parentheses", "circle.Norm(|)", 1, "func (p Point) Norm() float64|Norm is|return p.X"},
	{"gonum", "mat.NewDen|se(1, 2, nil)", 0, "func NewDense(|NewDense creates"},
	{"display", "display.Sh|ow(1)", 0, "func Show("},
	{"field of a generic type", "type B[T any] struct{ V T }\nvar b B[int]\nb.V|", 0, "field V int"},
	{"header of an if", "if x := circle; x.Rad|ius > 3 {\n}", 0, "field Radius float64"},
	{"argument in a goroutine", "go func() { fmt.Println(|) }()", 0, "func Println("},
	{"body in an argument", "f(func() { | })", 0, ""},
	{"builtin call", "append(scores, |", 0, "func append("},
	{"iota", "const a = io|ta", 0, "iota"},
	{"method of a result", "strings.NewReader(\"x\").Re|ad", 0, "func (r *Reader) Read("},
	{"unknown", "nosu|ch", 0, ""},
	{"unknown member", "fmt.nosu|ch", 0, ""},
	{"nothing", "|", 0, ""},
	{"white space", "x := 1 \n | \n", 0, ""},
	{"comment", "// fmt.Prin|tln", 0, ""},
	{"literal", "[]int{1, |}", 0, ""},
}

func TestInspect(t *testing.T) {
	s := newWriter(t, earlier...)
	for _, tt := range inspectTests {
		t.Run(tt.name, func(t *testing.T) {
			code, pos := cursorIn(t, tt.code)
			got := s.Inspect(code, pos, tt.detail)
			if got.Found != (tt.want != "") || got.Found != (got.Text != "") || got.Found != (got.Markdown != "") {
				t.Fatalf("%s: found %v: %q", tt.code, got.Found, got.Text)
			}
			for part := range strings.SplitSeq(tt.want, "|") {
				part, not := strings.CutPrefix(part, "-")
				if strings.Contains(got.Text, part) == not {
					t.Errorf("%s: got %q, want %q: %v", tt.code, got.Text, part, !not)
				}
			}
		})
	}
}

// TestInspectMarkdown: code in fences, and links to what the comment mentions.
func TestInspectMarkdown(t *testing.T) {
	s := newWriter(t, earlier...)
	for _, tt := range []struct {
		code string
		want []string
	}{
		{`bytes.Min|Read`, []string{"```go\nconst MinRead = 512\n```", "[Buffer.Read](https://pkg.go.dev/bytes#Buffer.Read)"}},
		{`sco|res`, []string{"```go\nvar scores []float64\n```", "Value:\n\n```\n<scores>\n```", "From In[1]"}},
		{`json.Mar|shal`, []string{"\t// Field appears in JSON as key \"myName\"."}},
		{`graph.Mini|mize`, []string{"```go\nfunc Minimize("}},
	} {
		code, pos := cursorIn(t, tt.code)
		got := s.Inspect(code, pos, 1).Markdown
		for _, want := range tt.want {
			if !strings.Contains(got, want) {
				t.Errorf("%s: got\n%s\nwant %s", tt.code, got, want)
			}
		}
	}
}

// TestInspectWithoutDocs: a session that was given nothing but an importer still knows
// types.
func TestInspectWithoutDocs(t *testing.T) {
	s := newWriter(t)
	s.config.Doc, s.config.Value = nil, nil
	if got := s.Inspect("fmt.Println", 11, 0); !strings.HasPrefix(got.Text, "func fmt.Println(a ...any) (n int, err error)") {
		t.Errorf("got %q", got.Text)
	}
}

func TestCutDeclaration(t *testing.T) {
	declaration := "type T struct {\n\tA int // a (\n\n\tB int\n}"
	for text, want := range map[string][2]string{
		"func F()\n\nF does.\n\nMuch.":   {"func F()", "F does.\n\nMuch."},
		declaration + "\n\nT is a type.": {declaration, "T is a type."},
		declaration:                      {declaration, ""},
		"":                               {"", ""},
	} {
		if d, c := cutDeclaration(text); d != want[0] || c != want[1] {
			t.Errorf("%q: got %q and %q, want %q", text, d, c, want)
		}
	}
}

// TestBlock: a fence is longer than any in the text.
func TestBlock(t *testing.T) {
	if got, want := block("", "a\n```\nb"), "````\na\n```\nb\n````"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
