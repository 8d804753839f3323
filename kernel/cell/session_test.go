package cell

import (
	"errors"
	"strings"
	"testing"

	"gradbook/kernel/symbols"
)

// compile compiles cells in one session and returns the program of the last.
func compile(t testing.TB, cells ...string) (*Program, error) {
	t.Helper()
	s := newWriter(t, cells[:len(cells)-1]...)
	return s.Compile(len(cells), cells[len(cells)-1])
}

// errorTests are cells and the one-line forms of all errors of the last.
var errorTests = []struct {
	name  string
	cells []string
	want  []string
}{
	{"syntax", []string{"x := 1", "for i := 0; i < {"}, []string{"cell 2, line 1: syntax error: unexpected {, expected expression"}},
	{"open brace", []string{"func f() {\n\treturn"}, []string{"cell 1, line 2: syntax error: unexpected EOF, expected }"}},
	{"too many braces", []string{"x := 1\n}"}, []string{"cell 1, line 2: syntax error: unexpected }"}},
	{"undefined", []string{"fooo := 1", "\nfoo + 1"}, []string{"cell 2, line 2: undefined: foo (did you mean fooo?)"}},
	{"member of a package", []string{"import \"strings\"", "strings.ToUper(\"x\")"},
		[]string{"cell 2, line 1: undefined: strings.ToUper (did you mean strings.ToUpper?)"}},
	{"field", []string{"type T struct{ Size int }\nvar t T", "t.Sise"},
		[]string{"cell 2, line 1: t.Sise undefined (type T has no field or method Sise) (did you mean Size?)"}},
	{"package without import", []string{"strngs.ToUpper(\"x\")"}, []string{"cell 1, line 1: undefined: strngs (did you mean strings?)"}},
	{"variable of a misspelt name", []string{"count := []int{1}", "coumt.x + coumt[0]"},
		[]string{"cell 2, line 1: undefined: coumt (did you mean count?)", "cell 2, line 1: undefined: coumt (did you mean count?)"}},
	{"near to what is of no use", []string{"lo.Map(total)"}, []string{"cell 1, line 1: undefined: lo", "cell 1, line 1: undefined: total"}},
	{"short name of a package", []string{"fnt.Println(1)"}, []string{"cell 1, line 1: undefined: fnt (did you mean fmt?)"}},
	{"method", []string{"import \"strings\"\nvar b strings.Builder\nb.WriteSting(\"x\")"},
		[]string{"cell 1, line 3: b.WriteSting undefined (type strings.Builder has no field or method WriteSting) (did you mean WriteString?)"}},
	{"hidden field", []string{"import \"strings\"\nvar b strings.Builder\nb.bufs"},
		[]string{"cell 1, line 3: b.bufs undefined (type strings.Builder has no field or method bufs)"}},
	{"label", []string{"outer:\nfor {\n\tfor {\n\t\tbreak outr\n\t}\n}"},
		[]string{"cell 1, line 1: label outer defined and not used", "cell 1, line 4: break label not defined: outr (did you mean outer?)"}},
	{"import", []string{"import \"strngs\"\nstrngs.ToUpper(\"x\")"},
		[]string{"cell 1, line 1: could not import strngs (strngs is not in the standard library) (did you mean strings?)"}},
	{"import of a longer path", []string{"import \"encoding/jsn\"\nfunc f() { jsn.Marshal(1) }\njsn.Marshal(1)"},
		[]string{"cell 1, line 1: could not import encoding/jsn (encoding/jsn is not in the standard library) (did you mean encoding/json?)"}},
	{"import by a name of its own", []string{"import j \"encoding/jsn\"\nj.Marshal(1)\nk.Marshal(1)"},
		[]string{"cell 1, line 1: could not import encoding/jsn (encoding/jsn is not in the standard library) (did you mean encoding/json?)", "cell 1, line 3: undefined: k"}},
	{"all at once", []string{"var a int = \"s\"\nb := nope()\nfunc f() int { return \"x\" }"}, []string{
		`cell 1, line 1: cannot use "s" (untyped string constant) as int value in variable declaration`,
		"cell 1, line 2: undefined: nope",
		`cell 1, line 3: cannot use "x" (untyped string constant) as int value in return statement`,
	}},
	{"in a function and a statement", []string{"var a int = \"s\"\nfunc f() int { return \"x\" }"}, []string{
		`cell 1, line 1: cannot use "s" (untyped string constant) as int value in variable declaration`,
		`cell 1, line 2: cannot use "x" (untyped string constant) as int value in return statement`,
	}},
	{"unused in a function", []string{"func f() { x := 1 }"}, []string{"cell 1, line 1: declared and not used: x"}},
	{"unused in a literal", []string{"func() { 1 + 1 }()"}, []string{"cell 1, line 1: 1 + 1 (untyped int constant 2) is not used"}},
	{"not shown in the middle", []string{"x := 1\nx\nx"}, []string{"cell 1, line 2: x (variable of type int) is not used"}},
	{"wrong number of arguments", []string{"func f(a int) {}", "f(1, 2)"},
		[]string{"cell 2, line 1: too many arguments in call to f have (number, number) want (int)"}},
	{"no such package", []string{"import \"no/such\""}, []string{`cell 1, line 1: could not import no/such (no/such is not in the standard library)`}},
	{"lost function", []string{"func two() int { return 2 }\nfunc use() int { return two() }", "func two(a int) int { return a }", "use()"},
		[]string{"cell 3, line 1: undefined: use (it no longer compiles since cell 2 redefined two: " +
			"cell 1, line 2: not enough arguments in call to two have () want (int))"}},
	{"lost in this cell", []string{"func two() int { return 2 }\nfunc use() int { return two() }", "two := 3\nuse()"},
		[]string{"cell 2, line 2: undefined: use (it no longer compiles since cell 2 redefined two: " +
			"cell 1, line 2: invalid operation: cannot call two (variable of type int): int is not a function)"}},
	{"lost with another", []string{"func two() int { return 2 }", "func use() int { return two() }", "func more() int { return use() }", "two := 3", "more()"},
		[]string{"cell 5, line 1: undefined: more (it no longer compiles since cell 4 redefined two: " +
			"cell 2, line 1: invalid operation: cannot call two (variable of type int): int is not a function)"}},
	{"lost method", []string{"type T struct{ A int }", "func (t T) Twice() int { return 2 * t.A }", "type T struct{ B int }", "T{1}.Twice()"},
		[]string{"cell 4, line 1: T{…}.Twice undefined (type T has no field or method Twice) (it no longer compiles since cell 3 redefined T: " +
			"cell 2, line 1: t.A undefined (type T has no field or method A))"}},
	{"lost and found", []string{"func two() int { return 2 }\nfunc use() int { return two() }", "two := 3", "func use() int { return two }", "use() + nope"},
		[]string{"cell 4, line 1: undefined: nope"}},
}

