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
	through := leadingTo(y, xs)
	d := map[*Node]*Node{y: apply("Gradient", repeatOp{}, Constant(1), y)}
	if y.shape.known && len(y.shape.axes) == 0 {
		d[y] = Constant(1)
	}
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
			found[i] = apply("Gradient", repeatOp{}, Constant(0), x)
		}
	}
	return found
}

// leadingTo returns the nodes on a way from one of xs to y.
func leadingTo(y *Node, xs []*Node) map[*Node]bool {
	through := map[*Node]bool{}
	for _, n := range ancestors(y) {
		through[n] = slices.Contains(xs, n) || slices.ContainsFunc(n.inputs, func(in *Node) bool { return through[in] })
	}
	return through
}

// LocalDerivatives returns for every input how the node itself changes with it,
// element by element, whatever comes after: the factors of the chain rule.
func (n *Node) LocalDerivatives() []*Node {
	one := Constant(1)
	found := n.op.gradient(n, n.inputs, one)
	for i, d := range found {
		if d != nil && d.op == (gatherOp{}) {
			found[i] = d.inputs[0] // one factor, before sums over repeated elements
		}
	}
	return found
}

// plus, times and negative leave out what changes nothing, so that a gradient reads
// as one would write it: 1·x is x.
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

func negative(d *Node) *Node {
	if d.Kind() == ConstantValue && len(d.value.data) == 1 {
		return Constant(-d.value.data[0])
	}
	return d.Negate()
}

func isOne(n *Node) bool {
	return n.Kind() == ConstantValue && n.value.Rank() == 0 && n.value.data[0] == 1
}
