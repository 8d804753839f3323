package graph

import (
	"fmt"
	"slices"
)

// A program computes some nodes: a flat list of instructions, inputs before what
// is computed from them, with one place in memory for each. It is made once and
// run for any number of feeds; the buffers are kept between runs, so a training
// step allocates nothing while shapes stay the same.
type program struct {
	code    []instruction
	outputs []int // where the values of the wanted nodes are
	values  []*Tensor
}

// An instruction computes one node into its place.
type instruction struct {
	node  *Node
	in    []int // places of the operands
	args  []*Tensor
	shape []shape // of the operands, reused
}

// compile lays the nodes and all that they depend on out as a program.
func compile(nodes []*Node) *program {
	order := ancestors(nodes...)
	place := make(map[*Node]int, len(order))
	p := &program{code: make([]instruction, len(order)), values: make([]*Tensor, len(order))}
	for i, n := range order {
		place[n] = i
		in := make([]int, len(n.inputs))
		for j, input := range n.inputs {
			in[j] = place[input]
		}
		p.code[i] = instruction{n, in, make([]*Tensor, len(in)), make([]shape, len(in))}
	}
	for _, n := range nodes {
		p.outputs = append(p.outputs, place[n])
	}
	return p
}

// run computes everything for one feed, in which a variable's value may stand in
// for its own. The values stay valid until the next run.
func (p *program) run(fed map[*Node]*Tensor) error {
	for i := range p.code {
		if err := p.step(i, fed); err != nil {
			return err
		}
	}
	return nil
}

func (p *program) step(i int, fed map[*Node]*Tensor) error {
	c := &p.code[i]
	n := c.node
	switch n.Kind() {
	case Data:
		if p.values[i] = fed[n]; p.values[i] == nil {
			return &Error{Problem: fmt.Sprintf("placeholder %q was not fed", n.Label())}
		}
		return nil
	case Parameter, ConstantValue:
		if p.values[i] = fed[n]; p.values[i] == nil {
			p.values[i] = n.Value()
		}
		return nil
	}
	for j, at := range c.in {
		c.args[j] = p.values[at]
		c.shape[j] = shape{true, c.args[j].shape}
	}
	s, err := n.op.infer(c.shape)
	if err != nil {
		return &Error{Operation: capital(n.op.name()), Operands: n.inputs, Problem: problem(err), shapes: slices.Clone(c.shape)}
	}
	if out := p.values[i]; out == nil || !slices.Equal(out.shape, s.axes) {
		p.values[i] = newTensor(s.axes)
	}
	n.op.forward(p.values[i], c.args)
	return nil
}

// output returns the value of the i-th wanted node, as the last run left it.
func (p *program) output(i int) *Tensor { return p.values[p.outputs[i]] }

// capital writes the name of an operation as that of its function.
func capital(name string) string {
	switch name {
	case "relu", "step":
		return "ReLU"
	case "matmul", "matmul, left", "matmul, right":
		return "MatMul"
	}
	return string(name[0]-'a'+'A') + name[1:]
}
