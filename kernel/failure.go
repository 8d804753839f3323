package kernel

import (
	"fmt"

	"gradbook/kernel/interp"
)

// dim is the colour of where a frame is, beside its source.
const dim = "\x1b[32m"

// A failedCell is a cell that panicked, with the lines of source that the
// interpreter's frames point to. It knows what neither the interpreter nor the
// rewriter knows alone.
type failedCell struct {
	*interp.Panic
	line func(cell, line int) string
}

// Traceback is the panic as a notebook shows it: Go's text, then a line for each
// interpreted frame, the innermost first.
func (f *failedCell) Traceback() []string {
	text := f.Text
	if f.Name() == "panic" {
		text = "panic: " + text
	}
	if f.Goroutine {
		text += " (in a goroutine)"
	}
	lines := []string{red + text + plain}
	for _, frame := range f.Frames {
		lines = append(lines, fmt.Sprintf("  %s%v%s  %s", dim, frame, plain, f.line(frame.Cell, frame.Line)))
	}
	return lines
}

// Unwrap gives errors.As the panic itself.
func (f *failedCell) Unwrap() error { return f.Panic }
