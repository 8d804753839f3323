package graph

import (
	"fmt"
	"strings"

	"gradbook/graph/engine"
)

// A Listing is what the engine runs to compute some nodes, instruction by instruction:
// what works element by element is fused into loops, equal parts are computed once, and
// what is needed no more makes room for what comes later.
type Listing struct {
	Lines        []Line
	Instructions int // that compute something
	Loops        int // that some of them are fused into
	Memory       int // bytes of the arena, where all that is computed stands
}

// A Line is one instruction. Numbers have places a0, a1 and so on in one arena, several
// elements are written [a12:100]; t0, t1 are blocks inside a loop that are in no memory
// that lasts; a placeholder or variable is written by its name; → repeats a row for each
// row, and ↓ a number for each of a row.
type Line struct {
	Depth  int     // 1 inside a loop, otherwise 0
	Text   string  // such as "t0 = a2·[x:100] + a0"
	Nodes  []*Node // whose value the instruction computes
	Part   *Node   // without such, of which it computes a part
	Shape  []int   // of what it computes
	Output bool    // it computes nothing, but hands the value of Nodes out
}

// Program lists what computes the nodes. A feed is needed only for the shapes of
// placeholders that were made without one; the error names what is missing, or says what
// does not fit.
func Program(feed Feed, nodes ...*Node) (*Listing, error) {
	if err := refuse("Program", nodes...); err != nil {
		return nil, err
	}
	fed, err := feed.tensors()
	if err != nil {
		return nil, err
	}
	p := compile(nodes)
	if p.err != nil {
		return nil, &Error{Operation: "Program", Problem: problem(p.err)}
	}
	shapes, err := p.shapesFor(fed)
	if err != nil {
		return nil, err
	}
	l, used, err := p.lowered(shapes)
	if err != nil {
		return nil, err
	}
	size := 8
	if p.precisionFor(fed) == float32s {
		size = 4
	}
	code := l.finish(p, used).code
	listing := &Listing{Memory: size * code.Memory()}
	l.list(p, code.Listing(p.names()), listing)
	return listing, nil
}

// shapesFor returns tensors that have a shape only, for the leaves.
func (p *program) shapesFor(fed map[*Node]*Tensor) ([]*Tensor, error) {
	shapes := make([]*Tensor, len(p.leaves))
	for i, n := range p.leaves {
		switch t := fed[n]; {
		case t != nil:
			shapes[i] = &Tensor{shape: t.shape}
		case n.shape.settled():
			shapes[i] = &Tensor{shape: n.shape.axes}
		default:
			return nil, &Error{Operation: "Program", Problem: fmt.Sprintf("placeholder %q is %s, so it must be fed: its shape decides what is run", n.Label(), n.shape)}
		}
	}
	return shapes, nil
}

// names are those of the leaves.
func (p *program) names() []string {
	names := make([]string, len(p.leaves))
	for i, n := range p.leaves {
		names[i] = n.Label()
	}
	return names
}

// list joins the engine's lines with the nodes.
func (l *lowering) list(p *program, code []engine.Line, to *Listing) {
	computed := map[engine.Value][]*Node{}
	for _, n := range p.order {
		if v := l.Root(l.at[n]); n.Kind() == Operation {
			computed[v] = append(computed[v], n)
		}
	}
	for i, c := range code {
		line := Line{Depth: c.Depth, Text: c.Text}
		output := i - len(code) + len(p.outputs) // they come last
		switch {
		case c.Made >= 0:
			to.Instructions++
			line.Shape = l.Shape(c.Made)
			if line.Nodes = computed[c.Made]; line.Nodes == nil {
				line.Part, _ = l.OriginOf(c.Made).(*Node)
			}
		case output >= 0:
			line.Output = true
			line.Nodes, line.Shape = p.outputs[output:output+1], l.Shape(l.at[p.outputs[output]])
		case code[i+1].Depth > c.Depth:
			to.Loops++
		}
		to.Lines = append(to.Lines, line)
	}
}

// String returns the lines, each with what it computes behind it.
func (l *Listing) String() string {
	wide := 0
	for _, line := range l.Lines {
		wide = max(wide, 2*line.Depth+len([]rune(line.Text)))
	}
	var b strings.Builder
	for _, line := range l.Lines {
		text := fmt.Sprintf("%*s%s", 2*line.Depth, "", line.Text)
		if what := line.Computes(); what != "" {
			if len(line.Shape) > 0 {
				what += " " + shapeText(line.Shape)
			}
			text = fmt.Sprintf("%-*s  %s", wide, text, what)
		}
		b.WriteString(text + "\n")
	}
	return b.String() + l.Summary()
}

// Summary counts.
func (l *Listing) Summary() string {
	return fmt.Sprintf("%s, %s, %s of memory", counted(l.Instructions, "instruction"), counted(l.Loops, "loop"), bytesText(l.Memory))
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprint(n, " ", what, "s")
}

// Computes says what the instruction computes: the names of nodes, or where they have none
// the formula of the first; "part of" a node if that takes several instructions; and "" if
// it computes nothing.
func (l Line) Computes() string {
	var names []string
	for _, n := range l.Nodes {
		if name := n.Name(); name != "" {
			names = append(names, name)
		}
	}
	switch {
	case len(names) > 0:
		return strings.Join(names, ", ")
	case len(l.Nodes) > 0:
		return clipped(l.Nodes[0].Formula(namedBefore(l.Nodes[0])...), 48)
	case l.Part != nil && l.Part.Name() != "":
		return "part of " + l.Part.Name()
	case l.Part != nil:
		return "part of " + clipped(l.Part.Formula(namedBefore(l.Part)...), 40)
	}
	return ""
}

// namedBefore are the nodes that a formula may call by name.
func namedBefore(n *Node) (named []*Node) {
	for _, a := range ancestors(n.inputs...) {
		if a.Name() != "" {
			named = append(named, a)
		}
	}
	return named
}

// clipped cuts a string to a number of characters.
func clipped(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}

// bytesText writes an amount of memory.
func bytesText(n int) string {
	switch {
	case n < 1<<10:
		return fmt.Sprint(n, " bytes")
	case n < 1<<20:
		return fmt.Sprintf("%.1f KiB", float64(n)/(1<<10))
	}
	return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20))
}
