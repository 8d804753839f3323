package cell

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
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
	s.cells[number] = code
	if at := unbalanced(code); at >= 0 {
		n := strings.Count(code[:at], "\n") + 1
		return nil, Errors{{Cell: number, Line: n, Column: at - strings.LastIndexByte(code[:at], '\n'),
			Message: "syntax error: unexpected " + code[at:at+1], Source: line(code, n)}}
	}
	var errs Errors
	part := func(k kind, head, tail string) *ast.File {
		f, err := parser.ParseFile(s.fset, strconv.Itoa(number), head+keep(code, items, separators, k)+tail,
			parser.ParseComments|parser.SkipObjectResolution)
		errs = append(errs, syntaxErrors(number, code, err)...)
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
		for _, decl := range p.decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Body == nil && len(errs) == 0 {
				errs = append(errs, s.errorAt(p, f.Pos(), "missing function body"))
			}
		}
	}
	if f := part(statementItem, statementHead, statementTail); len(errs) == 0 {
		if len(f.Decls) != 1 {
			return nil, Errors{s.errorAt(p, f.Decls[1].Pos(), "unexpected }")}
		}
		p.body = f.Decls[0].(*ast.FuncDecl).Body
		p.statements = p.body.List
	}
	if len(errs) > 0 {
		return nil, errs.sorted().leading()
	}
	return p, nil
}

// syntaxErrors turns what the parser found into our errors.
func syntaxErrors(number int, code string, err error) Errors {
	var list scanner.ErrorList
	if !errors.As(err, &list) {
		return nil
	}
	var errs Errors
	last := strings.Count(code, "\n") + 1
	for _, e := range list {
		n, column := e.Pos.Line-1, e.Pos.Column
		message := e.Msg
		if n > last { // at our closing brace: the cell ended too early
			n, column = last, len(line(code, last))+1
		}
		if strings.HasSuffix(message, "found '}'") && n == last && column > len(line(code, last)) {
			message = strings.TrimSuffix(message, "found '}'") + theEnd
		}
		message = strings.Replace(message, "found 'EOF'", theEnd, 1)
		errs = append(errs, &Error{Cell: number, Line: n, Column: column, Message: "syntax error: " + message, Source: line(code, n)})
	}
	return errs
}

// leading leaves out errors at the end of the cell that only follow from others.
func (es Errors) leading() Errors {
	var kept Errors
	for _, e := range es {
		if len(kept) == 0 || !strings.HasSuffix(e.Message, theEnd) {
			kept = append(kept, e)
		}
	}
	return kept
}

// theEnd is how our errors call what the parser finds behind the last line.
const theEnd = "found the end of the cell"

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
