package graph

import (
	"math"
	"slices"

	"gradbook/graph/kernels"
)

// A judge watches the loss on data that a training does not learn from, and keeps the
// values with which it was smallest.
type judge struct {
	*run
	compute func() ([]float64, error) // the loss and then the metrics, on that data
	least   float64
	step    int // after which it was so
	best    []*Tensor
}

// newJudge returns none if the training has no data for it.
func newJudge(r *run) (*judge, error) {
	switch {
	case r.Patience < 0:
		return nil, r.fail("Patience is %d, want a number of steps, or 0 for no end", r.Patience)
	case r.Every < 0:
		return nil, r.fail("Every is %d, want a number of steps", r.Every)
	case r.Validation == nil && r.Patience > 0:
		return nil, r.fail("Patience needs Validation: data on which the loss is judged")
	case r.Validation == nil && len(r.Metrics) > 0:
		return nil, r.fail("Metrics need Validation: data on which they are computed")
	case r.Validation == nil:
		return nil, nil
	}
	if err := r.checkMetrics(); err != nil {
		return nil, err
	}
	fed, err := r.Validation.tensors()
	if err != nil {
		return nil, err
	}
	j := &judge{run: r, least: math.Inf(1), compute: measured[float64](r, fed)}
	if r.precision() == float32s {
		j.compute = measured[float32](r, fed)
	}
	return j, nil
}

// measured returns a function that computes the loss and the metrics in one type.
func measured[T kernels.Float](r *run, fed map[*Node]*Tensor) func() ([]float64, error) {
	f := frameOf[T](compile(append([]*Node{r.loss}, r.Metrics...)))
	return func() ([]float64, error) {
		if err := f.run(fed); err != nil {
			return nil, err
		}
		measures := []float64{float64(f.machine.Output(0)[0])}
		for i, m := range r.Metrics {
			value := f.machine.Output(i + 1)
			if len(value) != 1 {
				return nil, r.metricIsNoNumber(m, known(f.variant.shapes[i+1]))
			}
			measures = append(measures, float64(value[0]))
		}
		return measures, nil
	}
}

// checkMetrics wants single numbers, and names by which they are told apart.
func (r *run) checkMetrics() error {
	for i, m := range r.Metrics {
		if m == nil {
			return r.fail("Metrics holds a nil *Node")
		}
		if m.shape.settled() && sizeOf(m.shape.axes) != 1 {
			return r.metricIsNoNumber(m, m.shape)
		}
		if slices.ContainsFunc(r.Metrics[:i], func(n *Node) bool { return n.Label() == m.Label() }) {
			return r.fail("two metrics are named %q: give one another name with Named", m.Label())
		}
	}
	return nil
}

func (r *run) metricIsNoNumber(m *Node, s shape) error {
	return r.fail("the metric %q is %s, want a number: use Mean or Sum", m.Label(), s)
}

// due reports whether the values after the step just made are judged.
func (j *judge) due() bool {
	return j != nil && (j.fit.Steps%j.Every == 0 || j.fit.Steps == j.Steps)
}

// scores computes what the values after a step are worth, and keeps the best values.
func (j *judge) scores() (*Scores, error) {
	measures, err := j.compute()
	if err != nil {
		return nil, err
	}
	s := Scores{Step: j.fit.Steps, Loss: measures[0]}
	for i, m := range j.Metrics {
		if s.Metrics == nil {
			s.Metrics = map[string]float64{}
		}
		s.Metrics[m.Label()] = measures[i+1]
	}
	if s.Loss < j.least {
		j.least, j.step, j.best = s.Loss, s.Step, j.best[:0]
		for i := range j.Variables {
			j.best = append(j.best, j.learner.get(i))
		}
	}
	j.fit.Validation = append(j.fit.Validation, s)
	return &s, nil
}

// tired reports whether no values have been better for too long.
func (j *judge) tired() bool { return j.Patience > 0 && j.fit.Steps-j.step >= j.Patience }

// restore goes back to the best values.
func (j *judge) restore() {
	j.gate.Lock()
	defer j.gate.Unlock()
	for i, t := range j.best {
		j.learner.set(i, t)
	}
	j.gate.changes++
}
