package graph

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gradbook/graph/engine"
	"gradbook/graph/kernels"
)

// A garden grows random graphs over leaves of many shapes.
type garden struct {
	*rand.Rand
	pool []*Node
	fed  map[*Node]*Tensor
	done map[*Node]*Tensor // values so far
}

func newGarden(seed uint64) *garden {
	g := &garden{Rand: rand.New(rand.NewPCG(seed, 1)), fed: map[*Node]*Tensor{}, done: map[*Node]*Tensor{}}
	rows, columns := 1+g.IntN(7), 1+g.IntN(7)
	if g.IntN(40) == 0 {
		rows, columns = 1+g.IntN(80), 1+g.IntN(3000) // more than a block, and than a chunk
	}
	for i, axes := range [][]int{{}, {columns}, {rows, columns}, {rows, 1}, {rows, columns}, {2, 1, columns}, {columns, rows}, {1}} {
		t := newTensor(axes)
		for j := range t.data {
			t.data[j] = g.NormFloat64()
		}
		if n := Placeholder("p"); i%2 == 0 {
			g.fed[n], g.pool = t, append(g.pool, n)
		} else {
			g.pool = append(g.pool, Variable("v", t))
		}
	}
	return g
}

func (g *garden) some() *Node { return g.pool[g.IntN(len(g.pool))] }

// grow adds one operation, if the operands that were drawn fit.
func (g *garden) grow() {
	a, b := g.some(), g.some()
	var made *Node
	err := caught(func() error {
		made = g.operation(a, b)
		if values := naive(g.done, g.fed, made); len(values[0].data) > 300_000 {
			made = nil
		}
		return nil
	})
	if err == nil && made != nil {
		g.pool = append(g.pool, made)
	}
}

func (g *garden) operation(a, b *Node) *Node {
	switch g.IntN(48) {
	case 0, 1:
		return a.Add(b)
	case 2, 3:
		return a.Subtract(b)
	case 4, 5, 6:
		return a.Multiply(b)
	case 7:
		return a.Divide(b.Square().Add(1))
	case 8:
		return a.Multiply(g.NormFloat64())
	case 9:
		return Subtract(g.NormFloat64(), a)
	case 10:
		return a.Sum(g.IntN(3) - 1)
	case 11:
		return a.Mean(g.IntN(3) - 1)
	case 12:
		return a.Mean()
	case 13:
		return a.MatMul(b)
	case 14:
		return a.Transpose()
	case 15:
		return a.Reshape(-1)
	case 16:
		return a.Tanh()
	case 17:
		return a.ReLU()
	case 18:
		return a.Sigmoid().Add(b)
	case 19:
		return a.Maximum(b)
	case 20:
		return a.Less(b).Multiply(b)
	case 21:
		return a.Max(g.IntN(3) - 1)
	case 22:
		return a.Min()
	case 23:
		return a.Sum(0, -1)
	}
	return g.further(a, b)
}

// further draws one of the operations that came later. What jumps where two elements are
// equal is drawn of leaves only: computed ones may be so in one type and not in the other.
func (g *garden) further(a, b *Node) *Node {
	leaf, axis := g.pool[g.IntN(8)], g.IntN(3)-1
	switch g.IntN(21) {
	case 0:
		return leaf.Greater(0).Where(a, b)
	case 1:
		return a.Softmax(axis)
	case 2:
		return a.LogSoftmax(axis)
	case 3:
		return a.LogSumExp(axis)
	case 4:
		return a.LogSumExp()
	case 5:
		return a.Slice(axis, g.IntN(2), g.IntN(3)-1)
	case 6:
		return a.Pad(axis, g.IntN(3), g.IntN(3))
	case 7:
		return a.Concat(axis, b, a)
	case 8:
		if s := g.value(a).Shape(); len(s) > 0 && s[0] > 0 {
			return a.Gather([]int{g.IntN(s[0]), g.IntN(s[0]), 0})
		}
		return a.Erf()
	case 9:
		return leaf.ArgMax(axis).Add(b)
	case 10:
		return g.alike(leaf, a).CrossEntropy(leaf.ArgMax(-1)) // there must be such classes
	case 11:
		return a.CrossEntropy(g.alike(a, b).Softmax(-1))
	case 12:
		return a.GELU()
	case 13:
		return a.Softplus()
	case 14:
		return leaf.Abs().Multiply(b)
	case 15:
		return a.Tanh().Sin().Add(b.Tanh().Cos())
	case 16:
		return a.Square().Log1p()
	case 17:
		return a.Tanh().Expm1()
	case 18:
		return leaf.LeakyReLU(0.1).Subtract(a)
	case 19:
		return a.Normalize(0.5, axis)
	}
	return a.Variance(axis)
}

