package cell

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// assign writes an assignment or a definition.
func (l *lowerer) assign(s *ast.AssignStmt) {
	switch s.Tok {
	case token.ASSIGN, token.DEFINE:
		l.assignment(s.Lhs, s.Rhs, s.Tok == token.DEFINE)
	default:
		l.line("%s %s %s", l.place(s.Lhs[0]), s.Tok, l.increment(s))
	}
}

// increment is the right side of x op= y, in the type of x.
func (l *lowerer) increment(s *ast.AssignStmt) string {
	if s.Tok == token.SHL_ASSIGN || s.Tok == token.SHR_ASSIGN {
		return l.shiftCount(s.Rhs[0])
	}
	return l.convert(s.Rhs[0], l.typeOf(s.Lhs[0]))
}

// place writes something to assign to. What is called on the way to it is called
// before, once: x op= y must not evaluate x twice, and the interpreter does.
func (l *lowerer) place(e ast.Expr) string { return l.placeBefore(e, hasCall, hasCall) }

// placeBefore is place for what is assigned to later. What leads there gets a name if
// it may then lead elsewhere: container tells that of what is indexed or pointed
// through, index of indices.
func (l *lowerer) placeBefore(e ast.Expr, container, index func(ast.Expr) bool) string {
	switch e := ast.Unparen(e).(type) {
	case *ast.IndexExpr:
		x, i := l.operand(e.X), ""
		if m, ok := l.typeOf(e.X).Underlying().(*types.Map); ok {
			i = l.convert(e.Index, m.Key())
		} else {
			i = l.indexValue(e)
		}
		if container(e.X) {
			x = l.freezeContainer(e.X, x)
		}
		if index(e.Index) {
			i = l.freeze(i)
		}
		return x + "[" + i + "]"
	case *ast.SelectorExpr:
		if container(e.X) {
			if _, pointer := l.typeOf(e.X).Underlying().(*types.Pointer); pointer && l.info.Selections[e] != nil && len(l.info.Selections[e].Index()) == 1 {
				return l.freeze(l.expr(e.X)) + "." + e.Sel.Name
			}
		}
	case *ast.StarExpr:
		if container(e.X) {
			return "*" + l.freeze(l.operand(e.X))
		}
		return "*" + l.operand(e.X)
	}
	return l.expr(e)
}

// varies reports whether e has another value once something that is no variable was
// assigned, or calls something.
func varies(e ast.Expr) (found bool) {
	ast.Inspect(e, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.IndexExpr, *ast.SelectorExpr, *ast.StarExpr:
			found = true
		}
		return true
	})
	return found || hasCall(e)
}

// freezeContainer gives a name to what is indexed, by reference if it is an array.
func (l *lowerer) freezeContainer(e ast.Expr, text string) string {
	if _, ok := l.typeOf(e).Underlying().(*types.Array); ok {
		return text
	}
	return l.freeze(text)
}

// hasCall reports whether evaluating e calls anything.
func hasCall(e ast.Expr) (found bool) {
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			found = true
		case *ast.UnaryExpr:
			found = found || n.Op == token.ARROW
		case *ast.FuncLit:
			return false
		}
		return true
	})
	return found
}

// assignment writes lhs = rhs or lhs := rhs.
func (l *lowerer) assignment(lhs, rhs []ast.Expr, define bool) {
	switch {
	case len(lhs) == 1 && len(rhs) == 1:
		l.assignOne(lhs[0], rhs[0], define)
	case len(rhs) == 1:
		l.assignTuple(lhs, rhs[0], define)
	default:
		l.assignParallel(lhs, rhs, define)
	}
}

// isNew reports whether e defines a variable here, rather than naming one.
func (l *lowerer) isNew(e ast.Expr, define bool) (*ast.Ident, bool) {
	id, ok := e.(*ast.Ident)
	return id, ok && define && id.Name != "_" && l.info.Defs[id] != nil
}

func isBlank(e ast.Expr) bool {
	id, ok := ast.Unparen(e).(*ast.Ident)
	return ok && id.Name == "_"
}

