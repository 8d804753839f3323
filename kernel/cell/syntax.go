package cell

import (
	"cmp"
	"errors"
	"go/parser"
	"go/scanner"
	"go/token"
	"regexp"
	"slices"
	"strings"
)

// A lexeme is a token of a cell. A semicolon that nobody wrote has the text
// "newline" or "EOF".
type lexeme struct {
	offset int
	tok    token.Token
	text   string
}

// A reader reads the errors of Go's parser in a cell, and says what the compiler
// would have said. The two find the same mistakes at the same places, but for words.
type reader struct {
	number  int
	code    string
	lexemes []lexeme
	end     int          // where the last of them ends
	lexical map[int]bool // offsets of errors within a token
}

func newReader(number int, code string) *reader {
	r := &reader{number: number, code: code, lexical: map[int]bool{}}
	var s scanner.Scanner
	file := token.NewFileSet().AddFile("", -1, len(code))
	s.Init(file, []byte(code), func(pos token.Position, _ string) { r.lexical[pos.Offset] = true }, 0)
	for {
		pos, tok, text := s.Scan()
		l := lexeme{file.Offset(pos), tok, text}
		if tok != token.EOF && text != "\n" {
			r.end = min(l.offset+len(cmp.Or(text, tok.String())), len(code)) // what is no UTF-8 is longer as text
		}
		switch {
		case tok == token.EOF:
			l.text = "EOF"
		case tok == token.SEMICOLON && text == "\n":
			l.text = "newline"
		case tok == token.SEMICOLON:
			l.text = "semicolon"
		case tok == token.COMMA:
			l.text = "comma"
		case tok.IsOperator():
			l.text = tok.String()
		}
		if n := len(r.lexemes); tok == token.EOF && n > 0 && r.lexemes[n-1].text == "newline" {
			r.lexemes[n-1].text = "EOF"
		}
		r.lexemes = append(r.lexemes, l)
		if tok == token.EOF {
			return r
		}
	}
}

// syntaxErrors are the errors of each item by itself, so that a mistake in one does
// not hide those in the others; or those between them.
func syntaxErrors(number int, code string, items []item, separators []separator) Errors {
	r := newReader(number, code)
	if errs := r.errorsIn(joined(code, items, separators)); len(errs) > 0 {
		return errs
	}
	return r.errorsIn([]item{{statementItem, 0, len(code)}})
}

// surplusErrors are the errors of a cell with a closing brace at an offset that nothing
// opens: those before it, which may be why, or else the brace itself.
func (s *Session) surplusErrors(number int, code string, items []item, separators []separator, at int) Errors {
	items = joined(code, items, separators)
	before := slices.IndexFunc(append(items, item{start: at}), func(it item) bool { return it.start >= at })
	r := newReader(number, code)
	if errs := r.errorsIn(items[:before]); len(errs) > 0 {
		return errs
	}
	_, errs := s.parse(number, code[:at])
	s.texts.keep(number, code)
	n := strings.Count(code[:at], "\n") + 1
	return append(errs, &Error{Cell: number, Line: n, Column: at - strings.LastIndexByte(code[:at], '\n'),
		Message: "syntax error: unexpected }", Source: line(code, n)})
}

// errorsIn are the errors of each item.
func (r *reader) errorsIn(items []item) (errs Errors) {
	for _, it := range items {
		head, tail := fileHead, ""
		if it.kind == statementItem {
			head, tail = statementHead, statementTail
		}
		_, err := parser.ParseFile(token.NewFileSet(), "", head+blankAround(r.code, it)+tail, parser.SkipObjectResolution)
		var list scanner.ErrorList
		if !errors.As(err, &list) {
			continue
		}
		if len(list) > 1 { // the compiler looks at that only in whole statements
			list = slices.DeleteFunc(list, func(e *scanner.Error) bool { return strings.HasSuffix(e.Msg, noCall) })
		}
		if unbalanced(r.code[it.start:it.end]) {
			list = list[:1] // all that follows is a guess
		}
		for j, e := range list {
			if at := e.Pos.Offset - len(head); j == 0 || at < it.end && !consequence.MatchString(e.Msg) {
				errs = append(errs, r.read(at, e.Msg))
			}
		}
	}
	return errs.sorted().onePerLine()
}

// noCall is what is said of a defer or go that calls nothing.
const noCall = " must be function call"

// consequence is an error that follows from an earlier one: the parser has lost its
// place, and stumbles over an end.
var consequence = regexp.MustCompile(`found ('}'|newline)$|^expected ('{'|declaration)`)

// joined makes one item of those between which someone wrote a semicolon, which may
// stand in the head of a loop, and of a block and the item before, which may want it.
func joined(code string, items []item, separators []separator) []item {
	var all []item
	for i, it := range items {
		if n := len(all); n > 0 && (code[it.start] == '{' || slices.ContainsFunc(separators, func(s separator) bool { return s.after == i-1 })) {
			all[n-1].end = it.end
		} else {
			all = append(all, it)
		}
	}
	return all
}

// blankAround is code with all but one item made blank.
func blankAround(code string, it item) string {
	text := []byte(code)
	blank(text[:it.start])
	blank(text[it.end:])
	return string(text)
}

// unbalanced reports whether brackets of the code are not closed or not opened.
func unbalanced(code string) bool {
	o := outline(code)
	return o.broken || len(o.open) > 0
}

// onePerLine leaves out all but the first error of each line, as the compiler does:
// the others follow from it.
func (es Errors) onePerLine() Errors {
	return slices.CompactFunc(es, func(a, b *Error) bool { return a.Line == b.Line })
}

// read is the parser's error at an offset, in the compiler's words.
func (r *reader) read(offset int, message string) *Error {
	if r.lexical[offset] {
		offset, message = r.inToken(offset, message)
	} else {
		offset, message = r.inPhrase(min(offset, r.end), message)
	}
	n := strings.Count(r.code[:offset], "\n") + 1
	column := offset - strings.LastIndexByte(r.code[:offset], '\n')
	return &Error{Cell: r.number, Line: n, Column: column, Message: message, Source: line(r.code, n)}
}
