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
// misspelt. It is nil if it only follows from another.
func (d *draft) explain(c *checked, e types.Error) *Error {
	message := d.worded(c, e)
	if name := undefinedName(message); message == "" || name != "" && d.failed[name] {
		return nil
	}
	return d.errorAt(d.cell, compilersPlace(c, e), message+d.hint(c, e.Pos, message))
}

// undefinedName is the name that the message calls undefined, "" if it is not one name.
func undefinedName(message string) string {
	name, ok := strings.CutPrefix(message, "undefined: ")
	if !ok || strings.Contains(name, ".") {
		return ""
	}
	return name
}

// hint is what we add to a message: why a name is gone, or what was meant.
func (d *draft) hint(c *checked, pos token.Pos, message string) string {
	if name := undefinedName(message); name != "" {
		if why := d.gone(name); why != "" {
			return " (" + why + ")"
		}
		return d.nearName(c, pos, name).hint("")
	}
	if name, ok := strings.CutPrefix(message, "unknown field "); ok {
		name, _, _ = strings.Cut(name, " ")
		return nearKey(c, pos, name).hint("")
	}
	if path, ok := strings.CutPrefix(message, "could not import "); ok {
		path, _, _ = strings.Cut(path, " ")
		best := newNearest(path)
		for _, p := range d.config.Packages {
			best.offer(p)
		}
		return best.hint("")
	}
	if strings.Contains(message, "undefined") && !strings.Contains(message, "but does have") && !strings.Contains(message, "but have") {
		if why := d.gone(methodAt(c, pos)); why != "" {
			return " (" + why + ")"
		}
		best, qualifier := nearMember(c, pos)
		return best.hint(qualifier)
	}
	return ""
}

// readable is a message of the checker without what only we write in names.
func readable(message string) string {
	return strings.ReplaceAll(strings.ReplaceAll(message, libraryPrefix, ""), mark, "")
}

// nearName is the name nearest to the misspelt one among all that could stand at
// pos. Before a dot, that is also any package, and no name that Go predeclares.
func (d *draft) nearName(c *checked, pos token.Pos, name string) *nearest {
	best := newNearest(name)
	sel := selectorAt(c, pos)
	for scope := innermost(c.pkg, pos); scope != nil; scope = scope.Parent() {
		if scope == types.Universe && sel != nil {
			break
		}
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
	if sel != nil {
		for _, p := range slices.Concat(d.config.Preload, d.config.Packages) {
			candidate := packageName(p)
			if _, ok := best.nearer(candidate); ok && (len(name) > 3 || d.has(p, sel.Sel.Name)) { // a short name is near to many
				best.offer(candidate)
			}
		}
	}
	return best
}

// has reports whether the package at path has the member.
func (d *draft) has(path, member string) bool {
	pkg, err := d.importer.Import(path)
	return err == nil && pkg.Scope().Lookup(member) != nil
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

// nearMember is the member nearest to the misspelt one after the dot at pos, and what
// is before the dot if it is a package.
func nearMember(c *checked, pos token.Pos) (best *nearest, qualifier string) {
	sel := selectorAt(c, pos)
	if sel == nil {
		return nil, ""
	}
	best = newNearest(sel.Sel.Name)
	if id, ok := sel.X.(*ast.Ident); ok {
		if p, ok := c.info.Uses[id].(*types.PkgName); ok {
			for _, n := range p.Imported().Scope().Names() {
				if token.IsExported(n) {
					best.offer(n)
				}
			}
			return best, id.Name
		}
	}
	if t := c.info.TypeOf(sel.X); t != nil {
		for _, n := range members(t, c.pkg) {
			best.offer(n)
		}
	}
	return best, ""
}

// methodAt is the name after the dot at pos as that of a method: T.M. It is "" if what
// is before the dot has no type with a name.
func methodAt(c *checked, pos token.Pos) string {
	sel := selectorAt(c, pos)
	if sel == nil {
		return ""
	}
	if t := c.info.TypeOf(sel.X); t != nil {
		if named, ok := types.Unalias(deref(t)).(*types.Named); ok {
			return named.Obj().Name() + "." + sel.Sel.Name
		}
	}
	return ""
}

// nearKey is the field nearest to the misspelt one in the struct literal at pos.
func nearKey(c *checked, pos token.Pos, name string) *nearest {
	best := newNearest(name)
	lit, ok := nodeAt(c, func(n ast.Node) bool {
		lit, ok := n.(*ast.CompositeLit)
		return ok && slices.ContainsFunc(lit.Elts, func(e ast.Expr) bool { return e.Pos() == pos })
	}).(*ast.CompositeLit)
	if !ok {
		return best
	}
	if s, ok := deref(c.info.TypeOf(lit)).Underlying().(*types.Struct); ok {
		for f := range s.Fields() {
			best.offer(f.Name())
		}
	}
	return best
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

// members lists the fields and methods that can follow a value of type t in pkg.
func members(t types.Type, pkg *types.Package) []string {
	var names []string
	add := func(obj types.Object) {
		if obj.Exported() || obj.Pkg() == pkg {
			names = append(names, obj.Name())
		}
	}
	set := types.NewMethodSet(t)
	if _, ok := t.Underlying().(*types.Interface); !ok {
		set = types.NewMethodSet(types.NewPointer(deref(t)))
	}
	for m := range set.Methods() {
		add(m.Obj())
	}
	if s, ok := deref(t).Underlying().(*types.Struct); ok {
		for f := range s.Fields() {
			add(f)
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

// offer takes the name if it is nearer than the one found before.
func (b *nearest) offer(name string) {
	if n, ok := b.nearer(name); ok {
		b.name, b.distance = name, n
	}
}

// nearer tells how near the name is, if it is nearer than the one found before.
func (b *nearest) nearer(name string) (n int, ok bool) {
	if name == b.to || name == "_" || name == "iota" || strings.Contains(name, mark) || strings.Contains(name, ".") {
		return 0, false
	}
	n = editDistance(strings.ToLower(b.to), strings.ToLower(name))
	return n, n < b.distance && n < len([]rune(name)) || n == b.distance && b.name != "" && name < b.name
}

// hint asks whether the name found was meant, qualified.
func (b *nearest) hint(qualifier string) string {
	if b == nil || b.name == "" {
		return ""
	}
	if qualifier != "" {
		qualifier += "."
	}
	return fmt.Sprintf(" (did you mean %s%s?)", qualifier, b.name)
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
