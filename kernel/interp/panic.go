package interp

import (
	"errors"
	"fmt"
	"go/token"
	"reflect"
	"runtime"
	"strconv"
	"strings"
)

// A Frame is a place in interpreted code: a line of a cell.
type Frame struct{ Cell, Line, Column int }

// String is "cell 7, line 3".
func (f Frame) String() string { return fmt.Sprintf("cell %d, line %d", f.Cell, f.Line) }

// A Panic is the end of a call by a panic.
type Panic struct {
	Value     any     // as given to panic, or a runtime.Error
	Text      string  // what Go writes for the value
	Frames    []Frame // innermost first; repetitions are left out
	Goroutine bool    // it was a goroutine that the call had started
}

// Error is one line: where, and what Said says.
func (p *Panic) Error() string {
	if len(p.Frames) == 0 {
		return p.Said()
	}
	return p.Frames[0].String() + ": " + p.Said()
}

// Said is Go's own text, with the word panic before it unless the call only ended
// with an error.
func (p *Panic) Said() string {
	text := "panic: " + p.Text
	switch p.Value.(type) {
	case failing:
		text = p.Text
	case fatalError:
		text = "fatal error: " + p.Text
	}
	if p.Goroutine {
		text += " (in a goroutine)"
	}
	return text
}

// Name is what a front end shows as the kind of the error.
func (p *Panic) Name() string {
	switch p.Value.(type) {
	case failing:
		return "error"
	case fatalError:
		return "fatal error"
	}
	return "panic"
}

// Unwrap is the value, if it is an error.
func (p *Panic) Unwrap() error {
	err, _ := p.Value.(error)
	return err
}

// A failing value ends a call with an error of its own, which is no panic of the
// user's.
type failing interface {
	error
	Failure() error
}

// A thrown value is a panic on its way out. Compiled code that recovers it sees
// the user's value in its text.
type thrown struct {
	value  any
	frames []Frame
}

// deepest is how many frames of a panic are kept; endless recursion makes more.
const deepest = 64

// add notes a place that the panic passes.
func (t *thrown) add(pos token.Position) {
	f, ok := frameOf(pos)
	if !ok || len(t.frames) >= deepest {
		return
	}
	if n := len(t.frames); n > 0 && t.frames[n-1].Cell == f.Cell && t.frames[n-1].Line == f.Line {
		return
	}
	t.frames = append(t.frames, f)
}

func (t *thrown) Error() string { return fmt.Sprint(t.value) }

func (t *thrown) Unwrap() error {
	err, _ := t.value.(error)
	return err
}

// frameOf reads a position that a directive has set: In[7]/_.go:3:1.
func frameOf(pos token.Position) (Frame, bool) {
	name, ok := strings.CutPrefix(pos.Filename, "In[")
	if !ok {
		return Frame{}, false
	}
	n, err := strconv.Atoi(strings.TrimSuffix(name, "]/_.go"))
	return Frame{n, pos.Line, pos.Column}, err == nil
}

// An ending is a panic that ends the call or the goroutine, and that no user's
// recover stops: os.Exit and runtime.Goexit.
type ending struct{ text string }

// A runtimeError is an error of Go's runtime that the interpreter found instead.
type runtimeError string

func (e runtimeError) Error() string { return "runtime error: " + string(e) }

// RuntimeError marks the error as a runtime.Error.
func (e runtimeError) RuntimeError() {}

var _ runtime.Error = runtimeError("")

const nilDereference = runtimeError("invalid memory address or nil pointer dereference")

// translate turns what package reflect or the interpreter panics with into what Go
// panics with. Other values are what the user gave to panic.
func translate(r any) any {
	if v, ok := r.(reflect.Value); ok && v.IsValid() && v.CanInterface() {
		r = v.Interface()
	}
	var valueError *reflect.ValueError
	if err, ok := r.(error); ok && errors.As(err, &valueError) {
		return nilDereference
	}
	text, ok := r.(string)
	if err, isError := r.(error); isError {
		text, ok = err.Error(), strings.HasPrefix(err.Error(), unhashable)
	}
	if !ok {
		return r
	}
	for _, row := range reflectTexts {
		if strings.Contains(text, row.reflect) {
			return row.go_
		}
	}
	if t, ok := strings.CutPrefix(text, unhashable); ok {
		return runtimeError("hash of unhashable type " + t)
	}
	var has, wants int
	for _, array := range []string{"array", "pointer to array"} {
		if n, _ := fmt.Sscanf(text, "reflect: cannot convert slice with length %d to "+array+" with length %d", &has, &wants); n == 2 {
			return runtimeError(fmt.Sprintf("cannot convert slice with length %d to array or pointer to array with length %d", has, wants))
		}
	}
	return r
}

// unhashable begins what a map says that is still empty; others say it otherwise.
const unhashable = "hash of unhashable type: "

// reflectTexts are the panics of package reflect, and Go's own for the same cause.
var reflectTexts = []struct {
	reflect string
	go_     error
}{
	{"reflect: slice index out of range", runtimeError("index out of range")},
	{"reflect: array index out of range", runtimeError("index out of range")},
	{"reflect: string index out of range", runtimeError("index out of range")},
	{"slice index out of bounds", runtimeError("slice bounds out of range")},
	{"string slice index out of bounds", runtimeError("slice bounds out of range")},
	{"array slice index out of bounds", runtimeError("slice bounds out of range")},
	{"reflect: call of nil function", nilDereference},
	{"reflect.Value.Call: call of nil function", nilDereference},
	{"reflect: function created by MakeFunc", nilDereference},
	{"reflect: Call using zero Value", nilDereference},
	{"on zero Value", nilDereference},
	{"reflect.MakeSlice: negative len", runtimeError("makeslice: len out of range")},
	{"reflect.MakeSlice: len > cap", runtimeError("makeslice: cap out of range")},
	{"reflect.MakeSlice: negative cap", runtimeError("makeslice: cap out of range")},
	{"reflect: indirection through nil pointer", nilDereference},
	{"reflect: Method on nil interface value", nilDereference},
}

// describe writes a panic's value as Go writes it.
func (m *Machine) describe(value any) string {
	switch v := value.(type) {
	case failing:
		return m.options.Describe(v.Failure())
	case runtime.Error:
		return v.Error()
	case fatalError:
		return string(v)
	case error:
		return m.options.Describe(v)
	case string:
		return v
	}
	return m.options.Describe(value)
}
