package cell

import (
	"go/ast"
	"go/types"
	"path"
	"strings"
)

// autoImport imports the packages that the cell uses by name without importing
// them. A name is taken for a package if it stands before a dot, means nothing
// else, and is bound nowhere in the cell.
func (d *draft) autoImport() {
	bound := d.bound()
	for name, members := range d.qualified() {
		if !bound[name] {
			d.importByName(name, members)
		}
	}
}

// importUndefined imports what the checker found undefined, and reports whether
// there is hope that the next check will find it.
func (d *draft) importUndefined(errs []types.Error) (imported bool) {
	qualified := d.qualified()
	for _, e := range errs {
		name, ok := strings.CutPrefix(e.Msg, "undefined: ")
		if ok && qualified[name] != nil && d.importByName(name, qualified[name]) {
			imported = true
		}
	}
	return imported
}

// importByName imports the best package with that name: the first that has all
// members used, or else the first. It reports false if the name means something
// already, or no package has it.
func (d *draft) importByName(name string, members map[string]bool) bool {
	if d.find(name) != nil {
		return false
	}
	var paths []string
	for _, p := range d.config.Preload {
		if path.Base(p) == name {
			paths = append(paths, p)
		}
	}
	if len(paths) == 0 && d.config.Paths != nil {
		paths = d.config.Paths(name)
	}
	best := ""
	for _, p := range paths {
		pkg, err := d.importer.Import(p)
		if err != nil {
			continue
		}
		if best == "" {
			best = p
		}
		if hasMembers(pkg, members) {
			best = p
			break
		}
	}
	if best == "" {
		return false
	}
	d.importAs(name, best)
	return true
}

func hasMembers(pkg *types.Package, members map[string]bool) bool {
	for m := range members {
		if pkg.Scope().Lookup(m) == nil {
			return false
		}
	}
	return true
}

// syntax lists all of the cell's syntax.
func (d *draft) syntax() []ast.Node {
	var nodes []ast.Node
	for _, decl := range d.cell.decls {
		nodes = append(nodes, decl)
	}
	if d.cell.body != nil {
		nodes = append(nodes, d.cell.body)
	}
	return nodes
}

// qualified lists the names that stand before a dot, with what follows the dot.
func (d *draft) qualified() map[string]map[string]bool {
	names := map[string]map[string]bool{}
	for _, node := range d.syntax() {
		ast.Inspect(node, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok {
				if id, ok := sel.X.(*ast.Ident); ok {
					if names[id.Name] == nil {
						names[id.Name] = map[string]bool{}
					}
					names[id.Name][sel.Sel.Name] = true
				}
			}
			return true
		})
	}
	return names
}

// bound lists the names that the cell binds anywhere: variables, parameters,
// constants, types. It errs on the side of too many.
func (d *draft) bound() map[string]bool {
	names := map[string]bool{}
	bind := func(exprs ...ast.Expr) {
		for _, e := range exprs {
			if id, ok := e.(*ast.Ident); ok {
				names[id.Name] = true
			}
		}
	}
	for _, node := range d.syntax() {
		ast.Inspect(node, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.AssignStmt:
				bind(n.Lhs...)
			case *ast.RangeStmt:
				bind(n.Key, n.Value)
			case *ast.Field:
				for _, id := range n.Names {
					bind(id)
				}
			case *ast.ValueSpec:
				for _, id := range n.Names {
					bind(id)
				}
			case *ast.TypeSpec:
				bind(n.Name)
			}
			return true
		})
	}
	return names
}
