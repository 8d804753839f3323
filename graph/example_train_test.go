package graph_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"gradbook/graph"
)

// Two numbers are found from four points of the line 2x + 1.
func ExampleMinimize() {
	x, y := graph.Placeholder("x"), graph.Placeholder("y")
	w, b := graph.Variable("w", 0), graph.Variable("b", 0)
	loss := w.Multiply(x).Add(b).Subtract(y).Square().Mean()

	fit, err := graph.Minimize(loss, graph.Training{
		Feed:      graph.Feed{x: []float64{0, 1, 2, 3}, y: []float64{1, 3, 5, 7}},
		Optimizer: graph.GradientDescent{Rate: 0.1},
		Steps:     5000,
		Tolerance: 1e-9,
	})
	fmt.Printf("%.6f %.6f %s %v\n", w.Value().Item(), b.Value().Item(), fit.Reason, err)
	// Output: 2.000000 1.000000 tolerance reached <nil>
}

// A rate that is too large makes every step overshoot by more.
func ExampleMinimize_diverged() {
	w := graph.Variable("w", 1)
	loss := w.Square().Named("loss")
	fit, err := graph.Minimize(loss, graph.Training{Optimizer: graph.GradientDescent{Rate: 1e60}})
	fmt.Println(fit.Reason)
	fmt.Println(err)
	// Output:
	// diverged
	// graph: Minimize: the loss "loss" is +Inf after step 3: try a smaller rate, or scale the data
}

func ExampleTraining_report() {
	w := graph.Variable("w", 1)
	graph.Minimize(w.Square(), graph.Training{
		Optimizer: graph.GradientDescent{Rate: 0.25},
		Steps:     3,
		Report: func(p graph.Progress) {
			fmt.Printf("step %d of %d: %.4f %v\n", p.Step, p.Steps, p.Loss, p.Done)
		},
	})
	// Output:
	// step 1 of 3: 1.0000 false
	// step 2 of 3: 0.2500 false
	// step 3 of 3: 0.0625 false
	// step 3 of 3: 0.0156 true
}

// Cancelling stops the training at the next step; what has been learned stays.
func ExampleTraining_context() {
	ctx, cancel := context.WithCancel(context.Background())
	w := graph.Variable("w", 1)
	_, err := graph.Minimize(w.Square(), graph.Training{
		Optimizer: graph.GradientDescent{Rate: 0.25},
		Context:   ctx,
		Report: func(p graph.Progress) {
			if p.Step == 2 {
				cancel()
			}
		},
	})
	fmt.Println(w.Value(), err)
	// Output: 0.25 graph: Minimize: stopped after step 2 of 1000: context canceled
}

// Every step sees two of the examples. The same seed deals them out the same way.
func ExampleTraining_batch() {
	x := graph.Placeholder("x")
	mean := graph.Variable("mean", 0)
	loss := x.Subtract(mean).Square().Mean()
	fit, _ := graph.Minimize(loss, graph.Training{
		Feed: graph.Feed{x: []float64{1, 2, 3, 4}}, Batch: 2, Seed: 1, Steps: 200,
	})
	fmt.Println(fit.Steps, len(fit.Losses), mean.Value().Item() > 2)
	// Output: 200 200 true
}

// Only b is changed; w stays as it is.
func ExampleTraining_variables() {
	w, b := graph.Variable("w", 2), graph.Variable("b", 0)
	loss := w.Add(b).Subtract(5).Square()
	graph.Minimize(loss, graph.Training{Variables: []*graph.Node{b}})
	fmt.Printf("%.3f %.3f\n", w.Value().Item(), b.Value().Item())
	// Output: 2.000 3.000
}

// valley is a loss that is steep in one direction and flat in the other.
func valley() *graph.Node {
	steep, flat := graph.Variable("steep", 1), graph.Variable("flat", 1)
	return steep.Square().Multiply(50).Add(flat.Square())
}

func ExampleGradientDescent() {
	fit, _ := graph.Minimize(valley(), graph.Training{Optimizer: graph.GradientDescent{Rate: 0.01}, Steps: 100})
	fmt.Printf("%.4f\n", fit.Loss)
	// Output: 0.0176
}

func ExampleMomentum() {
	fit, _ := graph.Minimize(valley(), graph.Training{Optimizer: graph.Momentum{Rate: 0.01, Momentum: 0.8}, Steps: 100})
	fmt.Printf("%.4f\n", fit.Loss)
	// Output: 0.0000
}

func ExampleAdam() {
	fit, _ := graph.Minimize(valley(), graph.Training{Optimizer: graph.Adam{Rate: 0.1}, Steps: 300})
	fmt.Printf("%.4f\n", fit.Loss)
	// Output: 0.0000
}

// A rule of one's own: it goes a fixed way against the gradient, however steep.
type fixedStep float64

func (f fixedStep) Start([]int) (graph.Rule, error) { return f, nil }

func (f fixedStep) Update(_, _ int, values, gradient []float64) {
	for j, d := range gradient {
		if d > 0 {
			values[j] -= float64(f)
		} else {
			values[j] += float64(f)
		}
	}
}

