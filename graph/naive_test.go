package graph

import (
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
	case chooseOp:
		naivePair(out, in, func(a, b float64) float64 {
			if o.larger {
				return max(a, b)
			}
			return min(a, b)
		})
	case compareOp:
		naivePair(out, in, func(a, b float64) float64 {
			if map[string]bool{">": a > b, "≥": a >= b, "<": a < b, "≤": a <= b, "=": a == b}[o.sign] {
				return 1
			}
			return 0
		})
	case extremeOp:
		for i := range out.data {
			out.data[i] = math.Inf(map[bool]int{true: -1, false: 1}[o.larger])
		}
		kept := o.kept(in[0].shape)
		naiveEvery(in[0].shape, func(i int, at []int) {
			to := elementAt(kept, at)
			if v := in[0].data[i]; o.larger == (v > out.data[to]) || math.IsNaN(v) {
				out.data[to] = v
			}
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
		naiveTerms(in[0].shape, in[1].shape, func(i, a, b int) { out.data[i] += in[0].data[a] * in[1].data[b] })
	case matMulLeftOp: // of d, b and a
		naiveTerms(in[2].shape, in[1].shape, func(i, a, b int) { out.data[a] += in[0].data[i] * in[1].data[b] })
	case matMulRightOp: // of a, d and b
		naiveTerms(in[0].shape, in[2].shape, func(i, a, b int) { out.data[b] += in[0].data[a] * in[1].data[i] })
	case transposeOp:
		naiveTranspose(out, in[0])
	case reshapeOp, likeOp:
		copy(out.data, in[0].data)
	case sumToOp:
		naiveEvery(in[0].shape, func(i int, at []int) { out.data[elementAt(out.shape, at)] += in[0].data[i] })
	case repeatOp:
		naiveEvery(out.shape, func(i int, at []int) { out.data[i] = in[0].data[elementAt(in[0].shape, at)] })
	default:
		naiveMore(op, out, in)
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

// naiveTerms visits every product of two elements that a matrix product is a sum of, with
// the place of the sum. A vector is one row or one column; further axes count matrices.
func naiveTerms(as, bs []int, visit func(i, a, b int)) {
	if len(as) == 1 {
		as = []int{1, as[0]}
	}
	if len(bs) == 1 {
		bs = []int{bs[0], 1}
	}
	batch := as[:len(as)-2]
	if len(bs) > 2 {
		batch = bs[:len(bs)-2]
	}
	m, k, n := as[len(as)-2], as[len(as)-1], bs[len(bs)-1]
	for c := range sizeOf(batch) {
		ca, cb := c, c
		if len(as) == 2 {
			ca = 0
		}
		if len(bs) == 2 {
			cb = 0
		}
		for i := range m {
			for j := range n {
				for p := range k {
					visit((c*m+i)*n+j, (ca*m+i)*k+p, (cb*k+p)*n+j)
				}
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
