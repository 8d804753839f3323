package graph

import "math"

// A judge watches the loss on data that a training does not learn from, and keeps the
// values with which it was smallest.
type judge struct {
	*run
	frame *frame[float64]
	fed   map[*Node]*Tensor
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
	return &judge{run: r, frame: compile([]*Node{r.loss}).frame(), fed: fed, least: math.Inf(1)}, nil
}

// done judges the values after a step, and reports whether none have been better for too
// long.
func (j *judge) done() (bool, error) {
	if err := j.frame.run(j.fed); err != nil {
		return false, err
	}
	if loss := j.frame.machine.Output(0)[0]; loss < j.least {
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
