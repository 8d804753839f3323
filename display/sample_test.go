package display

import (
	"bytes"
	"encoding/base64"
	"errors"
	"flag"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gradbook/graph"
)

var update = flag.Bool("update", false, "rewrite the golden files in testdata")

// golden compares got with testdata/name. After a deliberate change, run
//
//	go test ./display/... -update
//
// and read the difference as part of the review: an SVG is text.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs (run with -update to accept):\n got %s\nwant %s", path, got, want)
	}
}

// line is the linear model of the tutorials with the numbers of its first
// calculation: m = 0.5, b = 1, x = 10, y = 4, so prediction 6, difference 2, error 4.
type line struct {
	x, y, w, b                          *graph.Node
	prediction, difference, error, loss *graph.Node
}

func newLine() line {
	var l line
	l.x, l.y = graph.Placeholder("x"), graph.Placeholder("y")
	l.w, l.b = graph.Variable("w", 0.5), graph.Variable("b", 1)
	l.prediction = l.w.Multiply(l.x).Add(l.b).Named("prediction")
	l.difference = l.prediction.Subtract(l.y).Named("difference")
	l.error = l.difference.Square().Named("error")
	l.loss = l.error.Mean().Named("loss")
	return l
}

// one is the feed of the first calculation, many that of a batch.
func (l line) one() graph.Feed { return graph.Feed{l.x: 10, l.y: 4} }

func (l line) many() graph.Feed {
	scores, iqs := students()
	return graph.Feed{l.x: scores, l.y: iqs}
}

// students are made up: a line with a wave on it.
func students() (scores, iqs []float64) {
	for i := range 30 {
		scores = append(scores, float64(i))
		iqs = append(iqs, 80+2*float64(i)+float64(i*i*7%23)-11)
	}
	return scores, iqs
}

// many30 feeds a batch whose loss is a bowl that training walks down in a curve.
func many30(l line) graph.Feed {
	xs, ys := make([]float64, 30), make([]float64, 30)
	for i := range xs {
		xs[i] = float64(i)/10 - 1
		ys[i] = 2*xs[i] - 1 + 0.2*float64(i*7%5-2)
	}
	return graph.Feed{l.x: xs, l.y: ys}
}

// trained are the traces of a training, after which the variables are as before.
func (l line) trained() *Traces {
	traces := Trace(l.w, l.b)
	if _, err := graph.Minimize(l.loss, graph.Training{Feed: many30(l), Steps: 60, Optimizer: graph.GradientDescent{Rate: 0.05}, Report: traces.Report}); err != nil {
		panic(err)
	}
	_, _ = l.w.Set(0.5), l.b.Set(1)
	return traces
}

// quadratic is a·x² + w·x + b against y: its error reaches x on two paths.
func (l line) quadratic() *graph.Node {
	a := graph.Variable("a", 0.25)
	return a.Multiply(l.x.Square()).Add(l.w.Multiply(l.x)).Add(l.b).Subtract(l.y).Square().Named("error")
}

// svgOf is the SVG of a figure. It does not draw the PNG, which takes most of the
// time, where the figure is one of ours.
func svgOf(t *testing.T, v any) []byte {
	t.Helper()
	switch v := v.(type) {
	case *Chart:
		return v.picture().SVG()
	case *Diagram:
		return v.drawing().Picture().SVG()
	case *Map:
		return v.picture().SVG()
	case *Panel:
		return v.picture().SVG()
	case *Steps:
		return v.pictures[len(v.pictures)/2].SVG()
	}
	return svgIn(t, v)
}

// svgIn takes the SVG out of a figure's HTML.
func svgIn(t *testing.T, v any) []byte {
	t.Helper()
	html, _ := Render(v).Data[textHTML].(string)
	_, encoded, ok := strings.Cut(html, "data:image/svg+xml;base64,")
	if !ok {
		t.Fatalf("no SVG in %.200q", html)
	}
	encoded, _, _ = strings.Cut(encoded, `"`)
	svg, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		t.Fatal(err)
	}
	return svg
}

// plain is the text/plain of a value.
func plain(t *testing.T, v any) string {
	t.Helper()
	switch v := v.(type) {
	case *Chart:
		return v.text()
	case *Diagram:
		return v.text()
	case *Map:
		return v.text()
	case *Panel:
		return v.text()
	case *Steps:
		return v.text()
	}
	s, ok := Render(v).Data[textPlain].(string)
	if !ok {
		t.Fatalf("a %T has no text", v)
	}
	return s
}

// mistake returns the error that a call panics with.
func mistake(t *testing.T, call func()) (err *Error) {
	t.Helper()
	defer func() {
		switch r := recover().(type) {
		case nil:
			t.Error("no panic, want an *Error")
			err = &Error{Err: errors.New("none")}
		case *Error:
			err = r
		default:
			t.Errorf("panic with a %T: %v, want an *Error", r, r)
			err = &Error{Err: errors.New("none")}
		}
	}()
	call()
	return nil
}

