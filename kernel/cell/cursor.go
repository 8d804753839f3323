package cell

import (
	"go/scanner"
	"go/token"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Completion and inspection look at a cell that is being written. This file finds out
// where in it the cursor is; sketch.go makes syntax of text that is not yet Go.

// A word is what stands at the cursor. Offsets are in bytes.
type word struct {
	start, end int    // of the identifier around the cursor; both at the cursor if there is none
	before     []span // the tokens before it, comments left out
	inText     bool   // the cursor is in a string, a comment or a number, where no name can be
	path       int    // the offset where an import path starts that holds the cursor, or -1
}

// A span is a token where it stands.
type span struct {
	tok        token.Token
	start, end int
	literal    string
}

// previous is the n-th token before the word, counted from 1, or ILLEGAL.
func (w word) previous(n int) token.Token {
	if n > len(w.before) {
		return token.ILLEGAL
	}
	return w.before[len(w.before)-n].tok
}

// byteOffset turns a count of code points into one of bytes; it reports false for a cursor
// outside the code.
func byteOffset(code string, points int) (int, bool) {
	if points < 0 {
		return 0, false
	}
	for offset := range code {
		if points == 0 {
			return offset, true
		}
		points--
	}
	return len(code), points == 0
}

// points counts the code points before a byte offset.
func points(code string, offset int) int { return utf8.RuneCountInString(code[:offset]) }

// wordAt finds the word at a byte offset.
func wordAt(code string, offset int) word {
	w := word{start: offset, end: offset, path: -1}
	imports := importState{}
	for _, s := range scan(code) {
		inside := s.start < offset && offset < s.end
		atEnd := offset == s.end && s.start < offset
		switch s.tok {
		case token.COMMENT:
			if inside || atEnd && (strings.HasPrefix(s.literal, "//") || !strings.HasSuffix(s.literal, "*/")) {
				w.inText = true
				return w
			}
			continue
		case token.STRING:
			if inside || atEnd && !terminated(s.literal) {
				w.inText = true
				if imports.path() {
					w.path = s.start + 1
				}
				return w
			}
		case token.CHAR, token.INT, token.FLOAT, token.IMAG:
			if inside || atEnd && (s.tok != token.CHAR || !terminated(s.literal)) {
				w.inText = true
				return w
			}
		}
		if s.start > offset {
			return w
		}
		if isWord(s) && s.start <= offset && offset <= s.end {
			w.start, w.end = s.start, s.end
			return w
		}
		if s.end <= offset && s.start < offset { // a line's semicolon has no width
			imports.next(s)
			w.before = append(w.before, s)
		}
	}
	return w
}

// isWord reports whether a token is an identifier, or a keyword that may be the beginning
// of one.
func isWord(s span) bool { return s.tok == token.IDENT || s.tok.IsKeyword() }

// terminated reports whether a string or rune literal has its closing quote.
func terminated(literal string) bool {
	if len(literal) < 2 || literal[len(literal)-1] != literal[0] {
		return false
	}
	if literal[0] == '`' {
		return true
	}
	_, err := strconv.Unquote(literal)
	return err == nil || !strings.HasSuffix(literal, `\`+literal[:1])
}

// An importState follows the tokens of import declarations.
type importState struct{ keyword, group bool }

func (i *importState) next(s span) {
	switch {
	case s.tok == token.IMPORT:
		*i = importState{keyword: true}
	case s.tok == token.LPAREN && i.keyword:
		i.group = true
	case s.tok == token.RPAREN, s.tok == token.SEMICOLON && !i.group:
		*i = importState{}
	}
}

// path reports whether a string that comes next is an import path.
func (i *importState) path() bool { return i.keyword }

// scan lists the tokens of code, comments and automatic semicolons included. It never
// fails: what is no token is ILLEGAL.
func scan(code string) []span {
	var sc scanner.Scanner
	file := token.NewFileSet().AddFile("", -1, len(code))
	sc.Init(file, []byte(code), func(token.Position, string) {}, scanner.ScanComments)
	var spans []span
	for {
		pos, tok, literal := sc.Scan()
		if tok == token.EOF {
			return spans
		}
		text := literal
		if text == "" {
			text = tok.String()
		}
		start := file.Offset(pos)
		end := min(start+len(text), len(code))
		if tok == token.SEMICOLON && literal == "\n" {
			end = start
		}
		spans = append(spans, span{tok, start, end, literal})
	}
}
