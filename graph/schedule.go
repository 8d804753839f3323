package graph

import (
	"cmp"
	"fmt"
	"math"
)

// Scheduled changes how large the steps of another optimiser are as the training goes on:
// what a step changes is multiplied by what Scale says, with steps counted from 1.
// [ExponentialDecay], [CosineDecay] and [WarmUp] make such functions.
type Scheduled struct {
	Optimizer Optimizer
	Scale     func(step int) float64
}

// Start begins the other optimiser.
func (o Scheduled) Start(sizes []int) (Rule, error) {
	switch {
	case o.Optimizer == nil:
		return nil, &Error{Operation: "Scheduled", Problem: "Optimizer is nil, want one, such as Adam{}"}
	case o.Scale == nil:
		return nil, &Error{Operation: "Scheduled", Problem: "Scale is nil, want a function, such as CosineDecay(1000)"}
	}
	rule, err := o.Optimizer.Start(sizes)
	return scheduledRule{rule, o.Scale, zeros(sizes)}, err
}

type scheduledRule struct {
	Rule
	scale  func(step int) float64
	before [][]float64
}

func (r scheduledRule) looks() bool          { return looks(r.Rule) }
func (r scheduledRule) prepare(norm float64) { prepare(r.Rule, norm) }

// Update lets the other rule make its step, and goes only a part of it.
func (r scheduledRule) Update(step, i int, values, gradient []float64) {
	copy(r.before[i], values)
	r.Rule.Update(step, i, values, gradient)
	scale := r.scale(step)
	for j, old := range r.before[i] {
		values[j] = old + float64(scale*(values[j]-old))
	}
}

// ExponentialDecay is a schedule that begins at 1 and falls to rate after so many steps,
// to rate² after twice as many, and so on.
func ExponentialDecay(rate float64, steps int) func(step int) float64 {
	return func(step int) float64 { return math.Pow(rate, float64(step-1)/float64(steps)) }
}

// CosineDecay is a schedule that falls from 1 to 0 over so many steps, slowly at both ends
// (Loshchilov and Hutter, 2017).
func CosineDecay(steps int) func(step int) float64 {
	return func(step int) float64 {
		return (1 + math.Cos(math.Pi*min(1, float64(step-1)/float64(steps)))) / 2
	}
}

// WarmUp is a schedule that rises from nearly 0 to 1 over so many steps and is then what
// comes after it, whose steps count from there; nil is always 1.
func WarmUp(steps int, then func(step int) float64) func(step int) float64 {
	return func(step int) float64 {
		switch {
		case step <= steps:
			return float64(step) / float64(steps+1)
		case then == nil:
			return 1
		}
		return then(step - steps)
	}
}

// Regularized prepares gradients for another optimiser: it adds Decay·w to the gradient of
// w, which draws values to 0, and then limits them to what Clip allows. Before that, all
// gradients together are shortened to what ClipNorm allows (Pascanu, Mikolov and Bengio,
// 2013), as is usual for recurrent networks.
type Regularized struct {
	Optimizer Optimizer
	Decay     float64 // 0 means no decay
	Clip      float64 // the largest size of an element of a gradient; 0 means no limit
	ClipNorm  float64 // the largest length of all gradients, as one vector; 0 means no limit
}

// Start begins the other optimiser.
func (o Regularized) Start(sizes []int) (Rule, error) {
	if o.Optimizer == nil {
		return nil, &Error{Operation: "Regularized", Problem: "Optimizer is nil, want one, such as Adam{}"}
	}
	if !(o.Decay >= 0) || !(o.Clip >= 0) || !(o.ClipNorm >= 0) {
		return nil, &Error{Operation: "Regularized", Problem: fmt.Sprintf("Decay is %v, Clip %v and ClipNorm %v, want numbers from 0 on", o.Decay, o.Clip, o.ClipNorm)}
	}
	rule, err := o.Optimizer.Start(sizes)
	o.Clip, o.ClipNorm = cmp.Or(o.Clip, math.Inf(1)), cmp.Or(o.ClipNorm, math.Inf(1))
	return &regularizedRule{rule, o, zeros(sizes), 1}, err
}

type regularizedRule struct {
	Rule
	Regularized
	gradient [][]float64
	scale    float64 // of all gradients, in this step
}

func (r *regularizedRule) looks() bool { return !math.IsInf(r.ClipNorm, 1) || looks(r.Rule) }

func (r *regularizedRule) prepare(norm float64) {
	r.scale = min(1, r.ClipNorm/norm)
	prepare(r.Rule, norm*r.scale)
}

func looks(rule Rule) bool {
	p, ok := rule.(preparer)
	return ok && p.looks()
}

// prepare hands on what another rule wants to know.
func prepare(rule Rule, norm float64) {
	if p, ok := rule.(preparer); ok {
		p.prepare(norm)
	}
}

// Update hands the prepared gradient on.
func (r *regularizedRule) Update(step, i int, values, gradient []float64) {
	for j, d := range gradient {
		r.gradient[i][j] = min(max(float64(d*r.scale)+float64(r.Decay*values[j]), -r.Clip), r.Clip)
	}
	r.Rule.Update(step, i, values, r.gradient[i])
}
