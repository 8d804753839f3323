package display

import (
	"slices"
	"sync"
	"time"
)

// frameEvery is the least time between two frames of a live figure: ten a second,
// which the eye takes for motion and a slow connection still carries.
const frameEvery = 100 * time.Millisecond

// What frames may cost: one part in twenty of the time, and so many bytes a second.
const frameCost, frameBytes = 20, 150_000

// A pace says when the next frame of a live figure is due. The first waits as long as all
// others, so that what ends sooner shows its end and nothing else.
type pace struct {
	now   func() time.Time
	began time.Time     // zero until something was asked for
	due   time.Duration // since then
}

// ready reports whether a frame is due, after so much time; 0 means that only the clock
// knows. Looking at it may take a quarter of the time of a step.
func (p *pace) ready(elapsed time.Duration) bool {
	if p.began.IsZero() {
		p.began, p.due = p.now().Add(-elapsed), frameEvery
	}
	if elapsed == 0 {
		elapsed = p.now().Sub(p.began)
	}
	return elapsed >= p.due
}

// frame draws and sends one, and puts off the next by what it cost.
func (p *pace) frame(send func() (bytes int)) {
	start := p.now()
	if p.began.IsZero() {
		p.began = start
	}
	sent := time.Duration(send())
	wait := max(frameEvery, sent*time.Second/frameBytes, frameCost*p.now().Sub(start))
	p.due = start.Add(wait).Sub(p.began)
}

// size is how much text a bundle holds.
func (b Bundle) size() (n int) {
	for _, form := range b.Data {
		switch form := form.(type) {
		case string:
			n += len(form)
		case []byte:
			n += len(form) * 4 / 3
		}
	}
	return n
}

// unfinished are the live figures of a screen whose last frame is still to come, in the
// order in which they began.
type unfinished struct {
	mu      sync.Mutex
	figures []ending
}

// An ending shows the last frame of a figure.
type ending struct {
	figure any
	show   func()
}

// begin says how a figure's last frame is shown.
func (u *unfinished) begin(figure any, show func()) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.figures = append(u.figures, ending{figure, show})
}

// end says that a figure has shown it.
func (u *unfinished) end(figure any) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.figures = slices.DeleteFunc(u.figures, func(e ending) bool { return e.figure == figure })
}

// Finish shows the last state of all live figures that have not come to their end. The
// kernel calls it when a cell ends: of itself, by an error, or because it was stopped.
func (s *Screen) Finish() {
	s.unfinished.mu.Lock()
	figures := s.unfinished.figures
	s.unfinished.figures = nil
	s.unfinished.mu.Unlock()
	for _, e := range figures {
		func() {
			defer func() { _ = recover() }() // what cannot be drawn has been said where it was asked for
			e.show()
		}()
	}
}
