package mathml

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// deepest is how many groups may nest. Formulas need five; the limit keeps a
// hostile notebook from exhausting the stack.
const deepest = 200

// A parser walks over the tokens of one formula.
type parser struct {
	tex    string
	tokens []token
	ends   []int // where in tex each token ends
	at     int
	depth  int
}

func (p *parser) peek() token {
	if p.at < len(p.tokens) {
		return p.tokens[p.at]
	}
	return end
}

func (p *parser) next() token {
	t := p.peek()
	p.at++
	return t
}

// skip consumes the next token if it is t.
func (p *parser) skip(t token) bool {
	if p.peek() != t {
		return false
	}
	p.at++
	return true
}

// row parses nodes up to a token at which stop says so, which it leaves there.
func (p *parser) row(stop func(token) bool) (string, error) {
	if p.depth++; p.depth > deepest {
		return "", fmt.Errorf("more than %d groups inside one another", deepest)
	}
	defer func() { p.depth-- }()
	var b strings.Builder
	fresh := true // what comes is at the beginning of an operand
	for !stop(p.peek()) {
		if p.peek() == end {
			return "", errors.New("a group or environment is not closed")
		}
		n, err := p.scripted(fresh, stop)
		if err != nil {
			return "", err
		}
		b.WriteString(n.xml)
		if n.function && !stop(p.peek()) && !closeTo[p.peek()] {
			b.WriteString(mspace("0.167em").xml)
		}
		fresh = n.open
	}
	return b.String(), nil
}

// closeTo are the tokens that stand close to the name of a function.
var closeTo = map[token]bool{"(": true, "[": true, ")": true, "]": true, ",": true, `\left`: true, `\right`: true, `\,`: true}

// mrow is row as one node.
func (p *parser) mrow(stop func(token) bool) (node, error) {
	xml, err := p.row(stop)
	return node{xml: "<mrow>" + xml + "</mrow>"}, err
}

// scripted parses one atom with what hangs on it.
func (p *parser) scripted(fresh bool, stop func(token) bool) (node, error) {
	base := node{xml: "<mrow></mrow>"} // for a script without a base, as in {}^2
	if t := p.peek(); t != "^" && t != "_" {
		var err error
		if base, err = p.atom(fresh, stop); err != nil {
			return node{}, err
		}
	}
	var sub, sup *node
	for {
		switch t := p.peek(); t {
		case `\limits`, `\nolimits`:
			base.limits = p.next() == `\limits`
		case "^", "_", "'":
			place := &sup
			if t == "_" {
				place = &sub
			}
			if *place != nil {
				return node{}, fmt.Errorf("two scripts %q on one base", t)
			}
			n, err := p.script()
			if err != nil {
				return node{}, err
			}
			*place = &n
		default:
			return scripts(base, sub, sup), nil
		}
	}
}

// script parses ^x, _x or primes. Primes and a superscript share a place:
// f'^2 is f with both.
func (p *parser) script() (node, error) {
	if p.peek() != "'" {
		p.at++ // ^ or _
		return p.argument()
	}
	primes := ""
	for p.skip("'") {
		primes += "′"
	}
	n := mo(primes, "")
	if !p.skip("^") {
		return n, nil
	}
	sup, err := p.argument()
	return element("mrow", n, sup), err
}

// argument parses one group, or the one token that TeX takes without braces; of a
// number that is one digit, as in \frac12.
func (p *parser) argument() (node, error) {
	t := p.peek()
	switch {
	case slices.Contains([]token{end, "}", "&", `\\`, "^", "_"}, t):
		return node{}, fmt.Errorf("an argument is missing before %q", string(t))
	case len(t) > 1 && isDigit(rune(t[0])):
		p.tokens[p.at] = t[1:]
		return mn(string(t[:1])), nil
	}
	return p.atom(true, func(token) bool { return false })
}

// group parses {…}, whose opening brace is consumed already.
func (p *parser) group() (node, error) {
	n, err := p.mrow(func(t token) bool { return t == "}" })
	p.at++
	return n, err
}

// text cuts out {…} as it stands in the source, where space counts.
func (p *parser) text() (string, error) {
	if !p.skip("{") {
		return "", fmt.Errorf("want {text}, got %q", string(p.peek()))
	}
	from := p.ends[p.at-1]
	for depth := 1; ; {
		switch p.next() {
		case end:
			return "", errors.New("{text} is not closed")
		case "{":
			depth++
		case "}":
			if depth--; depth == 0 {
				return p.tex[from : p.ends[p.at-1]-1], nil
			}
		}
	}
}

// atom parses one thing that scripts can hang on.
func (p *parser) atom(fresh bool, stop func(token) bool) (node, error) {
	t := p.next()
	first, _ := utf8.DecodeRuneInString(string(t))
	switch {
	case t == "{":
		return p.group()
	case t == "}", t == "&", t == `\\`:
		return node{}, fmt.Errorf("%q is out of place", string(t))
	case t == "~":
		return mspace(spaces["~"]), nil
	case first == '\\':
		return p.command(string(t[1:]), fresh, stop)
	case isDigit(first):
		return mn(string(t)), nil
	case unicode.IsLetter(first):
		return mi(string(t)), nil
	case strings.ContainsRune("()[]|/", first):
		n := mo(string(t), `stretchy="false"`)
		n.open = first == '(' || first == '[' || first == '/' || first == '|'
		return n, nil
	}
	return operator(string(t), fresh), nil
}

// operator is an operator character. At the beginning of an operand, a plus or
// minus is a sign, which stands closer.
func operator(char string, fresh bool) node {
	if c, ok := characters[token(char)]; ok {
		char = c
	}
	form := ""
	if fresh && strings.Contains("+−±∓", char) {
		form = `form="prefix"`
	}
	n := mo(char, form)
	n.open = char != "!" // a factorial ends an operand
	return n
}
