package atomic

import (
	"sync"
	"sync/atomic"
	"testing"
)

// pointer is what both ours and the standard library's have.
type pointer interface {
	Load() *int
	Store(*int)
	Swap(*int) *int
	CompareAndSwap(old, new *int) bool
}

// TestPointer makes every pair of calls on a zero Pointer and compares.
func TestPointer(t *testing.T) {
	one, two := new(int), new(int)
	steps := map[string]func(pointer) any{
		"load":         func(p pointer) any { return p.Load() },
		"store one":    func(p pointer) any { p.Store(one); return p.Load() },
		"store nil":    func(p pointer) any { p.Store(nil); return p.Load() },
		"swap two":     func(p pointer) any { return p.Swap(two) },
		"nil for one":  func(p pointer) any { return p.CompareAndSwap(nil, one) },
		"one for two":  func(p pointer) any { return p.CompareAndSwap(one, two) },
		"one for nil":  func(p pointer) any { return p.CompareAndSwap(one, nil) },
		"nil for nil ": func(p pointer) any { return p.CompareAndSwap(nil, nil) },
	}
	for first, a := range steps {
		for second, b := range steps {
			for third, c := range steps {
				ours, theirs := new(Pointer[int]), new(atomic.Pointer[int])
				for _, step := range []func(pointer) any{a, b, c} {
					if got, want := step(ours), step(theirs); got != want {
						t.Fatalf("%s, %s, %s: got %v, want %v", first, second, third, got, want)
					}
				}
			}
		}
	}
}

// TestPointerTogether: of several that replace nil, one succeeds.
func TestPointerTogether(t *testing.T) {
	var p Pointer[int]
	var winners atomic.Int32
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if p.CompareAndSwap(nil, new(int)) {
				winners.Add(1)
			}
		})
	}
	if all.Wait(); winners.Load() != 1 {
		t.Errorf("%d replaced nil, want 1", winners.Load())
	}
}
