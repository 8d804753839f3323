package graph

import (
	"errors"

	"gradbook/graph/engine"
	"gradbook/graph/kernels"
)

// Maximum returns the larger of a and b, element by element; shapes broadcast as for
// [Add]. The largest element of one operand is [Max]. Of two that are equal, the gradient
// goes to the first.
func Maximum(a, b any) *Node { return node(a).Maximum(b) }

// Maximum returns the larger of n and other; see the function [Maximum].
func (n *Node) Maximum(other any) *Node {
	return apply("Maximum", chooseOp{larger: true}, n, node(other))
}

// Minimum returns the smaller of a and b, element by element, as [Maximum] does the
// larger.
func Minimum(a, b any) *Node { return node(a).Minimum(b) }

// Minimum returns the smaller of n and other; see the function [Minimum].
func (n *Node) Minimum(other any) *Node { return apply("Minimum", chooseOp{}, n, node(other)) }

// Clip keeps x between two values, element by element: what is below low becomes low, what
// is above high becomes high, and no gradient flows there.
func Clip(x, low, high any) *Node { return node(x).Clip(low, high) }

// Clip keeps n between two values; see the function [Clip].
func (n *Node) Clip(low, high any) *Node { return n.Maximum(low).Minimum(high) }

type chooseOp struct {
	pairwise
	larger bool
}

func (o chooseOp) name() string {
	if o.larger {
		return "maximum"
	}
	return "minimum"
}
func (o chooseOp) symbol() string { return o.name()[:3] }
func (o chooseOp) formula(in []term) term {
	return call(o.symbol(), term{text: in[0].text + ", " + in[1].text})
}

func (o chooseOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	if o.larger {
		return b.Element(kernels.Maximum, shape, in...)
	}
	return b.Element(kernels.Minimum, shape, in...)
}

func (o chooseOp) gradient(_ *Node, in []*Node, d *Node) []*Node {
	first := in[0].GreaterEqual(in[1])
	if !o.larger {
		first = in[1].GreaterEqual(in[0])
	}
	return []*Node{shapedAs(times(d, first), in[0]), shapedAs(times(d, Subtract(1, first)), in[1])}
}

// Greater returns 1 where a > b and 0 elsewhere, element by element. No gradient flows
// through it, as through no comparison: it is flat wherever it has a slope.
func Greater(a, b any) *Node { return node(a).Greater(b) }

// Greater returns 1 where n > other; see the function [Greater].
func (n *Node) Greater(other any) *Node {
	return apply("Greater", compareOp{text: "greater", sign: ">", code: kernels.Greater}, n, node(other))
}

// GreaterEqual returns 1 where a ≥ b and 0 elsewhere; see [Greater].
func GreaterEqual(a, b any) *Node { return node(a).GreaterEqual(b) }

// GreaterEqual returns 1 where n ≥ other; see the function [GreaterEqual].
func (n *Node) GreaterEqual(other any) *Node {
	return apply("GreaterEqual", compareOp{text: "greater or equal", sign: "≥", code: kernels.GreaterEqual}, n, node(other))
}

// Less returns 1 where a < b and 0 elsewhere; see [Greater].
func Less(a, b any) *Node { return node(a).Less(b) }

// Less returns 1 where n < other; see the function [Less].
func (n *Node) Less(other any) *Node {
	return apply("Less", compareOp{text: "less", sign: "<", code: kernels.Greater, turned: true}, n, node(other))
}

// LessEqual returns 1 where a ≤ b and 0 elsewhere; see [Greater].
func LessEqual(a, b any) *Node { return node(a).LessEqual(b) }

// LessEqual returns 1 where n ≤ other; see the function [LessEqual].
func (n *Node) LessEqual(other any) *Node {
	return apply("LessEqual", compareOp{text: "less or equal", sign: "≤", code: kernels.GreaterEqual, turned: true}, n, node(other))
}

// Equal returns 1 where a = b and 0 elsewhere; see [Greater]. It suits whole numbers, such
// as classes: of other results the last digits may differ.
func Equal(a, b any) *Node { return node(a).Equal(b) }

// Equal returns 1 where n = other; see the function [Equal].
func (n *Node) Equal(other any) *Node {
	return apply("Equal", compareOp{text: "equal", sign: "=", code: kernels.Equal}, n, node(other))
}

type compareOp struct {
	pairwise
	text, sign string
	code       kernels.Code
	turned     bool // the operands change places
}

func (o compareOp) name() string   { return o.text }
func (o compareOp) symbol() string { return o.sign }
func (o compareOp) formula(in []term) term {
	return term{text: "(" + in[0].text + " " + o.sign + " " + in[1].text + ")", binds: atom}
}

func (o compareOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	if o.turned {
		return b.Element(o.code, shape, in[1], in[0])
	}
	return b.Element(o.code, shape, in[0], in[1])
}

func (compareOp) gradient(*Node, []*Node, *Node) []*Node { return []*Node{nil, nil} }

// Where returns a where the condition is not 0, and b elsewhere, element by element; all
// three shapes broadcast as for [Add]. The gradient of each goes to where it was taken.
func Where(condition, a, b any) *Node { return node(condition).Where(a, b) }

// Where returns a where n is not 0, and b elsewhere; see the function [Where].
func (n *Node) Where(a, b any) *Node { return apply("Where", whereOp{}, n, node(a), node(b)) }

type whereOp struct{}

func (whereOp) elementwise()   {}
func (whereOp) name() string   { return "where" }
func (whereOp) symbol() string { return "?" }
func (whereOp) formula(in []term) term {
	return call("where", term{text: in[0].text + ", " + in[1].text + ", " + in[2].text})
}

func (whereOp) infer(in []shape) (shape, error) {
	s, err := broadcast(in[1], in[2])
	if err != nil {
		return s, errors.New("what there is to choose from does not fit one another")
	}
	if s, err = broadcast(in[0], s); err != nil {
		return s, errors.New("the condition does not fit what there is to choose from")
	}
	return s, nil
}

func (whereOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	return b.Element(kernels.Where, shape, in...)
}

func (whereOp) gradient(_ *Node, in []*Node, d *Node) []*Node {
	return []*Node{nil, shapedAs(in[0].Where(d, 0), in[1]), shapedAs(in[0].Where(0, d), in[2])}
}
