package display

import (
	"fmt"
	"math"
	"sort"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"gradbook/display/canvas"
)

// Looks of a chart's frame, as those of a diagram.
var (
	chartTitle  = canvas.Style{Size: 15, Bold: true, Color: canvas.Ink}
	axisLabel   = canvas.Style{Size: 12, Color: canvas.Ink}
	legendLabel = canvas.Style{Size: 12, Color: canvas.Ink}
	markLabel   = canvas.Style{Size: 12, Bold: true, Color: canvas.Ink, Halo: true}
)

func (c *Chart) bundle() Bundle { return figureBundle(c.picture(), c.text()) }

// name is the alternative text.
func (c *Chart) name() string {
	if c.title != "" {
		return c.title
	}
	return "chart"
}

// picture draws title and legend above the plot, where they are over no data.
func (c *Chart) picture() canvas.Picture {
	places, below := c.placeLegend(c.legend())
	top := 14.0
	if c.title != "" {
		top = 42
	}
	if len(places) < 2 { // there is nothing to tell apart
		places, below = nil, 0
	}
	p := canvas.Themed(c.plot(c.height - top - below))
	return canvas.Picture{Width: c.width, Height: c.height, Name: c.name(), Draw: func(on vg.Canvas) {
		s := canvas.Sheet{Canvas: on, Height: c.height}
		if c.title != "" {
			s.Text(chartTitle, 22, 30, chartTitle.Fit(c.title, c.width-44))
		}
		drawLegend(s, places, top+6)
		dc := draw.NewCanvas(on, vg.Length(c.width), vg.Length(c.height))
		p.Draw(draw.Crop(dc, 18, -22, 14, -vg.Length(top+below)))
	}}
}

// plot turns the chart into one of gonum's, for a part of the card of that height.
func (c *Chart) plot(height float64) *plot.Plot {
	p := plot.New()
	across, down := c.width-100, height-60 // about as long as the axes are
	p.X.Label.Text, p.Y.Label.Text = axisLabel.Fit(c.xLabel, across), axisLabel.Fit(c.yLabel, down)
	p.X.Tick.Marker, p.Y.Tick.Marker = canvas.Ticks{Across: across}, canvas.Ticks{Down: down}
	p.X.Padding, p.Y.Padding = 4, 4
	p.Add(canvas.Lines{})
	if len(c.bars) > 0 {
		p.Add(&columns{c.bars, c.named, canvas.Series[0]})
	}
	for _, b := range c.bands {
		p.Add(&strip{b.low, b.high, c.color(len(c.groups) + b.curve), int(c.width)})
	}
	for i, g := range c.groups {
		points := canvas.ThinPoints(g.points, int(c.width), int(c.height), mostPoints/len(c.groups))
		p.Add(&dots{points, c.color(i)})
	}
	for i, line := range c.curves {
		c.addCurve(p, i)
		if line.diverged >= 0 {
			p.Add(&signpost{x: float64(line.diverged), low: true, text: c.divergence(line), color: c.color(len(c.groups) + i)})
		}
	}
	for _, m := range c.marks {
		p.Add(&signpost{x: m.x, y: m.y, point: m.answered, falls: c.falls(m.x), text: m.text(), color: c.answerColor()})
	}
	c.setAxes(p)
	return p
}

// divergence says where a run stopped being numbers, and which one if there are
// several.
func (c *Chart) divergence(line *curve) string {
	s := fmt.Sprintf("diverged at step %d", line.diverged)
	if len(c.curves) > 1 {
		s = line.name + " " + s
	}
	return s
}

// color of the i-th thing drawn.
func (c *Chart) color(i int) canvas.Role {
	if len(c.bars) > 0 { // which have the first
		i++
	}
	return canvas.Series[i%len(canvas.Series)]
}

// answerColor is that of the first function, which answers the marks.
func (c *Chart) answerColor() canvas.Role {
	for i, line := range c.curves {
		if line.function != nil {
			return c.color(len(c.groups) + i)
		}
	}
	return canvas.Mute
}

