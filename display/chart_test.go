package display

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"

	"gradbook/graph"
)

// numbersIn are the numbers that a chart's text says, to compare with by eye and
// by test: the ends of its axes.
func TestScatter(t *testing.T) {
	text := plain(t, Scatter([]float64{0, 10}, []int{100, 200}).Labels("title", "score", "IQ"))
	has(t, text, "title\n", "203 ┤", "97 ┤", "IQ over score")
	if n := strings.Count(text, "┤"); n != brailleRows {
		t.Errorf("%d rows, want %d", n, brailleRows)
	}
}

func TestScatterSVG(t *testing.T) {
	svg := string(svgOf(t, Scatter([]float64{1, 2, math.NaN(), 4}, []float64{1, 2, 3, math.Inf(1)})))
	if n := strings.Count(svg, "<circle"); n != 2 {
		t.Errorf("%d points are drawn, want the 2 that are finite", n)
	}
}

// The line of a node answers a mark: 0.5·17 + 1 = 9.5.
func TestLineAnswersMark(t *testing.T) {
	l := newLine()
	scores, iqs := students()
	for name, c := range map[string]*Chart{
		"line first": Scatter(scores, iqs).Line(l.prediction, l.x).Mark(17, "new"),
		"mark first": Scatter(scores, iqs).Mark(17, "new").Line(l.prediction, l.x),
		"outside":    Scatter(scores[:5], iqs[:5]).Line(l.prediction, l.x).Mark(17, "new"),
		"nameless":   Scatter(scores, iqs).Line(l.prediction, l.x).Mark(17, "").Mark(1, "new"),
	} {
		want := map[bool]string{true: "at 17: 9.5", false: "at 17: new: 9.5"}[name == "nameless"]
		t.Run(name, func(t *testing.T) { has(t, plain(t, c), want, "shown: data, prediction") })
	}
}

func TestMarkWithoutAnswer(t *testing.T) {
	scores, iqs := students()
	has(t, plain(t, Scatter(scores, iqs).Mark(17, "what IQ?")), "at 17: what IQ?")
	has(t, string(svgOf(t, Scatter(scores, iqs).Mark(17, "what IQ?"))), ">what IQ?</text>", "stroke-dasharray")
}

// A question is followed by its answer without another colon.
func TestMarkAsks(t *testing.T) {
	c := Scatter([]int{0, 8}, []int{0, 16}).Function(func(x float64) float64 { return 2 * x }, "2x")
	has(t, string(svgOf(t, c.Mark(4.5, "what here?"))), ">what here? 9</text>")
}

// The text of a mark lies within the frame, and off the line that answers it where
// there is room.
func TestMarkPlace(t *testing.T) {
	frame := vg.Rectangle{Max: vg.Point{X: 400, Y: 200}}
	at := func(x, y vg.Length) vg.Point { return vg.Point{X: x, Y: y} }
	for _, tt := range []struct {
		name  string
		post  signpost
		top   vg.Point
		width vg.Length
		want  vg.Point
	}{
		{"no answer", signpost{}, at(100, 200), 50, at(109, 188)},
		{"no answer, at the right", signpost{}, at(390, 200), 50, at(331, 188)},
		{"diverged", signpost{low: true}, at(390, 200), 50, at(331, 8)},
		{"rising", signpost{point: true}, at(200, 100), 50, at(141, 108)},
		{"rising, at the left", signpost{point: true}, at(20, 100), 50, at(29, 82)},
		{"falling", signpost{point: true, falls: true}, at(200, 100), 50, at(209, 108)},
		{"falling, at the right", signpost{point: true, falls: true}, at(380, 100), 50, at(321, 82)},
		{"too long for a side", signpost{point: true}, at(200, 100), 300, at(0, 108)},
		{"at the bottom left", signpost{point: true}, at(20, 10), 50, at(29, 18)},
		{"at the top", signpost{point: true}, at(200, 198), 50, at(141, 188)},
	} {
		if got := tt.post.place(frame, tt.top, tt.width); got != tt.want {
			t.Errorf("%s: at %v, want %v", tt.name, got, tt.want)
		}
	}
}

// A line is drawn as the variables are when it is added.
func TestLineIsASnapshot(t *testing.T) {
	l := newLine()
	c := Scatter([]int{0, 10}, []int{0, 10}).Line(l.prediction, l.x)
	before := plain(t, c)
	if err := l.w.Set(-3); err != nil {
		t.Fatal(err)
	}
	if plain(t, c) != before {
		t.Error("the line moved when the variable did")
	}
}

