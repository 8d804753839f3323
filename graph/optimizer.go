package graph

import (
	"cmp"
	"fmt"
	"math"

	"gradbook/graph/kernels"
)

// An Optimizer is a rule by which training changes parameters. It holds settings
// only; what it must remember of one run is in the Rule that Start returns.
type Optimizer interface {
	// Start begins a run with parameters of the given sizes, or says what is wrong
	// with the settings.
	Start(sizes []int) (Rule, error)
}

// A Rule changes the parameters of one training run.
type Rule interface {
	// Update changes the values of the i-th parameter by its gradient, in place,
	// once each step; step counts from 1.
	Update(step, i int, values, gradient []float64)
}

// GradientDescent takes a step of Rate against the gradient: w ← w − Rate·∂w.
type GradientDescent struct {
	Rate float64 // 0 means 0.01
}

// Start checks the rate.
func (o GradientDescent) Start([]int) (Rule, error) {
	o.Rate = cmp.Or(o.Rate, 0.01)
	return o, positive("GradientDescent", "Rate", o.Rate)
}

// Update moves the values against the gradient.
func (o GradientDescent) Update(_, _ int, values, gradient []float64) { descend(o, values, gradient) }

func (o GradientDescent) update32(_, _ int, values, gradient []float32) { descend(o, values, gradient) }

func descend[T kernels.Float](o GradientDescent, values, gradient []T) {
	kernels.For[T]().Axpy(values, gradient, values, T(-o.Rate), 0)
}

// Momentum is gradient descent that keeps some of its speed:
// v ← Momentum·v + ∂w, w ← w − Rate·v (Polyak, 1964).
type Momentum struct {
	Rate     float64 // 0 means 0.01
	Momentum float64 // the share of speed that is kept, below 1; 0 means 0.9
}

// Start checks the settings.
func (o Momentum) Start(sizes []int) (Rule, error) {
	o.Rate, o.Momentum = cmp.Or(o.Rate, 0.01), cmp.Or(o.Momentum, 0.9)
	if err := fraction("Momentum", "Momentum", o.Momentum); err != nil {
		return nil, err
	}
	return &momentumRule{o, zeros(sizes)}, positive("Momentum", "Rate", o.Rate)
}

type momentumRule struct {
	Momentum
	speed [][]float64
}

func (r *momentumRule) Update(_, i int, values, gradient []float64) { roll(r, i, values, gradient) }

func (r *momentumRule) update32(_, i int, values, gradient []float32) { roll(r, i, values, gradient) }

func roll[T kernels.Float](r *momentumRule, i int, values, gradient []T) {
	speed := r.speed[i]
	for j, d := range gradient {
		speed[j] = float64(r.Momentum.Momentum*speed[j]) + float64(d)
		values[j] -= T(r.Rate * speed[j])
	}
}

// Adam gives every parameter a step of its own, by running means of its gradient
// and of the gradient's square (Kingma and Ba, 2015, algorithm 1).
type Adam struct {
	Rate    float64 // 0 means 0.001
	Beta1   float64 // decay of the mean; 0 means 0.9
	Beta2   float64 // decay of the mean square; 0 means 0.999
	Epsilon float64 // keeps the division finite; 0 means 1e-8
}

// Start checks the settings.
func (o Adam) Start(sizes []int) (Rule, error) {
	o.Rate, o.Epsilon = cmp.Or(o.Rate, 0.001), cmp.Or(o.Epsilon, 1e-8)
	o.Beta1, o.Beta2 = cmp.Or(o.Beta1, 0.9), cmp.Or(o.Beta2, 0.999)
	for _, err := range []error{fraction("Adam", "Beta1", o.Beta1), fraction("Adam", "Beta2", o.Beta2),
		positive("Adam", "Rate", o.Rate), positive("Adam", "Epsilon", o.Epsilon)} {
		if err != nil {
			return nil, err
		}
	}
	return &adamRule{o, zeros(sizes), zeros(sizes)}, nil
}

type adamRule struct {
	Adam
	mean, square [][]float64
}

func (r *adamRule) Update(step, i int, values, gradient []float64) {
	adapt(r, step, i, values, gradient)
}

func (r *adamRule) update32(step, i int, values, gradient []float32) {
	adapt(r, step, i, values, gradient)
}

func adapt[T kernels.Float](r *adamRule, step, i int, values, gradient []T) {
	unbias1 := 1 - math.Pow(r.Beta1, float64(step))
	unbias2 := 1 - math.Pow(r.Beta2, float64(step))
	m, v := r.mean[i], r.square[i]
	for j := range gradient {
		d := float64(gradient[j])
		m[j] = float64(r.Beta1*m[j]) + float64((1-r.Beta1)*d)
		v[j] = float64(r.Beta2*v[j]) + float64((1-r.Beta2)*d*d)
		values[j] -= T(r.Rate * (m[j] / unbias1) / (math.Sqrt(v[j]/unbias2) + r.Epsilon))
	}
}

func zeros(sizes []int) [][]float64 {
	z := make([][]float64, len(sizes))
	for i, n := range sizes {
		z[i] = make([]float64, n)
	}
	return z
}

func positive(optimizer, field string, v float64) error {
	if v > 0 && !math.IsInf(v, 0) {
		return nil
	}
	return &Error{Operation: optimizer, Problem: fmt.Sprintf("%s is %v, want a number above 0", field, v)}
}

func fraction(optimizer, field string, v float64) error {
	if v >= 0 && v < 1 {
		return nil
	}
	return &Error{Operation: optimizer, Problem: fmt.Sprintf("%s is %v, want a number from 0 to below 1", field, v)}
}
