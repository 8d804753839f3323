package display

import (
	"crypto/rand"
	"fmt"
	"sync/atomic"
)

// An Output is where a screen shows things. The kernel has one that sends
// messages to the cell; tests have one that remembers.
type Output interface {
	// Display shows a bundle that Update may later replace by its id.
	Display(b Bundle, id string) error
	// Update replaces what was shown under an id.
	Update(b Bundle, id string) error
	// Clear removes what was shown; with wait, once something new arrives.
	Clear(wait bool) error
	// Input asks the user for a line; a password is not echoed.
	Input(prompt string, password bool) (string, error)
}

// A Screen shows values on an [Output]. Its methods may be called from several
// goroutines if the methods of the output may.
type Screen struct {
	out    Output
	prefix string // of display ids
	last   atomic.Int64

	unfinished unfinished
}

// NewScreen returns a screen that shows on an output.
func NewScreen(o Output) *Screen {
	// A page may still show what an earlier kernel displayed, so ids must differ
	// between screens. They are no part of a figure.
	return &Screen{out: o, prefix: rand.Text()[:10]}
}

// Show shows a value at once, in any of the forms that [Render] describes, and
// returns a handle with which it can be replaced. An output that can no longer
// be reached shows nothing; that is not the caller's mistake, so it is no error.
func (s *Screen) Show(v any) *Handle {
	return s.display(Render(v))
}

// display shows a bundle under a new id.
func (s *Screen) display(b Bundle) *Handle {
	h := &Handle{screen: s, id: fmt.Sprintf("%s-%d", s.prefix, s.last.Add(1))}
	_ = s.out.Display(b, h.id) // see Show
	return h
}

// Clear removes what the cell has shown so far. With wait it does so only when
// something new is shown, which avoids flicker.
func (s *Screen) Clear(wait bool) { _ = s.out.Clear(wait) } // as for Show

// Input asks the user for a line of text and waits for it.
func (s *Screen) Input(prompt string) (string, error) { return s.out.Input(prompt, false) }

// Password asks the user for a line of text that is not shown while it is typed.
func (s *Screen) Password(prompt string) (string, error) { return s.out.Input(prompt, true) }

// A Handle stands for something that was shown and can be replaced. As the last
// value of a cell it shows nothing.
type Handle struct {
	screen *Screen
	id     string
}

// Update replaces what was shown by another value.
func (h *Handle) Update(v any) { h.update(Render(v)) }

func (h *Handle) update(b Bundle) { _ = h.screen.out.Update(b, h.id) } // as for Screen.Show
