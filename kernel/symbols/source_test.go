package symbols

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"
)

// notGeneric are the generic names that cells cannot have: see the package comment.
var notGeneric = []string{
	"database/sql.Null", "hash/maphash.Comparable", "hash/maphash.WriteComparable",
	"runtime.AddCleanup", "weak.Make", "weak.Pointer",
}

// checkSource type-checks the source of a generic package, bodies and all.
func checkSource(t *testing.T, importer types.Importer, path string) *types.Package {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, path+".go", Source(path), 0)
	if err != nil {
		t.Fatal(err)
	}
	config := types.Config{Importer: importer}
	pkg, err := config.Check(path, fset, []*ast.File{file}, nil)
	if err != nil {
		t.Errorf("source of %s: %v", path, err)
	}
	return pkg
}

// TestEveryGenericNameHasSource: a generic name of the type data is in the source with
// the same signature, or compiled, or known to be missing.
func TestEveryGenericNameHasSource(t *testing.T) {
	importer, exports := NewImporter(), Exports()
	for _, path := range All() {
		real, err := importer.Import(path)
		if err != nil {
			t.Fatal(err)
		}
		var source *types.Package
		if Source(path) != "" {
			source = checkSource(t, importer, path)
		}
		for _, name := range real.Scope().Names() {
			object := real.Scope().Lookup(name)
			if !object.Exported() || !isGeneric(object) || slices.Contains(notGeneric, path+"."+name) {
				continue
			}
			if _, compiled := exports[path+"/"+real.Name()][name]; compiled {
				continue
			}
			if source == nil || source.Scope().Lookup(name) == nil {
				t.Errorf("%s.%s is neither compiled nor in the source", path, name)
				continue
			}
			sameSignature(t, object, source.Scope().Lookup(name))
		}
	}
}

// sameSignature compares as text: type parameters of two declarations are never
// identical.
func sameSignature(t *testing.T, want, got types.Object) {
	t.Helper()
	if _, isFunc := want.(*types.Func); !isFunc || want.Pkg().Path() == "math/rand/v2" { // its constraint is not exported
		return
	}
	a, b := spellOut(want), spellOut(got)
	if a != b {
		t.Errorf("%v: the source has %s", want, b)
	}
}

// spellOut writes the types of parameters and results without the parameters' names.
func spellOut(f types.Object) string {
	signature := f.(*types.Func).Signature()
	var parts []string
	for i := range signature.TypeParams().Len() {
		parts = append(parts, signature.TypeParams().At(i).Constraint().String())
	}
	for _, tuple := range []*types.Tuple{signature.Params(), signature.Results()} {
		for v := range tuple.Variables() {
			parts = append(parts, v.Type().String())
		}
		parts = append(parts, ";")
	}
	return strings.Join(parts, " ")
}

// TestSourceCanBeInterpreted: what the generator replaces is gone.
func TestSourceCanBeInterpreted(t *testing.T) {
	for _, path := range []string{"cmp", "errors", "iter", "maps", "math/rand/v2", "reflect", "slices", "sync", "sync/atomic", "unique"} {
		text := Source(path)
		if !strings.Contains(text, "BSD-style license") {
			t.Errorf("%s: the licence is missing", path)
		}
		for _, obstacle := range []string{"unsafe", "linkname", "internal/", "coro"} {
			if strings.Contains(text, obstacle) {
				t.Errorf("%s: the source mentions %s", path, obstacle)
			}
		}
	}
	if text := Source("fmt"); text != "" {
		t.Errorf("fmt has source: %.40q", text)
	}
}
