package display

import (
	"slices"
	"strings"

	"gradbook/display/diagram"
)

// maxLines is how many lines a text tree has at most.
const maxLines = 200

// text writes the graph as a tree, for terminals: the node on top, its operands
// below, with values and gradients, and the frame that they are in. What is used again is
// only named again.
func (d *Diagram) text() string { return d.textOf(d.drawing()) }

func (d *Diagram) textOf(out diagram.Diagram) string {
	t := &tree{d: out, seen: map[int]bool{}}
	t.lines = append(t.lines, clipped(title(d.model.root()), 120))
	top := len(out.Nodes) - 1
	if out.Nodes[top].Kind == diagram.Result {
		top = out.Nodes[top].Inputs[0].From
		if t.d.Nodes = slices.Clone(out.Nodes); t.d.Nodes[top].Kind == diagram.Operation {
			t.d.Nodes[top].Name = d.model.root().Name() // which stands in the pill
		}
	}
	t.branch(top, 0, "", "")
	t.lines = append(t.lines, d.chainText()...)
	return strings.Join(t.lines, "\n")
}

type tree struct {
	d     diagram.Diagram
	lines []string
	seen  map[int]bool
}

// branch writes a node after first and its operands after rest. in is the frame around
// what takes it.
func (t *tree) branch(i, in int, first, rest string) {
	if len(t.lines) == maxLines {
		t.lines = append(t.lines, "…")
	}
	if len(t.lines) > maxLines {
		return
	}
	n := t.d.Nodes[i]
	line := first + named(n)
	if t.seen[i] && len(n.Inputs) > 0 {
		t.lines = append(t.lines, line+"  (above)")
		return
	}
	t.seen[i] = true
	line += written(n)
	if n.In != in && n.In > 0 {
		line += "  in " + t.d.Groups[n.In-1].Label
	}
	t.lines = append(t.lines, line)
	for k, input := range n.Inputs {
		if k < len(n.Inputs)-1 {
			t.branch(input.From, n.In, rest+"├─ ", rest+"│  ")
		} else {
			t.branch(input.From, n.In, rest+"└─ ", rest+"   ")
		}
	}
}

// named is the symbol of an operation and what the result is called.
func named(n diagram.Node) string {
	switch {
	case n.Kind == diagram.Constant:
		return n.Label
	case n.Kind == diagram.Folded:
		return n.Label + " (" + n.Name + ")"
	case len(n.Inputs) == 0:
		return n.Label + " (" + n.Kind.String() + ")"
	case n.Name != "":
		return n.Label + "  " + n.Name
	}
	return n.Label
}

// written are value and gradient, where the picture has them.
func written(n diagram.Node) string {
	if n.Value == "" || n.Kind == diagram.Constant {
		return ""
	}
	s := " = " + n.Value
	if n.Thumbnail != nil {
		s += " " + n.Thumbnail.Tip
	}
	if n.Gradient != "" {
		s += "  ∂ " + n.Gradient
	}
	return s
}

// chainText is the chain rule as lines of text.
func (d *Diagram) chainText() (lines []string) {
	if d.target < 0 {
		return nil
	}
	for _, spans := range d.whole().Notes {
		var b strings.Builder
		for _, s := range spans {
			b.WriteString(s.Text)
		}
		lines = append(lines, b.String())
	}
	return lines
}
