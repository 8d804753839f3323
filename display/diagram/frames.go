package diagram

import (
	"gonum.org/v1/plot/vg"

	"gradbook/display/canvas"
)

// A Frame is a diagram at one step of its computation: what is known by then, and
// which node is at it.
type Frame struct {
	Values    []bool // of each node, whether its value is known
	Gradients []bool // and its gradient
	Now       int    // the node that is computed, or -1
	Back      bool   // its gradient is, from those of its users; otherwise its value, from its inputs
	Caption   []canvas.Span
}

// Frames returns the pictures of the steps, in which everything keeps its place. Each
// is called by its caption.
func (d Diagram) Frames(frames []Frame) (pictures []canvas.Picture) {
	for _, f := range frames { // the frame has room for the longest caption
		if len(d.Notes) == 0 || noteStyle.WidthOf(f.Caption...) > noteStyle.WidthOf(d.Notes[0]...) {
			d.Notes = [][]canvas.Span{f.Caption}
		}
	}
	g := d.compose()
	for _, f := range frames {
		at := *g
		at.frame = &f
		at.notes = wrap(f.Caption, max(g.width-2*margin, textWidth))
		name := ""
		for _, s := range f.Caption {
			name += s.Text
		}
		pictures = append(pictures, canvas.Picture{Width: g.width, Height: g.height, Name: name, Draw: func(c vg.Canvas) { at.draw(c) }})
	}
	return pictures
}

// shown is what of a label is known by now, and whether anything is.
func (g *drawing) shown(l label) (label, bool) {
	if g.frame == nil {
		return l, true
	}
	value, slope := l.says&saysValue != 0, l.says&saysSlope != 0
	known := g.frame.Values[l.node]
	back := g.frame.Gradients[l.owner]
	switch {
	case value && slope && known && !back:
		l.x += (l.style.WidthOf(l.spans[0]) - l.width) / 2 // where it will stay
		l.spans = l.spans[:1]
	case value && !known, !value && slope && !back:
		return l, false
	}
	return l, true
}

// busy reports whether values, or gradients, pass along an arrow at this step.
func (g *drawing) busy(a arrow, back bool) bool {
	f := g.frame
	switch {
	case f == nil || f.Now < 0 || f.Back != back:
		return false
	case back:
		return a.from == f.Now
	}
	return a.to == f.Now
}
