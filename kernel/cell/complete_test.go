package cell

import (
	"go/token"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"gradbook/kernel/symbols"
)

// newWriter returns a session in which these cells have run, and in which everything that
// Gradbook has can be imported.
func newWriter(t testing.TB, cells ...string) *Session {
	t.Helper()
	s := New(Config{
		Importer: symbols.NewImporter(), Paths: symbols.Paths, Doc: symbols.Doc, Packages: symbols.All(), Why: symbols.Why,
		Preload: []string{"gradbook/graph", "gradbook/display"},
		Value:   func(name string) string { return "<" + name + ">" },
	})
	for i, code := range cells {
		p, err := s.Compile(i+1, code)
		if err != nil {
			t.Fatalf("cell %q: %v", code, err)
		}
		p.Accept()
	}
	return s
}

// cursorIn takes the | out of marked code and returns where it was, in code points.
func cursorIn(t testing.TB, marked string) (code string, pos int) {
	t.Helper()
	before, after, ok := strings.Cut(marked, "|")
	if !ok {
		t.Fatalf("%q has no |", marked)
	}
	return before + after, utf8.RuneCountInString(before)
}

// earlier are the cells that the tests of completion and inspection build on.
var earlier = []string{
	"import str \"strings\"\nvar scores = []float64{1, 2}",
	"// A Point is a place.\ntype Point struct{ X, Y float64; label string }\n\n// Norm is the distance from the origin.\nfunc (p Point) Norm() float64 { return p.X }\nfunc (p *Point) move(by float64) {}",
	"type Circle struct { Point; Radius float64 }\nvar circle Circle\nvar größe = 3\nconst limit = 10",
	"// scale multiplies.\nfunc scale(p Point, by float64) Point { return p }\nfunc first[T any](xs []T) T { return xs[0] }",
	"w := graph.Variable(\"w\", 1)\nloss := w.Square()",
}

