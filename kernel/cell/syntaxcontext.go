package cell

import "go/token"

// A context is where in the code something unexpected stands.
type context struct {
	block   token.Token // what the innermost open brace belongs to, e.g. switch or struct; 0 outside
	bracket token.Token // the innermost open bracket
	opener  token.Token // what stands before that bracket
	header  token.Token // the keyword that begins the statement
	clause  bool        // there was a semicolon or range in the header
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
				if c.inClause() {
					c.header = 0
				}
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
			if c.clause = l.text == "semicolon" && c.inClause(); !c.clause {
				c.header = 0
			}
		case token.RANGE:
			c.clause = true
		case token.FOR, token.IF, token.SWITCH, token.SELECT, token.FUNC, token.TYPE, token.CASE, token.IMPORT, token.CONST:
			if l.tok != token.TYPE || c.before != token.LPAREN { // no x.(type)
				c.header, c.clause = l.tok, false
			}
		}
		c.earlier, c.before = c.before, l.tok
	}
	return stack[len(stack)-1]
}

// inClause reports whether the statement began with a keyword that a clause follows.
func (c context) inClause() bool {
	return c.header == token.FOR || c.header == token.IF || c.header == token.SWITCH
}

// wanted is what the compiler adds to "unexpected …" where Go's parser expected
// something else than found.
func (c context) wanted(expected string, found token.Token) string {
	switch expected {
	case ";":
		return c.wantedEnd(found)
	case "==":
		return c.wantedEnd(found)
	case "type":
		if c.bracket == token.LBRACK && c.before == token.COMMA {
			return ", expected ]"
		}
		if c.before == token.IDENT && c.earlier == token.TYPE {
			return " in type declaration"
		}
		if found == token.DEFINE && c.block != token.STRUCT {
			return ", expected ="
		}
	case "statement":
		if found == token.RPAREN || found == token.RBRACK {
			return " at end of statement"
		}
	case "}":
		switch {
		case c.block == token.SWITCH || c.block == token.SELECT:
			return ", expected case or default or }"
		case c.block == token.STRUCT && c.bracket == token.LBRACE:
			return ", expected field name or embedded type"
		case c.block == token.INTERFACE && c.bracket == token.LBRACE:
			return ", expected ~ term or type"
		}
	case "{":
		if c.clause || found == token.SEMICOLON && c.inClause() {
			return ", expected { after " + c.header.String() + " clause"
		}
	case "operand":
		if c.before == token.LBRACK && found == token.RBRACK {
			return ", expected operand"
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

// wantedEnd is wanted where Go's parser expected the end of a statement, a declaration
// or a field, or another operator than an assignment's.
func (c context) wantedEnd(found token.Token) string {
	operand := c.opener == token.IDENT || c.opener == token.RBRACK || c.opener == token.RPAREN
	switch {
	case c.bracket == token.LBRACE && c.block == token.STRUCT:
		return " in struct type; possibly missing semicolon or newline or }"
	case c.bracket == token.LBRACE && c.block == token.INTERFACE:
		return " in interface type; possibly missing semicolon or newline or }"
	case c.bracket == token.LBRACE && c.block == 0 && operand:
		return " in composite literal; possibly missing comma or }"
	case c.bracket == token.LPAREN && operand:
		return " in argument list; possibly missing comma or )"
	case c.bracket == token.LPAREN && (c.header == token.IMPORT || c.header == token.CONST || c.header == token.TYPE):
		return " in grouped declaration; possibly missing semicolon or newline or )"
	case c.bracket == token.LPAREN:
		return ", expected )"
	case c.header == token.CONST && found == token.DEFINE:
		return ", expected ="
	case c.header == token.FOR && found == token.LBRACE:
		return ", expected semicolon or newline"
	case c.inClause() && found != token.LBRACE:
		return c.wanted("{", found)
	case c.block == 0 && (c.header == token.FUNC || c.header == token.TYPE || c.header == token.IMPORT || c.header == token.CONST):
		return " after top level declaration"
	}
	return " at end of statement"
}

// expectedWords are what Go's parser says it expected, and the compiler's words.
var expectedWords = map[string]string{
	"operand": "expression", "IDENT": "name", "statement": "}", "selector or type assertion": "name or (",
}
