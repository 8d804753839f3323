package display

import (
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"gradbook/display/canvas"
)

// Line returns a chart of a line through points, in their order. x and y are as for
// [Scatter]; where a value is not a number the line has a gap.
func Line(x, y any) *Chart {
	c := &Chart{width: chartWidth, height: chartHeight, floating: true}
	return c.curve("Line", "line", x, y)
}

// Curve adds a line through points under a name in the legend.
func (c *Chart) Curve(name string, x, y any) *Chart { return c.curve("Curve", name, x, y) }

func (c *Chart) curve(call, name string, x, y any) *Chart {
	c.curves = append(c.curves, &curve{name: name, points: pairs(call, x, y), diverged: -1})
	return c
}

// Band fills what lies between two lines over the same x, in the colour of the line
// that was added last: an interval around a prediction, or the spread of some runs.
func (c *Chart) Band(x, low, high any) *Chart {
	lower, upper := pairs("Band", x, low), pairs("Band", x, high)
	c.bands = append(c.bands, band{lower, upper, max(0, len(c.curves)-1)})
	return c
}

// Smooth draws every run and curve twice: as it is, faintly, and over it a running
// mean. The weight, from 0 to below 1, is how much of the mean stays with every step;
// 0.9 is about the mean of the last ten.
func (c *Chart) Smooth(weight float64) *Chart {
	if !(weight >= 0 && weight < 1) {
		fail("Smooth", "the weight is %g, want at least 0 and less than 1", weight)
	}
	c.smooth = weight
	return c
}

// smoothed is the running mean of a line. A gap stays one, and the mean goes on
// behind it. The first values weigh no more than the others: what they would have in
// excess is divided out.
func smoothed(line plotter.XYs, weight float64) plotter.XYs {
	out := make(plotter.XYs, len(line))
	mean, share := 0.0, 0.0
	for i, p := range line {
		out[i] = p
		if !finite(p.Y) {
			continue
		}
		mean = weight*mean + (1-weight)*p.Y
		share = weight*share + (1 - weight)
		out[i].Y = mean / share
	}
	return out
}

// A band is the room between two lines, in the colour of a curve.
type band struct {
	low, high plotter.XYs
	curve     int
}

// A strip is a band on its way to the canvas.
type strip struct {
	low, high plotter.XYs
	color     canvas.Role
	width     int
}

// Plot implements plot.Plotter. Where one of the lines has a gap, the band has one.
func (a *strip) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	from := 0
	for i := 0; i <= len(a.low); i++ {
		if i < len(a.low) && finite(a.low[i].X) && finite(a.low[i].Y) && finite(a.high[i].Y) {
			continue
		}
		var outline []vg.Point
		for _, q := range canvas.Thin(a.high[from:i], a.width) {
			outline = append(outline, vg.Point{X: x(q.X), Y: y(q.Y)})
		}
		for _, q := range slices.Backward(canvas.Thin(a.low[from:i], a.width)) {
			outline = append(outline, vg.Point{X: x(q.X), Y: y(q.Y)})
		}
		if len(outline) > 2 {
			c.FillPolygon(a.color.Faint(bandOpacity), c.ClipPolygonXY(outline))
		}
		from = i + 1
	}
}

const bandOpacity, rawOpacity = 0.18, 0.4

// addCurve draws a curve, and what it is smoothed from.
func (c *Chart) addCurve(p *plot.Plot, i int) {
	line, color := c.curves[i], c.color(len(c.groups)+i)
	points := line.points
	if c.smooth > 0 && line.function == nil {
		p.Add(&path{points, color.Faint(rawOpacity), int(c.width), 1.2, nil})
		points = smoothed(points, c.smooth)
	}
	p.Add(&path{points, color, int(c.width), 2.2, c.dash(i)})
}

// Residuals returns a chart of what a model leaves unexplained: what was observed
// less what was predicted, over the prediction. Points that lie around zero without
// a pattern are a sign of a good fit.
func Residuals(observed, predicted any) *Chart {
	o, p := numbers("Residuals", "observed", observed), numbers("Residuals", "predicted", predicted)
	if len(o) != len(p) {
		fail("Residuals", "observed has %d values and predicted has %d, want as many", len(o), len(p))
	}
	points := pairs("Residuals", p, o)
	for i := range points {
		points[i].Y -= points[i].X
	}
	c := &Chart{width: chartWidth, height: chartHeight, title: "residuals", xLabel: "predicted", yLabel: "observed − predicted"}
	c.groups = append(c.groups, group{"residuals", points})
	low, high := math.Inf(1), math.Inf(-1)
	for _, p := range points {
		if finite(p.X) {
			low, high = min(low, p.X), max(high, p.X)
		}
	}
	if low < high {
		c.curves = append(c.curves, &curve{name: "zero", points: plotter.XYs{{X: low}, {X: high}}, diverged: -1})
	}
	return c
}
