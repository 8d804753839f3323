package cell

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strconv"
	"strings"
)

// expr writes an expression with one value. The text has the type that typ writes
// for the expression's type.
func (l *lowerer) expr(e ast.Expr) string {
	if tv, ok := l.info.Types[e]; ok {
		if tv.Value != nil && tv.Value.Kind() != constant.Unknown {
			if t := l.typeOf(e); !types.IsInterface(t) {
				return l.constant(tv.Value, t)
			}
		}
		if tv.IsType() {
			return l.typ(l.typeOf(e))
		}
	}
	switch e := e.(type) {
	case *ast.ParenExpr:
		return "(" + l.expr(e.X) + ")"
	case *ast.Ident:
		return l.ident(e)
	case *ast.BasicLit:
		return e.Value
	case *ast.FuncLit:
		return l.private(l.literal(e), l.typeOf(e))
	case *ast.CompositeLit:
		return l.composite(e, l.typeOf(e))
	case *ast.SelectorExpr:
		return l.selector(e)
	case *ast.IndexExpr:
		return l.index(e)
	case *ast.IndexListExpr:
		return l.instantiated(e.X)
	case *ast.SliceExpr:
		return l.slice(e)
	case *ast.TypeAssertExpr:
		return l.assertion(e)
	case *ast.CallExpr:
		return l.result(e)
	case *ast.StarExpr:
		return "(*" + l.operand(e.X) + ")"
	case *ast.UnaryExpr:
		return l.unary(e)
	case *ast.BinaryExpr:
		return l.binary(e)
	}
	panic(fmt.Sprintf("cell: no source for %T", e))
}

// literal writes a function literal.
func (l *lowerer) literal(e *ast.FuncLit) string {
	l.literals++
	defer func() { l.literals-- }()
	return "func" + l.function(l.typeOf(e).(*types.Signature), e.Type, nil, e.Body)
}

// private writes a function literal as the result of a function of its own. When a
// function that a literal made returns, the interpreter writes to the frame where it
// was made; if it ran in another goroutine, it would disturb what goes on there.
func (l *lowerer) private(text string, t types.Type) string {
	return "func() " + l.typ(t) + " { return " + text + " }()"
}

// operand writes an expression that is to be called, indexed, ranged over or the
// like: a value of a type that contains itself is taken out of its interface.
func (l *lowerer) operand(e ast.Expr) string {
	text := l.expr(e)
	if t := l.typeOf(e); l.opaque(t) {
		return l.opened(text, t)
	}
	return text
}

// opened takes a value of an opaque type out of its interface.
func (l *lowerer) opened(text string, t types.Type) string {
	return l.values("Open") + "(" + text + ", (*" + l.typ(t.Underlying()) + ")(nil)).(" + l.typ(t.Underlying()) + ")"
}

func (l *lowerer) ident(id *ast.Ident) string {
	obj := l.info.ObjectOf(id)
	switch obj := obj.(type) {
	case *types.Nil:
		return l.nilOf(l.typeOf(id))
	case *types.Func:
		return l.funcValue(id, obj)
	case nil:
		return id.Name
	default:
		return l.name(obj)
	}
}

// nilOf writes the nil of a type.
func (l *lowerer) nilOf(t types.Type) string {
	if b, ok := t.(*types.Basic); ok && b.Kind() == types.UntypedNil {
		return "nil"
	}
	return l.converting(t) + "(nil)"
}

// funcValue writes a function that is used by its name.
func (l *lowerer) funcValue(id *ast.Ident, f *types.Func) string {
	if inst, ok := l.info.Instances[id]; ok {
		return l.funcInstance(f, inst.TypeArgs)
	}
	if name := l.replacement(f); name != "" {
		return name
	}
	return l.name(f)
}

// instantiated writes the x of x[T], a generic function with its arguments.
func (l *lowerer) instantiated(x ast.Expr) string {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		return l.funcValue(x, l.info.Uses[x].(*types.Func))
	case *ast.SelectorExpr:
		return l.funcValue(x.Sel, l.info.Uses[x.Sel].(*types.Func))
	}
	panic(fmt.Sprintf("cell: instance of %T", x))
}

func (l *lowerer) index(e *ast.IndexExpr) string {
	if tv := l.info.Types[e.X]; !tv.IsValue() || isGenericFunc(tv.Type) {
		return l.instantiated(e.X)
	}
	t := l.typeOf(e.X).Underlying()
	if m, ok := t.(*types.Map); ok {
		return l.operand(e.X) + "[" + l.convert(e.Index, m.Key()) + "]"
	}
	return l.operand(e.X) + "[" + l.indexValue(e) + "]"
}

func isGenericFunc(t types.Type) bool {
	s, ok := t.(*types.Signature)
	return ok && s.TypeParams().Len() > 0
}