// alike is n, if it has the shape of the wanted node, or else that.
func (g *garden) alike(wanted, n *Node) *Node {
	if slices.Equal(g.value(wanted).shape, g.value(n).shape) {
		return n
	}
	return wanted
}

func (g *garden) value(n *Node) *Tensor { return naive(g.done, g.fed, n)[0] }

// outputs grows a graph and asks for two nodes and four gradients.
func (g *garden) outputs(n int) []*Node {
	for range n {
		g.grow()
	}
	outputs := []*Node{g.pool[len(g.pool)-1], g.some()}
	return append(outputs, Gradients(outputs[0], g.pool[0], g.pool[1], g.pool[2], g.pool[3])...)
}

// TestCompiled compares ten thousand random graphs, and their gradients, with what the
// naive evaluator computes; on more threads they have the same bits, and in float32 nearly
// the same values.
func TestCompiled(t *testing.T) {
	graphs := uint64(10_000)
	if testing.Short() {
		graphs = 500
	}
	for seed := range graphs {
		g := newGarden(seed)
		outputs := g.outputs(3 + g.IntN(15))
		f := idleFrame[float64](compile(outputs))
		if err := f.run(g.fed); err != nil {
			t.Fatalf("graph %d: %v", seed, err)
		}
		if wrong := f.variant.code.Check(); len(wrong) > 0 {
			t.Fatalf("graph %d: %q in\n%v", seed, wrong, f.variant.code)
		}
		for i, want := range naive(g.done, g.fed, outputs...) {
			if got := f.output(i); !slices.Equal(got.shape, want.shape) || !near(got.data, want.data, 1e-9) {
				t.Fatalf("graph %d, output %d: %v is\n%v, want\n%v by\n%v", seed, i, outputs[i], got, want, f.variant.code)
			}
		}
		short := inFloat32(t, seed, f, g.fed)
		if f.variant.code.Memory() > 10_000 || seed%10 == 0 { // a small program has nothing to share among threads
			sameBits(t, seed, f)
			sameBits(t, seed, short)
		}
	}
}

// near compares relative to the largest element, since sums are made in another order.
func near(got, want []float64, tolerance float64) bool {
	size := 1.0
	for _, w := range want {
		if !math.IsInf(w, 0) {
			size = max(size, math.Abs(w)) // a NaN stays
		}
	}
	if math.IsNaN(size) {
		size = 1
	}
	return len(got) == len(want) && slices.EqualFunc(got, want, func(g, w float64) bool {
		return g == w || math.Abs(g-w) <= tolerance*size || math.IsNaN(g) && math.IsNaN(w)
	})
}

// sameBits compares what every set of kernels computes with one, two and four threads.
func sameBits[T kernels.Float](t *testing.T, seed uint64, f *frame[T]) {
	t.Helper()
	for _, set := range kernels.All[T]() {
		alone := f.onThreads(t, set, 1)
		for _, threads := range []int{2, 4} {
			m := f.onThreads(t, set, threads)
			for i := range f.outputs {
				if !slices.EqualFunc(m.Output(i), alone.Output(i), func(a, b T) bool { return math.Float64bits(float64(a)) == math.Float64bits(float64(b)) }) {
					t.Fatalf("graph %d: on %d threads output %d of %T differs, with %s", seed, threads, i, T(0), set.Name)
				}
			}
		}
	}
}

// onThreads computes what the frame has computed once more.
func (f *frame[T]) onThreads(t *testing.T, set *kernels.Set[T], threads int) *engine.Machine[T] {
	t.Helper()
	m := engine.NewMachine(f.variant.code, set, threads)
	for i, v := range f.values {
		m.Bind(i, elements[T](nil, v))
	}
	if err := m.Run(); err != nil {
		t.Fatal(err)
	}
	return m
}

// inFloat32 looks only at graphs whose values float32 can hold.
func inFloat32(t *testing.T, seed uint64, f *frame[float64], fed map[*Node]*Tensor) *frame[float32] {
	t.Helper()
	short := frameOf[float32](f.program)
	if err := short.run(fed); err != nil {
		t.Fatal(err)
	}
	for i := range f.outputs {
		got, want := short.output(i), f.output(i).data
		if got.Type() != "float32" || moderate(want) && far(got.Float64s(), want) > len(want)/500 {
			t.Errorf("graph %d: in float32 output %d is %v, want %v by\n%v", seed, i, got, want, f.variant.code)
		}
	}
	return short
}

// far counts elements that differ by more than rounding. Of many, one in a while lies so near
// a jump that in float32 it is on the other side.
func far(got, want []float64) int {
	if near(got, want, 0.02) {
		return 0
	}
	n := 0
	for i := range want {
		if !near(got[i:i+1], want[i:i+1], 0.02) {
			n++
		}
	}
	return n
}

func moderate(values []float64) bool {
	return !slices.ContainsFunc(values, func(v float64) bool { return !(math.Abs(v) < 1e4) })
}
