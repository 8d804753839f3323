package iter

import (
	"fmt"
	"iter"
	"slices"
	"testing"
)

// count yields 0, 1, 2 and so on, and records that it came to its end.
func count(n int, ended *bool) Seq[int] {
	return func(yield func(int) bool) {
		defer func() { *ended = true }()
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

// TestPull drives our Pull and the standard library's by the same calls.
func TestPull(t *testing.T) {
	for _, calls := range []string{"nnnnnn", "nns", "s", "sn", "nsn", "nnnnsns", "nsss"} {
		var ended, wantEnded bool
		next, stop := Pull(count(3, &ended))
		wantNext, wantStop := iter.Pull(iter.Seq[int](count(3, &wantEnded)))
		for _, call := range calls {
			if call == 's' {
				stop()
				wantStop()
				continue
			}
			v, ok := next()
			wantV, wantOK := wantNext()
			if v != wantV || ok != wantOK {
				t.Errorf("%s: got %d, %v; want %d, %v", calls, v, ok, wantV, wantOK)
			}
		}
		if ended != wantEnded {
			t.Errorf("%s: sequence ended: %v, want %v", calls, ended, wantEnded)
		}
		wantStop()
		stop()
	}
}

func TestPull2(t *testing.T) {
	next, stop := Pull2(Seq2[int, string](slices.All([]string{"a", "b"})))
	defer stop()
	var got []string
	for {
		i, s, ok := next()
		if !ok {
			break
		}
		got = append(got, fmt.Sprint(i, s))
	}
	if want := []string{"0a", "1b"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestPullPanics: a panic of the sequence comes out where its value was asked for, once.
func TestPullPanics(t *testing.T) {
	next, stop := Pull(func(yield func(int) bool) {
		yield(1)
		panic("no more")
	})
	if v, ok := next(); v != 1 || !ok {
		t.Fatalf("got %d, %v", v, ok)
	}
	func() {
		defer func() {
			if p := recover(); p != "no more" {
				t.Errorf("got panic %v, want no more", p)
			}
		}()
		next()
		t.Error("next returned")
	}()
	if _, ok := next(); ok {
		t.Error("a value after the panic")
	}
	stop()
}

// TestStubbornSequence goes on after yield said no, and is told no again.
func TestStubbornSequence(t *testing.T) {
	refused := 0
	next, stop := Pull(func(yield func(int) bool) {
		for i := range 3 {
			if !yield(i) {
				refused++
			}
		}
	})
	next()
	stop()
	if refused != 3 {
		t.Errorf("refused %d times, want 3", refused)
	}
}
