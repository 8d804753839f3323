package graph

import (
	"fmt"
	"slices"
	"strings"

	"gradbook/graph/engine"
	"gradbook/graph/kernels"
)

// Reshape gives the elements of x another shape with as many elements, in the same
// order, row by row. One length may be −1: it is found from the others. Without a shape,
// one element becomes a number. It panics with an [*Error] if the elements do not fit.
func Reshape(x any, shape ...int) *Node { return node(x).Reshape(shape...) }

// Reshape gives the elements of n another shape; see the function [Reshape].
func (n *Node) Reshape(shape ...int) *Node {
	return apply("Reshape", reshapeOp{to: slices.Clone(shape)}, n)
}

type reshapeOp struct{ to []int }

func (reshapeOp) name() string { return "reshape" }
func (o reshapeOp) symbol() string {
	return strings.NewReplacer(" ", "×", "-1", "?").Replace(fmt.Sprint(o.to))
}
func (o reshapeOp) formula(in []term) term { return call("reshape", in[0]) }

func (o reshapeOp) infer(in []shape) (shape, error) {
	open := -1
	for i, n := range o.to {
		if n < -1 || n == -1 && open >= 0 {
			return unknown, fmt.Errorf("cannot make %v: want lengths, and −1 at most once", o.to)
		}
		if n == -1 {
			open = i
		}
	}
	if !in[0].settled() {
		return known(o.to), nil
	}
	to, size := slices.Clone(o.to), sizeOf(in[0].axes)
	if open >= 0 {
		to[open] = 1
		if rest := sizeOf(to); rest > 0 {
			to[open] = size / rest
		}
	}
	if sizeOf(to) != size {
		return unknown, fmt.Errorf("cannot make %v of %d elements", o.to, size)
	}
	return known(to), nil
}

func (reshapeOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	return b.Reshape(in[0], shape)
}

func (reshapeOp) gradient(_ *Node, in []*Node, d *Node) []*Node {
	return []*Node{apply("Reshape", likeOp{}, d, in[0])}
}

// likeOp gives its first operand the shape of the second.
type likeOp struct{}

func (likeOp) name() string                    { return "like" }
func (likeOp) symbol() string                  { return "like" }
func (likeOp) formula(in []term) term          { return in[0] }
func (likeOp) infer(in []shape) (shape, error) { return in[1], nil }
func (likeOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	return b.Reshape(in[0], shape)
}
func (likeOp) gradient(_ *Node, in []*Node, d *Node) []*Node {
	return []*Node{apply("Reshape", likeOp{}, d, in[0]), nil}
}

// shapedAs returns d summed over the axes along which x was repeated, so that a
// gradient has the shape of what it is the gradient of.
func shapedAs(d, x *Node) *Node {
	if d.shape.settled() && x.shape.settled() && slices.Equal(d.shape.axes, x.shape.axes) {
		return d
	}
	return apply("Sum", sumToOp{}, d, x)
}

// sumToOp sums its first operand to the shape of the second, from which it was
// broadcast; when the shapes are equal it changes nothing. It looks at shapes when it
// runs, so it works for placeholders whose shape is not known before.
type sumToOp struct{}

func (sumToOp) name() string                    { return "sum to" }
func (sumToOp) symbol() string                  { return "Σ→" }
func (sumToOp) formula(in []term) term          { return in[0] }
func (sumToOp) infer(in []shape) (shape, error) { return in[1], nil }
func (sumToOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	from := b.Shape(in[0])
	if sizeOf(from) == sizeOf(shape) {
		return b.Reshape(in[0], shape)
	}
	gone, off := make([]bool, len(from)), len(from)-len(shape)
	for i, n := range from {
		gone[i] = i < off || shape[i-off] != n
	}
	return b.Reshape(b.Reduce(kernels.Sum, in[0], gone), shape)
}

func (sumToOp) gradient(_ *Node, in []*Node, d *Node) []*Node {
	return []*Node{apply("Sum", repeatOp{}, d, in[0]), nil}
}

// repeatOp broadcasts its first operand to the shape of the second: the derivative
// of sumToOp.
type repeatOp struct{}

func (repeatOp) name() string                    { return "repeat" }
func (repeatOp) symbol() string                  { return "⇉" }
func (repeatOp) formula(in []term) term          { return in[0] }
func (repeatOp) infer(in []shape) (shape, error) { return in[1], nil }
func (repeatOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	if sizeOf(b.Shape(in[0])) == 1 {
		return b.Broadcast(b.Reshape(in[0], nil), shape) // of whatever rank
	}
	return b.Broadcast(in[0], shape)
}

func (repeatOp) gradient(_ *Node, in []*Node, d *Node) []*Node {
	return []*Node{shapedAs(d, in[0]), nil}
}
