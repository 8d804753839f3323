package graph

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gradbook/graph/engine"
	"gradbook/graph/kernels"
)

// TestConvolution compares a convolution and both of its derivatives with sums over all
// indexes, for random sizes, in both types, with every set of kernels; on several threads
// the bits are the same.
func TestConvolution(t *testing.T) {
	for seed := range uint64(300) {
		random := rand.New(rand.NewPCG(seed, 9))
		some := func(n int) int { return 1 + random.IntN(n) }
		stride, padding := max(1, some(4)-1), random.IntN(4)
		batch, channels, features, height, width := some(20), some(4), some(5), some(5), some(5)
		rows, columns := max(1, height-2*padding)+random.IntN(9), max(1, width-2*padding)+random.IntN(3)
		draw := func(axes ...int) *Tensor {
			x := newTensor(axes)
			for i := range x.data {
				x.data[i] = random.NormFloat64()
			}
			return x
		}
		x, w := draw(batch, channels, rows, columns), draw(features, channels, height, width)
		down, across := (rows+2*padding-height)/stride+1, (columns+2*padding-width)/stride+1
		d := draw(batch, features, down, across)
		y, dx, dw := newTensor(d.shape), newTensor(x.shape), newTensor(w.shape)
		naiveEvery([]int{batch, features, down, across, channels, height, width}, func(_ int, at []int) {
			v, u := at[2]*stride+at[5]-padding, at[3]*stride+at[6]-padding
			if v < 0 || v >= rows || u < 0 || u >= columns {
				return
			}
			i := rowMajor(d.shape, at[0], at[1], at[2], at[3])
			j := rowMajor(x.shape, at[0], at[4], v, u)
			k := rowMajor(w.shape, at[1], at[4], at[5], at[6])
			y.data[i] += x.data[j] * w.data[k]
			dx.data[j] += d.data[i] * w.data[k]
			dw.data[k] += d.data[i] * x.data[j]
		})
		images, filters := Variable("images", x), Variable("filters", w)
		made := images.Conv2D(filters, stride, padding)
		outputs := append(Gradients(made.Multiply(d).Sum(), images, filters), made)
		f := frameOf[float64](compile(outputs))
		if err := f.run(nil); err != nil {
			t.Fatal(err)
		}
		if wrong := f.variant.code.Check(); len(wrong) > 0 {
			t.Errorf("%d: %q", seed, wrong)
		}
		for i, want := range []*Tensor{dx, dw, y} {
			if got := f.output(i); !slices.Equal(got.shape, want.shape) || !near(got.data, want.data, 1e-12) {
				t.Fatalf("%d: output %d of %v by %v, stride %d, padding %d, is\n%v, want\n%v", seed, i, x.shape, w.shape, stride, padding, got, want)
			}
		}
		sameBits(t, seed, f)
		compareSets[float64](t, f, []*Tensor{dx, dw, y}, 1e-12)
		compareSets[float32](t, f, []*Tensor{dx, dw, y}, 1e-4)
	}
}

func rowMajor(axes []int, at ...int) (i int) {
	for axis, n := range axes {
		i = i*n + at[axis]
	}
	return i
}

func compareSets[T kernels.Float](t *testing.T, f *frame[float64], want []*Tensor, tolerance float64) {
	t.Helper()
	for _, set := range kernels.All[T]() {
		m := engine.NewMachine(f.variant.code, set, 2)
		for i, v := range f.values {
			m.Bind(i, elements[T](nil, v))
		}
		if err := m.Run(); err != nil {
			t.Fatal(err)
		}
		for i, w := range want {
			if got := convert[float64](nil, m.Output(i)); !near(got, w.data, tolerance) {
				t.Errorf("by %s, output %d is %v, want %v", set.Name, i, got, w)
			}
		}
	}
}

// TestMaxPool: the first of equal elements gets the gradient, also of two zeros; a NaN is
// not lost; what is left over is dropped and gets none.
func TestMaxPool(t *testing.T) {
	x := Variable("x", [][][][]float64{{{
		{1, 5, -1, -1, 9},
		{5, 2, -1, -2, 9},
		{math.Copysign(0, -1), 0, math.NaN(), 7, 9},
		{-3, 0, 7, 7, 9},
		{9, 9, 9, 9, 9},
	}}})
	y := x.MaxPool(2)
	values, err := Compute(nil, y, Gradient(y.Multiply([][]float64{{1, 2}, {3, 4}}), x))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := values[0].Float64s(), []float64{5, -1, 0, math.NaN()}; !near(got, want, 0) {
		t.Errorf("pooled %v, want %v", got, want)
	}
	want := []float64{0, 1, 2, 0, 0, 0, 0, 0, 0, 0, 3, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}
	if got := values[1].Float64s(); !slices.Equal(got, want) {
		t.Errorf("gradient %v, want %v", got, want)
	}
}

// TestImageErrors: what cannot slide says why, with the lengths.
func TestImageErrors(t *testing.T) {
	x, open := Placeholder("x", -1, 3, 8, 8), Placeholder("open")
	for want, build := range map[string]func() *Node{
		`graph: Conv2D: "x" is [? 3 8 8], "f" is [4 2 3 3]: the images have 3 channels and the filters 2`: func() *Node { return x.Conv2D(Placeholder("f", 4, 2, 3, 3), 1, 0) },
		`graph: Conv2D: "x" is [? 3 8 8], "f" is [4 3 9 3]: filters of length 9 do not fit into images of length 8 with a padding of 0`: func() *Node {
			return x.Conv2D(Placeholder("f", 4, 3, 9, 3), 1, 0)
		},
		`graph: Conv2D: "x" is [? 3 8 8], "open" is [?]: the stride is 0 and the padding -1: want at least 1 and at least 0`: func() *Node { return x.Conv2D(open, 0, -1) },
		`graph: Conv2D: "open" is [?], "f" is [4 3]: want images [batch channels height width] and filters [features channels height width]`: func() *Node {
			return open.Conv2D(Placeholder("f", 4, 3), 1, 0)
		},
		`graph: MaxPool: "x" is [? 3 8 8]: the images are smaller than squares of 9 by 9`: func() *Node { return x.MaxPool(9) },
		`graph: MaxPool: "x" is [? 3 8 8]: the size is -1, want at least 1`:               func() *Node { return x.MaxPool(-1) },
	} {
		if err := caught(func() error { build(); return nil }); err == nil || err.Error() != want {
			t.Errorf("got %v\nwant %s", err, want)
		}
	}
}
