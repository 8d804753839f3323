package cell

import (
	"go/ast"
	"go/types"
	"strconv"
	"strings"
)

// values is the emitted name of a function of package values.
func (l *lowerer) values(name string) string {
	return l.aliasPath(ValuesPath) + "." + name
}

// runs is the emitted name of a function of the interpreter's package run.
func (l *lowerer) runs(name string) string {
	return l.aliasPath(runPath) + "." + name
}

const (
	// ValuesPath is the import path under which emitted source wants the symbols of
	// the session's registry.
	ValuesPath = "gradbook/values"
	runPath    = "gradbook/run"
)

// convert writes e where a value of type to is wanted: the conversion that Go
// makes silently becomes explicit.
func (l *lowerer) convert(e ast.Expr, to types.Type) string {
	to = l.env.of(to)
	if l.isNil(e) {
		return l.nilOf(to)
	}
	from := l.typeOf(e)
	if b, ok := from.(*types.Basic); ok && b.Info()&types.IsUntyped != 0 {
		if tv := l.info.Types[e]; tv.Value != nil && !types.IsInterface(to) {
			return l.constant(tv.Value, to)
		}
	}
	text := l.expr(e)
	if f := l.staticFunc(e); f != nil && isOwn(f) {
		// The interpreter does not always make a value of a function that is only named.
		text = l.converting(from) + "(" + text + ")"
	}
	return l.converted(text, from, to)
}

// converted writes the conversion of text, of type from, to type to.
func (l *lowerer) converted(text string, from, to types.Type) string {
	from, to = types.Default(from), l.env.of(to)
	switch {
	case types.IsInterface(to) && !types.IsInterface(from):
		return l.toInterface(text, from, to)
	case types.IsInterface(to):
		return l.betweenInterfaces(text, from, to)
	case isStruct(from) && l.typ(from) != l.typ(to):
		return l.converting(to) + "(" + text + ")"
	case l.opaque(from) != l.opaque(to):
		if l.opaque(to) {
			return l.wrapOpaque(text, to)
		}
		return l.opened(text, from)
	}
	return text
}

// toInterface writes the conversion of a concrete value to an interface.
func (l *lowerer) toInterface(text string, from, to types.Type) string {
	if l.compiledInterface(to) {
		if l.implements(from, to) {
			if isFile(from) && reads(to) {
				text = l.values("Input") + "(" + text + ")"
			}
			return l.typ(to) + "(" + text + ")"
		}
		return l.toCompiled(l.toInterface(text, from, emptyInterface), to)
	}
	switch {
	case l.boxed(from):
		l.describe(from)
		return l.values("Box") + "(" + strconv.Quote(l.typeKey(from)) + ", " + l.kept(text, from) + ")"
	case isFunc(from):
		return l.values("Any") + "(" + l.kept(text, from) + ")"
	}
	return "interface{}(" + text + ")"
}

// isFile reports whether t is *os.File: one may be the standard input, and whoever
// reads that asks the user.
func isFile(t types.Type) bool { return types.TypeString(t, nil) == "*os.File" }

// reads reports whether an interface asks for Read and nothing else.
func reads(t types.Type) bool {
	i := t.Underlying().(*types.Interface)
	return i.NumMethods() == 1 && i.Method(0).Name() == "Read"
}

// kept is a value as compiled code may have it. A function literal that is handed
// over directly would see the variables of later iterations.
func (l *lowerer) kept(text string, t types.Type) string {
	if isFunc(t) && strings.HasPrefix(text, "func") && !strings.HasSuffix(text, "()") {
		f := l.temp()
		return "func(" + f + " " + l.typ(t) + ") " + l.typ(t) + " { return " + f + " }(" + text + ")"
	}
	return text
}

var emptyInterface = types.NewInterfaceType(nil, nil)

func isFunc(t types.Type) bool {
	_, ok := t.Underlying().(*types.Signature)
	return ok
}

// betweenInterfaces writes the conversion of one interface to another that asks
// for no more methods.
func (l *lowerer) betweenInterfaces(text string, from, to types.Type) string {
	switch {
	case l.typ(from) == l.typ(to):
		return text
	case !l.compiledInterface(to):
		return l.values("Strip") + "(" + text + ")"
	case l.compiledInterface(from):
		return l.typ(to) + "(" + text + ")"
	}
	return l.toCompiled(text, to)
}

// compiledInterface reports whether an interface type exists in compiled code with
// its methods: then its values must be Go values with those methods.
func (l *lowerer) compiledInterface(t types.Type) bool {
	n, ok := types.Unalias(t).(*types.Named)
	if !ok || !types.IsInterface(t) {
		return false
	}
	return (n.Obj().Pkg() == nil || !isOwn(n.Obj())) && n.Underlying().(*types.Interface).NumMethods() > 0 && n.TypeArgs().Len() == 0
}

func isStruct(t types.Type) bool {
	_, ok := t.Underlying().(*types.Struct)
	return ok
}

// implements reports whether values of a type have an interface's methods in
// compiled code: the type is compiled, or a pointer to a compiled type.
func (l *lowerer) implements(from, to types.Type) bool {
	if p, ok := types.Unalias(from).(*types.Pointer); ok {
		from = p.Elem()
	}
	n, ok := types.Unalias(from).(*types.Named)
	return ok && !isOwn(n.Obj()) && n.TypeArgs().Len() == 0
}

// toCompiled writes the conversion of an interface{} to an interface of compiled
// code, by a function made for it.
func (l *lowerer) toCompiled(text string, to types.Type) string {
	return l.converter(types.Unalias(to).(*types.Named)) + "(" + text + ")"
}

// toAny writes an expression as an interface{}.
func (l *lowerer) toAny(e ast.Expr) string {
	if l.isNil(e) {
		return "interface{}(nil)"
	}
	return l.convert(e, emptyInterface)
}

// assertion writes x.(T), which panics if x holds something else.
func (l *lowerer) assertion(e *ast.TypeAssertExpr) string {
	t := l.typeOf(e)
	if tuple, ok := t.(*types.Tuple); ok {
		t = tuple.At(0).Type()
	}
	from := ""
	if i := l.typeOf(e.X); i.Underlying().(*types.Interface).NumMethods() > 0 {
		from = ", " + strconv.Quote(typeDisplay(i))
	}
	return l.taken(l.values("Assert")+"("+l.toAny(e.X)+", "+l.described(t)+from+")", t)
}

// taken writes the value of type t that package values took out of an interface.
func (l *lowerer) taken(text string, t types.Type) string {
	switch {
	case l.compiledInterface(t):
		return l.toCompiled(text, t)
	case types.IsInterface(t), l.opaque(t):
		return text
	}
	text += ".(" + l.typ(t) + ")"
	if b, ok := t.Underlying().(*types.Basic); ok && b.Kind() == types.Bool {
		return "(" + text + " == true)" // as a condition, the interpreter takes it for whether it holds
	}
	return text
}

// described is the key of t, quoted, for package values to know t by.
func (l *lowerer) described(t types.Type) string {
	l.describe(t)
	return strconv.Quote(l.typeKey(t))
}
