package cell

import (
	"fmt"
	"go/token"
	"regexp"
	"slices"
	"strings"
)

// inToken puts an error of Go's scanner into the compiler's words.
func (r *reader) inToken(offset int, message string) (int, string) {
	rest, _, more := strings.Cut(r.code[offset:], "\n")
	switch {
	case message == "illegal rune literal" && strings.HasPrefix(rest, "''"):
		return offset + 1, "empty rune literal or unescaped '"
	case message == "illegal rune literal":
		return offset, "more than one character in rune literal"
	case message == "string literal not terminated" && more:
		return offset + len(rest), "newline in string"
	case strings.HasSuffix(message, "string literal not terminated"):
		return offset, "string not terminated"
	case strings.HasPrefix(message, "curly quotation mark"):
		c := []rune(rest)[0]
		return offset, fmt.Sprintf("invalid character %U '%c' in identifier (did you mean \"?)", c, c)
	}
	message = strings.Replace(message, "illegal character", "invalid character", 1)
	return offset, strings.Replace(message, "unknown escape sequence", "unknown escape", 1)
}

// expectation is what the parser says that it expected, or the list with a gap.
var expectation = regexp.MustCompile(`^expected '?(.*?)'?, found |^missing ',' (?:before newline )?in (.*)$`)

// inPhrase puts an error of Go's parser into the compiler's words. Some are none of the
// syntax to the compiler.
func (r *reader) inPhrase(offset int, message string) (int, string) {
	i := slices.IndexFunc(r.lexemes, func(l lexeme) bool { return l.offset >= offset })
	switch m := expectation.FindStringSubmatch(message); {
	case m != nil:
		offset, message = r.unexpected(i, m[1], m[2])
	case message == "illegal label declaration":
		message = "unexpected :" + r.context(i).wantedEnd(token.COLON)
	case message == "expected 1 expression":
		i = r.endOfList(i)
		offset, message = r.lexemes[i].offset, "unexpected "+r.lexemes[i].name()+", expected := or = or comma"
	case message == "expected type argument list":
		message = "unexpected " + r.lexemes[i].name() + ", " + message
	case strings.HasPrefix(message, "can only use ..."):
		return offset, message
	case strings.HasSuffix(message, noCall):
		for ; i > 1 && r.lexemes[i-1].tok != token.DEFER && r.lexemes[i-1].tok != token.GO; i-- {
		}
		return r.lexemes[i].offset, message
	}
	return offset, "syntax error: " + strings.Replace(message, "expecting", "expected", 1)
}

// unexpected says that lexeme i is not what was expected, or that a comma is missing
// before it in a list.
func (r *reader) unexpected(i int, expected, list string) (int, string) {
	offset := r.lexemes[i].offset
	at := r.context(i)
	found := "unexpected " + r.lexemes[i].name()
	switch {
	case list == "composite literal":
		return offset, found + " in " + list + "; possibly missing comma or }"
	case list == "type argument list":
		return offset, found + ", expected ]"
	case list != "" && at.bracket == token.LBRACK:
		return offset, found + " in " + list + "; possibly missing comma or ]"
	case list != "":
		return offset, found + " in " + list + "; possibly missing comma or )"
	case expected == "declaration" && at.before != token.SEMICOLON && at.before != 0:
		return offset, found + " after top level declaration"
	case expected == "declaration":
		return offset, "non-declaration statement outside function body"
	case expected == "boolean expression" || expected == "boolean or range expression" || expected == "switch expression":
		return r.assignment(i)
	case expected == "if statement or block":
		return offset, "else must be followed by if or statement block"
	case r.lexemes[i].tok == token.VAR && at.before == token.FOR:
		return r.lexemes[i+1].offset, "var declaration not allowed in for initializer"
	case expected == "type" && at.before == token.CHAN:
		return offset, "missing channel element type"
	}
	return offset, found + at.wanted(expected, r.lexemes[i].tok)
}

// name is how the compiler calls a token.
func (l lexeme) name() string {
	switch {
	case l.tok == token.IDENT:
		return "name " + l.text
	case l.tok.IsLiteral():
		return "literal " + l.text
	case l.tok.IsKeyword():
		return "keyword " + l.text
	}
	return l.text
}

// endOfList is the lexeme after the list of expressions that begins at the i-th.
func (r *reader) endOfList(i int) int {
	depth := 0
	for ; i < len(r.lexemes)-1; i++ {
		switch r.lexemes[i].tok {
		case token.LPAREN, token.LBRACK, token.LBRACE:
			depth++
		case token.RPAREN, token.RBRACK, token.RBRACE:
			depth--
		case token.COLON, token.SEMICOLON:
			if depth == 0 {
				return i
			}
		}
		if depth < 0 {
			return i
		}
	}
	return i
}

// assignment says that an assignment, which begins at lexeme i, is no condition.
func (r *reader) assignment(i int) (int, string) {
	end := i + slices.IndexFunc(r.lexemes[i:], func(l lexeme) bool {
		return l.tok == token.LBRACE || l.tok == token.SEMICOLON || l.tok == token.EOF
	})
	operator := i + slices.IndexFunc(r.lexemes[i:], func(l lexeme) bool { return l.tok == token.ASSIGN || l.tok == token.DEFINE || l.tok == token.EOF })
	text := strings.TrimSpace(r.code[r.lexemes[i].offset:r.lexemes[end].offset])
	if r.lexemes[operator].tok == token.ASSIGN {
		text = "assignment " + text
	}
	return r.lexemes[operator].offset, "cannot use " + text + " as value"
}
