package display

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/plot/plotter"

	"gradbook/display/canvas"
	"gradbook/graph"
)

func TestHistogramCountsEveryNumberOnce(t *testing.T) {
	values := []float64{0, 0.5, 1, 2.5, 4, 4, math.NaN(), math.Inf(1)}
	c := Histogram(values, 4)
	var got []float64
	for _, b := range c.bars {
		got = append(got, b.height)
	}
	if want := []float64{2, 1, 1, 2}; !floats.Equal(got, want) {
		t.Errorf("heights %v, want %v: the largest value belongs to the last range", got, want)
	}
	if n := len(Histogram([]int{7, 7, 7}).bars); n != 2 {
		t.Errorf("%d ranges for three equal values, want 2, the root of three rounded up", n)
	}
	if err := mistake(t, func() { Histogram([]float64{math.NaN()}) }); !strings.Contains(err.Error(), "no numbers among 1") {
		t.Error(err)
	}
}

// The running mean of a constant is the constant from its first value on, and a gap
// stays a gap.
func TestSmoothed(t *testing.T) {
	line := plotter.XYs{{X: 1, Y: 5}, {X: 2, Y: 5}, {X: 3, Y: math.NaN()}, {X: 4, Y: 5}}
	for i, p := range smoothed(line, 0.9) {
		if i == 2 {
			if !math.IsNaN(p.Y) {
				t.Errorf("the gap became %g", p.Y)
			}
		} else if math.Abs(p.Y-5) > 1e-12 {
			t.Errorf("point %d is %g, want 5", i, p.Y)
		}
	}
	// (0.5·0.5·2 + 0.5·4) / (0.5·0.5 + 0.5) = 10/3
	if got := smoothed(plotter.XYs{{Y: 2}, {Y: 4}}, 0.5)[1].Y; math.Abs(got-10.0/3) > 1e-12 {
		t.Errorf("the mean of 2 and 4 is %g, want 10/3", got)
	}
}

// Both the curve as it is, faint, and its mean are drawn.
func TestSmoothDrawsBoth(t *testing.T) {
	svg := string(Loss([]float64{5, 3, 4, 2, 3, 1}).Smooth(0.8).picture().SVG())
	if strings.Count(svg, `stroke-width="2.2"`) != 1 || strings.Count(svg, `stroke-width="1.2"`) != 1 {
		t.Errorf("want one line of each width in\n%s", svg)
	}
}

func TestHeatmapOfALargeMatrixHasMeans(t *testing.T) {
	m := mat.NewDense(130, 2, nil)
	for i := range 130 {
		m.Set(i, 1, float64(i))
	}
	h := Heatmap(m).cells
	if h.rows != 44 || h.columns != 2 {
		t.Fatalf("%d × %d cells, want 44 × 2: three rows to each", h.rows, h.columns)
	}
	if got := h.Z(1, 0); got != 128 { // the lowest row of cells holds 127, 128 and 129
		t.Errorf("the last cell is %g, want 128", got)
	}
	if got := h.Z(1, 43); got != 0 { // and the highest what is left over
		t.Errorf("the first cell is %g, want 0", got)
	}
}

func TestConfusion(t *testing.T) {
	m := Confusion([]int{0, 0, 1, 1}, []float64{0, 1, 1, 1}, "no", "yes")
	for _, want := range []struct{ truth, predicted, n int }{{0, 0, 1}, {0, 1, 1}, {1, 0, 0}, {1, 1, 2}} {
		if got := m.cells.Z(want.predicted, 1-want.truth); got != float64(want.n) {
			t.Errorf("%d taken for %d: %g times, want %d", want.truth, want.predicted, got, want.n)
		}
	}
	if m.title != "3 of 4 right" {
		t.Errorf("title %q", m.title)
	}
	has(t, mistake(t, func() { Confusion([]float64{0.5}, []int{0}) }).Error(), "class 0.5, want a whole number from 0 to 999")
	has(t, mistake(t, func() { Confusion([]int{0}, []int{3}, "no", "yes") }).Error(), "class 3, want a whole number from 0 to 1")
	has(t, mistake(t, func() { Residuals([]int{1}, []int{1, 2}) }).Error(), "observed has 1 values and predicted has 2, want as many")
}

