package display

import "fmt"

// An Error says why a figure cannot be made. Functions and methods of this
// package panic with one.
type Error struct {
	Call string // the function or method, e.g. "Scatter"
	Err  error  // what is wrong and what was wanted
}

func (e *Error) Error() string { return "display: " + e.Call + ": " + e.Err.Error() }

// Unwrap returns the reason, which may be a *graph.Error.
func (e *Error) Unwrap() error { return e.Err }

// fail panics with an [*Error].
func fail(call, format string, args ...any) {
	panic(&Error{Call: call, Err: fmt.Errorf(format, args...)})
}
