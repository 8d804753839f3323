package display

import (
	"fmt"
	"strings"
	"sync"
	"time"
)

// LiveRows are a table that grows while it is shown. Its methods may be called from
// several goroutines.
type LiveRows struct {
	screen *Screen

	mu    sync.Mutex
	table Table
	pace  pace
	shown *Handle
}

// LiveTable returns a table to which rows are added while it is shown, with
// [LiveRows.Row]. It appears with its first row and is drawn ten times a second at
// most, and when the cell ends. In a console each row is a line.
func (s *Screen) LiveTable(head ...string) *LiveRows {
	r := &LiveRows{screen: s, table: Table{Head: head}, pace: pace{now: time.Now}}
	s.unfinished.begin(r, func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		if r.shown != nil {
			r.show()
		}
	})
	return r
}

// Row adds a row, as [Table.Row] does.
func (r *LiveRows) Row(cells ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.table.Row(cells...)
	if c, ok := r.screen.out.(*console); ok {
		_ = c.print(r.line()) // as for Screen.Show
		return
	}
	if r.shown == nil || r.pace.ready(0) {
		r.pace.frame(r.show)
	}
}

// show draws the table and returns how many bytes that took; its caller holds the lock.
func (r *LiveRows) show() int {
	b := r.table.bundle()
	if r.shown == nil {
		r.shown = r.screen.display(b)
	} else {
		r.shown.update(b)
	}
	return b.size()
}

// lineColumn is the least width of a column in a console, which must be chosen before all
// rows are known.
const lineColumn = 12

// line is the last row, below the head if it is the first.
func (r *LiveRows) line() string {
	t := Table{Head: r.table.Head, Rows: r.table.Rows[len(r.table.Rows)-1:]}
	cells, numeric := t.cells()
	widths := make([]int, len(numeric))
	for i := range widths {
		widths[i] = lineColumn
		if i < len(t.Head) {
			widths[i] = max(lineColumn, columnsOf(t.Head[i]))
		}
	}
	if len(r.table.Rows) > 1 {
		return aligned(cells[len(cells)-1], widths, numeric)
	}
	lines := make([]string, len(cells))
	for i, row := range cells {
		lines[i] = aligned(row, widths, numeric)
	}
	return strings.Join(lines, "\n")
}

// aligned is a row in columns of some widths.
func aligned(row []string, widths []int, right []bool) string {
	var line strings.Builder
	for i, c := range row {
		pad := padded("", widths[i]-columnsOf(c))
		if i > 0 {
			line.WriteString("  ")
		}
		if right[i] {
			line.WriteString(pad + c)
		} else {
			line.WriteString(c + pad)
		}
	}
	return strings.TrimRight(line.String(), " ")
}

// String returns the table in aligned columns.
func (r *LiveRows) String() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.table.String()
}

func (r *LiveRows) bundle() Bundle {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.table.bundle()
}

// The rows of a longer table that are shown: so many from its beginning, and from its end.
const headRows, tailRows = 60, 40

// excerpt is the table without the middle of its rows if it is a long one.
func (t Table) excerpt() Table {
	left := len(t.Rows) - headRows - tailRows
	if left <= 0 {
		return t
	}
	rows := append([][]any{}, t.Rows[:headRows]...)
	rows = append(rows, []any{omission(fmt.Sprintf("… %d more", left))})
	return Table{Head: t.Head, Rows: append(rows, t.Rows[len(t.Rows)-tailRows:]...)}
}

// An omission stands for what is left out of a table, and does not count when columns of
// numbers are told from others.
type omission string
