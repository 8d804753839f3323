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

// refuseNil says which operation was asked for with a nil node, if one was.
func refuseNil(operation string, nodes ...*Node) error {
	if !slices.Contains(nodes, nil) {
		return nil
	}
	return &Error{Operation: operation, Problem: "a nil *Node has no value"}
}

// problem is an error's text without the package prefix, to go into another.
func problem(err error) string { return strings.TrimPrefix(err.Error(), "graph: ") }
