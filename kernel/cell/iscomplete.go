package cell

import (
	"go/scanner"
	"go/token"
	"strings"
)

// The answers of [IsComplete], in the words of the protocol.
const (
	codeComplete   = "complete"
	codeIncomplete = "incomplete"
	codeInvalid    = "invalid"
)

// IsComplete tells a console whether to run code ("complete"), to ask for another line
// ("incomplete"), or that no further line can make it Go ("invalid"). When it is
// incomplete, indent is what the next line should start with.
func IsComplete(code string) (status, indent string) {
	if isCommand(code) {
		return codeComplete, ""
	}
	o := outline(code)
	switch {
	case o.broken:
		return codeInvalid, ""
	case o.inText:
		return codeIncomplete, ""
	case len(o.open) > 0 || !o.ended:
		return codeIncomplete, nextIndent(code, o)
	}
	s := &Session{fset: token.NewFileSet()}
	if _, errs := s.parse(0, code); len(errs) > 0 {
		return codeInvalid, ""
	}
	return codeComplete, ""
}

// isCommand reports whether code is for the kernel rather than for Go: %get, ?name or
// name?. Such a line is never continued.
func isCommand(code string) bool {
	code = strings.TrimSpace(code)
	return strings.HasPrefix(code, "%") || strings.HasPrefix(code, "?") || strings.HasSuffix(code, "?")
}

// A shape is what the tokens of a text say about whether it goes on.
type shape struct {
	open   []token.Token // brackets that are not closed
	last   token.Token   // the last token that is not a comment
	ended  bool          // a statement may end here
	inText bool          // inside a raw string or a comment: anything may follow
	broken bool          // a bracket is closed that was not opened, or a text cannot go on
}

var closing = map[token.Token]token.Token{
	token.RPAREN: token.LPAREN, token.RBRACK: token.LBRACK, token.RBRACE: token.LBRACE,
}

// outline scans code.
func outline(code string) shape {
	var sc scanner.Scanner
	o := shape{ended: true}
	file := token.NewFileSet().AddFile("", -1, len(code))
	sc.Init(file, []byte(code), func(_ token.Position, message string) {
		switch message {
		case "raw string literal not terminated", "comment not terminated":
			o.inText = true
		default:
			o.broken = true
		}
	}, 0)
	for {
		_, tok, literal := sc.Scan()
		switch tok {
		case token.EOF:
			return o
		case token.SEMICOLON:
			// The scanner puts one at a line end after a token that can end a statement.
			o.ended = true
			if literal == ";" {
				o.last = tok
			}
			continue
		case token.LPAREN, token.LBRACK, token.LBRACE:
			o.open = append(o.open, tok)
		case token.RPAREN, token.RBRACK, token.RBRACE:
			n := len(o.open)
			if n == 0 || o.open[n-1] != closing[tok] {
				o.broken = true
				return o
			}
			o.open = o.open[:n-1]
		}
		o.last, o.ended = tok, false
	}
}

// goesOn reports whether an expression or statement outside of brackets lacks its end.
func (o shape) goesOn() bool {
	return !o.ended && o.last != token.COMMA && o.last != token.SEMICOLON && len(o.open) == 0
}

// nextIndent is the white space of the last line that has any text, and a tab more if that
// line opens something: a bracket, a case, or an expression that goes on and did not before.
func nextIndent(code string, o shape) string {
	lines := strings.Split(strings.TrimRight(code, " \t\r\n"), "\n")
	last := lines[len(lines)-1]
	indent := last[:len(last)-len(strings.TrimLeft(last, " \t"))]
	before := outline(strings.Join(lines[:len(lines)-1], "\n"))
	if len(o.open) > len(before.open) || o.last == token.LBRACE || o.last == token.COLON || o.goesOn() && !before.goesOn() {
		return indent + "\t"
	}
	return indent
}