// Numbers in cells can be read on every colour, in both themes.
func TestHeatInkCanBeRead(t *testing.T) {
	for i, h := range canvas.Heat {
		ink := canvas.HeatInk[i]
		if l, d := canvas.Contrast(ink.Light, h.Light), canvas.Contrast(ink.Dark, h.Dark); l < 4.5 || d < 4.5 {
			t.Errorf("colour %d: contrast %.1f and %.1f, want 4.5", i, l, d)
		}
	}
}

// A line of equal height of x² + y² is a circle.
func TestContoursLieAtTheirHeight(t *testing.T) {
	m := Contour(func(x, y float64) float64 { return x*x + y*y }, -2, 2, -2, 2)
	h := m.cells
	found := 0
	for r := range h.rows - 1 {
		for k := range h.columns - 1 {
			for _, p := range h.crossing([3][2]int{{k, r}, {k + 1, r}, {k + 1, r + 1}}, 1) {
				found++
				if d := math.Hypot(p.X, p.Y); math.Abs(d-1) > 0.01 {
					t.Errorf("the line passes %v, %g from the centre, want 1", p, d)
				}
			}
		}
	}
	if found < 100 {
		t.Errorf("%d points on the line, want more", found)
	}
}

func TestLossSurfaceLeavesVariables(t *testing.T) {
	l := newLine()
	m := LossSurface(l.loss, l.w, l.b, l.many())
	if w, b := l.w.Value().Item(), l.b.Value().Item(); w != 0.5 || b != 1 {
		t.Errorf("the variables are %g and %g, want 0.5 and 1 as before", w, b)
	}
	if err := l.w.Set(m.cells.X(3)); err != nil {
		t.Fatal(err)
	}
	if err := l.b.Set(m.cells.Y(7)); err != nil {
		t.Fatal(err)
	}
	want, err := l.loss.Compute(l.many())
	if err != nil {
		t.Fatal(err)
	}
	if got := m.cells.Z(3, 7); got != want.Item() {
		t.Errorf("the surface is %g there, the loss %g", got, want.Item())
	}
	mistake(t, func() { LossSurface(l.loss, l.w, l.b, graph.Feed{}) }) // which says that there is none
	if l.w.Value().Item() != m.cells.X(3) {
		t.Error("a feed without data costs the variable its value")
	}
}

// Traces begin with the values before the training and end with those after it,
// however many steps it has.
func TestTraces(t *testing.T) {
	l := newLine()
	traces := Trace(l.w, l.b)
	training := graph.Training{Feed: many30(l), Steps: 2500, Optimizer: graph.GradientDescent{Rate: 0.001}, Report: traces.Report}
	if _, err := graph.Minimize(l.loss, training); err != nil {
		t.Fatal(err)
	}
	w := traces.line(0)
	if first, last := w[0], w[len(w)-1]; first != (plotter.XY{X: 0, Y: 0.5}) || last != (plotter.XY{X: 2500, Y: l.w.Value().Item()}) {
		t.Errorf("w goes from %v to %v, want from 0.5 before step 1 to its value after step 2500", first, last)
	}
	if len(w) > history {
		t.Errorf("%d steps are kept, want %d at most", len(w), history)
	}
}

// A million points take no more than 200 KB with all that is sent of them, of whatever
// figure, also where a line goes to and fro.
func TestAMillionPointsAreSmall(t *testing.T) {
	million, steps := make([]float64, 1_000_000), make([]float64, 1_000_000)
	for i := range million {
		million[i], steps[i] = math.Sin(float64(i)*float64(i)), float64(i)
	}
	for name, c := range map[string]*Chart{
		"loss": Loss(million), "line": Line(steps, million), "smooth": Loss(million).Smooth(0.99),
		"scatter": Scatter(steps, million), "histogram": Histogram(million), "band": Line(steps, million).Band(steps, million, steps),
		"groups": Scatter(steps, million).Group("turned", million, steps), "way": Line(million[:999_999], million[1:]),
	} {
		if n := c.bundle().size(); n > 200_000 {
			t.Errorf("%s: %d bytes, want 200,000 at most", name, n)
		}
	}
}

func TestGridPlacesFigures(t *testing.T) {
	p := Grid(2, Loss([]float64{2, 1}), Bars([]string{"a"}, []int{1}), Loss([]float64{3, 1}).Size(300, 200)).picture()
	if p.Width != 2*chartWidth+3*gutter || p.Height != chartHeight+200+3*gutter {
		t.Errorf("%g × %g pixels", p.Width, p.Height)
	}
	if err := mistake(t, func() { Grid(2, "text") }); !strings.Contains(err.Error(), "a string is no figure") {
		t.Error(err)
	}
}
