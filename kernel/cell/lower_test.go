package cell

import (
	"go/parser"
	"go/token"
	"go/types"
	"regexp"
	"strings"
	"testing"
)

func genericFunctions(pkg *types.Package) []string {
	var names []string
	for _, name := range pkg.Scope().Names() {
		f, ok := pkg.Scope().Lookup(name).(*types.Func)
		if ok && f.Exported() && f.Signature().TypeParams().Len() > 0 {
			names = append(names, name)
		}
	}
	return names
}

var directives = regexp.MustCompile(`/\*line [^*]*\*/`)

// emitted is the source of a program without positions, its spaces made single.
func emitted(p *Program) string {
	return strings.Join(strings.Fields(directives.ReplaceAllString(p.Types+p.Source, "")), " ")
}

// lowerTests are cells and what must be in the source that the last one becomes.
var lowerTests = []struct {
	name  string
	cells []string
	want  []string
}{
	{"variable", []string{"x := 1"}, []string{"var x_1 int", "x_1 = 1"}},
	{"same type again", []string{"x := 1", "x := 2"}, []string{"x_1 = 2"}},
	{"another type", []string{"x := 1", "x := \"s\""}, []string{"var x_2 string", `x_2 = "s"`}},
	{"old value in the new", []string{"x := 1", "x := float64(x)"}, []string{"x_2 = float64(x_1)"}},
	{"constant expressions are computed", []string{"const N = 1 << 40", "y := N / 1024.0 + 'a'"}, []string{"y_1 = float64(1.073741921e+09)"}},
	{"method", []string{"type T struct{ n int }\nfunc (t *T) Inc() { t.n++ }\nvar t T\nt.Inc()"}, []string{"func TꞏInc_1(t *T_1)", "TꞏInc_1((&t_1))"}},
	{"named type is erased", []string{"type C float64\nfunc (c C) F() C { return c * 2 }\nC(3).F()"}, []string{"func CꞏF_1(c float64) float64", `Box("main.C", CꞏF_1(float64(3.0)))`}},
	{"embedded method", []string{"type A struct{ n int }\nfunc (a *A) M() {}\ntype B struct{ *A }\nB{&A{}}.M()"}, []string{"AꞏM_1(B_1{A: &A_1{}}.A)"}},
	{"struct carries its name", []string{"type P struct{ X int }"}, []string{`type P_1 struct { X int "gradbook:\"main.P\"";`}},
	{"generic function", []string{"func Id[T any](v T) T { return v }\nId(1); Id(\"s\")"}, []string{"func Id_2(v int) int", "func Id_3(v string) string"}},
	{"library function", []string{"xs := []float64{2, 1}\nslices.Max(xs)"}, []string{"slicesꞏMax_1(xs_1)", "builtinꞏMax_1(m, x[i])"}},
	{"range over int", []string{"for i := range 3 { _ = i }"}, []string{"for ; i < ꞏt1; i++ {"}},
	{"loop variable that is captured", []string{"var f func()\nfor i := 0; i < 3; i++ { f = func() { _ = i } }"}, []string{"i := *ꞏt2 ꞏt2 = &i"}},
	{"loop variable that is not", []string{"s := 0\nfor i := 0; i < 3; i++ { s += i }"}, []string{"for ; (i < 3); i++ { s_1 += i }"}},
	{"go", []string{"func f(int) {}\ngo f(1)"}, []string{"ꞏgradbook_run.Go("}},
	{"defer", []string{"func f() (n int) { defer println(n); return 2 }"}, []string{"ꞏgradbook_run.Protect(", "ꞏt1 = 2"}},
	{"comparison of interfaces", []string{"var a, b any\na == b"}, []string{"ꞏgradbook_values.Equal(a_1, b_1)"}},
	{"nil comparison", []string{"var a any\na == nil"}, []string{"(a_1 == nil)"}},
	{"assertion", []string{"var a any\nn, ok := a.(int)\n_, _ = n, ok"}, []string{`AssertOK(a_1, "int")`}},
	{"local name that looks emitted", []string{"func f(x_1 int) int { return x_1 }"}, []string{"(x_1ꞏ int) int"}},
	{"local name of a predeclared one", []string{"func f(len int) int { return len }"}, []string{"(lenꞏ int) int"}},
	{"error to be", []string{"strconv.Atoi(\"5\")"}, []string{"ꞏgradbook_values.Fail(", "ꞏgradbook_values.Show("}},
	{"count of bytes is not shown", []string{"fmt.Println()"}, []string{"ꞏgradbook_values.Println()"}},
	{"type that contains itself", []string{"type S func(int) S\nvar s S\ns(1)"}, []string{"var s_1 interface{}", "Open(s_1, (*func(int) interface{})(nil)).(func(int) interface{})(1)"}},
	{"tuple assignment", []string{"a, b := 1, 2\na, b = b, a"}, []string{"ꞏt1 := b_1 ꞏt2 := a_1 a_1 = ꞏt1 b_1 = ꞏt2"}},
}

