// Package unique is the generic part of the standard library's package unique in a
// form that the interpreter runs. The functions do what their namesakes do, but
// what was made is kept as long as the session.
package unique

import "sync"

type Handle[T comparable] struct{ value *T }

func (h Handle[T]) Value() T { return *h.value }

// made holds the pointer to every value that there is a handle of.
var made sync.Map

func Make[T comparable](value T) Handle[T] {
	kept, _ := made.LoadOrStore(any(value), &value)
	return Handle[T]{kept.(*T)}
}
