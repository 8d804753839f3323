package cell

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// switches writes an expression switch as a switch without expression: each case
// becomes a condition, which is written as any comparison is.
func (l *lowerer) switches(s *ast.SwitchStmt, label string) {
	l.line("{")
	if s.Init != nil {
		l.statement(s.Init)
	}
	l.at(s.Pos())
	var tag *ast.Ident
	if s.Tag != nil {
		t := types.Default(l.typeOf(s.Tag))
		tag = l.variable(l.temp(), t)
		l.line("%s := %s", tag.Name, l.convert(s.Tag, t))
	}
	if clauses := ordered(s.Body.List); slices.Equal(clauses, s.Body.List) || !fallsThrough(s.Body.List) {
		l.clauses(clauses, label, func(c *ast.CaseClause) string { return l.conditions(tag, c.List) })
	} else {
		l.numbered(s.Body.List, tag, label)
	}
	l.line("}")
}

// clauses writes a switch whose cases have the conditions that condition writes;
// "" stands for the default.
func (l *lowerer) clauses(list []ast.Stmt, label string, condition func(*ast.CaseClause) string) {
	l.line("%sswitch {", colon(label))
	l.nested(false, func() {
		for _, c := range list {
			c := c.(*ast.CaseClause)
			l.at(c.Pos())
			if text := condition(c); text == "" {
				l.line("default:")
			} else {
				l.line("case %s:", text)
			}
			l.statements(c.Body)
		}
	})
	l.line("}")
}

// numbered writes a switch in which a case falls through and the default is not the
// last. The interpreter enters the default where it stands, so the case is found
// first, by its number.
func (l *lowerer) numbered(list []ast.Stmt, tag *ast.Ident, label string) {
	number := l.temp()
	l.line("%s := 0\nswitch {", number)
	numbers := map[*ast.CaseClause]int{}
	for _, c := range list {
		numbers[c.(*ast.CaseClause)] = len(numbers)
	}
	for _, c := range ordered(list) {
		c := c.(*ast.CaseClause)
		l.at(c.Pos())
		if c.List == nil {
			l.line("default:\n%s = %d", number, numbers[c])
		} else {
			l.line("case %s:\n%s = %d", l.conditions(tag, c.List), number, numbers[c])
		}
	}
	l.line("}")
	l.clauses(list, label, func(c *ast.CaseClause) string { return fmt.Sprintf("%s == %d", number, numbers[c]) })
}

// variable is an identifier for a name of ours, as if the user had declared it.
func (l *lowerer) variable(name string, t types.Type) *ast.Ident {
	id := ast.NewIdent(name)
	v := types.NewVar(token.NoPos, l.pkg, name, t)
	l.locals[v] = name
	l.info.Uses[id] = v
	l.info.Types[id] = types.TypeAndValue{Type: t}
	return id
}

// conditions writes the expressions of a case as one condition.
func (l *lowerer) conditions(tag *ast.Ident, list []ast.Expr) string {
	var parts []string
	for _, e := range list {
		if tag == nil {
			parts = append(parts, l.expr(e))
		} else {
			parts = append(parts, l.comparison(&ast.BinaryExpr{X: tag, Op: token.EQL, Y: e}))
		}
	}
	return strings.Join(parts, " || ")
}

// ordered puts the default clause last, where the interpreter wants it.
func ordered(clauses []ast.Stmt) []ast.Stmt {
	var rest, last []ast.Stmt
	for _, c := range clauses {
		if c.(*ast.CaseClause).List == nil {
			last = append(last, c)
		} else {
			rest = append(rest, c)
		}
	}
	return append(rest, last...)
}

// fallsThrough reports whether a clause ends in fallthrough.
func fallsThrough(clauses []ast.Stmt) bool {
	for _, c := range clauses {
		if body := c.(*ast.CaseClause).Body; len(body) > 0 {
			if b, ok := body[len(body)-1].(*ast.BranchStmt); ok && b.Tok == token.FALLTHROUGH {
				return true
			}
		}
	}
	return false
}

