package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"
)

// TestMerge: a replaced declaration is gone with all that only it needed, imports
// included, and what it now needs is there.
func TestMerge(t *testing.T) {
	m := merger{fset: token.NewFileSet(), declarations: map[string]declaration{}}
	for _, text := range []string{`package p
import ("unsafe"; "strings")
// Size measures.
func Size[T any](x T) uintptr { return size(unsafe.Sizeof(x)) }
func size(n uintptr) uintptr { return n }
func Upper(s string) string { return fold(s) }
func fold(s string) string { return strings.ToUpper(s) }
type list[T any] struct{ next *list[T] }
func (l *list[T]) rest() *list[T] { return l.next }
func Rest[T any](l *list[T]) *list[T] { return l.next }
`, `package p
import "reflect"
func Size[T any](x T) uintptr { return reflect.TypeOf(x).Size() }
`} {
		file, err := parser.ParseFile(m.fset, "p.go", text, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		m.add([]*ast.File{file})
	}
	got, err := m.merge("p")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{license, `"reflect"`, `"strings"`, "reflect.TypeOf(x).Size()", "func fold(", "type list[", "func (l *list[T]) rest()"} {
		if !strings.Contains(string(got), want) {
			t.Errorf("got\n%s\nwant %s", got, want)
		}
	}
	for _, gone := range []string{"unsafe", "func size(", "measures"} {
		if strings.Contains(string(got), gone) {
			t.Errorf("got\n%s\nwant no %s", got, gone)
		}
	}
}