// falls reports whether the function that answers the marks falls at x.
func (c *Chart) falls(x float64) bool {
	for _, line := range c.curves {
		if line.function == nil {
			continue
		}
		i := sort.Search(len(line.points)-1, func(i int) bool { return line.points[i].X >= x })
		return i > 0 && line.points[i].Y < line.points[i-1].Y
	}
	return false
}

// text is the mark's label with its answer.
func (m *mark) text() string {
	if !m.answered {
		return m.label
	}
	switch {
	case m.label == "":
		return canvas.Number(m.y)
	case strings.ContainsAny(m.label[len(m.label)-1:], "?:="): // a question is answered, not defined
		return m.label + " " + canvas.Number(m.y)
	}
	return m.label + ": " + canvas.Number(m.y)
}

// setAxes finds the ranges. gonum's own come from the plotters and do not know
// of gaps, of logarithms, nor of a training that is not over.
func (c *Chart) setAxes(p *plot.Plot) {
	p.X.Min, p.X.Max = c.reach()
	if c.until > p.X.Max {
		p.X.Max = c.until
	}
	if c.named {
		p.X.Tick.Marker, p.X.Tick.Length = c.names(), 0
		p.X.Min, p.X.Max = p.X.Min-0.2, p.X.Max+0.2
	}
	low, high := c.rise()
	if c.log {
		low, high = max(low, least), max(high, least)
		if len(c.bars) > 0 {
			low /= 2 // so that the least of them has a height
		}
		if high < low*(1+1e-9) {
			low, high = low/2, high*2
		}
		p.Y.Min, p.Y.Max = low, high
		p.Y.Scale, p.Y.Tick.Marker = canvas.LogScale{}, canvas.LogTicks{}
		return
	}
	switch {
	case len(c.bars) > 0: // whose length is what counts
		low, high = min(low, 0), max(high, 0)
		room := 0.07 * (high - low)
		if low < 0 {
			low -= room
		}
		if high > 0 {
			high += room
		}
	case len(c.groups) == 0 && low > 0 && !c.floating:
		low = 0 // a loss is judged by how far it is from nothing
	}
	low, high = apart(low, high)
	p.Y.Min, p.Y.Max = low, high
	if len(c.groups) > 0 || c.floating { // points are not drawn on the frame
		widen(&p.X)
		widen(&p.Y)
	}
}

// least is the lowest end that a logarithmic axis has; half of it is a number with all
// its digits.
const least = 1e-300

// rise is the range of all heights.
func (c *Chart) rise() (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	include := func(a, b float64) { low, high = min(low, a), max(high, b) }
	for _, g := range c.groups {
		include((&curve{points: g.points}).heights(c.log))
	}
	for _, line := range c.curves {
		if c.framed {
			break
		}
		include(line.heights(c.log))
	}
	for _, b := range c.bands {
		include((&curve{points: b.low}).heights(c.log))
		include((&curve{points: b.high}).heights(c.log))
	}
	for _, b := range c.bars {
		if finite(b.height) && (b.height > 0 || !c.log) {
			include(b.height, b.height)
		}
	}
	for _, m := range c.marks {
		if m.answered && (m.y > 0 || !c.log) {
			include(m.y, m.y)
		}
	}
	if low > high {
		return 0.1, 1
	}
	return low, high
}

// widen leaves room at both ends of an axis.
func widen(a *plot.Axis) {
	room := 0.03 * (a.Max - a.Min)
	a.Min, a.Max = a.Min-room, a.Max+room
}

// heights is the range of the finite values, or of those above zero.
func (line *curve) heights(positive bool) (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, p := range line.points {
		if finite(p.X) && finite(p.Y) && (p.Y > 0 || !positive) {
			low, high = min(low, p.Y), max(high, p.Y)
		}
	}
	return low, high
}

// pointOpacity lets points that lie on each other show as darker.
const pointOpacity = 0.6

// mostPoints keeps a figure small. A cloud of more is drawn by points that are farther
// apart.
const mostPoints = 1700

// dots are points of one colour.
type dots struct {
	points plotter.XYs
	color  canvas.Role
}

