// Package rand is the generic part of the standard library's package math/rand/v2
// in a form that the interpreter runs.
package rand

import "math/rand/v2"

// Integer is what N can count in.
type Integer interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr
}

func N[Int Integer](n Int) Int {
	if n <= 0 {
		panic("invalid argument to N")
	}
	return Int(rand.Uint64N(uint64(n)))
}