// completeTests have the cursor at |. The wanted matches must be there, in any order; those
// after a minus sign must not; an equals sign first says that there are no others.
var completeTests = []struct{ name, code, want string }{
	{"package member", `fmt.Prin|`, "= Print Printf Println"},
	{"all members", `fmt.|`, "Println Sprint Stringer -print"},
	{"capital forgotten", `fmt.println|`, "= Println"},
	{"nested package", `rand.Int|`, "IntN -Intn"},
	{"import in the cell", "import \"math/rand\"\nrand.Int|", "Intn -IntN"},
	{"renamed import of an earlier cell", `str.ToUp|`, "= ToUpper ToUpperSpecial"},
	{"preloaded", `graph.Minimi|`, "= Minimize"},
	{"generic function", `slices.SortF|`, "= SortFunc"},
	{"variable of an earlier cell", `sco|`, "= scores"},
	{"field and method", `circle.|`, "Radius Point X Y label Norm move"},
	{"promoted through a dot", `circle.Point.N|`, "= Norm"},
	{"chain of calls", `w.Multiply(2).Squ|`, "= Square"},
	{"method of a call", `scale(Point{}, 2).No|`, "= Norm"},
	{"index", `[]Point{{}}[0].|`, "X Y Norm"},
	{"pointer", `(&circle).Ra|`, "= Radius"},
	{"local", "for index, value := range scores {\n\tind|\n}", "= index"},
	{"local, unfinished", "for index, value := range scores {\n\tfmt.Println(ind|", "= index"},
	{"parameter", "func f(argument int) int { return arg| }", "= argument"},
	{"unfinished function", "func f(argument Point) {\n\targument.|", "X Y Norm move"},
	{"variable of this cell", "temperature := 3\ntemper|", "= temperature"},
	{"variable of this cell in its function", "temperature := circle\nfunc f() { temperature.Rad| }", "= Radius"},
	{"not yet declared", "func f() {\n\tvar a = temper|\n\ttemperature := 3\n}", "= "},
	{"method body", "type Square struct{ side int }\nfunc (s Square) Area() int { return s.si| }", "= side"},
	{"range variable's field", "for _, p := range []Point{} { p.| }", "X Norm"},
	{"literal field", `Point{|}`, "X Y label"},
	{"literal field after another", `Point{X: 1, |}`, "= Y label"},
	{"literal field, unfinished", "graph.Training{Ste|", "= Steps"},
	{"literal of a slice", `[]Point{{X|`, "= X"},
	{"literal by pointer", `&Point{la|}`, "= label"},
	{"literal value", `Point{X: gr|}`, "graph größe -X"},
	{"map key is a name", `map[string]int{sco|}`, "= scores"},
	{"argument", `scale(circle.Po|, 2)`, "= Point"},
	{"argument, unfinished", "scale(circle.Po|\nx := 2", "= Point"},
	{"condition", "if circle.Ra|", "= Radius"},
	{"switch", "switch circle.Ra|", "= Radius"},
	{"range", "for range circle.Po|", "= Point"},
	{"case", "switch x := 1; x {\ncase circle.Ra|", "= Radius"},
	{"type of a parameter", "func f(c Circ|", "= Circle"},
	{"type of a package", "var b strings.Bui|", "= Builder"},
	{"method expression", "Point.|", "= Norm"},
	{"type parameter", "func f[T interface{ Name() string }](t T) { t.| }", "= Name"},
	{"embedded interface", "var r io.ReadWriter\nr.|", "= Read Write"},
	{"anonymous struct", "v := struct{ inner int }{}\nv.in|", "= inner"},
	{"keyword", "for range 3 {\n\tcontin|\n}", "= continue"},
	{"keyword in an expression", "x := ma|", "map make max -case"},
	{"builtin", "app|", "= append"},
	{"type", "var x float|", "float32 float64 -func"},
	{"unimported package", "bufi|", "= bufio"},
	{"package with a version", "var x = ran|", "rand range"},
	{"constant", "lim|", "= limit"},
	{"generic function of a cell", "fir|", "= first"},
	{"non-ASCII", "grö|", "= größe"},
	{"after non-ASCII", "größe2 := \"ä𝛼\"; fmt.Prin|", "= Print Printf Println"},
	{"in the middle of a word", "fmt.Pri|ntln(1)", "= Print Printf Println"},
	{"in a middle line", "a := 1\nstrings.ToT|\nb := 2", "= ToTitle ToTitleSpecial"},
	{"import path", `import "net/ht|`, "net/http net/http/httptest -net"},
	{"import path, closed", `import "encoding/js|"`, "= encoding/json"},
	{"import group", "import (\n\t\"fmt\"\n\t\"gonum.org/v1/gonum/ma|\n)", "= gonum.org/v1/gonum/mat"},
	{"import by name", `import "httptes|"`, "= net/http/httptest"},
	{"string", `s := "fmt.Prin|"`, "= "},
	{"unfinished string", `s := "fmt.Prin|`, "= "},
	{"raw string", "s := `fmt.Prin|`", "= "},
	{"comment", "// fmt.Prin|", "= "},
	{"comment at the end of a line", "x := 1 // fmt.|\ny := 2", "= "},
	{"block comment", "/* fmt.Prin| */", "= "},
	{"after a block comment", "/* a */fmt.Printl|", "= Println"},
	{"after a string", `fmt.Println("a", sco|`, "= scores"},
	{"number", "x := 12|", "= "},
	{"float", "x := 1.|", "= "},
	{"a name being given", "func sca|", "= "},
	{"a type being named", "type Poi|", "= "},
	{"unknown package", "nosuch.|", "= "},
	{"unknown member", "circle.nosuch.|", "= "},
	{"shadowed package", "str := circle\nstr.Ra|", "= Radius"},
	{"package without its import", `strings.Sp|`, "= Split SplitAfter SplitAfterN SplitAfterSeq SplitN SplitSeq"},
	{"generic type's members", "type Box[T any] struct{ Value T }\nfunc (b Box[T]) Get() T { return b.Value }\nvar bx Box[Point]\nbx.|", "= Value Get"},
	{"generic type's result", "type Box[T any] struct{ Value T }\nfunc (b Box[T]) Get() T { return b.Value }\nvar bx Box[Point]\nbx.Get().|", "X Norm"},
	{"type argument", "type Box[T any] struct{ Value T }\nvar bx Box[Poi|", "= Point"},
	{"type argument of a function", "first[flo|", "float32 float64"},
	{"map's value", "m := map[string]Point{}\nm[\"a\"].No|", "= Norm"},
	{"range in a range", "for k, ps := range map[string][]Point{} {\n\tfor _, p := range ps {\n\t\tp.No|", "= Norm"},
	{"range over an iterator", "for p := range maps.Keys(map[Point]int{}) { p.No|", "= Norm"},
	{"inferred result", "xs := slices.Collect(maps.Values(map[string]Point{}))\nxs[0].No|", "= Norm"},
	{"parameter of a closure", "f := func(q Point) {\n\tq.No|", "= Norm"},
	{"local of a closure", "f := func(q Point) int {\n\tlocal := 1\n\treturn loc|\n}", "= local"},
	{"header of an if", "if q := circle; q.Rad|", "= Radius"},
	{"body of an if", "if q := circle; q.Radius > 0 {\n\tq.Rad|", "= Radius"},
	{"header of a for", "for counter := 0; counter < 3; coun|", "= counter"},
	{"variable of a type switch", "var v any = circle\nswitch t := v.(type) {\ncase Circle:\n\tt.Rad|", "= Radius"},
	{"case of a type switch", "var v any = circle\nswitch v.(type) {\ncase Cir|", "= Circle"},
	{"type assertion", "v, ok := any(circle).(Cir|", "= Circle"},
	{"nested literal", "Circle{Point: Point{X|", "= X"},
	{"literal on lines", "Point{\n\tX: 1,\n\t|\n}", "= Y label"},
	{"literal in a slice of pointers", "[]*Point{{X: 1, |", "= Y label"},
	{"literal in a map", "map[string]Point{\"a\": {la|", "= label"},
	{"label to break", "outer:\nfor {\n\tfor {\n\t\tbreak out|", "= outer"},
	{"label to break, finished", "outer:\nfor {\n\tfor {\n\t\tbreak out|\n\t}\n}", "= outer"},
	{"label to continue", "block:\n{\nouter:\n\tfor {\n\t\tfor {\n\t\t\tcontinue |\n\t\t}\n\t}\n}", "= outer"},
	{"label in another function", "outer:\nfor {\n\tfunc() {\n\t\tfor { break | }\n\t}()\n}", "= "},
	{"label to go to", "func f() {\n\tgoto en|\nend:\n\tfunc() { inner: }()\n}", "= end"},
	{"label before goto", "end:\n\tfmt.Println()\n\tgoto |", "= end"},
	{"rune", "x := 'a|'", "= "},
	{"unfinished comment", "/* fmt.Pr|", "= "},
	{"deferred method", "defer circle.no|", "= Norm"},
	{"deferred, in a function", "func f() {\n\tvar mu sync.Mutex\n\tmu.Lock()\n\tdefer mu.Unl|\n}", "= Unlock"},
	{"goroutine", "go circle.no|", "= Norm"},
	{"select", "select {\ncase x := <-make(chan Circle):\n\tx.Rad|", "= Radius"},
	{"received", "ch := make(chan Circle)\n(<-ch).Rad|", "= Radius"},
	{"second result", "f, err := os.Open(\"x\")\nerr.|", "= Error"},
	{"chain over lines", "graph.Variable(\"w\", 1).\n\tSqua|", "= Square"},
	{"receiver", "func (c Circle) Area() float64 { return c.Rad|", "= Radius"},
	{"variadic parameter", "func f(xs ...Point) {\n\txs[0].No|", "= Norm"},
	{"interface literal", "var x interface{ Foo(); Bar() }\nx.|", "= Bar Foo"},
	{"pointer's method expression", "(*Circle).mo|", "= move"},
	{"fallthrough", "switch limit {\ncase 1:\n\tfallth|", "= fallthrough"},
	{"left side", "circle.Rad| = 3", "= Radius"},
	{"closed brackets too many", ")))\nfmt.Printl|", "= Println"},
}

