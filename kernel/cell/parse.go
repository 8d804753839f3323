package cell

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
)

// A parsed cell is its syntax, in the three parts that a Go file keeps apart. All
// positions are those of the cell's text: see Session.position.
type parsed struct {
	number     int
	code       string
	program    bool // it has a package clause: a whole program, not a cell
	imports    []*ast.ImportSpec
	decls      []ast.Decl
	statements []ast.Stmt
	body       *ast.BlockStmt // the statements, with the positions of their braces
	showsLast  bool           // the last item of the text is a statement
}

// The first line of each parsed file is ours, so that line n of the cell is line
// n+1 of the file and columns need no correction.
const (
	fileHead      = "package p\n"
	statementHead = "package p; func _() {\n"
	statementTail = "\n}\n"
)

// parse parses the text of a cell.
func (s *Session) parse(number int, code string) (*parsed, Errors) {
	items, separators := split(code)
	p := &parsed{number: number, code: code}
	s.texts.keep(number, code)
	if at := surplus(code); at >= 0 {
		return nil, s.surplusErrors(number, code, items, separators, at)
	}
	wrong := false
	part := func(k kind, head, tail string) *ast.File {
		f, err := parser.ParseFile(s.fset, strconv.Itoa(number), head+keep(code, items, separators, k)+tail,
			parser.ParseComments|parser.SkipObjectResolution)
		wrong = wrong || err != nil
		return f
	}
	has := map[kind]bool{}
	for _, it := range items {
		has[it.kind] = true
		p.showsLast = it.kind == statementItem
		p.program = p.program || it.kind == clauseItem
	}
	if has[importItem] {
		p.imports = part(importItem, fileHead, "").Imports
	}
	if has[declItem] {
		p.decls = part(declItem, fileHead, "").Decls
	}
	body := part(statementItem, statementHead, statementTail)
	if wrong {
		return nil, syntaxErrors(number, code, items, separators)
	}
	if len(body.Decls) != 1 {
		return nil, Errors{s.errorAt(p, body.Decls[1].Pos(), "syntax error: unexpected }")}
	}
	p.body = body.Decls[0].(*ast.FuncDecl).Body
	p.statements = p.body.List
	if errs := s.misdeclared(p); len(errs) > 0 {
		return nil, errs
	}
	return p, nil
}

// misdeclared tells which functions of the cell lack a body, or have it in a line of its
// own, or are init or main and take or return something.
func (s *Session) misdeclared(p *parsed) (errs Errors) {
	for _, decl := range p.decls {
		f, ok := decl.(*ast.FuncDecl)
		if !ok {
			continue
		}
		special := f.Recv == nil && (f.Name.Name == "init" || f.Name.Name == "main")
		switch after := p.code[s.fset.Position(f.End()).Offset-len(fileHead):]; {
		case f.Body == nil && strings.HasPrefix(strings.TrimLeft(after, " \t\r\n"), "{"):
			errs = append(errs, s.errorAt(p, f.End()+token.Pos(strings.IndexByte(after, '{')), "syntax error: unexpected semicolon or newline before {"))
		case f.Body == nil:
			errs = append(errs, s.errorAt(p, f.Name.Pos(), "missing function body"))
		case special && f.Type.TypeParams.NumFields() > 0:
			errs = append(errs, s.errorAt(p, f.Type.TypeParams.List[0].Pos(), "func "+f.Name.Name+" must have no type parameters"))
		case special && f.Type.Params.NumFields()+f.Type.Results.NumFields() > 0:
			errs = append(errs, s.errorAt(p, f.Name.Pos(), "func "+f.Name.Name+" must have no arguments and no return values"))
		}
	}
	return errs
}

// position says where in which cell pos is.
func (s *Session) position(pos token.Pos) (cell, line, column int) {
	p := s.fset.Position(pos)
	cell, err := strconv.Atoi(p.Filename)
	if err != nil {
		return 0, 0, 0
	}
	return cell, p.Line - 1, p.Column
}

// directive is the comment that gives the text after it the position pos, in the
// form that the interpreter reports: see interp.Frame.
func (s *Session) directive(pos token.Pos) string {
	cell, line, column := s.position(pos)
	if line < 1 {
		return ""
	}
	return fmt.Sprintf("/*line In[%d]/_.go:%d:%d*/", cell, line, column)
}
