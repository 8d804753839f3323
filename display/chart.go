package display

import (
	"math"

	"gonum.org/v1/plot/plotter"

	"gradbook/graph"
)

// A Chart is data drawn between two axes: points, lines, or both. Its methods
// add to it and return it, so that they can be chained in any order. Data and
// values are read when a method is called; later changes do not show.
type Chart struct {
	title, xLabel, yLabel string
	width, height         float64
	groups                []group
	curves                []*curve
	bands                 []band
	bars                  []bar
	marks                 []*mark
	log                   bool
	framed                bool    // by the points alone, wherever the lines go
	named                 bool    // the bars have names
	floating              bool    // the vertical axis need not begin at zero
	smooth                float64 // how much of the mean stays; 0 is no smoothing
	until                 float64 // the least right end of the horizontal axis
}

// A group is points of one colour.
type group struct {
	name   string
	points plotter.XYs
}

// A curve is a line through points.
type curve struct {
	name     string
	points   plotter.XYs
	function func([]float64) ([]float64, error) // that the points come from, if any
	diverged int                                // step of the first point that is not a number, or -1
}

// A mark is a question at one x, and the first function's answer to it.
type mark struct {
	x, y     float64
	answered bool
	label    string
}

// The size of a chart in pixels, unless [Chart.Size] says otherwise.
const chartWidth, chartHeight = 580, 360

// samples is how many points a function is drawn through.
const samples = 240

// Scatter returns a chart of points. x and y are equally long: slices of numbers,
// tensors, or gonum vectors. Points that are not finite are left out.
func Scatter(x, y any) *Chart {
	c := &Chart{width: chartWidth, height: chartHeight}
	c.groups = append(c.groups, group{"data", pairs("Scatter", x, y)})
	return c
}

// Group adds more points, in a colour of their own and under a name in the legend.
func (c *Chart) Group(name string, x, y any) *Chart {
	c.groups = append(c.groups, group{name, pairs("Group", x, y)})
	return c
}

// Line adds the line of a node as a function of a placeholder, with the values
// that the variables have now. The placeholder is fed numbers across the range of
// the points; a node that cannot be computed with that alone is a mistake.
func (c *Chart) Line(node, placeholder *graph.Node) *Chart {
	if node == nil || placeholder == nil {
		fail("Line", "a node is nil, want a node and the placeholder it depends on")
	}
	return c.function("Line", node.Label(), func(xs []float64) ([]float64, error) {
		return trace(node, placeholder, xs)
	})
}

// Function adds the line of a function, under a name in the legend.
func (c *Chart) Function(f func(x float64) float64, label string) *Chart {
	if f == nil {
		fail("Function", "f is nil, want a function of x")
	}
	return c.function("Function", label, func(xs []float64) ([]float64, error) {
		ys := make([]float64, len(xs))
		for i, x := range xs {
			ys[i] = f(x)
		}
		return ys, nil
	})
}

// function adds a line through the values of f over the chart's range, and lets
// it answer the marks that no function has answered yet.
func (c *Chart) function(call, name string, f func([]float64) ([]float64, error)) *Chart {
	line := &curve{name: name, function: f, diverged: -1}
	c.sample(call, line)
	for _, m := range c.marks {
		c.ask(call, line, m)
	}
	c.curves = append(c.curves, line)
	return c
}

// sample reads the function's values over the chart's range.
func (c *Chart) sample(call string, line *curve) {
	xs := spread(c.reach())
	ys, err := line.function(xs)
	if err != nil {
		panic(&Error{Call: call, Err: err})
	}
	line.points = make(plotter.XYs, len(xs))
	for i := range xs {
		line.points[i] = plotter.XY{X: xs[i], Y: ys[i]}
	}
}

// ask lets a function answer a mark; the first answer that is a number stays.
func (c *Chart) ask(call string, line *curve, m *mark) {
	if line.function == nil || m.answered {
		return
	}
	ys, err := line.function([]float64{m.x})
	if err != nil {
		panic(&Error{Call: call, Err: err})
	}
	if finite(ys[0]) {
		m.y, m.answered = ys[0], true
	}
}

// Labels sets the title and what the axes are called; empty ones are left out.
func (c *Chart) Labels(title, x, y string) *Chart {
	c.title, c.xLabel, c.yLabel = title, x, y
	return c
}

// Mark asks a question at x: a dashed line with a label. If the chart has a line
// or a function, the first one answers it, with a point and its height.
func (c *Chart) Mark(x float64, label string) *Chart {
	if !finite(x) {
		fail("Mark", "x is %g, want a finite number", x)
	}
	low, high := c.reach()
	m := &mark{x: x, label: label}
	c.marks = append(c.marks, m)
	for _, line := range c.curves {
		if line.function != nil && (x < low || x > high) {
			c.sample("Mark", line) // so that the line goes as far as the question
		}
		c.ask("Mark", line, m)
	}
	return c
}

// reach is the range of x that functions are drawn over: that of all points and
// marks, or 0 to 1 when there are none.
func (c *Chart) reach() (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	include := func(x float64) {
		if finite(x) {
			low, high = min(low, x), max(high, x)
		}
	}
	for _, g := range c.groups {
		for _, p := range g.points {
			include(p.X)
		}
	}
	for _, line := range c.curves {
		if line.function != nil {
			continue // it goes as far as the points do
		}
		for _, p := range line.points {
			include(p.X)
		}
	}
	for _, b := range c.bars {
		include(b.left)
		include(b.right)
	}
	for _, b := range c.bands {
		for _, p := range b.low {
			include(p.X)
		}
	}
	for _, m := range c.marks {
		include(m.x)
	}
	if low > high {
		return 0, 1
	}
	return apart(low, high)
}

// Log gives the chart a logarithmic vertical axis. What is not above zero is
// drawn at its lower end.
func (c *Chart) Log() *Chart {
	c.log = true
	if c.yLabel == "loss" {
		c.yLabel = "loss (log)"
	}
	return c
}

// Size sets the size of the picture in pixels, 200 by 150 at least.
func (c *Chart) Size(width, height int) *Chart {
	checkSize(width, height)
	c.width, c.height = float64(width), float64(height)
	return c
}

func checkSize(width, height int) {
	if width < 200 || height < 150 || width > 4000 || height > 4000 {
		fail("Size", "%d × %d pixels, want 200 × 150 to 4000 × 4000", width, height)
	}
}
