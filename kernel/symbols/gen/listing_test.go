package main

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"
)

// sourceOf type-checks a package given as text, as load does one given as files.
func sourceOf(t *testing.T, path, text string) (*world, *source) {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	config := types.Config{Importer: importer.ForCompiler(fset, "source", nil), IgnoreFuncBodies: true}
	pkg, err := config.Check(path, fset, []*ast.File{file}, nil)
	if err != nil {
		t.Fatal(err)
	}
	s := &source{ImportPath: path, Name: pkg.Name(), files: []*ast.File{file}, types: pkg}
	return &world{target: targets[0], fset: fset, packages: map[string]*source{path: s}}, s
}

// listingTests hold one declaration each to the entry it must get; "" for none.
var listingTests = []struct{ name, declaration, want string }{
	{"function", `func F(int) string { return "" }`, `{Name: "F", Value: p.F}`},
	{"generic function", `func F[T any](T) {}`, ``},
	{"variable", `var V = 1`, `{Name: "V", Value: table.Variable{Pointer: &p.V}}`},
	{"type", `type T struct{}`, `{Name: "T", Value: (*p.T)(nil)}`},
	{"alias", `type T = int`, `{Name: "T", Value: (*p.T)(nil)}`},
	{"generic type", `type T[E any] struct{}`, ``},
	{"generic alias", `type T[E any] = []E`, ``},
	{"constraint", `type T interface{ ~int | string }`, ``},
	{"instance", `type G[E any] struct{}; type T = G[int]`, `{Name: "T", Value: (*p.T)(nil)}`},
	{"variable of generic type", `type G[E any] struct{}; var V G[int]`, `{Name: "V", Value: table.Variable{Pointer: &p.V}}`},
	{"typed constant", `const C uint8 = 7`, `{Name: "C", Value: p.C}`},
	{"integer", `const C = -7`, `{Name: "C", Value: table.Integer(p.C)}`},
	{"rune", `const C = '/'`, `{Name: "C", Value: table.Integer(p.C)}`},
	{"large integer", `const C = 1<<64 - 1`, `{Name: "C", Value: table.Literal{Kind: token.INT, Digits: "18446744073709551615"}}`},
	{"float", `const C = 0.5`, `{Name: "C", Value: table.Literal{Kind: token.FLOAT, Digits: "0.5"}}`},
	{"whole float", `const C = 2.0`, `{Name: "C", Value: table.Literal{Kind: token.FLOAT, Digits: "2.0"}}`},
	{"string", `const C = "x"`, `{Name: "C", Value: table.Text(p.C)}`},
	{"bool", `const C = true`, `{Name: "C", Value: p.C}`},
	{"not exported", `const c = true`, ``},
}

func TestListing(t *testing.T) {
	for _, tt := range listingTests {
		t.Run(tt.name, func(t *testing.T) {
			w, s := sourceOf(t, "example.org/p", "package p\n"+strings.ReplaceAll(tt.declaration, "; ", "\n"))
			text, err := write("std", s.types, w.exported(s.ImportPath), "")
			if err != nil {
				t.Fatal(err)
			}
			if !strings.HasPrefix(string(text), header) {
				t.Error("the first line does not say that the file is generated")
			}
			if tt.want != "" && !strings.Contains(string(text), tt.want) {
				t.Errorf("got\n%s\nwant an entry %s", text, tt.want)
			}
			if tt.want == "" && strings.Contains(string(text), "{Name:") {
				t.Errorf("got\n%s\nwant no entry", text)
			}
		})
	}
}

// TestWrapper covers what a signature can have: parameters named like packages, a
// variadic one, several results, and a type of another package.
func TestWrapper(t *testing.T) {
	w, s := sourceOf(t, "example.org/p", `package p
import ("io"; "net/url")
type Reader interface {
	io.Reader
	Fetch(url *url.URL, more ...string) (n int, err error)
	String() string
	hidden()
}`)
	text, err := write("std", s.types, w.exported(s.ImportPath), "")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`{Name: "_Reader", Value: (*_example_org_p_Reader)(nil)}`,
		"WFetch  func(a0 *url.URL, a1 ...string) (int, error)",
		"WRead   func(a0 []byte) (int, error)",
		"func (W _example_org_p_Reader) Fetch(a0 *url.URL, a1 ...string) (int, error) {\n\treturn W.WFetch(a0, a1...)\n}",
		"if W.WString == nil {",
		"import (\n\t\"net/url\"\n\n\t\"example.org/p\"\n",
	} {
		if !strings.Contains(string(text), want) {
			t.Errorf("got\n%s\nwant %s", text, want)
		}
	}
	if strings.Contains(string(text), "hidden") {
		t.Errorf("got\n%s\nwant no method that is not exported", text)
	}
}

// TestSameName: two packages of one name get two names in a file.
func TestSameName(t *testing.T) {
	w, s := sourceOf(t, "html/template", `package template
import "text/template"
type Executer interface { Execute(*template.Template) error }`)
	text, err := write("std", s.types, w.exported(s.ImportPath), "!windows")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"//go:build !windows\n", `text_template "text/template"`, "Packages = append(Packages, &_html_template)",
		"func(a0 *text_template.Template) error", "(*template.Executer)(nil)",
	} {
		if !strings.Contains(string(text), want) {
			t.Errorf("got\n%s\nwant %s", text, want)
		}
	}
}

func TestIndex(t *testing.T) {
	text, err := index("gonum", "gonum", []string{"gonum.org/v1/plot", "gonum.org/v1/plot/vg"})
	if err != nil {
		t.Fatal(err)
	}
	if want := "\t&_gonum_org_v1_plot,\n\t&_gonum_org_v1_plot_vg,\n"; !strings.Contains(string(text), want) {
		t.Errorf("got\n%s\nwant %s", text, want)
	}
}

// TestShared: a package may be missing on a system, but not differ in its names.
func TestShared(t *testing.T) {
	here, _ := sourceOf(t, "p", "package p\nfunc F() {}\nfunc G() {}")
	same, _ := sourceOf(t, "p", "package p\nfunc F() {}\nfunc G() {}")
	less, _ := sourceOf(t, "p", "package p\nfunc F() {}")
	gone := &world{target: target{"windows", "amd64"}, packages: map[string]*source{}}
	names, constraint, err := shared([]*world{here, same, gone}, "p")
	if err != nil || !slices.Equal(names, []string{"F", "G"}) || constraint != "!windows" {
		t.Errorf("got %q, %q, %v; want F and G but not on Windows", names, constraint, err)
	}
	if _, _, err := shared([]*world{here, less}, "p"); err == nil {
		t.Error("a package that exports less elsewhere was accepted")
	}
}
