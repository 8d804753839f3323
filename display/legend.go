package display

import (
	"fmt"

	"gonum.org/v1/plot/vg"

	"gradbook/display/canvas"
)

// A legendEntry is a name and what it looks like.
type legendEntry struct {
	name  string
	color canvas.Role
	line  bool
	dash  []vg.Length
}

// legend names what is drawn; what has no name or no points is left out.
func (c *Chart) legend() (entries []legendEntry) {
	for i, g := range c.groups {
		if g.name != "" && len(g.points) > 0 {
			entries = append(entries, legendEntry{g.name, c.color(i), false, nil})
		}
	}
	for i, line := range c.curves {
		if line.name != "" && len(line.points) > 0 {
			entries = append(entries, legendEntry{line.name, c.color(len(c.groups) + i), true, c.dash(i)})
		}
	}
	return entries
}

// dash is how the i-th curve is dashed: not at all while colours last, and then so that
// it is told from the curve before of the same colour.
func (c *Chart) dash(i int) []vg.Length {
	patterns := [][]vg.Length{nil, {7, 4}, {2, 3}, {10, 3, 2, 3}}
	return patterns[(len(c.groups)+i)/len(canvas.Series)%len(patterns)]
}

// A legendPlace is where an entry stands, from the top left of the legend.
type legendPlace struct {
	legendEntry
	x, y float64
}

const legendRow, longestName = 22.0, 220

// placeLegend sets the entries in rows, which take no more than a quarter of the height;
// what has no room is counted in the last one. It returns the height as well.
func (c *Chart) placeLegend(entries []legendEntry) (places []legendPlace, height float64) {
	x, y := 22.0, 0.0
	for i, e := range entries {
		e.name = legendLabel.Fit(e.name, longestName)
		w := 46 + legendLabel.Width(e.name)
		if x > 22 && x+w > c.width {
			if y+2*legendRow > c.height/4 {
				return c.counted(places, len(entries)-i, x, y), y + legendRow
			}
			x, y = 22, y+legendRow
		}
		places = append(places, legendPlace{e, x, y})
		x += w
	}
	return places, y + legendRow
}

// counted ends the legend with how many entries are left out, which takes the room of
// some more where there is none.
func (c *Chart) counted(places []legendPlace, left int, x, y float64) []legendPlace {
	more := func() string { return fmt.Sprintf("and %d more", left) }
	for len(places) > 1 && x+legendLabel.Width(more()) > c.width-22 {
		x, y = places[len(places)-1].x, places[len(places)-1].y
		places, left = places[:len(places)-1], left+1
	}
	return append(places, legendPlace{legendEntry{name: more()}, x - 27, y})
}

// drawLegend draws the places below y.
func drawLegend(s canvas.Sheet, places []legendPlace, y float64) {
	for _, e := range places {
		x, y := e.x, y+e.y
		switch {
		case e.line:
			var p canvas.Path
			p.MoveTo(x, y)
			p.LineTo(x+20, y)
			s.Canvas.SetLineDash(e.dash, 0)
			s.Shape(p, nil, e.color, 2.4)
			s.Canvas.SetLineDash(nil, 0)
		case e.color.Name != "":
			s.Shape(canvas.Circle(x+10, y, 4), e.color.Faint(pointOpacity), nil, 0)
		}
		s.Text(legendLabel, x+27, y+4, e.name)
	}
}
