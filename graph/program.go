package graph

import (
	"fmt"
	"slices"
	"sync"

	"gradbook/graph/engine"
)

// A program computes some nodes. What can be known before anything is fed is known once:
// the nodes in an order in which they can be computed. For each list of shapes that is
// fed it has a variant, which the engine has compiled. Any number of frames may run it at
// the same time.
type program struct {
	outputs []*Node
	order   []*Node // inputs before what is computed from them
	leaves  []*Node // placeholders, variables and constants of several elements, in that order
	of      precision
	err     error // the outputs have no type in common

	mu       sync.Mutex
	variants []*variant
	idle     any // frame that somebody has finished with
}

// A variant is a program for leaves of certain shapes.
type variant struct {
	fed    [][]int // the shapes of the leaves
	code   *engine.Program
	shapes [][]int // of the outputs
}

// maxVariants is how many are remembered: data of ever new lengths must not fill the
// memory.
const maxVariants = 8

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
	p := &program{outputs: slices.Clone(outputs), order: ancestors(outputs...)}
	for _, n := range p.order {
		if isLeaf(n) {
			p.leaves = append(p.leaves, n)
		}
	}
	p.of, p.err = joined(outputs)
	outputs[0].compiled.Store(p)
	return p
}

// isLeaf reports whether the engine is given the value. A number that never changes is
// folded into the program instead.
func isLeaf(n *Node) bool {
	switch n.Kind() {
	case Operation:
		return false
	case ConstantValue:
		return n.value.Size() != 1
	}
	return true
}

// variant finds or compiles the variant for what is fed, which holds a value for every
// leaf, or nil, of which the error tells.
func (p *program) variant(values []*Tensor) (*variant, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, v := range p.variants {
		if v.takes(values) {
			return v, nil
		}
	}
	l, fed, err := p.lowered(values)
	if err != nil {
		return nil, err
	}
	v := l.finish(p, fed)
	if len(p.variants) >= maxVariants {
		p.variants = nil
	}
	p.variants = append(p.variants, v)
	return v, nil
}

func (v *variant) takes(values []*Tensor) bool {
	return slices.EqualFunc(v.fed, values, func(s []int, t *Tensor) bool { return t != nil && slices.Equal(s, t.shape) })
}

// lowered infers the shapes of all nodes and has every operation written for the engine. It
// returns also the shapes of the leaves.
func (p *program) lowered(values []*Tensor) (*lowering, [][]int, error) {
	l := &lowering{Builder: engine.NewBuilder(), at: make(map[*Node]engine.Value, len(p.order))}
	l.Reserve(len(p.order))
	var fed [][]int
	for _, n := range p.order {
		var err error
		switch {
		case n.Kind() == Operation:
			err = l.operation(n)
		case !isLeaf(n):
			l.at[n] = l.Constant([]float64{n.value.item(0)}, n.value.shape)
		default:
			slot := len(fed)
			t := values[slot]
			if t == nil {
				return nil, nil, notFed(n)
			}
			fed = append(fed, t.shape)
			l.at[n] = l.Input(slot, t.shape)
		}
		if err != nil {
			return nil, nil, err
		}
	}
	return l, fed, nil
}

func notFed(n *Node) error {
	want := ""
	if n.shape.known {
		want = fmt.Sprintf(": want %s", n.shape)
	}
	return &Error{Problem: fmt.Sprintf("placeholder %q was not fed%s", n.Label(), want)}
}

// finish writes the program.
func (l *lowering) finish(p *program, fed [][]int) *variant {
	v := &variant{fed: fed}
	outputs := make([]engine.Value, len(p.outputs))
	for i, n := range p.outputs {
		outputs[i] = l.at[n]
		v.shapes = append(v.shapes, l.Shape(l.at[n]))
	}
	v.code = l.Program(outputs...)
	return v
}

// A lowering is under way from nodes to the engine's values.
type lowering struct {
	*engine.Builder
	at map[*Node]engine.Value
	in []engine.Value // of the operation, used again
}

// operation writes one node. Its shape is inferred again only if it depends on what was
// fed.
func (l *lowering) operation(n *Node) error {
	l.in = l.in[:0]
	settled := n.shape.settled()
	for _, input := range n.inputs {
		l.in = append(l.in, l.at[input])
		settled = settled && input.shape.settled()
	}
	s := n.shape
	if !settled {
		shapes := make([]shape, len(l.in))
		for i, v := range l.in {
			shapes[i] = shape{true, l.Shape(v)}
		}
		var err error
		if s, err = n.op.infer(shapes); err != nil {
			return &Error{Operation: n.whatItDoes(), Operands: n.inputs, Problem: problem(err), shapes: shapes}
		}
	}
	if int64(sizeOf(s.axes)) > mostElements {
		return l.tooLarge(n, s.axes, "that is more than can be counted")
	}
	l.Origin = n
	l.at[n] = n.op.lower(l.Builder, s.axes, l.in)
	return nil
}
