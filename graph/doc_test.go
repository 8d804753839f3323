package graph

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strings"
	"testing"
)

// parseFolder parses the files of this package whose names end as asked for, tests
// or not.
func parseFolder(t *testing.T, tests bool) map[string]*ast.File {
	t.Helper()
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]*ast.File{}
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") != tests {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), e.Name(), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files[e.Name()] = f
	}
	return files
}

// functionNames lists functions as F and methods as T.M.
func functionNames(files map[string]*ast.File) map[string]bool {
	names := map[string]bool{}
	for _, f := range files {
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok {
				names[receiver(fn)+fn.Name.Name] = true
			}
		}
	}
	return names
}

func receiver(fn *ast.FuncDecl) string {
	if fn.Recv == nil {
		return ""
	}
	typ := fn.Recv.List[0].Type
	if star, ok := typ.(*ast.StarExpr); ok {
		typ = star.X
	}
	if generic, ok := typ.(*ast.IndexExpr); ok {
		typ = generic.X
	}
	return typ.(*ast.Ident).Name + "."
}

// TestEveryFunctionHasExample: what a notebook user may call is shown by an example,
// which go test runs.
func TestEveryFunctionHasExample(t *testing.T) {
	examples := functionNames(parseFolder(t, true))
	found := 0
	for name := range functionNames(parseFolder(t, false)) {
		if strings.Contains(name, ".") || !ast.IsExported(name) {
			continue
		}
		found++
		if !examples["Example"+name] {
			t.Errorf("%s has no example", name)
		}
	}
	if found < 25 {
		t.Errorf("found %d functions: the search does not find them", found)
	}
}

// TestFunctionsAreMethods: every operation can be written as a function and as a
// method, so that a model reads from left to right or from the inside out.
func TestFunctionsAreMethods(t *testing.T) {
	files := parseFolder(t, false)
	names := functionNames(files)
	operations := 0
	for file, f := range files {
		if !strings.HasPrefix(file, "ops_") {
			continue
		}
		for name := range functionNames(map[string]*ast.File{file: f}) {
			function := strings.TrimPrefix(name, "Node.")
			if strings.Contains(function, ".") || !ast.IsExported(function) {
				continue
			}
			operations++
			if !names[function] || !names["Node."+function] {
				t.Errorf("%s: want both a function and a method of Node named %s", file, function)
			}
		}
	}
	if operations < 2*17 {
		t.Errorf("found %d functions and methods: the search does not find them", operations)
	}
}
