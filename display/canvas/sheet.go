package canvas

import (
	"image/color"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// A Sheet draws in pixels from the top left corner, as pages do, on any
// vg.Canvas. On an [SVG] it keeps groups, titles and anchors; elsewhere it
// draws what those look like.
type Sheet struct {
	Canvas vg.Canvas
	Height float64
}

// point maps a place on the sheet to the canvas below it.
func (s Sheet) point(x, y float64) vg.Point {
	return vg.Point{X: vg.Length(x), Y: vg.Length(s.Height - y)}
}

// svg returns the SVG that the sheet draws on, if it does. gonum wraps canvases
// in others, once for each part of a plot.
func (s Sheet) svg() (c *SVG, ok bool) {
	on := s.Canvas
	for {
		part, wrapped := on.(draw.Canvas)
		if !wrapped {
			c, ok = on.(*SVG)
			return c, ok
		}
		on = part.Canvas
	}
}

// Begin opens a group, where the canvas has such: see [SVG.Begin].
func (s Sheet) Begin(class, title string) {
	if c, ok := s.svg(); ok {
		c.Begin(class, title)
	}
}

// End closes the group opened last.
func (s Sheet) End() {
	if c, ok := s.svg(); ok {
		c.End()
	}
}

// Shape fills a path and draws its outline; a nil colour leaves that out.
func (s Sheet) Shape(p Path, fill, line color.Color, width float64) {
	path := p.on(s)
	s.Canvas.SetLineWidth(vg.Length(width))
	if c, ok := s.svg(); ok {
		c.shape(path, fill, line)
		return
	}
	if fill != nil {
		s.Canvas.SetColor(fill)
		s.Canvas.Fill(path)
	}
	if line != nil {
		s.Canvas.SetColor(line)
		s.Canvas.Stroke(path)
	}
}

// Text writes a line with its anchor at x and its baseline at y.
func (s Sheet) Text(t Style, x, y float64, text string) { s.Spans(t, x, y, Span{Text: text}) }

// Spans writes a line of several looks.
func (s Sheet) Spans(t Style, x, y float64, spans ...Span) {
	if c, ok := s.svg(); ok {
		c.text(t, s.point(x, y), spans)
		return
	}
	switch w := t.WidthOf(spans...); t.Anchor {
	case Middle:
		x -= w / 2
	case End:
		x -= w
	}
	for _, span := range spans {
		t := t.with(span)
		s.draw(t, x, y, Drawable(span.Text))
		x += t.Width(span.Text)
	}
}

// draw writes text glyph by glyph on a canvas that knows only FillString. The
// rim is the same text in the card's colour, shifted to eight sides.
func (s Sheet) draw(t Style, x, y float64, text string) {
	face := t.face()
	if t.Halo {
		s.Canvas.SetColor(Ground)
		for _, d := range [][2]float64{{-2, 0}, {2, 0}, {0, -2}, {0, 2}, {-1.4, -1.4}, {1.4, -1.4}, {-1.4, 1.4}, {1.4, 1.4}} {
			s.Canvas.FillString(face, s.point(x+d[0], y+d[1]), text)
		}
	}
	s.Canvas.SetColor(t.Color)
	s.Canvas.FillString(face, s.point(x, y), text)
}

// A Path is an outline in pixels from the top left.
type Path struct{ steps []step }

// A step is one command of a path and its one to three points.
type step struct {
	kind vg.PathComp
	at   [][2]float64
}

// MoveTo starts a new part at a point.
func (p *Path) MoveTo(x, y float64) { p.add(vg.MoveComp, [2]float64{x, y}) }

// LineTo goes straight to a point.
func (p *Path) LineTo(x, y float64) { p.add(vg.LineComp, [2]float64{x, y}) }

// CurveTo goes to x, y along a cubic curve with two control points.
func (p *Path) CurveTo(x1, y1, x2, y2, x, y float64) {
	p.add(vg.CurveComp, [2]float64{x1, y1}, [2]float64{x2, y2}, [2]float64{x, y})
}

// Close returns to the start of the part.
func (p *Path) Close() { p.add(vg.CloseComp, [2]float64{}) }

func (p *Path) add(kind int, at ...[2]float64) {
	p.steps = append(p.steps, step{vg.PathComp{Type: kind}, at})
}

// Empty reports whether nothing was drawn.
func (p Path) Empty() bool { return len(p.steps) == 0 }

// on turns the path into one on the canvas below a sheet.
func (p Path) on(s Sheet) vg.Path {
	out := make(vg.Path, len(p.steps))
	for i, st := range p.steps {
		k := st.kind
		last := len(st.at) - 1
		k.Pos = s.point(st.at[last][0], st.at[last][1])
		for _, q := range st.at[:last] {
			k.Control = append(k.Control, s.point(q[0], q[1]))
		}
		out[i] = k
	}
	return out
}

// Circle is a circle around a point.
func Circle(x, y, r float64) Path {
	const turn = 6.283185307179586
	return Path{[]step{{vg.PathComp{Type: vg.ArcComp, Radius: vg.Length(r), Angle: turn}, [][2]float64{{x, y}}}}}
}

// Diamond is a square on its tip: its corners lie half a width and half a height
// from the centre.
func Diamond(x, y, w, h float64) (p Path) {
	p.MoveTo(x-w/2, y)
	p.LineTo(x, y-h/2)
	p.LineTo(x+w/2, y)
	p.LineTo(x, y+h/2)
	p.Close()
	return p
}

// Box is a rectangle, given by its corner and size, with corners rounded to r.
func Box(x, y, w, h, r float64) (p Path) {
	r = min(r, w/2, h/2)
	k := 0.4477 * r // a cubic curve that far from the corner is almost a quarter circle
	p.MoveTo(x+r, y)
	p.LineTo(x+w-r, y)
	p.CurveTo(x+w-k, y, x+w, y+k, x+w, y+r)
	p.LineTo(x+w, y+h-r)
	p.CurveTo(x+w, y+h-k, x+w-k, y+h, x+w-r, y+h)
	p.LineTo(x+r, y+h)
	p.CurveTo(x+k, y+h, x, y+h-k, x, y+h-r)
	p.LineTo(x, y+r)
	p.CurveTo(x, y+k, x+k, y, x+r, y)
	p.Close()
	return p
}
