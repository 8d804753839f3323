package display

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"gradbook/display/canvas"
)

// A Map is numbers over a plane, drawn as colours: a matrix, or the heights of a
// landscape. Its methods add to it and return it.
type Map struct {
	title, xLabel, yLabel string
	rows, columns         []string // names, where there are some
	cells                 heights
	written               bool // the numbers are written into the cells
	contours              int  // how many lines of equal height
	log                   bool // the colours follow the logarithm
	path                  plotter.XYs
	width, height         float64
}

// heights are the numbers of a map, over places at equal distances.
type heights struct {
	columns, rows          int
	values                 []float64 // row by row, the lowest y first
	left, right, low, high float64   // where the first and last are
}

// Z is the number in a column and a row.
func (h heights) Z(column, row int) float64 { return h.values[row*h.columns+column] }

// X is where a column is.
func (h heights) X(column int) float64 { return between(h.left, h.right, column, h.columns) }

// Y is where a row is.
func (h heights) Y(row int) float64 { return between(h.low, h.high, row, h.rows) }

func between(from, to float64, i, n int) float64 {
	if n < 2 {
		return from
	}
	return from + (to-from)*float64(i)/float64(n-1)
}

// mostCells is how many cells a map has to each side at most. Those of a larger
// matrix are the means of several numbers; nobody could tell them apart.
const mostCells = 64

// Heatmap returns a map of a matrix, the first row at the top: a slice of slices, a
// tensor with two axes, or a matrix of gonum. A small one has its numbers written in
// it.
func Heatmap(matrix any) *Map { return heatmap("Heatmap", matrix) }

func heatmap(call string, matrix any) *Map {
	rows, columns, at := matrixOf(call, matrix)
	m := &Map{width: chartWidth, height: chartHeight, written: rows <= 12 && columns <= 12}
	across, down := (columns+mostCells-1)/mostCells, (rows+mostCells-1)/mostCells
	h := heights{columns: (columns + across - 1) / across, rows: (rows + down - 1) / down}
	h.right, h.low = float64(columns-1), float64(rows-1) // so that y counts downwards
	for r := range h.rows {
		for c := range h.columns {
			sum, n := 0.0, 0
			bottom := rows - r*down
			for i := max(0, bottom-down); i < bottom; i++ {
				for j := c * across; j < min(columns, (c+1)*across); j++ {
					sum, n = sum+at(i, j), n+1
				}
			}
			h.values = append(h.values, sum/float64(n))
		}
	}
	m.cells = h
	return m
}

// matrixOf reads a matrix.
func matrixOf(call string, v any) (rows, columns int, at func(i, j int) float64) {
	if m, ok := v.(mat.Matrix); ok && !isNil(v) {
		rows, columns = m.Dims()
		at = m.At
	} else {
		t := tensor(call, v)
		if t.Rank() != 2 {
			fail(call, "the values have shape %v, want a matrix", t.Shape())
		}
		rows, columns = t.Shape()[0], t.Shape()[1]
		at = func(i, j int) float64 { return t.At(i, j) }
	}
	if rows == 0 || columns == 0 {
		fail(call, "the matrix is %d × %d, want a number in it at least", rows, columns)
	}
	return rows, columns, at
}

// Labels sets the title and what the axes are called; empty ones are left out.
func (m *Map) Labels(title, x, y string) *Map {
	m.title, m.xLabel, m.yLabel = title, x, y
	return m
}

// Names gives names to rows, from the top, and columns; nil leaves the numbers.
func (m *Map) Names(rows, columns []string) *Map {
	if rows != nil && len(rows) != m.cells.rows || columns != nil && len(columns) != m.cells.columns {
		fail("Names", "%d and %d names for %d rows and %d columns, want as many", len(rows), len(columns), m.cells.rows, m.cells.columns)
	}
	m.rows, m.columns = rows, columns
	return m
}

// Size sets the size of the picture in pixels, 200 by 150 at least.
func (m *Map) Size(width, height int) *Map {
	checkSize(width, height)
	m.width, m.height = float64(width), float64(height)
	return m
}

// Confusion returns the map of how often each class was taken for each: a row for
// every true class, a column for every predicted one. Classes are numbered from zero
// unless names are given.
func Confusion(truth, predicted any, names ...string) *Map {
	t, p := numbers("Confusion", "truth", truth), numbers("Confusion", "predicted", predicted)
	if len(t) != len(p) || len(t) == 0 {
		fail("Confusion", "truth has %d values and predicted has %d, want as many, and one at least", len(t), len(p))
	}
	classes := len(names)
	for i := range t {
		for _, v := range []float64{t[i], p[i]} {
			if v != math.Trunc(v) || v < 0 || v > 999 || len(names) > 0 && int(v) >= len(names) {
				fail("Confusion", "example %d has class %g, want a whole number from 0 to %d", i, v, cmp.Or(len(names), 1000)-1)
			}
			classes = max(classes, int(v)+1)
		}
	}
	counts := mat.NewDense(classes, classes, nil)
	right := 0
	for i := range t {
		counts.Set(int(t[i]), int(p[i]), counts.At(int(t[i]), int(p[i]))+1)
		if t[i] == p[i] {
			right++
		}
	}
	m := heatmap("Confusion", counts).Labels(fmt.Sprintf("%d of %d right", right, len(t)), "predicted", "true")
	if len(names) > 0 && classes <= mostCells {
		m.Names(names, names)
	}
	return m
}

