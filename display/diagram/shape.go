package diagram

import (
	"math"

	"gonum.org/v1/plot/font"

	"gradbook/display/canvas"
)

// A shape is a node's outline and what it needs around it.
type shape struct {
	box
	kind  Kind
	h     float64 // of the outline; its width is outline
	w     float64
	style canvas.Style // of the label
}

// Looks of text.
var (
	serif      = font.Variant("Serif")
	nameStyle  = canvas.Style{Size: 18, Italic: true, Variant: serif, Color: canvas.Ink, Anchor: canvas.Middle}
	symbol     = canvas.Style{Size: 20, Color: canvas.Ink, Anchor: canvas.Middle}
	word       = canvas.Style{Size: 14, Color: canvas.Ink, Anchor: canvas.Middle}
	valueStyle = canvas.Style{Size: 13, Bold: true, Color: canvas.Value, Anchor: canvas.Middle, Halo: true}
	slopeStyle = canvas.Style{Size: 12.5, Color: canvas.Gradient, Anchor: canvas.Middle, Halo: true}
	calledName = canvas.Style{Size: 12, Color: canvas.Mute, Anchor: canvas.Middle, Halo: true}
	pillStyle  = canvas.Style{Size: 12.5, Bold: true, Color: canvas.Gradient, Anchor: canvas.Middle}
)

const pillHeight = 22.0

// shapeOf measures a node. pills are the local derivatives written over it.
func shapeOf(n Node, pills []string) shape {
	s := shape{kind: n.Kind}
	switch n.Kind {
	case Operation:
		s.style = symbol
		if len([]rune(n.Label)) > 1 {
			s.style = word
		}
		// A line of text fits a diamond where width and height left over are in
		// proportion; 58 pixels is the diamond of a single symbol.
		s.h = 58
		s.w = max(58, (s.style.Width(n.Label)+6)/(1-14/s.h))
	case Variable, Placeholder:
		s.style = nameStyle
		if s.style.Width(n.Label) > 36 {
			s.style.Size = 15
		}
		s.h = map[Kind]float64{Variable: 48, Placeholder: 46}[n.Kind]
		s.w = max(s.h, s.style.Width(n.Label)+18)
	case Constant:
		s.style = word
		s.h = 28
		s.w = max(30, s.style.Width(n.Label)+16)
	case Folded:
		s.style = word
		s.style.Bold = true
		s.h = 46
		s.w = max(70, s.style.Width(n.Label)+30)
	case Result:
		s.style = word
		bold := word
		bold.Bold = true
		s.h = 46
		s.w = max(84, word.Width(n.Label)+36, bold.Width(n.Value)+36)
	}
	s.surround(n, pills)
	return s
}

// named reports whether the name stands beside the shape.
func (n Node) named() bool { return n.Name != "" && (n.Kind == Operation || n.Kind == Folded) }

// nameHeight is the room for a name under a shape.
const nameHeight = 16.0

// surround adds the room for what stands over and under the outline.
func (s *shape) surround(n Node, pills []string) {
	s.box.w, s.up, s.down = s.w, s.h/2, s.h/2
	for _, text := range pills {
		s.up += pillHeight + 5
		s.box.w = max(s.box.w, pillWidth(text))
	}
	if n.named() {
		s.down += nameHeight
		s.box.w = max(s.box.w, calledName.Width(n.Name))
	}
	if n.Thumbnail != nil {
		_, h := n.Thumbnail.size()
		s.down += thumbnailGap + h
	}
}

func pillWidth(text string) float64 { return max(pillHeight+2, pillStyle.Width(text)+18) }

// reach is how far the outline extends to the left of the centre, dy below it.
func (s shape) reach(dy float64) float64 {
	switch {
	case s.kind == Operation:
		return s.w / 2 * (1 - math.Abs(dy)/(s.h/2))
	case s.kind == Variable || s.kind == Result:
		r := s.h / 2
		return s.w/2 - r + math.Sqrt(max(0, r*r-dy*dy))
	}
	return s.w / 2
}

// outline is the path of the shape around a centre.
func (s shape) outline(x, y float64) canvas.Path {
	switch {
	case s.kind == Operation:
		return canvas.Diamond(x, y, s.w, s.h)
	case s.kind == Variable && s.w == s.h:
		return canvas.Circle(x, y, s.h/2)
	case s.kind == Variable, s.kind == Result:
		return canvas.Box(x-s.w/2, y-s.h/2, s.w, s.h, s.h/2)
	case s.kind == Folded:
		return canvas.Box(x-s.w/2, y-s.h/2+sheet, s.w-sheet, s.h-sheet, 4)
	}
	return canvas.Box(x-s.w/2, y-s.h/2, s.w, s.h, 3)
}

// sheet is how far the second sheet of a folded scope stands out behind the first.
const sheet = 5.0

// behind is the outline of the second sheet.
func (s shape) behind(x, y float64) canvas.Path {
	return canvas.Box(x-s.w/2+sheet, y-s.h/2, s.w-sheet, s.h-sheet, 4)
}

// colors are the roles of its area and its line.
func (k Kind) colors() (fill, line canvas.Role) {
	switch k {
	case Variable:
		return canvas.Variable, canvas.VariableLine
	case Placeholder:
		return canvas.Placeholder, canvas.PlaceholderLine
	case Constant:
		return canvas.Constant, canvas.ConstantLine
	case Folded:
		return canvas.Group, canvas.GroupLine
	case Result:
		return canvas.Result, canvas.ResultLine
	}
	return canvas.Operation, canvas.OperationLine
}

// covers reports whether a rectangle comes closer than a pixel to the outline
// placed at its box's centre.
func (s shape) covers(x, y float64, r rect) bool {
	// The point of the rectangle nearest to the centre decides, since the
	// outlines are convex and symmetric.
	dx := math.Abs(min(max(x, r.left), r.right) - x)
	dy := math.Abs(min(max(y, r.top), r.bottom) - y)
	w, h := s.w/2+1, s.h/2+1
	switch s.kind {
	case Operation:
		return dx/w+dy/h < 1
	case Variable, Result:
		dx = max(0, dx-(w-h))
		return dx*dx+dy*dy < h*h
	}
	return dx < w && dy < h
}
