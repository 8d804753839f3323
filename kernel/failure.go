package kernel

import "fmt"

// dim is the colour of where a frame is, beside its source.
const dim = "\x1b[32m"

// A failedCell is the error of a cell that panicked, with the lines of source that
// the frames of the panic point to.
type failedCell struct {
	error         // one line: where, and Go's own text
	name   string // the kind of the error
	text   string // Go's own text
	frames []sourceLine
}

// A sourceLine is a place in interpreted code and what stands there.
type sourceLine struct{ where, source string }

// Name is what a front end shows as the kind of the error.
func (f *failedCell) Name() string { return f.name }

// Unwrap is what the interpreter said.
func (f *failedCell) Unwrap() error { return f.error }

// Traceback is the panic as a notebook shows it: Go's text, then a line for each
// interpreted frame, the innermost first.
func (f *failedCell) Traceback() []string {
	lines := []string{red + bold + f.text + plain}
	for _, frame := range f.frames {
		lines = append(lines, fmt.Sprintf("  %s%s%s  %s", dim, frame.where, plain, frame.source))
	}
	return lines
}
