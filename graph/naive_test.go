package graph

import (
	"fmt"
	"math"
	"slices"
)

// naive computes nodes one by one, each into new memory, by the plainest loops there are.
// It is what the compiled engine is compared with, and shares nothing with it. Values that it has computed already it takes from the map.
func naive(values, fed map[*Node]*Tensor, nodes ...*Node) []*Tensor {
	for _, n := range ancestors(nodes...) {
		if values[n] != nil {
			continue
		}
		switch n.Kind() {
		case Operation:
			in := make([]*Tensor, len(n.inputs))
			shapes := make([]shape, len(n.inputs))
			for i, input := range n.inputs {
				in[i], shapes[i] = values[input], known(values[input].shape)
			}
			s, err := n.op.infer(shapes)
			if err != nil {
				panic(&Error{Problem: err.Error()})
			}
			values[n] = newTensor(s.axes)
			naiveForward(n.op, values[n], in)
		case Data:
			values[n] = fed[n]
		default:
			values[n] = n.Value()
		}
	}
	found := make([]*Tensor, len(nodes))
	for i, n := range nodes {
		found[i] = values[n]
	}
	return found
}

func naiveForward(op operation, out *Tensor, in []*Tensor) {
	switch o := op.(type) {
	case addOp:
		naivePair(out, in, func(a, b float64) float64 { return a + b })
	case subtractOp:
		naivePair(out, in, func(a, b float64) float64 { return a - b })
	case multiplyOp:
		naivePair(out, in, func(a, b float64) float64 { return a * b })
	case divideOp:
		naivePair(out, in, func(a, b float64) float64 { return a / b })
	case powerOp:
		naiveEach(out, in, func(x float64) float64 { return math.Pow(x, o.exponent) })
	case negateOp:
		naiveEach(out, in, func(x float64) float64 { return -x })
	case squareOp:
		naiveEach(out, in, func(x float64) float64 { return x * x })
	case expOp:
		naiveEach(out, in, math.Exp)
	case logOp:
		naiveEach(out, in, math.Log)
	case sqrtOp:
		naiveEach(out, in, math.Sqrt)
	case tanhOp:
		naiveEach(out, in, math.Tanh)
	case sigmoidOp:
		naiveEach(out, in, func(x float64) float64 { return 1 / (1 + math.Exp(-x)) })
	case reluOp:
		naiveEach(out, in, func(x float64) float64 { return max(x, 0) })
	case stepOp:
		naiveEach(out, in, func(x float64) float64 {
			if x > 0 {
				return 1
			}
			return 0
		})
	case sumOp:
		naiveSum(out, in[0], o.reduction, 1)
	case meanOp:
		naiveSum(out, in[0], o.reduction, float64(len(out.data))/float64(len(in[0].data)))
	case spreadOp:
		naiveSpread(out, in[0], o.reduction, 1)
	case shareOp:
		naiveSpread(out, in[0], o.reduction, float64(len(in[0].data))/float64(len(out.data)))
	case matMulOp:
		naiveProduct(out.data, in[0].data, in[1].data, in[0].shape, in[1].shape, false, false)
	case matMulLeftOp: // d, b, a: d·bᵀ
		m, k, n := sides(in[2].shape, in[1].shape)
		naiveProduct(out.data, in[0].data, in[1].data, []int{m, n}, []int{n, k}, false, true)
	case matMulRightOp: // a, d, b: aᵀ·d
		m, k, n := sides(in[0].shape, in[2].shape)
		naiveProduct(out.data, in[0].data, in[1].data, []int{k, m}, []int{m, n}, true, false)
	case transposeOp:
		naiveTranspose(out, in[0])
	case reshapeOp, likeOp:
		copy(out.data, in[0].data)
	case sumToOp:
		naiveEvery(in[0].shape, func(i int, at []int) { out.data[elementAt(out.shape, at)] += in[0].data[i] })
	case repeatOp:
		naiveEvery(out.shape, func(i int, at []int) { out.data[i] = in[0].data[elementAt(in[0].shape, at)] })
	default:
		panic(fmt.Sprintf("no naive form of %T", op))
	}
}

// naiveEvery visits every index of a shape.
func naiveEvery(axes []int, visit func(i int, at []int)) {
	for i := range sizeOf(axes) {
		visit(i, indexOf(axes, i))
	}
}

// elementAt finds the element that goes with an index by NumPy's rule.
func elementAt(axes, at []int) int {
	if sizeOf(axes) == 1 {
		return 0
	}
	i := 0
	for axis, n := range axes {
		i *= n
		if n != 1 {
			i += at[len(at)-len(axes)+axis]
		}
	}
	return i
}

func naivePair(out *Tensor, in []*Tensor, f func(a, b float64) float64) {
	naiveEvery(out.shape, func(i int, at []int) {
		out.data[i] = f(in[0].data[elementAt(in[0].shape, at)], in[1].data[elementAt(in[1].shape, at)])
	})
}

func naiveEach(out *Tensor, in []*Tensor, f func(float64) float64) {
	for i, x := range in[0].data {
		out.data[i] = f(x)
	}
}

func naiveSum(out, in *Tensor, r reduction, share float64) {
	kept := r.kept(in.shape)
	naiveEvery(in.shape, func(i int, at []int) { out.data[elementAt(kept, at)] += in.data[i] })
	for i := range out.data {
		out.data[i] *= share
	}
}

func naiveSpread(out, d *Tensor, r reduction, share float64) {
	kept := r.kept(out.shape)
	naiveEvery(out.shape, func(i int, at []int) { out.data[i] = share * d.data[elementAt(kept, at)] })
}

// naiveProduct multiplies a [m k] and b [k n], where a vector is one row or one column,
// each stored the other way round if it is said to be.
func naiveProduct(out, a, b []float64, as, bs []int, aT, bT bool) {
	m, k, n := sides(as, bs)
	for i := range m {
		for j := range n {
			out[i*n+j] = 0
			for p := range k {
				x, y := i*k+p, p*n+j
				if aT {
					x = p*m + i
				}
				if bT {
					y = j*k + p
				}
				out[i*n+j] += a[x] * b[y]
			}
		}
	}
}

func naiveTranspose(out, in *Tensor) {
	naiveEvery(in.shape, func(i int, at []int) {
		at = slices.Clone(at)
		slices.Reverse(at)
		j := 0
		for axis, n := range out.shape {
			j = j*n + at[axis]
		}
		out.data[j] = in.data[i]
	})
}
