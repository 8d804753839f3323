package graph

import (
	"cmp"
	"fmt"
	"math"
	"reflect"
	"slices"
	"time"
)

// Minimize changes the variables that loss depends on, step by step, so that it
// becomes smaller. The loss must be a single number: use Mean or Sum.
//
// It returns an error and no Fit if it could not begin. When it is stopped by its
// context, or meets data that cannot be, such as an index for [Gather] that is out of
// range, or diverges, so that the loss or a variable would become infinite or NaN,
// it returns the Fit up to there and an error that says after which step. The
// variables keep the values that the last good step gave them.
func Minimize(loss *Node, t Training) (*Fit, error) {
	if err := refuse("Minimize", loss); err != nil {
		return nil, err
	}
	t = t.withDefaults(loss)
	r, err := newRun(loss, t)
	if err != nil {
		return nil, err
	}
	err = r.learn()
	if r.fit.Reason == "" && r.fit.Steps == 0 {
		return nil, err
	}
	r.fit.Reason = cmp.Or(r.fit.Reason, "failed")
	r.fit.Elapsed = time.Since(r.watch.began)
	if t.Report != nil {
		t.Report(Progress{Step: r.fit.Steps, Steps: t.Steps, Loss: r.fit.Loss, Elapsed: r.fit.Elapsed, Done: true})
	}
	return &r.fit, err
}

// A run is one training under way.
type run struct {
	Training
	loss    *Node
	learner learner
	search  *search // nil unless LBFGS makes the steps
	gate    gate
	batches *batches
	judge   *judge // nil without Validation
	fit     Fit
	watch   stopwatch
}

func newRun(loss *Node, t Training) (*run, error) {
	r := &run{Training: t, loss: loss, watch: stopwatch{began: time.Now()}}
	if err := r.check(); err != nil {
		return nil, err
	}
	var sizes []int
	for _, v := range t.Variables {
		sizes = append(sizes, sizeOf(v.shape.axes))
	}
	fed, err := t.Feed.tensors()
	if err != nil {
		return nil, err
	}
	rule, err := r.start(sizes)
	if err != nil {
		return nil, err
	}
	if r.batches, err = newBatches(only(fed, loss.Placeholders()), t.Batch, t.Seed, r.precision()); err != nil {
		return nil, err
	}
	p := compile(append([]*Node{loss}, Gradients(loss, t.Variables...)...))
	if p.err != nil {
		return nil, r.fail("%s", problem(p.err))
	}
	if r.precision() == float32s {
		r.learner = newLearner(r, p, rule, changer32(rule, sizes))
	} else {
		r.learner = newLearner(r, p, rule, rule.Update)
	}
	r.judge, err = newJudge(r)
	return r, err
}

// start begins the rule, which with LBFGS has nothing to do.
func (r *run) start(sizes []int) (Rule, error) {
	var own LBFGS
	switch o := r.Optimizer.(type) {
	case LBFGS:
		own = o
	case *LBFGS:
		own = *o
	default:
		rule, err := o.Start(sizes)
		if err == nil && rule == nil {
			err = r.fail("the Start method of %T has returned no Rule", o)
		}
		return rule, err
	}
	var err error
	r.search, err = newSearch(r, own)
	return GradientDescent{}, err
}

// A stopwatch tells the time since a training began. A look at the clock may take a fifth of
// the time of a small model's step, so while steps are quick only one in thirty-two looks.
type stopwatch struct {
	began      time.Time
	read       time.Duration // by the last look
	skip, left int           // how many steps do not look, and how many more
}

func (s *stopwatch) elapsed() time.Duration {
	if s.left > 0 {
		s.left--
		return s.read
	}
	was := s.read
	s.read = time.Since(s.began)
	if s.skip = min(2*s.skip+1, 31); s.read-was > time.Millisecond {
		s.skip = 0
	}
	s.left = s.skip
	return s.read
}

// precision is the type of numbers that the training works with.
func (r *run) precision() precision {
	if r.Float32 || r.loss.of == float32s {
		return float32s
	}
	return float64s
}

// only keeps what was fed to the given placeholders: a feed may hold others, whose
// examples do not count.
func only(fed map[*Node]*Tensor, placeholders []*Node) map[*Node]*Tensor {
	used := make(map[*Node]*Tensor, len(placeholders))
	for _, p := range placeholders {
		if t := fed[p]; t != nil {
			used[p] = t
		}
	}
	return used
}

func (r *run) fail(format string, args ...any) error {
	return &Error{Operation: "Minimize", Problem: fmt.Sprintf(format, args...)}
}

