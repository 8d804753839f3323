package graph

import (
	"fmt"
	"slices"
	"strings"
)

// A term is a part of a formula with how tightly its outermost operation binds.
type term struct {
	text  string
	binds binding
	sign  string // of the outermost operation, where products of two kinds meet
}

// A binding orders operations: what binds tighter needs no parentheses inside what
// binds less.
type binding int

const (
	sum     binding = iota // a + b, a − b
	product                // a·b, a/b, −a
	power                  // a²
	atom                   // a, f(a)
)

// within returns the text, in parentheses if it binds less than b.
func (t term) within(b binding) string {
	if t.binds < b {
		return "(" + t.text + ")"
	}
	return t.text
}

// matrixSign is the sign of the matrix product. It binds as · does, but the two do
// not associate: (a·b)@c is not a·(b@c).
const matrixSign = "@"

// beside returns the text as an operand of a sign that binds like b.
func (t term) beside(sign string, b binding) string {
	if b == product && t.binds == product && (t.sign == matrixSign) != (sign == matrixSign) {
		return "(" + t.text + ")"
	}
	return t.within(b)
}

// infix writes a sign between two operands. The right one of − and / must bind
// tighter than the sign: a − (b − c).
func infix(in []term, sign string, b binding) term {
	right := b
	if sign == " − " || sign == "/" {
		right++
	}
	return term{in[0].beside(sign, b) + sign + unsigned(in[1].beside(sign, right)), b, sign}
}

// unsigned puts what begins with a minus in parentheses, so that no two signs meet.
func unsigned(text string) string {
	if strings.HasPrefix(text, "−") {
		return "(" + text + ")"
	}
	return text
}

func prefix(sign string, in term) term  { return term{text: sign + in.within(atom), binds: power} }
func postfix(in term, sign string) term { return term{text: in.within(atom) + sign, binds: power} }
func call(name string, in term) term    { return term{text: name + "(" + in.text + ")", binds: atom} }

// Formula writes how the node is computed, with the names of its placeholders and
// variables: (w·x + b − y)². The nodes in stop are written by their label, as if
// they were leaves.
func (n *Node) Formula(stop ...*Node) string {
	terms := map[*Node]term{}
	for _, m := range ancestors(n) {
		if len(m.inputs) == 0 || slices.Contains(stop, m) {
			terms[m] = leafTerm(m)
			continue
		}
		in := make([]term, len(m.inputs))
		for i, input := range m.inputs {
			in[i] = terms[input]
		}
		terms[m] = shortened(m, m.op.formula(in))
	}
	return terms[n].text
}

// formulaLimit is how long a formula may grow before its parts are written by
// their labels. A node that is used twice is written twice, so the whole may be
// longer than any page.
const formulaLimit = 400

func shortened(n *Node, t term) term {
	if len(t.text) > formulaLimit {
		return leafTerm(n)
	}
	return t
}

func leafTerm(n *Node) term {
	text := n.Label()
	if strings.HasPrefix(text, "−") {
		return term{text: text, binds: product}
	}
	return term{text: text, binds: atom}
}

// glyphs writes a number with a true minus sign.
func glyphs(s string) string { return strings.ReplaceAll(s, "-", "−") }

var (
	raisedGlyphs = strings.NewReplacer("-", "⁻", "0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵",
		"6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹", ".", "·", "e", "ᵉ", "+", "⁺")
	loweredGlyphs = strings.NewReplacer("-", "₋", "0", "₀", "1", "₁", "2", "₂", "3", "₃", "4", "₄", "5", "₅",
		"6", "₆", "7", "₇", "8", "₈", "9", "₉", " ", "", "[", "", "]", "")
)

// superscript writes a number as an exponent.
func superscript(v float64) string { return raisedGlyphs.Replace(number(v)) }

// subscript writes axes as an index: of 0 and 1 it makes ₀₁.
func subscript(axes []int) string { return loweredGlyphs.Replace(fmt.Sprint(axes)) }
