package atomic

import (
	"sync"
	"testing"
)

func TestPointer(t *testing.T) {
	var p Pointer[int]
	if p.Load() != nil {
		t.Error("the zero Pointer is not nil")
	}
	a, b := new(int), new(int)
	p.Store(a)
	if p.CompareAndSwap(b, nil) || !p.CompareAndSwap(a, b) || p.Load() != b || p.Swap(a) != b {
		t.Error("CompareAndSwap or Swap is wrong")
	}
}

func TestPointerIsAtomic(t *testing.T) {
	var p Pointer[int]
	p.Store(new(int))
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 100 {
				for {
					old := p.Load()
					next := *old + 1
					if p.CompareAndSwap(old, &next) {
						break
					}
				}
			}
		})
	}
	wg.Wait()
	if got := *p.Load(); got != 800 {
		t.Errorf("counted to %d, want 800", got)
	}
}
