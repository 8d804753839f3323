package display

import (
	"fmt"

	"gradbook/display/canvas"
	"gradbook/display/diagram"
	"gradbook/graph"
)

// number writes a number on a figure.
func number(v float64) string { return canvas.Number(v) }

// A Diagram is the picture of a graph. Its methods add to it and return it, so
// that they can be chained in any order. Values are computed when a method is
// called; later changes of variables do not show.
type Diagram struct {
	model     *model
	feed      graph.Feed
	fed       bool            // values are shown
	gradients bool            // and so are gradients
	target    int             // where the path leads, or -1
	folded    map[string]bool // which scopes are, where the user has said so
	repeats   *bool           // whether layers that are alike are drawn once, if the user has said so
}

// Graph returns the diagram of a node and of all that it depends on: diamonds are
// operations, circles variables, squares placeholders, and the pill is the node's
// own value.
func Graph(n *graph.Node) *Diagram {
	if n == nil {
		fail("Graph", "the node is nil, want one to draw")
	}
	return &Diagram{model: modelOf(n), target: -1}
}

// Values computes every node and writes its value over the arrow that leaves it.
// A graph without placeholders needs no feed.
func (d *Diagram) Values(feed ...graph.Feed) *Diagram {
	d.takeFeed("Values", feed)
	d.fed = true
	d.compute("Values")
	return d
}

// Gradients writes the derivative of the node by every other one under its arrow:
// how much the node grows when that value does. It shows the values as well. The
// feed may be left out when Values was given it.
func (d *Diagram) Gradients(feed ...graph.Feed) *Diagram {
	d.takeFeed("Gradients", feed)
	d.fed, d.gradients = true, true
	d.compute("Gradients")
	return d
}

// Path draws back-propagation from the node to a variable, or to any other node
// that it depends on: the way back is thick, each operation on it carries its
// local derivative, the derivative of its output by its input, and below, the
// chain rule is written out, with one line for each path if there are several.
// With values the derivatives are numbers; without, they are formulas.
func (d *Diagram) Path(variable *graph.Node) *Diagram {
	if variable == nil {
		fail("Path", "the variable is nil, want one that %q depends on", d.model.root().Label())
	}
	i, ok := d.model.index[variable]
	if !ok {
		fail("Path", "%q does not depend on %q, want one of %s", d.model.root().Label(), variable.Label(), d.model.leaves())
	}
	if i == len(d.model.nodes)-1 {
		fail("Path", "%q is where the path starts, want a variable that it depends on", variable.Label())
	}
	d.target = i
	d.model.differentiate()
	if d.fed {
		d.compute("Path")
	}
	return d
}

// takeFeed keeps the feed, if one was given.
func (d *Diagram) takeFeed(call string, feed []graph.Feed) {
	switch {
	case len(feed) > 1:
		fail(call, "%d feeds, want one", len(feed))
	case len(feed) == 1:
		d.feed = feed[0]
	}
}

// compute evaluates what the diagram shows.
func (d *Diagram) compute(call string) {
	defer func() {
		if r := recover(); r != nil {
			if err, ok := r.(*graph.Error); ok { // the gradients could not be built
				panic(&Error{Call: call, Err: err})
			}
			panic(r)
		}
	}()
	if d.target >= 0 || d.gradients {
		d.model.differentiate()
	}
	if err := d.model.compute(d.feed, d.gradients || d.target >= 0); err != nil {
		panic(&Error{Call: call, Err: err})
	}
}

// leaves names the variables and placeholders, for messages.
func (m *model) leaves() string {
	s := ""
	for i, n := range m.nodes {
		if len(m.inputs[i]) > 0 || n.Name() == "" {
			continue
		}
		if s != "" {
			s += ", "
		}
		s += n.Name()
	}
	if s == "" {
		return "its operands"
	}
	return s
}

// maxDrawn is how many nodes are drawn; what is larger is summed up as text.
const maxDrawn = 2000

// mostFolded is how many nodes a graph has at most that is looked through for scopes and
// repetitions, which may make it small enough.
const mostFolded = 20_000

func (d *Diagram) bundle() Bundle {
	if len(d.model.nodes) > mostFolded {
		return d.summary()
	}
	out := d.drawing()
	if len(out.Nodes) > maxDrawn {
		return d.summary()
	}
	return figureBundle(out.Picture(), d.textOf(out))
}

// drawing says the same in terms of package diagram, with scopes in frames or folded.
func (d *Diagram) drawing() diagram.Diagram { return d.scoped(d.whole()) }

