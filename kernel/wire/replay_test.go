package wire

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
)

func signedAs(i int) *Message {
	return &Message{Signature: fmt.Appendf(nil, "%032x%032x", i, i)} // like a signature, 64 digits
}

func TestReplay(t *testing.T) {
	var r Replay
	a := &Message{Signature: []byte("a" + fmt.Sprintf("%063d", 1))}
	b := &Message{Signature: []byte("b" + fmt.Sprintf("%063d", 1))}
	for i, tt := range []struct {
		m    *Message
		want bool
	}{{a, true}, {b, true}, {a, false}, {b, false}, {&Message{}, true}, {&Message{}, true}} {
		if got := r.First(tt.m); got != tt.want {
			t.Errorf("message %d with signature %.8q is first: %v, want %v", i, tt.m.Signature, got, tt.want)
		}
	}
}

func TestReplayForgetsOnlyTheOld(t *testing.T) {
	var r Replay
	const n = 3 * replayMemory
	for i := range n {
		if !r.First(signedAs(i)) {
			t.Fatalf("message %d is not first", i)
		}
		if held := len(r.young) + len(r.old); held > 2*replayMemory {
			t.Fatalf("%d signatures are held, want at most %d", held, 2*replayMemory)
		}
	}
	for i := n - replayMemory; i < n; i++ {
		if r.First(signedAs(i)) {
			t.Fatalf("message %d of %d was forgotten", i, n)
		}
	}
	if !r.First(signedAs(0)) {
		t.Error("the oldest message is still remembered, so memory grows")
	}
}

func TestReplayTogether(t *testing.T) {
	var r Replay
	var firsts atomic.Int32
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for i := range 1000 {
				if r.First(signedAs(i)) {
					firsts.Add(1)
				}
			}
		})
	}
	all.Wait()
	if got := firsts.Load(); got != 1000 {
		t.Errorf("%d messages were first, want 1000", got)
	}
}
