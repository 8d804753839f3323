package engine

import (
	"slices"

	"gradbook/graph/kernels"
)

// A Program is a flat list of steps. It holds no numbers but constants and does not
// change, so any number of machines may run it at the same time.
type Program struct {
	steps   []step
	code    []scalarCode // of all scalar steps
	made    []Value      // by each scalar code
	arena   int          // elements
	numbers []number     // constants in the arena
	loads   []load       // inputs of one element, copied into the arena
	data    [][]float64  // constants outside
	inputs  int          // slots
	outputs []place
}

// A number is a constant in the arena.
type number struct {
	at    int
	value float64
}

// A load copies an input of one element into the arena, where scalar code and loops look.
type load struct{ slot, at int }

// A step is one instruction; of its parts one is set.
type step struct {
	from, to int   // scalar code
	made     Value // by what is not scalar code or a loop
	loop     *loop
	product  *productStep
	copy     *copyStep
	conv     *convolutionStep
	call     *callStep
}

// A place is where the elements of a value are.
type place struct {
	where where
	at    int // offset in the arena, slot of an input, or index of data
	size  int
}

type where uint8

const (
	inArena where = iota
	inInput
	inData
)

// A scalarCode computes one number in the arena from others.
type scalarCode struct {
	code         kernels.Code
	dst, a, b, c int32
}

type productStep struct {
	Product
	out, a, b place
}

// A copyStep reads elements in another order.
type copyStep struct {
	out, from      place
	shape, strides []int
}

type callStep struct {
	caller Caller
	origin any
	index  int // of the function, in a machine
	out    place
	in     []place
}

// Program lays out what computes the outputs.
func (b *Builder) Program(outputs ...Value) *Program {
	outputs = slices.Clone(outputs)
	for i := range outputs {
		outputs[i] = b.real(outputs[i])
	}
	l := newLayout(b.plan(outputs))
	for _, g := range l.groups {
		l.emit(g)
	}
	for _, v := range outputs {
		l.program.outputs = append(l.program.outputs, l.place(v))
	}
	l.program.arena = l.top
	return l.program
}

// emit adds the step of a group, and frees what nobody needs after it.
func (l *layout) emit(g *group) {
	switch g.class {
	case scalar:
		l.emitScalars(g)
		return
	case looped:
		l.program.steps = append(l.program.steps, step{loop: l.emitLoop(g)})
	case alone:
		l.program.steps = append(l.program.steps, l.emitAlone(g.only))
	}
	for _, v := range g.members {
		l.used(v)
	}
}

func (l *layout) emitScalars(g *group) {
	s := step{from: len(l.program.code)}
	for _, v := range g.members {
		w := &l.values[v]
		c := scalarCode{code: w.code}
		operands := [3]*int32{&c.a, &c.b, &c.c}
		for i := range w.n {
			*operands[i] = l.scalar(w.in[i])
		}
		l.used(v) // an operand that is needed no more makes room for the result
		c.dst = int32(l.reserve(v).at)
		l.program.code, l.program.made = append(l.program.code, c), append(l.program.made, v)
	}
	s.to = len(l.program.code)
	l.program.steps = append(l.program.steps, s)
}

func (l *layout) emitAlone(v Value) step {
	w := &l.values[v]
	out := l.reserve(v)
	switch w.kind {
	case product:
		return step{made: v, product: &productStep{w.mul, out, l.place(w.in[0]), l.place(w.in[1])}}
	case convolution:
		return step{made: v, conv: &convolutionStep{w.conv, out, l.place(w.in[0]), l.place(w.in[1])}}
	case strided:
		return step{made: v, copy: &copyStep{out, l.place(w.in[0]), w.shape, w.strides}}
	}
	c := &callStep{caller: w.caller, origin: w.origin, index: l.calls, out: out}
	l.calls++
	for _, in := range w.more {
		c.in = append(c.in, l.place(in))
	}
	return step{made: v, call: c}
}

// Memory is the number of elements that a machine allocates.
func (p *Program) Memory() int { return p.arena }
