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
	Text      string  // what Go writes for the value, after those in whose deferred calls it began
	Frames    []Frame // innermost first; repetitions are left out
	Goroutine bool    // it was a goroutine that the call had started
}

// Error is one line: where, and what Said says.
func (p *Panic) Error() string { return placed(p.Frames, p.Said()) }

// placed is a text with the innermost place before it, if that is known.
func placed(frames []Frame, text string) string {
	if len(frames) == 0 {
		return text
	}
	return frames[0].String() + ": " + text
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

// Places are the frames.
func (p *Panic) Places() []Frame { return p.Frames }

// A trail is the places that something has passed on its way out.
type trail struct{ frames []Frame }

// deepest is how many frames are kept; endless recursion makes more.
const deepest = 64

// add notes a place.
func (t *trail) add(f Frame) {
	if len(t.frames) >= deepest {
		return
	}
	if n := len(t.frames); n > 0 && t.frames[n-1].Cell == f.Cell && t.frames[n-1].Line == f.Line {
		return
	}
	t.frames = append(t.frames, f)
}

// pass notes the place that a position of interpreted code stands for.
func (t *trail) pass(pos token.Position) {
	if f, ok := frameOf(pos); ok {
		t.add(f)
	}
}

// A thrown value is a panic on its way out. Compiled code that recovers it sees
// the user's value in its text.
type thrown struct {
	trail
	value      any
	under      *thrown // the panic that made the deferred call in which this one began
	recovered  bool    // before the next one began
	repanicked bool    // the next one had the same value, and took its place
}

// within notes that t began in a call that was deferred, and made because of under;
// recovered tells whether it had stopped under before. As in Go, a value that is
// recovered and raised again is one panic, not two.
func (t *thrown) within(under *thrown, recovered bool) {
	for _, f := range under.frames {
		t.add(f)
	}
	first := t
	for first.under != nil {
		first = first.under
	}
	if recovered && same(first.value, under.value) {
		first.repanicked, first.under = true, under.under
		return
	}
	under.recovered = recovered
	first.under = under
}

// same reports whether a and b are equal, and can be.
func same(a, b any) (equal bool) {
	defer func() { _ = recover() }()
	return a == b
}

// told is what Go writes of a panic: first those in whose deferred calls it began.
func (m *Machine) told(t *thrown) string {
	text := m.describe(t.value)
	if _, ok := t.value.(failing); !ok {
		text = strings.ReplaceAll(text, "\n", "\n\t")
	}
	switch {
	case t.repanicked:
		text += " [recovered, repanicked]"
	case t.recovered:
		text += " [recovered]"
	}
	if t.under != nil {
		return m.told(t.under) + "\n\tpanic: " + text
	}
	return text
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
type ending struct {
	trail
	text string
}

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
	if err, ok := r.(runtime.Error); ok { // of maps, which package reflect fills
		if name, ok := strings.CutPrefix(err.Error(), "hash of unhashable type: "); ok {
			return runtimeError("hash of unhashable type " + name)
		}
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
