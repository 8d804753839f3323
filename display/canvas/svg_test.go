package canvas

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image"
	"image/color"
	"io"
	"math"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"
)

// drawn returns the file that a drawing makes, after a check that it is XML.
func drawn(t *testing.T, draw func(c *SVG)) string {
	t.Helper()
	c := NewSVG(100, 50)
	draw(c)
	b := c.Bytes("a <name> & more")
	d := xml.NewDecoder(bytes.NewReader(b))
	for {
		if _, err := d.Token(); err != nil {
			if !errors.Is(err, io.EOF) {
				t.Fatalf("%v in %s", err, b)
			}
			return string(b)
		}
	}
}

func line(x1, y1, x2, y2 vg.Length) (p vg.Path) {
	p.Move(vg.Point{X: x1, Y: y1})
	p.Line(vg.Point{X: x2, Y: y2})
	return p
}

func TestSVGDraws(t *testing.T) {
	var disc, quarter, curve vg.Path
	disc.Move(vg.Point{X: 30, Y: 20})
	disc.Arc(vg.Point{X: 20, Y: 20}, 10, 0, 2*math.Pi)
	disc.Close()
	quarter.Arc(vg.Point{X: 20, Y: 20}, 10, 0, math.Pi/2)
	curve.Move(vg.Point{})
	curve.CubeTo(vg.Point{X: 1}, vg.Point{X: 2}, vg.Point{X: 3})
	curve.QuadTo(vg.Point{X: 4}, vg.Point{X: 5})
	tests := []struct {
		name string
		draw func(c *SVG)
		want string
	}{
		{"y counts from the bottom", func(c *SVG) { c.Stroke(line(0, 0, 10, 50)) }, `d="M0 50L10 0"`},
		{"black is ink", func(c *SVG) { c.Fill(line(0, 0, 10, 50)) }, `fill="#1b1f24"`},
		{"nil is black", func(c *SVG) { c.SetColor(nil); c.Fill(line(0, 0, 10, 50)) }, `fill="#1b1f24"`},
		{"a role has a class", func(c *SVG) { c.SetColor(Value); c.Fill(line(0, 0, 10, 50)) }, `class="f-value" fill="#0a4fa8"`},
		{"and a dark colour", func(c *SVG) { c.SetColor(Value); c.Fill(line(0, 0, 10, 50)) }, `dark){.f-value{fill:#8fc7ff}}`},
		{"opacity", func(c *SVG) { c.SetColor(Value.Faint(0.5)); c.Fill(line(0, 0, 10, 50)) }, `fill-opacity="0.5"`},
		{"translation", func(c *SVG) { c.Translate(vg.Point{X: 5, Y: 10}); c.Stroke(line(0, 0, 10, 10)) }, `d="M5 40L15 30"`},
		{"scaling", func(c *SVG) { c.Scale(2, 2); c.Stroke(line(0, 0, 10, 10)) }, `d="M0 50L20 30" class="s-c000000" fill="none" stroke="#1b1f24" stroke-width="2"`},
		{"pop undoes", func(c *SVG) { c.Push(); c.Scale(2, 2); c.SetLineWidth(9); c.Pop(); c.Stroke(line(0, 0, 10, 10)) }, `d="M0 50L10 40" class="s-c000000" fill="none" stroke="#1b1f24" stroke-width="1"`},
		{"dashes", func(c *SVG) { c.SetLineDash([]vg.Length{4, 2}, 1); c.Stroke(line(0, 0, 10, 10)) }, `stroke-dasharray="4 2" stroke-dashoffset="1"`},
		{"a full turn is a circle", func(c *SVG) { c.Fill(disc) }, `<circle cx="20" cy="30" r="10"`},
		{"a part of one is an arc", func(c *SVG) { c.Stroke(quarter) }, `d="M30 30A10 10 0 0 0 27.1 22.9A10 10 0 0 0 20 20"`},
		{"curves", func(c *SVG) { c.Stroke(curve) }, `d="M0 50C1 50 2 50 3 50Q4 50 5 50"`},
		{"images", func(c *SVG) {
			c.DrawImage(vg.Rectangle{Max: vg.Point{X: 10, Y: 20}}, image.NewGray(image.Rect(0, 0, 1, 1)))
		}, `<image x="0" y="30" width="10" height="20"`},
		{"names are escaped", func(*SVG) {}, `aria-label="a &lt;name&gt; &amp; more"`},
		{"groups have titles", func(c *SVG) { c.Begin("operation", "x < 3"); c.End() }, "<g class=\"operation\"><title>x &lt; 3</title>\n</g>"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := drawn(t, tt.draw); !strings.Contains(got, tt.want) {
				t.Errorf("got %s\nwant it to contain %s", got, tt.want)
			}
		})
	}
}

