package graph

import (
	"fmt"
	"slices"
)

// A Feed gives placeholders their values, which may be anything that [NewTensor]
// takes: graph.Feed{x: 10, y: []float64{1, 2, 3}}.
type Feed map[*Node]any

// Compute returns the value of the node for a feed: every node that it depends on
// is computed first, each once. Without placeholders no feed is needed. The error
// says which placeholder was not fed, or which nodes do not fit.
func (n *Node) Compute(feed ...Feed) (*Tensor, error) {
	all := Feed{}
	for _, f := range feed {
		for node, value := range f {
			all[node] = value
		}
	}
	values, err := Compute(all, n)
	if err != nil {
		return nil, err
	}
	return values[0], nil
}

// Compute returns the values of several nodes for one feed, in one pass: what they
// have in common is computed once.
func Compute(feed Feed, nodes ...*Node) ([]*Tensor, error) {
	if slices.Contains(nodes, nil) {
		return nil, &Error{Operation: "Compute", Problem: "a nil *Node has no value"}
	}
	fed, err := feed.tensors()
	if err != nil {
		return nil, err
	}
	p := compile(nodes)
	if err := p.run(fed); err != nil {
		return nil, err
	}
	values := make([]*Tensor, len(nodes))
	for i := range nodes {
		values[i] = p.output(i)
	}
	return values, nil
}

// tensors checks a feed and converts its values.
func (f Feed) tensors() (map[*Node]*Tensor, error) {
	fed := make(map[*Node]*Tensor, len(f))
	for n, value := range f {
		if n == nil {
			return nil, &Error{Operation: "Feed", Problem: "a nil *Node cannot be fed"}
		}
		if n.Kind() != Data {
			return nil, &Error{Operation: "Feed", Problem: fmt.Sprintf("%q is no placeholder but a %s", n.Label(), n.kindText())}
		}
		t, err := NewTensor(value)
		if err != nil {
			return nil, &Error{Operation: "Feed", Problem: fmt.Sprintf("placeholder %q: %s", n.Label(), problem(err))}
		}
		if !accepts(n.shape, t.shape) {
			return nil, &Error{Operation: "Feed", Problem: fmt.Sprintf("placeholder %q is %s and was fed %s", n.Label(), n.shape, shapeText(t.shape))}
		}
		fed[n] = t
	}
	return fed, nil
}

func (n *Node) kindText() string {
	if n.Kind() == Operation {
		return "node that is computed (" + n.op.name() + ")"
	}
	return n.op.name()
}

func accepts(s shape, axes []int) bool {
	return !s.known || slices.EqualFunc(s.axes, axes, func(want, got int) bool { return want == got || want == -1 })
}
