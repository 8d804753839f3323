package cell

import (
	"cmp"
	"fmt"
	"go/token"
	"slices"
	"strings"
	"sync"
	"unicode"
)

// An Error is one mistake in the text of a cell.
type Error struct {
	Cell, Line, Column int    // Line and Column count from one; Column counts bytes
	Message            string // in the compiler's words, perhaps with a suggestion
	Source             string // the text of the line
}

// Error is one line that says where and what: "cell 4, line 2: undefined: fooo
// (did you mean foo?)".
func (e *Error) Error() string {
	return fmt.Sprintf("cell %d, line %d: %s", e.Cell, e.Line, strings.Join(strings.Fields(e.Message), " "))
}

// Colours of a traceback. A front end turns the ANSI escapes into its theme's own.
const (
	red   = "\x1b[31m"
	green = "\x1b[32m"
	bold  = "\x1b[1m"
	plain = "\x1b[0m"
)

// lines is the error as a notebook shows it: where and what, the line, a caret.
func (e *Error) lines() []string {
	where := fmt.Sprintf("%scell %d, line %d, column %d%s: ", green, e.Cell, e.Line, e.Column, plain)
	return []string{where + red + bold + e.Message + plain, "    " + e.Source, "    " + e.margin() + red + "^" + plain}
}

// margin is as wide as the line up to the error. Tabs stay tabs, so that the caret
// stands right whatever their width.
func (e *Error) margin() string {
	var b strings.Builder
	for _, r := range e.Source[:min(max(e.Column-1, 0), len(e.Source))] {
		switch {
		case r == '\t':
			b.WriteByte('\t')
		case wide(r):
			b.WriteString("  ")
		default:
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// wide reports whether r takes two columns of a terminal: Chinese, Japanese, Korean,
// their punctuation and full-width forms, and pictures.
func wide(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) ||
		0x3000 <= r && r <= 0x303e || 0xff01 <= r && r <= 0xff60 || 0x1f300 <= r && r <= 0x1faff
}

// Errors are all mistakes of one cell, in the order of the text. There is at least
// one.
type Errors []*Error

// Error is the first mistake in one line, and how many more there are.
func (es Errors) Error() string {
	if len(es) == 1 {
		return es[0].Error()
	}
	return fmt.Sprintf("%v (and %d more)", es[0], len(es)-1)
}

// Name is what a front end shows as the kind of the error.
func (es Errors) Name() string { return "compile error" }

// Traceback lists every mistake with its line and a caret under the place.
func (es Errors) Traceback() []string {
	var lines []string
	for _, e := range es {
		lines = append(lines, e.lines()...)
	}
	return lines
}

// sorted is es in the order of the text, each mistake once.
func (es Errors) sorted() Errors {
	slices.SortStableFunc(es, func(a, b *Error) int {
		return cmp.Or(cmp.Compare(a.Cell, b.Cell), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return slices.CompactFunc(es, func(a, b *Error) bool {
		return a.Cell == b.Cell && a.Line == b.Line && a.Column == b.Column && a.Message == b.Message
	})
}

// sources are the texts of cells by their numbers. A goroutine may fail, and its lines be
// asked for, while the next cell is compiled.
type sources struct {
	mu     sync.Mutex
	byCell map[int]string
}

func (t *sources) keep(cell int, code string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.byCell == nil {
		t.byCell = map[int]string{}
	}
	t.byCell[cell] = code
}

func (t *sources) of(cell int) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.byCell[cell]
}

// Line is a line of the text of a cell, without the space around it.
func (s *Session) Line(cell, n int) string { return strings.TrimSpace(line(s.texts.of(cell), n)) }

// errorAt is an error of the cell p at pos.
func (s *Session) errorAt(p *parsed, pos token.Pos, message string) *Error {
	cell, n, column := s.position(pos)
	code := p.code
	if cell != p.number {
		code = s.texts.of(cell)
	}
	return &Error{Cell: cell, Line: n, Column: column, Message: message, Source: line(code, n)}
}
