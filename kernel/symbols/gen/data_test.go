package main

import (
	"bytes"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/gcexportdata"
)

// on gives a world another target.
func on(w *world, system, architecture string) *world {
	w.target = target{system, architecture}
	return w
}

// TestVariants: one entry where the exported part is the same, one for a system whose
// architectures agree, one for each that does not; what is not exported does not count.
func TestVariants(t *testing.T) {
	text := func(constant, hidden string) string {
		return "package p\nconst C = " + constant + "\ntype T struct{ X int; " + hidden + " }\nfunc (*T) M() {}"
	}
	made := func(system, architecture, constant, hidden string) *world {
		w, _ := sourceOf(t, "p", text(constant, hidden))
		return on(w, system, architecture)
	}
	entries := map[string][]byte{}
	worlds := []*world{
		made("linux", "amd64", "1", "a int"), made("linux", "arm64", "1", "b int"),
		made("darwin", "amd64", "2", "a int"), made("darwin", "arm64", "2", "a int"),
		made("windows", "amd64", "3", "a int"), made("windows", "arm64", "4", "a int"),
	}
	if err := typeData(entries, worlds, []string{"p"}); err != nil {
		t.Fatal(err)
	}
	want := []string{"types/p", "types/p@darwin", "types/p@windows_amd64", "types/p@windows_arm64"}
	if got := slices.Sorted(maps.Keys(entries)); !slices.Equal(got, want) {
		t.Errorf("got entries %q, want %q", got, want)
	}
	for name, want := range map[string]string{"types/p": "1", "types/p@darwin": "2", "types/p@windows_arm64": "4"} {
		pkg, err := gcexportdata.Read(bytes.NewReader(entries[name]), token.NewFileSet(), map[string]*types.Package{}, "p")
		if err != nil {
			t.Fatal(err)
		}
		if got := pkg.Scope().Lookup("C").(*types.Const).Val().String(); got != want {
			t.Errorf("%s: C is %s, want %s", name, got, want)
		}
	}
}

// TestAPI: the description changes with all that a cell can see, and with nothing else.
func TestAPI(t *testing.T) {
	base := "package p\ntype T struct{ A int; b int }\nfunc (T) M() {}\nvar V int\ntype N int\n"
	describe := func(text string) string {
		w, _ := sourceOf(t, "p", text)
		return api(w, "p")
	}
	for old, hidden := range map[string]string{"b int": "c []int", "M() {}": "M() { _ = 1 }", "; b int": ""} {
		if describe(strings.Replace(base, old, hidden, 1)) != describe(base) {
			t.Errorf("%q instead of %q shows, though a cell cannot see it", hidden, old)
		}
	}
	for old, changed := range map[string]string{
		"A int": "A string", "M()": "M(int)", "V int": "V uint", "N int": "N uint", "type N": "type N =",
	} {
		if describe(strings.Replace(base, old, changed, 1)) == describe(base) {
			t.Errorf("%s instead of %s does not show", changed, old)
		}
	}
}

// TestDocumentation reads the records of a small package back.
func TestDocumentation(t *testing.T) {
	w, s := sourceOf(t, "example.org/p", `// Package p is small.
package p

// Levels.
const (
	Low = iota
	// High is higher.
	High
	Top // the highest
)

// V is a variable.
var V, w = 1, 2

// T is a type.
type T struct {
	// A is a field.
	A, B int
	F func(int) // a function
	c int
}

// M is a method.
func (t *T) M(x int) (y int) { return x }

// NewT makes one.
func NewT() *T { return nil }

// I is an interface.
type I interface {
	// Do does.
	Do(x int) error
}
`)
	entries := map[string][]byte{}
	if err := documentation(entries, w, []string{s.ImportPath}); err != nil {
		t.Fatal(err)
	}
	text := string(entries["docs/example.org/p"])
	for _, want := range [][3]string{
		{"", `package p // import "example.org/p"`, "Package p is small."},
		{"Low", "const Low = 0", "Levels."},
		{"High", "const High = 1", "High is higher."},
		{"Top", "const Top = 2", "the highest"},
		{"V", "var V int", "V is a variable."},
		{"T.A", "A int", "A is a field."},
		{"T.B", "B int", "A is a field."},
		{"T.F", "F func(int)", "a function"},
		{"T.M", "func (t *T) M(x int) (y int)", "M is a method."},
		{"NewT", "func NewT() *T", "NewT makes one."},
		{"I.Do", "Do(x int) error", "Do does."},
	} {
		if record := recordSeparator + strings.Join(want[:], unitSeparator); !strings.Contains(text, record) {
			t.Errorf("got %q, want %q", text, record)
		}
	}
	for _, hidden := range []string{"T.c", "w"} {
		if strings.Contains(text, recordSeparator+hidden+unitSeparator) {
			t.Errorf("%s is documented, though it is not exported", hidden)
		}
	}
}
