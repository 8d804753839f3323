package diagram

import (
	"math"
	"slices"

	"gradbook/display/canvas"
)

type rect struct{ left, top, right, bottom float64 }

func (r rect) overlaps(q rect) bool {
	return r.left < q.right && q.left < r.right && r.top < q.bottom && q.top < r.bottom
}

// crosses reports whether a rectangle is neither inside a frame nor outside of it, or in
// the line of its name.
func (r rect) crosses(frame rect) bool {
	inside := r.left > frame.left && r.right < frame.right && r.top > frame.top+frameTitle-6 && r.bottom < frame.bottom
	return r.overlaps(frame) && !inside
}

// A label is a line of text with a place.
type label struct {
	style canvas.Style
	spans []canvas.Span
	width float64
	x, y  float64 // middle and baseline
	node  int     // that it belongs to
	pill  bool    // in a rounded box
	owner int     // whose gradient makes a slope known
	says  says
}

// says is what a label tells about its node.
type says int

const (
	saysValue says = 1 << iota
	saysSlope
)

// text makes a label of one look.
func text(style canvas.Style, s string) label { return line(style, canvas.Span{Text: s}) }

// line makes a label of several looks.
func line(style canvas.Style, spans ...canvas.Span) label {
	return label{style: style, spans: spans, width: style.WidthOf(spans...)}
}

// to returns the label with its middle and baseline at a place.
func (l label) to(x, y float64) label {
	l.x, l.y = x, y
	return l
}

// rect is the room it takes: capitals and digits are about 0.72 of the size high,
// and what hangs below the baseline 0.22.
func (l label) rect() rect {
	w := l.width
	if l.pill {
		w = pillWidth(l.spans[0].Text)
		return rect{l.x - w/2, l.y - pillHeight/2 - 4.5, l.x + w/2, l.y + pillHeight/2 - 4.5}
	}
	return rect{l.x - w/2 - 2, l.y - 0.72*l.style.Size - 1, l.x + w/2 + 2, l.y + 0.22*l.style.Size + 1}
}

// A labeller puts every number where it can be read.
type labeller struct {
	layout
	d      Diagram
	shapes []shape
	labels []label
	taken  []rect
	lost   int // labels for which there was no room
}

// place writes all labels: first those that can only be in one place.
func (p *labeller) place(pills [][]string) {
	for i, texts := range pills {
		p.placePills(i, texts)
	}
	for i, n := range p.d.Nodes {
		if n.Thumbnail != nil {
			p.taken = append(p.taken, p.thumbnailAt(i))
		}
	}
	for i, n := range p.d.Nodes {
		if n.named() {
			p.placeName(i, n.Name)
		}
	}
	uses := p.d.Uses()
	for i := range p.d.Nodes {
		if uses[i] > 1 {
			p.placeAtNode(i)
		}
	}
	for _, a := range p.arrows {
		p.placeOnArrow(a, uses[a.from] > 1)
	}
}

// placePills stacks the local derivatives over their operation.
func (p *labeller) placePills(i int, texts []string) {
	b, s := p.boxes[i], p.shapes[i]
	y := b.y - s.h/2 - pillHeight/2
	for _, t := range texts {
		l := text(pillStyle, t).to(b.x, y)
		l.pill, l.node = true, i
		p.add(l)
		y -= pillHeight + 5
	}
}

// placeName writes what an operation's result is called, under it if possible.
func (p *labeller) placeName(i int, name string) {
	b, s := p.boxes[i], p.shapes[i]
	l := text(calledName, name)
	l.node = i
	under := b.y + s.h/2
	over := b.y - s.up - 4
	w := l.width
	p.best([][]label{
		{l.to(b.x, under+13)}, {l.to(b.x, under+17)}, {l.to(b.x, over)},
		{l.to(b.x+w/2+8, under)}, {l.to(b.x-w/2-8, under)}, {l.to(b.x+w/2+8, b.y-s.h/2+8)},
	})
}

// placeAtNode writes value and gradient of a node with several uses beside it,
// once, rather than on each arrow.
func (p *labeller) placeAtNode(i int) {
	n, b, s := p.d.Nodes[i], p.boxes[i], p.shapes[i]
	value, slope := shows(n)
	var l label
	switch {
	case slope != "":
		plain := valueStyle
		plain.Bold = false
		l = line(plain, canvas.Span{Text: value + "  ", Bold: true}, canvas.Span{Text: slope, Color: slopeStyle.Color})
	case value != "":
		l = text(valueStyle, value)
	default:
		return
	}
	l.node, l.owner = i, i
	if value != "" {
		l.says |= saysValue
	}
	if slope != "" {
		l.says |= saysSlope
	}
	w := l.width
	over, under := b.y-s.up-6, b.y+s.down+14
	var places [][]label
	for _, dx := range []float64{0, -w / 4, w / 4, -w / 2, w / 2} {
		places = append(places, []label{l.to(b.x+dx, over)}, []label{l.to(b.x+dx, under)})
	}
	p.best(places)
}

// shows returns what is to be written about a node: its value, unless that is
// already in its shape, and its gradient.
func shows(n Node) (value, slope string) {
	value = n.Value
	if n.Kind == Constant {
		value = ""
	}
	if n.Gradient != "" {
		slope = "∂ " + n.Gradient
	}
	return value, slope
}