func TestSVGLeavesOut(t *testing.T) {
	tests := []struct {
		name   string
		draw   func(c *SVG)
		absent string
	}{
		{"lines without width", func(c *SVG) { c.SetLineWidth(0); c.Stroke(line(0, 0, 10, 10)) }, "<path"},
		{"empty text", func(c *SVG) { c.FillString(Style{Size: 10}.face(), vg.Point{}, "") }, "<text"},
		{"points on the spot", func(c *SVG) {
			p := line(0, 0, 10, 10)
			p.Line(vg.Point{X: 10.01, Y: 10.01})
			c.Stroke(p)
		}, "L10 40L"},
	}
	for _, tt := range tests {
		if got := drawn(t, tt.draw); strings.Contains(got, tt.absent) {
			t.Errorf("%s: got %s\nwant no %s", tt.name, got, tt.absent)
		}
	}
}

func TestSVGText(t *testing.T) {
	got := drawn(t, func(c *SVG) {
		c.Push()
		c.Translate(vg.Point{X: 10, Y: 10})
		c.Rotate(math.Pi / 2)
		c.FillString(Style{Size: 12, Bold: true, Italic: true, Variant: "Serif"}.face(), vg.Point{}, "loss & co")
		c.Pop()
	})
	for _, want := range []string{`transform="rotate(-90 10 40)"`, `font-size="12"`, `font-weight="700"`, `font-style="italic"`, `'Liberation Serif'`, `>loss &amp; co</text>`} {
		if !strings.Contains(got, want) {
			t.Errorf("got %s\nwant it to contain %s", got, want)
		}
	}
}

// A scatter plot's points differ in nothing but their place.
func TestSVGSharesPaint(t *testing.T) {
	got := drawn(t, func(c *SVG) {
		c.SetColor(Series[0])
		for x := range 3 {
			var p vg.Path
			p.Arc(vg.Point{X: vg.Length(x), Y: 0}, 3, 0, 2*math.Pi)
			c.Fill(p)
		}
		c.SetColor(color.White)
		c.Fill(line(0, 0, 1, 1))
	})
	want := "<g class=\"f-series-1\" fill=\"#0a5cc4\">\n<circle cx=\"0\" cy=\"50\" r=\"3\"/>\n<circle cx=\"1\" cy=\"50\" r=\"3\"/>\n<circle cx=\"2\" cy=\"50\" r=\"3\"/>\n</g>\n<path"
	if !strings.Contains(got, want) {
		t.Errorf("got %s\nwant it to contain %s", got, want)
	}
}

// Numbers that differ in their last bit only, as they do between processors, are
// written alike.
func TestNumber(t *testing.T) {
	tests := []struct {
		v    float64
		want string
	}{
		{0, "0"}, {-0.001, "0"}, {1, "1"}, {12.34, "12.3"}, {12.25, "12.3"}, {math.Nextafter(12.25, 0), "12.3"}, {math.Nextafter(12.25, 20), "12.3"},
		{0.55, "0.55"}, {-3.14159, "-3.1"}, {100.04, "100"},
	}
	for _, tt := range tests {
		if got := number(tt.v); got != tt.want {
			t.Errorf("number(%v) = %q, want %q", tt.v, got, tt.want)
		}
	}
}