// typeSwitch writes a type switch as a switch over the number of the case that
// holds, which package values finds.
func (l *lowerer) typeSwitch(s *ast.TypeSwitchStmt, label string) {
	l.line("{")
	if s.Init != nil {
		l.statement(s.Init)
	}
	x, _ := typeSwitchSubject(s)
	value := l.temp()
	l.at(s.Pos())
	l.line("%s := %s", value, l.toAny(x))
	var keys []string
	var clauses []*ast.CaseClause
	for _, c := range ordered(s.Body.List) {
		c := c.(*ast.CaseClause)
		clauses = append(clauses, c)
		keys = append(keys, l.caseKeys(c))
	}
	l.line("%sswitch %s(%s%s) {", colon(label), l.values("Which"), value, strings.Join(keys, ""))
	l.nested(false, func() {
		for i, c := range clauses {
			l.at(c.Pos())
			if c.List == nil {
				l.line("default:")
			} else {
				l.line("case %d:", i)
			}
			l.bindCase(c, x, value)
			l.statements(c.Body)
		}
	})
	l.line("}\n}")
}

// typeSwitchSubject takes x := v.(type) and v.(type) apart.
func typeSwitchSubject(s *ast.TypeSwitchStmt) (x ast.Expr, name *ast.Ident) {
	switch a := s.Assign.(type) {
	case *ast.AssignStmt:
		return ast.Unparen(a.Rhs[0]).(*ast.TypeAssertExpr).X, a.Lhs[0].(*ast.Ident)
	case *ast.ExprStmt:
		return ast.Unparen(a.X).(*ast.TypeAssertExpr).X, nil
	}
	return nil, nil
}

// caseKeys writes the types of a case as an argument of values.Which.
func (l *lowerer) caseKeys(c *ast.CaseClause) string {
	var keys []string
	for _, e := range c.List {
		if l.isNil(e) {
			keys = append(keys, `"nil"`)
		} else {
			keys = append(keys, l.described(l.typeOf(e)))
		}
	}
	return ", []string{" + strings.Join(keys, ", ") + "}"
}

// bindCase defines the variable of a type switch in one of its cases.
func (l *lowerer) bindCase(c *ast.CaseClause, x ast.Expr, value string) {
	obj := l.info.Implicits[c]
	if obj == nil {
		return
	}
	t := l.env.of(obj.Type())
	if len(c.List) == 1 && !l.isNil(c.List[0]) {
		l.line("%s := %s", l.local(obj), l.taken(l.values("Get")+"("+value+", "+l.described(t)+")", t))
		return
	}
	l.line("%s := %s", l.local(obj), l.converted(value, emptyInterface, t))
}

// selects writes a select statement. What is received goes into names of ours
// first, so that it can be converted.
func (l *lowerer) selects(s *ast.SelectStmt, label string) {
	l.at(s.Pos())
	if len(s.Body.List) == 0 {
		l.line("%s()", l.runs("Forever"))
		return
	}
	l.line("%sswitch {\ndefault:", colon(label)) // for a break in a case, which the interpreter takes for one of a loop around
	var heads, binds []string
	for _, c := range s.Body.List {
		head, bind := l.commClause(c.(*ast.CommClause))
		heads, binds = append(heads, head), append(binds, bind)
	}
	l.line("select {")
	l.nested(false, func() {
		for i, c := range s.Body.List {
			l.at(c.Pos())
			l.line("%s:\n%s", heads[i], binds[i])
			l.statements(c.(*ast.CommClause).Body)
		}
	})
	l.line("}\n}")
}

// commClause writes the head of a case, its operands evaluated before the select,
// and what its body starts with.
func (l *lowerer) commClause(c *ast.CommClause) (head, bind string) {
	switch comm := c.Comm.(type) {
	case nil:
		return "default", ""
	case *ast.SendStmt:
		t := l.typeOf(comm.Chan).Underlying().(*types.Chan)
		return "case " + l.freeze(l.operand(comm.Chan)) + " <- " + l.freeze(l.convert(comm.Value, t.Elem())), ""
	case *ast.ExprStmt:
		return "case <-" + l.received(comm.X), ""
	case *ast.AssignStmt:
		names := l.tempsFor(comm.Lhs)
		x := ast.Unparen(comm.Rhs[0]).(*ast.UnaryExpr)
		head = "case <-" + l.received(x)
		if joined := strings.Join(names, ", "); strings.Trim(joined, "_, ") != "" {
			head = strings.Replace(head, "case ", "case "+joined+" := ", 1)
		}
		kinds := []types.Type{l.valueType(x), types.Typ[types.Bool]}
		bind = l.capture(func() {
			for i, e := range comm.Lhs {
				l.store(e, names[i], kinds[i], comm.Tok == token.DEFINE)
			}
		})
		return head, bind
	}
	return "", ""
}

// received is the channel of a receive expression, under a name.
func (l *lowerer) received(e ast.Expr) string {
	return l.freeze(l.operand(ast.Unparen(e).(*ast.UnaryExpr).X))
}
