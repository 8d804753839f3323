package canvas

import (
	"image"
	"image/color"
	"math"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// An SVG is a vg.Canvas that writes scalable vector graphics in the page's
// theme. One point is one pixel of the drawing. Beyond a vg.Canvas it knows
// groups with titles, shapes that are filled and outlined at once, and text
// that is anchored at its middle.
//
// Its zero value is not useful: use [NewSVG].
type SVG struct {
	width, height float64
	elements      []element
	state         state
	saved         []state
	roles         map[string]Role // class of what was drawn, for the style sheet
}

// state is what Push saves and Pop restores.
type state struct {
	matrix matrix
	width  float64
	dash   []vg.Length
	offset vg.Length
	color  color.Color
}

// NewSVG returns an empty canvas of that many pixels.
func NewSVG(width, height float64) *SVG {
	c := &SVG{width: width, height: height, roles: map[string]Role{}}
	c.state.matrix = matrix{1, 0, 0, -1, 0, height} // vg counts y from the bottom
	vg.Initialize(c)
	return c
}

// Size returns the size given to NewSVG.
func (c *SVG) Size() (width, height vg.Length) { return vg.Length(c.width), vg.Length(c.height) }

// SetLineWidth sets the width of what Stroke draws.
func (c *SVG) SetLineWidth(w vg.Length) { c.state.width = w.Points() }

// SetLineDash sets the dash pattern of what Stroke draws.
func (c *SVG) SetLineDash(pattern []vg.Length, offset vg.Length) {
	c.state.dash, c.state.offset = pattern, offset
}

// SetColor sets the colour of everything drawn next. A nil colour is black, as
// vg.Canvas asks, and black is the theme's ink.
func (c *SVG) SetColor(clr color.Color) {
	if clr == nil {
		clr = color.Black
	}
	c.state.color = clr
}

// Rotate turns the coordinate system counter-clockwise.
func (c *SVG) Rotate(rad float64) {
	s, k := math.Sincos(rad)
	c.state.matrix = c.state.matrix.times(matrix{k, s, -s, k, 0, 0})
}

// Translate moves the origin.
func (c *SVG) Translate(p vg.Point) {
	c.state.matrix = c.state.matrix.times(matrix{1, 0, 0, 1, p.X.Points(), p.Y.Points()})
}

// Scale stretches the coordinate system.
func (c *SVG) Scale(x, y float64) {
	c.state.matrix = c.state.matrix.times(matrix{x, 0, 0, y, 0, 0})
}

// Push saves colour, line style and transformation.
func (c *SVG) Push() { c.saved = append(c.saved, c.state) }

// Pop restores what the matching Push saved.
func (c *SVG) Pop() {
	c.state = c.saved[len(c.saved)-1]
	c.saved = c.saved[:len(c.saved)-1]
}

// Stroke draws the outline of a path, or nothing when the line has no width.
func (c *SVG) Stroke(p vg.Path) {
	if c.state.width > 0 {
		c.shape(thinned(p, c.width), nil, c.state.color)
	}
}

// Fill fills a path.
func (c *SVG) Fill(p vg.Path) { c.shape(p, c.state.color, nil) }

// FillString writes one line of text whose baseline starts at p.
func (c *SVG) FillString(f font.Face, p vg.Point, s string) {
	if f.Font.Size == 0 || s == "" {
		return
	}
	t := styleOf(f.Font)
	t.Color = c.state.color
	c.text(t, p, []Span{{Text: s}})
}

// DrawImage embeds a picture, scaled to the rectangle.
func (c *SVG) DrawImage(r vg.Rectangle, img image.Image) { c.image(r, img) }

// A matrix maps the plane: x' = a·x + c·y + e, y' = b·x + d·y + f, as in SVG.
type matrix struct{ a, b, c, d, e, f float64 }

// times returns the matrix that applies n first. The conversions keep the
// compiler from fusing multiplication and addition, which would give other
// digits on other processors.
func (m matrix) times(n matrix) matrix {
	dot := func(a, x, b, y float64) float64 { return float64(a*x) + float64(b*y) }
	return matrix{
		dot(m.a, n.a, m.c, n.b), dot(m.b, n.a, m.d, n.b),
		dot(m.a, n.c, m.c, n.d), dot(m.b, n.c, m.d, n.d),
		dot(m.a, n.e, m.c, n.f) + m.e, dot(m.b, n.e, m.d, n.f) + m.f,
	}
}

// apply maps a point to pixels from the top left.
func (m matrix) apply(p vg.Point) (x, y float64) {
	px, py := p.X.Points(), p.Y.Points()
	return float64(m.a*px) + float64(m.c*py) + m.e, float64(m.b*px) + float64(m.d*py) + m.f
}

// scale is how much longer the matrix makes a line.
func (m matrix) scale() float64 { return math.Sqrt(math.Abs(float64(m.a*m.d) - float64(m.b*m.c))) }

// angle is how far it turns one, clockwise on the screen, in degrees.
func (m matrix) angle() float64 { return math.Atan2(m.b, m.a) * 180 / math.Pi }
