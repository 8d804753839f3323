package iter

import (
	"slices"
	"testing"
)

func TestPull(t *testing.T) {
	next, stop := Pull(slices.Values([]int{1, 2}))
	for _, want := range []int{1, 2} {
		if v, ok := next(); !ok || v != want {
			t.Errorf("next is %d, %v, want %d", v, ok, want)
		}
	}
	if v, ok := next(); ok || v != 0 {
		t.Errorf("after the end next is %d, %v", v, ok)
	}
	stop()
	if _, ok := next(); ok {
		t.Error("after stop there is a next")
	}
}

func TestStopEndsTheSequence(t *testing.T) {
	ended := false
	next, stop := Pull2(func(yield func(int, string) bool) {
		defer func() { ended = true }()
		for i := 0; yield(i, "v"); i++ {
		}
	})
	if k, v, ok := next(); !ok || k != 0 || v != "v" {
		t.Errorf("next is %d, %q, %v", k, v, ok)
	}
	stop()
	stop()
	if !ended {
		t.Error("the sequence still runs after stop")
	}
}

func TestStopBeforeTheFirst(t *testing.T) {
	ran := false
	_, stop := Pull(func(yield func(int) bool) { ran = true })
	stop()
	if ran {
		t.Error("a sequence that nobody asked ran")
	}
}