func (l *lowerer) assignOne(lhs, rhs ast.Expr, define bool) {
	if isBlank(lhs) {
		if !l.isNil(rhs) {
			l.line("%s(%s)", l.values("Ignore"), l.toAny(rhs))
		}
		return
	}
	if id, ok := l.isNew(lhs, define); ok {
		l.define(id, l.convert(rhs, l.env.of(l.info.Defs[id].Type())))
		return
	}
	text := l.convert(rhs, l.typeOf(lhs))
	if _, ok := ast.Unparen(lhs).(*ast.Ident); ok && replaces(rhs) {
		text = l.freeze(text)
	}
	l.line("%s = %s", l.place(lhs), text)
	l.heldAgain(lhs)
}

// replaces reports whether the interpreter, told to assign the value of e to a
// variable, would put another variable in its place, or let the called function
// write to it. Pointers and closures that have the variable would not notice, or
// notice too early.
func replaces(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.CompositeLit, *ast.CallExpr:
		return true
	case *ast.UnaryExpr:
		return e.Op == token.ARROW || e.Op == token.AND
	}
	return false
}

// heldAgain is held for an assignment to a variable of the cell.
func (l *lowerer) heldAgain(lhs ast.Expr) {
	id, ok := lhs.(*ast.Ident)
	if !ok {
		return
	}
	obj := l.info.Uses[id]
	if e, ok := l.tops[obj]; ok {
		l.held(id, e)
	} else if v, ok := obj.(*types.Var); ok && isTop(v) && !inLibrary(v.Pkg()) {
		if e := l.entityOf(id.Name); e != nil && e.sort == varSort {
			l.held(id, e)
		}
	}
}

// store assigns a value of type t, which has a name, to lhs.
func (l *lowerer) store(lhs ast.Expr, text string, t types.Type, define bool) {
	if isBlank(lhs) {
		return
	}
	if id, ok := l.isNew(lhs, define); ok {
		l.define(id, l.converted(text, t, l.env.of(l.info.Defs[id].Type())))
		return
	}
	l.line("%s = %s", l.place(lhs), l.converted(text, t, l.typeOf(lhs)))
	l.heldAgain(lhs)
}

// assignTuple writes a, b = f() and the forms with a second value that says
// whether there was a first.
func (l *lowerer) assignTuple(lhs []ast.Expr, rhs ast.Expr, define bool) {
	rhs = ast.Unparen(rhs)
	var source string
	var kinds []types.Type
	switch x := rhs.(type) {
	case *ast.CallExpr:
		source = l.call(x)
		for v := range l.typeOf(rhs).(*types.Tuple).Variables() {
			kinds = append(kinds, v.Type())
		}
	case *ast.TypeAssertExpr:
		l.assignAssertion(lhs, x, define)
		return
	case *ast.UnaryExpr:
		source = "<-" + l.operand(x.X)
		kinds = []types.Type{l.valueType(rhs), types.Typ[types.Bool]}
	default:
		source = l.expr(rhs)
		kinds = []types.Type{l.valueType(rhs), types.Typ[types.Bool]}
	}
	if _, call := rhs.(*ast.CallExpr); call && l.direct(lhs, kinds, define) {
		var names []string
		for _, e := range lhs {
			if isBlank(e) {
				names = append(names, "_")
			} else {
				names = append(names, l.local(l.info.Defs[e.(*ast.Ident)]))
			}
		}
		l.line("%s := %s", strings.Join(names, ", "), source)
		return
	}
	names := l.tempsFor(lhs)
	if strings.Trim(strings.Join(names, ""), "_") == "" {
		l.line("%s = %s", strings.Join(names, ", "), source)
		return
	}
	l.line("%s := %s", strings.Join(names, ", "), source)
	for i, e := range lhs {
		l.store(e, names[i], kinds[i], define)
	}
}

// tempsFor makes a name for each of the places, "_" for blanks.
func (l *lowerer) tempsFor(lhs []ast.Expr) []string {
	var names []string
	for _, e := range lhs {
		if isBlank(e) {
			names = append(names, "_")
		} else {
			names = append(names, l.temp())
		}
	}
	return names
}

