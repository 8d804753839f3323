package logo

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"math"
	"strconv"
	"strings"
)

// draw renders the subset of SVG that the logo is written in (rect, circle,
// line, convex polygon; plain fills) as a PNG of size × size
// pixels. It is no SVG renderer: what it does not know is an error, so that the
// picture and the drawing cannot come apart unnoticed.
func draw(svg []byte, size int) ([]byte, error) {
	side, shapes, err := parse(svg)
	if err != nil {
		return nil, fmt.Errorf("logo: %w", err)
	}
	img := image.NewNRGBA(image.Rect(0, 0, size, size))
	scale := side / float64(size)
	for y := range size {
		for x := range size {
			img.SetNRGBA(x, y, sample(shapes, float64(x), float64(y), scale))
		}
	}
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	err = encoder.Encode(&b, img)
	return b.Bytes(), err
}

// grid is the number of samples along each side of a pixel: 64 in all, which
// leaves a step of 1/64 in the coverage of an edge, below what is seen.
const grid = 8

// sample is the colour of the pixel at (x, y): the mean of its samples, weighted
// by their coverage so that the transparent corners do not darken the rim.
func sample(shapes []shape, x, y, scale float64) color.NRGBA {
	var r, g, b, covered float64
	for i := range grid * grid {
		at := point{
			x: (x + (float64(i%grid)+0.5)/grid) * scale,
			y: (y + (float64(i/grid)+0.5)/grid) * scale,
		}
		if c, ok := topmost(shapes, at); ok {
			r, g, b, covered = r+float64(c.R), g+float64(c.G), b+float64(c.B), covered+1
		}
	}
	if covered == 0 {
		return color.NRGBA{}
	}
	round := func(v float64) uint8 { return uint8(math.Round(v)) }
	return color.NRGBA{round(r / covered), round(g / covered), round(b / covered), round(255 * covered / (grid * grid))}
}

// topmost is the colour of the last shape that covers p: SVG paints in order.
func topmost(shapes []shape, p point) (color.NRGBA, bool) {
	for i := len(shapes) - 1; i >= 0; i-- {
		if shapes[i].covers(p) {
			return shapes[i].fill, true
		}
	}
	return color.NRGBA{}, false
}

// A point is a place in the coordinates of the SVG.
type point struct{ x, y float64 }

// A shape is one painted element.
type shape struct {
	fill   color.NRGBA
	covers func(point) bool
}

// parse reads the side of the square view box, and the shapes in their order.
func parse(svg []byte) (side float64, shapes []shape, err error) {
	d := xml.NewDecoder(bytes.NewReader(svg))
	for {
		token, err := d.Token()
		if err == io.EOF {
			return side, shapes, nil
		}
		if err != nil {
			return 0, nil, err
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		a := attributes(start)
		switch start.Name.Local {
		case "title":
		case "svg":
			side = a.number("width")
		default:
			s, err := newShape(start.Name.Local, a)
			if err != nil {
				return 0, nil, err
			}
			shapes = append(shapes, s)
		}
		if a.err != nil {
			return 0, nil, fmt.Errorf("<%s>: %w", start.Name.Local, a.err)
		}
	}
}

// newShape makes one shape of an element's attributes.
func newShape(element string, a *attrs) (shape, error) {
	switch element {
	case "rect":
		return shape{a.color("fill"), rect(a.number("x"), a.number("y"), a.number("width"), a.number("height"), a.number("rx"))}, nil
	case "circle":
		return shape{a.color("fill"), circle(point{a.number("cx"), a.number("cy")}, a.number("r"))}, nil
	case "line":
		return shape{a.color("stroke"), line(point{a.number("x1"), a.number("y1")}, point{a.number("x2"), a.number("y2")}, a.number("stroke-width"))}, nil
	case "polygon":
		return shape{a.color("fill"), polygon(a.points("points"))}, nil
	}
	return shape{}, fmt.Errorf("<%s>: want rect, circle, line or polygon", element)
}

// attrs reads attributes and remembers the first that is wrong.
type attrs struct {
	values map[string]string
	err    error
}

func attributes(e xml.StartElement) *attrs {
	a := &attrs{values: map[string]string{}}
	for _, at := range e.Attr {
		a.values[at.Name.Local] = at.Value
	}
	return a
}

func (a *attrs) fail(name string, err error) {
	if err != nil && a.err == nil {
		a.err = fmt.Errorf("%s=%q: %w", name, a.values[name], err)
	}
}

func (a *attrs) number(name string) float64 {
	v, err := strconv.ParseFloat(a.values[name], 64)
	a.fail(name, err)
	return v
}

// color reads "#rrggbb".
func (a *attrs) color(name string) color.NRGBA {
	v, err := strconv.ParseUint(strings.TrimPrefix(a.values[name], "#"), 16, 24)
	a.fail(name, err)
	return color.NRGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), 255}
}

// points reads "x,y x,y …".
func (a *attrs) points(name string) []point {
	var ps []point
	for _, field := range strings.Fields(a.values[name]) {
		var p point
		_, err := fmt.Sscanf(field, "%g,%g", &p.x, &p.y)
		a.fail(name, err)
		ps = append(ps, p)
	}
	return ps
}
