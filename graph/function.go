package graph

import (
	"errors"
	"fmt"

	"gradbook/graph/engine"
	"gradbook/graph/kernels"
)

// A function is what the engine calls where it has no instruction.
type function struct {
	text  string
	long  maker[float64]
	short maker[float32]
}

// A maker makes a function for one machine, which may keep something from run to run. It
// writes out, whatever is there, and returns an error that says what is wrong with data; who
// asked is added to that.
type maker[T kernels.Float] func() func(out []T, in [][]T) error

// always is the maker of a function that keeps nothing.
func always[T kernels.Float](f func(out []T, in [][]T) error) maker[T] {
	return func() func(out []T, in [][]T) error { return f }
}

// Float64 makes the function.
func (f function) Float64() func(out []float64, in [][]float64) error { return f.long() }

// Float32 makes the function.
func (f function) Float32() func(out []float32, in [][]float32) error { return f.short() }

// Text names it where a program is printed.
func (f function) Text() string { return f.text }

// located adds to the error of a call which node has made it, and of what.
func (p *program) located(err error, values []*Tensor) error {
	var c *engine.CallError
	if !errors.As(err, &c) {
		return err
	}
	l, _, again := p.lowered(values)
	if again != nil {
		return again
	}
	n := c.Origin.(*Node)
	e := &Error{Operation: n.whatItDoes(), Operands: n.inputs, Problem: c.Err.Error()}
	for _, input := range n.inputs {
		e.shapes = append(e.shapes, known(l.Shape(l.at[input])))
	}
	return e
}

// whatItDoes is how an error that shows only at run time tells of a node: the function
// that made it, and its name if it has one.
func (n *Node) whatItDoes() string {
	if name := n.Name(); name != "" {
		return fmt.Sprintf("%s %q", n.function, name)
	}
	return n.function
}

// index is the number x as an index below n.
func index[T kernels.Float](x T, n int) (int, bool) {
	i := int(x)
	return i, T(i) == x && i >= 0 && i < n
}

// badIndex tells of the i-th of several indexes. Those of float32 are exact up to 2²⁴.
func badIndex[T kernels.Float](what string, indexes []T, i, n int) error {
	at := ""
	if len(indexes) > 1 {
		at = fmt.Sprintf(" at place %d", i)
	}
	if n == 0 {
		return fmt.Errorf("%s %v%s is out of range: there is nothing to choose from", what, indexes[i], at)
	}
	return fmt.Errorf("%s %v%s is out of range: want whole numbers from 0 to %d", what, indexes[i], at, n-1)
}
