package diagram

import "gradbook/display/canvas"

// A Thumbnail is a small map of numbers, drawn under a node: what its value looks like.
type Thumbnail struct {
	Columns int
	Shades  []int  // row by row, which of canvas.Heat each cell has; -1 for none
	Tip     string // shown under the pointer and read by screen readers
}

// Sizes of a thumbnail in pixels.
const (
	thumbnailSide = 40.0 // of the longer side, at most
	cellSide      = 7.0  // of a cell, at most
	thumbnailGap  = 5.0  // to what is above
)

func (t *Thumbnail) rows() int { return len(t.Shades) / t.Columns }

// size is how large it is drawn.
func (t *Thumbnail) size() (w, h float64) {
	cell := min(cellSide, thumbnailSide/float64(max(t.Columns, t.rows())))
	w, h = cell*float64(t.Columns), cell*float64(t.rows())
	if t.rows() == 1 {
		h = cellSide
	}
	return w, h
}

// thumbnailAt is the place of a node's thumbnail, below its shape and its name.
func (p *labeller) thumbnailAt(i int) rect {
	w, h := p.d.Nodes[i].Thumbnail.size()
	b, s := p.boxes[i], p.shapes[i]
	top := b.y + s.h/2 + thumbnailGap
	if p.d.Nodes[i].named() {
		top += nameHeight
	}
	return rect{b.x - w/2, top, b.x + w/2, top + h}
}

// drawThumbnail draws the cells, those of one colour as one shape.
func (g *drawing) drawThumbnail(s canvas.Sheet, i int) {
	t := g.Nodes[i].Thumbnail
	if t == nil || g.frame != nil && !g.frame.Values[i] {
		return
	}
	r := g.thumbnailAt(i)
	x, y := r.left+g.dx, r.top+g.dy
	w, h := (r.right-r.left)/float64(t.Columns), (r.bottom-r.top)/float64(t.rows())
	shapes := make([]canvas.Path, len(canvas.Heat))
	for from := 0; from < len(t.Shades); {
		to := from + 1
		for to%t.Columns != 0 && t.Shades[to] == t.Shades[from] {
			to++
		}
		if shade := t.Shades[from]; shade >= 0 {
			row := float64(from / t.Columns)
			left, right := x+w*float64(from%t.Columns), x+w*float64((to-1)%t.Columns+1)
			p := &shapes[shade]
			p.MoveTo(left, y+h*row)
			p.LineTo(right, y+h*row)
			p.LineTo(right, y+h*(row+1))
			p.LineTo(left, y+h*(row+1))
			p.Close()
		}
		from = to
	}
	s.Begin("thumbnail", t.Tip)
	for shade, p := range shapes {
		if !p.Empty() {
			s.Shape(p, canvas.Heat[shade], nil, 0)
		}
	}
	s.Shape(canvas.Box(x, y, r.right-r.left, r.bottom-r.top, 0), nil, canvas.GroupLine, 1)
	s.End()
}
