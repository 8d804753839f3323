package graph

import (
	"runtime"
	"unsafe"

	"gradbook/graph/engine"
	"gradbook/graph/kernels"
)

// A frame is a program with the memory that a run needs. It may be run for any
// number of feeds, one after the other; while shapes stay the same a run allocates
// nothing. It belongs to one goroutine.
type frame[T kernels.Float] struct {
	*program
	variant *variant
	machine *engine.Machine[T]
	values  []*Tensor // of the leaves
	given   [][]T     // to the machine, for the leaves
	lent    [][]T     // the memory of leaves that somebody else changes
}

// frameOf allocates a frame.
func frameOf[T kernels.Float](p *program) *frame[T] {
	n := len(p.leaves)
	return &frame[T]{program: p, values: make([]*Tensor, n), given: make([][]T, n), lent: make([][]T, n)}
}

// idleFrame returns one that nobody uses.
func idleFrame[T kernels.Float](p *program) *frame[T] {
	p.mu.Lock()
	defer p.mu.Unlock()
	if f, ok := p.idle.(*frame[T]); ok {
		p.idle = nil
		return f
	}
	return frameOf[T](p)
}

// maxIdle is the number of elements up to which the memory of a frame is kept for the
// next computation.
const maxIdle = 1 << 20

// done gives the frame back. Outputs must have been copied.
func done[T kernels.Float](f *frame[T]) {
	if f.machine == nil || f.variant.code.Memory() > maxIdle {
		return
	}
	clear(f.values)
	clear(f.given)
	f.machine.Unbind()
	f.mu.Lock()
	defer f.mu.Unlock()
	f.idle = f
}

// run computes everything for one feed, in which a variable's value may stand in
// for its own.
func (f *frame[T]) run(fed map[*Node]*Tensor) error {
	if err := f.bind(fed); err != nil {
		return err
	}
	return f.compute()
}

// compute runs the machine, with what is bound.
func (f *frame[T]) compute() error {
	if err := f.machine.Run(); err != nil {
		return f.located(err, f.values)
	}
	return nil
}

// bind gives the machine what it is to read.
func (f *frame[T]) bind(fed map[*Node]*Tensor) error {
	for i, n := range f.leaves {
		if f.lent[i] != nil && f.values[i] != nil {
			continue // only the shape counts, which a variable keeps
		}
		t := fed[n]
		if t == nil {
			t = n.Value()
		}
		if t != f.values[i] {
			f.values[i], f.given[i] = t, nil
		}
	}
	if f.variant == nil || !f.variant.takes(f.values) {
		if err := f.prepare(); err != nil {
			return err
		}
	}
	for i, t := range f.values {
		if f.lent[i] != nil {
			f.machine.Bind(i, f.lent[i])
			continue
		}
		if f.given[i] == nil || t.reused {
			f.given[i] = elements(f.given[i], t)
			f.machine.Bind(i, f.given[i])
		}
	}
	return nil
}

// maxThreads is as many as share one memory without getting in each other's way.
const maxThreads = 8

// prepare makes the machine for what is to be fed.
func (f *frame[T]) prepare() error {
	v, err := f.program.variant(f.values)
	if err != nil {
		return err
	}
	if err := f.fits(v.code, int(unsafe.Sizeof(T(0))), f.values); err != nil {
		return err
	}
	f.variant, f.machine = v, engine.NewMachine(v.code, kernels.For[T](), min(runtime.GOMAXPROCS(0), maxThreads))
	clear(f.given)
	return nil
}

// output returns a copy of the value of the i-th wanted node, as the last run left it.
func (f *frame[T]) output(i int) *Tensor {
	return tensorOf(f.variant.shapes[i], convert[T](nil, f.machine.Output(i)))
}
