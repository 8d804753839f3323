package engine

import (
	"slices"

	"gradbook/graph/kernels"
)

// A Value names what a builder's program computes.
type Value int32

type kind uint8

const (
	input       kind = iota // fed from outside
	constant                // known when it is built
	view                    // the elements of another value, in another shape
	broadcast               // those of a smaller value, repeated; exists in memory only where it must
	element                 // an operation, element by element
	reduce                  // one element of many
	strided                 // a copy in another order
	product                 // of matrices
	convolution             // of images with filters
	call                    // a function of ours
)

// A mode says which element of an operand goes with element i of an operation over rows
// of some length.
type mode uint8

const (
	full   mode = iota // element i
	single             // the only one
	row                // element i % length: every row gets the same
	column             // element i / length: all of a row get the same; after the last, the first again
)

// A value is one operation with its operands.
type value struct {
	kind  kind
	shape []int
	size  int

	in    [3]Value
	modes [3]mode
	n     int // operands
	more  []Value

	code   kernels.Code
	reduce kernels.Reduction
	keeps  mode // what a reduction leaves: single, row or column
	length int  // of a row; 0 if no operand needs rows

	slot    int       // of an input
	number  float64   // of a constant with one element
	data    []float64 // of one with more
	strides []int     // of a copy
	mul     Product
	conv    *Convolution
	caller  Caller
	origin  any
}

// operands lists them, also those of a call.
func (v *value) operands() []Value {
	if v.more != nil {
		return v.more
	}
	return v.in[:v.n]
}

// A Product is what is to know of out = a·b beside the operands: m, k and n are the
// lengths of the product, Batch counts products that lie one after another. A transposed
// operand is stored the other way round. Of a batch, an operand that is Shared is there
// only once.
type Product struct {
	M, K, N           int
	Batch             int
	LeftT, RightT     bool
	LeftOne, RightOne bool
}

func sizeOf(shape []int) int {
	size := 1
	for _, n := range shape {
		size *= n
	}
	return size
}

// trimmed is a shape without leading ones, which broadcasting adds anyway.
func trimmed(shape []int) []int {
	for len(shape) > 0 && shape[0] == 1 {
		shape = shape[1:]
	}
	return shape
}

// modeOf says how an operand of shape a goes with elements of shape s, and how long the
// rows are for that. It reports false if there is no such mode, as for [2 1 3] in [2 4 3].
func modeOf(a, s []int) (m mode, length int, ok bool) {
	switch size, all := sizeOf(a), sizeOf(s); {
	case size == all:
		return full, 0, true
	case size == 1:
		return single, 0, true
	}
	short := trimmed(a)
	if tail := s[len(s)-len(short):]; slices.Equal(short, tail) {
		return row, sizeOf(short), true
	}
	head := slices.Concat(slices.Repeat([]int{1}, len(s)-len(a)), a)
	first, last := 0, len(head)
	for head[first] == 1 {
		first++
	}
	for head[last-1] == 1 {
		last--
	}
	if slices.Equal(head[first:last], s[first:last]) {
		return column, sizeOf(s[last:]), true
	}
	return 0, 0, false
}