func TestComplete(t *testing.T) {
	s := newWriter(t, earlier...)
	for _, tt := range completeTests {
		t.Run(tt.name, func(t *testing.T) {
			code, pos := cursorIn(t, tt.code)
			got := texts(s.Complete(code, pos))
			want := strings.Fields(strings.TrimPrefix(tt.want, "="))
			if strings.HasPrefix(tt.want, "=") && !slices.Equal(slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want))) {
				t.Fatalf("%s: got %q, want %q and nothing else", tt.code, got, want)
			}
			for _, name := range want {
				if name, not := strings.CutPrefix(name, "-"); slices.Contains(got, name) == not {
					t.Errorf("%s: %s is there: %v; got %q", tt.code, name, !not, got)
				}
			}
		})
	}
}

func texts(c Completion) []string {
	var all []string
	for _, m := range c.Matches {
		all = append(all, m.Text)
	}
	return all
}

// TestCompleteDescribes holds kinds and signatures.
func TestCompleteDescribes(t *testing.T) {
	s := newWriter(t, earlier...)
	for _, tt := range []struct{ code, text, kind, signature string }{
		{`fmt.Printl|`, "Println", KindFunction, "(a ...any) (n int, err error)"},
		{`circle.Rad|`, "Radius", KindField, "float64"},
		{`circle.Nor|`, "Norm", KindMethod, "() float64"},
		{`scal|`, "scale", KindFunction, "(p Point, by float64) Point"},
		{`scores[scal|`, "scale", KindFunction, "(p Point, by float64) Point"},
		{`scor|`, "scores", KindVariable, "[]float64"},
		{`los|`, "loss", KindVariable, "*graph.Node"},
		{`Circl|`, "Circle", KindType, "struct"},
		{`math.P|`, "Pi", KindConstant, "float = 3.14159"},
		{`time.Mar|`, "March", KindConstant, "time.Month = 3"},
		{`bufi|`, "bufio", KindPackage, "bufio"},
		{`st|`, "str", KindPackage, "strings"},
		{`appen|`, "append", KindFunction, "(slice []T, elems ...T) []T"},
		{`strings.Buil|`, "Builder", KindType, "struct"},
		{`http.Handl|`, "Handler", KindType, "interface"},
		{`contin|`, "continue", KindKeyword, ""},
		{`var e erro|`, "error", KindType, "interface"},
	} {
		code, pos := cursorIn(t, tt.code)
		found := s.Complete(code, pos)
		i := slices.IndexFunc(found.Matches, func(m Match) bool { return m.Text == tt.text })
		if i < 0 {
			t.Errorf("%s: %s is not among %q", tt.code, tt.text, texts(found))
			continue
		}
		if m := found.Matches[i]; m.Kind != tt.kind || m.Signature != tt.signature {
			t.Errorf("%s: got %s %q, want %s %q", tt.code, m.Kind, m.Signature, tt.kind, tt.signature)
		}
	}
}

