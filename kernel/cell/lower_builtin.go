package cell

import (
	"go/ast"
	"go/types"
	"strings"
)

// builtinName is the name of the predeclared function, or member of unsafe, that
// fun is.
func builtinName(fun ast.Expr) string {
	switch fun := fun.(type) {
	case *ast.Ident:
		return fun.Name
	case *ast.SelectorExpr:
		return fun.Sel.Name
	}
	return ""
}

// builtin writes a call of a predeclared function.
func (l *lowerer) builtin(e *ast.CallExpr, name string) string {
	switch name {
	case "append":
		return l.appendCall(e)
	case "make":
		return l.make(e)
	case "new":
		return l.new(e)
	case "min", "max":
		return l.extreme(e, name)
	case "clear":
		return l.values("Clear") + "(" + l.expr(e.Args[0]) + ")"
	case "panic":
		return l.runs("Panic") + "(" + l.toAny(e.Args[0]) + ")"
	case "recover":
		return l.runs("Recover") + "()"
	case "print", "println":
		return l.values(strings.ToUpper(name[:1])+name[1:]+"Err") + "(" + l.anys(e.Args) + ")"
	case "delete":
		m := l.typeOf(e.Args[0]).Underlying().(*types.Map)
		return "delete(" + l.operand(e.Args[0]) + ", " + l.convert(e.Args[1], m.Key()) + ")"
	case "complex":
		part := types.Typ[types.Float64]
		if b := l.typeOf(e).Underlying().(*types.Basic); b.Kind() == types.Complex64 {
			part = types.Typ[types.Float32]
		}
		return "complex(" + l.convert(e.Args[0], part) + ", " + l.convert(e.Args[1], part) + ")"
	}
	var args []string
	for _, a := range e.Args {
		args = append(args, l.operand(a))
	}
	return name + "(" + strings.Join(args, ", ") + ")"
}

// anys writes expressions as interface{} arguments.
func (l *lowerer) anys(args []ast.Expr) string {
	var texts []string
	for _, a := range args {
		texts = append(texts, l.toAny(a))
	}
	return strings.Join(texts, ", ")
}

func (l *lowerer) appendCall(e *ast.CallExpr) string {
	s, ok := l.typeOf(e).Underlying().(*types.Slice)
	if !ok {
		return "append(" + l.operand(e.Args[0]) + ")"
	}
	text := "append(" + l.operand(e.Args[0])
	if l.isNil(e.Args[0]) {
		text = "append((" + l.typ(s) + ")(nil)"
	}
	if e.Ellipsis.IsValid() {
		arg := l.operand(e.Args[1])
		if isBasic(l.typeOf(e.Args[1])) {
			arg = "[]byte(" + arg + ")"
		}
		return l.wrapOpaque(text+", "+arg+"...)", l.typeOf(e))
	}
	for _, a := range e.Args[1:] {
		text += ", " + l.convert(a, s.Elem())
	}
	return l.wrapOpaque(text+")", l.typeOf(e))
}

// wrapOpaque puts a value of an opaque type back into its interface.
func (l *lowerer) wrapOpaque(text string, t types.Type) string {
	if !l.opaque(t) {
		return text
	}
	if isFunc(t) {
		return l.values("Any") + "(" + l.kept(text, t.Underlying()) + ")"
	}
	return "interface{}(" + text + ")"
}

func (l *lowerer) make(e *ast.CallExpr) string {
	t := l.typeOf(e)
	u := t
	if n, ok := types.Unalias(t).(*types.Named); ok && isOwn(n.Obj()) {
		u = t.Underlying()
	}
	args := []string{l.typ(u)}
	for _, a := range e.Args[1:] {
		args = append(args, l.convert(a, types.Typ[types.Int]))
	}
	return l.wrapOpaque("make("+strings.Join(args, ", ")+")", t)
}

// new writes new(T) and new(x).
func (l *lowerer) new(e *ast.CallExpr) string {
	if l.info.Types[e.Args[0]].IsType() {
		return "new(" + l.typ(l.typeOf(e.Args[0])) + ")"
	}
	t := types.Default(l.typeOf(e).(*types.Pointer).Elem())
	v := l.temp()
	return "func(" + v + " " + l.typ(t) + ") *" + l.typ(t) + " { return &" + v + " }(" + l.convert(e.Args[0], t) + ")"
}

// extreme writes min and max, for which the interpreter has no word.
func (l *lowerer) extreme(e *ast.CallExpr, name string) string {
	t := l.typeOf(e)
	text := l.convert(e.Args[0], t)
	for _, a := range e.Args[1:] {
		text = l.libraryFunc("builtin", name, t) + "(" + text + ", " + l.convert(a, t) + ")"
	}
	return text
}

// frozenBuiltin is frozen for a predeclared function: its arguments get names.
func (l *lowerer) frozenBuiltin(e *ast.CallExpr, name string) string {
	copied := *e
	copied.Args = nil
	for _, a := range e.Args {
		tv := l.info.Types[a]
		if tv.Value != nil || tv.IsNil() || tv.IsType() {
			copied.Args = append(copied.Args, a)
			continue
		}
		t := types.Default(l.typeOf(a))
		kept := ast.NewIdent(l.freeze(l.convert(a, t)))
		v := types.NewVar(a.Pos(), l.pkg, kept.Name, t)
		l.locals[v] = kept.Name
		l.info.Uses[kept] = v
		l.info.Types[kept] = types.TypeAndValue{Type: t}
		copied.Args = append(copied.Args, kept)
	}
	l.info.Types[&copied] = l.info.Types[e]
	if l.info.Types[ast.Unparen(e.Fun)].IsType() {
		return l.conversion(&copied, l.typeOf(e))
	}
	return l.builtin(&copied, name)
}

// conversion writes T(x).
func (l *lowerer) conversion(e *ast.CallExpr, t types.Type) string {
	x := e.Args[0]
	if l.isNil(x) {
		return l.nilOf(t)
	}
	from := l.typeOf(x)
	if types.IsInterface(t) {
		return l.convert(x, t)
	}
	if b, ok := from.(*types.Basic); ok && b.Info()&types.IsUntyped != 0 && l.info.Types[x].Value != nil {
		if !isBasic(t) || l.info.Types[x].Value.Kind().String() == "String" {
			return l.converting(t.Underlying()) + "(" + l.constant(l.info.Types[x].Value, from) + ")"
		}
		return l.converting(t) + "(" + l.constant(l.info.Types[x].Value, from) + ")"
	}
	text := l.operand(x)
	if l.opaque(t) {
		return l.wrapOpaque(text, t)
	}
	if l.typ(from) == l.typ(t) {
		return text
	}
	return l.converting(t) + "(" + text + ")"
}

// converting writes a type as the function that converts to it. The interpreter loses
// its way to && and || behind a type in parentheses, so it has none without need.
func (l *lowerer) converting(t types.Type) string {
	text := l.typ(t)
	for _, need := range []string{"*", "<-", "chan ", "func("} {
		if strings.HasPrefix(text, need) {
			return "(" + text + ")"
		}
	}
	return text
}
