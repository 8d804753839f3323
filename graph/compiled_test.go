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
	switch g.IntN(24) {
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
	}
	return a.Sum(0, -1)
}

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
		if f.variant.code.Memory() > 10_000 || seed%10 == 0 { // a small program has nothing to share among threads
			sameBits(t, seed, f)
		}
		inFloat32(t, seed, f, g.fed)
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

func sameBits(t *testing.T, seed uint64, f *frame[float64]) {
	t.Helper()
	for _, threads := range []int{2, 4} {
		m := engine.NewMachine(f.variant.code, kernels.For[float64](), threads)
		for i, v := range f.values {
			m.Bind(i, v.data)
		}
		m.Run()
		for i := range f.outputs {
			if !slices.EqualFunc(m.Output(i), f.output(i).data, func(a, b float64) bool { return math.Float64bits(a) == math.Float64bits(b) }) {
				t.Fatalf("graph %d: on %d threads output %d differs", seed, threads, i)
			}
		}
	}
}

// inFloat32 looks only at graphs whose values float32 can hold.
func inFloat32(t *testing.T, seed uint64, f *frame[float64], fed map[*Node]*Tensor) {
	t.Helper()
	short := frameOf[float32](f.program)
	if err := short.run(fed); err != nil {
		t.Fatal(err)
	}
	for i := range f.outputs {
		got, want := short.output(i), f.output(i).data
		if got.Type() != "float32" || !near(got.Float64s(), want, 0.02) && moderate(want) {
			t.Errorf("graph %d: in float32 output %d is %v, want %v by\n%v", seed, i, got, want, f.variant.code)
		}
	}
}

func moderate(values []float64) bool {
	return !slices.ContainsFunc(values, func(v float64) bool { return !(math.Abs(v) < 1e4) })
}
