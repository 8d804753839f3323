package engine

import "gradbook/graph/kernels"

// A Caller makes functions that compute what the engine has no instruction for, for either
// type of element. Every machine gets one of its own, so that it may keep memory. What data
// it cannot work with, it tells by an error.
type Caller interface {
	Float64() func(out []float64, in [][]float64) error
	Float32() func(out []float32, in [][]float32) error
	Text() string // for who reads a program
}

// A CallError says which call has failed.
type CallError struct {
	Origin any // what the builder's Origin was when the call was made
	Err    error
}

// Error is that of the function.
func (e *CallError) Error() string { return "engine: " + e.Err.Error() }

// Unwrap returns it.
func (e *CallError) Unwrap() error { return e.Err }

// Call computes a value by a function.
func (b *Builder) Call(c Caller, shape []int, in ...Value) Value {
	more := make([]Value, len(in)) // the caller's list may change
	for i, v := range in {
		more[i] = b.real(v)
	}
	return b.make(value{kind: call, caller: c, shape: shape, more: more})
}

// A boundCall is a function with its operands.
type boundCall[T kernels.Float] struct {
	step *callStep
	f    func(out []T, in [][]T) error
	in   [][]T
}

func newBoundCall[T kernels.Float](s *callStep) boundCall[T] {
	c := boundCall[T]{step: s, in: make([][]T, len(s.in))}
	switch f := any(&c.f).(type) {
	case *func(out []float64, in [][]float64) error:
		*f = s.caller.Float64()
	case *func(out []float32, in [][]float32) error:
		*f = s.caller.Float32()
	}
	return c
}

func (c *boundCall[T]) run(m *Machine[T]) error {
	for i, p := range c.step.in {
		c.in[i] = m.memory(p)
	}
	if err := c.f(m.memory(c.step.out), c.in); err != nil {
		return &CallError{c.step.origin, err}
	}
	return nil
}
