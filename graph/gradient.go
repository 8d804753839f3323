package graph

import "slices"

// Gradient returns the node that computes how y changes with x: ∂y/∂x, in the shape
// of x. It is a node like any other, and can be computed, drawn, and differentiated
// again. If y is no single number, the gradient is that of the sum of its elements.
// If y does not depend on x, it is zero.
func Gradient(y, x *Node) *Node { return Gradients(y, x)[0] }

// Gradient returns ∂n/∂x as a node.
func (n *Node) Gradient(x *Node) *Node { return Gradient(n, x) }

// Gradients returns ∂y/∂x for every x. It walks back from y once: each operation
// passes on to its inputs what it gets, times its local derivative, and a node that
// is used several times gets the sum.
func Gradients(y *Node, xs ...*Node) []*Node {
	if err := refuse("Gradient", append([]*Node{y}, xs...)...); err != nil {
		panic(err)
	}
	through := leadingTo(y, xs)
	d := map[*Node]*Node{y: filled(1, y)}
	for _, n := range slices.Backward(ancestors(y)) {
		if d[n] == nil || len(n.inputs) == 0 {
			continue
		}
		for i, part := range n.op.gradient(n, n.inputs, d[n]) {
			if input := n.inputs[i]; part != nil && through[input] {
				d[input] = plus(d[input], part)
			}
		}
	}
	found := make([]*Node, len(xs))
	for i, x := range xs {
		if found[i] = d[x]; found[i] == nil || !through[x] {
			found[i] = filled(0, x)
		}
	}
	return found
}

// filled returns a node of x's shape, every element of which is v.
func filled(v float64, x *Node) *Node {
	if x.shape.known && len(x.shape.axes) == 0 {
		return Constant(v)
	}
	return apply("Gradient", repeatOp{}, Constant(v), x)
}

// leadingTo returns the nodes on a way from one of xs to y.
func leadingTo(y *Node, xs []*Node) map[*Node]bool {
	through := make(map[*Node]bool, len(xs))
	for _, x := range xs {
		through[x] = true
	}
	for _, n := range ancestors(y) {
		if slices.ContainsFunc(n.inputs, func(in *Node) bool { return through[in] }) {
			through[n] = true
		}
	}
	return through
}

// LocalDerivatives returns for every input how the node itself changes with it,
// whatever comes after: the factors of the chain rule, written as one would by hand.
// Of w·x they are x and w, of difference² it is 2·difference. An input through which
// nothing flows has nil; a node that is not computed has none.
//
// Of an operation that works element by element, each element of the derivative is
// that of one element. Of one that mixes elements, such as [MatMul] or [Sum], it is
// what all elements of the result together change by: the gradient of their sum.
func (n *Node) LocalDerivatives() []*Node {
	upstream := filled(1, n)
	if _, ok := n.op.(elementwise); ok {
		upstream = Constant(1) // one factor serves all elements
	}
	found := n.op.gradient(n, n.inputs, upstream)
	for i, d := range found {
		if d != nil && d.op == (sumToOp{}) {
			found[i] = d.inputs[0] // one factor, before sums over repeated elements
		}
	}
	return found
}

// plus, times, negative and raised leave out what changes nothing, so that a gradient
// reads as one would write it: 1·x is x.
func plus(a, b *Node) *Node {
	if a == nil {
		return b
	}
	return a.Add(b)
}

func times(d, factor *Node) *Node {
	switch {
	case isOne(d):
		return factor
	case isOne(factor):
		return d
	}
	return d.Multiply(factor)
}

func raised(n *Node, exponent float64) *Node {
	if exponent == 1 {
		return n
	}
	return n.Power(exponent)
}

func negative(d *Node) *Node {
	if d.Kind() == ConstantValue && d.value.Size() == 1 {
		return Constant(-d.value.item(0))
	}
	return d.Negate()
}

func isOne(n *Node) bool {
	return n.Kind() == ConstantValue && n.value.Rank() == 0 && n.value.item(0) == 1
}
