package graph

import (
	"sync"
	"sync/atomic"
)

// A live value is that of a variable which a training is changing. Whoever asks for it
// gets a copy from between two steps, and the same one until the next step; nobody who
// does not ask costs the training anything.
type live struct {
	training *run
	index    int
	copied   *Tensor
	at       int // the change after which it was copied
}

// A gate is held by a training for the moment in which it changes values, and by those who look at them.
type gate struct {
	sync.Mutex
	changes int             // how often values have changed
	wanted  map[int]*Tensor // what was set from outside, for the next change
	asked   atomic.Bool     // whether there is any, so that a step need not look
}

// value returns the variable's value as it is now.
func (l *live) value() *Tensor {
	r := l.training
	r.gate.Lock()
	defer r.gate.Unlock()
	if t := r.gate.wanted[l.index]; t != nil {
		return t
	}
	if l.copied == nil || l.at != r.gate.changes {
		l.copied, l.at = r.learner.get(l.index), r.gate.changes
	}
	return l.copied
}

// set asks the training to go on with another value.
func (l *live) set(t *Tensor) {
	r := l.training
	r.gate.Lock()
	defer r.gate.Unlock()
	if r.gate.wanted == nil {
		r.gate.wanted = map[int]*Tensor{}
	}
	r.gate.wanted[l.index] = t
	r.gate.asked.Store(true)
}

// adopt puts in place what was set from outside.
func (r *run) adopt() {
	if !r.gate.asked.Load() {
		return
	}
	r.gate.Lock()
	defer r.gate.Unlock()
	r.gate.asked.Store(false)
	for i, t := range r.gate.wanted {
		r.learner.set(i, t)
		r.gate.changes++
	}
	clear(r.gate.wanted)
}

// attach makes the values of the variables those of the training. A variable that
// another training holds already stays its; the two then do not see each other's steps,
// and the value of the one that ends last remains.
func (r *run) attach() {
	for i, v := range r.Variables {
		v.mu.Lock()
		if v.live == nil {
			v.live = &live{training: r, index: i, at: -1}
		}
		v.mu.Unlock()
	}
}

// detach leaves the values to the variables.
func (r *run) detach() {
	r.adopt()
	final := make([]*Tensor, len(r.Variables))
	for i := range final {
		final[i] = r.learner.get(i)
	}
	for i, v := range r.Variables {
		v.mu.Lock()
		if v.live != nil && v.live.training == r {
			v.live = nil
		}
		v.mu.Unlock()
		v.store(final[i])
	}
}
