package cell

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// statements writes a list of statements.
func (l *lowerer) statements(list []ast.Stmt) {
	for _, s := range list {
		l.statement(s)
	}
}

// statement writes one statement, on lines of its own.
func (l *lowerer) statement(s ast.Stmt) {
	switch s := s.(type) {
	case *ast.EmptyStmt:
		return
	case *ast.LabeledStmt:
		l.labelled(s)
		return
	case *ast.BlockStmt:
		l.block(s)
		return
	case *ast.ForStmt:
		l.forLoop(s, "")
		return
	case *ast.RangeStmt:
		l.rangeLoop(s, "")
		return
	case *ast.SwitchStmt:
		l.switches(s, "")
		return
	case *ast.TypeSwitchStmt:
		l.typeSwitch(s, "")
		return
	case *ast.SelectStmt:
		l.selects(s, "")
		return
	}
	l.at(s.Pos())
	l.simple(s)
}

// simple writes a statement that is not a loop, switch or block.
func (l *lowerer) simple(s ast.Stmt) {
	switch s := s.(type) {
	case *ast.ExprStmt:
		l.exprStatement(s.X)
	case *ast.AssignStmt:
		l.assign(s)
	case *ast.IncDecStmt:
		l.line("%s%s", l.place(s.X), s.Tok)
	case *ast.SendStmt:
		c := l.typeOf(s.Chan).Underlying().(*types.Chan)
		l.line("%s <- %s", l.operand(s.Chan), l.convert(s.Value, c.Elem()))
	case *ast.DeclStmt:
		l.declaration(s.Decl.(*ast.GenDecl))
	case *ast.ReturnStmt:
		l.returns(s)
	case *ast.BranchStmt:
		l.branch(s)
	case *ast.IfStmt:
		l.ifStatement(s)
	case *ast.GoStmt:
		l.line("{")
		call := l.frozen(s.Call)
		f := l.freeze("func() func() { return func() { " + call + " } }()")
		l.line("%s(%s)\n}", l.runs("Go"), f)
	case *ast.DeferStmt:
		l.line("{")
		call := l.frozen(s.Call)
		f := l.freeze("func() { " + call + " }")
		l.line("%s(%s, %s)\n}", l.runs("Defer"), l.fn.defers, f)
	case *ast.LabeledStmt, *ast.BlockStmt, *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt, *ast.EmptyStmt:
		l.statement(s)
	default:
		panic(fmt.Sprintf("cell: no source for %T", s))
	}
}

// exprStatement writes an expression whose value nobody wants.
func (l *lowerer) exprStatement(x ast.Expr) {
	switch x := ast.Unparen(x).(type) {
	case *ast.CallExpr:
		text := l.call(x)
		if strings.HasPrefix(text, "func") || strings.HasPrefix(text, "(") {
			l.line("%s", l.discard(text, l.typeOf(x)))
			return
		}
		l.line("%s", text)
	default:
		l.line("%s", l.expr(x))
	}
}

// discard writes an expression as a statement where a call would not be one.
func (l *lowerer) discard(text string, t types.Type) string {
	if tuple, ok := t.(*types.Tuple); ok && tuple.Len() == 0 || t == types.Typ[types.Invalid] {
		return text
	} else if ok {
		return strings.Repeat("_, ", tuple.Len()-1) + "_ = " + text
	}
	return "_ = " + text
}

func (l *lowerer) block(s *ast.BlockStmt) {
	l.line("{")
	l.statements(s.List)
	l.line("}")
}

// labelled writes a label with its statement. A loop may be written with
// statements before it, so the label that goto knows stands before those, and the
// one that break and continue know at the loop.
func (l *lowerer) labelled(s *ast.LabeledStmt) {
	name := localName(s.Label.Name)
	if l.isTarget(s.Label) {
		l.line("%s:", name+mark+"goto")
	}
	switch inner := s.Stmt.(type) {
	case *ast.ForStmt:
		l.forLoop(inner, name)
	case *ast.RangeStmt:
		l.rangeLoop(inner, name)
	case *ast.SwitchStmt:
		l.switches(inner, name)
	case *ast.TypeSwitchStmt:
		l.typeSwitch(inner, name)
	case *ast.SelectStmt:
		l.selects(inner, name)
	default:
		l.statement(s.Stmt)
	}
}

// isTarget reports whether a goto goes to the label.
func (l *lowerer) isTarget(label *ast.Ident) bool {
	obj := l.info.Defs[label]
	for id, use := range l.info.Uses {
		if use == obj && obj != nil && l.gotos()[id] {
			return true
		}
	}
	return false
}

