package graph

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// A Random draws first values for variables. What it draws depends on its seed and on what
// it has drawn before, so that a notebook that is run again trains the same model:
//
//	random := graph.NewRandom(1)
//	w := graph.Variable("w", random.He(784, 128))
//
// It is for one goroutine at a time.
type Random struct{ source *rand.Rand }

// NewRandom begins a sequence of random numbers; the same seed gives the same one.
func NewRandom(seed uint64) *Random { return &Random{rand.New(rand.NewPCG(seed, 0))} }

// Uniform draws numbers that are equally likely anywhere from low to high. It panics with
// an [*Error] if low is above high, or a length is negative.
func (r *Random) Uniform(low, high float64, shape ...int) *Tensor {
	if !(low <= high) || math.IsInf(high-low, 0) {
		panic(&Error{Operation: "Uniform", Problem: fmt.Sprintf("from %v to %v, want numbers of which the second is not smaller", low, high)})
	}
	return r.draw("Uniform", shape, func() float64 { return low + float64((high-low)*r.source.Float64()) })
}

// Normal draws numbers around a mean, with a standard deviation. It panics with an [*Error]
// if the deviation is negative, or a length is.
func (r *Random) Normal(mean, deviation float64, shape ...int) *Tensor {
	if !(deviation >= 0) || math.IsInf(deviation, 0) || math.IsNaN(mean) || math.IsInf(mean, 0) {
		panic(&Error{Operation: "Normal", Problem: fmt.Sprintf("mean %v and deviation %v, want numbers of which the second is not negative", mean, deviation)})
	}
	return r.draw("Normal", shape, func() float64 { return mean + float64(deviation*r.source.NormFloat64()) })
}

// Glorot draws the weights of a layer that is followed by Tanh, Sigmoid or Softmax: uniform
// up to ±√(6/(inputs + outputs)), which keeps values and gradients of one size through many
// layers (Glorot and Bengio, Understanding the difficulty of training deep feedforward
// neural networks, 2010, equation 16). The shape is [inputs outputs], as MatMul has it, or
// [features channels height width], as Conv2D has it.
func (r *Random) Glorot(shape ...int) *Tensor {
	inputs, outputs := fans("Glorot", shape)
	limit := math.Sqrt(6 / float64(max(1, inputs+outputs)))
	return r.Uniform(-limit, limit, shape...)
}

// He draws the weights of a layer that is followed by ReLU: normal with a deviation of
// √(2/inputs), since half of what comes out of a ReLU is zero (He and others, Delving deep
// into rectifiers, 2015, equation 10). The shape is as for [Random.Glorot].
func (r *Random) He(shape ...int) *Tensor {
	inputs, _ := fans("He", shape)
	return r.Normal(0, math.Sqrt(2/float64(max(1, inputs))), shape...)
}

func (r *Random) draw(function string, shape []int, next func() float64) *Tensor {
	for _, n := range shape {
		if n < 0 {
			panic(&Error{Operation: function, Problem: fmt.Sprintf("shape %v has a negative length", shape)})
		}
	}
	t := newTensor(shape)
	for i := range t.data {
		t.data[i] = next()
	}
	return t
}

// fans counts how many numbers an output is computed from, and how many a number goes into.
func fans(function string, shape []int) (inputs, outputs int) {
	switch len(shape) {
	case 2:
		return shape[0], shape[1]
	case 4:
		window := shape[2] * shape[3]
		return shape[1] * window, shape[0] * window
	}
	panic(&Error{Operation: function, Problem: fmt.Sprintf("shape %v, want [inputs outputs], or [features channels height width] for Conv2D", shape)})
}
