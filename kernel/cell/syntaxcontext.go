package cell

import "go/token"

// A context is where in the code something unexpected stands.
type context struct {
	block   token.Token // what the innermost open brace belongs to, e.g. switch or struct; 0 outside
	bracket token.Token // the innermost open bracket
	opener  token.Token // what stands before that bracket
	header  token.Token // the keyword that begins the statement
	before  token.Token // the token before
	earlier token.Token // and the one before that
}

// context looks at the lexemes before the i-th.
func (r *reader) context(i int) context {
	stack := []context{{}}
	for _, l := range r.lexemes[:i] {
		c := &stack[len(stack)-1]
		switch l.tok {
		case token.LPAREN, token.LBRACK, token.LBRACE:
			inner := context{block: c.block, bracket: l.tok, opener: c.before, header: c.header}
			if l.tok == token.LBRACE {
				inner.block, inner.header = c.header, 0
				if c.before == token.STRUCT || c.before == token.INTERFACE {
					inner.block = c.before
				}
			}
			c.earlier, c.before = c.before, l.tok
			inner.before, inner.earlier = c.before, c.earlier
			stack = append(stack, inner)
			continue
		case token.RPAREN, token.RBRACK, token.RBRACE:
			if len(stack) > 1 {
				stack = stack[:len(stack)-1]
				c = &stack[len(stack)-1]
			}
		case token.SEMICOLON:
			if l.text != "semicolon" || c.header != token.FOR && c.header != token.IF && c.header != token.SWITCH {
				c.header = 0
			}
		case token.FOR, token.IF, token.SWITCH, token.SELECT, token.FUNC, token.TYPE, token.CASE:
			c.header = l.tok
		}
		c.earlier, c.before = c.before, l.tok
	}
	return stack[len(stack)-1]
}

// wanted is what the compiler adds to "unexpected …" where Go's parser expected
// something else than found.
func (c context) wanted(expected string, found token.Token) string {
	newline := found == token.SEMICOLON
	switch expected {
	case ";":
		switch {
		case c.block == token.STRUCT && c.bracket == token.LBRACE:
			return " in struct type; possibly missing semicolon or newline or }"
		case c.block == token.INTERFACE && c.bracket == token.LBRACE:
			return " in interface type; possibly missing semicolon or newline or }"
		case c.header == token.FOR && found == token.LBRACE:
			return ", expected semicolon or newline"
		case c.block == 0 && (c.header == token.FUNC || c.header == token.TYPE):
			return " after top level declaration"
		}
		return " at end of statement"
	case "==":
		return " at end of statement"
	case "type":
		if c.before == token.IDENT && c.earlier == token.TYPE {
			return " in type declaration"
		}
		if found == token.DEFINE {
			return ", expected ="
		}
	case "statement":
		if found == token.RPAREN || found == token.RBRACK {
			return " at end of statement"
		}
	case "}":
		if c.block == token.SWITCH || c.block == token.SELECT {
			return ", expected case or default or }"
		}
	case "{":
		if newline && c.header == token.FOR {
			return ", expected { after for clause"
		}
	case "]":
		if c.opener == token.IDENT || c.opener == token.RPAREN || c.opener == token.RBRACK {
			return ", expected comma, : or ]"
		}
	}
	if words, ok := expectedWords[expected]; ok {
		expected = words
	}
	return ", expected " + expected
}

// expectedWords are what Go's parser says it expected, and the compiler's words.
var expectedWords = map[string]string{
	"operand": "expression", "IDENT": "name", "statement": "}", "selector or type assertion": "name or (",
}
