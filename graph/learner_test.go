package graph

import (
	"context"
	"math"
	"slices"
	"testing"
)

// TestStepsAllocateNothing: ten times as many steps need no more memory, but for the list
// of losses, which has its place from the beginning. That holds for every kind of
// instruction, in batches and clipped too.
func TestStepsAllocateNothing(t *testing.T) {
	line := newLine()
	images, classes, table := Placeholder("images", -1, 1, 6, 6), Placeholder("classes", -1), Variable("table", [][]float64{{1, 2}, {3, 4}})
	weights, err := Compute(nil, Constant([]float64{0.1, -0.2, 0.3, 0.4, -0.5, 0.6, 0.7, 0.8, -0.9}).Reshape(1, 1, 3, 3))
	if err != nil {
		t.Fatal(err)
	}
	features := images.Conv2D(Variable("filters", weights[0]), 1, 1).ReLU().MaxPool(3).Reshape(-1, 4)
	logits := features.Slice(1, 0, 2).Concat(1, features.Pad(1, 1, 0), table.Gather(classes)).Dropout(0.5)
	pictures := newTensor([]int{8, 1, 6, 6})
	for i := range pictures.data {
		pictures.data[i] = math.Sin(float64(i))
	}
	network := Training{Feed: Feed{images: pictures, classes: []int{0, 1, 1, 0, 1, 0, 0, 1}}, Batch: 3, Optimizer: Regularized{Optimizer: Adam{}, ClipNorm: 1}}
	for _, tt := range []struct {
		loss *Node
		Training
	}{{line.loss, Training{Feed: line.feed()}}, {logits.CrossEntropy(classes), network}} {
		for _, tt.Float32 = range []bool{false, true} {
			train := func(steps int) func() {
				return func() {
					tt.Steps = steps
					if _, err := Minimize(tt.loss, tt.Training); err != nil {
						t.Fatal(err)
					}
				}
			}
			few, many := testing.AllocsPerRun(5, train(100)), testing.AllocsPerRun(5, train(1000))
			if many > few+100 { // now and then the runtime allocates by itself, but never in every ninth step
				t.Errorf("%v, float32 %v: 1000 steps allocate %v times, 100 steps %v times", tt.loss, tt.Float32, many, few)
			}
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

// TestFinite hides what is no number among many, and adds up to more than there are numbers.
func TestFinite(t *testing.T) {
	for _, n := range []int{1, 2, 3, 65, 1000} {
		for _, x := range []float64{0, -1, math.MaxFloat64, math.Inf(1), math.Inf(-1), math.NaN()} {
			for at := range n {
				values := slices.Repeat([]float64{math.MaxFloat64 / 16}, n)
				values[at] = x
				if got, want := finite(values), !math.IsInf(x, 0) && !math.IsNaN(x); got != want {
					t.Fatalf("with %v at %d of %d: finite is %v, want %v", x, at, n, got, want)
				}
			}
		}
	}
}
