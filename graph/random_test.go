package graph

import (
	"math"
	"slices"
	"strings"
	"testing"
)

// moments are the mean and the standard deviation of a tensor's numbers.
func moments(t *Tensor) (mean, deviation float64) {
	for _, v := range t.data {
		mean += v / float64(len(t.data))
	}
	for _, v := range t.data {
		deviation += (v - mean) * (v - mean) / float64(len(t.data))
	}
	return mean, math.Sqrt(deviation)
}

// TestRandomMoments compares what is drawn with what its distribution promises. A uniform
// distribution of width d has a deviation of d/√12.
func TestRandomMoments(t *testing.T) {
	r := NewRandom(3)
	for _, c := range []struct {
		name            string
		drawn           *Tensor
		mean, deviation float64
	}{
		{"uniform", r.Uniform(-1, 3, 100, 400), 1, 4 / math.Sqrt(12)},
		{"normal", r.Normal(5, 0.5, 40_000), 5, 0.5},
		{"glorot", r.Glorot(100, 300), 0, math.Sqrt(6.0/400) * 2 / math.Sqrt(12)},
		{"glorot of filters", r.Glorot(30, 40, 5, 5), 0, math.Sqrt(6.0/(25*70)) * 2 / math.Sqrt(12)},
		{"he", r.He(100, 300), 0, math.Sqrt(2.0 / 100)},
		{"he of filters", r.He(30, 40, 5, 5), 0, math.Sqrt(2.0 / 1000)},
	} {
		mean, deviation := moments(c.drawn)
		error := c.deviation / math.Sqrt(float64(len(c.drawn.data))) // of the mean
		if math.Abs(mean-c.mean) > 4*error || math.Abs(deviation-c.deviation) > 4*error {
			t.Errorf("%s: mean %v and deviation %v, want %v and %v", c.name, mean, deviation, c.mean, c.deviation)
		}
	}
}

func TestRandomDependsOnItsSeed(t *testing.T) {
	a, b := NewRandom(1), NewRandom(1)
	first := a.He(3, 4)
	if !slices.Equal(first.data, b.He(3, 4).data) {
		t.Error("one seed drew two different tensors")
	}
	if slices.Equal(first.data, a.He(3, 4).data) || slices.Equal(first.data, NewRandom(2).He(3, 4).data) {
		t.Error("the same tensor was drawn twice")
	}
}

func TestRandomRefuses(t *testing.T) {
	r := NewRandom(1)
	for want, draw := range map[string]func(){
		"Uniform: from 1 to 0":                       func() { r.Uniform(1, 0, 3) },
		"Uniform: from NaN to 1":                     func() { r.Uniform(math.NaN(), 1, 3) },
		"Normal: mean 0 and deviation -1":            func() { r.Normal(0, -1, 3) },
		"Normal: shape [3 -1] has a negative length": func() { r.Normal(0, 1, 3, -1) },
		"He: shape [3], want [inputs outputs]":       func() { r.He(3) },
		"Glorot: shape [1 2 3]":                      func() { r.Glorot(1, 2, 3) },
	} {
		func() {
			defer func() {
				if err, _ := recover().(*Error); err == nil || !strings.Contains(err.Error(), want) {
					t.Errorf("%v, want %q", err, want)
				}
			}()
			draw()
		}()
	}
}
