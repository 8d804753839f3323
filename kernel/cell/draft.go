package cell

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// A draft is a session with the changes of one cell that is not accepted yet.
// Names are looked up in the draft first, then in the session.
type draft struct {
	*Session
	cell    *parsed
	changed map[string]*entity // nil: the name is gone
	methods map[string][]string
	numbers map[string]int // how often a name was emitted
	dotted  []string       // paths of dot imports

	fresh   []*entity       // declared by this cell, in the order of the text
	renewed map[string]bool // names that meant something else before this cell
	defined []*entity       // its variables
	stale   []*entity       // dependents of renewed names, to be checked and emitted again
	inits   []*ast.FuncDecl // the cell's init functions, under the names they got
	main    bool            // the cell declares func main, which is to be called
	dropped map[string]string
	failed  map[string]bool // names of packages that the cell cannot import: the import is the mistake, not their use
}

func (s *Session) draft(p *parsed) *draft {
	return &draft{Session: s, cell: p, changed: map[string]*entity{}, methods: map[string][]string{},
		numbers: map[string]int{}, dotted: s.dots, renewed: map[string]bool{}, dropped: map[string]string{}, failed: map[string]bool{}}
}

// find is what name stands for, or nil.
func (d *draft) find(name string) *entity {
	if e, ok := d.changed[name]; ok {
		return e
	}
	return d.names[name]
}

// methodsOf lists the methods declared for the type with that name.
func (d *draft) methodsOf(name string) []string {
	if m, ok := d.methods[name]; ok {
		return m
	}
	return d.Session.methods[name]
}

// set makes e what its names stand for. A name that stood for something else is
// taken from there.
func (d *draft) set(e *entity) {
	for _, name := range e.names {
		if name == "_" {
			continue
		}
		old := d.find(name)
		if old != nil && old.sort == constSort && len(old.names) > 1 && old != e {
			rest := old.without(name)
			for _, other := range rest.names {
				if other != "_" {
					d.changed[other] = rest
				}
			}
		}
		if e.sort == methodSort {
			base, method, _ := strings.Cut(name, ".")
			if !slices.Contains(d.methodsOf(base), method) {
				d.methods[base] = append(slices.Clone(d.methodsOf(base)), method)
			}
		}
		d.changed[name] = e
	}
}

// declare enters the imports and declarations of the cell.
func (d *draft) declare() {
	for _, spec := range d.cell.imports {
		d.importSpec(spec)
	}
	for i, decl := range d.cell.decls {
		if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil {
			switch f.Name.Name {
			case "init":
				renamed := *f
				renamed.Name = &ast.Ident{NamePos: f.Name.NamePos, Name: initName(d.cell.number, i)}
				decl = &renamed
				d.inits = append(d.inits, &renamed)
			case "main":
				d.main = true
			}
		}
		for _, e := range entities(d.cell.number, decl) {
			if len(e.names) == 0 || e.sort == funcSort && e.names[0] == "_" { // const () declares nothing
				continue
			}
			for _, name := range e.names {
				if d.find(name) != nil {
					d.renewed[name] = true
				}
			}
			d.set(e)
			d.fresh = append(d.fresh, e)
		}
	}
}

func initName(cell, i int) string { return "init" + mark + strconv.Itoa(cell) + mark + strconv.Itoa(i) }

// importSpec enters what one import declares. A blank import declares nothing:
// whatever can be imported is already linked into the interpreter.
func (d *draft) importSpec(spec *ast.ImportSpec) {
	path, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		return
	}
	name := ""
	if spec.Name != nil {
		name = spec.Name.Name
	}
	if name == "_" {
		return
	}
	pkg, err := d.importer.Import(path)
	switch {
	case err != nil: // the check will say so, at the place of the import
		d.failed[cmp.Or(name, packageName(path))] = true
	case name == ".":
		d.dotted = append(slices.Clip(d.dotted), path)
	case name == "":
		d.importAs(pkg.Name(), path)
	default:
		d.importAs(name, path)
	}
}

// importAs makes name stand for the package at path.
func (d *draft) importAs(name, path string) {
	d.set(&entity{sort: importSort, names: []string{name}, cell: d.cell.number, path: path})
}

// variable makes name a variable of type t. Its declaration is written with
// aliases of our own for packages, so that no name of the user can hide them. A type
// that is not known because of a mistake stays so, and the checker keeps quiet about it.
func (d *draft) variable(name string, t types.Type) *entity {
	id := ast.NewIdent(name)
	var syntax ast.Expr = &ast.BadExpr{}
	if !strings.Contains(t.String(), types.Typ[types.Invalid].String()) {
		syntax = d.typeSyntax(t)
	}
	decl := &ast.GenDecl{Tok: token.VAR, Specs: []ast.Spec{&ast.ValueSpec{Names: []*ast.Ident{id}, Type: syntax}}}
	e := (&entity{sort: varSort, names: []string{name}, cell: d.cell.number, node: decl, slim: decl, typ: t}).measured()
	return e
}

// accept makes the draft's changes those of the session.
func (d *draft) accept() {
	for name, e := range d.changed {
		if e == nil {
			delete(d.names, name)
		} else {
			d.names[name] = e
			delete(d.Session.lost, name)
		}
	}
	maps.Copy(d.Session.methods, d.methods)
	maps.Copy(d.Session.numbers, d.numbers)
	maps.Copy(d.Session.lost, d.dropped)
	d.Session.dots = d.dotted
}
