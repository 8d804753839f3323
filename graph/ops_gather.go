package graph

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"gradbook/graph/engine"
	"gradbook/graph/kernels"
)

// Gather returns rows of x, chosen by their indexes from 0: of x [classes width] and
// indexes [batch] it makes [batch width], an embedding. The indexes may have any shape; one
// that there is no row for is an error when it is computed. No gradient flows to them.
func Gather(x, indexes any) *Node { return node(x).Gather(indexes) }

// Gather returns rows of n; see the function [Gather].
func (n *Node) Gather(indexes any) *Node { return apply("Gather", gatherOp{}, n, node(indexes)) }

type gatherOp struct{}

func (gatherOp) name() string   { return "gather" }
func (gatherOp) symbol() string { return "[ ]" }
func (gatherOp) formula(in []term) term {
	return term{text: in[0].within(atom) + "[" + in[1].text + "]", binds: atom}
}

func (gatherOp) infer(in []shape) (shape, error) {
	if in[0].known && len(in[0].axes) == 0 {
		return unknown, fmt.Errorf("want rows to choose from")
	}
	if !in[0].known || !in[1].known {
		return unknown, nil
	}
	return known(slices.Concat(in[1].axes, in[0].axes[1:])), nil
}

func (gatherOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	rows, width := b.Shape(in[0])[0], sizeOf(b.Shape(in[0])[1:])
	return b.Call(function{"gather", gather[float64](rows, width), gather[float32](rows, width)}, shape, in...)
}

func gather[T kernels.Float](rows, width int) maker[T] {
	return always(func(out []T, in [][]T) error {
		for i, at := range in[1] {
			r, ok := index(at, rows)
			if !ok {
				return badIndex("index", in[1], i, rows)
			}
			copy(out[i*width:(i+1)*width], in[0][r*width:])
		}
		return nil
	})
}

func (gatherOp) gradient(_ *Node, in []*Node, d *Node) []*Node {
	return []*Node{apply("Gather", scatterOp{}, d, in[1], in[0]), nil}
}

// scatterOp is the derivative of gatherOp: of d, indexes and x, it adds the rows of d up
// where they came from, in the shape of x.
type scatterOp struct{}

func (scatterOp) name() string                    { return "scatter" }
func (scatterOp) symbol() string                  { return "→[ ]" }
func (scatterOp) formula(in []term) term          { return in[0] }
func (scatterOp) infer(in []shape) (shape, error) { return in[2], nil }
func (scatterOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	rows, width := shape[0], sizeOf(shape[1:])
	return b.Call(function{"scatter", scatter[float64](rows, width), scatter[float32](rows, width)}, shape, in[0], in[1])
}

func scatter[T kernels.Float](rows, width int) maker[T] {
	return always(func(out []T, in [][]T) error {
		clear(out)
		for i, at := range in[1] {
			r, ok := index(at, rows)
			if !ok {
				return badIndex("index", in[1], i, rows)
			}
			for j, d := range in[0][i*width : (i+1)*width] {
				out[r*width+j] += d
			}
		}
		return nil
	})
}

func (scatterOp) gradient(_ *Node, in []*Node, e *Node) []*Node {
	return []*Node{e.Gather(in[1]), nil, nil}
}

// Dropout sets a share of the elements of x to 0, drawn anew in each run, and scales the
// others up so that the mean stays (Srivastava and others, 2014). The rate is that share, a
// number from 0 to below 1, or a placeholder for it: fed 0, when a trained model is used,
// it changes nothing.
func Dropout(x, rate any) *Node { return node(x).Dropout(rate) }

// Dropout sets a share of the elements of n to 0; see the function [Dropout].
func (n *Node) Dropout(rate any) *Node {
	return n.Multiply(apply("Dropout", maskOp{}, n, node(rate)))
}

// maskOp draws 0 or 1/(1−rate) for every element of its first operand.
type maskOp struct{}

func (maskOp) name() string                           { return "mask" }
func (maskOp) symbol() string                         { return "mask" }
func (maskOp) formula(in []term) term                 { return call("mask", in[1]) }
func (maskOp) gradient(*Node, []*Node, *Node) []*Node { return []*Node{nil, nil} }

func (maskOp) infer(in []shape) (shape, error) {
	if in[1].settled() && len(in[1].axes) > 0 {
		return unknown, fmt.Errorf("want one rate")
	}
	return in[0], nil
}

// Every machine draws the same numbers, so that a training can be repeated.
func (maskOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	return b.Call(function{"mask", mask[float64], mask[float32]}, shape, in...)
}

func mask[T kernels.Float]() func(out []T, in [][]T) error {
	random := rand.New(rand.NewPCG(1, 2))
	return func(out []T, in [][]T) error {
		rate := in[1][0]
		if !(rate >= 0 && rate < 1) {
			return fmt.Errorf("the rate is %v, want a number from 0 to below 1", rate)
		}
		for i := range out {
			if out[i] = 0; random.Float64() >= float64(rate) {
				out[i] = 1 / (1 - rate)
			}
		}
		return nil
	}
}
