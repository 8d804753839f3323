package diagram

import (
	"fmt"

	"gradbook/display/canvas"
)

// A Kind says what a node is, and so its shape.
type Kind int

// The kinds of nodes and their shapes.
const (
	Operation   Kind = iota // diamond
	Variable                // circle: what training changes
	Placeholder             // square: what is fed
	Constant                // small box
	Folded                  // sheets of paper: many nodes drawn as one
	Result                  // pill
)

// String is the word for the kind in the legend.
func (k Kind) String() string {
	return [...]string{"operation", "variable", "placeholder", "constant", "folded scope", "result"}[k]
}

// A Node is one shape. Only Kind and Label are required.
type Node struct {
	Kind     Kind
	Label    string // written into the shape: an operation's symbol, another's name
	Name     string // what an operation's result is called, or how many nodes are folded; written beside the shape
	Value    string // computed on the way forward, written over the arrow that leaves
	Gradient string // computed on the way back, written under it
	Tip      string // shown under the pointer and read by screen readers
	Inputs   []Input
	In       int // the group around it, counted from 1; 0 for none

	Thumbnail *Thumbnail // drawn under the shape, or nil
}

// An Input is an arrow from another node.
type Input struct {
	From     int    // index of the node, lower than its user's
	Local    string // derivative of the user by this input, written over the user when the arrow is on the path
	Gradient string // what this arrow adds to the gradient of a node that is used more than once
}

// A Diagram is a picture of nodes in which every input stands before its users.
// The last node is the one that everything leads to.
type Diagram struct {
	Title    string
	Subtitle string // in smaller ink, behind the title
	Nodes    []Node

	// Groups are frames around nodes. What a node of a group depends on is in the group,
	// or does not depend on any node of it.
	Groups []Group

	// Path draws the way back from the last node to the node Target: all arrows
	// between the two are thick and reversed, the rest is dimmed.
	Path   bool
	Target int

	// Roomy keeps labels off the arrows as far as thick ones need, also where there
	// are none yet.
	Roomy bool

	// Notes are lines below the drawing, such as the chain rule written out. A
	// line that is too long is broken between spans.
	Notes [][]canvas.Span
}

// check panics when the nodes are not what the package asks for; building them is
// code of ours, never input of a user.
func (d Diagram) check() {
	for i, n := range d.Nodes {
		for _, in := range n.Inputs {
			if in.From < 0 || in.From >= i {
				panic(fmt.Sprintf("diagram: node %d %q has input %d, want one before it", i, n.Label, in.From))
			}
		}
		if n.In < 0 || n.In > len(d.Groups) {
			panic(fmt.Sprintf("diagram: node %d %q is in group %d of %d", i, n.Label, n.In, len(d.Groups)))
		}
	}
	for i, g := range d.Groups {
		if g.In < 0 || g.In > i {
			panic(fmt.Sprintf("diagram: group %d %q is in group %d, want one before it", i+1, g.Label, g.In))
		}
	}
}

// Uses counts how many arrows leave each node.
func (d Diagram) Uses() []int {
	uses := make([]int, len(d.Nodes))
	for _, n := range d.Nodes {
		for _, in := range n.Inputs {
			uses[in.From]++
		}
	}
	return uses
}

// Reached marks the nodes on the path: those between the target and the last node,
// both included. Without a path there are none.
func (d Diagram) Reached() []bool {
	on := make([]bool, len(d.Nodes))
	if !d.Path || len(on) == 0 {
		return on
	}
	on[d.Target] = true // and what the target reaches, since that all reaches the last node
	for i, n := range d.Nodes {
		for _, in := range n.Inputs {
			on[i] = on[i] || on[in.From]
		}
	}
	return on
}

// Ways is how many ways lead from the last node back to the target. They may be more than
// fit an integer.
func (d Diagram) Ways(target int) float64 {
	ways := make([]float64, len(d.Nodes))
	ways[target] = 1
	for i, n := range d.Nodes {
		for _, in := range n.Inputs {
			ways[i] += ways[in.From]
		}
	}
	return ways[len(ways)-1]
}

// Walk calls visit for every way from the last node back to the target, with the
// nodes on the way, last node first, and the position of the input taken at each
// but the target. It stops when visit returns false. The slices are reused.
func (d Diagram) Walk(target int, visit func(nodes, inputs []int) bool) {
	d.Path, d.Target = true, target
	on := d.Reached()
	var nodes, inputs []int
	var walk func(int) bool
	walk = func(i int) bool {
		nodes = append(nodes, i)
		defer func() { nodes = nodes[:len(nodes)-1] }()
		if i == target {
			return visit(nodes, inputs)
		}
		for k, in := range d.Nodes[i].Inputs {
			if !on[in.From] {
				continue
			}
			inputs = append(inputs, k)
			more := walk(in.From)
			inputs = inputs[:len(inputs)-1]
			if !more {
				return false
			}
		}
		return true
	}
	if last := len(d.Nodes) - 1; last >= 0 && on[last] {
		walk(last)
	}
}
