package cell

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// colon is the label before a loop, for break and continue to name.
func colon(label string) string {
	if label == "" {
		return ""
	}
	return label + ": "
}

// forLoop writes a for statement: the initialisation before it, in a block.
//
// If a function literal in the loop captures its variables, each iteration gets
// its own, which is what Go means: the variable of the next iteration starts as a
// copy of this one's, made before the post statement.
func (l *lowerer) forLoop(s *ast.ForStmt, label string) {
	l.line("{")
	if s.Init != nil {
		l.statement(s.Init)
	}
	post := ""
	if s.Post != nil {
		post = strings.TrimSpace(l.capture(func() { l.at(s.Post.Pos()); l.simple(s.Post) }))
	}
	shared := l.captured(s)
	switch {
	case len(shared) > 0:
		l.copyingLoop(s, label, post, shared)
	case strings.Contains(post, "\n"):
		first := l.temp()
		l.line("%s := true", first)
		l.line("%sfor {", colon(label))
		l.line("if !%s {\n%s\n}\n%s = false", first, post, first)
		l.condition(s.Cond)
		l.nested(true, func() { l.statements(s.Body.List) })
		l.line("}")
	default:
		cond := ""
		if s.Cond != nil {
			l.at(s.Cond.Pos())
			cond = l.expr(s.Cond)
		}
		l.line("%sfor ; %s; %s {", colon(label), cond, post)
		l.nested(true, func() { l.statements(s.Body.List) })
		l.line("}")
	}
	l.line("}")
}

// condition leaves the loop unless the condition holds.
func (l *lowerer) condition(cond ast.Expr) {
	if cond != nil {
		l.at(cond.Pos())
		l.line("if !(%s) { break }", l.expr(cond))
	}
}

// copyingLoop writes a loop whose variables are new in each iteration. A pointer
// leads to the variable of the last one.
func (l *lowerer) copyingLoop(s *ast.ForStmt, label, post string, shared []types.Object) {
	first := l.temp()
	l.line("%s := true", first)
	pointers := map[types.Object]string{}
	for _, v := range shared {
		pointers[v] = l.temp()
		l.line("%s := &%s", pointers[v], l.local(v))
	}
	l.line("%sfor {", colon(label))
	for _, v := range shared {
		l.line("%s := *%s", l.local(v), pointers[v])
		l.line("%s = &%s", pointers[v], l.local(v))
	}
	if post != "" {
		l.line("if !%s {\n%s\n}\n%s = false", first, post, first)
	}
	l.condition(s.Cond)
	l.nested(true, func() { l.statements(s.Body.List) })
	l.line("}")
}

// captured lists the variables of a loop that outlive an iteration: a function
// literal refers to them, or their address is taken.
func (l *lowerer) captured(s *ast.ForStmt) []types.Object {
	init, ok := s.Init.(*ast.AssignStmt)
	if !ok || init.Tok != token.DEFINE {
		return nil
	}
	var shared []types.Object
	for _, e := range init.Lhs {
		if id, ok := e.(*ast.Ident); ok && l.info.Defs[id] != nil && l.escapes(s, l.info.Defs[id]) {
			shared = append(shared, l.info.Defs[id])
		}
	}
	return shared
}

// escapes reports whether obj may be reached when the iteration that made it is
// over.
func (l *lowerer) escapes(in ast.Node, obj types.Object) (found bool) {
	depth := 0
	var visit func(n ast.Node) bool
	visit = func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			depth++
			ast.Inspect(n.Body, visit)
			depth--
			return false
		case *ast.Ident:
			found = found || depth > 0 && l.info.Uses[n] == obj
		case *ast.UnaryExpr:
			found = found || n.Op == token.AND && l.rootedIn(n.X, obj)
		case *ast.SliceExpr:
			found = found || l.rootedIn(n.X, obj)
		case *ast.SelectorExpr:
			if s, ok := l.info.Selections[n]; ok && s.Kind() != types.FieldVal {
				found = found || l.rootedIn(n.X, obj)
			}
		case *ast.RangeStmt:
			if t, ok := l.typeOf(n.X).Underlying().(*types.Signature); ok && t != nil {
				depth++ // the body becomes a function literal
				ast.Inspect(n.Body, visit)
				depth--
			}
		}
		return true
	}
	ast.Inspect(in, visit)
	return found
}

// rootedIn reports whether e is obj or a part of it.
func (l *lowerer) rootedIn(e ast.Expr, obj types.Object) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return l.info.Uses[e] == obj
	case *ast.SelectorExpr:
		return l.rootedIn(e.X, obj)
	case *ast.IndexExpr:
		return l.rootedIn(e.X, obj)
	}
	return false
}

// assigns reports whether obj is assigned in the node.
func (l *lowerer) assigns(in ast.Node, obj types.Object) (found bool) {
	ast.Inspect(in, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, e := range n.Lhs {
				found = found || l.rootedIn(e, obj)
			}
		case *ast.IncDecStmt:
			found = found || l.rootedIn(n.X, obj)
		case *ast.RangeStmt:
			if n.Tok == token.ASSIGN {
				found = found || n.Key != nil && l.rootedIn(n.Key, obj) || n.Value != nil && l.rootedIn(n.Value, obj)
			}
		}
		return true
	})
	return found
}
