package graph

import (
	"fmt"
	"math"
	"slices"

	"gradbook/graph/kernels"
)

// A learner is what a training does with numbers of one type. The variables' values are
// its own while it works: a step reads them where they are, writes new ones beside them,
// and changes places when those are good. So a step allocates nothing.
type learner interface {
	measure(fed map[*Node]*Tensor) (loss float64, err error)
	steepest() float64
	update(step int) error // prepares the new values, or says which would be no number
	commit()
	get(i int) *Tensor // a copy of the i-th variable's value
	set(i int, t *Tensor)

	// flat returns all values, or all gradients, one behind the other; move sets the values.
	flat(gradients bool) []float64
	move(values []float64)
}

type learnerOf[T kernels.Float] struct {
	*run
	frame     *frame[T] // computes the loss, then the gradients
	now, next [][]T     // values of the variables
	slots     []int     // which leaves of the program they are
	bound     bool      // what is fed is known to the machine and does not change
	change    func(step, i int, values, gradient []T)
	prepare   func(norm float64) // nil, or what the rule wants to know before a step
}

func newLearner[T kernels.Float](r *run, p *program, rule Rule, change func(step, i int, values, gradient []T)) *learnerOf[T] {
	l := &learnerOf[T]{run: r, frame: frameOf[T](p), change: change}
	if rule, ok := rule.(preparer); ok && rule.looks() {
		l.prepare = rule.prepare
	}
	for i, v := range r.Variables {
		l.now = append(l.now, make([]T, sizeOf(v.shape.axes)))
		l.next = append(l.next, make([]T, sizeOf(v.shape.axes)))
		l.set(i, v.Value())
		l.slots = append(l.slots, slices.Index(p.leaves, v))
	}
	return l
}

func (l *learnerOf[T]) measure(fed map[*Node]*Tensor) (float64, error) {
	for i, slot := range l.slots {
		if slot < 0 {
			continue // the loss does not depend on it
		}
		l.frame.lent[slot] = l.now[i]
		if l.bound {
			l.frame.machine.Bind(slot, l.now[i])
		}
	}
	if !l.bound {
		if err := l.frame.bind(fed); err != nil {
			return 0, err
		}
		l.bound = l.batches.size == 0
	}
	if err := l.frame.compute(); err != nil {
		return 0, err
	}
	loss := l.frame.machine.Output(0)
	if len(loss) != 1 {
		return 0, l.notANumber(known(l.frame.variant.shapes[0]))
	}
	return float64(loss[0]), nil
}

func (l *learnerOf[T]) slope(i int) []T { return l.frame.machine.Output(i + 1) }

// steepest is the largest element of the gradient, by size.
func (l *learnerOf[T]) steepest() float64 {
	largest := 0.0
	for i := range l.now {
		for _, d := range l.slope(i) {
			largest = max(largest, math.Abs(float64(d)))
		}
	}
	return largest
}

// norm is the length of all gradients together, as one vector.
func (l *learnerOf[T]) norm() float64 {
	sum := 0.0
	for i := range l.now {
		for _, d := range l.slope(i) {
			sum += float64(float64(d) * float64(d))
		}
	}
	return math.Sqrt(sum)
}

func (l *learnerOf[T]) flat(gradients bool) []float64 {
	var all []float64
	for i, from := range l.now {
		if gradients {
			from = l.slope(i)
		}
		for _, v := range from {
			all = append(all, float64(v))
		}
	}
	return all
}

func (l *learnerOf[T]) move(values []float64) {
	for _, to := range l.now {
		convert(to, values[:len(to)])
		values = values[len(to):]
	}
}

func (l *learnerOf[T]) update(step int) error {
	if l.prepare != nil {
		l.prepare(l.norm())
	}
	for i, now := range l.now {
		copy(l.next[i], now)
		l.change(step, i, l.next[i], l.slope(i))
		if !finite(l.next[i]) {
			return l.diverged(fmt.Sprintf("%q would become infinite or NaN", l.Variables[i].Label()))
		}
	}
	return nil
}

func (l *learnerOf[T]) commit() { l.now, l.next = l.next, l.now }

func (l *learnerOf[T]) get(i int) *Tensor {
	v := l.Variables[i]
	return tensorOf(v.shape.axes, convert[T](nil, l.now[i])).as(v.of)
}

func (l *learnerOf[T]) set(i int, t *Tensor) { copy(l.now[i], elements[T](nil, t)) }

// finite reports whether all are numbers. The sum of many is one only if they are; if it is
// not, it may have become too large, so that what counts is the sum of what is 0 for every
// number, and NaN for what is none.
func finite[T kernels.Float](values []T) bool {
	if len(values) > 64 {
		if sum := kernels.For[T]().Reduce[kernels.Sum](values); sum-sum == 0 {
			return true
		}
	}
	var s0, s1 T
	for ; len(values) >= 2; values = values[2:] {
		s0 += T(values[0] * 0)
		s1 += T(values[1] * 0)
	}
	for _, v := range values {
		s0 += T(v * 0)
	}
	return s0+s1 == 0
}

// changer32 makes a rule fit the type of number: our own know float32, others are lent
// copies in float64.
func changer32(rule Rule, sizes []int) func(step, i int, values, gradient []float32) {
	if own, ok := rule.(rule32); ok {
		return own.update32
	}
	values64, gradients64 := make([]float64, slices.Max(sizes)), make([]float64, slices.Max(sizes))
	return func(step, i int, values, gradient []float32) {
		v, g := values64[:len(values)], gradients64[:len(values)]
		convert(v, values)
		convert(g, gradient)
		rule.Update(step, i, v, g)
		convert(values, v)
	}
}

// A preparer is a rule that may look at the length of all gradients together before a step.
type preparer interface {
	looks() bool
	prepare(norm float64)
}

// A rule32 is a rule that can change numbers of 32 bits.
type rule32 interface {
	update32(step, i int, values, gradient []float32)
}
