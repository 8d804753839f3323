package graph

import (
	"fmt"
	"math"
	"slices"
	"testing"
)

// TestBatches: every example comes once in a pass, with all that belongs to it.
func TestBatches(t *testing.T) {
	x, y := Placeholder("x"), Placeholder("y")
	all, err := Feed{x: []float64{1, 2, 3, 4}, y: [][]float64{{1, 1}, {2, 2}, {3, 3}, {4, 4}}}.tensors()
	if err != nil {
		t.Fatal(err)
	}
	b, err := newBatches(all, 2, 5, float64s)
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		var pass []float64
		for range 2 {
			batch := b.next()
			xs, ys := batch[x].Float64s(), batch[y].Float64s()
			if !slices.Equal(ys, []float64{xs[0], xs[0], xs[1], xs[1]}) {
				t.Errorf("x is %v and y %v: of different examples", xs, ys)
			}
			pass = append(pass, xs...)
		}
		slices.Sort(pass)
		if !slices.Equal(pass, []float64{1, 2, 3, 4}) {
			t.Errorf("a pass saw %v, want every example once", pass)
		}
	}
}

// TestBatchRest: examples that do not fill a batch wait, but not always the same.
func TestBatchRest(t *testing.T) {
	x := Placeholder("x")
	b, err := newBatches(map[*Node]*Tensor{x: counting([]byte{2})}, 2, 1, float64s) // 1 2 3
	if err != nil {
		t.Fatal(err)
	}
	seen := map[float64]int{}
	for range 30 {
		pair := b.next()[x].Float64s()
		if pair[0] == pair[1] {
			t.Errorf("one batch holds %v twice", pair[0])
		}
		seen[pair[0]]++
		seen[pair[1]]++
	}
	if seen[1]+seen[2]+seen[3] != 60 || min(seen[1], seen[2], seen[3]) < 10 {
		t.Errorf("30 batches of 2 of 3 examples saw them %v times", seen)
	}
}

// TestLargeBatch: a batch of all or more is all of them, in their order.
func TestLargeBatch(t *testing.T) {
	x := Placeholder("x")
	all := map[*Node]*Tensor{x: counting([]byte{3})}
	for _, size := range []int{0, 4, 5} {
		b, err := newBatches(all, size, 1, float64s)
		if err != nil || b.next()[x] != all[x] {
			t.Errorf("batches of %d of 4: %v, want the data itself", size, err)
		}
	}
}

// TestSeed: a seed gives the same run again, to the last bit, and another another.
func TestSeed(t *testing.T) {
	run := func(seed uint64) string {
		l := newLine()
		fit, err := Minimize(l.loss, Training{Feed: l.feed(), Steps: 50, Batch: 7, Seed: seed})
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprint(l.w.Value(), l.b.Value(), fit.Losses)
	}
	first, again, other := run(1), run(1), run(2)
	if first != again {
		t.Error("the same seed gave two results")
	}
	if first == other {
		t.Error("two seeds gave the same result")
	}
}

// TestBatchLosses: the losses of a fit are those of the batches, but its loss is that
// of all the data.
func TestBatchLosses(t *testing.T) {
	l := newLine()
	fit, err := Minimize(l.loss, Training{Feed: l.feed(), Steps: 40, Batch: 5})
	if err != nil {
		t.Fatal(err)
	}
	want, err := l.loss.Compute(l.feed())
	if err != nil || math.Abs(fit.Loss-want.Item()) > 1e-12 {
		t.Errorf("the fit says %v, but on all the data the loss is %v (%v)", fit.Loss, want, err)
	}
	early, err := Minimize(l.loss, Training{Feed: l.feed(), Steps: 40, Batch: 5, Tolerance: 1e9})
	if err != nil || early.Reason != "tolerance reached" || early.Loss != fit.Loss {
		t.Errorf("ended at once: %v, %v, want the loss on all the data, %v", early, err, fit.Loss)
	}
	rises := 0
	for i := 1; i < len(fit.Losses); i++ {
		if fit.Losses[i] > fit.Losses[i-1] {
			rises++
		}
	}
	if rises == 0 {
		t.Error("the losses of batches only fell; want them to differ as the batches do")
	}
}

// TestBatchIgnoresOthers: what the loss does not need has no say in the number of
// examples.
func TestBatchIgnoresOthers(t *testing.T) {
	l := newLine()
	feed := l.feed()
	feed[Placeholder("held out")] = []float64{1, 2, 3}
	if _, err := Minimize(l.loss, Training{Feed: feed, Steps: 3, Batch: 5}); err != nil {
		t.Error(err)
	}
}

// TestBatchOfNumber: a number is the same in every batch, so that a model with a dropout is
// trained in batches with a rate, and judged with 0. The data say w = 3.
func TestBatchOfNumber(t *testing.T) {
	for _, start := range []any{2.0, float32(2)} {
		x, rate := Placeholder("x"), Placeholder("rate")
		w := Variable("w", start)
		loss := x.Multiply(w).Dropout(rate).Subtract(x.Multiply(3)).Square().Mean()
		data := []float64{1, 2, 3, 4}
		fit, err := Minimize(loss, Training{
			Feed: Feed{x: data, rate: 0}, Batch: 2, Seed: 1, Steps: 300, Optimizer: GradientDescent{0.05},
			Validation: Feed{x: data, rate: 0},
		})
		if err != nil || math.Abs(w.Value().Item()-3) > 1e-4 {
			t.Errorf("w is %v, want 3; %v, %v", w.Value(), fit, err)
		}
		if _, err := Minimize(loss, Training{Feed: Feed{x: data, rate: 0.5}, Batch: 2, Steps: 3}); err != nil {
			t.Error(err)
		}
		if _, err := Minimize(loss, Training{Feed: Feed{x: data, rate: 1.5}, Batch: 2, Steps: 3}); err == nil {
			t.Error("the rate 1.5 is not told: the number does not arrive")
		}
	}
}
