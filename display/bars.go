package display

import (
	"fmt"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"gradbook/display/canvas"
)

// A bar is a column over a stretch of the horizontal axis.
type bar struct {
	left, right, height float64
	label               string // under it
}

// Histogram returns a chart of how often values fall into each of some ranges of
// equal width. Without a number of ranges, there are as many as the square root of
// the number of values, at most fifty. What is not a number is not counted.
func Histogram(values any, ranges ...int) *Chart {
	all := numbers("Histogram", "values", values)
	low, high, n := math.Inf(1), math.Inf(-1), 0
	for _, v := range all {
		if finite(v) {
			low, high, n = min(low, v), max(high, v), n+1
		}
	}
	if n == 0 {
		fail("Histogram", "there are no numbers among %d values, want one at least", len(all))
	}
	count := min(50, max(1, int(math.Ceil(math.Sqrt(float64(n))))))
	if len(ranges) > 0 {
		if count = ranges[0]; len(ranges) > 1 || count < 1 || count > 500 {
			fail("Histogram", "ranges %v, want one number from 1 to 500", ranges)
		}
	}
	low, high = apart(low, high)
	c := &Chart{width: chartWidth, height: chartHeight, yLabel: "count"}
	step := (high - low) / float64(count)
	for i := range count {
		c.bars = append(c.bars, bar{left: low + float64(i)*step, right: low + float64(i+1)*step})
	}
	for _, v := range all {
		if finite(v) {
			c.bars[min(count-1, int((v-low)/step))].height++
		}
	}
	return c
}

// Bars returns a chart of one column for each value, with names under them.
func Bars(names []string, values any) *Chart {
	heights := numbers("Bars", "values", values)
	if len(names) != len(heights) {
		fail("Bars", "%d names and %d values, want as many", len(names), len(heights))
	}
	c := &Chart{width: chartWidth, height: chartHeight, named: true}
	for i, h := range heights {
		c.bars = append(c.bars, bar{float64(i) - 0.36, float64(i) + 0.36, h, names[i]})
	}
	return c
}

// columns are bars on their way to the canvas.
type columns struct {
	bars  []bar
	named bool // and so with their values on them
	color canvas.Role
}

var barLabel = canvas.Style{Size: 12, Color: canvas.Ink, Anchor: canvas.Middle}

// Plot implements plot.Plotter.
func (b *columns) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	base := y(max(0, p.Y.Min)) // there is no zero on a logarithmic axis
	for _, r := range b.bars {
		left, right, top := x(r.left), x(r.right), base
		if finite(r.height) && r.height != 0 {
			top = y(r.height)
		}
		if !b.named {
			right -= min(1, (right-left)/4) // neighbours are told apart
		}
		if top != base {
			c.FillPolygon(b.color, []vg.Point{{X: left, Y: base}, {X: left, Y: top}, {X: right, Y: top}, {X: right, Y: base}})
		}
		if number := canvas.Number(r.height); b.named && barLabel.Width(number) < 1.35*float64(right-left) { // the distance of two bars
			at := top + 5
			if r.height < 0 {
				at = top - 14
			}
			s := canvas.Sheet{Canvas: c.Canvas}
			s.Text(barLabel, float64((left+right)/2), -float64(at), number)
		}
	}
}

// names are ticks with the names of bars; of very many only some are written.
func (c *Chart) names() plot.ConstantTicks {
	every, room := 1, c.width-80
	widest := 0.0
	each := max(60, room/float64(max(1, len(c.bars)))-8)
	for _, b := range c.bars {
		widest = max(widest, barLabel.Width(barLabel.Fit(b.label, each))+8)
	}
	for len(c.bars) > 0 && widest*float64(len(c.bars))/float64(every) > room && every < len(c.bars) {
		every++
	}
	var ticks plot.ConstantTicks
	for i, b := range c.bars {
		t := plot.Tick{Value: float64(i)}
		if i%every == 0 {
			t.Label = barLabel.Fit(b.label, each)
		}
		if t.Label != "" {
			ticks = append(ticks, t)
		}
	}
	return ticks
}

// barText draws bars in characters, one line each.
func (c *Chart) barText() (lines []string) {
	most, widest := 0.0, 0
	labels := make([]string, len(c.bars))
	for i, b := range c.bars {
		if labels[i] = b.label; !c.named {
			labels[i] = canvas.Number(b.left) + " to " + canvas.Number(b.right)
		}
		widest = max(widest, columnsOf(labels[i]))
		if finite(b.height) {
			most = max(most, math.Abs(b.height))
		}
	}
	for i, b := range c.bars {
		length := 0
		if most > 0 && finite(b.height) {
			length = int(math.Round(40 * math.Abs(b.height) / most))
		}
		lines = append(lines, fmt.Sprintf("%s ┤%s %s", padded(labels[i], widest), blocks(length), canvas.Number(b.height)))
	}
	return lines
}

func blocks(n int) string {
	s := make([]rune, n)
	for i := range s {
		s[i] = '█'
	}
	return string(s)
}
