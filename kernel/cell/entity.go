package cell

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
)

// A sort says what a cell-level name stands for.
type sort int

const (
	importSort sort = iota
	constSort
	typeSort
	funcSort
	methodSort
	varSort
)

// An entity is what one cell-level name stands for, or several names for a group
// of constants. A method's name is that of its type, a dot, and its own.
//
// An entity does not change after its cell was accepted: a cell that alters it
// puts a copy in its place.
type entity struct {
	sort  sort
	names []string
	cell  int

	path string     // of an import
	node ast.Decl   // the declaration; that of a variable is var NAME TYPE
	slim ast.Decl   // node without function body, which is enough to check its callers
	typ  types.Type // of a variable

	mentions map[string]bool // every identifier in node
	outline  map[string]bool // every identifier in slim

	emitted string // what it is called in emitted source, "" if it is not there
	box     string // of a variable: the key under which its values are put into boxes, if they are
	anew    bool   // the name was given by the draft that e belongs to
}

// generic reports whether e has type parameters: then it is emitted once for each
// list of type arguments, and never by itself.
func (e *entity) generic() bool {
	switch node := e.node.(type) {
	case *ast.FuncDecl:
		if node.Recv != nil && len(node.Recv.List) == 1 {
			_, _, params := receiver(node)
			return len(params) > 0
		}
		return node.Type.TypeParams != nil
	case *ast.GenDecl:
		if spec, ok := node.Specs[0].(*ast.TypeSpec); ok {
			return spec.TypeParams != nil
		}
	}
	return false
}

// receiver takes a method's receiver apart: func (r *T[P]) gives T, true, [P].
func receiver(f *ast.FuncDecl) (base *ast.Ident, pointer bool, params []ast.Expr) {
	t := f.Recv.List[0].Type
	for {
		switch x := t.(type) {
		case *ast.ParenExpr:
			t = x.X
		case *ast.StarExpr:
			pointer, t = true, x.X
		case *ast.IndexExpr:
			params, t = []ast.Expr{x.Index}, x.X
		case *ast.IndexListExpr:
			params, t = x.Indices, x.X
		case *ast.Ident:
			return x, pointer, params
		default:
			return &ast.Ident{NamePos: t.Pos(), Name: "_"}, pointer, params
		}
	}
}

// entities lists what a declaration declares. Groups of types are taken apart;
// groups of constants are not, since iota counts in them.
func entities(cell int, decl ast.Decl) []*entity {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		e := &entity{sort: funcSort, names: []string{d.Name.Name}, cell: cell, node: d, slim: d}
		if d.Recv != nil && len(d.Recv.List) > 0 {
			base, _, _ := receiver(d)
			e.sort, e.names[0] = methodSort, base.Name+"."+d.Name.Name
		}
		return []*entity{e.measured()}
	case *ast.GenDecl:
		if d.Tok == token.TYPE {
			var es []*entity
			for _, spec := range d.Specs {
				one := *d
				one.Specs = []ast.Spec{spec}
				es = append(es, (&entity{sort: typeSort, names: []string{spec.(*ast.TypeSpec).Name.Name}, cell: cell, node: &one, slim: &one}).measured())
			}
			return es
		}
		e := &entity{sort: constSort, cell: cell, node: d, slim: d}
		for _, spec := range d.Specs {
			for _, name := range spec.(*ast.ValueSpec).Names {
				e.names = append(e.names, name.Name)
			}
		}
		return []*entity{e.measured()}
	}
	return nil
}

// measured fills in what follows from e.node.
func (e *entity) measured() *entity {
	e.mentions = mentioned(e.node)
	e.outline = e.mentions
	if f, ok := e.node.(*ast.FuncDecl); ok && !e.generic() {
		slim := *f
		slim.Body, slim.Doc = nil, nil
		e.slim, e.outline = &slim, mentioned(&slim)
	}
	return e
}

// mentioned is the set of all identifiers in node, whatever they stand for.
func mentioned(node ast.Node) map[string]bool {
	names := map[string]bool{}
	ast.Inspect(node, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			names[id.Name] = true
		}
		return true
	})
	return names
}

// without is a group of constants in which the name no longer declares anything;
// the others keep their iota.
func (e *entity) without(name string) *entity {
	group := *e.node.(*ast.GenDecl)
	group.Specs = nil
	left := *e
	left.names = nil
	for _, spec := range e.node.(*ast.GenDecl).Specs {
		copied := *spec.(*ast.ValueSpec)
		copied.Names = nil
		for _, id := range spec.(*ast.ValueSpec).Names {
			if id.Name == name {
				id = &ast.Ident{NamePos: id.NamePos, Name: "_"}
			}
			copied.Names = append(copied.Names, id)
			left.names = append(left.names, id.Name)
		}
		group.Specs = append(group.Specs, &copied)
	}
	left.node, left.slim = &group, &group
	left.mentions = maps.Clone(e.mentions)
	delete(left.mentions, name)
	left.outline = left.mentions
	return &left
}
