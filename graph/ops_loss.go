package graph

import (
	"errors"
	"fmt"

	"gradbook/graph/engine"
	"gradbook/graph/kernels"
)

// Softmax returns eˣ / Σ eˣ along an axis: numbers between 0 and 1 that add up to 1, read
// as probabilities. It does not overflow. As part of a loss, [CrossEntropy] takes the
// logits themselves and is more exact.
func Softmax(x any, axis int) *Node { return node(x).Softmax(axis) }

// Softmax returns eⁿ / Σ eⁿ along an axis; see the function [Softmax].
func (n *Node) Softmax(axis int) *Node { return apply("Softmax", softmaxOp{along(axis)}, n) }

// LogSoftmax returns log(eˣ / Σ eˣ) along an axis: the logarithms of probabilities.
func LogSoftmax(x any, axis int) *Node { return node(x).LogSoftmax(axis) }

// LogSoftmax returns the logarithm of the softmax of n; see the function [LogSoftmax].
func (n *Node) LogSoftmax(axis int) *Node { return apply("LogSoftmax", logSoftmaxOp{along(axis)}, n) }

// alongAxis is what works along an axis that stays.
type alongAxis struct{ reduction }

func along(axis int) alongAxis { return alongAxis{reduction{[]int{axis}}} }

func (a alongAxis) infer(in []shape) (shape, error) {
	if !in[0].known {
		return unknown, nil
	}
	_, err := a.gone(in[0])
	return in[0], err
}

// logits writes x − log Σ eˣ.
func (a alongAxis) logits(b *engine.Builder, axes []int, x engine.Value) engine.Value {
	l := logSumExpOp(a)
	s, _ := l.infer([]shape{known(axes)})
	sum := l.lower(b, s.axes, []engine.Value{x})
	return b.Element(kernels.Subtract, axes, x, b.Reshape(sum, a.kept(axes)))
}

type softmaxOp struct{ alongAxis }

func (softmaxOp) name() string             { return "softmax" }
func (softmaxOp) symbol() string           { return "softmax" }
func (o softmaxOp) formula(in []term) term { return call("softmax"+subscript(o.axes), in[0]) }

// eˣ / Σ eˣ, with the largest element taken off every x.
func (o softmaxOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	gone, _ := o.gone(known(shape))
	most := b.Reshape(b.Reduce(kernels.Largest, in[0], gone), o.kept(shape))
	e := b.Element(kernels.Exp, shape, b.Element(kernels.Subtract, shape, in[0], most))
	return b.Element(kernels.Divide, shape, e, b.Reshape(b.Reduce(kernels.Sum, e, gone), o.kept(shape)))
}

// With y the softmax, d x = y·(d − Σ d·y).
func (o softmaxOp) gradient(y *Node, in []*Node, d *Node) []*Node {
	sum := apply("Softmax", sumOp{o.reduction}, d.Multiply(y))
	return []*Node{y.Multiply(d.Subtract(o.over(sum, in[0])))}
}

type logSoftmaxOp struct{ alongAxis }

func (logSoftmaxOp) name() string             { return "log softmax" }
func (logSoftmaxOp) symbol() string           { return "log softmax" }
func (o logSoftmaxOp) formula(in []term) term { return call("logsoftmax"+subscript(o.axes), in[0]) }
func (o logSoftmaxOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	return o.logits(b, shape, in[0])
}

// With y the result, d x = d − eʸ·Σ d.
func (o logSoftmaxOp) gradient(y *Node, in []*Node, d *Node) []*Node {
	return []*Node{d.Subtract(y.Exp().Multiply(o.over(apply("LogSoftmax", sumOp{o.reduction}, d), in[0])))}
}

// CrossEntropy returns how far predictions are from what they should be, as a number: the
// mean over the examples of −Σ t·log softmax(logits), along the last axis. The logits are
// what a network gives before any softmax. The targets either have their shape and hold
// probabilities t, or lack the last axis and hold classes, counted from 0;
// a class that there is no logit for is an error when it is computed.
func CrossEntropy(logits, targets any) *Node { return node(logits).CrossEntropy(targets) }

// CrossEntropy returns how far the logits n are from the targets; see the function
// [CrossEntropy].
func (n *Node) CrossEntropy(targets any) *Node {
	t := apply("CrossEntropy", targetsOp{}, node(targets), n)
	return n.LogSoftmax(-1).Multiply(t).Sum(-1).Mean().Negate()
}

