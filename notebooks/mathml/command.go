package mathml

import (
	"fmt"
	"html"
	"strings"
)

// command parses what follows a command, whose name is consumed already. The
// tables of symbols.go are looked through first; then comes what has arguments.
func (p *parser) command(name string, fresh bool, stop func(token) bool) (node, error) {
	if n, ok := symbol(name, fresh); ok {
		return n, nil
	}
	if a, ok := alphabets[name]; ok {
		return p.lettering(name, a)
	}
	if a, ok := accents[name]; ok {
		n, err := p.argument()
		return accented(n, a.char, a.under, a.stretch, a.limits), err
	}
	if height, ok := bigs[name]; ok {
		d, err := p.delimiter()
		return mo(d, `stretchy="true" minsize="`+height+`" maxsize="`+height+`"`), err
	}
	if attributes, ok := styles[name]; ok { // to the end of the group
		n, err := p.row(stop)
		return node{xml: "<mstyle " + attributes + ">" + n + "</mstyle>"}, err
	}
	if parse, ok := structures()[name]; ok {
		return parse(p)
	}
	return node{}, fmt.Errorf(`\%s is not known`, name)
}

// symbol looks a command up among those without arguments.
func symbol(name string, fresh bool) (node, bool) {
	if c, ok := letters[name]; ok {
		return mi(c), true
	}
	if c, ok := upright[name]; ok {
		return uprightMi(c), true
	}
	if c, ok := operators[name]; ok {
		return operator(c, fresh), true
	}
	if c, ok := large[name]; ok {
		n := mo(c, `movablelimits="true"`)
		n.limits = true
		return n, true
	}
	if limits, ok := functions[name]; ok {
		n := uprightMi(name)
		if limits {
			// An operator, since only those move their limits beside them in a text.
			n = mo(name, `movablelimits="true" lspace="0" rspace="0"`)
		}
		n.limits, n.function = limits, true
		return n, true
	}
	if c, ok := delimiters[`\`+name]; ok {
		n := mo(c, `stretchy="false"`)
		n.open = strings.HasPrefix(name, "l") || name == "{"
		return n, true
	}
	width, ok := spaces[name]
	return mspace(width), ok
}

// structures are the commands with arguments. It is a function and not a
// variable, since what it holds parses groups, which may hold commands again, and
// Go refuses such a circle among variables.
func structures() map[string]func(*parser) (node, error) {
	return map[string]func(*parser) (node, error){
		"frac":     fraction("<mfrac>"),
		"dfrac":    fraction(`<mstyle displaystyle="true"><mfrac>`),
		"tfrac":    fraction(`<mstyle displaystyle="false"><mfrac>`),
		"binom":    binomial,
		"sqrt":     root,
		"text":     text(""),
		"textrm":   text(""),
		"mbox":     text(""),
		"textbf":   text("font-weight:bold"),
		"textit":   text("font-style:italic"),
		"texttt":   text("font-family:monospace"),
		"left":     fence,
		"begin":    environment,
		"overset":  stacked("mover"),
		"stackrel": stacked("mover"),
		"underset": stacked("munder"),
		"phantom":  phantom,
		"not":      negated,
		"mathit":   (*parser).argument,
	}
}

// two parses two arguments.
func (p *parser) two() (a, b node, err error) {
	if a, err = p.argument(); err == nil {
		b, err = p.argument()
	}
	return a, b, err
}

// fraction parses \frac{a}{b}; open is the tags around it.
func fraction(open string) func(*parser) (node, error) {
	closing := "</mfrac>"
	if strings.HasPrefix(open, "<mstyle") {
		closing += "</mstyle>"
	}
	return func(p *parser) (node, error) {
		a, b, err := p.two()
		return node{xml: open + a.xml + b.xml + closing}, err
	}
}

func binomial(p *parser) (node, error) {
	a, b, err := p.two()
	return element("mrow", mo("(", ""), element(`mfrac linethickness="0"`, a, b), mo(")", "")), err
}

// root parses \sqrt{a} and \sqrt[n]{a}.
func root(p *parser) (node, error) {
	if !p.skip("[") {
		a, err := p.argument()
		return element("msqrt", a), err
	}
	degree, err := p.mrow(func(t token) bool { return t == "]" })
	if err != nil {
		return node{}, err
	}
	p.at++
	a, err := p.argument()
	return element("mroot", a, degree), err
}

// text parses \text{…}: words, with their spaces, in a CSS style.
func text(style string) func(*parser) (node, error) {
	open := "<mtext>"
	if style != "" {
		open = `<mtext style="` + style + `">`
	}
	return func(p *parser) (node, error) {
		s, err := p.text()
		for _, char := range []string{"_", "%", "$", "&", "#", "{", "}"} {
			s = strings.ReplaceAll(s, `\`+char, char)
		}
		s = html.EscapeString(s)
		// A browser drops space at the ends of an element.
		trimmed := strings.TrimSpace(s)
		before, after, _ := strings.Cut(s, trimmed)
		hard := func(s string) string { return strings.Repeat("\u00a0", len(s)) }
		return node{xml: open + hard(before) + trimmed + hard(after) + "</mtext>"}, err
	}
}

// lettering parses \mathbf{x} and its like.
func (p *parser) lettering(name string, a *alphabet) (node, error) {
	if p.peek() != "{" {
		t := p.next()
		if t == end {
			return node{}, fmt.Errorf(`\%s: an argument is missing`, name)
		}
		return uprightMi(a.write(string(t))), nil
	}
	if p.at+1 < len(p.tokens) && strings.HasPrefix(string(p.tokens[p.at+1]), `\`) {
		return p.argument() // \mathbf{\theta}: no such letter in most fonts, so as it is
	}
	s, err := p.text()
	n := uprightMi(a.write(strings.Join(strings.Fields(s), "")))
	n.function = name == "operatorname"
	return n, err
}

// accented puts a character over or under a node.
func accented(n node, char string, under, stretch, limits bool) node {
	name := `mover accent="true"`
	if under {
		name = `munder accentunder="true"`
	}
	stretchy := `stretchy="false"`
	if stretch {
		stretchy = `stretchy="true"`
	}
	out := element(name, n, mo(char, stretchy))
	out.limits = limits
	return out
}

// stacked parses \overset{a}{b}: a small above or below b.
func stacked(name string) func(*parser) (node, error) {
	return func(p *parser) (node, error) {
		small, base, err := p.two()
		out := element(name, base, small)
		out.open = base.open
		return out, err
	}
}

func phantom(p *parser) (node, error) {
	n, err := p.argument()
	return element("mphantom", n), err
}

// negated strikes the relation that follows through.
func negated(p *parser) (node, error) {
	n, err := p.argument()
	n.xml = strings.Replace(n.xml, "</mo>", "\u0338</mo>", 1)
	return n, err
}

// delimiter parses the bracket after \left, \right or \big.
func (p *parser) delimiter() (string, error) {
	t := p.next()
	d, ok := delimiters[string(t)]
	if !ok {
		return "", fmt.Errorf("%q is no bracket", string(t))
	}
	return d, nil
}

// fence parses \left( … \right), whose brackets are as high as what is inside.
func fence(p *parser) (node, error) {
	open, err := p.delimiter()
	if err != nil {
		return node{}, err
	}
	var parts []node
	for {
		inside, err := p.mrow(func(t token) bool { return t == `\right` || t == `\middle` })
		if err != nil {
			return node{}, err
		}
		last := p.next() == `\right`
		d, err := p.delimiter()
		if err != nil {
			return node{}, err
		}
		if last {
			parts = append(parts, inside, mo(d, `fence="true" form="postfix" stretchy="true"`))
			break
		}
		parts = append(parts, inside, mo(d, `fence="true" stretchy="true"`))
	}
	return element("mrow", append([]node{mo(open, `fence="true" form="prefix" stretchy="true"`)}, parts...)...), nil
}
