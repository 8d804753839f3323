package graph

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/gonum/optimize"
)

// LBFGS makes steps of its own length: it learns from the last few gradients how the loss
// is curved, and searches along the direction that follows for a point which is lower
// enough and less steep (Nocedal and Wright, Numerical Optimization, algorithm 7.5, with
// gonum's line search). A model of few parameters and all its data ends near the minimum
// after tens of steps rather than thousands. It needs all the data in every step, so Batch
// must be 0, and computes the loss several times a step.
//
// The training ends early, with the reason "no progress", where no step makes the loss
// smaller any more.
type LBFGS struct {
	History int // of how many steps the gradients are remembered; 0 means 10
}

// Start refuses to be the rule of another optimiser: how far to go is its own affair.
func (LBFGS) Start([]int) (Rule, error) {
	return nil, &Error{Operation: "LBFGS", Problem: "it finds the length of its steps itself, and cannot be Scheduled or Regularized"}
}

// longestHistory is more than is of use: gradients of long ago mislead.
const longestHistory = 1000

// A search makes the steps of LBFGS.
type search struct {
	*run
	history int
	method  *optimize.LinesearchMethod // nil before the first step
	at      optimize.Location          // where the last step has led
}

func newSearch(r *run, o LBFGS) (*search, error) {
	o.History = cmp.Or(o.History, 10)
	switch {
	case o.History < 0 || o.History > longestHistory:
		return nil, r.fail("History of LBFGS is %d, want a number of steps up to %d", o.History, longestHistory)
	case r.Batch != 0:
		return nil, r.fail("LBFGS needs all the data in every step, but Batch is %d: want 0", r.Batch)
	}
	return &search{run: r, history: o.History}, nil
}

// step goes one step from where loss and gradient have just been computed. It reports
// whether there is none that makes the loss smaller.
func (s *search) step() (done bool, err error) {
	s.gate.Lock() // what is only tried is nobody's business
	defer s.gate.Unlock()
	here, slope := s.learner.flat(false), s.learner.flat(true)
	switch {
	case !finite(slope):
		return false, s.diverged("the gradient is infinite or NaN")
	case !slices.ContainsFunc(slope, func(d float64) bool { return d != 0 }):
		return true, nil
	}
	begin := !slices.Equal(here, s.at.X) // it is the first step, or somebody has set a variable
	defer func() {
		if done || err != nil {
			s.learner.move(here)
		}
	}()
	for {
		s.at = optimize.Location{X: slices.Clone(here), F: s.fit.Loss, Gradient: slices.Clone(slope)}
		found, err := s.along(begin)
		if found || err != nil {
			return false, err
		}
		if begin {
			return true, nil
		}
		begin = true // what was remembered misleads
	}
}

// along searches for a point in one direction and goes there, if there is one.
func (s *search) along(begin bool) (found bool, err error) {
	op, failed := s.next(begin)
	for ; failed == nil && op != optimize.MajorIteration; op, failed = s.method.Iterate(&s.at) {
		if err := s.Context.Err(); err != nil {
			return false, err
		}
		if err := s.evaluate(op); err != nil {
			return false, err
		}
	}
	if failed != nil {
		return false, nil
	}
	s.learner.move(s.at.X)
	s.gate.changes++
	return true, nil
}

// next begins a line search, the first one along the gradient.
func (s *search) next(first bool) (optimize.Operation, error) {
	if !first {
		return s.method.Iterate(&s.at)
	}
	s.method = &optimize.LinesearchMethod{Linesearcher: &optimize.Bisection{}, NextDirectioner: &optimize.LBFGS{Store: s.history}}
	return s.method.Init(&s.at)
}

// evaluate computes the loss where the line search wants it. The gradient comes with it.
func (s *search) evaluate(op optimize.Operation) error {
	if op&optimize.FuncEvaluation == 0 {
		s.at.Gradient = s.learner.flat(true)
		return nil
	}
	s.learner.move(s.at.X)
	loss, err := s.learner.measure(s.batches.all)
	if math.IsNaN(loss) {
		loss = math.Inf(1) // too far
	}
	s.at.F = loss
	return err
}
