package graph

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// A Node is a value that is not computed yet: data that will be fed, a parameter,
// a constant, or an operation on other nodes. It is made once and then only read,
// but for its name, its groups and, if it is a variable, its value.
type Node struct {
	id       uint64 // grows with every node, so inputs have smaller ones
	op       operation
	function string // that made it, such as "Multiply", for errors at run time
	inputs   []*Node
	shape    shape
	of       precision // of its numbers; open until data tell, if there is no variable beneath
	name     atomic.Pointer[string]
	compiled atomic.Pointer[program] // the last whose first output is this node

	mu     sync.Mutex // held to read or change what follows
	value  *Tensor    // of variables and constants
	live   *live      // of a variable that is being trained
	groups []*Group   // that it is in, the innermost first
}

var lastID atomic.Uint64

func newNode(function string, op operation, s shape, inputs ...*Node) *Node {
	return &Node{id: lastID.Add(1), function: function, op: op, shape: s, inputs: inputs}
}

// Placeholder returns a node for data, which is fed when a value is computed. With
// a shape it accepts only that, where -1 as the first length stands for any number
// of examples; without a shape it accepts anything.
func Placeholder(name string, shape ...int) *Node {
	s := unknown
	if len(shape) > 0 {
		s = known(shape)
	}
	for i, n := range shape {
		if n < 0 && (i > 0 || n != -1) {
			panic(&Error{Operation: "Placeholder", Problem: fmt.Sprintf("shape %v of %q has a negative length; only the first may be -1, for any", shape, name)})
		}
	}
	return newNode("Placeholder", placeholderOp{}, s).Named(name)
}

// Variable returns a node for a parameter with its first value, which may be
// anything that [NewTensor] takes. Training changes the value; the shape stays, and so does
// the type of its numbers.
func Variable(name string, value any) *Node {
	t := mustTensor("Variable", value)
	n := newNode("Variable", variableOp{}, known(t.shape)).Named(name)
	n.value, n.of = t, t.of()
	return n
}

// Constant returns a node for a value that never changes, which may be anything
// that [NewTensor] takes. Operations make constants of plain numbers themselves.
func Constant(value any) *Node {
	return constant(mustTensor("Constant", value))
}

func constant(t *Tensor) *Node {
	n := newNode("Constant", constantOp{}, known(t.shape))
	n.value = t
	return n
}

func mustTensor(operation string, value any) *Tensor {
	t, err := NewTensor(value)
	if err != nil {
		panic(&Error{Operation: operation, Problem: problem(err)})
	}
	return t
}

// node makes a node of an operand: it is one already, or becomes a constant. What it can make
// nothing of, apply refuses by the name of the operation, as it does a nil node.
func node(operand any) *Node {
	if n, ok := operand.(*Node); ok {
		return n
	}
	t, err := NewTensor(operand)
	if err != nil {
		return &Node{function: strings.Replace(problem(err), wanted, "want a node, a number, a slice of numbers, or a matrix", 1)}
	}
	return constant(t)
}

// Named gives the node a name for diagrams, formulas and errors, and returns it.
func (n *Node) Named(name string) *Node {
	if name != "" {
		n.name.Store(&name)
	}
	return n
}

// HeldBy names the node after the Go variable that holds it. A name that it has
// already stays: the first variable is the one its author thought of it by.
func (n *Node) HeldBy(variable string) {
	if n != nil && variable != "_" && variable != "" {
		n.name.CompareAndSwap(nil, &variable)
	}
}

// Name returns the name that was given, or that of a Go variable, or "".
func (n *Node) Name() string {
	if p := n.name.Load(); p != nil {
		return *p
	}
	return ""
}

// Label returns the name; without one, the number that a constant is, to four digits,
// or else what the node does, such as "multiply".
func (n *Node) Label() string {
	if name := n.Name(); name != "" {
		return name
	}
	if n.Kind() == ConstantValue && n.value.Size() == 1 {
		return glyphs(number(rounded(n.value.item(0)))) // a constant's value never changes, so no lock
	}
	return n.does().name()
}

// A Kind says what a node is for; diagrams give each its shape.
type Kind int

// The kinds of node.
const (
	Operation     Kind = iota // computed from other nodes
	Data                      // a placeholder
	Parameter                 // a variable
	ConstantValue             // a constant
)

// Kind says what the node is for.
func (n *Node) Kind() Kind {
	switch n.op.(type) {
	case placeholderOp:
		return Data
	case variableOp:
		return Parameter
	case constantOp:
		return ConstantValue
	}
	return Operation
}

// Operation returns what the node does, such as "multiply" or "placeholder".
func (n *Node) Operation() string { return n.does().name() }

// Symbol returns the sign of the operation, such as "×" or "( )²".
func (n *Node) Symbol() string { return n.does().symbol() }

// Inputs returns the nodes that this one is computed from, in order.
func (n *Node) Inputs() []*Node { return slices.Clone(n.inputs) }

// Shape returns the length of every axis, -1 where it depends on what is fed. It
// reports false if even the number of axes does.
func (n *Node) Shape() (shape []int, ok bool) { return slices.Clone(n.shape.axes), n.shape.known }

// Value returns the present value of a variable or a constant, and nil for every
// other node: those are computed, with Compute.
func (n *Node) Value() *Tensor {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.live != nil {
		return n.live.value()
	}
	return n.value
}

// Set gives a variable a new value of the same shape.
func (n *Node) Set(value any) error {
	if n.Kind() != Parameter {
		return &Error{Operation: "Set", Operands: []*Node{n}, Problem: "only a variable can be set"}
	}
	t, err := NewTensor(value)
	if err != nil {
		return &Error{Operation: "Set", Operands: []*Node{n}, Problem: problem(err)}
	}
	if !slices.Equal(t.shape, n.shape.axes) {
		return &Error{Operation: "Set", Operands: []*Node{n}, Problem: fmt.Sprintf("the new value is %s", shapeText(t.shape))}
	}
	n.store(t.as(n.of))
	return nil
}

// store gives a variable a new value of its own shape and type. Tensors do not change once
// they are made, so whoever holds the old value keeps it.
func (n *Node) store(t *Tensor) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.live != nil {
		n.live.set(t)
		return
	}
	n.value = t
}

// String writes the node as Go's fmt prints it: its name and how it is computed, such
// as loss = mean((w·x + b − y)²), or the value that a variable has now.
func (n *Node) String() string {
	if n == nil {
		return "<nil>"
	}
	what := n.Formula()
	if t := n.Value(); t != nil {
		what = t.String()
	}
	if name := n.Name(); name != "" && name != what {
		return name + " = " + what
	}
	return what
}

// Variables returns the variables that the node depends on, in the order in which
// they were made.
func (n *Node) Variables() []*Node { return n.leaves(Parameter) }

// Placeholders returns the placeholders that the node depends on, in the order in
// which they were made.
func (n *Node) Placeholders() []*Node { return n.leaves(Data) }

func (n *Node) leaves(k Kind) []*Node {
	return slices.DeleteFunc(ancestors(n), func(m *Node) bool { return m.Kind() != k })
}
