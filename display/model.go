package display

import (
	"fmt"

	"gradbook/graph"
)

// A model is a graph in the order of its computation, with what was computed.
type model struct {
	nodes  []*graph.Node // inputs before users, the root last
	index  map[*graph.Node]int
	inputs [][]int

	values    []*graph.Tensor   // of each node; nil if not computed
	gradients []*graph.Tensor   // of the root by each node; nil if not computed
	locals    [][]*graph.Node   // derivative of each node by each input; nil if not asked for, or if there is none
	slopes    [][]*graph.Tensor // their values
}

// modelOf lists the nodes that a node depends on, and itself. Operands come in
// their order, so the same graph is always listed alike. It does not recurse,
// since a graph may be deeper than a stack.
func modelOf(root *graph.Node) *model {
	m := &model{index: map[*graph.Node]int{}}
	type visit struct {
		node *graph.Node
		next int
	}
	stack := []visit{{node: root}}
	open := map[*graph.Node]bool{root: true}
	for len(stack) > 0 {
		v := &stack[len(stack)-1]
		if in := v.node.Inputs(); v.next < len(in) {
			next := in[v.next]
			v.next++
			if !open[next] {
				open[next] = true
				stack = append(stack, visit{node: next})
			}
			continue
		}
		m.add(v.node)
		stack = stack[:len(stack)-1]
	}
	return m
}

func (m *model) add(n *graph.Node) {
	m.index[n] = len(m.nodes)
	m.nodes = append(m.nodes, n)
	var inputs []int
	for _, in := range n.Inputs() {
		inputs = append(inputs, m.index[in])
	}
	m.inputs = append(m.inputs, inputs)
}

func (m *model) root() *graph.Node { return m.nodes[len(m.nodes)-1] }

// compute evaluates the nodes and, if asked for, the root's gradients by all of
// them, in one pass: what two results share is computed once.
func (m *model) compute(feed graph.Feed, gradients bool) error {
	wanted := append([]*graph.Node{}, m.nodes...)
	if gradients {
		wanted = append(wanted, graph.Gradients(m.root(), m.nodes...)...)
	}
	results, err := graph.Compute(feed, wanted...)
	if err != nil {
		return err
	}
	m.values = results[:len(m.nodes)]
	if !gradients {
		return nil
	}
	m.gradients = results[len(m.nodes):]
	m.computeSlopes(feed)
	return nil
}

// mixing are the operations whose output elements depend on several input
// elements each: their local derivative has a formula, but is no number per
// element.
var mixing = map[string]bool{"matmul": true, "transpose": true, "reshape": true}

// computeSlopes evaluates the local derivatives that are numbers, or one for each
// element. The picture can do without them, so an operation that cannot give its
// own leaves all of them out rather than failing.
func (m *model) computeSlopes(feed graph.Feed) {
	var wanted []*graph.Node
	var places []**graph.Tensor
	m.slopes = make([][]*graph.Tensor, len(m.nodes))
	for i, n := range m.nodes {
		m.slopes[i] = make([]*graph.Tensor, len(m.inputs[i]))
		for k, l := range m.locals[i] {
			if l != nil && !mixing[n.Operation()] {
				wanted = append(wanted, l)
				places = append(places, &m.slopes[i][k])
			}
		}
	}
	results, err := graph.Compute(feed, wanted...)
	if err != nil {
		return
	}
	for i, place := range places {
		*place = results[i]
	}
}

// differentiate notes the local derivatives of all operations.
func (m *model) differentiate() {
	m.locals = make([][]*graph.Node, len(m.nodes))
	for i, n := range m.nodes {
		m.locals[i] = make([]*graph.Node, len(m.inputs[i]))
		if len(m.inputs[i]) > 0 {
			copy(m.locals[i], n.LocalDerivatives())
		}
	}
}

// called is what to call the root in a derivative: its name if it has one.
func (m *model) called() string {
	if name := m.root().Name(); name != "" {
		return name
	}
	return "result"
}

// title is the root's name and formula.
func title(n *graph.Node) string {
	formula := n.Formula()
	name := n.Name()
	if name == "" || name == formula {
		return formula
	}
	return name + " = " + formula
}

// names are the nodes that formulas refer to by name rather than spell out.
func (m *model) names() (named []*graph.Node) {
	for _, n := range m.nodes {
		if n.Name() != "" && n != m.root() {
			named = append(named, n)
		}
	}
	return named
}

// brief writes a tensor where there is little room: a number as a number, up to
// three in brackets, more as their shape; and many equal ones as one of them.
func brief(t *graph.Tensor) string {
	if t == nil {
		return ""
	}
	if v, ok := uniform(t); ok {
		return number(v)
	}
	if t.Rank() == 1 && t.Size() <= 3 {
		s := "["
		for i, v := range t.Float64s() {
			if i > 0 {
				s += " "
			}
			s += number(v)
		}
		return s + "]"
	}
	return fmt.Sprint(t.Shape())
}

// uniform returns the one value that all elements have, if they do.
func uniform(t *graph.Tensor) (v float64, ok bool) {
	all := t.Float64s()
	if len(all) == 0 {
		return 0, false
	}
	for _, v := range all[1:] {
		if v != all[0] { // NaN differs from itself, so many are not one
			return 0, false
		}
	}
	return all[0], true
}

// details is for the title under the pointer: the elements of a small tensor, and the
// range of each that has several.
func details(t *graph.Tensor) string {
	switch {
	case t.Size() <= 1:
		return t.String()
	case t.Size() <= 6:
		return t.String() + ", " + rangeOf(t)
	}
	return fmt.Sprint(t.Shape()) + " " + rangeOf(t)
}

// rangeOf says between what numbers the elements of a tensor are.
func rangeOf(t *graph.Tensor) string {
	all := t.Float64s()
	low, high, sum := all[0], all[0], 0.0
	for _, v := range all {
		low, high, sum = min(low, v), max(high, v), sum+v
	}
	return fmt.Sprintf("from %s to %s, mean %s", number(low), number(high), number(sum/float64(len(all))))
}
