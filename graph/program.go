package graph

import (
	"fmt"
	"slices"
)

// A program computes some nodes: a flat list of instructions in which every node
// comes after its inputs. It holds no numbers and does not change, so that any
// number of frames may run it, at the same time too.
//
// This is the seam of the package: what stands above it makes nodes, and what stands
// below it only sees instructions. A faster executor replaces frame and leaves the
// rest as it is.
type program struct {
	code    []instruction
	outputs []*Node
	at      []int // the instructions that compute the outputs
	inputs  int   // of all instructions together
}

// An instruction computes one node from the results of earlier instructions.
type instruction struct {
	node *Node
	in   []int
}

// compile lays the nodes and all that they depend on out as a program. The first
// node remembers it: a cell that is run again, or a slider that is moved, asks for
// the same nodes with another feed, and nodes never change.
func compile(outputs []*Node) *program {
	if len(outputs) == 0 {
		return &program{}
	}
	if p := outputs[0].compiled.Load(); p != nil && slices.Equal(p.outputs, outputs) {
		return p
	}
	p := layOut(outputs)
	outputs[0].compiled.Store(p)
	return p
}

func layOut(outputs []*Node) *program {
	order := ancestors(outputs...)
	place := make(map[*Node]int, len(order))
	p := &program{code: make([]instruction, len(order)), outputs: slices.Clone(outputs)}
	for i, n := range order {
		place[n] = i
		p.inputs += len(n.inputs)
	}
	all := make([]int, 0, p.inputs) // one piece of memory for the operands of all
	for i, n := range order {
		from := len(all)
		for _, input := range n.inputs {
			all = append(all, place[input])
		}
		p.code[i] = instruction{n, all[from:len(all):len(all)]}
	}
	for _, n := range outputs {
		p.at = append(p.at, place[n])
	}
	return p
}

// A frame is a program with the memory that a run needs. It may be run for any
// number of feeds, one after the other; while shapes stay the same a run allocates
// nothing. It belongs to one goroutine.
type frame struct {
	*program
	values []*Tensor   // of each instruction
	args   [][]*Tensor // of each instruction: the values of its operands
	shapes [][]shape   // of each instruction: the shapes that args had when its own was inferred
}

// frame allocates what a run needs.
func (p *program) frame() *frame {
	f := &frame{program: p, values: make([]*Tensor, len(p.code)), args: make([][]*Tensor, len(p.code)), shapes: make([][]shape, len(p.code))}
	args, shapes := make([]*Tensor, p.inputs), make([]shape, p.inputs)
	for i, c := range p.code {
		n := len(c.in)
		f.args[i], f.shapes[i] = args[:n:n], shapes[:n:n]
		args, shapes = args[n:], shapes[n:]
	}
	return f
}

// run computes everything for one feed, in which a variable's value may stand in
// for its own. The values stay valid until the next run.
func (f *frame) run(fed map[*Node]*Tensor) error {
	for i := range f.code {
		if err := f.step(i, fed); err != nil {
			return err
		}
	}
	return nil
}

func (f *frame) step(i int, fed map[*Node]*Tensor) error {
	c := &f.code[i]
	if len(c.node.inputs) == 0 {
		value, err := leafValue(c.node, fed)
		f.values[i] = value
		return err
	}
	for j, at := range c.in {
		f.args[i][j] = f.values[at]
	}
	if err := f.reserve(i); err != nil {
		return err
	}
	c.node.op.forward(f.values[i], f.args[i])
	return nil
}

// leafValue returns what was fed, or the node's own value.
func leafValue(n *Node, fed map[*Node]*Tensor) (*Tensor, error) {
	if t := fed[n]; t != nil {
		return t, nil
	}
	if t := n.Value(); t != nil {
		return t, nil
	}
	return nil, &Error{Problem: fmt.Sprintf("placeholder %q was not fed", n.Label())}
}

// reserve sees to it that there is memory of the right shape for the result of an
// instruction. The shape is inferred again only when that of an operand is not what
// it was in the run before.
func (f *frame) reserve(i int) error {
	same := f.values[i] != nil
	for j, arg := range f.args[i] {
		if !slices.Equal(f.shapes[i][j].axes, arg.shape) {
			same = false
		}
		f.shapes[i][j] = shape{true, arg.shape}
	}
	if same {
		return nil
	}
	n := f.code[i].node
	s, err := n.op.infer(f.shapes[i])
	if err != nil {
		f.values[i] = nil
		return &Error{Operation: n.function, Operands: n.inputs, Problem: problem(err), shapes: slices.Clone(f.shapes[i])}
	}
	f.values[i] = newTensor(s.axes)
	return nil
}

// output returns the value of the i-th wanted node, as the last run left it.
func (f *frame) output(i int) *Tensor { return f.values[f.at[i]] }
