package cell

import (
	"go/ast"
	"go/format"
	"go/token"
	"go/types"
	"maps"
	"path"
	"slices"
	"strings"
)

// names lists every name that means something at a position, the nearest first: locals,
// what the cells declared, packages, then the language's own. Whole statements can begin
// with more keywords than expressions.
func (c *collector) names(pos token.Pos, statement bool) {
	if pos.IsValid() {
		for scope := innermost(c.pkg, pos); scope != nil && scope != types.Universe; scope = scope.Parent() {
			for _, name := range scope.Names() {
				if object := scope.Lookup(name); !c.isLocal(scope) || object.Pos() < pos {
					c.object(object)
				}
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.Session.names)) {
		c.entity(name, c.find(name))
	}
	for _, p := range c.config.Preload {
		c.add(path.Base(p), KindPackage, p)
	}
	for _, name := range types.Universe.Names() {
		c.object(types.Universe.Lookup(name))
	}
	c.keywords(statement)
	for _, p := range c.config.Packages {
		c.add(packageName(p), KindPackage, p)
	}
}

// isLocal reports whether a scope is inside a function, where a name means something only
// after its declaration.
func (c *collector) isLocal(scope *types.Scope) bool {
	return scope != c.pkg.Scope() && scope.Parent() != c.pkg.Scope()
}

// packageName guesses the name of a package from its path: it is the last element that is
// not a version.
func packageName(importPath string) string {
	dir, base := path.Split(importPath)
	if len(base) > 1 && base[0] == 'v' && strings.Trim(base[1:], "0123456789") == "" {
		return path.Base(dir)
	}
	return base
}

var (
	statementKeywords = []string{"break", "case", "const", "continue", "default", "defer", "else", "fallthrough",
		"for", "go", "goto", "if", "import", "return", "select", "switch", "type", "var"}
	expressionKeywords = []string{"chan", "func", "interface", "map", "range", "struct"}
)

func (c *collector) keywords(statement bool) {
	if statement {
		for _, word := range statementKeywords {
			c.add(word, KindKeyword, "")
		}
	}
	for _, word := range expressionKeywords {
		c.add(word, KindKeyword, "")
	}
}

// object adds what the checker knows by name.
func (c *collector) object(object types.Object) {
	name := object.Name()
	switch object := object.(type) {
	case *types.PkgName:
		c.add(name, KindPackage, object.Imported().Path())
	case *types.Func:
		kind := KindFunction
		if object.Signature().Recv() != nil {
			kind = KindMethod
		}
		c.add(name, kind, c.spell(object.Type()))
	case *types.Var:
		kind := KindVariable
		if object.IsField() {
			kind = KindField
		}
		c.add(name, kind, c.spell(object.Type()))
	case *types.Const:
		c.add(name, KindConstant, strings.TrimPrefix(c.spell(object.Type()), "untyped ")+" = "+object.Val().String())
	case *types.TypeName:
		c.add(name, KindType, c.summary(object.Type().Underlying()))
	case *types.Builtin:
		c.add(name, KindFunction, builtinSignatures[name])
	case *types.Nil:
		c.add(name, KindConstant, "")
	}
}

// builtinSignatures are those of the functions that the checker treats one by one.
var builtinSignatures = map[string]string{
	"append": "(slice []T, elems ...T) []T", "cap": "(v T) int", "clear": "(t T)", "close": "(c chan<- T)",
	"complex": "(r, i float) complex", "copy": "(dst, src []T) int", "delete": "(m map[K]V, key K)",
	"imag": "(c complex) float", "len": "(v T) int", "make": "(t T, size ...int) T", "max": "(x T, y ...T) T",
	"min": "(x T, y ...T) T", "new": "(T) *T", "panic": "(v any)", "print": "(args ...T)",
	"println": "(args ...T)", "real": "(c complex) float", "recover": "() any",
}

// entity adds what a cell declared, from its syntax: the sketch has checked only what it
// mentions.
func (c *collector) entity(name string, e *entity) {
	if e == nil {
		return
	}
	switch e.sort {
	case importSort:
		c.add(name, KindPackage, e.path)
	case constSort:
		c.add(name, KindConstant, "")
	case varSort:
		c.add(name, KindVariable, c.spell(e.typ))
	case funcSort:
		c.add(name, KindFunction, strings.TrimPrefix(c.print(e.node.(*ast.FuncDecl).Type), "func"))
	case typeSort:
		c.add(name, KindType, kindOf(e.node.(*ast.GenDecl).Specs[0].(*ast.TypeSpec).Type))
	}
}

// kindOf names the kind of type that an expression declares.
func kindOf(x ast.Expr) string {
	switch x := x.(type) {
	case *ast.StructType:
		return "struct"
	case *ast.InterfaceType:
		return "interface"
	case *ast.Ident:
		return x.Name
	}
	return ""
}

// spell writes a type as it is said among people: with the names of packages, and without
// the word func before the signature of a function.
func (c *collector) spell(t types.Type) string {
	return strings.TrimPrefix(types.TypeString(t, c.qualify), "func")
}

// summary is what a type is made of, in a word or two where it would be long.
func (c *collector) summary(t types.Type) string {
	switch t.(type) {
	case *types.Struct:
		return "struct"
	case *types.Interface:
		return "interface"
	}
	return types.TypeString(t, c.qualify)
}

// qualify is a types.Qualifier: packages by name, and cells by nothing.
func (k *sketch) qualify(pkg *types.Package) string {
	if pkg == k.pkg || pkg.Path() == mainPath {
		return ""
	}
	return pkg.Name()
}

// print is the text of a piece of syntax.
func (k *sketch) print(node ast.Node) string {
	var b strings.Builder
	if err := format.Node(&b, token.NewFileSet(), node); err != nil {
		return ""
	}
	return b.String()
}
