package notebooks

import (
	"go/scanner"
	"go/token"
	"go/types"
	"html"
	"strings"
)

// highlight returns code as HTML, in which the parts of Go are marked with the classes
// of page.css. Code in another language is left as it is.
func highlight(code, language string) string {
	code = strings.TrimRight(code, "\n") // a cell's last line ends with the cell
	if language != "go" {
		return html.EscapeString(code)
	}
	var b strings.Builder
	tokens, done := scan(code), 0
	for i, t := range tokens {
		class := classOf(t, i+1 < len(tokens) && tokens[i+1].kind == token.LPAREN)
		b.WriteString(html.EscapeString(code[done:t.from]))
		done = t.to
		if class == "" {
			b.WriteString(html.EscapeString(code[t.from:t.to]))
		} else {
			b.WriteString(`<span class="` + class + `">` + html.EscapeString(code[t.from:t.to]) + `</span>`)
		}
	}
	b.WriteString(html.EscapeString(code[done:]))
	return b.String()
}

// A lexeme is one token of Go and where it stands.
type lexeme struct {
	kind     token.Token
	text     string
	from, to int
}

// scan lists the tokens of code that need not be right.
func scan(code string) []lexeme {
	file := token.NewFileSet().AddFile("", -1, len(code))
	var s scanner.Scanner
	s.Init(file, []byte(code), nil, scanner.ScanComments)
	var tokens []lexeme
	for {
		pos, kind, text := s.Scan()
		if kind == token.EOF {
			return tokens
		}
		if kind == token.SEMICOLON && text == "\n" {
			continue // it is not there
		}
		if text == "" {
			text = kind.String()
		}
		from := file.Offset(pos)
		tokens = append(tokens, lexeme{kind, text, from, min(from+len(text), len(code))})
	}
}

// classOf is the class that colours a token, or "".
func classOf(t lexeme, called bool) string {
	switch {
	case t.kind.IsKeyword():
		return "keyword"
	case t.kind == token.COMMENT:
		return "comment"
	case t.kind == token.STRING, t.kind == token.CHAR:
		return "string"
	case t.kind.IsLiteral() && t.kind != token.IDENT:
		return "number"
	case t.kind == token.IDENT && types.Universe.Lookup(t.text) != nil:
		return "predeclared"
	case t.kind == token.IDENT && called:
		return "function"
	}
	return ""
}
