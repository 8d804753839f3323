// Package atomic has the generic type of the standard library's sync/atomic.
package atomic

import "sync/atomic"

// A Pointer is an atomic pointer to a T. The zero Pointer holds nil.
//
// It is an atomic.Value that only ever holds a *T. There are two nils in one: no value,
// as long as nothing was stored, and a nil *T.
type Pointer[T any] struct{ value atomic.Value }

// Load returns the pointer.
func (x *Pointer[T]) Load() *T {
	p, _ := x.value.Load().(*T)
	return p
}

// Store replaces the pointer.
func (x *Pointer[T]) Store(val *T) { x.value.Store(val) }

// Swap replaces the pointer and returns the one before.
func (x *Pointer[T]) Swap(new *T) (old *T) {
	old, _ = x.value.Swap(new).(*T)
	return old
}

// CompareAndSwap replaces the pointer if it is old, and reports whether it was.
func (x *Pointer[T]) CompareAndSwap(old, new *T) (swapped bool) {
	if old == nil && x.value.CompareAndSwap(nil, new) {
		return true
	}
	return x.value.CompareAndSwap(old, new)
}
