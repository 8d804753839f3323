package diagram

import "gradbook/display/canvas"

// An entry is one line of the legend: a sign and what it means.
type entry struct {
	kind  Kind
	sign  string       // instead of a shape
	style canvas.Style // of the sign
	pill  bool
	means string
}

// legendEntries explains what the diagram has, and nothing else.
func (g *drawing) legendEntries() []entry {
	var seen [Result + 1]bool
	value, gradient := false, false
	for _, n := range g.Nodes {
		seen[n.Kind] = true
		value = value || n.Value != "" && n.Kind != Constant
		gradient = gradient || n.Gradient != ""
	}
	var entries []entry
	for k := Operation; k < Result; k++ {
		if seen[k] {
			entries = append(entries, entry{kind: k, means: k.String()})
		}
	}
	sign := func(t canvas.Style) canvas.Style {
		t.Halo, t.Anchor = false, canvas.Start
		return t
	}
	if value {
		entries = append(entries, entry{sign: "7", style: sign(valueStyle), means: "value →"})
	}
	if gradient {
		entries = append(entries, entry{sign: "∂", style: sign(slopeStyle), means: "← gradient of the result"})
	}
	if g.Path {
		entries = append(entries, entry{pill: true, means: "local derivative"})
	}
	return entries
}

const legendGap = 18.0

// signWidth is the room for an entry's sign and the space behind it.
func (e entry) signWidth() float64 {
	switch {
	case e.pill:
		return 32
	case e.sign != "":
		return e.style.Width(e.sign) + 5
	}
	return 20
}

func legendWidth(entries []entry) float64 {
	w := 0.0
	for _, e := range entries {
		w += e.signWidth() + legendStyle.Width(e.means) + legendGap
	}
	return w
}

// drawLegend writes the legend from x on, around the height y.
func (g *drawing) drawLegend(s canvas.Sheet, x, y float64) {
	for _, e := range g.legend {
		switch {
		case e.pill:
			s.Shape(canvas.Box(x, y-6, 26, 12, 6), canvas.Ground, canvas.Gradient, 1.4)
		case e.sign != "":
			s.Text(e.style, x, y+4.5, e.sign)
		default:
			fill, line := e.kind.colors()
			s.Shape(e.kind.sample(x+7, y), fill, line, 1.4)
		}
		x += e.signWidth()
		s.Text(legendStyle, x, y+4, e.means)
		x += legendStyle.Width(e.means) + legendGap
	}
}

// sample is a small outline of a kind around a point.
func (k Kind) sample(x, y float64) canvas.Path {
	switch k {
	case Variable:
		return canvas.Circle(x, y, 6.5)
	case Placeholder:
		return canvas.Box(x-6, y-6, 12, 12, 1.5)
	case Constant:
		return canvas.Box(x-7, y-5, 14, 10, 2)
	case Folded:
		return canvas.Box(x-8, y-6, 16, 12, 2)
	}
	return canvas.Diamond(x, y, 15, 15)
}
