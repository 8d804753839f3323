package graph

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
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
	if !errors.Is(err, context.Canceled) || err.Error() != "graph: Minimize: stopped after step 7 of 1000: context canceled" {
		t.Errorf("error %v, want a cancellation at step 7", err)
	}
	if fit.Steps != 7 || len(fit.Losses) != 7 || fit.Reason != "stopped" || !last.Done {
		t.Errorf("fit %v, last report %+v, want 7 steps and a report that it is done", fit, last)
	}
	if got := l.w.Value().Item(); got != at7 || got == 0.5 {
		t.Errorf("w is %v, want what step 7 left: %v", got, at7)
	}
	if now, err := l.loss.Compute(l.feed()); err != nil || fit.Loss != now.Item() || last.Loss != fit.Loss {
		t.Errorf("the fit says %v, the last report %v, but the loss is %v (%v)", fit.Loss, last.Loss, now, err)
	}
}

// TestStoppedBefore: a context that is cancelled already changes nothing.
func TestStoppedBefore(t *testing.T) {
	l := newLine()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	fit, err := Minimize(l.loss, Training{Feed: l.feed(), Context: ctx})
	if err == nil || fit == nil || fit.Steps != 0 || l.w.Value().Item() != 0.5 || fit.Loss == 0 {
		t.Errorf("%v, %v, w = %v, want no step and the loss as it is", fit, err, l.w.Value())
	}
}

// TestReports: one report for every step in order, with the losses of the fit, and
// one at the end.
func TestReports(t *testing.T) {
	l := newLine()
	var reports []Progress
	fit, err := Minimize(l.loss, Training{Feed: l.feed(), Steps: 5, Report: func(p Progress) { reports = append(reports, p) }})
	if err != nil || len(reports) != 6 || len(fit.Losses) != 5 {
		t.Fatalf("%v, %d reports, %d losses, want 6 and 5", err, len(reports), len(fit.Losses))
	}
	for i, p := range reports[:5] {
		if p.Step != i+1 || p.Steps != 5 || p.Done || p.Loss != fit.Losses[i] || p.Elapsed < 0 {
			t.Errorf("report %d is %+v, want step %d with a loss of %v", i, p, i+1, fit.Losses[i])
		}
	}
	if p := reports[5]; p.Step != 5 || !p.Done || p.Loss != fit.Loss || p.Loss >= fit.Losses[4] {
		t.Errorf("the last report is %+v, want the final loss %v", p, fit.Loss)
	}
	if got := fit.String(); !strings.HasPrefix(got, "loss ") || !strings.HasSuffix(got, "(all steps made)") || !strings.Contains(got, " after 5 steps in ") {
		t.Errorf("the fit reads %q", got)
	}
}

// TestTolerance ends where the slope is small, and counts only steps that were made.
func TestTolerance(t *testing.T) {
	w := Variable("w", 1)
	fit, err := Minimize(w.Square(), Training{Optimizer: GradientDescent{0.25}, Tolerance: 0.3})
	// w halves at every step, and its slope is 2w: 2, 1, 0.5, then 0.25.
	if err != nil || fit.Steps != 3 || len(fit.Losses) != 3 || fit.Reason != "tolerance reached" || fit.Loss != 0.125*0.125 {
		t.Errorf("%v, %v, want 3 steps to a loss of 1/64", fit, err)
	}
}

// TestDivergence: whatever goes out of bounds is named with the step after which it
// did, and no variable is left without a value.
func TestDivergence(t *testing.T) {
	w, x := Variable("w", 1.0), Placeholder("x")
	l := newLine()
	for _, tt := range []struct {
		name string
		loss *Node
		t    Training
		want string
	}{
		{"loss", l.loss, Training{Feed: l.feed(), Optimizer: GradientDescent{1e100}}, `graph: Minimize: the loss "loss" is +Inf after step 2: try a smaller rate, or scale the data`},
		{"last step", w.Square(), Training{Steps: 1, Optimizer: GradientDescent{1e200}}, `graph: Minimize: the loss "square" is +Inf after step 1: try a smaller rate, or scale the data`},
		{"log", w.Log(), Training{Optimizer: GradientDescent{0.6}}, `graph: Minimize: the loss "log" is NaN after step 2: try a smaller rate, or scale the data`},
		{"slope", w.Subtract(1).Sqrt(), Training{}, `graph: Minimize: "w" would become infinite or NaN before any step was made: look at the data and the first values of the variables`},
		{"variable", w.Multiply(1e-300), Training{Optimizer: GradientDescent{math.MaxFloat64}, Steps: 9}, ""},
		{"data", w.Multiply(x).Sum(), Training{Feed: Feed{x: []float64{1, math.NaN()}}}, `graph: Minimize: the loss "sum" is NaN before any step was made: look at the data and the first values of the variables`},
	} {
		if err := w.Set(1); err != nil {
			t.Fatal(err)
		}
		fit, err := Minimize(tt.loss, tt.t)
		if tt.want == "" {
			if err != nil {
				t.Errorf("%s: %v, want a large but finite result", tt.name, err)
			}
			continue
		}
		if err == nil || err.Error() != tt.want || fit.Reason != "diverged" || len(fit.Losses) != fit.Steps || !finite(fit.Losses) {
			t.Errorf("%s: got  %v (%v)\nwant %s", tt.name, err, fit, tt.want)
		}
		for _, v := range tt.loss.Variables() {
			if !finite(v.Value().data) {
				t.Errorf("%s: %q is left as %v", tt.name, v.Label(), v.Value())
			}
		}
	}
}

// TestAllOrNothing: when one variable would leave the numbers, none is changed.
func TestAllOrNothing(t *testing.T) {
	good, bad := Variable("good", 1), Variable("bad", 0)
	fit, err := Minimize(good.Square().Add(bad.Sqrt()), Training{}) // √ is vertical at 0
	if err == nil || fit.Steps != 0 || good.Value().Item() != 1 || bad.Value().Item() != 0 {
		t.Errorf("%v, %v, good = %v, bad = %v, want both as they were", fit, err, good.Value(), bad.Value())
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
