package graph

import (
	"fmt"
	"slices"
	"strings"
)

// An Error reports what a node cannot be made of, or why it cannot be computed.
type Error struct {
	Operation string  // what was asked for, e.g. "MatMul"
	Operands  []*Node // the nodes concerned, in order
	Problem   string  // what is wrong with them

	shapes []shape // of the operands, where they are known only at run time
}

// Error names every operand with its shape, because that is what the reader of a
// failed cell looks for first:
//
//	graph: Multiply: "w" is [3], "x" is [4]
//	graph: MatMul: "hidden" is [128 784], "w2" is [512 10]: inner lengths 784 and 512 differ
func (e *Error) Error() string {
	parts := []string{"graph", e.Operation}
	if e.Operation == "" {
		parts = parts[:1]
	}
	var operands []string
	for i, n := range e.Operands {
		s := n.shape
		if i < len(e.shapes) {
			s = e.shapes[i]
		}
		operands = append(operands, fmt.Sprintf("%q is %s", n.Label(), s))
	}
	if len(operands) > 0 {
		parts = append(parts, strings.Join(operands, ", "))
	}
	if e.Problem != "" {
		parts = append(parts, e.Problem)
	}
	return strings.Join(parts, ": ")
}

// refuse says which operation was asked for with what is no node, if one was, and with
// which nodes.
func refuse(operation string, nodes ...*Node) error {
	for _, n := range nodes {
		if n == nil || n.op == nil {
			real := slices.DeleteFunc(slices.Clone(nodes), func(n *Node) bool { return n == nil || n.op == nil })
			return &Error{Operation: operation, Operands: real, Problem: n.lack()}
		}
	}
	return nil
}

// lack says why a node is none.
func (n *Node) lack() string {
	switch {
	case n == nil:
		return "a nil *Node has no value"
	case n.function != "":
		return n.function // what node could make nothing of
	}
	return "a Node that no function of graph has made has no value"
}

// problem is an error's text without the package prefix, to go into another.
func problem(err error) string { return strings.TrimPrefix(err.Error(), "graph: ") }
