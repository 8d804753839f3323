package graph

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"time"
)

// Training says how Minimize works. Only Feed is needed, and that only if the loss
// depends on placeholders.
type Training struct {
	// Feed is the data. Where Batch is set, the first axis of every value counts
	// the examples.
	Feed Feed

	Optimizer Optimizer // nil means GradientDescent{} with its rate of 0.01
	Steps     int       // at most so many; 0 means 1000

	// Batch is how many examples each step sees; they are drawn anew, without
	// repetition, for every pass over the data. 0 means all of them in every step.
	Batch int
	Seed  uint64 // of the drawing: the same seed gives the same run

	// Tolerance ends the training early, once the gradient's largest element is no
	// larger in size. 0 means never.
	Tolerance float64

	// Report, if not nil, is called after every step, and once more at the end
	// with Done set, from the goroutine that called Minimize.
	Report func(Progress)

	// Context stops the training at the next step when it is cancelled; what has
	// been learned stays. In a notebook, nil means that of the running cell.
	Context context.Context

	Variables []*Node // what to change; nil means all that the loss depends on
}

// withDefaults is the one place where a zero acquires its meaning.
func (t Training) withDefaults(loss *Node) Training {
	if t.Optimizer == nil {
		t.Optimizer = GradientDescent{}
	}
	t.Steps = cmp.Or(t.Steps, 1000)
	if t.Context == nil {
		t.Context = context.Background()
	}
	if t.Variables == nil {
		t.Variables = loss.Variables()
	}
	if t.Report == nil {
		t.Report = func(Progress) {}
	}
	return t
}

// Progress is what Minimize knows after a step.
type Progress struct {
	Step, Steps int     // the step just made, counted from 1, and how many at most
	Loss        float64 // before that step changed the parameters
	Elapsed     time.Duration
	Done        bool // this is the last report
}

// A Fit is what came of a training.
type Fit struct {
	Loss    float64   // with the parameters as they are now
	Losses  []float64 // one for every step, from before the step
	Steps   int       // how many were made
	Reason  string    // why it ended: "all steps made", "tolerance reached", "stopped", "diverged"
	Elapsed time.Duration
}

// String sums the fit up in one line.
func (f *Fit) String() string {
	return fmt.Sprintf("loss %.6g after %d steps in %v (%s)", f.Loss, f.Steps, f.Elapsed.Round(time.Millisecond), f.Reason)
}

// Minimize changes the variables that loss depends on, step by step, so that it
// becomes smaller. The loss must be a single number: use Mean or Sum.
//
// When it is stopped by its context, or the loss becomes infinite or NaN, it
// returns an error that says at which step, and the Fit up to there. The variables
// keep the values that they have then.
func Minimize(loss *Node, t Training) (*Fit, error) {
	if loss == nil {
		return nil, &Error{Operation: "Minimize", Problem: "the loss is a nil *Node"}
	}
	t = t.withDefaults(loss)
	r, err := newRun(loss, t)
	if err != nil {
		return nil, err
	}
	err = r.train()
	r.fit.Elapsed = time.Since(r.began)
	t.Report(Progress{r.fit.Steps, t.Steps, r.fit.Loss, r.fit.Elapsed, true})
	return &r.fit, err
}

// A run is one training under way.
type run struct {
	Training
	loss    *Node
	program *program // the loss, then the gradients
	rule    Rule
	batches *batches
	fit     Fit
	began   time.Time
}

func newRun(loss *Node, t Training) (*run, error) {
	r := &run{Training: t, loss: loss, began: time.Now()}
	if err := r.check(); err != nil {
		return nil, err
	}
	var sizes []int
	for _, v := range t.Variables {
		sizes = append(sizes, len(v.Value().data))
	}
	fed, err := t.Feed.tensors()
	if err != nil {
		return nil, err
	}
	if r.rule, err = t.Optimizer.Start(sizes); err != nil {
		return nil, err
	}
	if r.batches, err = newBatches(fed, t.Batch, t.Seed); err != nil {
		return nil, err
	}
	r.program = compile(append([]*Node{loss}, Gradients(loss, t.Variables...)...))
	return r, nil
}

// check refuses what could never work, before anything runs.
func (r *run) check() error {
	fail := func(format string, args ...any) error {
		return &Error{Operation: "Minimize", Problem: fmt.Sprintf(format, args...)}
	}
	switch {
	case r.loss.shape.settled() && sizeOf(r.loss.shape.axes) != 1:
		return fail("the loss %q is %s, want a number: use Mean or Sum", r.loss.Label(), r.loss.shape)
	case len(r.Variables) == 0:
		return fail("the loss %q depends on no variable, so there is nothing to change", r.loss.Label())
	case r.Steps < 0:
		return fail("Steps is %d, want a number above 0", r.Steps)
	case r.Batch < 0:
		return fail("Batch is %d, want a number of examples, or 0 for all", r.Batch)
	case r.Tolerance < 0 || math.IsNaN(r.Tolerance):
		return fail("Tolerance is %v, want a number above 0", r.Tolerance)
	}
	for _, v := range r.Variables {
		if v == nil || v.Kind() != Parameter {
			return fail("Variables holds what is no variable")
		}
	}
	return nil
}

