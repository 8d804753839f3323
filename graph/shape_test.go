package graph

import (
	"errors"
	"slices"
	"testing"
)

// FuzzBroadcast compares element-wise operations on any two shapes, and their
// gradients, with the rule as NumPy's manual states it, element by element.
func FuzzBroadcast(f *testing.F) {
	f.Add([]byte{2, 3}, []byte{3})
	f.Add([]byte{0, 3}, []byte{3, 0})
	f.Add([]byte{}, []byte{2, 1, 2})
	f.Add([]byte{2}, []byte{3})
	f.Add([]byte{1, 0, 2, 0}, []byte{0, 3, 0, 1})
	f.Fuzz(func(t *testing.T, s, u []byte) {
		if len(s) > 4 || len(u) > 4 {
			return
		}
		a, b := counting(s), counting(u)
		out, fits := naiveShape(a.shape, b.shape)
		// Shapes that are known when the nodes are made and shapes that are not take
		// different roads to the same numbers.
		p, q := Placeholder("p"), Placeholder("q")
		for _, pair := range [][2]*Node{{Variable("a", a), Variable("b", b)}, {p, q}} {
			err := caught(func() error { return compareProduct(t, pair, Feed{p: a, q: b}, a, b, out) })
			var wrong *Error
			if fits && err != nil || !fits && !errors.As(err, &wrong) {
				t.Fatalf("%v · %v: %v, want it to fit: %v", a.shape, b.shape, err, fits)
			}
		}
	})
}

// compareProduct compares a·b, and the gradient of its sum for both, with loops.
func compareProduct(t *testing.T, pair [2]*Node, feed Feed, a, b *Tensor, out []int) error {
	product := pair[0].Multiply(pair[1])
	got, err := Compute(feed, append([]*Node{product}, Gradients(product, pair[:]...)...)...)
	if err != nil {
		return err
	}
	want := [3]*Tensor{newTensor(out), newTensor(a.shape), newTensor(b.shape)}
	for i := range want[0].data {
		p, q := naiveAt(a, out, i), naiveAt(b, out, i)
		want[0].data[i] = a.data[p] * b.data[q]
		want[1].data[p] += b.data[q]
		want[2].data[q] += a.data[p]
	}
	for k, w := range want {
		if !slices.Equal(got[k].shape, w.shape) || !slices.Equal(got[k].data, w.data) {
			t.Errorf("%v · %v, result %d: %v, want %v", a.shape, b.shape, k, got[k], w)
		}
	}
	return nil
}

// counting is a tensor of 1, 2, 3, … whose lengths are 1 to 4.
func counting(lengths []byte) *Tensor {
	var axes []int
	for _, n := range lengths {
		axes = append(axes, int(n)%4+1)
	}
	t := newTensor(axes)
	for i := range t.data {
		t.data[i] = float64(i + 1)
	}
	return t
}

func naiveShape(a, b []int) ([]int, bool) {
	for len(a) < len(b) {
		a = append([]int{1}, a...)
	}
	for len(b) < len(a) {
		b = append([]int{1}, b...)
	}
	out := make([]int, len(a))
	for i := range a {
		if a[i] != b[i] && a[i] != 1 && b[i] != 1 {
			return nil, false
		}
		out[i] = max(a[i], b[i])
	}
	return out, true
}

// naiveAt is the place in t of the element that stands at the i-th place of the
// broadcast shape.
func naiveAt(t *Tensor, out []int, i int) int {
	at, step := 0, 1
	for axis := len(out) - 1; axis >= 0; axis-- {
		index := i % out[axis]
		i /= out[axis]
		if own := axis - (len(out) - len(t.shape)); own >= 0 {
			at += step * (index % t.shape[own])
			step *= t.shape[own]
		}
	}
	return at
}

// TestOpenShapes: what is known of a shape before anything is fed.
func TestOpenShapes(t *testing.T) {
	batch, row, any := Placeholder("batch", -1, 3), Variable("row", []float64{1, 2, 3}), Placeholder("any")
	for _, tt := range []struct {
		n    *Node
		want string
	}{
		{any, "[?]"},
		{any.Add(row), "[?]"},
		{any.Sum(), "a number"},
		{any.Sum(0), "[?]"},
		{any.MatMul(row), "[?]"},
		{any.Transpose(), "[?]"},
		{any.Reshape(2, -1), "[2 ?]"},
		{batch, "[? 3]"},
		{batch.Add(row), "[? 3]"},
		{batch.Add(batch), "[? 3]"},
		{batch.Add(any), "[?]"},
		{batch.Add([][]float64{{1}, {2}}), "[2 3]"},
		{batch.Add([][]float64{{1}}), "[? 3]"},
		{batch.MatMul(row), "[?]"},
		{batch.Transpose(), "[3 ?]"},
		{batch.Sum(0), "[3]"},
		{batch.Mean(1), "[?]"},
		{batch.Reshape(-1), "[?]"},
		{row.Reshape(3, -1), "[3 1]"},
		{Gradient(batch.Multiply(row).Sum(), row), "[3]"},
		{Gradient(batch.Multiply(row).Sum(), batch), "[? 3]"},
		{Gradient(any.Multiply(row), any), "[?]"},
	} {
		if got := tt.n.shape.String(); got != tt.want {
			t.Errorf("%s is %s, want %s", tt.n, got, tt.want)
		}
	}
	if s, ok := batch.MatMul(row).Shape(); !ok || !slices.Equal(s, []int{-1}) {
		t.Errorf("a batch of dot products has the shape %v, %v, want one open length", s, ok)
	}
}
