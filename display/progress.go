package display

import (
	"fmt"
	"html"
	"sync"
	"time"

	"gradbook/display/canvas"
)

// A Bar shows how far some work is, how fast it goes, and how long it will take. Its
// methods may be called from several goroutines.
type Bar struct {
	screen *Screen
	what   string
	total  int

	mu      sync.Mutex
	pace    pace
	done    int
	started time.Time
	shown   *Handle
}

// Progress shows a bar for work of so many parts and returns it, to be moved with
// [Bar.Advance]. It is drawn ten times a second at most, and when all is done. In a
// console it is a line of text.
func (s *Screen) Progress(what string, total int) *Bar {
	if total < 1 {
		fail("Progress", "%d parts, want one at least", total)
	}
	return s.progress(what, total, time.Now)
}

func (s *Screen) progress(what string, total int, now func() time.Time) *Bar {
	b := &Bar{screen: s, what: what, total: total, pace: pace{now: now}, started: now()}
	s.unfinished.begin(b, func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.show()
	})
	b.mu.Lock()
	defer b.mu.Unlock()
	b.pace.frame(b.show)
	return b
}

// Advance says that so many more parts are done.
func (b *Bar) Advance(parts int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	before := b.done
	b.done = max(0, min(b.total, b.done+parts))
	switch {
	case b.done == b.total && before < b.total:
		b.screen.unfinished.end(b)
		b.show()
	case b.done < b.total && b.pace.ready(0):
		b.pace.frame(b.show)
	}
}

// show draws the bar and returns how many bytes that took; its caller holds the lock.
func (b *Bar) show() int {
	line := b.line()
	if c, ok := b.screen.out.(*console); ok {
		c.progress(line, b.done == b.total)
		return 0
	}
	data := map[string]any{
		textPlain: line,
		textHTML: fmt.Sprintf(`<div><progress value="%d" max="%d" aria-label="%s" style="width:24em;accent-color:#0a5cc4"></progress> %s</div>`,
			b.done, b.total, html.EscapeString(b.what), html.EscapeString(line)),
	}
	bundle := Bundle{Data: data, Metadata: map[string]any{}}
	if b.shown == nil {
		b.shown = b.screen.display(bundle)
	} else {
		b.shown.update(bundle)
	}
	return bundle.size()
}

// line says it in a few words.
func (b *Bar) line() string {
	s := fmt.Sprintf("%s: %d of %d (%d %%)", b.what, b.done, b.total, 100*b.done/b.total)
	elapsed := b.pace.now().Sub(b.started)
	if b.done == 0 || elapsed < frameEvery { // too short for a rate
		return s
	}
	s += fmt.Sprintf("  %s/s", canvas.Digits(float64(b.done)/elapsed.Seconds(), 3))
	if b.done == b.total {
		return s + "  in " + rounded(elapsed)
	}
	left := time.Duration(float64(elapsed) / float64(b.done) * float64(b.total-b.done))
	return s + "  " + rounded(left) + " left"
}

// rounded writes a duration to about two digits.
func rounded(d time.Duration) string {
	if d >= 10*time.Second {
		return d.Round(time.Second).String()
	}
	return d.Round(10 * time.Millisecond).String()
}
