package display

import "strings"

// maxLines is how many lines a text tree has at most.
const maxLines = 200

// text writes the graph as a tree, for terminals: the node on top, its operands
// below, with values and gradients. What is used again is only named again.
func (d *Diagram) text() string {
	t := &tree{d: d, seen: map[int]bool{}}
	t.lines = append(t.lines, clipped(title(d.model.root()), 120))
	t.branch(len(d.model.nodes)-1, "", "")
	t.lines = append(t.lines, d.chainText()...)
	return strings.Join(t.lines, "\n")
}

type tree struct {
	d     *Diagram
	lines []string
	seen  map[int]bool
}

// branch writes a node after first and its operands after rest.
func (t *tree) branch(i int, first, rest string) {
	if len(t.lines) == maxLines {
		t.lines = append(t.lines, "…")
	}
	if len(t.lines) > maxLines {
		return
	}
	inputs := t.d.model.inputs[i]
	line := first + t.name(i)
	if t.seen[i] && len(inputs) > 0 {
		t.lines = append(t.lines, line+"  (above)")
		return
	}
	t.seen[i] = true
	t.lines = append(t.lines, line+t.numbers(i))
	for k, in := range inputs {
		if k < len(inputs)-1 {
			t.branch(in, rest+"├─ ", rest+"│  ")
		} else {
			t.branch(in, rest+"└─ ", rest+"   ")
		}
	}
}

// name is the symbol of an operation and what the result is called.
func (t *tree) name(i int) string {
	n := t.d.model.nodes[i]
	switch {
	case n.Operation() == "constant":
		return constantLabel(n)
	case len(t.d.model.inputs[i]) == 0:
		return n.Name() + " (" + n.Operation() + ")"
	case n.Name() != "":
		return n.Symbol() + "  " + n.Name()
	}
	return n.Symbol()
}

// numbers are value and gradient, where the picture has them.
func (t *tree) numbers(i int) string {
	d := t.d
	constant := d.model.nodes[i].Operation() == "constant"
	if !d.fed || constant {
		return ""
	}
	s := " = " + brief(d.model.values[i])
	if d.gradients || d.target >= 0 && d.reaches(i) {
		s += "  ∂ " + brief(d.model.gradients[i])
	}
	return s
}

// reaches reports whether a node depends on the target.
func (d *Diagram) reaches(i int) bool {
	reached := make([]bool, i+1)
	for k := d.target; k <= i; k++ {
		reached[k] = k == d.target
		for _, in := range d.model.inputs[k] {
			reached[k] = reached[k] || reached[in]
		}
	}
	return i >= d.target && reached[i]
}

// chainText is the chain rule as lines of text.
func (d *Diagram) chainText() (lines []string) {
	if d.target < 0 {
		return nil
	}
	for _, spans := range d.drawing().Notes {
		var b strings.Builder
		for _, s := range spans {
			b.WriteString(s.Text)
		}
		lines = append(lines, b.String())
	}
	return lines
}