// Plot implements plot.Plotter.
func (d *dots) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	var at []vg.Point
	for _, q := range d.points {
		if p := (vg.Point{X: x(q.X), Y: y(q.Y)}); c.Contains(p) {
			at = append(at, p)
		}
	}
	color := d.color.Faint(pointOpacity)
	if len(d.points) > 500 {
		canvas.Dots(c.Canvas, at, 2, color)
		return
	}
	for _, p := range at {
		c.DrawGlyph(draw.GlyphStyle{Color: color, Radius: 3.2, Shape: draw.CircleGlyph{}}, p)
	}
}

// path is a line with gaps.
type path struct {
	points plotter.XYs
	color  canvas.Role
	width  int // pixels, for thinning
	stroke float64
	dash   []vg.Length
}

// Plot implements plot.Plotter.
func (l *path) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	style := draw.LineStyle{Color: l.color, Width: vg.Length(l.stroke), Dashes: l.dash}
	for _, part := range canvas.Segments(l.points) {
		part = canvas.Thin(part, l.width) // before the mapping, which would take longer
		line := make([]vg.Point, len(part))
		for i, q := range part {
			line[i] = vg.Point{X: x(q.X), Y: y(q.Y)}
		}
		if len(line) == 1 {
			c.DrawGlyph(draw.GlyphStyle{Color: l.color, Radius: 2.5, Shape: draw.CircleGlyph{}}, line[0])
			continue
		}
		c.StrokeLines(style, c.ClipLinesXY(line)...)
	}
}

// A signpost is a dashed line at one x with a text, and a point on it if there is an
// answer.
type signpost struct {
	x, y  float64
	point bool
	falls bool // the line through the point
	low   bool // the text is at the foot, as what diverges is drawn at the top
	text  string
	color canvas.Role
}

// Plot implements plot.Plotter.
func (f *signpost) Plot(c draw.Canvas, p *plot.Plot) {
	tx, ty := p.Transforms(&c)
	x := tx(f.x)
	if x < c.Min.X || x > c.Max.X {
		return
	}
	dashed := draw.LineStyle{Color: f.color, Width: 1.4, Dashes: []vg.Length{5, 4}}
	top := c.Max.Y
	if f.point {
		top = ty(f.y)
		c.StrokeLine2(dashed, c.Min.X, top, x, top)
	}
	c.StrokeLine2(dashed, x, c.Min.Y, x, top)
	if f.point {
		c.DrawGlyph(draw.GlyphStyle{Color: f.color, Radius: 4.5, Shape: draw.CircleGlyph{}}, vg.Point{X: x, Y: top})
	}
	label := markLabel
	label.Color = f.color
	text := label.Fit(f.text, float64(max(x-c.Min.X, c.Max.X-x)-9))
	at := f.place(c.Rectangle, vg.Point{X: x, Y: top}, vg.Length(label.Width(text)))
	s := canvas.Sheet{Canvas: c.Canvas}
	s.Text(label, float64(at.X), float64(s.Height)-float64(at.Y), text)
}

// place finds where the text begins: beside the top of the dashed line, or beside the
// point where the line through it is not.
func (f *signpost) place(frame vg.Rectangle, top vg.Point, width vg.Length) vg.Point {
	fits := func(x vg.Length) bool { return x >= frame.Min.X && x+width <= frame.Max.X }
	left, right := top.X-9-width, top.X+9
	onRight := !f.point || f.falls
	if onRight && !fits(right) && fits(left) || !onRight && !fits(left) && fits(right) {
		onRight = !onRight
	}
	at := vg.Point{X: left, Y: top.Y + 8}
	if onRight {
		at.X = right
	}
	if f.low {
		at.Y = frame.Min.Y + 8
	}
	if low := top.Y - 18; f.point && onRight != f.falls && low > frame.Min.Y {
		at.Y = low
	}
	at.X = max(frame.Min.X, min(at.X, frame.Max.X-width)) // one too long for either side is written over the line
	at.Y = min(at.Y, frame.Max.Y-12)
	return at
}
