package display

import (
	"fmt"
	"math"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"

	"gradbook/display/canvas"
)

// A braille plot draws two dots by four in every character.
const brailleColumns, brailleRows = 60, 14

// A braille is a grid of dots.
type braille [brailleRows][brailleColumns]rune

// dots of a character by column and row; U+2800 plus their sum is the character.
var brailleDots = [2][4]rune{{0x01, 0x02, 0x04, 0x40}, {0x08, 0x10, 0x20, 0x80}}

// set sets the dot at fractions of width and height, from the bottom left.
func (b *braille) set(x, y float64) {
	if !(x >= 0 && x <= 1 && y >= 0 && y <= 1) {
		return
	}
	i := int(math.Round(x * (2*brailleColumns - 1)))
	j := 4*brailleRows - 1 - int(math.Round(y*(4*brailleRows-1)))
	b[j/4][i/2] |= brailleDots[i%2][j%4]
}

// text draws the chart in characters, with the ends of its axes.
func (c *Chart) text() string {
	p := c.plot(c.height)
	var grid braille
	dot := func(x, y float64) { grid.set(p.X.Norm(x), p.Y.Norm(y)) }
	for _, g := range c.groups {
		for _, q := range g.points {
			if finite(q.X) && finite(q.Y) {
				dot(q.X, q.Y)
			}
		}
	}
	for _, line := range c.curves {
		for _, part := range canvas.Segments(line.points) {
			grid.stroke(canvas.Thin(part, 2*brailleColumns), p)
		}
	}
	var b strings.Builder
	if c.title != "" {
		b.WriteString(c.title + "\n")
	}
	if len(c.bars) > 0 {
		b.WriteString(strings.Join(c.barText(), "\n") + "\n")
	}
	if len(c.groups)+len(c.curves) > 0 || len(c.bars) == 0 {
		grid.write(&b, p)
	}
	for _, note := range c.facts() {
		b.WriteString(note + "\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// stroke draws a line dot by dot.
func (b *braille) stroke(line plotter.XYs, p *plot.Plot) {
	for i, q := range line {
		x, y := p.X.Norm(q.X), p.Y.Norm(q.Y)
		fromX, fromY := x, y
		if i > 0 {
			fromX, fromY = p.X.Norm(line[i-1].X), p.Y.Norm(line[i-1].Y)
		}
		n := int(math.Ceil(max(math.Abs(x-fromX)*2*brailleColumns, math.Abs(y-fromY)*4*brailleRows, 1)))
		for k := 1; k <= min(n, 1000); k++ {
			t := float64(k) / float64(n)
			b.set(fromX+t*(x-fromX), fromY+t*(y-fromY))
		}
	}
}

// write writes the grid between its axes.
func (b *braille) write(out *strings.Builder, p *plot.Plot) {
	high, low := canvas.Number(p.Y.Max), canvas.Number(p.Y.Min)
	margin := max(columnsOf(high), columnsOf(low))
	for i, row := range b {
		label := map[int]string{0: high, brailleRows - 1: low}[i]
		fmt.Fprintf(out, "%*s ┤", margin, label)
		line := make([]rune, len(row))
		for k, r := range row {
			line[k] = ' '
			if r != 0 {
				line[k] = 0x2800 + r
			}
		}
		out.WriteString(strings.TrimRight(string(line), " ") + "\n")
	}
	left, right := canvas.Number(p.X.Min), canvas.Number(p.X.Max)
	gap := brailleColumns - columnsOf(left) - columnsOf(right)
	fmt.Fprintf(out, "%*s └%s\n", margin, "", strings.Repeat("─", brailleColumns))
	fmt.Fprintf(out, "%*s  %s%s%s\n", margin, "", left, strings.Repeat(" ", max(1, gap)), right)
}

// facts are what the picture says in words: axes, names, marks.
func (c *Chart) facts() (facts []string) {
	switch {
	case c.xLabel != "":
		facts = append(facts, strings.TrimSpace(c.yLabel+" over "+c.xLabel))
	case c.yLabel != "":
		facts = append(facts, c.yLabel)
	}
	if entries := c.legend(); len(entries) > 1 {
		names := make([]string, len(entries))
		for i, e := range entries {
			names[i] = e.name
		}
		facts = append(facts, "shown: "+strings.Join(names, ", "))
	}
	for _, line := range c.curves {
		if line.diverged >= 0 {
			facts = append(facts, c.divergence(line))
		}
	}
	for _, m := range c.marks {
		facts = append(facts, fmt.Sprintf("at %s: %s", canvas.Number(m.x), m.text()))
	}
	return facts
}