// whole is the diagram of all nodes and of the result.
func (d *Diagram) whole() diagram.Diagram {
	out := diagram.Diagram{Title: title(d.model.root())}
	switch {
	case d.target >= 0:
		out.Subtitle = "back-propagation to " + d.model.nodes[d.target].Label()
		out.Path, out.Target = true, d.target
	case d.gradients:
		out.Subtitle = "forward and backward"
	}
	for i := range d.model.nodes {
		out.Nodes = append(out.Nodes, d.node(i))
	}
	last := len(out.Nodes) - 1
	if len(d.model.inputs[last]) > 0 { // a lone leaf has no result but itself
		out.Nodes = append(out.Nodes, d.result(last))
	}
	d.write(&out)
	if d.target >= 0 {
		out.Notes = d.chain(out)
	}
	return out
}

// kinds of leaves; everything else is an operation.
func kindOf(n *graph.Node) diagram.Kind {
	switch n.Operation() {
	case "variable":
		return diagram.Variable
	case "placeholder":
		return diagram.Placeholder
	case "constant":
		return diagram.Constant
	}
	return diagram.Operation
}

// node describes the i-th node without its numbers.
func (d *Diagram) node(i int) diagram.Node {
	n := d.model.nodes[i]
	out := diagram.Node{Kind: kindOf(n), Label: n.Label(), Tip: d.tip(i)}
	switch out.Kind {
	case diagram.Operation:
		out.Label = n.Symbol()
		if i < len(d.model.nodes)-1 {
			out.Name = n.Name()
		}
	case diagram.Constant:
		out.Label = constantLabel(n)
	}
	for _, from := range d.model.inputs[i] {
		out.Inputs = append(out.Inputs, diagram.Input{From: from})
	}
	return out
}

// constantLabel is a constant's name, or else its value.
func constantLabel(n *graph.Node) string {
	if n.Name() != "" {
		return n.Name()
	}
	if t, err := n.Compute(); err == nil {
		return brief(t)
	}
	return n.Label()
}

// result is the pill behind the last node.
func (d *Diagram) result(last int) diagram.Node {
	out := diagram.Node{Kind: diagram.Result, Label: d.model.called(), Tip: d.tip(last), Inputs: []diagram.Input{{From: last}}}
	if d.fed {
		out.Value = brief(d.model.values[last])
	}
	return out
}

// tip says all that is known about a node.
func (d *Diagram) tip(i int) string {
	n := d.model.nodes[i]
	s := n.Label()
	if len(d.model.inputs[i]) > 0 && len(d.model.nodes) <= maxDrawn { // a formula is as long as all before it
		s = title(n)
	}
	s = clipped(s, 200)
	if !d.fed {
		return s
	}
	s += " = " + details(d.model.values[i])
	if (d.gradients || d.target >= 0) && kindOf(n) != diagram.Constant {
		s += fmt.Sprintf("; ∂%s/∂%s = %s", d.model.called(), n.Label(), details(d.model.gradients[i]))
	}
	return s
}

// clipped cuts a string to a number of characters.
func clipped(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}

// write adds the numbers: values everywhere, gradients everywhere or along the
// path, local derivatives along the path.
func (d *Diagram) write(out *diagram.Diagram) {
	m := d.model
	on := out.Reached()
	uses := out.Uses()
	for i := range m.nodes {
		n := &out.Nodes[i]
		if d.fed {
			n.Value = brief(m.values[i])
			n.Thumbnail = thumbnail(m.values[i])
		}
		if d.fed && n.Kind != diagram.Constant && (d.gradients || on[i]) {
			n.Gradient = brief(m.gradients[i])
		}
		for k := range n.Inputs {
			in := &n.Inputs[k]
			if on[in.From] {
				in.Local = d.local(i, k, 20)
			}
			if uses[in.From] > 1 && n.Gradient != "" && out.Nodes[in.From].Kind != diagram.Constant && (d.gradients || on[in.From]) {
				in.Gradient = d.contribution(i, k)
			}
		}
	}
}

// contribution is what one use of a value adds to its gradient, when that is the
// product of two numbers.
func (d *Diagram) contribution(i, k int) string {
	m := d.model
	if m.slopes[i][k] == nil || m.gradients[i].Size() != 1 || m.slopes[i][k].Size() != 1 {
		return ""
	}
	return number(m.gradients[i].Item() * m.slopes[i][k].Item())
}

// local writes a local derivative: as formula and value when both are short and
// say different things.
func (d *Diagram) local(i, k, room int) string {
	m := d.model
	if m.locals[i][k] == nil {
		return ""
	}
	formula := m.locals[i][k].Formula(m.names()...)
	if !d.fed {
		return clipped(formula, room)
	}
	if m.slopes[i][k] == nil {
		return clipped(formula, room)
	}
	value := brief(m.slopes[i][k])
	if formula == value || len([]rune(formula)) > room || !hasLetter(formula) {
		return value
	}
	return formula + " = " + value
}

// hasLetter tells formulas from numbers.
func hasLetter(s string) bool {
	for _, r := range s {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r > 0x2000 && r != '−' || r >= 0x370 && r < 0x400 {
			return true
		}
	}
	return false
}
