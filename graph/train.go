package graph

import (
	"cmp"
	"context"
	"fmt"
	"time"
)

// Training says how [Minimize] works. Only Feed is needed, and that only if the loss
// depends on placeholders.
type Training struct {
	// Feed is the data. Where Batch is set, the first axis of every value counts
	// the examples; a number, such as the rate of a dropout, is the same for all of them.
	Feed Feed

	Optimizer Optimizer // nil means GradientDescent{} with its rate of 0.01
	Steps     int       // at most so many; 0 means 1000

	// Batch is how many examples each step sees. For every pass over the data they
	// are shuffled anew and dealt out without repetition; a rest that is too small
	// for a batch is left out of that pass. 0 means all of them in every step, as
	// does a number that is no smaller than there are.
	Batch int
	Seed  uint64 // of the drawing: the same seed gives the same run

	// Tolerance ends the training early, once the gradient's largest element is no
	// larger in size. 0 means never.
	Tolerance float64

	// Validation is data that the training does not learn from. The loss on it is computed
	// after every step, or after every so many and the last one, as Every says, and the
	// variables end with the values that made it smallest. With Patience the training ends
	// once so many steps have not made it smaller; 0 means never.
	Validation Feed
	Every      int // 0 means 1
	Patience   int

	// Metrics are further numbers that are computed on Validation, such as an accuracy:
	// nodes with a single number, and names of their own. They change nothing.
	Metrics []*Node

	// Report, if not nil, is called after every step, and once more at the end
	// with Done set and the final loss, from the goroutine that called Minimize. Do
	// little in it, or do it seldom: the training waits. display.LiveLoss() makes one.
	Report func(Progress)

	// Context stops the training at the next step when it is cancelled; what has
	// been learned stays. Nil means that nothing does; in a notebook, the Stop button.
	Context context.Context

	// Float32 computes with numbers of 32 bits, about seven digits, though the variables have
	// 64, about sixteen. Large models are trained up to twice as fast. Variables of type
	// float32 are always trained so.
	Float32 bool

	Variables []*Node // what to change; nil means all that the loss depends on
}

// withDefaults is the one place where a zero acquires its meaning.
func (t Training) withDefaults(loss *Node) Training {
	if t.Optimizer == nil {
		t.Optimizer = GradientDescent{}
	}
	t.Steps = cmp.Or(t.Steps, 1000)
	t.Every = cmp.Or(t.Every, 1)
	if t.Context == nil {
		t.Context = context.Background()
	}
	if t.Variables == nil {
		t.Variables = loss.Variables()
	}
	return t
}

// Progress is what [Minimize] knows after a step.
type Progress struct {
	Step, Steps int           // the step just made, counted from 1, and how many at most
	Loss        float64       // on the step's batch, before the step changed the variables; at the end as Fit.Loss
	Elapsed     time.Duration // since the training began; of steps that take microseconds, several may tell the same time
	Done        bool          // this is the last report

	// Scores is what the step brought on the data in Training.Validation; nil after a step
	// that was not judged, and at the end.
	Scores *Scores
}

// Scores are what variables are worth on data that they were not trained with.
type Scores struct {
	Step    int // after which they had their values
	Loss    float64
	Metrics map[string]float64 // those of Training.Metrics, by name; nil if there are none
}

// A Fit is what came of a training.
type Fit struct {
	Loss    float64   // on all the data, with the variables as they are now
	Losses  []float64 // one for every step, on its batch, from before the step
	Steps   int       // how many were made
	Reason  string    // why it ended: "all steps made", "tolerance reached", "no improvement", "no progress", "stopped", "diverged" or "failed"
	Elapsed time.Duration

	// Validation has the scores on Training.Validation, in the order of the steps. The
	// variables have the values of the step with the smallest loss there.
	Validation []Scores
}

// String sums the fit up in one line.
func (f *Fit) String() string {
	return fmt.Sprintf("loss %.6g after %d steps in %v (%s)", f.Loss, f.Steps, f.Elapsed.Round(time.Millisecond), f.Reason)
}
