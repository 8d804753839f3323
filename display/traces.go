package display

import (
	"fmt"

	"gonum.org/v1/plot/plotter"

	"gradbook/graph"
)

// Traces remember the values that variables had during a training. They are shown as
// a chart with a line for every number, and [LossSurface] draws them as a path.
type Traces struct {
	variables []*graph.Node
	at        []float64
	values    [][]float64 // of all variables, at each step that is kept
	stride    int
}

// most numbers of a variable that are traced; nobody could tell more lines apart.
const mostTraced = 8

// Trace returns traces that follow some variables while they are trained:
//
//	traces := display.Trace(w, b)
//	graph.Minimize(loss, graph.Training{Feed: data, Report: traces.Report})
//	traces
//
// Of a variable with many numbers it follows the first eight.
func Trace(variables ...*graph.Node) *Traces {
	if len(variables) == 0 {
		fail("Trace", "there are no variables, want one at least")
	}
	for _, v := range variables {
		if v == nil || v.Kind() != graph.Parameter {
			fail("Trace", "%s is no variable", v)
		}
	}
	t := &Traces{variables: variables, stride: 1}
	t.keep(0)
	return t
}

// Report takes in a step; it is for the Report of a graph.Training. Where that shall
// do more, a function of yours can call several.
func (t *Traces) Report(p graph.Progress) {
	if n := len(t.at); p.Done && n > 0 && t.at[n-1] == float64(p.Step) || !p.Done && p.Step%t.stride != 0 {
		return
	}
	t.keep(float64(p.Step))
	if len(t.at) < history {
		return
	}
	t.stride *= 2
	for i := range len(t.at) / 2 {
		t.at[i], t.values[i] = t.at[2*i], t.values[2*i]
	}
	t.at, t.values = t.at[:len(t.at)/2], t.values[:len(t.values)/2]
}

func (t *Traces) keep(step float64) {
	var row []float64
	for _, v := range t.variables {
		all := v.Value().Float64s()
		row = append(row, all[:min(len(all), mostTraced)]...)
	}
	t.at, t.values = append(t.at, step), append(t.values, row)
}

// Chart is the chart of the traces, to be labelled or smoothed.
func (t *Traces) Chart() *Chart {
	c := &Chart{width: chartWidth, height: chartHeight, floating: true, title: "variables while training", xLabel: "step", yLabel: "value"}
	column := 0
	for _, v := range t.variables {
		n := min(v.Value().Size(), mostTraced)
		for i := range n {
			name := v.Label()
			if n > 1 {
				name += fmt.Sprintf("[%d]", i)
			}
			c.curves = append(c.curves, &curve{name: name, points: t.line(column), diverged: -1})
			column++
		}
	}
	return c
}

// line is one number over the steps.
func (t *Traces) line(column int) plotter.XYs {
	points := make(plotter.XYs, len(t.at))
	for i := range points {
		points[i] = plotter.XY{X: t.at[i], Y: t.values[i][column]}
	}
	return points
}

func (t *Traces) bundle() Bundle { return t.Chart().bundle() }

// path is the way of two numbers in their plane.
func (t *Traces) path(w, b *graph.Node) plotter.XYs {
	x, y, column := -1, -1, 0
	for _, v := range t.variables {
		switch v {
		case w:
			x = column
		case b:
			y = column
		}
		column += min(v.Value().Size(), mostTraced)
	}
	if x < 0 || y < 0 {
		fail("LossSurface", "the traces do not follow both %q and %q", w.Label(), b.Label())
	}
	points := make(plotter.XYs, len(t.at))
	for i, row := range t.values {
		points[i] = plotter.XY{X: row[x], Y: row[y]}
	}
	return points
}
