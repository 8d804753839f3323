package graph

import (
	"errors"
	"slices"

	"gradbook/graph/engine"
	"gradbook/graph/kernels"
)

// Max returns the largest element, or the largest along the given axes, as [Sum] does the
// sum. The larger of two operands is [Maximum]. Elements that are equally large share the
// gradient.
func Max(x any, axes ...int) *Node { return node(x).Max(axes...) }

// Max returns the largest element of n, of all or along axes; see the function [Max].
func (n *Node) Max(axes ...int) *Node {
	return apply("Max", extremeOp{reduction{slices.Clone(axes)}, true}, n)
}

// Min returns the smallest element, or the smallest along the given axes, as [Max] does
// the largest.
func Min(x any, axes ...int) *Node { return node(x).Min(axes...) }

// Min returns the smallest element of n, of all or along axes; see the function [Min].
func (n *Node) Min(axes ...int) *Node {
	return apply("Min", extremeOp{reduction{slices.Clone(axes)}, false}, n)
}

type extremeOp struct {
	reduction
	larger bool
}

func (o extremeOp) name() string {
	if o.larger {
		return "max"
	}
	return "min"
}
func (o extremeOp) symbol() string { return o.name() }

// Of no elements there is no largest one.
func (o extremeOp) infer(in []shape) (shape, error) { return o.ofSome(in[0]) }

func (r reduction) ofSome(s shape) (shape, error) {
	made, err := r.infer([]shape{s})
	if err == nil && s.settled() && sizeOf(s.axes) == 0 && sizeOf(made.axes) > 0 {
		err = errors.New("it has no elements to choose from")
	}
	return made, err
}

func (o extremeOp) formula(in []term) term { return call(o.name()+subscript(o.axes), in[0]) }

func (o extremeOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	gone, _ := o.gone(known(b.Shape(in[0])))
	if o.larger {
		return b.Reshape(b.Reduce(kernels.Largest, in[0], gone), shape)
	}
	return b.Reshape(b.Reduce(kernels.Smallest, in[0], gone), shape)
}

func (o extremeOp) gradient(y *Node, in []*Node, d *Node) []*Node {
	there := in[0].Equal(o.over(y, in[0]))
	share := d.Divide(apply("Max", sumOp{o.reduction}, there))
	return []*Node{there.Multiply(o.over(share, in[0]))}
}

// over repeats what a reduction has left along the axes that it took away from x.
func (r reduction) over(reduced, x *Node) *Node { return apply("Sum", spreadOp{r}, reduced, x) }

// Variance returns the mean square distance from the mean, of all elements or along the
// given axes, as [Mean] does the mean. It divides by the number of elements, not by one
// less.
func Variance(x any, axes ...int) *Node { return node(x).Variance(axes...) }

// Variance returns the variance of the elements of n; see the function [Variance].
func (n *Node) Variance(axes ...int) *Node {
	r := reduction{slices.Clone(axes)}
	return n.Subtract(r.over(n.Mean(axes...), n)).Square().Mean(axes...)
}

// Normalize shifts and scales the elements to a mean of 0 and a variance of 1, all or
// along the given axes: along the last one it is layer normalisation (Ba, Kiros and
// Hinton, 2016), along the first it is what batch normalisation does in training (Ioffe
// and Szegedy, 2015). Epsilon, such as 1e-5, is added to the variance.
func Normalize(x any, epsilon float64, axes ...int) *Node { return node(x).Normalize(epsilon, axes...) }

// Normalize shifts and scales the elements of n; see the function [Normalize].
func (n *Node) Normalize(epsilon float64, axes ...int) *Node {
	r := reduction{slices.Clone(axes)}
	distance := n.Subtract(r.over(n.Mean(axes...), n))
	return distance.Divide(r.over(distance.Square().Mean(axes...).Add(epsilon).Sqrt(), n))
}

// LogSumExp returns log Σ eˣ of all elements or along the given axes, as [Sum] does the
// sum: a smooth [Max]. It does not overflow.
func LogSumExp(x any, axes ...int) *Node { return node(x).LogSumExp(axes...) }

// LogSumExp returns log Σ eⁿ; see the function [LogSumExp].
func (n *Node) LogSumExp(axes ...int) *Node {
	return apply("LogSumExp", logSumExpOp{reduction{slices.Clone(axes)}}, n)
}

type logSumExpOp struct{ reduction }

func (logSumExpOp) name() string             { return "logsumexp" }
func (logSumExpOp) symbol() string           { return "log Σ exp" }
func (o logSumExpOp) formula(in []term) term { return call("logsumexp"+subscript(o.axes), in[0]) }

// log Σ eˣ = m + log Σ eˣ⁻ᵐ, with the largest element for m; or 0 if that is infinite, of
// which 0 times is NaN.
func (o logSumExpOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	all := b.Shape(in[0])
	gone, _ := o.gone(known(all))
	most := b.Reshape(b.Reduce(kernels.Largest, in[0], gone), shape)
	finite := b.Element(kernels.Equal, shape, b.Element(kernels.Multiply, shape, b.Number(0), most), b.Number(0))
	most = b.Element(kernels.Where, shape, finite, most, b.Number(0))
	e := b.Element(kernels.Exp, all, b.Element(kernels.Subtract, all, in[0], b.Reshape(most, o.kept(all))))
	sum := b.Reshape(b.Reduce(kernels.Sum, e, gone), shape)
	return b.Element(kernels.Add, shape, most, b.Element(kernels.Log, shape, sum))
}

// The derivative of log Σ eˣ is the softmax eˣ / Σ eˣ.
func (o logSumExpOp) gradient(y *Node, in []*Node, d *Node) []*Node {
	return []*Node{o.over(d, in[0]).Multiply(in[0].Subtract(o.over(y, in[0])).Exp())}
}

// ArgMax returns where along an axis the largest element is, counted from 0; of several
// the first. That axis disappears. No gradient flows through it.
func ArgMax(x any, axis int) *Node { return node(x).ArgMax(axis) }

// ArgMax returns where along an axis the largest element of n is; see the function
// [ArgMax].
func (n *Node) ArgMax(axis int) *Node { return apply("ArgMax", argMaxOp{reduction{[]int{axis}}}, n) }

type argMaxOp struct{ reduction }

func (argMaxOp) name() string                      { return "argmax" }
func (argMaxOp) symbol() string                    { return "argmax" }
func (o argMaxOp) infer(in []shape) (shape, error) { return o.ofSome(in[0]) }
func (o argMaxOp) formula(in []term) term          { return call("argmax"+subscript(o.axes), in[0]) }
func (o argMaxOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	all := b.Shape(in[0])
	gone, _ := o.gone(known(all))
	axis := slices.Index(gone, true)
	length, inner := all[axis], sizeOf(all[axis+1:]) // elements along the axis stand inner apart
	return b.Call(function{"argmax", argMax[float64](length, inner), argMax[float32](length, inner)}, shape, in...)
}

func argMax[T kernels.Float](length, inner int) maker[T] {
	return always(func(out []T, in [][]T) error {
		for i := range out {
			first, best := i/inner*inner*length+i%inner, 0
			for j := 1; j < length; j++ {
				if in[0][first+j*inner] > in[0][first+best*inner] {
					best = j
				}
			}
			out[i] = T(best)
		}
		return nil
	})
}

func (argMaxOp) gradient(*Node, []*Node, *Node) []*Node { return []*Node{nil} }