// indexValue writes the index of a sequence. Outside of loops it is checked, since
// the interpreter's own panic does not tell index and length.
func (l *lowerer) indexValue(e *ast.IndexExpr) string {
	i := l.expr(e.Index)
	if tv := l.info.Types[e.Index]; tv.Value != nil {
		if _, array := deref(l.typeOf(e.X)).Underlying().(*types.Array); array {
			return i
		}
	}
	return i
}

func (l *lowerer) slice(e *ast.SliceExpr) string {
	x := l.operand(e.X)
	if _, array := l.typeOf(e.X).Underlying().(*types.Array); array {
		x = "(&" + x + ")"
	}
	var parts []string
	for _, i := range []ast.Expr{e.Low, e.High} {
		if i == nil {
			parts = append(parts, "")
		} else {
			parts = append(parts, l.expr(i))
		}
	}
	if e.Slice3 {
		parts = append(parts, l.expr(e.Max))
	}
	return x + "[" + strings.Join(parts, ":") + "]"
}

func (l *lowerer) unary(e *ast.UnaryExpr) string {
	if e.Op == token.AND {
		if lit, ok := ast.Unparen(e.X).(*ast.CompositeLit); ok {
			return "&" + l.composite(lit, l.typeOf(lit))
		}
		return "(&" + l.expr(e.X) + ")"
	}
	if c, ok := l.typeOf(e.X).Underlying().(*types.Chan); ok && isBoolean(l.env.of(c.Elem())) {
		// A truth value that had to be waited for may be read from where it never was.
		v := l.temp()
		return "func() bool { " + v + " := <-" + l.operand(e.X) + "; return " + v + " == true }()"
	}
	return "(" + e.Op.String() + l.operand(e.X) + ")"
}

func isBoolean(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsBoolean != 0
}

func (l *lowerer) binary(e *ast.BinaryExpr) string {
	switch e.Op {
	case token.EQL, token.NEQ:
		return l.comparison(e)
	case token.SHL, token.SHR:
		return "(" + l.first(e.X, l.typeOf(e)) + " " + e.Op.String() + " " + l.shiftCount(e.Y) + ")"
	}
	return "(" + l.first(e.X, l.operandType(e)) + " " + e.Op.String() + " " + l.convert(e.Y, l.operandType(e)) + ")"
}

// first writes the left side of an operation. The interpreter takes its type for that
// of the operation before it knows better, and *p there for a pointer type.
func (l *lowerer) first(e ast.Expr, t types.Type) string {
	text := l.convert(e, t)
	switch {
	case !l.dereferences(e):
		return text
	case isBoolean(l.typeOf(e)):
		return "(" + text + " == true)" // the interpreter does not wait for a conversion before || and &&
	}
	return l.typ(l.typeOf(e)) + "(" + text + ")"
}

// dereferences reports whether the first thing in what is written for e is a *.
func (l *lowerer) dereferences(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.StarExpr:
		return true
	case *ast.UnaryExpr:
		return l.dereferences(e.X)
	case *ast.CallExpr: // a conversion to the type that it has is not written
		return l.info.Types[e.Fun].IsType() && l.dereferences(e.Args[0])
	}
	return false
}

// shiftCount writes the right side of a shift. An operation there would be taken for
// one in the type of the left side, if it were not converted.
func (l *lowerer) shiftCount(e ast.Expr) string {
	count := l.expr(e)
	b, ok := l.typeOf(e).Underlying().(*types.Basic)
	switch {
	case !ok || l.info.Types[e].Value != nil:
		return count
	case b.Info()&types.IsUnsigned == 0:
		return l.values("ShiftCount") + "(int64(" + count + "))"
	}
	return "uint64(" + count + ")"
}

// operandType is the type in which a binary expression computes.
func (l *lowerer) operandType(e *ast.BinaryExpr) types.Type {
	x, y := l.typeOf(e.X), l.typeOf(e.Y)
	if b, ok := x.(*types.Basic); ok && b.Info()&types.IsUntyped != 0 {
		return y
	}
	return x
}

