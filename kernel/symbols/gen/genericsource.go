package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/token"
	"os"
	"slices"
	"strings"
)

// generics are the packages whose functions exist only as instances. Their source goes
// into the archive, so that a cell's slices.Sort can be instantiated and interpreted.
var generics = []string{"cmp", "iter", "maps", "slices"}

// license is the notice that the Go Authors' licence asks to be kept with their source.
const license = "// Copyright The Go Authors. All rights reserved.\n" +
	"// Use of this source code is governed by a BSD-style license\n" +
	"// that can be found at https://go.dev/LICENSE.\n\n"

func genericSources(entries map[string][]byte, w *world) error {
	for _, path := range generics {
		text, err := merge(w, w.packages[path])
		if err != nil {
			return err
		}
		entries["source/"+path] = text
	}
	return nil
}

// merge makes one file of a package: the licence, one import declaration, and every
// declaration as it stands in the source, without the comments before it.
func merge(w *world, s *source) ([]byte, error) {
	var imports []string
	var body bytes.Buffer
	for _, file := range s.files {
		tokenFile := w.fset.File(file.Pos())
		text, err := os.ReadFile(tokenFile.Name())
		if err != nil {
			return nil, err
		}
		for _, declaration := range file.Decls {
			if d, ok := declaration.(*ast.GenDecl); ok && d.Tok == token.IMPORT {
				for _, spec := range d.Specs {
					imports = append(imports, importLine(spec.(*ast.ImportSpec)))
				}
				continue
			}
			body.Write(text[tokenFile.Offset(declaration.Pos()):tokenFile.Offset(declaration.End())])
			body.WriteString("\n\n")
		}
	}
	slices.Sort(imports)
	imports = slices.Compact(imports)
	file := fmt.Sprintf("%spackage %s\n\nimport (\n%s)\n\n%s", license, s.Name, strings.Join(imports, ""), body.Bytes())
	return format.Source([]byte(file))
}

func importLine(spec *ast.ImportSpec) string {
	if spec.Name != nil {
		return spec.Name.Name + " " + spec.Path.Value + "\n"
	}
	return spec.Path.Value + "\n"
}