// figures are all the figures that the rules of pictures are checked on.
func figures() map[string]any {
	l := newLine()
	scores, iqs := students()
	falling, zero := make([]float64, 400), make([]float64, 400)
	for i := range falling {
		falling[i] = 900*math.Exp(-float64(i)/60) + 4
		zero[i] = 500 * math.Exp(-float64(i)/25)
	}
	zero[300] = 0
	diverging := []float64{10, 100, 1000, 10_000, math.Inf(1), math.NaN()}
	many := graph.Feed{l.x: scores, l.y: iqs}
	noisy := make([]float64, len(falling))
	for i, v := range falling {
		noisy[i] = v * (1 + 0.3*math.Sin(float64(i*i)))
	}
	low, high := make([]float64, len(scores)), make([]float64, len(scores))
	for i, x := range scores {
		low[i], high[i] = 70+2*x, 90+2*x
	}
	matrix := make([][]float64, 100)
	for i := range matrix {
		matrix[i] = make([]float64, 80)
		for j := range matrix[i] {
			matrix[i][j] = math.Sin(float64(i)/12) * math.Cos(float64(j)/9)
		}
	}
	matrix[50][40] = math.NaN()
	traces := l.trained()
	loss, x, y := layered(2)
	return map[string]any{
		"scopes":    Graph(loss).Gradients(feedOf(x, y)),
		"repeated":  Graph(tower(40, func(_ int, h *graph.Node) *graph.Node { return h.MatMul(weights()).Add([]float64{1, 2}).Tanh().Add(h) })),
		"folded":    Graph(loss).Values(feedOf(x, y)).Collapse("hidden 1", "head"),
		"heatmap":   Heatmap(matrix).Labels("waves", "column", "row"),
		"small-map": Heatmap([][]float64{{1, 2.5, -3}, {0, 4, 5}}).Names([]string{"up", "down"}, []string{"a", "b", "c"}),
		"images":    Images(stripes()).Shape(4, 3).Captions([]string{"a", "b", "c"}).Title("stripes"),
		"signed":    Images([][]float64{{-2, -1, 0}, {math.NaN(), 0.5, 1}}).Title("weights").Captions([]string{"a neuron"}),
		"judged":    Loss(judged()),
		"metrics":   liveMetrics(),
		"confusion": Confusion([]int{0, 0, 1, 1, 2, 2, 2, 0}, []int{0, 0, 1, 2, 2, 2, 1, 0}, "cat", "dog", "owl"),
		"contour":   Contour(func(x, y float64) float64 { return x*x + 3*y*y - x*y }, -3, 3, -2, 2).Labels("a valley", "x", "y"),
		"surface":   LossSurface(l.loss, l.w, l.b, many30(l), traces),
		"traces":    traces.Chart(),
		"grid":      Grid(2, Loss(falling), Histogram(iqs), Heatmap([][]float64{{1, 2}, {3, 4}}), Graph(l.error)),
		"steps":     Graph(l.quadratic()).Steps(l.one()),
		"line":      Line(scores, iqs).Curve("twice", scores, low).Labels("lines", "score", "IQ"),
		"band":      Scatter(scores, iqs).Function(func(x float64) float64 { return 80 + 2*x }, "fit").Band(scores, low, high),
		"smooth":    Loss(noisy).Smooth(0.9),
		"histogram": Histogram(iqs).Labels("how IQs spread", "IQ", "students"),
		"bars":      Bars([]string{"descent", "momentum", "Adam"}, []float64{4.2, -1, 2.75}).Labels("losses", "", "loss"),
		"residuals": Residuals(iqs, low),
		"graph":     l.error,
		"values":    Graph(l.error).Values(l.one()),
		"gradients": Graph(l.error).Gradients(l.one()),
		"path":      Graph(l.error).Values(l.one()).Path(l.w),
		"formulas":  Graph(l.error).Path(l.w),
		"both":      Graph(l.error).Gradients(l.one()).Path(l.w),
		"batch":     Graph(l.loss).Values(many).Path(l.w),
		"paths":     Graph(l.quadratic()).Values(l.one()).Path(l.x),
		"scatter":   Scatter(scores, iqs).Labels("students", "score", "IQ").Mark(17, "17: what IQ?"),
		"fit":       Scatter(scores, iqs).Function(func(x float64) float64 { return 80 + 2*x }, "IQ = 2·score + 80").Mark(17, "the new student").Labels("students", "score", "IQ"),
		"groups":    Scatter(scores, iqs).Group("others", []float64{3, 9}, []float64{120, 125}),
		"loss":      Loss(falling).Labels("the loss falls", "step", "loss"),
		"runs":      Loss().Run("descent", falling).Run("Adam", zero).Run("too fast", diverging).Log(),
	}
}

// stripes are three images of 4 × 3 pixels, row by row.
func stripes() [][]int {
	return [][]int{
		{0, 16, 0, 0, 16, 0, 0, 16, 0, 0, 16, 0},
		{0, 0, 0, 8, 8, 8, 16, 16, 16, 0, 0, 0},
		{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 16},
	}
}

// judged is a fit that was judged every second step.
func judged() *graph.Fit {
	fit := &graph.Fit{Loss: 1, Steps: 8, Losses: []float64{9, 7, 5.5, 4, 3, 2, 1.5, 1.2}}
	for i, loss := range []float64{8, 5, 4.5, 5} {
		scores := graph.Scores{Step: 2*i + 2, Loss: loss, Metrics: map[string]float64{"accuracy": 0.5 + 0.1*float64(i)}}
		fit.Validation = append(fit.Validation, scores)
	}
	return fit
}

// liveMetrics is the last frame of that fit's training.
func liveMetrics() any {
	l := &live{screen: NewScreen(&recorder{}), pace: pace{now: time.Now}, draw: (*live).curves}
	fit := judged()
	for i, loss := range fit.Losses {
		p := graph.Progress{Step: i + 1, Steps: fit.Steps, Loss: loss}
		if i%2 == 1 {
			p.Scores = &fit.Validation[i/2]
		}
		l.report(p)
	}
	l.last.Done = true
	return l.draw(l)
}
