package graph

import (
	"errors"
	"fmt"

	"gradbook/graph/engine"
)

// An operation is what a node does, all of it in one place. To add one, write a
// type with these methods, and a row in gradientTests; a test fails until the row
// is there.
type operation interface {
	name() string   // "multiply", as it is shown
	symbol() string // "×", inside its diamond

	// infer returns the shape of the result, as far as the operands' are known.
	infer(in []shape) (shape, error)

	// lower writes the operation for the engine, given the inferred shape, when all
	// shapes are known.
	lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value

	// gradient returns, for every input, the nodes that compute how the error
	// changes with it, given how it changes with the result: d. An input through
	// which no gradient flows gets nil.
	gradient(y *Node, in []*Node, d *Node) []*Node

	// formula writes the operation on operands that are written already.
	formula(in []term) term
}

// apply makes the node of an operation. It panics with an [*Error] that names the
// operation by its function.
func apply(function string, op operation, inputs ...*Node) *Node {
	shapes := make([]shape, len(inputs))
	for i, n := range inputs {
		if n == nil || n.op == nil {
			panic(refuse(function, inputs...))
		}
		shapes[i] = n.shape
	}
	s, err := op.infer(shapes)
	if err != nil {
		panic(&Error{Operation: function, Operands: inputs, Problem: problem(err)})
	}
	of, err := joined(inputs)
	if err != nil {
		panic(&Error{Operation: function, Operands: inputs, Problem: problem(err)})
	}
	n := newNode(function, op, s, inputs...)
	n.of = of
	return n
}

// leaf is what placeholders, variables and constants have in common: they are not
// computed.
type leaf struct{}

func (leaf) symbol() string               { return "" }
func (leaf) infer([]shape) (shape, error) { panic("graph: a leaf has its shape from its maker") }
func (leaf) lower(*engine.Builder, []int, []engine.Value) engine.Value {
	panic("graph: a leaf is not computed")
}
func (leaf) gradient(*Node, []*Node, *Node) []*Node { return nil }
func (leaf) formula([]term) term                    { panic("graph: a leaf is written by its label") }

type (
	placeholderOp struct{ leaf }
	variableOp    struct{ leaf }
	constantOp    struct{ leaf }
)

// A zeroOp is that of a Node that no function has made, so that it can be shown at least.
type zeroOp struct{ leaf }

func (zeroOp) name() string { return "no node" }

// does is the node's operation.
func (n *Node) does() operation {
	if n.op == nil {
		return zeroOp{}
	}
	return n.op
}

func (placeholderOp) name() string { return "placeholder" }
func (variableOp) name() string    { return "variable" }
func (constantOp) name() string    { return "constant" }

// elementwise marks operations whose every element depends on one element of each
// operand only.
type elementwise interface{ elementwise() }

// pairwise is what operations on two operands, element by element, share.
type pairwise struct{}

func (pairwise) elementwise() {}

func (pairwise) infer(in []shape) (shape, error) { return broadcast(in[0], in[1]) }

// single is what operations on every element of one operand share.
type single struct{}

func (single) elementwise() {}

func (single) infer(in []shape) (shape, error) { return in[0], nil }

// axisError says which axes there are.
func axisError(axis int, s shape) error {
	if len(s.axes) == 0 {
		return errors.New("it has no axes")
	}
	return fmt.Errorf("no axis %d: want 0 to %d, or -1 for the last", axis, len(s.axes)-1)
}