// gotos is the set of identifiers that follow a goto.
func (l *lowerer) gotos() map[*ast.Ident]bool {
	if l.targets == nil {
		l.targets = map[*ast.Ident]bool{}
		for _, root := range l.roots {
			ast.Inspect(root, func(n ast.Node) bool {
				if b, ok := n.(*ast.BranchStmt); ok && b.Tok == token.GOTO {
					l.targets[b.Label] = true
				}
				return true
			})
		}
	}
	return l.targets
}

// branch writes break, continue, goto and fallthrough. In the body of a range over
// a function, those that leave the body are returns: see lower_rangefunc.go.
func (l *lowerer) branch(s *ast.BranchStmt) {
	switch {
	case l.fn != nil && l.fn.loop != nil && l.leaves(s):
		l.leave(s)
	case s.Tok == token.GOTO:
		l.line("goto %s", localName(s.Label.Name)+mark+"goto")
	case s.Label != nil:
		l.line("%s %s", s.Tok, localName(s.Label.Name))
	default:
		l.line("%s", s.Tok)
	}
}

// ifStatement writes if with its initialisation before it, in a block.
func (l *lowerer) ifStatement(s *ast.IfStmt) {
	if s.Init != nil {
		l.line("{")
		l.statement(s.Init)
		l.at(s.Cond.Pos())
	}
	l.line("if %s {", l.expr(s.Cond))
	l.statements(s.Body.List)
	if s.Else != nil {
		l.line("} else {")
		l.statement(s.Else)
	}
	l.line("}")
	if s.Init != nil {
		l.line("}")
	}
}

// declaration writes a declaration inside a function. Constants need none, since
// every use is written as its value; a type is written when it is used.
func (l *lowerer) declaration(d *ast.GenDecl) {
	if d.Tok != token.VAR {
		return
	}
	for _, spec := range d.Specs {
		v := spec.(*ast.ValueSpec)
		if len(v.Values) > 0 {
			var lhs []ast.Expr
			for _, name := range v.Names {
				lhs = append(lhs, name)
			}
			l.assignment(lhs, v.Values, true)
			continue
		}
		for _, id := range v.Names {
			if id.Name != "_" {
				l.define(id, l.zero(l.env.of(l.info.Defs[id].Type())))
			}
		}
	}
}

// zero writes the zero value of a type.
func (l *lowerer) zero(t types.Type) string {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		switch {
		case u.Info()&types.IsBoolean != 0:
			return l.typ(t) + "(false)"
		case u.Info()&types.IsString != 0:
			return l.typ(t) + `("")`
		case u.Kind() != types.UnsafePointer:
			return l.typ(t) + "(0)"
		}
	case *types.Struct, *types.Array:
		return l.typ(t) + "{}"
	}
	return l.converting(t) + "(nil)"
}

// define writes the definition of a variable, or its assignment if it is a
// variable of the cell, which is declared outside of the cell's function.
func (l *lowerer) define(id *ast.Ident, text string) {
	obj := l.info.Defs[id]
	if e, ok := l.tops[obj]; ok {
		l.line("%s = %s", e.emitted, text)
		l.held(id, e)
		return
	}
	if strings.HasPrefix(strings.TrimLeft(text, "("), "<-") {
		text = l.freeze(text) // what is received would not be a variable
	}
	l.line("%s := %s", l.local(obj), text)
}

// local is the name of a variable that is being defined.
func (l *lowerer) local(obj types.Object) string {
	if name, ok := l.locals[obj]; ok {
		return name
	}
	return localName(obj.Name())
}

// held writes the call that tells a value, or what is inside of it, which variable holds it.
func (l *lowerer) held(id *ast.Ident, e *entity) {
	if l.holds(e.typ, 4) {
		l.line("%s(%q, %s)", l.values("Hold"), id.Name, e.emitted)
	}
}

// holds reports whether values of a type are told which variable holds them, or have such
// parts, so deep at most.
func (l *lowerer) holds(t types.Type, depth int) bool {
	if slices.Contains(l.config.Held, types.TypeString(t, nil)) {
		return true
	}
	if depth == 0 {
		return false
	}
	switch u := t.Underlying().(type) {
	case *types.Pointer:
		_, isStruct := u.Elem().Underlying().(*types.Struct)
		return isStruct && l.holds(u.Elem(), depth-1)
	case *types.Slice:
		return l.holds(u.Elem(), depth-1)
	case *types.Array:
		return l.holds(u.Elem(), depth-1)
	case *types.Map:
		return l.holds(u.Elem(), depth-1)
	case *types.Struct:
		if named, ok := t.(*types.Named); ok && !isOwn(named.Obj()) {
			return false
		}
		for f := range u.Fields() {
			if l.holds(f.Type(), depth-1) {
				return true
			}
		}
	}
	return false
}
