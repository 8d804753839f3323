package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// A generic is a package of the standard library whose generic part is interpreted.
type generic struct {
	path     string
	folder   string // below kernel/symbols/generic: what is replaced, or ""
	standard bool   // take what is not replaced from the standard library
}

// generics are the packages with source in the archive. Where only a few functions are
// generic, these were written anew, and nothing is taken.
var generics = []generic{
	{"cmp", "", true},
	{"errors", "errors", false},
	{"iter", "iter", true},
	{"maps", "maps", true},
	{"math/rand/v2", "rand", false},
	{"reflect", "reflect", false},
	{"slices", "slices", true},
	{"sync", "sync", false},
	{"sync/atomic", "atomic", false},
	{"unique", "unique", false},
}

// license is the notice that the Go Authors' licence asks to be kept with their source.
const license = "// Copyright The Go Authors. All rights reserved.\n" +
	"// Use of this source code is governed by a BSD-style license\n" +
	"// that can be found at https://go.dev/LICENSE.\n\n"

// genericSources adds source/PATH for every generic package to the archive. root is
// kernel/symbols.
func genericSources(entries map[string][]byte, w *world, root string) error {
	for _, g := range generics {
		m := merger{fset: w.fset, declarations: map[string]declaration{}}
		if g.standard {
			m.add(w.packages[g.path].files)
		}
		if g.folder != "" {
			own := filepath.Join(root, "generic", g.folder, g.folder+".go")
			file, err := parser.ParseFile(w.fset, own, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			m.add([]*ast.File{file})
		}
		text, err := m.merge(w.packages[g.path].Name)
		if err != nil {
			return fmt.Errorf("gen: source of %s: %w", g.path, err)
		}
		entries["source/"+g.path] = text
	}
	return nil
}

// A merger makes one file of several. Of two declarations of a name it keeps the later.
type merger struct {
	fset         *token.FileSet
	declarations map[string]declaration // by name; a method's is T.M
}

// A declaration is a top-level one, with the imports of its file.
type declaration struct {
	node    ast.Decl
	imports map[string]*ast.ImportSpec // by the name that the file uses
}

func (m *merger) add(files []*ast.File) {
	for _, file := range files {
		imports := map[string]*ast.ImportSpec{}
		for _, spec := range file.Imports {
			imports[importName(spec)] = spec
		}
		for _, node := range file.Decls {
			if d, ok := node.(*ast.GenDecl); ok && d.Tok == token.IMPORT {
				continue
			}
			m.declarations[declared(node)] = declaration{node, imports}
		}
	}
}

// importName is the name of an imported package in its file, for the standard library:
// the last element of the path that is not a version.
func importName(spec *ast.ImportSpec) string {
	if spec.Name != nil {
		return spec.Name.Name
	}
	path, _ := strconv.Unquote(spec.Path.Value)
	return filepath.Base(strings.TrimSuffix(path, "/v2"))
}

// declared is the name that a declaration goes by. That of a group is all its names, so
// that a group is replaced as a whole or not at all.
func declared(node ast.Decl) string {
	switch node := node.(type) {
	case *ast.FuncDecl:
		if node.Recv == nil {
			return node.Name.Name
		}
		return receiver(node.Recv.List[0].Type) + "." + node.Name.Name
	case *ast.GenDecl:
		var names []string
		for _, spec := range node.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				names = append(names, spec.Name.Name)
			case *ast.ValueSpec:
				for _, name := range spec.Names {
					names = append(names, name.Name)
				}
			}
		}
		return strings.Join(names, " ")
	}
	return ""
}

// receiver is the name of a receiver's type, without pointer and type parameters.
func receiver(x ast.Expr) string {
	switch x := x.(type) {
	case *ast.StarExpr:
		return receiver(x.X)
	case *ast.IndexExpr:
		return receiver(x.X)
	case *ast.IndexListExpr:
		return receiver(x.X)
	case *ast.Ident:
		return x.Name
	}
	return ""
}

// merge writes the licence, the imports that are needed, and every declaration that is
// exported or needed by one that is.
func (m *merger) merge(name string) ([]byte, error) {
	imports := map[string]bool{}
	var body bytes.Buffer
	for _, key := range m.needed() {
		d := m.declarations[key]
		for name, spec := range d.imports {
			if mentions(d.node, name) {
				imports[importLine(spec)] = true
			}
		}
		if err := format.Node(&body, m.fset, bare(d.node)); err != nil {
			return nil, err
		}
		body.WriteString("\n\n")
	}
	file := fmt.Sprintf("%spackage %s\n\nimport (\n%s)\n\n%s", license, name,
		strings.Join(slices.Sorted(maps.Keys(imports)), ""), body.Bytes())
	return format.Source([]byte(strings.Replace(file, "import (\n)\n\n", "", 1)))
}

// bare is a declaration without its doc comment, which nobody reads here. The original
// keeps it, for the documentation.
func bare(node ast.Decl) ast.Decl {
	switch node := node.(type) {
	case *ast.FuncDecl:
		without := *node
		without.Doc = nil
		return &without
	case *ast.GenDecl:
		without := *node
		without.Doc = nil
		return &without
	}
	return node
}

// needed lists the names of the declarations to keep, sorted.
func (m *merger) needed() []string {
	kept := map[string]bool{}
	var keep func(key string)
	keep = func(key string) {
		if kept[key] {
			return
		}
		kept[key] = true
		for other := range m.declarations {
			for _, name := range strings.Fields(other) {
				base, _, _ := strings.Cut(name, ".")
				if mentions(m.declarations[key].node, base) {
					keep(other)
				}
			}
		}
	}
	for key := range m.declarations {
		if token.IsExported(key) {
			keep(key)
		}
	}
	return slices.Sorted(maps.Keys(kept))
}

func importLine(spec *ast.ImportSpec) string {
	if spec.Name != nil {
		return spec.Name.Name + " " + spec.Path.Value + "\n"
	}
	return spec.Path.Value + "\n"
}