// targetsOp gives targets the shape of logits: classes become probabilities of 1. It looks
// at the ranks when they are known.
type targetsOp struct{}

func (targetsOp) name() string           { return "targets" }
func (targetsOp) symbol() string         { return "targets" }
func (targetsOp) formula(in []term) term { return in[0] }

func (targetsOp) infer(in []shape) (shape, error) {
	t, logits := in[0], in[1]
	if !t.known || !logits.known {
		return logits, nil
	}
	if len(logits.axes) == 0 {
		return unknown, errors.New("want logits with an axis of classes")
	}
	want := logits.axes
	if len(t.axes) == len(want)-1 {
		want = want[:len(want)-1]
	}
	if len(t.axes) != len(want) {
		return unknown, errors.New("want targets of the shape of the logits, or without the last axis")
	}
	for i, n := range t.axes {
		if n != want[i] && n != -1 && want[i] != -1 {
			return unknown, fmt.Errorf("lengths %d and %d do not fit", n, want[i])
		}
	}
	return logits, nil
}

func (targetsOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	if len(b.Shape(in[0])) == len(shape) {
		return b.Reshape(in[0], shape)
	}
	classes := make([]float64, shape[len(shape)-1])
	for i := range classes {
		classes[i] = float64(i)
	}
	column := append(append([]int{}, shape[:len(shape)-1]...), 1)
	given := b.Call(function{"classes", checkClasses[float64](len(classes)), checkClasses[float32](len(classes))}, column, in[0])
	return b.Element(kernels.Equal, shape, given, b.Constant(classes, []int{len(classes)}))
}

// checkClasses hands on what are classes.
func checkClasses[T kernels.Float](n int) maker[T] {
	return always(func(out []T, in [][]T) error {
		for i, class := range in[0] {
			if _, ok := index(class, n); !ok {
				return badIndex("class", in[0], i, n)
			}
		}
		copy(out, in[0])
		return nil
	})
}

// Probabilities are handed on, and so is their gradient; of classes there is none, but
// then they are data.
func (targetsOp) gradient(_ *Node, in []*Node, d *Node) []*Node {
	return []*Node{apply("CrossEntropy", targetsBackOp{}, d, in[0]), nil}
}

// targetsBackOp is the derivative of targetsOp: what it gets, or nothing for classes.
type targetsBackOp struct{}

func (targetsBackOp) name() string                    { return "to targets" }
func (targetsBackOp) symbol() string                  { return "→" }
func (targetsBackOp) formula(in []term) term          { return in[0] }
func (targetsBackOp) infer(in []shape) (shape, error) { return in[1], nil }
func (targetsBackOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	if len(b.Shape(in[0])) == len(shape) {
		return b.Reshape(in[0], shape)
	}
	return b.Broadcast(b.Number(0), shape)
}
func (targetsBackOp) gradient(_ *Node, in []*Node, d *Node) []*Node {
	return []*Node{apply("CrossEntropy", targetsOp{}, d, in[0]), nil}
}

// BinaryCrossEntropy returns how far predictions are from being right, as a number: the
// mean of −t·log p − (1−t)·log(1−p), where p is the [Sigmoid] of the logits and t is 1 for
// yes and 0 for no, or a probability. It is computed as softplus(x) − t·x and does not
// overflow.
func BinaryCrossEntropy(logits, targets any) *Node { return node(logits).BinaryCrossEntropy(targets) }

// BinaryCrossEntropy returns how far the logits n are from the targets; see the function
// [BinaryCrossEntropy].
func (n *Node) BinaryCrossEntropy(targets any) *Node {
	return n.Softplus().Subtract(n.Multiply(targets)).Mean()
}

// Huber returns the mean of a loss that is e²/2 for differences e up to delta and grows in
// a straight line beyond, as delta·(|e| − delta/2), so that outliers count less (Huber,
// 1964).
func Huber(prediction, target any, delta float64) *Node { return node(prediction).Huber(target, delta) }

// Huber returns the Huber loss of n as a prediction; see the function [Huber].
func (n *Node) Huber(target any, delta float64) *Node {
	e := n.Subtract(target)
	size := e.Abs()
	return size.LessEqual(delta).Where(e.Square().Multiply(0.5), size.Subtract(delta/2).Multiply(delta)).Mean()
}