// placeOnArrow writes the value over an arrow and the gradient under it. Of a
// node with several uses the arrow has only what it adds to the gradient.
func (p *labeller) placeOnArrow(a arrow, shared bool) {
	n := p.d.Nodes[a.from]
	value, slope := shows(n)
	owner := a.from
	if shared {
		value, slope, owner = "", "", a.to
		if g := p.d.Nodes[a.to].Inputs[a.input].Gradient; g != "" {
			slope = "∂ " + g
		}
	}
	var l []label
	if value != "" {
		l = append(l, text(valueStyle, value))
		l[0].says = saysValue
	}
	if slope != "" {
		l = append(l, text(slopeStyle, slope))
		l[len(l)-1].says = saysSlope
	}
	for i := range l {
		l[i].node, l[i].owner = a.from, owner
	}
	if len(l) > 0 {
		p.best(p.along(a, l, value == ""))
	}
}

// Where along a stretch of an arrow its labels are tried, best first.
var (
	onLevel   = []float64{0.46, 0.54, 0.38, 0.62, 0.3, 0.7, 0.22, 0.78, 0.14, 0.86, 0.05, 0.95}
	onSlanted = []float64{0.42, 0.36, 0.48, 0.54, 0.3, 0.6, 0.66, 0.24, 0.72, 0.8, 0.88, 0.16}
)

// along lists the places for one or two labels on an arrow, best first. On a
// level arrow the value stands above and the gradient below. On a slanted one
// both stand on its open side, which is right of where it leaves. low prefers the
// side below for a single label.
func (p *labeller) along(a arrow, l []label, low bool) (places [][]label) {
	for seg := 1; seg < len(a.points); seg += 2 {
		from, to := a.points[seg-1], a.points[seg]
		down, up := to.y-from.y > 12, from.y-to.y > 12
		fractions := onLevel
		if down || up {
			fractions = onSlanted
		}
		for _, f := range fractions {
			x := from.x + f*(to.x-from.x)
			over, under := a.stack(l, x, true), a.stack(l, x, false)
			split := append(a.stack(l[:1], x, true), a.stack(l[len(l)-1:], x, false)...)
			switch {
			case len(l) == 1 && (up || low && !down):
				places = append(places, under, over)
			case len(l) == 1:
				places = append(places, over, under)
			case down:
				places = append(places, over, under, split)
			case up:
				places = append(places, under, over, split)
			default:
				places = append(places, split, over, under)
			}
		}
	}
	return places
}

const lineHeight = 15.0

// stack puts labels one under the other, all over the arrow at x or all under it.
// Their left ends are aligned, since on a slanted arrow that is the side on which
// it passes.
func (a arrow) stack(l []label, x float64, over bool) []label {
	wide := 0.0
	for _, l := range l {
		wide = max(wide, l.width)
	}
	top, bottom := a.reachAround(x, wide)
	placed := make([]label, len(l))
	for i, l := range l {
		y := bottom + a.clear - 1 + 0.75*l.style.Size + lineHeight*float64(i)
		if over {
			y = top - a.clear - lineHeight*float64(len(placed)-1-i)
		}
		placed[i] = l.to(x-wide/2+l.width/2, y)
	}
	return placed
}

// reachAround is the highest and the lowest point of the arrow within a width around x.
func (a arrow) reachAround(x, width float64) (top, bottom float64) {
	top, bottom = math.Inf(1), math.Inf(-1)
	const steps = 8
	width += 6 // a label has a rim
	for i := 0; i <= steps; i++ {
		at := x + width*(float64(i)/steps-0.5)
		at = min(max(at, a.points[0].x), a.points[len(a.points)-1].x)
		if y, ok := a.at(at); ok {
			top, bottom = min(top, y), max(bottom, y)
		}
	}
	return top, bottom
}

// best adds the first of some places that is over nothing. Without one the number is
// left out: it is still in the title under the pointer.
func (p *labeller) best(places [][]label) {
	for _, labels := range places {
		if !slices.ContainsFunc(labels, func(l label) bool { return p.covered(l.rect()) }) {
			for _, l := range labels {
				p.add(l)
			}
			return
		}
	}
	p.lost += len(places[0])
}

func (p *labeller) add(l label) {
	p.labels = append(p.labels, l)
	p.taken = append(p.taken, l.rect())
}

// covered reports whether a rectangle is over a node, a label or an arrow.
func (p *labeller) covered(r rect) bool {
	for i, s := range p.shapes {
		if s.covers(p.boxes[i].x, p.boxes[i].y, r) {
			return true
		}
	}
	return slices.ContainsFunc(p.taken, r.overlaps) || slices.ContainsFunc(p.groups, r.crosses) ||
		slices.ContainsFunc(p.arrows, func(a arrow) bool { return a.through(r) })
}

// through reports whether an arrow runs through a rectangle.
func (a arrow) through(r rect) bool {
	left, right := max(r.left, a.points[0].x), min(r.right, a.points[len(a.points)-1].x)
	if left > right || a.top > r.bottom+1 || a.bottom < r.top-1 {
		return false
	}
	const steps = 8
	before, _ := a.at(left)
	for i := range steps {
		y, _ := a.at(left + (right-left)*float64(i+1)/steps)
		if min(y, before) < r.bottom+1 && max(y, before) > r.top-1 {
			return true
		}
		before = y
	}
	return false
}
