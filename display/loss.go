package display

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/plot/plotter"

	"gradbook/display/canvas"
	"gradbook/graph"
)

// Loss returns a chart of losses over the steps of training: of a *graph.Fit, or
// of anything that is a series of numbers. Several runs are told apart by colour;
// [Chart.Run] gives them names:
//
//	display.Loss(fit)
//	display.Loss().Run("descent", slow).Run("Adam", fast).Log()
//
// A run that diverges is drawn as far as it goes, with a mark where it stopped
// being a number. Of a fit that was judged on validation data, the loss there is a second
// curve. The axis of losses becomes logarithmic when there are a hundred
// times between the highest and the lowest.
func Loss(runs ...any) *Chart {
	c := &Chart{width: chartWidth, height: chartHeight, xLabel: "step", yLabel: "loss", title: "loss"}
	if len(runs) == 1 {
		if fit, ok := runs[0].(*graph.Fit); ok && fit != nil {
			c.title = fmt.Sprintf("loss %s after %d steps", canvas.Number(fit.Loss), fit.Steps)
		}
	}
	for i, r := range runs {
		name := "loss"
		if len(runs) > 1 {
			name = fmt.Sprintf("run %d", i+1)
		}
		c.addRun("Loss", name, r)
	}
	return c
}

// Run adds the losses of a run under a name: a *graph.Fit, or numbers, one for
// each step.
func (c *Chart) Run(name string, run any) *Chart { return c.addRun("Run", name, run) }

func (c *Chart) addRun(call, name string, run any) *Chart {
	var losses []float64
	switch run := run.(type) {
	case *graph.Fit:
		if run == nil {
			fail(call, "the fit of %q is nil, want one that Minimize returned", name)
		}
		losses = run.Losses
		if run.Reason == "diverged" { // its losses end before the step that could not be made
			losses = append(slices.Clone(losses), math.NaN())
		}
	default:
		losses = numbers(call, name, run)
	}
	c.curves = append(c.curves, steps(name, losses, func(i int) float64 { return float64(i + 1) }))
	if fit, ok := run.(*graph.Fit); ok && len(fit.Validation) > 0 {
		c.curves = append(c.curves, judgedCurve(validationName(name), fit.Validation, func(s graph.Scores) float64 { return s.Loss }))
	}
	if len(c.groups) == 0 { // no other data share the axis
		c.fall()
	}
	return c
}

// validationName is that of the second curve of a run.
func validationName(run string) string {
	if run == "loss" {
		return "validation"
	}
	return run + ", validation"
}

// fall makes the axis of losses logarithmic if a linear one would show nothing but a
// corner.
func (c *Chart) fall() {
	low, high := math.Inf(1), math.Inf(-1)
	for _, line := range c.curves {
		if l, _ := line.heights(false); l < 0 {
			return // which could not be seen there
		}
		l, h := line.heights(true)
		low, high = min(low, l), max(high, h)
	}
	if !c.log && high >= 100*low {
		c.Log()
	}
}

// steps makes a curve of losses, the i-th at step(i).
func steps(name string, losses []float64, step func(i int) float64) *curve {
	line := &curve{name: name, diverged: -1, points: make(plotter.XYs, len(losses))}
	for i, l := range losses {
		line.points[i] = plotter.XY{X: step(i), Y: l}
		switch {
		case finite(l):
			line.diverged = -1 // what went on is a gap
		case line.diverged < 0:
			line.diverged = int(step(i))
		}
	}
	return line
}

// fitBundle shows how a fit came about: its curve, and as text its own summary.
func fitBundle(fit *graph.Fit) Bundle {
	b := Loss(fit).bundle()
	b.Data[textPlain] = fit.String()
	return b
}
