package mathml

import (
	"fmt"
	"html"
	"strings"
	"unicode"
)

// Convert returns TeX's math mode as a <math> element: a formula of its own line
// if display, or else one that stands in a text. The TeX goes along as an
// annotation, for copying and for readers of the page's source.
//
// An error says what was not understood, or what is missing.
func Convert(tex string, display bool) (string, error) {
	tex = clean(tex)
	p := &parser{tex: tex}
	p.tokens, p.ends = lex(tex)
	rows, err := p.rows(func(t token) bool { return t == end })
	if err != nil {
		return "", fmt.Errorf("mathml: %w in %q", err, tex)
	}
	body := "<mrow>" + rows.only() + "</mrow>"
	if !rows.single() { // lines of equations without an environment around them
		body = rows.table(aligned)
	}
	block := ""
	if display {
		block = ` display="block"`
	}
	return "<math" + block + "><semantics>" + body +
		`<annotation encoding="application/x-tex">` + html.EscapeString(strings.TrimSpace(tex)) + "</annotation></semantics></math>", nil
}

// clean drops what may stand in no XML document.
func clean(tex string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' || r == '\uFFFE' || r == '\uFFFF' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(tex, "\uFFFD"))
}

// A node is a piece of MathML, and what its neighbours need to know of it.
type node struct {
	xml string

	// limits: scripts stand below and above instead of beside.
	limits bool

	// function: a thin space follows, unless a bracket does.
	function bool

	// open: what comes next begins afresh, so a minus there is a sign and not an
	// operation. Operators and opening brackets are open.
	open bool
}

// mi, mn and mo are MathML's three leaves: an identifier, a number, an operator.
func mi(text string) node { return node{xml: "<mi>" + html.EscapeString(text) + "</mi>"} }

// uprightMi is an identifier that is not slanted, such as the name of a function.
func uprightMi(text string) node {
	return node{xml: `<mi mathvariant="normal">` + html.EscapeString(text) + "</mi>"}
}

func mn(text string) node { return node{xml: "<mn>" + html.EscapeString(text) + "</mn>"} }

func mo(text, attributes string) node {
	if attributes != "" {
		attributes = " " + attributes
	}
	return node{xml: "<mo" + attributes + ">" + html.EscapeString(text) + "</mo>", open: true}
}

// mspace is a space of a width.
func mspace(width string) node { return node{xml: `<mspace width="` + width + `"></mspace>`} }

// element wraps nodes in an element. MathML counts the children of most elements,
// so each node must be exactly one.
func element(name string, children ...node) node {
	tag, _, _ := strings.Cut(name, " ") // name may carry attributes
	var b strings.Builder
	b.WriteString("<" + name + ">")
	for _, c := range children {
		b.WriteString(c.xml)
	}
	b.WriteString("</" + tag + ">")
	return node{xml: b.String()}
}

// scripts hangs sub- and superscript on a node; either may be nil.
func scripts(base node, sub, sup *node) node {
	names := [3]string{"msub", "msup", "msubsup"}
	if base.limits {
		names = [3]string{"munder", "mover", "munderover"}
	}
	out := base
	switch {
	case sub != nil && sup != nil:
		out = element(names[2], base, *sub, *sup)
	case sub != nil:
		out = element(names[0], base, *sub)
	case sup != nil:
		out = element(names[1], base, *sup)
	}
	out.function, out.open = base.function, base.open
	return out
}
