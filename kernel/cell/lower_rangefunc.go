package cell

import (
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
	"strings"
)

// A funcLoop is a range over a function while its body is written. The body
// becomes a function literal, so whatever leaves it must first leave the function
// that calls the literal: it notes where to go, and returns false.
type funcLoop struct {
	outer   *funcLoop
	label   string            // of the loop, "" if it has none
	inside  map[string]bool   // labels of statements within the body
	depth   int               // loops, switches and selects around the statement, within the body: for break
	loops   int               // the loops among them: for continue
	exit    string            // the variable that says where to go
	state   string            // the variable that says why the body may not be called again, zero if it may
	targets []*ast.BranchStmt // where to go for exit = 2, 3, ...
	returns bool              // some statement returns
	outerFn *function         // the function around the loop
}

// Where the body of a range over a function goes on; larger numbers stand for
// labels.
const (
	exitLoop   = -1 // it left the loop with break, or a loop further out
	exitReturn = 1
	exitLabel  = 2
)

// Why a body may not be called again: it has returned false, or the loop is over. See
// run.Continued.
const (
	bodyLeft = 1
	loopOver = 2
)

// rangeFunc writes a range over a function as a call of the function with the body
// as its argument.
func (l *lowerer) rangeFunc(s *ast.RangeStmt, t *types.Signature, label string) {
	yield := l.env.of(t.Params().At(0).Type()).Underlying().(*types.Signature)
	loop := &funcLoop{outer: l.fn.loop, label: label, inside: labelsIn(s.Body), exit: l.temp(), outerFn: l.fn}
	l.line("{\n%s := 0", loop.exit)
	if l.returnsIn(s.Body) {
		l.resultVariables(loop)
	}
	x := l.operand(s.X)
	loop.state = l.temp()
	l.line("%s := 0", loop.state)
	var params []string
	var names []string
	for v := range yield.Params().Variables() {
		names = append(names, l.temp())
		params = append(params, names[len(names)-1]+" "+l.typ(v.Type()))
	}
	inner := *l.fn
	inner.loop = loop
	l.line("%s(func(%s) bool {", x, strings.Join(params, ", "))
	l.line("if %s != 0 { %s(%s) }\n%s = %d", loop.state, l.runs("Continued"), loop.state, loop.state, bodyLeft)
	outerFn := l.fn
	l.fn = &inner
	for i, e := range []ast.Expr{s.Key, s.Value} {
		if e != nil && i < len(names) {
			l.store(e, names[i], l.env.of(yield.Params().At(i).Type()), s.Tok == token.DEFINE)
		}
	}
	l.statements(s.Body.List)
	l.fn = outerFn
	l.line("%s = 0\nreturn true\n})\n%s = %d", loop.state, loop.state, loopOver)
	l.afterFuncLoop(loop)
	l.line("}")
}

// resultVariables makes the variables through which the body returns.
func (l *lowerer) resultVariables(loop *funcLoop) {
	loop.returns = true
	if l.fn.loop != nil || l.fn.defers != "" || l.fn.results.Len() == 0 {
		return
	}
	if l.fn.places = l.fn.named; len(l.fn.named) > 0 {
		return
	}
	for v := range l.fn.results.Variables() {
		name := l.temp()
		l.fn.places = append(l.fn.places, name)
		l.line("%s := %s", name, l.zero(l.env.of(v.Type())))
	}
}

// afterFuncLoop goes where the body wanted to go.
func (l *lowerer) afterFuncLoop(loop *funcLoop) {
	if loop.returns {
		l.line("if %s == %d {", loop.exit, exitReturn)
		l.returnStored()
		l.line("}")
	}
	for i, b := range loop.targets {
		l.line("if %s == %d {", loop.exit, exitLabel+i)
		l.branch(b)
		l.line("}")
	}
}

// returnStored returns what the body has stored.
func (l *lowerer) returnStored() {
	switch {
	case l.fn.loop != nil:
		l.line("%s = %d\nreturn false", l.fn.loop.exit, exitReturn)
	case l.fn.defers != "":
		l.line("return")
	default:
		l.line("return %s", strings.Join(l.fn.places, ", "))
	}
}

// leaves reports whether a branch statement leaves the body of the innermost range
// over a function.
func (l *lowerer) leaves(s *ast.BranchStmt) bool {
	loop := l.fn.loop
	switch {
	case s.Tok == token.FALLTHROUGH:
		return false
	case s.Label != nil:
		return !loop.inside[s.Label.Name]
	case s.Tok == token.BREAK:
		return loop.depth == 0
	default:
		return loop.loops == 0
	}
}

// leave writes a branch statement that leaves the body.
func (l *lowerer) leave(s *ast.BranchStmt) {
	loop := l.fn.loop
	own := s.Label == nil || localName(s.Label.Name) == loop.label
	switch {
	case own && s.Tok == token.CONTINUE:
		l.line("%s = 0\nreturn true", loop.state)
	case own && s.Tok == token.BREAK:
		l.line("%s = %d\nreturn false", loop.exit, exitLoop)
	default:
		l.line("%s = %s\nreturn false", loop.exit, strconv.Itoa(exitLabel+len(loop.targets)))
		loop.targets = append(loop.targets, s)
	}
}

// nested writes the body of a loop, switch or select, which catches break and, if
// it is a loop, continue.
func (l *lowerer) nested(isLoop bool, write func()) {
	if l.fn == nil || l.fn.loop == nil {
		write()
		return
	}
	loop := l.fn.loop
	loop.depth++
	if isLoop {
		loop.loops++
	}
	write()
	loop.depth--
	if isLoop {
		loop.loops--
	}
}

// labelsIn lists the labels of statements in a body, function literals excepted.
func labelsIn(body ast.Node) map[string]bool {
	labels := map[string]bool{}
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.LabeledStmt:
			labels[n.Label.Name] = true
		case *ast.FuncLit:
			return false
		}
		return true
	})
	return labels
}

// returnsIn reports whether a body returns from the function that it is in.
func (l *lowerer) returnsIn(body ast.Node) (found bool) {
	ast.Inspect(body, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.ReturnStmt:
			found = true
		case *ast.FuncLit:
			return false
		}
		return true
	})
	return found
}
