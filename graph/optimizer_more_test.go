package graph

import (
	"encoding/json"
	"math"
	"os"
	"testing"
)

// TestOptimizersAsPyTorch follows every rule for ten steps.
func TestOptimizersAsPyTorch(t *testing.T) {
	text, err := os.ReadFile("testdata/optimizers.json")
	if err != nil {
		t.Fatal(err)
	}
	var paths map[string][][]float64
	if err := json.Unmarshal(text, &paths); err != nil {
		t.Fatal(err)
	}
	rules := map[string]Optimizer{
		"gradient descent": GradientDescent{0.1},
		"momentum":         Momentum{0.05, 0.8},
		"nesterov":         Nesterov{0.05, 0.8},
		"adagrad":          AdaGrad{Rate: 0.3},
		"rmsprop":          RMSProp{Rate: 0.05, Decay: 0.9},
		"adam":             Adam{Rate: 0.1},
		"adamw":            AdamW{Rate: 0.1, Decay: 0.2},
		"decayed":          Regularized{Optimizer: GradientDescent{0.1}, Decay: 0.3},
		"clipped":          Scheduled{Regularized{Optimizer: Momentum{0.1, 0.8}, Decay: 0.3, ClipNorm: 1.3}, func(int) float64 { return 1 }},
	}
	for name, path := range paths {
		for _, short := range []bool{false, true} {
			w := Variable("w", []float64{1.5, -0.75})
			loss := w.Power(4).Multiply(0.25).Add(w.Square().Multiply(0.5)).Subtract(w).Sum()
			_, err := Minimize(loss, Training{Optimizer: rules[name], Steps: len(path), Float32: short, Report: func(p Progress) {
				if want := path[p.Step-1]; !p.Done && !near(w.Value().data, want, map[bool]float64{false: 1e-14, true: 1e-6}[short]) {
					t.Errorf("%s, step %d: %v, want %v", name, p.Step, w.Value(), want)
				}
			}})
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	if len(paths) != len(rules) {
		t.Errorf("%d paths for %d rules", len(paths), len(rules))
	}
}

// TestSchedules: the functions at a few steps, and a training that follows one.
func TestSchedules(t *testing.T) {
	for _, tt := range []struct {
		schedule func(int) float64
		step     int
		want     float64
	}{
		{ExponentialDecay(0.5, 10), 1, 1}, {ExponentialDecay(0.5, 10), 11, 0.5}, {ExponentialDecay(0.5, 10), 21, 0.25},
		{CosineDecay(10), 1, 1}, {CosineDecay(10), 6, 0.5}, {CosineDecay(10), 11, 0}, {CosineDecay(10), 99, 0},
		{WarmUp(3, nil), 1, 0.25}, {WarmUp(3, nil), 3, 0.75}, {WarmUp(3, nil), 4, 1},
		{WarmUp(3, ExponentialDecay(0.5, 10)), 4, 1}, {WarmUp(3, ExponentialDecay(0.5, 10)), 14, 0.5},
	} {
		if got := tt.schedule(tt.step); math.Abs(got-tt.want) > 1e-15 {
			t.Errorf("step %d: %v, want %v", tt.step, got, tt.want)
		}
	}
	w := Variable("w", 1)
	_, err := Minimize(w.Square(), Training{Steps: 2, Optimizer: Scheduled{GradientDescent{0.25}, ExponentialDecay(0.5, 1)}})
	if got := w.Value().Item(); err != nil || got != 0.5*0.75 { // half the way, then a quarter
		t.Errorf("%v, %v, want 3/8", got, err)
	}
}

// TestClip: no element of a gradient counts for more than the limit.
func TestClip(t *testing.T) {
	w := Variable("w", []float64{100, 1, -100})
	_, err := Minimize(w.Square().Sum(), Training{Steps: 1, Optimizer: Regularized{Optimizer: GradientDescent{0.5}, Clip: 10}})
	if got := w.Value().String(); err != nil || got != "[95 0 -95]" {
		t.Errorf("%v, %v, want steps of at most 5", got, err)
	}
}

// TestOptimizerSettings: what cannot work is refused before anything is changed.
func TestOptimizerSettings(t *testing.T) {
	for _, o := range []Optimizer{Nesterov{Momentum: 1}, AdaGrad{Rate: -1}, RMSProp{Decay: 2}, AdamW{Decay: -1}, Scheduled{}, Regularized{},
		Scheduled{GradientDescent{-1}, CosineDecay(1)}, Regularized{Optimizer: Adam{}, Clip: -1}, Regularized{Optimizer: Adam{}, Decay: math.NaN()}} {
		if _, err := Minimize(Variable("w", 1).Square(), Training{Optimizer: o}); err == nil {
			t.Errorf("%T%v was accepted", o, o)
		}
	}
}