// Nodes whose placeholders have a shape are fed what fits it.
func TestLineOfShapedPlaceholder(t *testing.T) {
	scalar := graph.Placeholder("x", []int{}...)
	column := graph.Placeholder("x", -1, 1)
	w := graph.Variable("w", 2)
	matrix := graph.Variable("W", [][]float64{{2}})
	for name, c := range map[string]*Chart{
		"any":    Scatter([]int{0, 10}, []int{0, 10}).Line(w.Multiply(scalar), scalar),
		"column": Scatter([]int{0, 10}, []int{0, 10}).Line(graph.MatMul(column, matrix), column),
		"level":  Scatter([]int{0, 10}, []int{0, 10}).Line(w.Multiply(scalar).Multiply(0).Add(20), scalar),
	} {
		t.Run(name, func(t *testing.T) {
			points := c.curves[0].points
			if last := points[len(points)-1]; last.X != 10 || last.Y != 20 {
				t.Errorf("the line ends at %v, want 10, 20", last)
			}
		})
	}
}

func TestFunction(t *testing.T) {
	c := Scatter([]int{-2, 2}, []int{0, 4}).Function(func(x float64) float64 { return x * x }, "x²").Mark(1, "one")
	has(t, plain(t, c), "shown: data, x²", "at 1: one: 1")
	if got := c.curves[0].points[0]; got.X != -2 || got.Y != 4 {
		t.Errorf("the function starts at %v, want −2, 4", got)
	}
}

