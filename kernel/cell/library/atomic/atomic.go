// Package atomic is the generic part of the standard library's package sync/atomic
// in a form that the interpreter runs.
package atomic

import "sync"

// A Pointer is an atomic pointer. The interpreter cannot move a pointer of a type
// that compiled code does not know in one step, so a lock does.
type Pointer[T any] struct {
	mu sync.Mutex
	p  *T
}

func (x *Pointer[T]) Load() *T {
	x.mu.Lock()
	p := x.p
	x.mu.Unlock()
	return p
}

func (x *Pointer[T]) Store(val *T) {
	x.mu.Lock()
	x.p = val
	x.mu.Unlock()
}

func (x *Pointer[T]) Swap(new *T) *T {
	x.mu.Lock()
	old := x.p
	x.p = new
	x.mu.Unlock()
	return old
}

func (x *Pointer[T]) CompareAndSwap(old, new *T) bool {
	x.mu.Lock()
	swapped := x.p == old
	if swapped {
		x.p = new
	}
	x.mu.Unlock()
	return swapped
}