// TestCompletePositions counts in code points: of 𝛼 UTF-8 takes four bytes and UTF-16 two
// units.
func TestCompletePositions(t *testing.T) {
	s := newWriter(t, earlier...)
	for _, tt := range []struct {
		code       string
		start, end int
	}{
		{"fmt.Pri|", 4, 7},
		{"\"𝛼ä\" + fmt.Pri|", 11, 14},
		{"größe + grö|", 8, 11},
		{"fmt.Pri|ntln", 4, 7},
		{"fmt.|", 4, 4},
		{`import "net/ht|`, 8, 14},
		{"|", 0, 0},
	} {
		code, pos := cursorIn(t, tt.code)
		if c := s.Complete(code, pos); c.Start != tt.start || c.End != tt.end {
			t.Errorf("%s: got %d to %d, want %d to %d", tt.code, c.Start, c.End, tt.start, tt.end)
		}
	}
}

// TestCursorOutside: an answer, but an empty one.
func TestCursorOutside(t *testing.T) {
	s := newWriter(t)
	for _, pos := range []int{-1, 5, 1 << 40} {
		if c := s.Complete("fmt.", pos); len(c.Matches) != 0 || c.Start != pos || c.End != pos {
			t.Errorf("Complete at %d: got %v", pos, c)
		}
		if i := s.Inspect("fmt.", pos, 0); i.Found {
			t.Errorf("Inspect at %d: got %v", pos, i)
		}
	}
}

// TestCompleteLeavesNoTrace: a question changes nothing, however often it is asked.
func TestCompleteLeavesNoTrace(t *testing.T) {
	s := newWriter(t, earlier...)
	names, base := len(s.names), 0
	for range 50 {
		s.Complete("newName := 1\nfunc f() { scores = nil }\nimport \"os\"\nnewN", 54)
		files := 0
		s.fset.Iterate(func(*token.File) bool { files++; return true })
		if base == 0 {
			base = files
		}
		if files != base || len(s.names) != names {
			t.Fatalf("%d files and %d names, want %d and %d", files, len(s.names), base, names)
		}
	}
}

func BenchmarkComplete(b *testing.B) {
	s := newWriter(b, earlier...)
	code := strings.Repeat("for i := range 3 {\n\tfmt.Println(i, scores)\n}\n", 16) + "circle."
	for b.Loop() {
		s.Complete(code, len(code))
	}
}
