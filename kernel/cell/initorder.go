package cell

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// orderVariables puts the variables that a cell declares before it does anything into
// the order in which Go would initialise them: in a program a variable may use one that
// stands further down. From the first other statement a cell is read from top to bottom.
func (d *draft) orderVariables() {
	var specs []*ast.ValueSpec
	var rest []ast.Stmt
	for i, s := range d.cell.statements {
		decl, ok := s.(*ast.DeclStmt)
		if !ok || decl.Decl.(*ast.GenDecl).Tok != token.VAR {
			rest = d.cell.statements[i:]
			break
		}
		for _, spec := range decl.Decl.(*ast.GenDecl).Specs {
			specs = append(specs, singly(spec.(*ast.ValueSpec))...)
		}
	}
	if len(specs) == 0 {
		return
	}
	order, ok := d.initOrder(specs)
	if !ok {
		return // the errors will be told for the cell as it stands
	}
	initialised := map[*ast.ValueSpec]bool{}
	for _, spec := range order {
		initialised[spec] = true
	}
	var statements []ast.Stmt
	for _, spec := range slices.Concat(slices.DeleteFunc(specs, func(s *ast.ValueSpec) bool { return initialised[s] }), order) {
		statements = append(statements, &ast.DeclStmt{Decl: &ast.GenDecl{TokPos: spec.Pos(), Tok: token.VAR, Specs: []ast.Spec{spec}}})
	}
	d.cell.statements = append(statements, rest...)
	body := *d.cell.body
	body.List = d.cell.statements
	d.cell.body = &body
}

// singly takes a declaration of several variables apart, if each has a value of its own.
func singly(spec *ast.ValueSpec) []*ast.ValueSpec {
	if len(spec.Values) != len(spec.Names) {
		return []*ast.ValueSpec{spec}
	}
	var single []*ast.ValueSpec
	for i, name := range spec.Names {
		one := *spec
		one.Names, one.Values = []*ast.Ident{name}, spec.Values[i:i+1]
		single = append(single, &one)
	}
	return single
}

// initOrder checks the declarations as those of a package, and lists those with
// values in the order of their initialisation. It is not ok if there are errors.
func (d *draft) initOrder(specs []*ast.ValueSpec) (order []*ast.ValueSpec, ok bool) {
	f := d.fileBuilder(d.fresh)
	of := map[*ast.Ident]*ast.ValueSpec{}
	for _, spec := range specs {
		f.mention(mentioned(spec))
		f.decls = append(f.decls, &ast.GenDecl{TokPos: spec.Pos(), Tok: token.VAR, Specs: []ast.Spec{spec}})
		for _, name := range spec.Names {
			of[name] = spec
		}
	}
	for name := range of { // earlier meanings of the names have no place in this package
		f.drop(name.Name)
	}
	info := newInfo()
	failed := false
	conf := types.Config{Importer: d.importer, GoVersion: goVersion, Error: func(err error) {
		failed = failed || !err.(types.Error).Soft
	}}
	_, _ = conf.Check(mainPath, d.fset, []*ast.File{f.file()}, info)
	declared := map[types.Object]*ast.ValueSpec{}
	for name, spec := range of {
		if obj := info.Defs[name]; obj != nil {
			declared[obj] = spec
		}
	}
	for _, init := range info.InitOrder {
		if spec := declared[init.Lhs[0]]; spec != nil {
			order = append(order, spec)
		}
	}
	return order, !failed
}