func ExampleOptimizer() {
	w := graph.Variable("w", 2)
	graph.Minimize(w.Square(), graph.Training{Optimizer: fixedStep(0.25), Steps: 6})
	fmt.Println(w.Value())
	// Output: 0.5
}

func ExampleExponentialDecay() {
	rate := graph.ExponentialDecay(0.5, 100)
	fmt.Println(rate(1), rate(101), rate(201))
	// Output: 1 0.5 0.25
}

func ExampleCosineDecay() {
	rate := graph.CosineDecay(100)
	fmt.Printf("%.2f %.2f %.2f\n", rate(1), rate(51), rate(101))
	// Output: 1.00 0.50 0.00
}

// A schedule scales the steps of any optimiser.
func ExampleWarmUp() {
	w := graph.Variable("w", 4)
	fit, err := graph.Minimize(w.Subtract(1).Square(), graph.Training{
		Optimizer: graph.Scheduled{Optimizer: graph.Adam{Rate: 0.1}, Scale: graph.WarmUp(10, graph.CosineDecay(190))},
		Steps:     200,
	})
	fmt.Printf("%.2f %v %v\n", w.Value().Item(), fit.Reason, err)
	// Output: 1.00 all steps made <nil>
}

// A trained model is kept in a file and loaded into the same model elsewhere.
func ExampleSave() {
	file := filepath.Join(os.TempDir(), "line.safetensors")
	defer os.Remove(file)
	w, b := graph.Variable("w", 3), graph.Variable("b", -1)
	fmt.Println(graph.Save(file, w.Multiply(2).Add(b)))
	// Output: <nil>
}

func ExampleLoad() {
	file := filepath.Join(os.TempDir(), "slope.safetensors")
	defer os.Remove(file)
	w := graph.Variable("w", 3)
	_ = graph.Save(file, w)
	_ = w.Set(0)
	fmt.Println(graph.Load(file, w), w)
	// Output: <nil> w = 3
}

// A layer begins with random weights; the same seed draws the same ones.
func ExampleNewRandom() {
	random := graph.NewRandom(1)
	x := graph.Placeholder("x", -1, 784)
	hidden := x.MatMul(random.He(784, 128)).ReLU()
	logits := hidden.MatMul(random.Glorot(128, 10))
	fmt.Println(logits.Shape())
	// Output: [-1 10] true
}

func ExampleRandom_He() {
	fmt.Println(graph.Variable("w", graph.NewRandom(1).He(784, 128)).Shape())
	// Output: [784 128] true
}

func ExampleRandom_Glorot() {
	fmt.Println(graph.Variable("filters", graph.NewRandom(1).Glorot(8, 1, 3, 3)).Shape())
	// Output: [8 1 3 3] true
}

func ExampleRandom_Normal() {
	noise := graph.NewRandom(1).Normal(0, 0.1, 1000)
	fmt.Println(noise.Size())
	// Output: 1000
}

func ExampleRandom_Uniform() {
	x := graph.NewRandom(1).Uniform(-1, 1, 3)
	fmt.Println(x.At(0) >= -1, x.At(0) <= 1)
	// Output: true true
}

// With few parameters and all the data at hand, LBFGS needs a handful of steps.
func ExampleLBFGS() {
	x, y := graph.Variable("x", -1.2), graph.Variable("y", 1)
	valley := graph.Subtract(1, x).Square().Add(y.Subtract(x.Square()).Square().Multiply(100)) // Rosenbrock's
	fit, err := graph.Minimize(valley, graph.Training{Optimizer: graph.LBFGS{}, Steps: 200, Tolerance: 1e-6})
	fmt.Printf("x = %.5f, y = %.5f, %s: %v %v\n", x.Value().Item(), y.Value().Item(), fit.Reason, fit.Steps < 60, err)
	// Output: x = 1.00000, y = 1.00000, tolerance reached: true <nil>
}

// A training is judged on data that it does not learn from: after every tenth step, by the
// loss and by another number.
func ExampleScores() {
	x, y := graph.Placeholder("x"), graph.Placeholder("y")
	difference := graph.Variable("w", 0.5).Multiply(x).Subtract(y)
	fit, err := graph.Minimize(difference.Square().Mean(), graph.Training{
		Feed:       graph.Feed{x: []float64{1, 2, 3}, y: []float64{3, 6, 9}},
		Steps:      30,
		Validation: graph.Feed{x: []float64{4, 5}, y: []float64{12, 15}},
		Every:      10,
		Metrics:    []*graph.Node{difference.Abs().Max().Named("farthest")},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range fit.Validation {
		fmt.Printf("step %d: loss %.3f, farthest %.3f\n", s.Step, s.Loss, s.Metrics["farthest"])
	}
	// Output:
	// step 10: loss 18.055, farthest 4.692
	// step 20: loss 2.544, farthest 1.761
	// step 30: loss 0.359, farthest 0.661
}
