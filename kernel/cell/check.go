package cell

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"
)

const (
	mainPath = "main"
	bodyName = mark + "cell" // the function that holds a cell's statements while it is checked
)

// A checked package is what go/types found out about the cell, together with the
// earlier declarations that it mentions.
type checked struct {
	pkg   *types.Package
	info  *types.Info
	files []*ast.File
	body  *ast.FuncDecl // the cell's statements
	errs  []types.Error // all of them; many are none in a cell
}

// check judges a file made of the imports and declarations that roots mention,
// the entities in whole with their bodies, and the cell's statements if wanted.
//
// A file holds only what is mentioned, so that the price of a check does not grow
// with the notebook.
func (d *draft) check(whole []*entity, statements bool) *checked {
	f := d.fileBuilder(whole)
	c := &checked{info: newInfo()}
	if statements {
		c.body = &ast.FuncDecl{Name: ast.NewIdent(bodyName), Type: &ast.FuncType{Params: &ast.FieldList{}}, Body: d.cell.body}
		f.mention(mentioned(c.body))
		f.decls = append(f.decls, c.body)
	}
	conf := types.Config{
		Importer:  d.importer,
		GoVersion: goVersion,
		Error:     func(err error) { c.errs = append(c.errs, err.(types.Error)) },
	}
	c.files = []*ast.File{f.file()}
	c.pkg, _ = conf.Check(mainPath, d.fset, c.files, c.info)
	return c
}

// goVersion is the language that cells are written in.
const goVersion = "go1.26"

func newInfo() *types.Info {
	return &types.Info{
		Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Types: map[ast.Expr]types.TypeAndValue{}, Instances: map[*ast.Ident]types.Instance{},
		Selections: map[*ast.SelectorExpr]*types.Selection{}, Implicits: map[ast.Node]types.Object{},
	}
}

// A fileBuilder collects declarations until nothing that they mention is missing.
type fileBuilder struct {
	*draft
	seen  map[*entity]bool
	whole map[*entity]bool // to be checked with their bodies
	names map[string]bool  // mentioned so far
	specs []ast.Spec
	decls []ast.Decl
}

func (d *draft) fileBuilder(whole []*entity) *fileBuilder {
	f := &fileBuilder{draft: d, seen: map[*entity]bool{}, names: map[string]bool{}, whole: map[*entity]bool{}}
	for _, e := range whole {
		f.whole[e] = true
	}
	for _, e := range whole {
		f.add(e)
	}
	return f
}

// drop takes an earlier variable out of the file.
func (f *fileBuilder) drop(name string) {
	if e := f.find(name); e != nil && e.sort == varSort {
		f.decls = slices.DeleteFunc(f.decls, func(decl ast.Decl) bool { return decl == e.slim })
	}
}

func (f *fileBuilder) add(e *entity) {
	if f.seen[e] {
		return
	}
	f.seen[e] = true
	node, mentions := e.slim, e.outline
	if f.whole[e] {
		node, mentions = e.node, e.mentions
	}
	if e.sort == importSort {
		f.specs = append(f.specs, importSpec(e.names[0], e.path))
		return
	}
	f.decls = append(f.decls, node)
	f.mention(mentions)
	for _, name := range e.names {
		base, _, isMethod := strings.Cut(name, ".")
		if isMethod {
			f.mention(map[string]bool{base: true})
		}
		if e.sort == typeSort {
			for _, m := range f.methodsOf(base) {
				if method := f.find(name + "." + m); method != nil && !f.whole[method] { // those keep their order
					f.add(method)
				}
			}
		}
	}
}

// mention adds what the names stand for.
func (f *fileBuilder) mention(names map[string]bool) {
	for name := range names {
		if f.names[name] {
			continue
		}
		f.names[name] = true
		if e := f.find(name); e != nil {
			f.add(e)
		} else if path, ok := f.aliases[name]; ok {
			f.specs = append(f.specs, importSpec(name, path))
		}
	}
}

// file is the package that was collected.
func (f *fileBuilder) file() *ast.File {
	for _, path := range f.dotted {
		f.specs = append(f.specs, importSpec(".", path))
	}
	for _, spec := range f.cell.imports { // so that a wrong path is an error of the cell
		f.specs = append(f.specs, &ast.ImportSpec{Name: &ast.Ident{NamePos: spec.Pos(), Name: "_"}, Path: spec.Path})
	}
	file := &ast.File{Name: ast.NewIdent("cells")}
	if len(f.specs) > 0 {
		file.Decls = append(file.Decls, &ast.GenDecl{Tok: token.IMPORT, Specs: f.specs})
	}
	file.Decls = append(file.Decls, f.decls...)
	return file
}

func importSpec(name, path string) *ast.ImportSpec {
	return &ast.ImportSpec{Name: ast.NewIdent(name), Path: &ast.BasicLit{Kind: token.STRING, Value: strconv.Quote(path)}}
}

// mistakes are the errors that are also mistakes in a cell. An unused import or
// cell variable is none, since another cell may use it; nor is a last expression
// that is not used, since it is shown.
func (d *draft) mistakes(c *checked) []types.Error {
	top := map[token.Pos]bool{}
	for _, id := range d.topNames() {
		top[id.Pos()] = true
	}
	var last ast.Expr
	if n := len(d.cell.statements); n > 0 {
		if x, ok := d.cell.statements[n-1].(*ast.ExprStmt); ok && d.cell.showsLast {
			last = x.X
		}
	}
	var errs []types.Error
	for _, e := range c.errs {
		switch {
		case strings.HasPrefix(e.Msg, "declared and not used") && top[e.Pos]:
		case strings.HasSuffix(e.Msg, "and not used") && strings.Contains(e.Msg, "imported"):
		case strings.Contains(e.Msg, "is not used") && last != nil && last.Pos() <= e.Pos && e.Pos < last.End() && !insideLiteral(last, e.Pos):
		default:
			errs = append(errs, e)
		}
	}
	return errs
}

// insideLiteral reports whether pos is in the body of a function literal in x: a
// value unused there is a mistake as anywhere.
func insideLiteral(x ast.Expr, pos token.Pos) (inside bool) {
	ast.Inspect(x, func(n ast.Node) bool {
		if lit, ok := n.(*ast.FuncLit); ok && lit.Body.Pos() < pos && pos < lit.Body.End() {
			inside = true
		}
		return true
	})
	return inside
}

// topNames are the identifiers that define variables at the outermost level of the
// cell: with :=, or with var.
func (d *draft) topNames() []*ast.Ident {
	var ids []*ast.Ident
	for _, s := range d.cell.statements {
		for label, ok := s.(*ast.LabeledStmt); ok; label, ok = s.(*ast.LabeledStmt) {
			s = label.Stmt
		}
		switch s := s.(type) {
		case *ast.AssignStmt:
			if s.Tok == token.DEFINE {
				for _, l := range s.Lhs {
					if id, ok := l.(*ast.Ident); ok {
						ids = append(ids, id)
					}
				}
			}
		case *ast.DeclStmt:
			for _, spec := range s.Decl.(*ast.GenDecl).Specs {
				if v, ok := spec.(*ast.ValueSpec); ok {
					ids = append(ids, v.Names...)
				}
			}
		}
	}
	return ids
}
