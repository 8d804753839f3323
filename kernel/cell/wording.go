package cell

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// worded is a message of go/types in the compiler's words. The two are the same but
// for labels, and for what the text of a position or of a literal looks like.
func (d *draft) worded(c *checked, e types.Error) string {
	message := readable(e.Msg)
	if m := labelMessage.FindStringSubmatch(message); m != nil {
		return d.labelWorded(c, e.Pos, message, m[1]+m[2])
	}
	if w, ok := branchWords[message]; ok {
		return w
	}
	if m := compound.FindStringSubmatch(message); m != nil {
		return "syntax error: unexpected " + m[1] + ", expected := or = or comma"
	}
	message = literalText.ReplaceAllStringFunc(message, func(text string) string {
		return strings.TrimSuffix(text[1:], " literal)") + " " + bodyText(c, e.Pos)
	})
	return placeText.ReplaceAllStringFunc(message, func(text string) string {
		m := placeText.FindStringSubmatch(text)
		line, _ := strconv.Atoi(m[2])
		return fmt.Sprintf("at cell %s, line %d, column %s", m[1], line-strings.Count(fileHead, "\n"), m[3])
	})
}

var (
	labelMessage = regexp.MustCompile(`^(?:label|goto) (\w+) (?:declared and not used|not declared|already declared|jumps .*)$|^invalid (?:break|continue) label (\w+)$`)
	compound     = regexp.MustCompile(`^assignment operation (\S+) requires single-valued expressions$`)
	literalText  = regexp.MustCompile(`\(func\([^{}]*? literal\)`)
	placeText    = regexp.MustCompile(`\bat (\d+):(\d+):(\d+)`)
)

// branchWords are the messages of go/types and of its parser that the compiler words
// differently.
var branchWords = map[string]string{
	"break not in for, switch, or select statement": "break is not in a loop, switch, or select",
	"continue not in for statement":                 "continue is not in a loop",
}

// bodyText is how the compiler writes the body of the function literal at pos.
func bodyText(c *checked, pos token.Pos) string {
	lit, ok := nodeAt(c, func(n ast.Node) bool { f, ok := n.(*ast.FuncLit); return ok && f.Pos() == pos }).(*ast.FuncLit)
	if ok && len(lit.Body.List) == 0 {
		return "{}"
	}
	return "{…}"
}

// nodeAt is the first node that is wanted, or nil.
func nodeAt(c *checked, wanted func(ast.Node) bool) (found ast.Node) {
	for _, file := range c.files {
		ast.Inspect(file, func(n ast.Node) bool {
			if found == nil && n != nil && wanted(n) {
				found = n
			}
			return found == nil
		})
	}
	return found
}

// compilersPlaces says where the compiler points to, if it is not where go/types does.
var compilersPlaces = []struct {
	message string
	place   func(n ast.Node, pos token.Pos) token.Pos // NoPos if n is not the node that pos is of
}{
	{"cannot index ", func(n ast.Node, pos token.Pos) token.Pos {
		if x, ok := n.(*ast.IndexExpr); ok && x.Pos() == pos {
			return x.Lbrack
		}
		return token.NoPos
	}},
	{" in selector expression", func(n ast.Node, pos token.Pos) token.Pos {
		if x, ok := n.(*ast.SelectorExpr); ok && x.Sel.Pos() == pos {
			return x.X.End()
		}
		return token.NoPos
	}},
	{" does not satisfy ", func(n ast.Node, pos token.Pos) token.Pos {
		if x, ok := n.(*ast.CallExpr); ok && x.Pos() == pos {
			return x.Lparen
		}
		return token.NoPos
	}},
	{", cannot infer ", func(n ast.Node, pos token.Pos) token.Pos {
		if x, ok := n.(*ast.CallExpr); ok && (x.Rparen == pos || x.Pos() == pos) {
			return x.Lparen
		}
		return token.NoPos
	}},
	{"not enough arguments in call ", func(n ast.Node, pos token.Pos) token.Pos {
		x, ok := n.(*ast.CallExpr)
		switch {
		case !ok || x.Rparen != pos:
			return token.NoPos
		case len(x.Args) > 0:
			return x.Args[len(x.Args)-1].Pos()
		}
		return x.Pos()
	}},
	{" arguments for ", func(n ast.Node, pos token.Pos) token.Pos {
		if x, ok := n.(*ast.CallExpr); ok && x.Rparen == pos {
			return x.Pos()
		}
		return token.NoPos
	}},
	{"cannot send to ", func(n ast.Node, pos token.Pos) token.Pos {
		if x, ok := n.(*ast.SendStmt); ok && x.Arrow == pos {
			return x.Pos()
		}
		return token.NoPos
	}},
	{"cannot use ... in call to non-variadic ", func(n ast.Node, pos token.Pos) token.Pos {
		if x, ok := n.(*ast.CallExpr); ok && x.Ellipsis == pos {
			return x.Pos()
		}
		return token.NoPos
	}},
}

