package diagram

import (
	"math"
	"slices"

	"gonum.org/v1/plot/vg"

	"gradbook/display/canvas"
)

// Looks of the frame around the drawing.
var (
	titleStyle    = canvas.Style{Size: 15, Bold: true, Color: canvas.Ink}
	subtitleStyle = canvas.Style{Size: 13, Color: canvas.Mute}
	noteStyle     = canvas.Style{Size: 14, Color: canvas.Gradient}
	groupStyle    = canvas.Style{Size: 12.5, Bold: true, Color: canvas.Mute}
	legendStyle   = canvas.Style{Size: 12, Color: canvas.Mute}
)

// Distances of the frame in pixels.
const (
	margin     = 22.0
	noteHeight = 23.0
	textWidth  = 640.0 // lines are broken here, or at the width of the drawing
)

// A drawing is a diagram with everything placed, in pixels of the picture.
type drawing struct {
	Diagram
	labeller
	onPath        []bool
	legend        []entry
	notes         [][]canvas.Span
	title         string
	dx, dy        float64 // from the layout's coordinates to the picture's
	width, height float64
	notesAt       float64
	frame         *Frame // the step that is drawn, or nil for all of it
}

// Picture lays the diagram out and returns it ready to be drawn.
func (d Diagram) Picture() canvas.Picture {
	g := d.compose()
	name := d.Title
	if d.Subtitle != "" {
		name += ", " + d.Subtitle
	}
	return canvas.Picture{Width: g.width, Height: g.height, Name: name, Draw: g.draw}
}

// compose places everything.
func (d Diagram) compose() *drawing {
	d.check()
	if len(d.Nodes) > maxLabelled {
		d = d.bare()
	}
	g := &drawing{Diagram: d, onPath: d.Reached()}
	pills := d.pills(g.onPath)
	shapes := make([]shape, len(d.Nodes))
	for i, n := range d.Nodes {
		shapes[i] = shapeOf(n, pills[i])
	}
	for _, spacing := range []float64{1, 1.3, 1.7, 2.3} {
		next := g.labelled(shapes, pills, spacing)
		if spacing == 1 || next.lost < g.lost {
			g.labeller = next
		}
		if g.lost == 0 || len(d.Nodes) > maxSpread {
			break
		}
	}
	g.enclose()
	return g
}

// maxSpread is how many nodes a diagram has at most that is drawn again with more
// room when some labels found none. In a larger one few will look for them.
const maxSpread = 200

// labelled lays the shapes out, so far apart, and finds places for the labels.
func (g *drawing) labelled(shapes []shape, pills [][]string, spacing float64) labeller {
	p := labeller{d: g.Diagram, shapes: shapes}
	if len(shapes) > 0 {
		p.layout = arrange(g.Diagram, shapes, spacing, func(i int) float64 { return spacing * g.labelRoom(i) })
	}
	for i := range p.arrows {
		a := &p.arrows[i]
		if g.back(*a) || g.Roomy {
			a.clear = 9.5 // a thick arrow
		}
		a.top, a.bottom = math.Inf(1), math.Inf(-1)
		for _, q := range a.points { // between which it neither rises above nor falls below them
			a.top, a.bottom = min(a.top, q.y), max(a.bottom, q.y)
		}
	}
	p.place(pills)
	return p
}

// maxLabelled is how many nodes a diagram with numbers has at most. A larger one
// is only legible as a shape, and finding places for its numbers would take
// longer than everything else.
const maxLabelled = 400

// bare returns the diagram without what is written beside the shapes.
func (d Diagram) bare() Diagram {
	nodes := make([]Node, len(d.Nodes))
	for i, n := range d.Nodes {
		nodes[i] = Node{Kind: n.Kind, Label: n.Label, Tip: n.Tip, In: n.In}
		for _, in := range n.Inputs {
			nodes[i].Inputs = append(nodes[i].Inputs, Input{From: in.From})
		}
	}
	d.Nodes = nodes
	return d
}

// labelRoom is how far apart columns have to be for the labels on a node's arrows.
func (d Diagram) labelRoom(i int) float64 {
	n := d.Nodes[i]
	w := slopeStyle.Width("∂ " + n.Gradient)
	if n.Kind != Constant {
		w = max(w, valueStyle.Width(n.Value))
	}
	return w + 22
}