// comparison writes == and !=. Interfaces and what may contain them are compared
// by compiled code, which sees through boxes.
func (l *lowerer) comparison(e *ast.BinaryExpr) string {
	x, y := e.X, e.Y
	if l.isNil(x) {
		x, y = y, x
	}
	t := l.typeOf(x)
	if call, ok := ast.Unparen(x).(*ast.CallExpr); ok && l.isNil(y) && types.IsInterface(t) && l.info.Types[call.Fun].IsType() {
		// The interpreter compares the converted value itself with nil.
		if e.Op == token.NEQ {
			return "!" + l.values("Equal") + "(" + l.toAny(x) + ", nil)"
		}
		return l.values("Equal") + "(" + l.toAny(x) + ", nil)"
	}
	if l.isNil(y) {
		x = l.unconverted(x)
		if l.isNil(x) {
			return strconv.FormatBool(e.Op == token.EQL)
		}
		return "(" + l.expr(x) + " " + e.Op.String() + " nil)"
	}
	u := l.typeOf(y)
	if isBasic(t) && isBasic(u) {
		common := l.operandType(e)
		return "(" + l.convert(e.X, common) + " " + e.Op.String() + " " + l.convert(e.Y, common) + ")"
	}
	negate := ""
	if e.Op == token.NEQ {
		negate = "!"
	}
	if isReference(t) && isReference(u) { // one of them may have a name, which does not matter
		return negate + l.values("Same") + "(interface{}(" + l.expr(e.X) + "), interface{}(" + l.expr(e.Y) + "))"
	}
	right := l.toAny(e.Y)
	if !types.IsInterface(t) && !types.IsInterface(u) { // one may lack the other's name
		right = l.toInterface(l.convert(e.Y, t), t, emptyInterface)
	}
	return negate + l.values("Equal") + "(" + l.toAny(e.X) + ", " + right + ")"
}

// unconverted is what a conversion converts, which is nil if and only if the result is.
func (l *lowerer) unconverted(e ast.Expr) ast.Expr {
	for {
		call, ok := ast.Unparen(e).(*ast.CallExpr)
		if !ok || !l.info.Types[call.Fun].IsType() || types.IsInterface(l.typeOf(call)) {
			return e
		}
		e = call.Args[0]
	}
}

// isReference reports whether values of the type are equal if they refer to the same.
func isReference(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Pointer, *types.Chan:
		return true
	}
	return false
}

func isBasic(t types.Type) bool {
	_, ok := t.Underlying().(*types.Basic)
	return ok
}

func (l *lowerer) isNil(e ast.Expr) bool {
	return l.info.Types[e].IsNil()
}

// composite writes a composite literal of type t, with the types that Go allows to
// leave out.
func (l *lowerer) composite(e *ast.CompositeLit, t types.Type) string {
	if p, ok := t.Underlying().(*types.Pointer); ok && e.Type == nil {
		return "&" + l.composite(e, p.Elem())
	}
	var text string
	switch u := t.Underlying().(type) {
	case *types.Struct:
		return l.typ(t) + "{" + l.structElements(e, u) + "}"
	case *types.Map:
		text = l.typ(u) + "{" + l.elements(e, u.Key(), u.Elem()) + "}"
	case *types.Slice:
		text = l.typ(u) + "{" + l.elements(e, nil, u.Elem()) + "}"
	case *types.Array:
		text = l.typ(u) + "{" + l.elements(e, nil, u.Elem()) + "}"
	}
	if n, ok := types.Unalias(t).(*types.Named); ok && !isOwn(n.Obj()) {
		return l.typ(t) + text[len(l.typ(t.Underlying())):]
	}
	return l.wrapOpaque(text, t)
}

func (l *lowerer) structElements(e *ast.CompositeLit, s *types.Struct) string {
	var parts []string
	for i, elt := range e.Elts {
		if kv, ok := elt.(*ast.KeyValueExpr); ok {
			f := field(s, kv.Key.(*ast.Ident).Name)
			parts = append(parts, fieldName(f)+": "+l.element(kv.Value, f.Type()))
		} else {
			parts = append(parts, fieldName(s.Field(i))+": "+l.element(elt, s.Field(i).Type()))
		}
	}
	return strings.Join(parts, ", ")
}

func field(s *types.Struct, name string) *types.Var {
	for f := range s.Fields() {
		if f.Name() == name {
			return f
		}
	}
	return nil
}

// elements writes the elements of a map, slice or array literal; key is nil for
// the latter two, whose keys are constant.
func (l *lowerer) elements(e *ast.CompositeLit, key, elem types.Type) string {
	var parts []string
	for _, elt := range e.Elts {
		kv, ok := elt.(*ast.KeyValueExpr)
		switch {
		case !ok:
			parts = append(parts, l.element(elt, elem))
		case key != nil:
			parts = append(parts, l.element(kv.Key, key)+": "+l.element(kv.Value, elem))
		default:
			n, _ := constant.Int64Val(constant.ToInt(l.info.Types[kv.Key].Value))
			parts = append(parts, strconv.FormatInt(n, 10)+": "+l.element(kv.Value, elem))
		}
	}
	return strings.Join(parts, ", ")
}

func (l *lowerer) element(e ast.Expr, t types.Type) string {
	if lit, ok := e.(*ast.CompositeLit); ok && lit.Type == nil {
		return l.composite(lit, l.env.of(t))
	}
	return l.convert(e, t)
}
