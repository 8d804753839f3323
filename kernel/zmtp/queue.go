package zmtp

import (
	"context"
	"sync"
)

// A parcel is what waits in a queue: a message, or a command when name is set.
type parcel struct {
	frames [][]byte
	name   string // of a command, whose body is frames[0]
}

// overhead is counted for every frame beside its bytes, so that empty frames and
// messages are not free.
const overhead = 64

func (p parcel) size() int {
	n := overhead
	for _, f := range p.frames {
		n += overhead + len(f)
	}
	return n
}

// A queue holds parcels in order, bounded in bytes. Its limit is soft by one
// parcel: an empty queue takes any.
type queue struct {
	mu      sync.Mutex
	changed sync.Cond // on mu; signalled whenever a field below changes
	items   []parcel
	bytes   int
	limit   int
	closed  bool
	busy    bool // not all that was added is known to be dealt with
	waiting int  // callers of put that wait for room
}

func newQueue(limit int) *queue {
	q := &queue{limit: limit}
	q.changed.L = &q.mu
	return q
}

// offer adds p if there is room, at once; it reports whether it did.
func (q *queue) offer(p parcel) bool { return q.add(p, q.limit, false) }

// force is offer with twice the room. It is for what must not wait, and a queue
// that is so full belongs to a peer that does not read.
func (q *queue) force(p parcel) bool { return q.add(p, 2*q.limit, false) }

// put adds p, waiting for room. It reports false when the queue was closed first.
func (q *queue) put(p parcel) bool { return q.add(p, q.limit, true) }

func (q *queue) add(p parcel, limit int, wait bool) bool {
	size := p.size()
	q.mu.Lock()
	defer q.mu.Unlock()
	for !q.closed && len(q.items) > 0 && q.bytes+size > limit {
		if !wait {
			return false
		}
		q.waiting++
		q.changed.Wait()
		q.waiting--
	}
	if q.closed {
		return false
	}
	q.items = append(q.items, p)
	q.bytes += size
	q.busy = true
	q.changed.Broadcast()
	return true
}

// take removes the first parcel, waiting for one. More says that another is there
// already, so the caller may put off a flush. After close it returns what is
// left, then ok is false.
func (q *queue) take() (p parcel, more, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) == 0 && !q.closed {
		q.changed.Wait()
	}
	if len(q.items) == 0 {
		return parcel{}, false, false
	}
	p = q.items[0]
	q.items[0] = parcel{} // the array lives on; let the frames go
	q.items = q.items[1:]
	q.bytes -= p.size()
	if len(q.items) == 0 {
		q.items = nil // do not keep the array of the worst moment
	}
	q.changed.Broadcast()
	return p, len(q.items) > 0, true
}

// rest says that whatever was taken is dealt with.
func (q *queue) rest() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.items) == 0 {
		q.busy = false
		q.changed.Broadcast()
	}
}

// settle waits until all that was added is dealt with, or the queue is closed, or ctx
// has ended.
func (q *queue) settle(ctx context.Context) {
	stop := context.AfterFunc(ctx, func() {
		q.mu.Lock()
		defer q.mu.Unlock()
		q.changed.Broadcast()
	})
	defer stop()
	q.mu.Lock()
	defer q.mu.Unlock()
	for q.busy && !q.closed && ctx.Err() == nil {
		q.changed.Wait()
	}
}

// close lets nothing in any more.
func (q *queue) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	q.changed.Broadcast()
}

// discard closes the queue and drops what is in it.
func (q *queue) discard() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed, q.items, q.bytes = true, nil, 0
	q.changed.Broadcast()
}

// awaited reports whether somebody waits: for room, or for the end.
func (q *queue) awaited() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.waiting > 0 || q.closed
}
