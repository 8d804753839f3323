package graph

import (
	"cmp"
	"math"

	"gradbook/graph/kernels"
)

// Nesterov is gradient descent with momentum that looks ahead: v ← Momentum·v + ∂w,
// w ← w − Rate·(∂w + Momentum·v) (Nesterov, 1983; in this form Sutskever and others, 2013).
type Nesterov struct {
	Rate     float64 // 0 means 0.01
	Momentum float64 // the share of speed that is kept, below 1; 0 means 0.9
}

// Start checks the settings.
func (o Nesterov) Start(sizes []int) (Rule, error) {
	o.Rate, o.Momentum = cmp.Or(o.Rate, 0.01), cmp.Or(o.Momentum, 0.9)
	speed := zeros(sizes)
	return elementwiseRule(func(_, i, j int, _, d float64) float64 {
		speed[i][j] = float64(o.Momentum*speed[i][j]) + d
		return o.Rate * (d + float64(o.Momentum*speed[i][j]))
	}), firstError(fraction("Nesterov", "Momentum", o.Momentum), positive("Nesterov", "Rate", o.Rate))
}

// AdaGrad divides the rate of every parameter by the root of all its squared gradients so
// far, so that what seldom changes changes more (Duchi, Hazan and Singer, 2011).
type AdaGrad struct {
	Rate    float64 // 0 means 0.01
	Epsilon float64 // keeps the division finite; 0 means 1e-10
}

// Start checks the settings.
func (o AdaGrad) Start(sizes []int) (Rule, error) {
	o.Rate, o.Epsilon = cmp.Or(o.Rate, 0.01), cmp.Or(o.Epsilon, 1e-10)
	sums := zeros(sizes)
	return elementwiseRule(func(_, i, j int, _, d float64) float64 {
		sums[i][j] += float64(d * d)
		return o.Rate * d / (math.Sqrt(sums[i][j]) + o.Epsilon)
	}), firstError(positive("AdaGrad", "Rate", o.Rate), positive("AdaGrad", "Epsilon", o.Epsilon))
}

// RMSProp divides the rate of every parameter by the root of a running mean of its squared
// gradient (Tieleman and Hinton, 2012).
type RMSProp struct {
	Rate    float64 // 0 means 0.001
	Decay   float64 // of the mean square; 0 means 0.9
	Epsilon float64 // keeps the division finite; 0 means 1e-8
}

// Start checks the settings.
func (o RMSProp) Start(sizes []int) (Rule, error) {
	o.Rate, o.Decay, o.Epsilon = cmp.Or(o.Rate, 0.001), cmp.Or(o.Decay, 0.9), cmp.Or(o.Epsilon, 1e-8)
	squares := zeros(sizes)
	return elementwiseRule(func(_, i, j int, _, d float64) float64 {
		squares[i][j] = float64(o.Decay*squares[i][j]) + float64((1-o.Decay)*d*d)
		return o.Rate * d / (math.Sqrt(squares[i][j]) + o.Epsilon)
	}), firstError(fraction("RMSProp", "Decay", o.Decay), positive("RMSProp", "Rate", o.Rate), positive("RMSProp", "Epsilon", o.Epsilon))
}

// AdamW is [Adam] with weight decay that is no part of the gradient: each step also takes
// Rate·Decay·w off w (Loshchilov and Hutter, 2019).
type AdamW struct {
	Rate    float64 // 0 means 0.001
	Beta1   float64 // decay of the mean; 0 means 0.9
	Beta2   float64 // decay of the mean square; 0 means 0.999
	Epsilon float64 // keeps the division finite; 0 means 1e-8
	Decay   float64 // of the weights; 0 means 0.01
}

// Start checks the settings.
func (o AdamW) Start(sizes []int) (Rule, error) {
	o.Rate, o.Epsilon, o.Decay = cmp.Or(o.Rate, 0.001), cmp.Or(o.Epsilon, 1e-8), cmp.Or(o.Decay, 0.01)
	o.Beta1, o.Beta2 = cmp.Or(o.Beta1, 0.9), cmp.Or(o.Beta2, 0.999)
	mean, square := zeros(sizes), zeros(sizes)
	return elementwiseRule(func(step, i, j int, w, d float64) float64 {
			m, v := &mean[i][j], &square[i][j]
			*m = float64(o.Beta1**m) + float64((1-o.Beta1)*d)
			*v = float64(o.Beta2**v) + float64((1-o.Beta2)*d*d)
			unbiased1, unbiased2 := *m/(1-math.Pow(o.Beta1, float64(step))), *v/(1-math.Pow(o.Beta2, float64(step)))
			return o.Rate * (unbiased1/(math.Sqrt(unbiased2)+o.Epsilon) + float64(o.Decay*w))
		}), firstError(fraction("AdamW", "Beta1", o.Beta1), fraction("AdamW", "Beta2", o.Beta2), positive("AdamW", "Rate", o.Rate),
			positive("AdamW", "Epsilon", o.Epsilon), positive("AdamW", "Decay", o.Decay))
}

// elementwiseRule changes each element by itself: the function says what to take off
// element j of parameter i, whose value is w and whose gradient is d.
type elementwiseRule func(step, i, j int, w, d float64) float64

// Update takes off each value what the function says.
func (f elementwiseRule) Update(step, i int, values, gradient []float64) {
	change(f, step, i, values, gradient)
}

func (f elementwiseRule) update32(step, i int, values, gradient []float32) {
	change(f, step, i, values, gradient)
}

func change[T kernels.Float](f elementwiseRule, step, i int, values, gradient []T) {
	for j, d := range gradient {
		values[j] -= T(f(step, i, j, float64(values[j]), float64(d)))
	}
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
