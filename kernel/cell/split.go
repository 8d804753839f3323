package cell

import (
	"bytes"
	"go/scanner"
	"go/token"
	"slices"
	"strings"
)

// A kind says where a piece of a cell belongs in a Go file.
type kind int

const (
	clauseItem    kind = iota // package main
	importItem                // import "fmt"
	declItem                  // type, const, func with a name
	statementItem             // everything else, var included: it runs in its turn
)

// An item is a piece of a cell between two semicolons of its outermost level.
type item struct {
	kind       kind
	start, end int // byte offsets in the cell's text
}

// A separator is a semicolon that someone wrote between two items.
type separator struct{ after, at int } // index of the item before, byte offset

// split cuts code at the semicolons of its outermost level, which are mostly those
// that Go's scanner puts at line ends. It never fails: what is not Go becomes a
// statement, and the parser will say what is wrong with it.
func split(code string) (items []item, separators []separator) {
	var s scanner.Scanner
	file := token.NewFileSet().AddFile("", -1, len(code))
	s.Init(file, []byte(code), func(token.Position, string) {}, 0)
	depth, start := 0, -1
	var tokens []token.Token
	flush := func(end int) {
		if start >= 0 {
			items = append(items, item{classify(tokens), start, end})
		}
		start, tokens = -1, nil
	}
	for {
		pos, tok, literal := s.Scan()
		offset := file.Offset(pos)
		switch tok {
		case token.EOF:
			flush(len(code))
			return items, separators
		case token.SEMICOLON:
			if depth > 0 {
				break
			}
			flush(offset)
			if literal == ";" {
				separators = append(separators, separator{len(items) - 1, offset})
			}
			continue
		case token.LPAREN, token.LBRACK, token.LBRACE:
			depth++
		case token.RPAREN, token.RBRACK, token.RBRACE:
			depth--
		}
		if start < 0 {
			start = offset
		}
		tokens = append(tokens, tok)
	}
}

// surplus is the offset of the first closing brace that nothing opens, or -1.
func surplus(code string) int {
	var s scanner.Scanner
	file := token.NewFileSet().AddFile("", -1, len(code))
	s.Init(file, []byte(code), func(token.Position, string) {}, 0)
	depth := 0
	for {
		pos, tok, _ := s.Scan()
		switch tok {
		case token.EOF:
			return -1
		case token.LBRACE:
			depth++
		case token.RBRACE:
			if depth--; depth < 0 {
				return file.Offset(pos)
			}
		}
	}
}

// classify tells from its tokens what an item is.
func classify(tokens []token.Token) kind {
	switch tokens[0] {
	case token.PACKAGE:
		return clauseItem
	case token.IMPORT:
		return importItem
	case token.TYPE, token.CONST:
		return declItem
	case token.FUNC:
		if len(tokens) > 1 && (tokens[1] == token.IDENT || tokens[1] == token.LPAREN && isMethod(tokens)) {
			return declItem
		}
	}
	return statementItem
}

// isMethod tells func (r T) name( from the literal func (a int) { and the call
// func (a int) {}(1).
func isMethod(tokens []token.Token) bool {
	depth := 0
	for i, tok := range tokens[1:] {
		switch tok {
		case token.LPAREN:
			depth++
		case token.RPAREN:
			depth--
			if depth == 0 {
				rest := tokens[i+2:]
				if len(rest) < 2 || rest[0] != token.IDENT {
					return false
				}
				if at := slices.Index(rest, token.RBRACK); rest[1] == token.LBRACK && at > 0 && at+1 < len(rest) {
					return rest[at+1] == token.LPAREN // a method with type parameters, which is a mistake
				}
				return rest[1] == token.LPAREN
			}
		}
	}
	return false
}

// keep is code with every item but those of one kind made blank. Lines and columns
// stay where they were, and so do the comments between items.
func keep(code string, items []item, separators []separator, k kind) string {
	text := []byte(code)
	for _, it := range items {
		if it.kind != k {
			blank(text[it.start:it.end])
		}
	}
	for _, s := range separators {
		if s.after < 0 || items[s.after].kind != k {
			text[s.at] = ' '
		}
	}
	return string(text)
}

// blank overwrites text with spaces, line ends excepted.
func blank(text []byte) {
	for i, c := range text {
		if c != '\n' {
			text[i] = ' '
		}
	}
}

// line is the text of a line of code, counted from one.
func line(code string, n int) string {
	lines := strings.Split(code, "\n")
	if n < 1 || n > len(lines) {
		return ""
	}
	return string(bytes.TrimRight([]byte(lines[n-1]), "\r"))
}
