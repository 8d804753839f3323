package graph

import (
	"math"
	"slices"
	"testing"
)

// TestOptimizerSteps follows each rule by hand for two steps on the loss w², whose
// gradient is 2w.
func TestOptimizerSteps(t *testing.T) {
	for _, tt := range []struct {
		o    Optimizer
		want []float64 // w after the first and the second step, from 1
	}{
		{GradientDescent{0.1}, []float64{0.8, 0.64}},
		{Momentum{0.1, 0.5}, []float64{0.8, 0.8 - 0.1*(0.5*2+1.6)}},
		{Adam{Rate: 0.1}, []float64{0.9, 0.9 - 0.1*((0.9*0.2+0.1*1.8)/(1-0.81))/(math.Sqrt((0.999*0.004+0.001*1.8*1.8)/(1-0.999*0.999))+1e-8)}},
	} {
		w := Variable("w", 1)
		var got []float64
		_, err := Minimize(w.Square(), Training{Optimizer: tt.o, Steps: 2, Report: func(p Progress) {
			if !p.Done {
				got = append(got, w.Value().Item())
			}
		}})
		if err != nil || !slices.EqualFunc(got, tt.want, func(a, b float64) bool { return math.Abs(a-b) < 1e-8 }) {
			t.Errorf("%T: %v, %v, want %v", tt.o, got, err, tt.want)
		}
	}
}

// A signRule is a rule of someone else's: a fixed step against the gradient's sign.
type signRule struct{ sizes []int }

func (r *signRule) Start(sizes []int) (Rule, error) {
	r.sizes = sizes
	return r, nil
}

func (r *signRule) Update(_, _ int, values, gradient []float64) {
	for j, d := range gradient {
		values[j] -= math.Copysign(0.5, d)
	}
}

// TestOwnOptimizer: a notebook may bring its own rule.
func TestOwnOptimizer(t *testing.T) {
	w, m := Variable("w", 3), Variable("m", [][]float64{{2, -2}})
	rule := new(signRule)
	if _, err := Minimize(w.Square().Add(m.Square().Sum()), Training{Optimizer: rule, Steps: 3}); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(rule.sizes, []int{1, 2}) {
		t.Errorf("the rule was told of sizes %v, want [1 2]", rule.sizes)
	}
	if w.Value().Item() != 1.5 || !slices.Equal(m.Value().Float64s(), []float64{0.5, -0.5}) {
		t.Errorf("w = %v, m = %v after three steps of a half", w.Value(), m.Value())
	}
}

// TestOptimizersStartAfresh: what one training remembers does not leak into the next.
func TestOptimizersStartAfresh(t *testing.T) {
	for _, o := range []Optimizer{GradientDescent{}, Momentum{}, Adam{}} {
		train := func() float64 {
			w := Variable("w", 1)
			if _, err := Minimize(w.Square(), Training{Optimizer: o, Steps: 20}); err != nil {
				t.Fatal(err)
			}
			return w.Value().Item()
		}
		if first, second := train(), train(); first != second || first >= 1 {
			t.Errorf("%T: %v, then %v, want the same, and less than 1", o, first, second)
		}
	}
}
