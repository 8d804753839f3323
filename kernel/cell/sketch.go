package cell

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
)

// A sketch is an unfinished cell: as much of its syntax as could be made out, and what
// the checker says of it. It lasts for one question and leaves nothing in the session.
type sketch struct {
	*draft
	*checked
	files []*token.File // of the imports, declarations and statements
	base  int           // where the positions of the sketch begin
}

// sketchNumber is the number of a cell that was never run.
const sketchNumber = -1

// sketch makes syntax of text that goes from head to tail, and checks it. It returns also
// the nodes around the identifier that starts at an offset, from the outermost to the
// identifier itself; none if it is nowhere in the syntax.
//
// Where head ends something is missing, so sketch tries what the writer may be about to
// type there: the closing brackets, a block, the colon of a case, the call of a defer. If nothing makes it Go,
// it takes what the parser can save of the whole, and at last of one line.
func (s *Session) sketch(head, tail string, at int) (*sketch, []ast.Node) {
	inner, outer := unclosed(head)
	for _, insert := range []string{"", " {}", ":", "()"} {
		for _, text := range candidates(head, inner, outer, insert, tail) {
			k, clean := s.roughly(text)
			if nodes := k.around(at); clean && nodes != nil {
				return k.look(), nodes
			}
			k.close()
		}
	}
	k, _ := s.roughly(head + tail)
	nodes := k.around(at)
	if nodes == nil {
		k.close()
		line := []byte(head)
		blank(line[:strings.LastIndexByte(head, '\n')+1])
		k, _ = s.roughly(string(line) + inner)
		nodes = k.around(at)
	}
	return k.look(), nodes
}

// candidates are the texts that may be Go with something inserted where head ends: those
// whose brackets match. The first keeps the tail if it can; the last does without, since
// what follows may be the end of something else.
func candidates(head, inner, outer, insert, tail string) []string {
	var texts []string
	switch unopened(tail) {
	case inner + outer:
		texts = append(texts, head+insert+tail)
	case outer:
		texts = append(texts, head+inner+insert+tail)
	}
	if tail != "" || inner+outer != "" {
		texts = append(texts, head+inner+insert+outer)
	}
	return texts
}

// roughly parses text as parse does, but keeps what it gets in spite of errors; clean
// tells that there were none.
func (s *Session) roughly(text string) (k *sketch, clean bool) {
	items, separators := split(text)
	p := &parsed{number: sketchNumber, code: text, body: &ast.BlockStmt{}}
	k, clean = &sketch{base: s.fset.Base()}, true
	part := func(kind kind, head, tail string) *ast.File {
		file, err := parser.ParseFile(s.fset, strconv.Itoa(sketchNumber), head+keep(text, items, separators, kind)+tail,
			parser.ParseComments|parser.SkipObjectResolution)
		clean = clean && err == nil
		k.files = append(k.files, s.fset.File(file.FileStart))
		return file
	}
	p.imports = part(importItem, fileHead, "").Imports
	p.decls = part(declItem, fileHead, "").Decls
	statements := part(statementItem, statementHead, statementTail).Decls
	clean = clean && len(statements) == 1
	if len(statements) > 0 {
		if f, ok := statements[0].(*ast.FuncDecl); ok && f.Body != nil {
			p.body, p.statements = f.Body, f.Body.List
		}
	}
	k.draft = s.draft(p)
	return k, clean
}

// look checks the sketch: once for its statements, and once more for the bodies of
// functions, which may use the variables that the first check found.
//
// The checker expects what a parser made without complaint. Should it stumble over what
// was saved from a text that is not Go, the cell is as good as empty.
func (k *sketch) look() (looked *sketch) {
	looked = k // also after a panic
	defer func() {
		if recover() != nil {
			k.draft = k.Session.draft(&parsed{number: sketchNumber, body: &ast.BlockStmt{}})
			k.checked = k.check(nil, true)
		}
	}()
	k.declare()
	k.autoImport()
	k.checked = k.check(k.outlines(), true)
	if k.importUndefined(k.errs) {
		k.checked = k.check(k.outlines(), true)
	}
	if len(k.functions()) > 0 {
		k.variables(k.checked)
		k.checked = k.check(k.fresh, true)
	}
	return k
}

// close gives the positions of the sketch back.
func (k *sketch) close() {
	var files []*token.File
	k.fset.Iterate(func(file *token.File) bool {
		if file.Base() >= k.base {
			files = append(files, file)
		}
		return true
	})
	for _, file := range files {
		k.fset.RemoveFile(file)
	}
}

// offset is where in the text of the sketch a position is, or -1.
func (k *sketch) offset(pos token.Pos) int {
	for i, head := range []string{fileHead, fileHead, statementHead} {
		if file := k.files[i]; file != nil && file.Base() <= int(pos) && int(pos) <= file.Base()+file.Size() {
			return file.Offset(pos) - len(head)
		}
	}
	return -1
}

// around lists the nodes from the outermost to the identifier at an offset, or nil.
func (k *sketch) around(at int) []ast.Node {
	var stack, found []ast.Node
	for _, node := range k.syntax() {
		ast.Inspect(node, func(n ast.Node) bool {
			if n == nil {
				stack = stack[:len(stack)-1]
				return true
			}
			stack = append(stack, n)
			if id, ok := n.(*ast.Ident); ok && found == nil && k.offset(id.Pos()) == at {
				found = append(found, stack...)
			}
			return true
		})
	}
	return found
}

// unclosed lists the closing brackets that text lacks: those opened since its last open
// brace, and the others.
func unclosed(text string) (inner, outer string) {
	open, _ := unmatched(text)
	inner, _, _ = strings.Cut(open, "}")
	return inner, strings.TrimPrefix(open, inner)
}

// unopened lists the closing brackets of text that nothing in it opens.
func unopened(text string) string {
	_, closed := unmatched(text)
	return closed
}

// unmatched lists the brackets that would close what text opens, the innermost first, and
// those that close what it does not open, the first one first.
func unmatched(text string) (open, closed string) {
	var stack []byte
	for _, s := range scan(text) {
		switch s.tok {
		case token.LPAREN:
			stack = append(stack, ')')
		case token.LBRACK:
			stack = append(stack, ']')
		case token.LBRACE:
			stack = append(stack, '}')
		case token.RPAREN, token.RBRACK, token.RBRACE:
			if len(stack) > 0 {
				stack = stack[:len(stack)-1]
			} else {
				closed += s.tok.String()
			}
		}
	}
	slices.Reverse(stack)
	return string(stack), closed
}
