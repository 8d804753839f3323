package sync

import (
	"sync"
	"testing"
)

func TestOnce(t *testing.T) {
	calls := 0
	value := OnceValue(func() int { calls++; return calls })
	values := OnceValues(func() (int, string) { calls++; return calls, "x" })
	var all sync.WaitGroup
	for range 10 {
		all.Go(func() { value(); values() })
	}
	all.Wait()
	n, s := values()
	if calls != 2 || value()+n != 3 || s != "x" {
		t.Errorf("got %d calls, %d and %d, %q; want one call each", calls, value(), n, s)
	}
}

func TestOncePanics(t *testing.T) {
	value := OnceValue(func() int { panic("no value") })
	for range 2 {
		func() {
			defer func() {
				if p := recover(); p != "no value" {
					t.Errorf("got panic %v, want no value", p)
				}
			}()
			value()
		}()
	}
}