func TestChartMistakes(t *testing.T) {
	l := newLine()
	c := func() *Chart { return Scatter([]int{1, 2}, []int{3, 4}) }
	tests := []struct {
		name string
		call func()
		want string
	}{
		{"lengths", func() { Scatter([]int{1, 2, 3}, []int{1}) }, "display: Scatter: x has 3 values and y has 1, want as many"},
		{"types", func() { Scatter("scores", []int{1}) }, "display: Scatter: x is a string, want a slice of numbers, a tensor or a vector"},
		{"group", func() { c().Group("g", []int{1}, nil) }, "display: Group: y is a <nil>, want a slice of numbers, a tensor or a vector"},
		{"nil node", func() { c().Line(nil, l.x) }, "display: Line: a node is nil, want a node and the placeholder it depends on"},
		{"nil function", func() { c().Function(nil, "f") }, "display: Function: f is nil, want a function of x"},
		{"mark", func() { c().Mark(math.NaN(), "?") }, "display: Mark: x is NaN, want a finite number"},
		{"size", func() { c().Size(10, 10) }, "display: Size: 10 × 10 pixels, want 200 × 150 to 4000 × 4000"},
		{"run", func() { Loss().Run("a", "b") }, "display: Run: a is a string, want a slice of numbers, a tensor or a vector"},
		{"nil fit", func() { Loss((*graph.Fit)(nil)) }, `display: Loss: the fit of "loss" is nil, want one that Minimize returned`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := mistake(t, tt.call); got.Error() != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
	has(t, mistake(t, func() { c().Line(l.error, l.x) }).Error(), "display: Line: ", `"y"`) // y is not fed
}

func TestChartSizes(t *testing.T) {
	svg := string(svgOf(t, Scatter([]int{1, 2}, []int{3, 4}).Size(300, 200)))
	has(t, svg, `width="300" height="200"`)
}

// Degenerate data must still give a picture.
func TestChartsOfLittle(t *testing.T) {
	nan := math.NaN()
	for name, c := range map[string]*Chart{
		"nothing":       Scatter([]float64{}, []float64{}),
		"one point":     Scatter([]float64{5}, []float64{7}),
		"only NaN":      Scatter([]float64{nan}, []float64{nan}),
		"level":         Scatter([]float64{1, 2}, []float64{3, 3}),
		"empty loss":    Loss(),
		"no steps":      Loss([]float64{}),
		"one step":      Loss([]float64{4}),
		"log of zeros":  Loss([]float64{0, 0, 0}).Log(),
		"log of a step": Loss([]float64{4}).Log(),
		"diverged":      Loss([]float64{nan, nan}),
		"huge":          Loss([]float64{1e300, 1e-300}).Log(),
		"negative":      Loss([]float64{-1, -2}),
	} {
		t.Run(name, func(t *testing.T) {
			svgOf(t, c)
			if text := plain(t, c); strings.Contains(text, "NaN") {
				t.Errorf("an axis is labelled NaN:\n%s", text)
			}
		})
	}
}

func TestLossDiverged(t *testing.T) {
	c := Loss([]float64{1, 10, 100, math.Inf(1), math.NaN()})
	has(t, plain(t, c), "diverged at step 4")
	has(t, string(svgOf(t, c)), ">diverged at step 4</text>")
}

// diverging trains with a rate that is far too large, and wants it to end so.
func diverging(t *testing.T, report func(graph.Progress)) *graph.Fit {
	t.Helper()
	l := newLine()
	fit, err := graph.Minimize(l.loss, graph.Training{
		Feed: l.many(), Steps: 5000, Optimizer: graph.GradientDescent{Rate: 10}, Report: report,
	})
	if err == nil || fit == nil || fit.Reason != "diverged" || fit.Steps < 2 {
		t.Fatalf("fit %v, error %v, want one that diverged after some steps", fit, err)
	}
	return fit
}

// The losses of a fit end with the last good step; the mark stands at the next.
func TestLossOfAFitThatDiverged(t *testing.T) {
	fit := diverging(t, nil)
	want := fmt.Sprintf("diverged at step %d", fit.Steps+1)
	c := Loss(fit)
	has(t, plain(t, c), want)
	has(t, string(svgOf(t, c)), ">"+want+"</text>")
	has(t, plain(t, Loss().Run("fast", fit).Run("slow", []int{2, 1})), "fast "+want)
	if n := len(c.curves[0].points); n != len(fit.Losses)+1 {
		t.Errorf("%d points of %d losses", n, len(fit.Losses))
	}
}

// The axis turns logarithmic as that of a live curve does: from a hundredth on.
func TestLossTurnsLog(t *testing.T) {
	for _, tt := range []struct {
		name string
		c    *Chart
		want bool
	}{
		{"a fiftieth", Loss([]float64{50, 1}), false},
		{"a hundredth", Loss([]float64{100, 1}), true},
		{"a fit", Loss(diverging(t, nil)), true},
		{"two runs", Loss([]float64{1000, 900}, []float64{9, 8}), true},
		{"zeros", Loss([]float64{2, 1, 0}), false},
		{"on other data", Scatter([]int{1}, []int{1}).Run("run", []float64{100, 1}), false},
	} {
		if tt.c.log != tt.want || (tt.c.yLabel == "loss (log)") != tt.want {
			t.Errorf("%s: logarithmic %v under %q, want %v", tt.name, tt.c.log, tt.c.yLabel, tt.want)
		}
	}
}

func TestLossNamesWhatDiverged(t *testing.T) {
	has(t, plain(t, Loss().Run("slow", []float64{2, 1}).Run("fast", []float64{1, math.NaN()})), "fast diverged at step 2")
}

func TestLossNames(t *testing.T) {
	has(t, plain(t, Loss([]int{3, 2}, []int{5, 1})), "shown: run 1, run 2")
	has(t, plain(t, Loss().Run("descent", []int{3, 2}).Run("Adam", []int{5, 1})), "shown: descent, Adam")
}

// On a logarithmic axis zeros are drawn at the bottom, and halving the loss is a
// straight line.
func TestLossLog(t *testing.T) {
	c := Loss([]float64{8, 4, 2, 1, 0}).Log()
	p := c.plot(c.height)
	for i, want := range []float64{1, 2. / 3, 1. / 3, 0, 0} {
		if got := p.Y.Norm(c.curves[0].points[i].Y); math.Abs(got-want) > 1e-12 {
			t.Errorf("step %d is drawn at %g of the height, want %g", i+1, got, want)
		}
	}
}

func TestBrailleSet(t *testing.T) {
	var b braille
	b.set(0, 0)
	b.set(1, 1)
	b.set(2, 0) // outside
	b.set(math.NaN(), 0)
	if b[brailleRows-1][0] != 0x40 || b[0][brailleColumns-1] != 0x08 {
		t.Errorf("corners are %#x and %#x, want 0x40 and 0x08", b[brailleRows-1][0], b[0][brailleColumns-1])
	}
}
