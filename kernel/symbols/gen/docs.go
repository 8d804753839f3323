package main

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/doc"
	"go/format"
	"go/parser"
	"go/token"
	"go/types"
	"path/filepath"
	"strings"
)

// Separators of the documentation of a package: a record for each name, and in it the
// name, its declaration and its comment. Neither byte occurs in Go source.
const (
	recordSeparator = "\x1e"
	unitSeparator   = "\x1f"
)

// documentation adds docs/PATH for every package to the archive.
func documentation(entries map[string][]byte, w *world, paths []string) error {
	for _, path := range paths {
		s := w.packages[path]
		pkg, err := doc.NewFromFiles(w.fset, s.files, path)
		if err != nil {
			return err
		}
		b := &book{fset: w.fset, types: s.types}
		b.write(pkg)
		entries["docs/"+path] = b.text.Bytes()
	}
	return nil
}

// predeclared adds docs/builtin, the documentation of len, append, error and the like.
// Its source only looks like a package: it cannot be type-checked, and its names are
// lower case.
func predeclared(entries map[string][]byte, folder string) error {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, filepath.Join(folder, "builtin.go"), nil, parser.ParseComments)
	if err != nil {
		return err
	}
	pkg, err := doc.NewFromFiles(fset, []*ast.File{file}, "builtin", doc.AllDecls)
	if err != nil {
		return err
	}
	b := &book{fset: fset}
	b.write(pkg)
	entries["docs/builtin"] = b.text.Bytes()
	return nil
}

// A book gathers the records of one package.
type book struct {
	fset  *token.FileSet
	types *types.Package // nil for builtin
	text  bytes.Buffer
}

func (b *book) write(pkg *doc.Package) {
	b.record("", "package "+pkg.Name+" // import \""+pkg.ImportPath+"\"", pkg.Doc)
	b.values(pkg.Consts)
	b.values(pkg.Vars)
	b.functions("", pkg.Funcs)
	for _, t := range pkg.Types {
		b.typ(t)
		b.values(t.Consts)
		b.values(t.Vars)
		b.functions("", t.Funcs)
		b.functions(t.Name+".", t.Methods)
	}
}

func (b *book) record(name, declaration, comment string) {
	b.text.WriteString(recordSeparator + name + unitSeparator + declaration + unitSeparator + strings.TrimSpace(comment))
}

func (b *book) functions(prefix string, functions []*doc.Func) {
	for _, f := range functions {
		f.Decl.Body, f.Decl.Doc = nil, nil
		b.record(prefix+f.Name, b.print(f.Decl), f.Doc)
	}
}

// values records every constant or variable of a group by itself, with the nearest
// comment: the one above it, the one behind it, or that of the group.
func (b *book) values(groups []*doc.Value) {
	for _, group := range groups {
		for _, spec := range group.Decl.Specs {
			spec := spec.(*ast.ValueSpec)
			behind := spec.Comment.Text()
			if len(group.Decl.Specs) == 1 { // then the comment of the group is above it
				behind = ""
			}
			comment := cmp.Or(spec.Doc.Text(), behind, group.Doc, spec.Comment.Text())
			for i, name := range spec.Names {
				if b.types == nil || name.IsExported() {
					b.record(name.Name, b.value(group.Decl.Tok, spec, i), comment)
				}
			}
		}
	}
}

// value spells the declaration of one name of a spec. A constant is shown as it was
// written, if that says its value, since the number may be that of this system only;
// one that counts with iota is shown with its value.
func (b *book) value(keyword token.Token, spec *ast.ValueSpec, i int) string {
	name := spec.Names[i].Name
	if keyword == token.CONST && len(spec.Values) > i && !mentions(spec.Values[i], "iota") {
		text := "const " + name
		if spec.Type != nil {
			text += " " + b.print(spec.Type)
		}
		return text + " = " + b.print(spec.Values[i])
	}
	if b.types == nil {
		return keyword.String() + " " + name
	}
	object := b.types.Scope().Lookup(name)
	typ := types.TypeString(object.Type(), b.qualify)
	c, ok := object.(*types.Const)
	if !ok {
		return "var " + name + " " + typ
	}
	if strings.HasPrefix(typ, "untyped ") {
		return fmt.Sprintf("const %s = %s", name, c.Val())
	}
	return fmt.Sprintf("const %s %s = %s", name, typ, c.Val())
}

func (b *book) qualify(pkg *types.Package) string {
	if pkg == b.types {
		return ""
	}
	return pkg.Name()
}

// mentions reports whether an identifier stands anywhere in a piece of syntax.
func mentions(node ast.Node, name string) (found bool) {
	ast.Inspect(node, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		found = found || ok && id.Name == name
		return !found
	})
	return found
}

// typ records a type, and its exported fields or interface methods by themselves.
func (b *book) typ(t *doc.Type) {
	t.Decl.Doc = nil
	for _, spec := range t.Decl.Specs {
		spec := spec.(*ast.TypeSpec)
		spec.Doc = nil
		b.record(t.Name, b.print(t.Decl), t.Doc)
		switch x := spec.Type.(type) {
		case *ast.StructType:
			b.fields(t.Name+".", x.Fields, " ")
		case *ast.InterfaceType:
			b.fields(t.Name+".", x.Methods, "")
		}
	}
}

// fields records the members of a struct, or the methods of an interface. Between the
// name and the type goes a space in one, and in the other nothing: the keyword func of
// a method's type is not written.
func (b *book) fields(prefix string, list *ast.FieldList, between string) {
	for _, field := range list.List {
		text := b.print(field.Type)
		if between == "" {
			text = strings.TrimPrefix(text, "func")
		}
		for _, name := range field.Names {
			if name.IsExported() || b.types == nil {
				b.record(prefix+name.Name, name.Name+between+text, field.Doc.Text()+field.Comment.Text())
			}
		}
	}
}

func (b *book) print(node any) string {
	var text bytes.Buffer
	if err := format.Node(&text, b.fset, node); err != nil {
		return ""
	}
	return text.String()
}
