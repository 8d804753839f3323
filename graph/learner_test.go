package graph

import (
	"context"
	"math"
	"testing"
)

// TestStepsAllocateNothing: ten times as many steps need no more memory, but for the list
// of losses, which has its place from the beginning.
func TestStepsAllocateNothing(t *testing.T) {
	for _, float32 := range []bool{false, true} {
		l := newLine()
		train := func(steps int) func() {
			return func() {
				if _, err := Minimize(l.loss, Training{Feed: l.feed(), Steps: steps, Float32: float32}); err != nil {
					t.Fatal(err)
				}
			}
		}
		few, many := testing.AllocsPerRun(5, train(100)), testing.AllocsPerRun(5, train(1000))
		if many > few+100 { // now and then the runtime allocates by itself, but never in every ninth step
			t.Errorf("1000 steps allocate %v times, 100 steps %v times", many, few)
		}
	}
}

// TestFloat32 trains with both types of number, in batches and all at once, to nearly the
// same; a rule that knows only one is lent the other.
func TestFloat32(t *testing.T) {
	for _, o := range []Optimizer{GradientDescent{0.3}, Momentum{Rate: 0.05}, Adam{Rate: 0.05}, plainDescent{0.3}} {
		for _, batch := range []int{0, 7} {
			var values [2]float64
			for i, short := range []bool{false, true} {
				l := newLine()
				fit, err := Minimize(l.loss, Training{Feed: l.feed(), Optimizer: o, Steps: 200, Batch: batch, Float32: short})
				if err != nil {
					t.Fatalf("%T: %v, %v", o, fit, err)
				}
				values[i] = l.w.Value().Item()
			}
			if math.Abs(values[0]-values[1]) > 1e-4 || values[0] == values[1] {
				t.Errorf("%T, batch %d: w is %v in float64 and %v in float32, want nearly but not quite the same", o, batch, values[0], values[1])
			}
		}
	}
}

// plainDescent is a rule as a user may write one.
type plainDescent struct{ rate float64 }

func (o plainDescent) Start([]int) (Rule, error) { return o, nil }
func (o plainDescent) Update(_, _ int, values, gradient []float64) {
	for j, d := range gradient {
		values[j] -= o.rate * d
	}
}

// TestSetWhileTraining: a value that is set between two steps is where the next begins.
func TestSetWhileTraining(t *testing.T) {
	w := Variable("w", 1)
	fit, err := Minimize(w.Square(), Training{Optimizer: GradientDescent{0.25}, Steps: 2, Report: func(p Progress) {
		if p.Step == 1 && !p.Done {
			if got := w.Value().Item(); got != 0.5 {
				t.Errorf("after a step w is %v, want half of 1", got)
			}
			if err := w.Set(8); err != nil || w.Value().Item() != 8 {
				t.Errorf("%v, w is %v, want what was set", err, w.Value())
			}
		}
	}})
	if err != nil || w.Value().Item() != 4 || fit.Losses[1] != 64 {
		t.Errorf("%v, %v, w is %v, want half of 8", fit, err, w.Value())
	}
}

// TestTrainingInTraining: a training of the same variable from a report leaves its value,
// from which the outer one goes on.
func TestTrainingInTraining(t *testing.T) {
	w := Variable("w", 1)
	_, err := Minimize(w.Square(), Training{Optimizer: GradientDescent{0.25}, Steps: 2, Report: func(p Progress) {
		if p.Step == 1 && !p.Done {
			if _, err := Minimize(w.Subtract(9).Square(), Training{Optimizer: GradientDescent{0.5}, Steps: 1}); err != nil {
				t.Error(err)
			}
			if got := w.Value().Item(); got != 9 {
				t.Errorf("w is %v, want the minimum of the inner training", got)
			}
		}
	}})
	if got := w.Value().Item(); err != nil || got != 4.5 {
		t.Errorf("%v, w is %v, want half of 9", err, got)
	}
}

// TestPanicInTraining: a report that panics leaves the variables with what was learned.
func TestPanicInTraining(t *testing.T) {
	w := Variable("w", 1)
	func() {
		defer func() { _ = recover() }()
		_, _ = Minimize(w.Square(), Training{Optimizer: GradientDescent{0.25}, Context: context.Background(), Report: func(Progress) { panic("no more") }})
	}()
	if err := w.Set(3); err != nil || w.Value().Item() != 3 {
		t.Errorf("%v, w is %v, want 3", err, w.Value())
	}
}
