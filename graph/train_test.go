package graph

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/floats/scalar"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"
)

// A line is the model of the post, over data that nearly follows one.
type line struct {
	x, y, w, b, prediction, loss *Node
	xs, ys                       []float64
}

func newLine() *line {
	l := &line{x: Placeholder("x"), y: Placeholder("y"), w: Variable("w", 0.5), b: Variable("b", 1)}
	l.prediction = l.w.Multiply(l.x).Add(l.b).Named("prediction")
	l.loss = l.prediction.Subtract(l.y).Square().Mean().Named("loss")
	random := rand.New(rand.NewPCG(1, 2))
	for range 60 {
		x := 2*random.Float64() - 1
		l.xs, l.ys = append(l.xs, x), append(l.ys, 3*x-1+random.NormFloat64()/4)
	}
	return l
}

func (l *line) feed() Feed { return Feed{l.x: l.xs, l.y: l.ys} }

// TestLeastSquares: training must end where the closed formula of ordinary least
// squares, computed by another library, says that the minimum is.
func TestLeastSquares(t *testing.T) {
	for _, o := range []Optimizer{GradientDescent{0.3}, Momentum{Rate: 0.05}, Adam{Rate: 0.05}} {
		l := newLine()
		fit, err := Minimize(l.loss, Training{Feed: l.feed(), Optimizer: o, Steps: 20000, Tolerance: 1e-9})
		if err != nil {
			t.Fatalf("%T: %v", o, err)
		}
		intercept, slope := stat.LinearRegression(l.xs, l.ys, nil, false)
		if !scalar.EqualWithinAbs(l.w.Value().Item(), slope, 1e-6) || !scalar.EqualWithinAbs(l.b.Value().Item(), intercept, 1e-6) {
			t.Errorf("%T: w = %v, b = %v, want %v and %v (%v)", o, l.w.Value(), l.b.Value(), slope, intercept, fit)
		}
		if fit.Reason != "tolerance reached" || fit.Loss > fit.Losses[0] {
			t.Errorf("%T: %v from %v, want the tolerance reached and a smaller loss", o, fit, fit.Losses[0])
		}
	}
}

// TestMatrixLeastSquares fits three coefficients at once, by matrices, and compares
// with gonum's QR decomposition.
func TestMatrixLeastSquares(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	a, y := mat.NewDense(40, 3, nil), mat.NewDense(40, 1, nil)
	for i := range 40 {
		for j := range 3 {
			a.Set(i, j, random.NormFloat64())
		}
		y.Set(i, 0, 2*a.At(i, 0)-a.At(i, 1)+0.5*a.At(i, 2)+random.NormFloat64()/10)
	}
	in, out := Placeholder("in", -1, 3), Placeholder("out", -1, 1)
	c := Variable("c", [][]float64{{0}, {0}, {0}})
	loss := in.MatMul(c).Subtract(out).Square().Mean()
	if _, err := Minimize(loss, Training{Feed: Feed{in: a, out: y}, Optimizer: GradientDescent{0.3}, Steps: 5000, Tolerance: 1e-10}); err != nil {
		t.Fatal(err)
	}
	var want mat.Dense
	if err := want.Solve(a, y); err != nil {
		t.Fatal(err)
	}
	for j := range 3 {
		if got := c.Value().At(j, 0); math.Abs(got-want.At(j, 0)) > 1e-6 {
			t.Errorf("coefficient %d is %v, want %v", j, got, want.At(j, 0))
		}
	}
}

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

// TestStop cancels in the middle: the next step is not made, what was learned stays,
// and the last report comes.
func TestStop(t *testing.T) {
	l := newLine()
	ctx, cancel := context.WithCancel(t.Context())
	var at7 float64
	var last Progress
	fit, err := Minimize(l.loss, Training{Feed: l.feed(), Steps: 1000, Context: ctx, Report: func(p Progress) {
		if p.Step == 7 && !p.Done {
			at7 = l.w.Value().Item()
			cancel()
		}
		last = p
	}})
	if !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "step 7 of 1000") {
		t.Errorf("error %v, want a cancellation at step 7", err)
	}
	if fit.Steps != 7 || len(fit.Losses) != 7 || fit.Reason != "stopped" || !last.Done {
		t.Errorf("fit %v, last report %+v, want 7 steps and a report that it is done", fit, last)
	}
	if got := l.w.Value().Item(); got != at7 || got == 0.5 {
		t.Errorf("w is %v, want what step 7 left: %v", got, at7)
	}
}

// TestDivergence: too large a rate is found out, named, and leaves finite values.
func TestDivergence(t *testing.T) {
	l := newLine()
	fit, err := Minimize(l.loss, Training{Feed: l.feed(), Optimizer: GradientDescent{100}, Steps: 10_000})
	if err == nil || fit.Reason != "diverged" || !strings.Contains(err.Error(), "smaller rate") {
		t.Errorf("%v, %v, want a divergence and advice", fit, err)
	}
}

// TestBatches: every example comes once in a pass, whatever the seed, and a seed
// gives the same run again.
func TestBatches(t *testing.T) {
	x := Placeholder("x")
	all := map[*Node]*Tensor{x: counting([]byte{3})} // 1 2 3 4
	b, err := newBatches(all, 2, 5)
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		pass := slices.Concat(b.next()[x].Float64s(), b.next()[x].Float64s())
		slices.Sort(pass)
		if !slices.Equal(pass, []float64{1, 2, 3, 4}) {
			t.Errorf("a pass saw %v, want every example once", pass)
		}
	}
	run := func(seed uint64) float64 {
		l := newLine()
		if _, err := Minimize(l.loss, Training{Feed: l.feed(), Steps: 50, Batch: 7, Seed: seed}); err != nil {
			t.Fatal(err)
		}
		return l.w.Value().Item()
	}
	if run(1) != run(1) || run(1) == run(2) {
		t.Errorf("seeds 1, 1, 2 gave %v, %v, %v", run(1), run(1), run(2))
	}
}

// TestVariablesChosen: what is not to be changed stays.
func TestVariablesChosen(t *testing.T) {
	l := newLine()
	if _, err := Minimize(l.loss, Training{Feed: l.feed(), Steps: 10, Variables: []*Node{l.b}}); err != nil {
		t.Fatal(err)
	}
	if l.w.Value().Item() != 0.5 || l.b.Value().Item() == 1 {
		t.Errorf("w = %v, b = %v, want only b changed", l.w.Value(), l.b.Value())
	}
}

func BenchmarkLinear(b *testing.B) {
	l := newLine()
	for b.Loop() {
		if _, err := Minimize(l.loss, Training{Feed: l.feed(), Steps: 1000}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(1000*float64(b.N)/b.Elapsed().Seconds(), "steps/s")
}