func TestErrors(t *testing.T) {
	for _, tt := range errorTests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := compile(t, tt.cells...)
			var errs Errors
			if !errors.As(err, &errs) {
				t.Fatalf("got %v, want Errors", err)
			}
			for i := range max(len(errs), len(tt.want)) {
				switch {
				case i >= len(errs):
					t.Errorf("missing %q", tt.want[i])
				case i >= len(tt.want):
					t.Errorf("unexpected %q", errs[i])
				case errs[i].Error() != tt.want[i]:
					t.Errorf("got %q, want %q", errs[i], tt.want[i])
				}
			}
		})
	}
}

func TestTracebackPointsAtThePlace(t *testing.T) {
	_, err := compile(t, "a := 1\nif true {\n\tb := a + foo\n\t_ = b\n}")
	var errs Errors
	if !errors.As(err, &errs) {
		t.Fatal(err)
	}
	lines := errs.Traceback()
	if len(lines) != 3 {
		t.Fatalf("got %d lines, want 3: %q", len(lines), lines)
	}
	plainText := strings.NewReplacer(red, "", green, "", bold, "", plain, "")
	if got, want := plainText.Replace(lines[0]), "cell 1, line 3, column 11: undefined: foo"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if lines[1] != "    \tb := a + foo" {
		t.Errorf("got source %q", lines[1])
	}
	if got, want := plainText.Replace(lines[2]), "    \t         ^"; got != want {
		t.Errorf("got caret %q, want %q", got, want)
	}
	if errs.Name() == "" || !strings.Contains(errs.Error(), "undefined: foo") {
		t.Errorf("name %q, text %q", errs.Name(), errs)
	}
}

