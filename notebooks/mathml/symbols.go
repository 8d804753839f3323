package mathml

// letters are commands that stand for a letter: they are set like a variable.
var letters = map[string]string{
	"alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "varepsilon": "ε", "zeta": "ζ",
	"eta": "η", "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν",
	"xi": "ξ", "pi": "π", "rho": "ρ", "varrho": "ϱ", "sigma": "σ", "varsigma": "ς", "tau": "τ", "upsilon": "υ",
	"phi": "ϕ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "ell": "ℓ", "imath": "ı", "jmath": "ȷ",
}

// upright are commands for letters and signs that are set upright.
var upright = map[string]string{
	"Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ",
	"Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "partial": "∂", "nabla": "∇", "infty": "∞", "emptyset": "∅",
	"varnothing": "∅", "hbar": "ℏ", "Re": "ℜ", "Im": "ℑ", "aleph": "ℵ", "top": "⊤", "bot": "⊥", "degree": "°",
	"%": "%", "$": "$", "#": "#", "&": "&", "_": "_",
}

// operators are commands for operators, relations, arrows and punctuation, whose
// spacing the browser knows.
var operators = map[string]string{
	"cdot": "⋅", "times": "×", "div": "÷", "pm": "±", "mp": "∓", "ast": "∗", "star": "⋆", "circ": "∘", "bullet": "∙",
	"oplus": "⊕", "ominus": "⊖", "otimes": "⊗", "odot": "⊙", "cup": "∪", "cap": "∩", "setminus": "∖",
	"wedge": "∧", "land": "∧", "vee": "∨", "lor": "∨", "neg": "¬", "lnot": "¬",
	"le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "ne": "≠", "neq": "≠", "ll": "≪", "gg": "≫", "approx": "≈",
	"equiv": "≡", "sim": "∼", "simeq": "≃", "cong": "≅", "propto": "∝", "lt": "<", "gt": ">",
	"in": "∈", "notin": "∉", "ni": "∋", "subset": "⊂", "subseteq": "⊆", "supset": "⊃", "supseteq": "⊇",
	"forall": "∀", "exists": "∃", "mid": "∣", "parallel": "∥", "perp": "⟂",
	"to": "→", "rightarrow": "→", "leftarrow": "←", "gets": "←", "leftrightarrow": "↔", "mapsto": "↦",
	"Rightarrow": "⇒", "Leftarrow": "⇐", "Leftrightarrow": "⇔", "implies": "⟹", "impliedby": "⟸", "iff": "⟺",
	"longrightarrow": "⟶", "longleftarrow": "⟵", "uparrow": "↑", "downarrow": "↓", "nearrow": "↗", "searrow": "↘",
	"ldots": "…", "dots": "…", "cdots": "⋯", "vdots": "⋮", "ddots": "⋱", "colon": ":", "coloneqq": "≔",
	"prime": "′", "triangleq": "≜", "int": "∫", "iint": "∬", "oint": "∮",
}

// large are the operators whose limits stand below and above in a displayed
// formula.
var large = map[string]string{
	"sum": "∑", "prod": "∏", "coprod": "∐", "bigcup": "⋃", "bigcap": "⋂", "bigoplus": "⨁", "bigotimes": "⨂",
	"bigvee": "⋁", "bigwedge": "⋀",
}

// functions are set upright; those with true take limits below, as in
// \max_{i}.
var functions = map[string]bool{
	"arccos": false, "arcsin": false, "arctan": false, "arg": false, "cos": false, "cosh": false, "cot": false,
	"coth": false, "csc": false, "deg": false, "dim": false, "exp": false, "hom": false, "ker": false, "lg": false,
	"ln": false, "log": false, "sec": false, "sin": false, "sinh": false, "tan": false, "tanh": false,
	"det": true, "gcd": true, "inf": true, "lim": true, "liminf": true, "limsup": true, "max": true, "min": true,
	"Pr": true, "sup": true, "argmax": true, "argmin": true,
}

// delimiters are what \left, \right and \big take.
var delimiters = map[string]string{
	"(": "(", ")": ")", "[": "[", "]": "]", "|": "|", "/": "/", ".": "", "<": "⟨", ">": "⟩",
	`\{`: "{", `\}`: "}", `\|`: "‖", `\backslash`: "\\", `\lbrace`: "{", `\rbrace`: "}", `\lbrack`: "[", `\rbrack`: "]",
	`\langle`: "⟨", `\rangle`: "⟩", `\lfloor`: "⌊", `\rfloor`: "⌋", `\lceil`: "⌈", `\rceil`: "⌉",
	`\vert`: "|", `\lvert`: "|", `\rvert`: "|", `\Vert`: "‖", `\lVert`: "‖", `\rVert`: "‖",
	`\uparrow`: "↑", `\downarrow`: "↓",
}

// accents stand over their operand, or under it if that is said.
var accents = map[string]struct {
	char    string
	under   bool
	stretch bool
	limits  bool // a script is a label of the accent, as under a brace
}{
	"bar": {char: "¯"}, "hat": {char: "^"}, "tilde": {char: "~"}, "vec": {char: "→"}, "dot": {char: "˙"},
	"ddot": {char: "¨"}, "check": {char: "ˇ"}, "breve": {char: "˘"}, "acute": {char: "´"}, "grave": {char: "`"},
	"widehat": {char: "^", stretch: true}, "widetilde": {char: "~", stretch: true},
	"overline": {char: "¯", stretch: true}, "underline": {char: "_", stretch: true, under: true},
	"overrightarrow": {char: "→", stretch: true},
	"overbrace":      {char: "⏞", stretch: true, limits: true},
	"underbrace":     {char: "⏟", stretch: true, under: true, limits: true},
}

// spaces are the widths of the spacing commands. One em is 18 of TeX's mu.
var spaces = map[string]string{
	",": "0.167em", ":": "0.222em", ">": "0.222em", ";": "0.278em", "!": "-0.167em", " ": "0.25em", "~": "0.25em",
	"quad": "1em", "qquad": "2em", "enspace": "0.5em", "thinspace": "0.167em", "medspace": "0.222em", "thickspace": "0.278em",
}

// bigs are the heights of delimiters that are sized by hand.
var bigs = map[string]string{
	"big": "1.2em", "bigl": "1.2em", "bigr": "1.2em", "bigm": "1.2em", "Big": "1.623em", "Bigl": "1.623em", "Bigr": "1.623em",
	"bigg": "2.047em", "biggl": "2.047em", "biggr": "2.047em", "Bigg": "2.470em", "Biggl": "2.470em", "Biggr": "2.470em",
}

// styles are switches that hold to the end of their group.
var styles = map[string]string{
	"displaystyle": `displaystyle="true" scriptlevel="0"`, "textstyle": `displaystyle="false" scriptlevel="0"`,
	"scriptstyle": `displaystyle="false" scriptlevel="1"`, "scriptscriptstyle": `displaystyle="false" scriptlevel="2"`,
}

// characters are what stands for itself on the keyboard and differently in print.
var characters = map[token]string{"-": "−", "*": "∗", "`": "‘"}
