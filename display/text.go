package display

import (
	"html"
	"regexp"
	"strings"
)

// Text returns a value that is shown as s, as it is.
func Text(s string) Bundle {
	return Bundle{Data: map[string]any{textPlain: s}, Metadata: map[string]any{}}
}

// HTML returns a value that is shown as HTML. A terminal shows its text.
func HTML(s string) Bundle {
	return Bundle{Data: map[string]any{textHTML: s, textPlain: plainOf(s)}, Metadata: map[string]any{}}
}

// Markdown returns a value that is shown as Markdown. A terminal shows its source.
func Markdown(s string) Bundle {
	return Bundle{Data: map[string]any{textMarkdown: s, textPlain: s}, Metadata: map[string]any{}}
}

// Math returns a formula, given in TeX without dollar signs, that is shown typeset
// on a line of its own. A terminal shows it in Unicode, as far as that goes:
// `\frac{\partial e}{\partial w} = 2(wx+b-y)x` reads ∂e/∂w = 2(wx+b−y)x.
func Math(tex string) Bundle {
	return Bundle{
		Data:     map[string]any{textLatex: `$\displaystyle ` + tex + `$`, textPlain: unicodeOf(tex)},
		Metadata: map[string]any{},
	}
}

var (
	hidden = regexp.MustCompile(`(?is)<(style|script)\b.*?</(style|script)>`)
	breaks = regexp.MustCompile(`(?i)<br\s*/?>|</(p|div|h[1-6]|li|tr|pre)>`)
	tags   = regexp.MustCompile(`<[^>]*>`)
)

// plainOf is the text of HTML, for people to read: not a parser, and what it
// returns is never treated as HTML again.
func plainOf(s string) string {
	s = hidden.ReplaceAllString(s, "")
	s = breaks.ReplaceAllString(s, "\n")
	s = tags.ReplaceAllString(s, "")
	return strings.TrimSpace(html.UnescapeString(s))
}

// texSymbols are the commands that have a character.
var texSymbols = map[string]string{
	"partial": "∂", "cdot": "·", "times": "×", "div": "÷", "pm": "±", "sum": "Σ", "prod": "Π", "sqrt": "√", "nabla": "∇",
	"infty": "∞", "approx": "≈", "neq": "≠", "ne": "≠", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "to": "→",
	"rightarrow": "→", "leftarrow": "←", "mapsto": "↦", "in": "∈", "ldots": "…", "dots": "…", "cdots": "⋯",
	"alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ", "eta": "η",
	"theta": "θ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ",
	"phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ",
	"Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "quad": "  ", "qquad": "    ",
	"left": "", "right": "", "displaystyle": "", "mathrm": "", "text": "", "mathbf": "", "operatorname": "",
}

var (
	fraction = regexp.MustCompile(`\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}`)
	command  = regexp.MustCompile(`\\([A-Za-z]+)\s?`)
	raised   = regexp.MustCompile(`\^(\{[0-9n+-]+\}|[0-9nT])`)
	lowered  = regexp.MustCompile(`_(\{[0-9+-]+\}|[0-9])`)
	spacing  = regexp.MustCompile(`\\[,;:! ]`)
)

var (
	superscripts = strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹",
		"+", "⁺", "-", "⁻", "n", "ⁿ", "T", "ᵀ", "{", "", "}", "")
	subscripts = strings.NewReplacer("0", "₀", "1", "₁", "2", "₂", "3", "₃", "4", "₄", "5", "₅", "6", "₆", "7", "₇", "8", "₈", "9", "₉",
		"+", "₊", "-", "₋", "{", "", "}", "")
)

// unicodeOf writes TeX in Unicode: fractions with a stroke, Greek and operators
// as characters, raised and lowered digits. What it does not know it leaves.
func unicodeOf(tex string) string {
	s := tex
	for fraction.MatchString(s) { // from the innermost outwards
		s = fraction.ReplaceAllStringFunc(s, func(m string) string {
			part := fraction.FindStringSubmatch(m)
			return bracketed(part[1]) + "/" + bracketed(part[2])
		})
	}
	s = spacing.ReplaceAllString(s, " ")
	s = raised.ReplaceAllStringFunc(s, func(m string) string { return superscripts.Replace(m[1:]) })
	s = lowered.ReplaceAllStringFunc(s, func(m string) string { return subscripts.Replace(m[1:]) })
	s = command.ReplaceAllStringFunc(s, func(m string) string {
		name := command.FindStringSubmatch(m)[1]
		c, ok := texSymbols[name]
		switch {
		case !ok:
			return name
		case strings.HasSuffix(m, " ") && strings.ContainsAny(c, "·×÷±≈≠≤≥→←↦∈"):
			return c + " " // other commands end at the space; a sign between two things has one on either side
		}
		return c
	})
	s = strings.NewReplacer("{", "", "}", "", "-", "−").Replace(s)
	return strings.TrimSpace(s)
}

// bracketed puts a part of a fraction into brackets when it is a sum or product
// of several things.
func bracketed(s string) string {
	s = strings.TrimSpace(s)
	if strings.ContainsAny(s, "+-/") {
		return "(" + s + ")"
	}
	return s
}
