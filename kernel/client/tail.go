package client

import (
	"strings"
	"sync"
)

// tailSize is how much of the end of a kernel's stderr is kept.
const tailSize = 4 << 10

// A tail is a writer that remembers the end of what was written. The zero tail is
// empty.
type tail struct {
	mu  sync.Mutex
	end []byte
}

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.end = append(t.end, p[max(0, len(p)-tailSize):]...)
	if over := len(t.end) - tailSize; over > 0 {
		t.end = append(t.end[:0], t.end[over:]...)
	}
	return len(p), nil
}

// String is that end, without the part of a line it may begin with.
func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	s := string(t.end)
	if len(s) == tailSize {
		if _, whole, ok := strings.Cut(s, "\n"); ok {
			s = whole
		}
	}
	return strings.TrimSpace(s)
}
