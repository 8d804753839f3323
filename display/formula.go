package display

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"gradbook/graph"
)

// Formula returns the formula of a node, typeset. With other nodes it adds a line for
// the derivative by each of them:
//
//	display.Formula(loss, w, b)
//
// Nodes with a name are written by their name where they have one of their own line
// or are given; the rest is spelled out. A terminal shows the formulas in Unicode.
func Formula(n *graph.Node, by ...*graph.Node) Bundle {
	if n == nil {
		fail("Formula", "the node is nil, want one with a formula")
	}
	for _, v := range by {
		if v == nil {
			fail("Formula", "a node to differentiate by is nil")
		}
	}
	name := n.Name()
	text := n.Formula()
	lines := []string{title(n)}
	tex := texOf(text)
	if name != "" && name != text {
		tex = texOf(name) + " &= " + tex
	} else {
		tex = "&" + tex
	}
	if len(by) > 0 {
		m := modelOf(n)
		for i, g := range graph.Gradients(n, by...) {
			formula := g.Formula(m.names()...)
			lines = append(lines, "∂"+m.called()+"/∂"+by[i].Label()+" = "+formula)
			tex += ` \\ \frac{\partial ` + texOf(m.called()) + `}{\partial ` + texOf(by[i].Label()) + `} &= ` + texOf(formula)
		}
	}
	return Bundle{
		Data:     map[string]any{textLatex: `$\displaystyle \begin{aligned} ` + tex + ` \end{aligned}$`, textPlain: strings.Join(lines, "\n")},
		Metadata: map[string]any{},
	}
}

// words are the names in a formula, and runs of raised or lowered digits.
var words = regexp.MustCompile(`[\p{L}_][\p{L}\p{Nd}_]*|[⁰¹²³⁴-⁹⁻ᵀ]+|[₀-₉]+`)

// signs of formulas in TeX.
var signs = strings.NewReplacer("·", `\cdot `, "−", "-", "×", `\times `, "√", `\surd `, "Σ", `\textstyle\sum `, "@", `\,`, "{", `\{`, "}", `\}`, "%", `\%`, "#", `\#`, "&", `\&`, "$", `\$`, "∂", `\partial `, "≤", `\le `, "≥", `\ge `)

var raisedDigits = strings.NewReplacer("⁰", "0", "¹", "1", "²", "2", "³", "3", "⁴", "4", "⁵", "5", "⁶", "6", "⁷", "7", "⁸", "8", "⁹", "9", "⁻", "-", "ᵀ", `\top `)
var loweredDigits = strings.NewReplacer("₀", "0", "₁", "1", "₂", "2", "₃", "3", "₄", "4", "₅", "5", "₆", "6", "₇", "7", "₈", "8", "₉", "9")

// texOf writes a formula of ours in TeX: names of several letters upright, raised and
// lowered digits as such.
func texOf(formula string) string {
	var b strings.Builder
	last := 0
	for _, at := range words.FindAllStringIndex(formula, -1) {
		b.WriteString(signs.Replace(formula[last:at[0]]))
		last = at[1]
		switch word := formula[at[0]:at[1]]; {
		case raisedDigits.Replace(word) != word:
			b.WriteString("^{" + raisedDigits.Replace(word) + "}")
		case loweredDigits.Replace(word) != word:
			b.WriteString("_{" + loweredDigits.Replace(word) + "}")
		case utf8.RuneCountInString(word) > 1:
			b.WriteString(`\mathrm{` + strings.ReplaceAll(word, "_", `\_`) + "}")
		case word == "_":
			b.WriteString(`\_`)
		default:
			b.WriteString(word)
		}
	}
	b.WriteString(signs.Replace(formula[last:]))
	return b.String()
}