// direct reports whether the results of a call can be defined as they come: all
// names are new and local, and no conversion is needed. Of other sources the
// interpreter would not make new variables each time.
func (l *lowerer) direct(lhs []ast.Expr, kinds []types.Type, define bool) bool {
	any := false
	for i, e := range lhs {
		if isBlank(e) {
			continue
		}
		id, ok := l.isNew(e, define)
		if !ok {
			return false
		}
		obj := l.info.Defs[id]
		if _, top := l.tops[obj]; top || !types.Identical(l.env.of(obj.Type()), l.env.of(kinds[i])) {
			return false
		}
		any = true
	}
	return any
}

// valueType is the type of the first value of a comma-ok expression.
func (l *lowerer) valueType(e ast.Expr) types.Type {
	switch e := e.(type) {
	case *ast.IndexExpr:
		return l.typeOf(e.X).Underlying().(*types.Map).Elem()
	case *ast.UnaryExpr:
		return l.typeOf(e.X).Underlying().(*types.Chan).Elem()
	}
	return types.Typ[types.Invalid]
}

// assignAssertion writes v, ok = x.(T).
func (l *lowerer) assignAssertion(lhs []ast.Expr, x *ast.TypeAssertExpr, define bool) {
	t := l.env.of(l.info.TypeOf(x.Type))
	value, ok := l.temp(), l.temp()
	l.line("%s, %s := %s(%s, %s)", value, ok, l.values("AssertOK"), l.toAny(x.X), l.described(t))
	if !isBlank(lhs[0]) {
		l.store(lhs[0], l.taken(value, t), t, define)
	}
	if !isBlank(lhs[1]) {
		l.store(lhs[1], ok, types.Typ[types.Bool], define)
	}
}

// assignParallel writes a, b = x, y: first what leads to the places on the left, then
// the right sides, then the assignments. Variables are assigned last, so that an index
// on the left is the one from before.
func (l *lowerer) assignParallel(lhs, rhs []ast.Expr, define bool) {
	places := l.placesBefore(lhs)
	names, kinds := make([]string, len(lhs)), make([]types.Type, len(lhs))
	for i, e := range rhs {
		kinds[i] = l.wanted(lhs[i], e, define)
		if tv := l.info.Types[e]; tv.Value != nil || tv.IsNil() {
			names[i] = l.convert(e, kinds[i])
			continue
		}
		if isBlank(lhs[i]) {
			l.line("%s(%s)", l.values("Ignore"), l.toAny(e))
			continue
		}
		names[i] = l.temp()
		l.line("%s := %s", names[i], l.convert(e, kinds[i]))
	}
	for i, e := range lhs {
		if places[i] != "" {
			l.line("%s = %s", places[i], l.converted(names[i], kinds[i], l.typeOf(e)))
		}
	}
	for i, e := range lhs {
		if places[i] == "" {
			l.store(e, names[i], kinds[i], define)
		}
	}
}

// placesBefore are the places of a parallel assignment, "" for variables.
func (l *lowerer) placesBefore(lhs []ast.Expr) []string {
	container := hasCall
	for _, e := range lhs {
		switch ast.Unparen(e).(type) {
		case *ast.SelectorExpr, *ast.StarExpr: // may be what another place goes through
			container = varies
		}
	}
	places := make([]string, len(lhs))
	for i, e := range lhs {
		if _, ok := ast.Unparen(e).(*ast.Ident); !ok {
			places[i] = l.placeBefore(e, container, varies)
		}
	}
	return places
}

// wanted is the type of the place that a value goes to.
func (l *lowerer) wanted(lhs, rhs ast.Expr, define bool) types.Type {
	if isBlank(lhs) {
		return types.Default(l.typeOf(rhs))
	}
	if id, ok := l.isNew(lhs, define); ok {
		return l.env.of(l.info.Defs[id].Type())
	}
	return l.typeOf(lhs)
}
