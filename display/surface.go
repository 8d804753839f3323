package display

import (
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"gradbook/display/canvas"
	"gradbook/graph"
)

// surfaceCells is how many values a landscape is computed at to each side.
const surfaceCells = 49

// Contour returns the map of a function of two numbers over x from left to right and y
// from low to high, with lines of equal height.
func Contour(f func(x, y float64) float64, left, right, low, high float64) *Map {
	if f == nil {
		fail("Contour", "f is nil, want a function of x and y")
	}
	m, _ := landscape("Contour", left, right, low, high, func(x, y float64) (float64, error) { return f(x, y), nil })
	return m
}

// landscape computes the heights, until there is an error.
func landscape(call string, left, right, low, high float64, f func(x, y float64) (float64, error)) (*Map, error) {
	if !(left < right && low < high) || !finite(right-left) || !finite(high-low) {
		fail(call, "x from %g to %g and y from %g to %g, want each to be a range", left, right, low, high)
	}
	h := heights{columns: surfaceCells, rows: surfaceCells, left: left, right: right, low: low, high: high}
	for r := range h.rows {
		for c := range h.columns {
			v, err := f(h.X(c), h.Y(r))
			if err != nil {
				return nil, err
			}
			h.values = append(h.values, v)
		}
	}
	return &Map{cells: h, contours: 9, width: chartWidth, height: chartHeight, xLabel: "x", yLabel: "y"}, nil
}

// LossSurface returns the landscape that training walks down: the loss for every pair
// of values of two variables that are single numbers, around those they have now, or
// around the path that was traced. The colours follow the logarithm, since a loss is
// steep far away and flat where it is low. The variables keep their values.
func LossSurface(loss, w, b *graph.Node, feed graph.Feed, traced ...*Traces) *Map {
	const call = "LossSurface"
	for _, n := range []*graph.Node{loss, w, b} {
		if n == nil {
			fail(call, "a node is nil, want the loss and two variables")
		}
	}
	x, y := single(call, w), single(call, b)
	var path plotter.XYs
	for _, t := range traced {
		path = append(path, t.path(w, b)...)
	}
	left, right := around(x, path, func(p plotter.XY) float64 { return p.X })
	low, high := around(y, path, func(p plotter.XY) float64 { return p.Y })
	defer func() { // whatever happens, since a failure may be a panic
		_ = w.Set(x)
		_ = b.Set(y)
	}()
	m, err := landscape(call, left, right, low, high, func(x, y float64) (float64, error) {
		if err := w.Set(x); err != nil {
			return 0, err
		}
		if err := b.Set(y); err != nil {
			return 0, err
		}
		t, err := loss.Compute(feed)
		if err != nil {
			return 0, err
		}
		if t.Size() != 1 {
			fail(call, "%q has shape %v, want a loss that is one number", loss.Label(), t.Shape())
		}
		return t.Item(), nil
	})
	if err != nil {
		panic(&Error{Call: call, Err: err})
	}
	m.log, m.path = true, path
	if len(path) == 0 {
		m.path = plotter.XYs{{X: x, Y: y}}
	}
	return m.Labels("the landscape of "+loss.Label(), w.Label(), b.Label())
}

// single is the value of a variable that is one number.
func single(call string, n *graph.Node) float64 {
	if n.Kind() != graph.Parameter || n.Value().Size() != 1 {
		fail(call, "%q is no variable of one number", n.Label())
	}
	return n.Value().Item()
}

// around is a range in which the present value and the path lie well inside.
func around(now float64, path plotter.XYs, of func(plotter.XY) float64) (low, high float64) {
	low, high = now, now
	for _, p := range path {
		if v := of(p); finite(v) {
			low, high = min(low, v), max(high, v)
		}
	}
	room := 0.35 * (high - low)
	if room == 0 {
		room = max(1, math.Abs(now))
	}
	return low - room, high + room
}

// levels are the heights of the lines.
func (m *Map) levels() (levels []float64) {
	low, high := m.cells.extremes()
	for i := range m.contours {
		t := float64(i+1) / float64(m.contours+1)
		if m.log {
			levels = append(levels, low+math.Expm1(t*math.Log1p(high-low)))
		} else {
			levels = append(levels, low+t*(high-low))
		}
	}
	return levels
}

// drawContours draws the lines of equal height. Each cell is cut into two triangles,
// in which the height is a plane and a line of equal height is straight. (gonum's own
// contours come in another order every time, and so do the bytes of a figure.)
func (m *Map) drawContours(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	h := m.cells
	for _, level := range m.levels() {
		var path vg.Path
		for r := range h.rows - 1 {
			for k := range h.columns - 1 {
				for _, t := range [][3][2]int{{{k, r}, {k + 1, r}, {k + 1, r + 1}}, {{k, r}, {k, r + 1}, {k + 1, r + 1}}} {
					if ends := h.crossing(t, level); len(ends) == 2 {
						path.Move(vg.Point{X: x(ends[0].X), Y: y(ends[0].Y)})
						path.Line(vg.Point{X: x(ends[1].X), Y: y(ends[1].Y)})
					}
				}
			}
		}
		if len(path) > 0 {
			c.SetLineStyle(draw.LineStyle{Color: canvas.Ink.Faint(0.5), Width: 0.9})
			c.Stroke(path)
		}
	}
}

// crossing is where a triangle's sides pass a height.
func (h heights) crossing(corners [3][2]int, level float64) (ends plotter.XYs) {
	for i, a := range corners {
		b := corners[(i+1)%3]
		za, zb := h.Z(a[0], a[1]), h.Z(b[0], b[1])
		if (za < level) == (zb < level) || !finite(za) || !finite(zb) {
			continue
		}
		t := (level - za) / (zb - za)
		ends = append(ends, plotter.XY{X: h.X(a[0]) + t*(h.X(b[0])-h.X(a[0])), Y: h.Y(a[1]) + t*(h.Y(b[1])-h.Y(a[1]))})
	}
	return ends
}

// drawPath draws the way of the training: a line, its start as a ring, its end as a
// point.
func (m *Map) drawPath(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	var line []vg.Point
	for _, q := range m.path {
		if finite(q.X) && finite(q.Y) {
			line = append(line, vg.Point{X: x(q.X), Y: y(q.Y)})
		}
	}
	if len(line) == 0 {
		return
	}
	for _, style := range []draw.LineStyle{{Color: canvas.Ground, Width: 4.6}, {Color: canvas.Gradient, Width: 2.4}} {
		if len(line) > 1 {
			c.StrokeLines(style, line)
		}
	}
	dot := func(at vg.Point, color canvas.Role, r vg.Length) {
		c.DrawGlyph(draw.GlyphStyle{Color: color, Radius: r, Shape: draw.CircleGlyph{}}, at)
	}
	if len(line) > 1 {
		dot(line[0], canvas.Gradient, 5)
		dot(line[0], canvas.Ground, 3)
	}
	dot(line[len(line)-1], canvas.Ground, 6.5)
	dot(line[len(line)-1], canvas.Gradient, 5)
}
