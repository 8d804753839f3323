package graph

import (
	"slices"

	"gradbook/graph/engine"
	"gradbook/graph/kernels"
)

// Sum adds all elements, or those along the given axes, which then disappear: of [2 3],
// Sum() is a number, Sum(0) is [3] and Sum(1) is [2]. An axis counts from 0, or from
// the end with −1. It panics with an [*Error] if there is no such axis.
func Sum(x any, axes ...int) *Node { return node(x).Sum(axes...) }

// Sum adds the elements of n, all or along axes; see the function [Sum].
func (n *Node) Sum(axes ...int) *Node { return apply("Sum", sumOp{reduction{slices.Clone(axes)}}, n) }

// Mean averages all elements, or those along the given axes, which then disappear, as
// for [Sum]. Of errors over examples it makes a loss whose size does not depend on how
// many examples there are. The mean of no elements is NaN.
func Mean(x any, axes ...int) *Node { return node(x).Mean(axes...) }

// Mean averages the elements of n, all or along axes; see the function [Mean].
func (n *Node) Mean(axes ...int) *Node {
	return apply("Mean", meanOp{reduction{slices.Clone(axes)}}, n)
}

// reduction is what Sum and Mean share: the axes that go; none means all.
type reduction struct{ axes []int }

func (r reduction) infer(in []shape) (shape, error) {
	if len(r.axes) == 0 {
		return known(nil), nil
	}
	if !in[0].known {
		return unknown, nil
	}
	gone, err := r.gone(in[0])
	if err != nil {
		return unknown, err
	}
	var axes []int
	for axis, n := range in[0].axes {
		if !gone[axis] {
			axes = append(axes, n)
		}
	}
	return known(axes), nil
}

// gone says of every axis whether it disappears.
func (r reduction) gone(s shape) ([]bool, error) {
	gone := make([]bool, len(s.axes))
	for _, axis := range r.axes {
		at := axis
		if at < 0 {
			at += len(gone)
		}
		if at < 0 || at >= len(gone) {
			return nil, axisError(axis, s)
		}
		gone[at] = true
	}
	if len(r.axes) == 0 {
		for i := range gone {
			gone[i] = true
		}
	}
	return gone, nil
}

// kept is the shape of the result with 1 for every axis that is gone, which is how
// it lines up with the operand again.
func (r reduction) kept(axes []int) []int {
	gone, _ := r.gone(known(axes)) // infer has checked the axes
	kept := slices.Clone(axes)
	for axis, is := range gone {
		if is {
			kept[axis] = 1
		}
	}
	return kept
}

// lower sums; what it is called for may scale the result.
func (r reduction) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	gone, _ := r.gone(known(b.Shape(in[0])))
	return b.Reshape(b.Reduce(kernels.Sum, in[0], gone), shape)
}

type sumOp struct{ reduction }

func (sumOp) name() string             { return "sum" }
func (sumOp) symbol() string           { return "Σ" }
func (o sumOp) formula(in []term) term { return prefix("Σ"+subscript(o.axes), in[0]) }

// Every element counts once in the sum, so each gets d.
func (o sumOp) gradient(_ *Node, in []*Node, d *Node) []*Node {
	return []*Node{apply("Sum", spreadOp(o), d, in[0])}
}

type meanOp struct{ reduction }

func (meanOp) name() string             { return "mean" }
func (meanOp) symbol() string           { return "mean" }
func (o meanOp) formula(in []term) term { return call("mean"+subscript(o.axes), in[0]) }
func (o meanOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	share := float64(sizeOf(shape)) / float64(sizeOf(b.Shape(in[0])))
	return b.Element(kernels.Multiply, shape, b.Number(share), o.reduction.lower(b, shape, in))
}

// Every element counts 1/count in the mean, so each gets d/count.
func (o meanOp) gradient(_ *Node, in []*Node, d *Node) []*Node {
	return []*Node{apply("Mean", shareOp(o), d, in[0])}
}

// spreadOp repeats a reduced value over the axes that it had lost, to the shape of
// its second operand: the derivative of a sum.
type spreadOp struct{ reduction }

func (spreadOp) name() string                    { return "spread" }
func (spreadOp) symbol() string                  { return "⇉" }
func (spreadOp) formula(in []term) term          { return in[0] }
func (spreadOp) infer(in []shape) (shape, error) { return in[1], nil }
func (o spreadOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	return b.Broadcast(b.Reshape(in[0], o.kept(shape)), shape)
}

func (o spreadOp) gradient(_ *Node, _ []*Node, d *Node) []*Node {
	return []*Node{apply("Sum", sumOp(o), d), nil}
}

// shareOp spreads a mean's derivative: each element's share is 1/count of it.
type shareOp struct{ reduction }

func (shareOp) name() string   { return "share" }
func (shareOp) symbol() string { return "⇉/n" }
func (shareOp) formula(in []term) term {
	return term{text: in[0].within(product) + "/n", binds: product}
}
func (shareOp) infer(in []shape) (shape, error) { return in[1], nil }
func (o shareOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	share := float64(sizeOf(b.Shape(in[0]))) / float64(sizeOf(shape))
	return b.Element(kernels.Multiply, shape, b.Number(share), spreadOp(o).lower(b, shape, in))
}

func (o shareOp) gradient(_ *Node, _ []*Node, d *Node) []*Node {
	return []*Node{apply("Mean", meanOp(o), d), nil}
}
