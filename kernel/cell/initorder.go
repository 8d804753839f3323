package cell

import (
	"go/ast"
	"go/token"
	"go/types"
)

// orderVariables puts the variables of a cell that only declares into the order in
// which Go would initialise them: in a program a variable may use one that stands
// further down. A cell with other statements is read from top to bottom.
func (d *draft) orderVariables() {
	var decls []*ast.GenDecl
	for _, s := range d.cell.statements {
		decl, ok := s.(*ast.DeclStmt)
		if !ok || decl.Decl.(*ast.GenDecl).Tok != token.VAR {
			return
		}
		decls = append(decls, decl.Decl.(*ast.GenDecl))
	}
	if len(decls) == 0 {
		return
	}
	order, ok := d.initOrder(decls)
	if !ok {
		return // the errors will be told for the cell as it stands
	}
	var first, then []ast.Stmt
	initialised := map[*ast.ValueSpec]bool{}
	add := func(list []ast.Stmt, spec *ast.ValueSpec) []ast.Stmt {
		return append(list, &ast.DeclStmt{Decl: &ast.GenDecl{TokPos: spec.Pos(), Tok: token.VAR, Specs: []ast.Spec{spec}}})
	}
	for _, spec := range order {
		if !initialised[spec] {
			initialised[spec] = true
			then = add(then, spec)
		}
	}
	for _, decl := range decls {
		for _, spec := range decl.Specs {
			if spec := spec.(*ast.ValueSpec); !initialised[spec] {
				first = add(first, spec)
			}
		}
	}
	d.cell.statements = append(first, then...)
	body := *d.cell.body
	body.List = d.cell.statements
	d.cell.body = &body
}

// initOrder checks the declarations as those of a package, and lists those with
// values in the order of their initialisation. It is not ok if there are errors, or
// several variables of one declaration that are not initialised together.
func (d *draft) initOrder(decls []*ast.GenDecl) (order []*ast.ValueSpec, ok bool) {
	f := d.fileBuilder(d.fresh)
	of := map[string]*ast.ValueSpec{}
	for _, decl := range decls {
		f.mention(mentioned(decl))
		f.decls = append(f.decls, decl)
		for _, spec := range decl.Specs {
			for _, name := range spec.(*ast.ValueSpec).Names {
				of[name.Name] = spec.(*ast.ValueSpec)
			}
		}
	}
	for name := range of { // earlier meanings of the names have no place in this package
		f.drop(name)
	}
	info := newInfo()
	failed := false
	conf := types.Config{Importer: d.importer, GoVersion: goVersion, Error: func(err error) {
		failed = failed || !err.(types.Error).Soft
	}}
	_, _ = conf.Check(mainPath, d.fset, []*ast.File{f.file()}, info)
	for _, init := range info.InitOrder {
		if spec := of[init.Lhs[0].Name()]; spec != nil {
			order = append(order, spec)
		}
	}
	return order, !failed
}
