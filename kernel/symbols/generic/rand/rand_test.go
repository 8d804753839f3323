package rand

import (
	"testing"
	"time"
)

func TestN(t *testing.T) {
	seen := map[int]bool{}
	for range 1000 {
		n := N(4)
		if n < 0 || n > 3 {
			t.Fatalf("got %d, want 0 to 3", n)
		}
		seen[n] = true
	}
	if len(seen) != 4 {
		t.Errorf("got %d different numbers in a thousand, want 4", len(seen))
	}
	if d := N(time.Second); d < 0 || d >= time.Second {
		t.Errorf("got %v, want less than a second", d)
	}
	defer func() {
		if recover() == nil {
			t.Error("N(0) did not panic")
		}
	}()
	N(0)
}