// pills lists the local derivatives to write over each node.
func (d Diagram) pills(onPath []bool) [][]string {
	pills := make([][]string, len(d.Nodes))
	for i, n := range d.Nodes {
		for _, in := range n.Inputs {
			if d.Path && onPath[in.From] && in.Local != "" {
				pills[i] = append(pills[i], in.Local)
			}
		}
	}
	return pills
}

// enclose finds the size of the picture and the places of what is around the
// drawing.
func (g *drawing) enclose() {
	bounds := g.bounds()
	inner := bounds.right - bounds.left
	g.legend = g.legendEntries()
	g.title = titleStyle.Fit(g.Title, max(inner, textWidth))
	wide := max(inner, titleStyle.Width(g.title)+subtitleStyle.Width("  "+g.Subtitle)+6, legendWidth(g.legend))
	for _, note := range g.Notes {
		for _, line := range wrap(note, max(wide, textWidth)) {
			g.notes = append(g.notes, line)
			wide = max(wide, noteStyle.WidthOf(line...))
		}
	}
	g.width = canvas.Whole(wide + 2*margin)
	g.dx = margin + (g.width-2*margin-inner)/2 - bounds.left
	const top = 52.0
	g.dy = top - bounds.top
	g.notesAt = top + bounds.bottom - bounds.top + 16
	legendAt := g.notesAt + noteHeight*float64(len(g.notes))
	if len(g.notes) > 0 {
		legendAt += 6
		g.notesAt += 12
	}
	g.height = canvas.Whole(legendAt + 30)
}

