// Package unique replaces the standard library's unique.
package unique

// A Handle stands for a value: two handles are equal if and only if their values are.
// Comparing the values is all that an interpreter can gain from it.
type Handle[T comparable] struct{ value T }

// Make returns the handle of a value.
func Make[T comparable](value T) Handle[T] { return Handle[T]{value} }

// Value returns the value.
func (h Handle[T]) Value() T { return h.value }
