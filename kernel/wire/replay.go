package wire

import "sync"

// replayMemory is how many signatures a Replay remembers at least; it holds twice
// as many at most. jupyter_client's Session keeps 65,536 too.
const replayMemory = 1 << 16

// A Replay recognises a message that was already seen, so that one recorded from
// the socket and sent again is not executed again. The zero Replay is ready to
// use, from several goroutines at once.
//
// It remembers the last 65,536 signatures or more, in two generations: when the
// young one is full it becomes the old one, and the old one is forgotten. So
// memory is bounded (about 5 MB) without a list to keep in order.
type Replay struct {
	mu         sync.Mutex
	young, old map[digest]struct{}
}

// A digest is the start of a signature: half of the 64 or 128 hexadecimal digits
// would already never collide by chance, and nobody without the key can choose it.
type digest [32]byte

// First reports whether m is seen for the first time. An unsigned message proves
// nothing about its sender and always is.
func (r *Replay) First(m *Message) bool {
	if len(m.Signature) == 0 {
		return true
	}
	var d digest
	copy(d[:], m.Signature)
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.seen(d) {
		return false
	}
	if r.young == nil || len(r.young) >= replayMemory {
		r.young, r.old = make(map[digest]struct{}), r.young
	}
	r.young[d] = struct{}{}
	return true
}

func (r *Replay) seen(d digest) bool {
	_, young := r.young[d]
	_, old := r.old[d]
	return young || old
}
