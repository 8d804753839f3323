package engine

import "gradbook/graph/kernels"

// A loop computes element-wise operations over the same elements, and reductions of
// what they give, block by block. With rows, a block is a part of one row or some whole
// rows.
type loop struct {
	total  int
	length int // of a row, or total
	rows   bool
	regs   []register
	temps  int // blocks of memory for what is between
	code   []loopCode
	sums   []accumulator
	width  int    // partial sums of a chunk
	cuts   [2]cut // for elements of 4 and of 8 bytes
	index  int    // among the loops of the program
	refill bool   // some registers are filled anew in each run
}

// A register holds what a block's code works on.
type register struct {
	kind  registerKind
	place place // of what is in memory
	temp  int   // which block
}

type registerKind uint8

const (
	moving     registerKind = iota // this block's part of memory
	temporary                      // a block that the next one overwrites
	everyRow                       // the same in each row
	eachColumn                     // one number a row
	splat                          // one number
)

type form uint8

const (
	vv form = iota // the kernels' forms
	vs
	sv
	axpb
	axpy
	axpbMinus
	where3
	reduces // into an accumulator
	dots
)

// A loopCode applies a kernel to registers; s and t are numbers in the arena.
type loopCode struct {
	form      form
	code      kernels.Code
	dst, a, b int
	c         int // of where; of a reduction the accumulator
	s, t      int
	made      Value
}

// An accumulator is a reduction under way.
type accumulator struct {
	reduce kernels.Reduction
	keeps  mode
	out    place
}
