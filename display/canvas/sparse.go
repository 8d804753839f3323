package canvas

import (
	"image/color"
	"math"

	"gonum.org/v1/plot/vg"
)

// A sparse canvas leaves out circles that lie on others: a scatter plot of a million
// points draws one after the other, which would take minutes to show. Of those drawn in
// a row that look alike it keeps one in each cell of a grid, whose cells grow with
// their number.
type sparse struct {
	vg.Canvas
	color color.Color
	taken map[spot]bool
	kept  int // since something else was drawn
}

// A spot is what two circles have in common of which one is not seen.
type spot struct {
	filled bool
	color  [4]uint32
	radius int // in tenths of a pixel
	cell   int // in pixels
	x, y   int // in cells
}

// crowd is how many circles are kept before the cells of the grid are doubled; the
// widest are as wide as a point usually is.
const crowd, widestCell = 3000, 4

// SetColor implements vg.Canvas.
func (s *sparse) SetColor(c color.Color) {
	s.color = c
	s.Canvas.SetColor(c)
}

// Pop implements vg.Canvas.
func (s *sparse) Pop() {
	s.forget()
	s.Canvas.Pop()
}

// Fill implements vg.Canvas.
func (s *sparse) Fill(p vg.Path) {
	if !s.covered(p, true) {
		s.Canvas.Fill(p)
	}
}

// Stroke implements vg.Canvas.
func (s *sparse) Stroke(p vg.Path) {
	if !s.covered(p, false) {
		s.Canvas.Stroke(p)
	}
}

// forget begins anew, since what is drawn next may lie over something else.
func (s *sparse) forget() { s.taken, s.kept = nil, 0 }

// covered reports whether a circle need not be drawn, and notes those that are.
func (s *sparse) covered(p vg.Path, filled bool) bool {
	arc := -1
	for i, k := range p {
		switch {
		case k.Type == vg.ArcComp && arc < 0 && math.Abs(k.Angle) > 2*math.Pi-1e-6 && k.Radius < 12:
			arc = i
		case k.Type != vg.MoveComp && k.Type != vg.CloseComp:
			arc = len(p)
		}
	}
	if arc < 0 || arc == len(p) || s.color == nil {
		s.forget()
		return false
	}
	if s.taken == nil {
		s.taken = map[spot]bool{}
	}
	cell := min(widestCell, 1<<min(s.kept/crowd, 8))
	at := spot{filled: filled, cell: cell, radius: int(10 * p[arc].Radius)}
	at.x, at.y = int(p[arc].Pos.X)/cell, int(p[arc].Pos.Y)/cell
	at.color[0], at.color[1], at.color[2], at.color[3] = s.color.RGBA()
	if s.taken[at] {
		return true
	}
	s.taken[at], s.kept = true, s.kept+1
	return false
}