// bounds is the rectangle that the shapes and labels fill.
func (g *drawing) bounds() rect {
	if len(g.boxes) == 0 {
		return rect{}
	}
	r := rect{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	grow := func(q rect) {
		r = rect{min(r.left, q.left), min(r.top, q.top), max(r.right, q.right), max(r.bottom, q.bottom)}
	}
	for i, b := range g.boxes {
		s := g.shapes[i]
		grow(rect{b.x - s.w/2, b.y - s.h/2, b.x + s.w/2, b.y + s.h/2})
		if g.Nodes[i].Thumbnail != nil {
			grow(g.thumbnailAt(i))
		}
	}
	for _, l := range g.labels {
		grow(l.rect())
	}
	for _, frame := range g.groups {
		grow(frame)
	}
	return r
}

// wrap breaks a note between spans; later lines are indented.
func wrap(note []canvas.Span, width float64) (lines [][]canvas.Span) {
	var line []canvas.Span
	for _, s := range note {
		if len(line) > 0 && noteStyle.WidthOf(append(line, s)...) > width {
			lines = append(lines, line)
			line = []canvas.Span{{Text: "      "}}
		}
		line = append(line, s)
	}
	return append(lines, line)
}

// draw draws the whole picture on a canvas of its size.
func (g *drawing) draw(c vg.Canvas) {
	s := canvas.Sheet{Canvas: c, Height: g.height}
	s.Text(titleStyle, margin, 30, g.title)
	if g.Subtitle != "" {
		s.Text(subtitleStyle, margin+titleStyle.Width(g.title)+12, 30, g.Subtitle)
	}
	for i := range g.groups {
		g.drawGroup(s, i)
	}
	for _, a := range g.arrows {
		if !g.back(a) {
			g.drawArrow(s, a)
		}
	}
	for _, a := range g.arrows {
		if g.back(a) {
			g.drawBack(s, a)
		}
	}
	for i := range g.Nodes {
		g.drawNode(s, i)
		g.drawThumbnail(s, i)
	}
	for _, l := range g.labels {
		if l, ok := g.shown(l); ok {
			g.drawLabel(s, l)
		}
	}
	for i, line := range g.notes {
		s.Spans(noteStyle, margin, g.notesAt+noteHeight*float64(i), line...)
	}
	g.drawLegend(s, margin, g.height-23)
}

// back reports whether an arrow is on the path.
func (g *drawing) back(a arrow) bool {
	return g.Path && g.onPath[a.from] && g.onPath[a.to] || g.busy(a, true)
}

// line is an arrow's curve, without the first and last few pixels.
func (g *drawing) line(a arrow, first, last float64) (p canvas.Path) {
	at := make([]point, len(a.points))
	for i, q := range a.points {
		at[i] = point{q.x + g.dx, q.y + g.dy}
	}
	at[0].x += first
	at[len(at)-1].x -= last
	p.MoveTo(at[0].x, at[0].y)
	for i, q := range at[1:] {
		from := at[i]
		middle := (from.x + q.x) / 2
		if math.Abs(from.y-q.y) < 0.1 {
			p.LineTo(q.x, q.y)
		} else {
			p.CurveTo(middle, from.y, middle, q.y, q.x, q.y)
		}
	}
	return p
}

// head is the tip of an arrow at a point, pointing right, or left when length is
// negative.
func head(x, y, length, half float64) (p canvas.Path) {
	p.MoveTo(x, y)
	p.LineTo(x-length, y-half)
	p.LineTo(x-length, y+half)
	p.Close()
	return p
}

// drawGroup draws a frame and its name.
func (g *drawing) drawGroup(s canvas.Sheet, i int) {
	r := g.groups[i]
	s.Begin("group", g.Groups[i].Tip)
	s.Shape(canvas.Box(r.left+g.dx, r.top+g.dy, r.right-r.left, r.bottom-r.top, 10), canvas.Group, canvas.GroupLine, 1.2)
	s.Text(groupStyle, r.left+g.dx+12, r.top+g.dy+19, g.Groups[i].Label)
	s.End()
}

// drawArrow draws the way forward.
func (g *drawing) drawArrow(s canvas.Sheet, a arrow) {
	color := canvas.Edge
	if g.Path {
		color = canvas.Dim
	}
	width := 1.6
	if g.busy(a, false) {
		color, width = canvas.Value, 3
	}
	end := a.points[len(a.points)-1]
	s.Begin("arrow", "")
	s.Shape(g.line(a, 0.5, 7), nil, color, width)
	s.Shape(head(end.x+g.dx-0.5, end.y+g.dy, 9, 4.4), color, nil, 0)
	s.End()
}

// drawBack draws the way back, from the user to its input.
func (g *drawing) drawBack(s canvas.Sheet, a arrow) {
	start := a.points[0]
	s.Begin("back", "")
	s.Shape(g.line(a, 9, 1.5), nil, canvas.Gradient, 3.4)
	s.Shape(head(start.x+g.dx+1.5, start.y+g.dy, -11, 6.2), canvas.Gradient, nil, 0)
	s.End()
}

// drawNode draws a shape and what is written in it.
func (g *drawing) drawNode(s canvas.Sheet, i int) {
	n, sh := g.Nodes[i], g.shapes[i]
	x, y := g.boxes[i].x+g.dx, g.boxes[i].y+g.dy
	fill, line := n.Kind.colors()
	width := 1.8
	switch {
	case g.Path && g.onPath[i], g.frame != nil && g.frame.Now == i:
		width = 2.8
	case g.Path:
		line = line.Faint(0.55)
		sh.style.Color = canvas.Mute
	}
	s.Begin(n.Kind.String(), n.Tip)
	if n.Kind == Folded {
		s.Shape(sh.behind(x, y), fill, line, width)
		defer s.End()
		s.Shape(sh.outline(x, y), fill, line, width)
		s.Text(sh.style, x-sheet/2, y+sheet/2+sh.style.Size*0.34, n.Label)
		return
	}
	s.Shape(sh.outline(x, y), fill, line, width)
	if n.Kind == Result && n.Value != "" && (g.frame == nil || g.frame.Values[i]) {
		s.Text(sh.style, x, y-4, n.Label)
		bold := sh.style
		bold.Bold = true
		s.Text(bold, x, y+14, n.Value)
	} else {
		s.Text(sh.style, x, y+sh.style.Size*0.34, n.Label)
	}
	s.End()
}

// drawLabel draws a label, in a pill when it is a local derivative.
func (g *drawing) drawLabel(s canvas.Sheet, l label) {
	x, y := l.x+g.dx, l.y+g.dy
	if l.pill {
		r := l.rect()
		s.Begin("local", "")
		s.Shape(canvas.Box(r.left+g.dx, r.top+g.dy, r.right-r.left, pillHeight, pillHeight/2), canvas.Ground, canvas.Gradient, 1.4)
		s.Text(l.style, x, y, l.spans[0].Text)
		s.End()
		return
	}
	if g.Path && !g.onPath[l.node] {
		l.style.Color = canvas.Mute
		l.spans = slices.Clone(l.spans)
		for i := range l.spans {
			l.spans[i].Color = nil
		}
	}
	s.Spans(l.style, x, y, l.spans...)
}
