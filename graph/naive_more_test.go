package graph

import (
	"fmt"
	"math"
	"slices"
)

// naiveMore has the operations that came after the first ones.
func naiveMore(op operation, out *Tensor, in []*Tensor) {
	switch o := op.(type) {
	case absOp:
		naiveEach(out, in, math.Abs)
	case signOp:
		naiveEach(out, in, func(x float64) float64 {
			switch {
			case x > 0:
				return 1
			case x < 0:
				return -1
			}
			return 0
		})
	case sinOp:
		naiveEach(out, in, math.Sin)
	case cosOp:
		naiveEach(out, in, math.Cos)
	case log1pOp:
		naiveEach(out, in, math.Log1p)
	case expm1Op:
		naiveEach(out, in, math.Expm1)
	case erfOp:
		naiveEach(out, in, math.Erf)
	case softplusOp:
		naiveEach(out, in, func(x float64) float64 { return max(x, 0) + math.Log1p(math.Exp(-math.Abs(x))) })
	case geluOp:
		naiveEach(out, in, func(x float64) float64 { return x / 2 * (1 + math.Erf(x/math.Sqrt2)) })
	case leakyOp:
		naiveEach(out, in, func(x float64) float64 {
			if x > 0 {
				return x
			}
			return o.slope * x
		})
	case whereOp:
		naiveEvery(out.shape, func(i int, at []int) {
			from := in[2]
			if in[0].data[elementAt(in[0].shape, at)] != 0 {
				from = in[1]
			}
			out.data[i] = from.data[elementAt(from.shape, at)]
		})
	case logSumExpOp:
		copy(out.data, naiveLogSumExp(in[0], o.kept(in[0].shape)))
	case softmaxOp:
		naiveShares(out, in[0], o.kept(in[0].shape), math.Exp)
	case logSoftmaxOp:
		naiveShares(out, in[0], o.kept(in[0].shape), func(x float64) float64 { return x })
	case argMaxOp:
		kept := o.kept(in[0].shape)
		best := slices.Repeat([]float64{math.Inf(-1)}, len(out.data))
		axis, _ := naiveAxis(o.axes[0], kept)
		naiveEvery(in[0].shape, func(i int, at []int) {
			if to := elementAt(kept, at); in[0].data[i] > best[to] {
				best[to], out.data[to] = in[0].data[i], float64(at[axis])
			}
		})
	case targetsOp:
		naiveEvery(out.shape, func(i int, at []int) {
			if len(in[0].shape) == len(out.shape) {
				out.data[i] = in[0].data[i]
			} else if in[0].data[i/out.shape[len(at)-1]] == float64(at[len(at)-1]) {
				out.data[i] = 1
			}
		})
	case targetsBackOp:
		if len(in[0].shape) == len(out.shape) {
			copy(out.data, in[0].data)
		}
	default:
		naiveMoves(op, out, in)
	}
}

// naiveMoves has the operations that only choose elements.
func naiveMoves(op operation, out *Tensor, in []*Tensor) {
	switch o := op.(type) {
	case pickOp:
		axis, first := naiveShift(o.picker, in[0].shape)
		naiveMove(out, in[0], axis, first, false)
	case pickBackOp:
		axis, first := naiveShift(o.picker, out.shape)
		naiveMove(in[0], out, axis, first, true)
	case concatOp:
		first := 0
		for _, part := range in {
			axis, n := naiveAxis(o.axis, part.shape)
			naiveMove(part, out, axis, first, true)
			first += n
		}
	case partOp:
		first := 0
		for _, part := range in[1 : 1+o.part] {
			_, n := naiveAxis(o.axis, part.shape)
			first += n
		}
		axis, _ := naiveAxis(o.axis, out.shape)
		naiveMove(out, in[0], axis, first, false)
	case gatherOp:
		width := sizeOf(in[0].shape[1:])
		for i := range out.data {
			out.data[i] = in[0].data[int(in[1].data[i/width])*width+i%width]
		}
	case scatterOp:
		width := sizeOf(out.shape[1:])
		for i, d := range in[0].data {
			out.data[int(in[1].data[i/width])*width+i%width] += d
		}
	default:
		panic(fmt.Sprintf("no naive form of %T", op))
	}
}

func naiveAxis(axis int, shape []int) (place, length int) {
	if axis < 0 {
		axis += len(shape)
	}
	return axis, shape[axis]
}

// naiveShift says which element of the operand is the first of the result, along an axis.
func naiveShift(p picker, from []int) (axis, first int) {
	switch p := p.(type) {
	case slicePicker:
		axis, n := naiveAxis(p.axis, from)
		if p.from < 0 {
			return axis, p.from + n
		}
		return axis, p.from
	case padPicker:
		axis, _ := naiveAxis(p.axis, from)
		return axis, -p.before
	}
	panic(fmt.Sprintf("no naive form of %T", p))
}

// naiveMove reads the small tensor out of the large one, from an index on along an axis; or
// back, adds it there.
func naiveMove(small, large *Tensor, axis, first int, back bool) {
	naiveEvery(small.shape, func(i int, at []int) {
		at = slices.Clone(at)
		if at[axis] += first; at[axis] < 0 || at[axis] >= large.shape[axis] {
			return
		}
		if j := rowMajor(large.shape, at...); back {
			large.data[j] += small.data[i]
		} else {
			small.data[i] = large.data[j]
		}
	})
}

// naiveLogSumExp is log Σ eˣ along the axes of which 1 is kept.
func naiveLogSumExp(x *Tensor, kept []int) []float64 {
	most := slices.Repeat([]float64{math.Inf(-1)}, sizeOf(kept))
	sums := make([]float64, sizeOf(kept))
	naiveEvery(x.shape, func(i int, at []int) {
		to := elementAt(kept, at)
		most[to] = max(most[to], x.data[i])
	})
	naiveEvery(x.shape, func(i int, at []int) {
		to := elementAt(kept, at)
		sums[to] += math.Exp(x.data[i] - most[to])
	})
	for i := range sums {
		sums[i] = most[i] + math.Log(sums[i])
	}
	return sums
}

// naiveShares is a function of x − log Σ eˣ.
func naiveShares(out, x *Tensor, kept []int, f func(float64) float64) {
	all := naiveLogSumExp(x, kept)
	naiveEvery(x.shape, func(i int, at []int) { out.data[i] = f(x.data[i] - all[elementAt(kept, at)]) })
}