// train makes the steps.
func (r *run) train() error {
	r.fit.Reason = "all steps made"
	for r.fit.Steps < r.Steps {
		if err := r.Context.Err(); err != nil {
			r.fit.Reason = "stopped"
			return fmt.Errorf("graph: Minimize: stopped after step %d of %d: %w", r.fit.Steps, r.Steps, err)
		}
		done, err := r.step()
		if err != nil {
			return err
		}
		if done {
			r.fit.Reason = "tolerance reached"
			break
		}
	}
	return r.finish()
}

// step computes loss and gradients on a batch and changes the variables.
func (r *run) step() (done bool, err error) {
	if err := r.program.run(r.batches.next()); err != nil {
		return false, err
	}
	loss := r.program.output(0)
	if len(loss.data) != 1 {
		return false, &Error{Operation: "Minimize", Problem: fmt.Sprintf("the loss %q is %s, want a number: use Mean or Sum", r.loss.Label(), shapeText(loss.shape))}
	}
	r.fit.Loss = loss.data[0]
	r.fit.Losses = append(r.fit.Losses, r.fit.Loss)
	if math.IsNaN(r.fit.Loss) || math.IsInf(r.fit.Loss, 0) {
		r.fit.Reason = "diverged"
		return false, &Error{Operation: "Minimize", Problem: fmt.Sprintf("the loss %q became %v at step %d: try a smaller rate, or scale the data", r.loss.Label(), r.fit.Loss, r.fit.Steps+1)}
	}
	if r.Tolerance > 0 && r.steepest() <= r.Tolerance {
		return true, nil
	}
	r.fit.Steps++
	for i, v := range r.Variables {
		v.change(func(values []float64) { r.rule.Update(r.fit.Steps, i, values, r.program.output(i+1).data) })
	}
	r.Report(Progress{r.fit.Steps, r.Steps, r.fit.Loss, time.Since(r.began), false})
	return false, nil
}

// steepest is the largest element of the gradient, by size.
func (r *run) steepest() float64 {
	largest := 0.0
	for i := range r.Variables {
		for _, d := range r.program.output(i + 1).data {
			largest = max(largest, math.Abs(d))
		}
	}
	return largest
}

// finish computes the loss with the final parameters, on all the data.
func (r *run) finish() error {
	if err := r.program.run(r.batches.all); err != nil {
		return err
	}
	r.fit.Loss = r.program.output(0).data[0]
	return nil
}

// change gives a variable new values. Tensors do not change once they are made, so
// a copy is changed: whoever holds the old value keeps it.
func (n *Node) change(update func([]float64)) {
	n.mu.Lock()
	defer n.mu.Unlock()
	t := &Tensor{n.value.shape, slices.Clone(n.value.data)}
	update(t.data)
	n.value = t
}

// batches deals the examples out.
type batches struct {
	all    map[*Node]*Tensor
	size   int // examples a batch; 0 means all at once
	order  []int
	random *rand.Rand
	at     int
	batch  map[*Node]*Tensor
}

func newBatches(all map[*Node]*Tensor, size int, seed uint64) (*batches, error) {
	b := &batches{all: all, size: size, random: rand.New(rand.NewPCG(seed, 0))}
	if size == 0 {
		return b, nil
	}
	examples := -1
	for n, t := range all {
		if t.Rank() == 0 || examples >= 0 && t.shape[0] != examples {
			return nil, &Error{Operation: "Minimize", Problem: fmt.Sprintf("with Batch, every value of the feed needs one first axis that counts the examples; %q was fed %s", n.Label(), shapeText(t.shape))}
		}
		examples = t.shape[0]
	}
	if size >= examples {
		b.size = 0
		return b, nil
	}
	b.order, b.at = b.random.Perm(examples), 0
	b.batch = make(map[*Node]*Tensor, len(all))
	for n, t := range all {
		b.batch[n] = newTensor(append([]int{size}, t.shape[1:]...))
	}
	return b, nil
}

// next returns the next batch. What is left over at the end of a pass is too small
// for a batch and waits for another shuffle.
func (b *batches) next() map[*Node]*Tensor {
	if b.size == 0 {
		return b.all
	}
	if b.at+b.size > len(b.order) {
		b.random.Shuffle(len(b.order), func(i, j int) { b.order[i], b.order[j] = b.order[j], b.order[i] })
		b.at = 0
	}
	for n, t := range b.all {
		row := len(t.data) / t.shape[0]
		for i, example := range b.order[b.at : b.at+b.size] {
			copy(b.batch[n].data[i*row:(i+1)*row], t.data[example*row:(example+1)*row])
		}
	}
	b.at += b.size
	return b.batch
}
