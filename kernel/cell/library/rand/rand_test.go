package rand

import (
	"testing"
	"time"
)

func TestN(t *testing.T) {
	seen := map[int8]bool{}
	for range 1000 {
		n := N(int8(5))
		if n < 0 || n >= 5 {
			t.Fatalf("N(5) is %d", n)
		}
		seen[n] = true
	}
	if len(seen) != 5 {
		t.Errorf("1000 times N(5) gave only %v", seen)
	}
	if d := N(time.Second); d < 0 || d >= time.Second {
		t.Errorf("N(1s) is %v", d)
	}
}

func TestNOfNothingPanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("N(0) does not panic")
		}
	}()
	N(0)
}