func TestLower(t *testing.T) {
	for _, tt := range lowerTests {
		t.Run(tt.name, func(t *testing.T) {
			p, err := compile(t, tt.cells...)
			if err != nil {
				t.Fatal(err)
			}
			got := emitted(p)
			for _, want := range tt.want {
				if !strings.Contains(got, want) {
					t.Errorf("no %q in\n%s", want, strings.ReplaceAll(got, "; ", ";\n"))
				}
			}
			if _, err := parser.ParseFile(token.NewFileSet(), "", p.Source, 0); err != nil {
				t.Errorf("emitted source: %v", err)
			}
		})
	}
}

// emittedAgain are cells and which declarations the last one must emit.
var emittedAgain = []struct {
	name      string
	cells     []string
	want, not []string
}{
	{"function and its callers", []string{"func a() int { return 1 }\nfunc b() int { return a() }\nfunc c() int { return b() }\nfunc d() int { return 4 }", "func a() int { return 2 }"},
		[]string{"func a_2(", "func b_2(", "func c_2("}, []string{"func d_"}},
	{"type, its methods and users", []string{"type T struct{}\nfunc (T) M() {}\nfunc use(t T) { t.M() }", "type T struct{ n int }"},
		[]string{"type T_2 ", "func TꞏM_2(", "func use_2("}, nil},
	{"method alone", []string{"type T struct{}\nfunc (T) M() {}\nfunc use(t T) { t.M() }", "func (T) M() { println() }"},
		[]string{"func TꞏM_2(", "func use_2("}, []string{"type T_"}},
	{"new method", []string{"type T struct{}", "func (T) M() {}"}, []string{"func TꞏM_1("}, []string{"type T_"}},
	{"the same once more", []string{"type T struct{}\nfunc f(T) {}\nfunc g() { f(T{}) }", "type T struct{}\nfunc f(T) {}"}, []string{"func f_2("}, []string{"type T_", "func g_"}},
	{"constant", []string{"const N = 1\nfunc f() int { return N }", "const N = 2"}, []string{"func f_2() int { return 2"}, nil},
	{"one of a group of constants", []string{"const ( A = iota; B; C )\nfunc f() int { return C }", "const B = 9"}, []string{}, []string{"func f_"}},
	{"variable of another type", []string{"x := 1\nfunc f() any { return x }", "x := \"s\""}, []string{"func f_2("}, nil},
	{"variable of the same type", []string{"x := 1\nfunc f() any { return x }", "x := 2"}, nil, []string{"func f_"}},
}

func TestRedefinition(t *testing.T) {
	for _, tt := range emittedAgain {
		t.Run(tt.name, func(t *testing.T) {
			p, err := compile(t, tt.cells...)
			if err != nil {
				t.Fatal(err)
			}
			got := emitted(p)
			for _, want := range tt.want {
				if !strings.Contains(got, want) {
					t.Errorf("no %q in\n%s", want, got)
				}
			}
			for _, not := range tt.not {
				if strings.Contains(got, not) {
					t.Errorf("%q is in\n%s", not, got)
				}
			}
		})
	}
}

func TestPositionsAreTheUsers(t *testing.T) {
	p, err := compile(t, "x := []int{1}", "// comment\nfunc f() int {\n\ty := 1\n\treturn x[y]\n}\n\nf()")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"/*line In[2]/_.go:2:1*/func f_1", "/*line In[2]/_.go:4:2*/return", "/*line In[2]/_.go:7:1*/"} {
		if !strings.Contains(p.Source, want) {
			t.Errorf("no %q in\n%s", want, p.Source)
		}
	}
}
