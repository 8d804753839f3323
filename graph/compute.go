package graph

import (
	"fmt"
	"maps"
	"slices"

	"gradbook/graph/kernels"
)

// A Feed gives placeholders their values, which may be anything that [NewTensor]
// takes: graph.Feed{x: 10, y: []float64{1, 2, 3}}. It may hold placeholders that a
// computation does not need, so one feed can serve many nodes.
type Feed map[*Node]any

// Compute returns the value of the node for a feed: every node that it depends on
// is computed first, each once. Without placeholders no feed is needed; of several
// feeds, a later one overrides an earlier. The error says which placeholder was not
// fed, or which nodes do not fit.
func (n *Node) Compute(feed ...Feed) (*Tensor, error) {
	all := Feed{}
	for _, f := range feed {
		maps.Copy(all, f)
	}
	values, err := Compute(all, n)
	if err != nil {
		return nil, err
	}
	return values[0], nil
}

// Compute returns the values of several nodes for one feed, in their order and in one
// pass: what they have in common is computed once.
func Compute(feed Feed, nodes ...*Node) ([]*Tensor, error) {
	if err := refuse("Compute", nodes...); err != nil {
		return nil, err
	}
	fed, err := feed.tensors()
	if err != nil {
		return nil, err
	}
	p := compile(nodes)
	if p.err != nil {
		return nil, &Error{Operation: "Compute", Problem: problem(p.err)}
	}
	if p.precisionFor(fed) == float32s {
		return computeAs[float32](p, fed)
	}
	return computeAs[float64](p, fed)
}

// computeAs computes the outputs of a program in one type.
func computeAs[T kernels.Float](p *program, fed map[*Node]*Tensor) ([]*Tensor, error) {
	f := idleFrame[T](p)
	if err := f.run(fed); err != nil {
		return nil, err
	}
	values := make([]*Tensor, len(p.outputs))
	for i := range values {
		values[i] = f.output(i)
	}
	done(f)
	return values, nil
}

// inOrder lists the placeholders as they were made, so that of several mistakes in a
// feed the same one is reported every time.
func inOrder[V any](feed map[*Node]V) []*Node {
	return slices.SortedFunc(maps.Keys(feed), byAge)
}

// tensors checks a feed and converts its values.
func (f Feed) tensors() (map[*Node]*Tensor, error) {
	fail := func(format string, args ...any) (map[*Node]*Tensor, error) {
		return nil, &Error{Operation: "Feed", Problem: fmt.Sprintf(format, args...)}
	}
	if _, ok := f[nil]; ok {
		return fail("a nil *Node cannot be fed")
	}
	fed := make(map[*Node]*Tensor, len(f))
	for _, n := range inOrder(f) {
		if n.Kind() != Data {
			return fail("%q is no placeholder but a %s", n.Label(), n.kindText())
		}
		t, err := NewTensor(f[n])
		if err != nil {
			return fail("placeholder %q: %s", n.Label(), problem(err))
		}
		if !accepts(n.shape, t.shape) {
			return fail("placeholder %q is %s and was fed %s", n.Label(), n.shape, shapeText(t.shape))
		}
		fed[n] = t
	}
	return fed, nil
}

func (n *Node) kindText() string {
	if n.Kind() == Operation {
		return "node that is computed (" + n.does().name() + ")"
	}
	return n.does().name()
}

// accepts reports whether a value of the given lengths fits a placeholder.
func accepts(s shape, axes []int) bool {
	return !s.known || slices.EqualFunc(s.axes, axes, func(want, got int) bool { return want == got || want == -1 })
}
