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
	now    func() time.Time
	what   string
	total  int

	mu            sync.Mutex
	done          int
	started, sent time.Time
	shown         *Handle
}

// Progress shows a bar for work of so many parts and returns it, to be moved with
// [Bar.Advance]. It is drawn ten times a second at most, and when all is done. In a
// console it is a line of text.
func (s *Screen) Progress(what string, total int) *Bar {
	if total < 1 {
		fail("Progress", "%d parts, want one at least", total)
	}
	b := &Bar{screen: s, now: time.Now, what: what, total: total}
	b.started = b.now()
	b.mu.Lock()
	defer b.mu.Unlock()
	b.show()
	return b
}

// Advance says that so many more parts are done.
func (b *Bar) Advance(parts int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	before := b.done
	b.done = max(0, min(b.total, b.done+parts))
	finished := b.done == b.total && before < b.total
	if finished || b.done < b.total && b.now().Sub(b.sent) >= frameEvery {
		b.show()
	}
}

// show draws the bar; its caller holds the lock.
func (b *Bar) show() {
	b.sent = b.now()
	if c, ok := b.screen.out.(*console); ok {
		c.progress(b.line(), b.done == b.total)
		return
	}
	data := map[string]any{
		textPlain: b.line(),
		textHTML: fmt.Sprintf(`<div><progress value="%d" max="%d" aria-label="%s" style="width:24em;accent-color:#0a5cc4"></progress> %s</div>`,
			b.done, b.total, html.EscapeString(b.what), html.EscapeString(b.line())),
	}
	bundle := Bundle{Data: data, Metadata: map[string]any{}}
	if b.shown == nil {
		b.shown = b.screen.display(bundle)
	} else {
		b.shown.update(bundle)
	}
}

// line says it in a few words.
func (b *Bar) line() string {
	s := fmt.Sprintf("%s: %d of %d (%d %%)", b.what, b.done, b.total, 100*b.done/b.total)
	elapsed := b.sent.Sub(b.started)
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
