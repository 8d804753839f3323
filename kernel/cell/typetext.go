package cell

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/types"
	"strconv"
	"strings"
)

// mark is a letter that Go allows in names and nobody types. Names that we make
// contain it, so that they meet none of the user's.
const mark = "ꞏ"

// A typeWriter writes types as Go source. The two functions decide what stands for
// a named type and for an interface; the rest of a type is written as it is.
type typeWriter struct {
	named func(t *types.Named) string
	iface func(t *types.Interface) string
	param func(t *types.TypeParam) string
	field func(f *types.Var, tag string) (name, newTag string)

	structure func(t *types.Struct) string // nil: struct { … }
}

func (w *typeWriter) text(t types.Type) string {
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		if t.Kind() == types.UnsafePointer {
			return "uintptr"
		}
		return types.Typ[types.Default(t).(*types.Basic).Kind()].Name() // byte is uint8 to reflection
	case *types.Named:
		return w.named(t)
	case *types.TypeParam:
		return w.param(t)
	case *types.Interface:
		return w.iface(t)
	case *types.Pointer:
		return "*" + w.text(t.Elem())
	case *types.Slice:
		return "[]" + w.text(t.Elem())
	case *types.Array:
		return "[" + strconv.FormatInt(t.Len(), 10) + "]" + w.text(t.Elem())
	case *types.Map:
		return "map[" + w.text(t.Key()) + "]" + w.text(t.Elem())
	case *types.Chan:
		return w.channel(t)
	case *types.Signature:
		return "func" + w.signature(t, nil)
	case *types.Struct:
		if w.structure != nil {
			return w.structure(t)
		}
		return w.fields(t)
	}
	panic(fmt.Sprintf("cell: no source for type %v (%T)", t, t))
}

func (w *typeWriter) channel(t *types.Chan) string {
	switch t.Dir() {
	case types.SendOnly:
		return "chan<- " + w.text(t.Elem())
	case types.RecvOnly:
		return "<-chan " + w.text(t.Elem())
	}
	if c, ok := types.Unalias(t.Elem()).(*types.Chan); ok && c.Dir() == types.RecvOnly {
		return "chan (" + w.text(t.Elem()) + ")"
	}
	return "chan " + w.text(t.Elem())
}

// signature writes parameters and results. The parameters get the names given, or
// none.
func (w *typeWriter) signature(t *types.Signature, names []string) string {
	var b strings.Builder
	b.WriteString("(")
	for i := range t.Params().Len() {
		if i > 0 {
			b.WriteString(", ")
		}
		if names != nil {
			b.WriteString(names[i] + " ")
		}
		p := t.Params().At(i).Type()
		if s, ok := p.(*types.Slice); ok && t.Variadic() && i == t.Params().Len()-1 {
			b.WriteString("..." + w.text(s.Elem()))
		} else {
			b.WriteString(w.text(p))
		}
	}
	b.WriteString(")" + w.results(t.Results()))
	return b.String()
}

// results writes the types of results, as they follow a parameter list.
func (w *typeWriter) results(t *types.Tuple) string {
	switch t.Len() {
	case 0:
		return ""
	case 1:
		return " " + w.text(t.At(0).Type())
	}
	var parts []string
	for v := range t.Variables() {
		parts = append(parts, w.text(v.Type()))
	}
	return " (" + strings.Join(parts, ", ") + ")"
}

func (w *typeWriter) fields(t *types.Struct) string {
	if t.NumFields() == 0 {
		return "struct {}"
	}
	var fields []string
	for i := range t.NumFields() {
		f := t.Field(i)
		name, tag := w.field(f, t.Tag(i))
		text := name + w.text(f.Type())
		if tag != "" {
			text += " " + strconv.Quote(tag)
		}
		fields = append(fields, text)
	}
	return "struct { " + strings.Join(fields, "; ") + " }"
}

// typeSyntax is the syntax of a type as it can stand in a file that declares a
// variable of that type. Packages go by aliases that no name of the user hides.
func (s *Session) typeSyntax(t types.Type) ast.Expr {
	w := &typeWriter{field: func(f *types.Var, tag string) (string, string) {
		if f.Embedded() {
			return "", tag
		}
		return f.Name() + " ", tag
	}}
	w.param = func(t *types.TypeParam) string { return t.Obj().Name() }
	w.iface = func(t *types.Interface) string { return types.TypeString(t, s.aliasOf) }
	w.named = func(t *types.Named) string {
		name := t.Obj().Name()
		switch pkg := t.Obj().Pkg(); {
		case pkg == nil:
			return name
		case pkg.Path() != mainPath && !t.Obj().Exported():
			return s.hidden.alias(t)
		case pkg.Path() != mainPath:
			name = s.aliasOf(pkg) + "." + name
		}
		return name + typeArguments(w, t.TypeArgs())
	}
	text := w.text(types.Default(t))
	expr, err := parser.ParseExprFrom(s.fset, "", text, parser.SkipObjectResolution)
	if err != nil {
		panic(fmt.Sprintf("cell: type %v written as %q: %v", t, text, err))
	}
	return expr
}

// typeArguments writes a list of type arguments, brackets included.
func typeArguments(w *typeWriter, args *types.TypeList) string {
	if args.Len() == 0 {
		return ""
	}
	var parts []string
	for t := range args.Types() {
		parts = append(parts, w.text(t))
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

// aliasOf is the name by which our own declarations call a package.
func (s *Session) aliasOf(pkg *types.Package) string {
	if pkg.Path() == mainPath {
		return ""
	}
	return s.aliasOfPath(pkg.Path())
}

func (s *Session) aliasOfPath(path string) string {
	alias := mark + strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, path)
	s.aliases[alias] = path
	return alias
}