// extremes are the least and the largest finite number.
func (h heights) extremes() (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, v := range h.values {
		if finite(v) {
			low, high = min(low, v), max(high, v)
		}
	}
	return low, high
}

// shade is which of the colours a number has, and whether it has one.
func (m *Map) shade(v, low, high float64) (i int, ok bool) {
	if !finite(v) {
		return 0, false
	}
	if m.log { // of how far it is from the deepest
		v, high, low = math.Log1p(v-low), math.Log1p(high-low), 0
	}
	t := 0.5
	if high > low {
		t = (v - low) / (high - low)
	}
	return min(len(canvas.Heat)-1, int(t*float64(len(canvas.Heat)))), true
}

// Plot implements plot.Plotter: all cells of one colour are one outline.
func (m *Map) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	low, high := m.cells.extremes()
	shades := make([]vg.Path, len(canvas.Heat))
	halfX, halfY := m.cells.half()
	for r := range m.cells.rows {
		bottom, top := y(m.cells.Y(r)-halfY), y(m.cells.Y(r)+halfY)
		for k := 0; k < m.cells.columns; {
			i, ok := m.shade(m.cells.Z(k, r), low, high)
			from := k
			for same := true; same; { // neighbours of one colour are one piece
				if k++; k == m.cells.columns {
					break
				}
				next, is := m.shade(m.cells.Z(k, r), low, high)
				same = next == i && is == ok
			}
			if ok {
				left, right := x(m.cells.X(from)-halfX), x(m.cells.X(k-1)+halfX)
				shades[i] = append(shades[i], corners(left, bottom, right+seam, top+seam)...)
			}
		}
	}
	for i, path := range shades {
		if len(path) > 0 {
			c.SetColor(canvas.Heat[i])
			c.Fill(path)
		}
	}
	m.drawContours(c, p)
	m.write(c, p, low, high)
	m.drawPath(c, p)
}

// seam is how far pieces reach under their neighbours, so that the card does not shine
// through between them.
const seam = 0.4

// corners is the outline of a rectangle.
func corners(left, bottom, right, top vg.Length) (p vg.Path) {
	p.Move(vg.Point{X: left, Y: bottom})
	p.Line(vg.Point{X: left, Y: top})
	p.Line(vg.Point{X: right, Y: top})
	p.Line(vg.Point{X: right, Y: bottom})
	p.Close()
	return p
}

// half is half the size of a cell.
func (h heights) half() (x, y float64) {
	step := func(a, b float64, n int) float64 {
		if n < 2 {
			return 0.5
		}
		return (b - a) / float64(n-1) / 2
	}
	return step(h.left, h.right, h.columns), step(h.low, h.high, h.rows)
}

// write writes the numbers into the cells, in an ink that can be read there.
func (m *Map) write(c draw.Canvas, p *plot.Plot, low, high float64) {
	if !m.written {
		return
	}
	x, y := p.Transforms(&c)
	s := canvas.Sheet{Canvas: c.Canvas}
	for r := range m.cells.rows {
		for k := range m.cells.columns {
			v := m.cells.Z(k, r)
			style := canvas.Style{Size: 12, Color: canvas.Ink, Anchor: canvas.Middle}
			if i, ok := m.shade(v, low, high); ok {
				style.Color = canvas.HeatInk[i]
			}
			s.Text(style, float64(x(m.cells.X(k))), -float64(y(m.cells.Y(r)))+4, canvas.Digits(v, 3))
		}
	}
}

// plot makes one of gonum's.
func (m *Map) plot() *plot.Plot {
	p := plot.New()
	across, down := m.width-170, m.height-100 // about as long as the axes are
	p.X.Label.Text, p.Y.Label.Text = axisLabel.Fit(m.xLabel, across), axisLabel.Fit(m.yLabel, down)
	each := max(60, across/float64(m.cells.columns)-8)
	p.X.Tick.Marker = m.ticks(fitted(m.columns, each), m.cells.columns, m.cells.left, m.cells.right, canvas.Ticks{Across: across})
	p.Y.Tick.Marker = m.ticks(fitted(m.rows, m.width/4), m.cells.rows, m.cells.high, m.cells.low, canvas.Ticks{Down: down})
	p.Add(m)
	halfX, halfY := m.cells.half()
	ends := []float64{m.cells.left - halfX, m.cells.right + halfX, m.cells.low - halfY, m.cells.high + halfY}
	p.X.Min, p.X.Max = ends[0], ends[1]
	p.Y.Min, p.Y.Max = ends[2], ends[3]
	if p.Y.Min > p.Y.Max { // rows are counted from the top
		p.Y.Min, p.Y.Max = p.Y.Max, p.Y.Min
		p.Y.Scale = plot.InvertedScale{Normalizer: plot.LinearScale{}}
	}
	return p
}

