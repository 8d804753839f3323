package canvas

import (
	"image"
	"image/color"
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"
)

// A Picture is a drawing of a fixed size on a card of its own, so that ink and
// ground always match whatever page it is shown on.
type Picture struct {
	Width, Height float64 // pixels
	Name          string  // what it shows, in a few words; the alternative text
	Draw          func(vg.Canvas)
}

// SVG returns the picture as a themed SVG file.
func (p Picture) SVG() []byte {
	c := NewSVG(p.Width, p.Height)
	p.draw(c)
	return c.Bytes(p.Name)
}

// resolution is that of the PNG in dots per inch: two dots for each pixel, for
// today's screens, and less for a picture so large that it would take more than
// sixteen million dots.
func (p Picture) resolution() int {
	const dots, points = 16e6, 72
	fits := math.Sqrt(dots / (p.Width * p.Height))
	return max(1, int(points*min(2, fits)))
}

// PNG returns the picture in the light theme, at twice its size in pixels unless
// it is huge, as a paletted PNG file that carries its name.
func (p Picture) PNG() ([]byte, error) {
	b, err := encode(p.image())
	if err != nil {
		return nil, err
	}
	return named(b, p.Name), nil
}

// image draws the picture in dots.
func (p Picture) image() *image.RGBA {
	w, h := vg.Length(p.Width), vg.Length(p.Height)
	c := vgimg.NewWith(vgimg.UseWH(w, h), vgimg.UseDPI(p.resolution()), vgimg.UseBackgroundColor(color.Transparent))
	p.draw(&raster{Canvas: c})
	return c.Image().(*image.RGBA)
}

// draw paints the card and then the drawing.
func (p Picture) draw(c vg.Canvas) {
	Sheet{c, p.Height}.Shape(Box(0.5, 0.5, p.Width-1, p.Height-1, 10), Ground, Frame, 1)
	vg.Initialize(c)
	p.Draw(c)
}

// Whole rounds a size up to whole pixels, so that card and file agree.
func Whole(v float64) float64 { return math.Ceil(v - 1e-6) }
