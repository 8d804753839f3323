package display

import (
	"fmt"
	"html"
	"strconv"
	"strings"

	"gonum.org/v1/gonum/mat"

	"gradbook/graph"
)

// A Table shows rows under headings. The zero Table is empty and ready to use:
//
//	var t display.Table
//	t.Head = []string{"optimizer", "steps", "loss"}
//	t.Row("descent", 5000, 0.25)
//	t.Row("Adam", 800, 0.24)
//	t // shows it
//
// Columns of numbers are aligned to the right. A row may be longer or shorter
// than the head. Of more than a hundred rows the first and the last are shown.
type Table struct {
	Head []string // optional
	Rows [][]any
}

// Row adds a row. Floating-point numbers are shown with six significant digits,
// nil as an empty cell, everything else as fmt prints it.
func (t *Table) Row(cells ...any) { t.Rows = append(t.Rows, cells) }

// String returns the table in aligned columns, as a terminal shows it.
func (t Table) String() string {
	cells, numeric := t.cells()
	widths := make([]int, len(numeric))
	for _, row := range cells {
		for i, c := range row {
			widths[i] = max(widths[i], columnsOf(c))
		}
	}
	var b strings.Builder
	for r, row := range cells {
		b.WriteString(aligned(row, widths, numeric) + "\n")
		if r == 0 && len(t.Head) > 0 {
			b.WriteString(rule(widths) + "\n")
		}
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// rule is the line below the head.
func rule(widths []int) string {
	parts := make([]string, len(widths))
	for i, w := range widths {
		parts[i] = strings.Repeat("─", w)
	}
	return strings.Join(parts, "  ")
}

// cells returns head and rows as text, all of one length, and which columns hold
// numbers only.
func (t Table) cells() (cells [][]string, numeric []bool) {
	t = t.excerpt()
	n := len(t.Head)
	for _, row := range t.Rows {
		n = max(n, len(row))
	}
	if len(t.Head) > 0 {
		cells = append(cells, append(append([]string{}, t.Head...), make([]string, n-len(t.Head))...))
	}
	numeric = make([]bool, n)
	for i := range numeric {
		numeric[i] = len(t.Rows) > 0
	}
	for _, row := range t.Rows {
		line := make([]string, n)
		for i, c := range row {
			var number bool
			line[i], number = cell(c)
			numeric[i] = numeric[i] && (number || line[i] == "")
		}
		cells = append(cells, line)
	}
	return cells, numeric
}

// longestCell is how many characters of a cell are shown.
const longestCell = 500

// cell writes one cell and reports whether it is a number.
func cell(v any) (s string, number bool) {
	switch v := v.(type) {
	case string:
		s = v
	case omission:
		return string(v), true
	case float64:
		return strconv.FormatFloat(v, 'g', 6, 64), true
	case float32:
		return strconv.FormatFloat(float64(v), 'g', 6, 32), true
	case int, int8, int16, int32, int64, uint, uint8, uint16, uint32, uint64:
		return fmt.Sprint(v), true
	case *graph.Tensor:
		if v != nil {
			return v.String(), v.Size() == 1
		}
	default:
		if s = fmt.Sprint(v); s == "<nil>" {
			s = "" // nothing is in it
		}
	}
	return clipped(strings.ReplaceAll(s, "\n", " "), longestCell), false
}

// HTML returns the table as HTML. It has no colours of its own, so it looks as
// the page's tables do.
func (t Table) HTML() string {
	cells, numeric := t.cells()
	var b strings.Builder
	b.WriteString(`<table class="gradbook-table">`)
	if len(t.Head) > 0 {
		b.WriteString("<thead>" + htmlRow("th", cells[0], numeric) + "</thead>")
		cells = cells[1:]
	}
	b.WriteString("<tbody>")
	for _, row := range cells {
		b.WriteString(htmlRow("td", row, numeric))
	}
	b.WriteString("</tbody></table>")
	return b.String()
}

func htmlRow(tag string, row []string, numeric []bool) string {
	var b strings.Builder
	b.WriteString("<tr>")
	for i, c := range row {
		align := "left"
		if numeric[i] {
			align = "right"
		}
		fmt.Fprintf(&b, `<%s style="text-align:%s">%s</%s>`, tag, align, html.EscapeString(c), tag)
	}
	b.WriteString("</tr>")
	return b.String()
}

// markdown is the form that reports in LaTeX and PDF are made from.
func (t Table) markdown() string {
	cells, numeric := t.cells()
	if len(t.Head) == 0 { // Markdown tables must have a head
		cells = append([][]string{make([]string, len(numeric))}, cells...)
	}
	var b strings.Builder
	for r, row := range cells {
		for _, c := range row {
			b.WriteString("| " + strings.ReplaceAll(c, "|", `\|`) + " ")
		}
		b.WriteString("|\n")
		if r > 0 {
			continue
		}
		for _, number := range numeric {
			b.WriteString(map[bool]string{false: "| :-- ", true: "| --: "}[number])
		}
		b.WriteString("|\n")
	}
	return b.String()
}

func (t Table) bundle() Bundle {
	return Bundle{
		Data:     map[string]any{textHTML: t.HTML(), textMarkdown: t.markdown(), textPlain: t.String()},
		Metadata: map[string]any{},
	}
}

// Tables of numbers are cut to this many rows and columns.
const maxRows, maxColumns = 20, 12

// matrixTable makes a table of a matrix, leaving out the middle of a large one.
func matrixTable(rows, columns int, at func(i, j int) float64) Table {
	var t Table
	for i := 0; i < rows; i++ {
		if rows > maxRows && i == maxRows-2 {
			t.Row(omission("⋮"))
			i = rows - 1
		}
		var row []any
		for j := 0; j < columns; j++ {
			if columns > maxColumns && j == maxColumns-2 {
				row = append(row, omission("…"))
				j = columns - 1
			}
			row = append(row, at(i, j))
		}
		t.Row(row...)
	}
	return t
}

// matrixBundle shows a gonum matrix or vector.
func matrixBundle(m mat.Matrix) Bundle {
	rows, columns := m.Dims()
	b := matrixTable(rows, columns, m.At).bundle()
	delete(b.Data, textMarkdown)
	b.Data[textPlain] = fmt.Sprintf("%d × %d matrix\n%v", rows, columns, mat.Formatted(m, mat.Squeeze(), mat.Excerpt(excerpt(rows, columns))))
	return b
}

// excerpt is how many rows and columns gonum prints at each end; 0 prints all.
func excerpt(rows, columns int) int {
	if rows > maxRows || columns > maxColumns {
		return 5
	}
	return 0
}

// tensorBundle shows a matrix as a table and anything else as text.
func tensorBundle(t *graph.Tensor) Bundle {
	if t.Rank() != 2 {
		return Text(t.String())
	}
	shape := t.Shape()
	b := matrixTable(shape[0], shape[1], func(i, j int) float64 { return t.At(i, j) }).bundle()
	delete(b.Data, textMarkdown)
	b.Data[textPlain] = t.String()
	return b
}
