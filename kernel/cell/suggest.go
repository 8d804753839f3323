package cell

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// explain turns an error of the checker into ours, with a suggestion if a name was
// misspelt.
func (d *draft) explain(c *checked, e types.Error) *Error {
	message := readable(e.Msg)
	if name, ok := strings.CutPrefix(e.Msg, "undefined: "); ok && !strings.Contains(name, ".") {
		if why, lost := d.lost[name]; lost {
			message += " (" + why + ")"
		} else if near := d.nearName(c, e.Pos, name); near != "" {
			message += " (did you mean " + near + "?)"
		}
	} else if name, ok := strings.CutPrefix(e.Msg, "unknown field "); ok {
		name, _, _ = strings.Cut(name, " ")
		if near := nearKey(c, e.Pos, name); near != "" {
			message += " (did you mean " + near + "?)"
		}
	} else if strings.Contains(e.Msg, "undefined") && !strings.Contains(e.Msg, "but does have") {
		if near := nearMember(c, e.Pos); near != "" {
			message += " (did you mean " + near + "?)"
		}
	}
	return d.errorAt(d.cell, e.Pos, message)
}

// readable is a message of the checker without what only we write in names.
func readable(message string) string {
	return strings.ReplaceAll(strings.ReplaceAll(message, libraryPrefix, ""), mark, "")
}

// nearName is the name nearest to the misspelt one among all that could stand at
// pos, or "".
func (d *draft) nearName(c *checked, pos token.Pos, name string) string {
	best := newNearest(name)
	for scope := innermost(c.pkg, pos); scope != nil; scope = scope.Parent() {
		for _, n := range scope.Names() {
			best.offer(n)
		}
	}
	for n := range d.names {
		best.offer(n)
	}
	for _, id := range d.topNames() {
		if id.Pos() < pos {
			best.offer(id.Name)
		}
	}
	for _, p := range d.config.Preload {
		best.offer(p[strings.LastIndexByte(p, '/')+1:])
	}
	return best.name
}

// innermost is the innermost scope at pos. The package's own Innermost looks for a
// file there, which our files, made of pieces, do not have.
func innermost(pkg *types.Package, pos token.Pos) *types.Scope {
	for _, file := range children(pkg.Scope()) {
		for _, f := range children(file) {
			if s := f.Innermost(pos); s != nil {
				return s
			}
		}
	}
	return pkg.Scope()
}

func children(s *types.Scope) []*types.Scope {
	var all []*types.Scope
	for c := range s.Children() {
		all = append(all, c)
	}
	return all
}

// nearMember is the member nearest to the misspelt one after the dot at pos.
func nearMember(c *checked, pos token.Pos) string {
	sel := selectorAt(c, pos)
	if sel == nil {
		return ""
	}
	best := newNearest(sel.Sel.Name)
	if id, ok := sel.X.(*ast.Ident); ok {
		if p, ok := c.info.Uses[id].(*types.PkgName); ok {
			for _, n := range p.Imported().Scope().Names() {
				if token.IsExported(n) {
					best.offer(n)
				}
			}
			return best.of(id.Name)
		}
	}
	t := c.info.TypeOf(sel.X)
	if t == nil {
		return ""
	}
	for _, n := range members(t) {
		best.offer(n)
	}
	return best.of("")
}

// nearKey is the field nearest to the misspelt one in the struct literal at pos.
func nearKey(c *checked, pos token.Pos, name string) string {
	best := newNearest(name)
	for _, file := range c.files {
		ast.Inspect(file, func(n ast.Node) bool {
			if lit, ok := n.(*ast.CompositeLit); ok && slices.ContainsFunc(lit.Elts, func(e ast.Expr) bool { return e.Pos() == pos }) {
				if s, ok := deref(c.info.TypeOf(lit)).Underlying().(*types.Struct); ok {
					for f := range s.Fields() {
						best.offer(f.Name())
					}
				}
			}
			return true
		})
	}
	return best.of("")
}

// selectorAt is the selector expression whose name, or whose start, is at pos.
func selectorAt(c *checked, pos token.Pos) (found *ast.SelectorExpr) {
	for _, file := range c.files {
		ast.Inspect(file, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok && (sel.Sel.Pos() == pos || found == nil && sel.Pos() == pos) {
				found = sel
			}
			return true
		})
	}
	return found
}

// members lists the fields and methods that can follow a value of type t.
func members(t types.Type) []string {
	var names []string
	set := types.NewMethodSet(t)
	if _, ok := t.Underlying().(*types.Interface); !ok {
		set = types.NewMethodSet(types.NewPointer(deref(t)))
	}
	for m := range set.Methods() {
		names = append(names, m.Obj().Name())
	}
	if s, ok := deref(t).Underlying().(*types.Struct); ok {
		for f := range s.Fields() {
			names = append(names, f.Name())
		}
	}
	return names
}

// deref is what t points to, or t.
func deref(t types.Type) types.Type {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		return p.Elem()
	}
	return t
}

// A nearest finds the name at the smallest edit distance, if it is small enough to
// be a slip: one letter in short names, two in longer ones, three in long ones.
type nearest struct {
	to       string
	name     string
	distance int
}

func newNearest(to string) *nearest {
	return &nearest{to: to, distance: min(max(len([]rune(to))-1, 0)/4+1, 3) + 1}
}

func (b *nearest) offer(name string) {
	if name == b.to || name == "_" || strings.Contains(name, mark) || strings.Contains(name, ".") {
		return
	}
	n := editDistance(strings.ToLower(b.to), strings.ToLower(name))
	if n < b.distance && n < len([]rune(name)) || n == b.distance && b.name != "" && name < b.name {
		b.name, b.distance = name, n
	}
}

// of is the name found, qualified.
func (b *nearest) of(qualifier string) string {
	if b.name == "" || qualifier == "" {
		return b.name
	}
	return fmt.Sprintf("%s.%s", qualifier, b.name)
}

// editDistance counts the letters to insert, delete, replace, or swap with their
// neighbour to get from a to b (optimal string alignment).
func editDistance(a, b string) int {
	x, y := []rune(a), []rune(b)
	rows := make([][]int, len(x)+1)
	for i := range rows {
		rows[i] = make([]int, len(y)+1)
		rows[i][0] = i
	}
	for j := range y {
		rows[0][j+1] = j + 1
	}
	for i := 1; i <= len(x); i++ {
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(x)][len(y)]
}
