// Package builtin has those of Go's predeclared functions that the interpreter
// lacks, for two arguments.
package builtin

import "cmp"

// Min is min: NaN if either is.
func Min[T cmp.Ordered](x, y T) T {
	if x != x || x < y {
		return x
	}
	return y
}

// Max is max: NaN if either is.
func Max[T cmp.Ordered](x, y T) T {
	if x != x || x > y {
		return x
	}
	return y
}
