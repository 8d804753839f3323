package graph

import (
	"cmp"
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// TestLBFGSLeastSquares: the minimum of a quadratic loss is what a QR decomposition finds,
// in either type; no step is wasted that makes it larger.
func TestLBFGSLeastSquares(t *testing.T) {
	random := rand.New(rand.NewPCG(15, 16))
	a, y := randomMatrix(random, 40, 6), randomMatrix(random, 40, 1)
	var want mat.Dense
	if err := want.Solve(a, y); err != nil {
		t.Fatal(err)
	}
	for _, short := range []bool{false, true} {
		w, v := Variable("w", make([]float64, 4)), Variable("v", make([]float64, 2))
		data := Placeholder("data", -1, 6)
		loss := data.MatMul(w.Concat(0, v)).Subtract(y.RawMatrix().Data).Square().Mean()
		tolerance := map[bool]float64{false: 1e-9, true: 1e-5}[short]
		fit, err := Minimize(loss, Training{Feed: Feed{data: a}, Optimizer: LBFGS{History: 7}, Steps: 100, Float32: short, Tolerance: tolerance})
		if err != nil || fit.Steps > 40 || !slices.IsSortedFunc(fit.Losses, func(a, b float64) int { return cmp.Compare(b, a) }) {
			t.Errorf("%v, %v, losses %v", fit, err, fit.Losses)
		}
		if got := append(w.Value().Float64s(), v.Value().Float64s()...); !near(got, want.RawMatrix().Data, 100*tolerance) {
			t.Errorf("float32 %v: %v, want %v", short, got, want.RawMatrix().Data)
		}
	}
}

// valley is Rosenbrock's function with its minimum at 1 and 1.
func valley() (x, y, loss *Node) {
	x, y = Variable("x", -1.2), Variable("y", 1)
	return x, y, Subtract(1, x).Square().Add(y.Subtract(x.Square()).Square().Multiply(100))
}

// TestLBFGSStops: a training that is stopped keeps what the last whole step has given, which
// is what one of so many steps gives; nobody sees what the search only tries.
func TestLBFGSStops(t *testing.T) {
	x, y, loss := valley()
	ctx, cancel := context.WithCancel(t.Context())
	fit, err := Minimize(loss, Training{Optimizer: LBFGS{}, Context: ctx, Report: func(p Progress) {
		if p.Step == 7 {
			cancel()
		}
	}})
	if !errors.Is(err, context.Canceled) || fit.Steps != 7 || fit.Reason != "stopped" {
		t.Fatalf("%v, %v", fit, err)
	}
	x7, y7, loss7 := valley()
	var seen []float64
	fit7, err := Minimize(loss7, Training{Optimizer: LBFGS{}, Steps: 7, Report: func(Progress) { seen = append(seen, x7.Value().Item()) }})
	if err != nil || x.Value().Item() != x7.Value().Item() || y.Value().Item() != y7.Value().Item() || fit.Loss != fit7.Loss {
		t.Errorf("stopped at %v %v with %v; seven steps lead to %v %v with %v, %v", x, y, fit, x7, y7, fit7, err)
	}
	if seen[len(seen)-1] != x7.Value().Item() || len(seen) != 8 {
		t.Errorf("reports saw %v", seen)
	}
}

// TestLBFGSGoesOn from where a variable is set while it works, and ends where it can do no
// better.
func TestLBFGSGoesOn(t *testing.T) {
	x, y, loss := valley()
	fit, err := Minimize(loss, Training{Optimizer: LBFGS{}, Report: func(p Progress) {
		if p.Step == 5 && !p.Done {
			if err := x.Set(3); err != nil {
				t.Error(err)
			}
		}
	}})
	if err != nil || fit.Reason != "no progress" || !near([]float64{x.Value().Item(), y.Value().Item()}, []float64{1, 1}, 1e-6) {
		t.Errorf("%v, %v: %v, %v", fit, err, x, y)
	}
	if fit, err := Minimize(y.Subtract(y).Square(), Training{Optimizer: LBFGS{}}); err != nil || fit.Reason != "no progress" || fit.Steps != 0 {
		t.Errorf("at a minimum: %v, %v", fit, err)
	}
}

// TestLBFGSErrors: what it cannot do it says before it begins.
func TestLBFGSErrors(t *testing.T) {
	x, _, loss := valley()
	p := Placeholder("p")
	for want, training := range map[string]Training{
		"graph: Minimize: LBFGS needs all the data in every step, but Batch is 2: want 0":                                                   {Optimizer: LBFGS{}, Batch: 2},
		"graph: Minimize: History of LBFGS is -1, want a number of steps up to 1000":                                                        {Optimizer: LBFGS{History: -1}},
		"graph: LBFGS: it finds the length of its steps itself, and cannot be Scheduled or Regularized":                                     {Optimizer: Regularized{Optimizer: LBFGS{}}},
		"graph: Minimize: the gradient is infinite or NaN before any step was made: look at the data and the first values of the variables": {Optimizer: LBFGS{}, Feed: Feed{p: 1}},
	} {
		if training.Feed != nil {
			loss = x.Multiply(0).Sqrt().Multiply(p)
		}
		if _, err := Minimize(loss, training); err == nil || err.Error() != want {
			t.Errorf("got %v\nwant %s", err, want)
		}
	}
}