// Nothing of a cell that does not compile may stay in the session.
func TestFailedCellLeavesNoTrace(t *testing.T) {
	s := newWriter(t, "x := 1\nfunc f() int { return 1 }")
	for _, code := range []string{"y := 2\nnope", "func f() string { return 3 }", "type x struct{}\n1 +", "import \"strings\"\nnope"} {
		if _, err := s.Compile(2, code); err == nil {
			t.Fatalf("%q compiles", code)
		}
	}
	p, err := s.Compile(3, "x + f()")
	if err != nil || !p.Shows {
		t.Fatalf("after failures: %v", err)
	}
	if _, err := s.Compile(4, "y"); err == nil {
		t.Error("y is known, from a cell that failed")
	}
}

// Nor may a program that was compiled and not accepted.
func TestProgramIsPendingUntilAccepted(t *testing.T) {
	s := newWriter(t)
	p, err := s.Compile(1, "x := 1")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Compile(2, "x"); err == nil {
		t.Error("x is known before its program is accepted")
	}
	p.Accept()
	if _, err := s.Compile(2, "x"); err != nil {
		t.Errorf("x is not known after: %v", err)
	}
}

// importTests are cells that use packages without import, and the paths that are
// meant.
var importTests = []struct{ code, want string }{
	{`strings.ToUpper("x")`, "strings"},
	{`rand.IntN(3)`, "math/rand/v2"},
	{`rand.Intn(3)`, "math/rand"},
	{`template.New("x").Parse("y")`, "text/template"},
	{`graph.Variable("w", 1)`, "gradbook/graph"},
	{`stat.Mean(nil, nil)`, "gonum.org/v1/gonum/stat"},
	{`func f(path string) string { return filepath.Base(path) }`, "path/filepath"},
}

func TestPackagesAreImportedOnFirstUse(t *testing.T) {
	for _, tt := range importTests {
		p, err := compile(t, tt.code)
		if err != nil {
			t.Errorf("%s: %v", tt.code, err)
			continue
		}
		if !strings.Contains(p.Imports, `"`+tt.want+`"`) {
			t.Errorf("%s: imports are\n%s, want %s", tt.code, p.Imports, tt.want)
		}
	}
}

func TestVariableHidesPackage(t *testing.T) {
	if _, err := compile(t, `path := "a/b"`, `len(path)`); err != nil {
		t.Error(err)
	}
	if _, err := compile(t, `strings := []string{"a"}`, `strings[0]`); err != nil {
		t.Error(err)
	}
}

func TestLibraryLoads(t *testing.T) {
	s := New(Config{Importer: symbols.NewImporter()})
	for path := range libraryPaths {
		lib, err := s.loadLibrary(path)
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		if len(lib.funcs) == 0 {
			t.Errorf("%s has no functions", path)
		}
	}
}

// Every generic function of the packages that the library stands for must be there.
func TestLibraryIsComplete(t *testing.T) {
	s := New(Config{Importer: symbols.NewImporter()})
	for path := range libraryPaths {
		if path == "builtin" {
			continue
		}
		pkg, err := s.importer.Import(path)
		if err != nil {
			t.Fatal(err)
		}
		lib, err := s.loadLibrary(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range genericFunctions(pkg) {
			if lib.funcs[name] == nil {
				t.Errorf("%s.%s is missing", path, name)
			}
		}
	}
}

// BenchmarkCompile takes a cell of 50 lines through parse, check and rewrite: the target
// is 5 ms.
func BenchmarkCompile(b *testing.B) {
	function := `func step# (xs []float64, by float64) float64 {
	sum := 0.0
	for i, x := range xs {
		sum += math.Sqrt(x) * by / float64(i+1)
	}
	return sum
}
`
	code := ""
	for name := range strings.SplitSeq("abcdefg", "") {
		code += strings.Replace(function, "# ", name, 1)
	}
	code += "stepa(scores, 2)"
	if lines := strings.Count(code, "\n") + 1; lines != 50 {
		b.Fatalf("%d lines, want 50", lines)
	}
	s := newWriter(b, earlier...)
	for b.Loop() {
		if _, err := s.Compile(100, code); err != nil {
			b.Fatal(err)
		}
	}
}