// compilersPlace is where the compiler points to for the error.
func compilersPlace(c *checked, e types.Error) token.Pos {
	for _, row := range compilersPlaces {
		if strings.Contains(e.Msg, row.message) {
			if n := nodeAt(c, func(n ast.Node) bool { return row.place(n, e.Pos) != token.NoPos }); n != nil {
				return row.place(n, e.Pos)
			}
		}
	}
	return e.Pos
}

// place is a position as it stands in a message.
func (d *draft) place(pos token.Pos) string {
	cell, line, column := d.position(pos)
	return fmt.Sprintf("cell %d, line %d, column %d", cell, line, column)
}

// labelWorded is what the compiler says about a label, or "" if it says nothing.
func (d *draft) labelWorded(c *checked, pos token.Pos, message, label string) string {
	labels := labelsAround(c, pos)
	at := slices.IndexFunc(labels, func(l *ast.LabeledStmt) bool { return l.Label.Name == label })
	kind, invalid := strings.CutPrefix(message, "invalid ")
	switch {
	case invalid && at < 0:
		return strings.Replace(kind, "label ", "label not defined: ", 1) + nearLabel(labels, label)
	case invalid:
		return message
	case strings.HasSuffix(message, " not declared"):
		return "label " + label + " not defined" + nearLabel(labels, label)
	case strings.HasSuffix(message, " already declared"):
		return "label " + label + " already defined at " + d.place(labels[at].Pos())
	case strings.HasSuffix(message, "jumps into block"):
		return message + " starting at " + d.place(blockAround(c, labels[at]))
	case strings.Contains(message, "jumps over variable declaration"):
		name, pos := jumpedOver(pos, labels[at], c)
		return "goto " + label + " jumps over declaration of " + name + " at " + d.place(pos)
	}
	if slices.ContainsFunc(c.errs, func(o types.Error) bool { return strings.HasSuffix(o.Msg, " label "+label) }) {
		return "" // it is used, if wrongly
	}
	return "label " + label + " defined and not used"
}

// labelsAround are the labels of the innermost function around pos.
func labelsAround(c *checked, pos token.Pos) (labels []*ast.LabeledStmt) {
	var body *ast.BlockStmt
	nodeAt(c, func(n ast.Node) bool {
		var b *ast.BlockStmt
		switch n := n.(type) {
		case *ast.FuncDecl:
			b = n.Body
		case *ast.FuncLit:
			b = n.Body
		}
		if b != nil && b.Pos() <= pos && pos <= b.End() {
			body = b
		}
		return false
	})
	if body == nil {
		return nil
	}
	ast.Inspect(body, func(n ast.Node) bool {
		if l, ok := n.(*ast.LabeledStmt); ok {
			labels = append(labels, l)
		}
		_, other := n.(*ast.FuncLit)
		return !other
	})
	return labels
}

func nearLabel(labels []*ast.LabeledStmt, name string) string {
	best := newNearest(name)
	for _, l := range labels {
		best.offer(l.Label.Name)
	}
	return best.hint("")
}

// blockAround is where the innermost block begins that the label is in.
func blockAround(c *checked, label *ast.LabeledStmt) (pos token.Pos) {
	nodeAt(c, func(n ast.Node) bool {
		if b, ok := n.(*ast.BlockStmt); ok && b.Pos() < label.Pos() && label.Pos() < b.End() {
			pos = b.Pos()
		}
		return false
	})
	return pos
}

// jumpedOver is the last variable declared between a goto and its label, and where.
func jumpedOver(from token.Pos, label *ast.LabeledStmt, c *checked) (name string, pos token.Pos) {
	nodeAt(c, func(n ast.Node) bool {
		if n == nil || n.Pos() < from || n.Pos() > label.Pos() {
			return false
		}
		switch n := n.(type) {
		case *ast.AssignStmt:
			if id, ok := n.Lhs[0].(*ast.Ident); ok && n.Tok == token.DEFINE {
				name, pos = id.Name, n.TokPos
			}
		case *ast.ValueSpec:
			name, pos = n.Names[0].Name, n.Pos()
		}
		return false
	})
	return name, pos
}
