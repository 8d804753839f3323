package cell

import (
	"go/ast"
	"go/types"
	"strings"
)

// show writes the last expression of a cell. It is shown if it has a value, which
// its type decides: of a value and an error the value, unless there is an error,
// which then fails the cell.
func (l *lowerer) show(x ast.Expr) {
	t := l.typeOf(x)
	tuple, isTuple := t.(*types.Tuple)
	switch {
	case l.info.Types[x].IsVoid(), isTuple && tuple.Len() == 0, t == types.Typ[types.Invalid]:
		l.exprStatement(x)
	case l.info.Types[x].IsType():
		l.showText(typeDisplay(t))
	case isTuple:
		l.showTuple(x, tuple)
	case l.isNil(x):
		l.showValue("interface{}(nil)")
	default:
		l.showValue(l.toAny(x))
	}
}

func (l *lowerer) showValue(text string) {
	l.shows = true
	l.line("%s(%s)", l.values("Show"), text)
}

func (l *lowerer) showText(text string) {
	l.shows = true
	l.line("%s(%q)", l.values("Show"), text)
}

// showTuple shows the first of several values if the others are at most an error.
// A count of bytes or items that was written or read is not shown: nobody calls
// fmt.Println for its sake.
func (l *lowerer) showTuple(x ast.Expr, tuple *types.Tuple) {
	var names []string
	for range tuple.Len() {
		names = append(names, l.temp())
	}
	l.line("%s := %s", strings.Join(names, ", "), l.expr(x))
	last := tuple.Len() - 1
	if isError(tuple.At(last).Type()) {
		l.line("%s(%s)", l.values("Fail"), names[last])
		if tuple.Len() == 2 {
			if !countsOutput(x) {
				l.showValue(l.converted(names[0], tuple.At(0).Type(), emptyInterface))
			} else {
				l.line("_ = %s", names[0])
			}
			return
		}
		names = names[:last]
	}
	var texts []string
	for i, name := range names {
		texts = append(texts, l.converted(name, tuple.At(i).Type(), emptyInterface))
	}
	l.shows = true
	l.line("%s(%s)", l.values("ShowAll"), strings.Join(texts, ", "))
}

func isError(t types.Type) bool {
	n, ok := types.Unalias(t).(*types.Named)
	return ok && n.Obj().Pkg() == nil && n.Obj().Name() == "error"
}

// countsOutput reports whether x calls a function that returns how much it wrote
// or read, by the names that Go's libraries give to such functions.
func countsOutput(x ast.Expr) bool {
	call, ok := ast.Unparen(x).(*ast.CallExpr)
	if !ok {
		return false
	}
	name := ""
	switch f := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		name = f.Name
	case *ast.SelectorExpr:
		name = f.Sel.Name
	}
	for _, prefix := range []string{"Print", "Fprint", "Write", "Copy", "Fscan", "Scan", "Sscan", "ReadFrom", "ReadFull"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return name == "Read"
}
