package sync

import (
	"sync"
	"testing"
)

func TestOnceValue(t *testing.T) {
	calls := 0
	f := OnceValue(func() int { calls++; return 42 })
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if got := f(); got != 42 {
				t.Errorf("got %d, want 42", got)
			}
		})
	}
	wg.Wait()
	if calls != 1 {
		t.Errorf("called %d times, want once", calls)
	}
}

func TestOnceValues(t *testing.T) {
	f := OnceValues(func() (string, error) { return "a", nil })
	f()
	if s, err := f(); s != "a" || err != nil {
		t.Errorf("got %q, %v", s, err)
	}
}

func TestOnceValuePanicsAgain(t *testing.T) {
	f := OnceValue(func() int { panic("boom") })
	for range 2 {
		func() {
			defer func() {
				if got := recover(); got != "boom" {
					t.Errorf("recovered %v, want boom", got)
				}
			}()
			f()
		}()
	}
}