// check refuses what could never work, before anything runs.
func (r *run) check() error {
	switch {
	case r.loss.shape.settled() && sizeOf(r.loss.shape.axes) != 1:
		return r.notANumber(r.loss.shape)
	case len(r.Variables) == 0:
		return r.fail("the loss %q depends on no variable, so there is nothing to change", r.loss.Label())
	case r.Steps < 0:
		return r.fail("Steps is %d, want a number above 0", r.Steps)
	case r.Batch < 0:
		return r.fail("Batch is %d, want a number of examples, or 0 for all", r.Batch)
	case r.Tolerance < 0 || math.IsNaN(r.Tolerance):
		return r.fail("Tolerance is %v, want a number above 0", r.Tolerance)
	}
	if v := reflect.ValueOf(r.Optimizer); v.Kind() == reflect.Pointer && v.IsNil() {
		return r.fail("Optimizer is a nil %T", r.Optimizer)
	}
	for i, v := range r.Variables {
		switch {
		case v == nil:
			return r.fail("Variables holds a nil *Node")
		case v.Kind() != Parameter:
			return r.fail("Variables holds %q, which is no variable but a %s", v.Label(), v.kindText())
		case slices.Contains(r.Variables[:i], v):
			return r.fail("Variables holds %q twice", v.Label())
		}
	}
	return nil
}

func (r *run) notANumber(s shape) error {
	return r.fail("the loss %q is %s, want a number: use Mean or Sum", r.loss.Label(), s)
}

// learn holds the variables while it trains them, also if a report or a rule of somebody
// else's panics.
func (r *run) learn() error {
	r.attach()
	defer r.detach()
	return r.train()
}

// train makes the steps, and computes the loss with what came of them.
func (r *run) train() error {
	r.fit.Losses = make([]float64, 0, min(r.Steps, 1<<16))
	for r.fit.Steps < r.Steps {
		if err := r.Context.Err(); err != nil {
			return r.stopped(err)
		}
		if done, err := r.step(); done || err != nil {
			return err
		}
	}
	return r.ended("all steps made")
}

// stopped ends a training whose context was cancelled.
func (r *run) stopped(cause error) error {
	if err := r.measure(r.batches.all); err != nil {
		return err
	}
	r.fit.Reason = "stopped"
	return fmt.Errorf("graph: Minimize: stopped after step %d of %d: %w", r.fit.Steps, r.Steps, cause)
}

// step computes loss and gradients on a batch and changes the variables.
func (r *run) step() (done bool, err error) {
	if err := r.measure(r.batches.next()); err != nil {
		return false, err
	}
	if r.Tolerance > 0 && r.learner.steepest() <= r.Tolerance {
		return true, r.ended("tolerance reached")
	}
	if done, err := r.update(); done || err != nil {
		return done, err
	}
	r.fit.Steps++
	r.fit.Losses = append(r.fit.Losses, r.fit.Loss)
	return r.judged()
}

// judged looks at the step that was made, and reports it.
func (r *run) judged() (done bool, err error) {
	var scores *Scores
	if r.judge.due() {
		if scores, err = r.judge.scores(); err != nil {
			return false, err
		}
	}
	if r.Report != nil {
		r.Report(Progress{Step: r.fit.Steps, Steps: r.Steps, Loss: r.fit.Loss, Elapsed: r.watch.elapsed(), Scores: scores})
	}
	if scores != nil && r.judge.tired() {
		return true, r.ended("no improvement")
	}
	return false, nil
}

// ended computes the final loss, with the best values if somebody judged them.
func (r *run) ended(reason string) error {
	r.fit.Reason = reason
	if r.judge != nil {
		r.judge.restore()
	}
	return r.measure(r.batches.all)
}

// measure computes the loss, and the gradients with it.
func (r *run) measure(fed map[*Node]*Tensor) error {
	r.adopt()
	var err error
	if r.fit.Loss, err = r.learner.measure(fed); err != nil {
		return err
	}
	if math.IsNaN(r.fit.Loss) || math.IsInf(r.fit.Loss, 0) {
		return r.diverged(fmt.Sprintf("the loss %q is %v", r.loss.Label(), r.fit.Loss))
	}
	return nil
}

// diverged ends a training that has left what numbers can express.
func (r *run) diverged(what string) error {
	r.fit.Reason = "diverged"
	if r.fit.Steps == 0 {
		return r.fail("%s before any step was made: look at the data and the first values of the variables", what)
	}
	return r.fail("%s after step %d: try a smaller rate, or scale the data", what, r.fit.Steps)
}

// update changes the variables, if all of the new values are numbers; or none. It reports
// whether the training has ended, because no step would be of use.
func (r *run) update() (done bool, err error) {
	if r.search != nil {
		done, err := r.search.step()
		switch {
		case err != nil && r.Context.Err() != nil:
			return false, r.stopped(err)
		case done:
			return true, r.ended("no progress")
		}
		return false, err
	}
	if err := r.learner.update(r.fit.Steps + 1); err != nil {
		return false, err
	}
	r.gate.Lock()
	defer r.gate.Unlock()
	r.learner.commit()
	r.gate.changes++
	return false, nil
}
