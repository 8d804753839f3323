package canvas

import (
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"
)

// A raster is the canvas of the PNG. It hands long lines to the rasteriser in
// pieces: its time grows with the square of how often one stroke crosses a row of
// pixels, which for a noisy curve makes seconds out of milliseconds.
type raster struct {
	*vgimg.Canvas
	dashed bool
	saved  []bool // dashed, under Push
}

// SetLineDash notes whether lines are dashed: those are not cut, since each piece
// would start the pattern anew.
func (r *raster) SetLineDash(pattern []vg.Length, offset vg.Length) {
	r.dashed = len(pattern) > 0
	r.Canvas.SetLineDash(pattern, offset)
}

// Push saves the state.
func (r *raster) Push() {
	r.saved = append(r.saved, r.dashed)
	r.Canvas.Push()
}

// Pop restores it.
func (r *raster) Pop() {
	r.dashed, r.saved = r.saved[len(r.saved)-1], r.saved[:len(r.saved)-1]
	r.Canvas.Pop()
}

// FillString writes a text in characters that the font has.
func (r *raster) FillString(f font.Face, p vg.Point, s string) {
	r.Canvas.FillString(f, p, Drawable(s))
}

// Stroke draws the outline of a path.
func (r *raster) Stroke(p vg.Path) {
	w, _ := r.Size()
	p = thinned(p, w.Points())
	if r.dashed || !polyline(p) {
		r.Canvas.Stroke(p)
		return
	}
	// Each piece begins with the last stretch of the one before, so that no joint
	// is missing.
	const size = 64
	for len(p) > size+2 {
		r.Canvas.Stroke(started(p[:size+2]))
		p = p[size:]
	}
	r.Canvas.Stroke(started(p))
}

// polyline reports whether a path is one open line of straight stretches.
func polyline(p vg.Path) bool {
	for i, k := range p {
		if (i == 0) != (k.Type == vg.MoveComp) || i > 0 && k.Type != vg.LineComp {
			return false
		}
	}
	return len(p) > 0
}

// started returns a piece of a path that begins by moving to its first point.
func started(p vg.Path) vg.Path {
	if p[0].Type == vg.MoveComp {
		return p
	}
	q := append(vg.Path{}, p...)
	q[0].Type = vg.MoveComp
	return q
}

// thinned leaves out what cannot be seen of a line of very many points: see
// [Thin]. A plot of a million points is then drawn in a blink and a few dozen
// kilobytes.
func thinned(p vg.Path, width float64) vg.Path {
	if len(p) <= int(8*width) || !polyline(p) {
		return p
	}
	line := make(plotter.XYs, len(p))
	for i, k := range p {
		line[i] = plotter.XY{X: k.Pos.X.Points(), Y: k.Pos.Y.Points()}
	}
	line = Thin(line, int(2*width))
	out := make(vg.Path, 0, len(line))
	for i, q := range line {
		at := vg.Point{X: vg.Points(q.X), Y: vg.Points(q.Y)}
		if i == 0 {
			out.Move(at)
		} else {
			out.Line(at)
		}
	}
	return out
}
