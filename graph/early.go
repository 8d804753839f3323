package graph

import (
	"math"

	"gradbook/graph/kernels"
)

// A judge watches the loss on data that a training does not learn from, and keeps the
// values with which it was smallest.
type judge struct {
	*run
	loss  func() (float64, error) // on that data
	least float64
	step  int // after which it was so
	best  []*Tensor
}

// newJudge returns none if the training has no data for it.
func newJudge(r *run) (*judge, error) {
	switch {
	case r.Patience < 0:
		return nil, r.fail("Patience is %d, want a number of steps, or 0 for no end", r.Patience)
	case r.Validation == nil && r.Patience > 0:
		return nil, r.fail("Patience needs Validation: data on which the loss is judged")
	case r.Validation == nil:
		return nil, nil
	}
	fed, err := r.Validation.tensors()
	if err != nil {
		return nil, err
	}
	j := &judge{run: r, least: math.Inf(1), loss: measured[float64](r.loss, fed)}
	if r.precision() == float32s {
		j.loss = measured[float32](r.loss, fed)
	}
	return j, nil
}

// measured returns a function that computes the loss in one type.
func measured[T kernels.Float](loss *Node, fed map[*Node]*Tensor) func() (float64, error) {
	f := frameOf[T](compile([]*Node{loss}))
	return func() (float64, error) {
		if err := f.run(fed); err != nil {
			return 0, err
		}
		return float64(f.machine.Output(0)[0]), nil
	}
}

// done judges the values after a step, and reports whether none have been better for too
// long.
func (j *judge) done() (bool, error) {
	loss, err := j.loss()
	if err != nil {
		return false, err
	}
	if loss < j.least {
		j.least, j.step, j.best = loss, j.fit.Steps, j.best[:0]
		for i := range j.Variables {
			j.best = append(j.best, j.learner.get(i))
		}
	}
	return j.Patience > 0 && j.fit.Steps-j.step >= j.Patience, nil
}

// restore goes back to the best values.
func (j *judge) restore() {
	j.gate.Lock()
	defer j.gate.Unlock()
	for i, t := range j.best {
		j.learner.set(i, t)
	}
	j.gate.changes++
}
