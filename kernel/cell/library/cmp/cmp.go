// Package cmp is the standard library's package cmp in a form that the interpreter
// runs. The functions do what their namesakes do.
package cmp

import "cmp"

// Less treats NaN as less than everything else.
func Less[T cmp.Ordered](x, y T) bool { return x != x && y == y || x < y }

// Compare treats NaN as equal to NaN and less than everything else.
func Compare[T cmp.Ordered](x, y T) int {
	if x < y {
		return -1
	}
	if x > y {
		return +1
	}
	if x == y {
		return 0
	}
	if x != x && y != y {
		return 0
	}
	if x != x {
		return -1
	}
	return +1
}

func Or[T comparable](all ...T) T {
	var zero T
	for _, v := range all {
		if v != zero {
			return v
		}
	}
	return zero
}
