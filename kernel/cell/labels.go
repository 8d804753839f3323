package cell

import (
	"go/ast"
	"go/token"
	"slices"
)

// labels lists where a branch can go: goto to all labels of the function around it, break
// and continue to those of the statements around it, continue to loops only.
func (c *collector) labels(branch token.Token, nodes []ast.Node) {
	start := 0
	for i, n := range nodes {
		switch n.(type) {
		case *ast.FuncLit, *ast.FuncDecl:
			start = i
		}
	}
	if branch == token.GOTO {
		c.allLabels(nodes[start])
		return
	}
	for _, n := range slices.Backward(nodes[start:]) {
		if l, ok := n.(*ast.LabeledStmt); ok && (branch == token.BREAK || isLoop(l.Stmt)) {
			c.add(l.Label.Name, KindLabel, "")
		}
	}
}

// allLabels lists the labels of a function; of the cell, if its statements are in none.
func (c *collector) allLabels(around ast.Node) {
	switch f := around.(type) {
	case *ast.FuncLit:
		around = f.Body
	case *ast.FuncDecl:
		around = f.Body
	default:
		around = c.cell.body
	}
	ast.Inspect(around, func(n ast.Node) bool {
		if l, ok := n.(*ast.LabeledStmt); ok {
			c.add(l.Label.Name, KindLabel, "")
		}
		_, inner := n.(*ast.FuncLit)
		return !inner
	})
}

func isLoop(s ast.Stmt) bool {
	switch s.(type) {
	case *ast.ForStmt, *ast.RangeStmt:
		return true
	}
	return false
}
