package canvas

import (
	"cmp"
	"image/color"
	"math"
	"slices"
	"strconv"

	"gonum.org/v1/plot/vg"
)

// Dots draws very many dots of one colour as one shape, which takes a quarter of the
// room that a circle for each would. Where they overlap they are no darker.
func Dots(on vg.Canvas, at []vg.Point, radius float64, c color.Color) {
	if svg, ok := (Sheet{Canvas: on}).svg(); ok {
		svg.dots(at, radius, c)
		return
	}
	var all vg.Path
	for _, p := range at {
		all.Move(vg.Point{X: p.X + vg.Length(radius), Y: p.Y})
		all.Arc(p, vg.Length(radius), 0, 2*math.Pi)
		all.Close()
	}
	on.SetColor(c)
	on.Fill(all)
}

// dots writes a line that begins and ends at each dot, with round ends. From one to the
// next it goes by steps of a tenth of a pixel, line by line, so that most are short.
func (c *SVG) dots(at []vg.Point, radius float64, clr color.Color) {
	type place struct{ x, y int }
	places := make([]place, len(at))
	for i, p := range at {
		x, y := c.state.matrix.apply(p)
		places[i] = place{tenths(x), tenths(y)}
	}
	slices.SortFunc(places, func(a, b place) int { return cmp.Or(cmp.Compare(a.y, b.y), cmp.Compare(a.x, b.x)) })
	places = slices.Compact(places)
	d := []byte("M0 0")
	from := place{}
	for _, p := range places {
		d = append(d, 'm')
		d = strconv.AppendFloat(d, float64(p.x-from.x)/10, 'f', -1, 64)
		if p.y >= from.y {
			d = append(d, ' ')
		}
		d = strconv.AppendFloat(d, float64(p.y-from.y)/10, 'f', -1, 64)
		d = append(d, "h0"...)
		from = p
	}
	stroke := c.paint("stroke", clr)
	width := number(2 * radius * c.state.matrix.scale())
	c.elements = append(c.elements, element{`<path d="` + string(d) + `" fill="none" stroke-linecap="round"`,
		classed(stroke.class, stroke.attributes) + ` stroke-width="` + width + `"`, "/>"})
}

// tenths is a coordinate in tenths of a pixel, rounded as [number] does.
func tenths(v float64) int { return int(math.Floor(float64(v*10) + 0.5 + 1e-6)) }