// fitted are names that are no wider than that.
func fitted(names []string, width float64) (out []string) {
	for _, name := range names {
		out = append(out, legendLabel.Fit(name, width))
	}
	return out
}

// ticks are names, or numbers; those of a matrix are whole. Of so many names that they
// would run into each other some are left out.
func (m *Map) ticks(names []string, n int, from, to float64, numbers canvas.Ticks) plot.Ticker {
	if names == nil && n > 12 || m.contours > 0 {
		return numbers
	}
	size := 13.0
	for _, name := range names {
		if numbers.Across > 0 {
			size = max(size, legendLabel.Width(name)+6)
		}
	}
	every := int(math.Ceil(size * float64(n) / (numbers.Across + numbers.Down)))
	var ticks plot.ConstantTicks
	for i := 0; i < n; i += every {
		label := fmt.Sprint(i)
		if names != nil {
			label = names[i]
		}
		ticks = append(ticks, plot.Tick{Value: between(min(from, to), max(from, to), i, n), Label: label})
	}
	return ticks
}

func (m *Map) picture() canvas.Picture {
	p := canvas.Themed(m.plot())
	name := m.title
	if name == "" {
		name = "map"
	}
	return canvas.Picture{Width: m.width, Height: m.height, Name: name, Draw: func(on vg.Canvas) {
		s := canvas.Sheet{Canvas: on, Height: m.height}
		top := 14.0
		if m.title != "" {
			s.Text(chartTitle, 22, 30, chartTitle.Fit(m.title, m.width-44))
			top = 46
		}
		dc := draw.NewCanvas(on, vg.Length(m.width), vg.Length(m.height))
		low, high := m.ends()
		right := 40 + max(44, scaleLabel.Width(low), scaleLabel.Width(high))
		p.Draw(draw.Crop(dc, 18, -vg.Length(right), 14, -vg.Length(top)))
		m.drawScale(s, m.width-right+18, top+4, m.height-top-40)
	}}
}

// drawScale says which colour is which number.
func (m *Map) drawScale(s canvas.Sheet, x, y, height float64) {
	n := len(canvas.Heat)
	step := height / float64(n)
	for i, color := range slices.Backward(canvas.Heat) {
		s.Shape(canvas.Box(x, y+float64(n-1-i)*step, 14, step+0.4, 0), color, nil, 0)
	}
	low, high := m.ends()
	s.Text(scaleLabel, x+19, y+8, high)
	s.Text(scaleLabel, x+19, y+height, low)
}

var scaleLabel = canvas.Style{Size: 11, Color: canvas.Mute}

// ends are the least and the largest number in words; there are none if there is no
// number.
func (m *Map) ends() (low, high string) {
	l, h := m.cells.extremes()
	if l > h {
		return "", ""
	}
	return canvas.Digits(l, 3), canvas.Digits(h, 3)
}

func (m *Map) bundle() Bundle { return figureBundle(m.picture(), m.text()) }

// text draws the map in blocks that are the fuller the higher the number is.
func (m *Map) text() string {
	low, high := m.cells.extremes()
	s := ""
	if m.title != "" {
		s = m.title + "\n"
	}
	if m.written {
		return s + m.table().String()
	}
	const marks = " ░▒▓█"
	down := 1
	if m.cells.rows > 24 { // characters are about twice as high as wide
		down = 2
	}
	for r := m.cells.rows - 1; r >= 0; r -= down { // the lowest comes last
		line := make([]rune, m.cells.columns)
		for k := range line {
			line[k] = '?'
			v := (m.cells.Z(k, r) + m.cells.Z(k, max(0, r-down+1))) / 2
			if i, ok := m.shade(v, low, high); ok {
				line[k] = []rune(marks)[i*5/len(canvas.Heat)]
			}
		}
		s += string(line) + "\n"
	}
	return s + strings.Join(m.facts(low, high), "\n")
}

// facts are what the picture says in words.
func (m *Map) facts(low, high float64) []string {
	number := canvas.Number
	facts := []string{fmt.Sprintf("from %s to %s", number(low), number(high))}
	if low > high {
		facts[0] = "no numbers"
	}
	if m.contours > 0 {
		h := m.cells
		facts = append(facts, fmt.Sprintf("%s from %s to %s, %s from %s to %s", m.xLabel, number(h.left), number(h.right), m.yLabel, number(h.low), number(h.high)))
	}
	if n := len(m.path); n > 1 {
		from, to := m.path[0], m.path[n-1]
		facts = append(facts, fmt.Sprintf("a path from %s, %s to %s, %s", number(from.X), number(from.Y), number(to.X), number(to.Y)))
	}
	return facts
}

// table is a small map with its numbers.
func (m *Map) table() Table {
	var t Table
	if m.columns != nil {
		t.Head = append([]string{""}, m.columns...)
	}
	for r := range m.cells.rows {
		var row []any
		if m.rows != nil {
			row = append(row, m.rows[r])
		}
		for k := range m.cells.columns {
			row = append(row, m.cells.Z(k, m.cells.rows-1-r))
		}
		t.Row(row...)
	}
	return t
}
