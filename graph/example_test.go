package graph_test

import (
	"fmt"

	"gradbook/graph"
)

func Example() {
	x, y := graph.Placeholder("x"), graph.Placeholder("y")
	w, b := graph.Variable("w", 0.5), graph.Variable("b", 1)
	prediction := w.Multiply(x).Add(b)
	loss := prediction.Subtract(y).Square().Mean()

	before, _ := loss.Compute(graph.Feed{x: 10, y: 4})
	fit, err := graph.Minimize(loss, graph.Training{
		Feed:      graph.Feed{x: []float64{1, 2, 3}, y: []float64{3, 5, 7}},
		Optimizer: graph.GradientDescent{Rate: 0.1},
		Steps:     500,
	})
	answer, _ := prediction.Compute(graph.Feed{x: 17})
	fmt.Println(before, fit.Steps, err)
	fmt.Printf("%.2f\n", answer.Item())
	// Output:
	// 4 500 <nil>
	// 35.00
}

// A gradient is a node like any other: it can be computed, drawn, or differentiated
// again.
func ExampleGradient() {
	x := graph.Placeholder("x")
	cube := x.Power(3)
	slope := graph.Gradient(cube, x)
	curvature := graph.Gradient(slope, x)
	values, _ := graph.Compute(graph.Feed{x: []float64{1, 2, 3}}, cube, slope, curvature)
	for _, v := range values {
		fmt.Println(v)
	}
	// Output:
	// [1 8 27]
	// [3 12 27]
	// [6 12 18]
}

func ExampleGradients() {
	w, b := graph.Variable("w", 2), graph.Variable("b", 3)
	both := graph.Gradients(w.Multiply(b), w, b)
	values, _ := graph.Compute(nil, both...)
	fmt.Println(values[0], values[1])
	// Output: 3 2
}

func ExampleNode_Compute() {
	x, y, z := graph.Placeholder("x"), graph.Placeholder("y"), graph.Placeholder("z")
	n := x.Add(y).Subtract(z)
	fmt.Println(n.Formula())
	fmt.Println(n.Compute(graph.Feed{x: 3, y: 4, z: 5}))
	fmt.Println(n.Compute(graph.Feed{x: 3}))
	// Output:
	// x + y − z
	// 2 <nil>
	// <nil> graph: placeholder "y" was not fed
}

func ExampleCompute() {
	x := graph.Placeholder("x")
	values, _ := graph.Compute(graph.Feed{x: []float64{1, 2, 3}}, x.Mean(), x.Square().Sum())
	fmt.Println(values[0], values[1])
	// Output: 2 14
}

func ExampleNode_LocalDerivatives() {
	w, x := graph.Variable("w", 0.5), graph.Placeholder("x")
	for _, d := range w.Multiply(x).LocalDerivatives() {
		fmt.Println(d.Formula())
	}
	// Output:
	// x
	// w
}

// Back-propagation, beside what happens to the error when a value is changed a little.
func ExampleCheckGradients() {
	x, y := graph.Placeholder("x"), graph.Placeholder("y")
	w, b := graph.Variable("w", 0.5), graph.Variable("b", 1)
	squared := w.Multiply(x).Add(b).Subtract(y).Square()
	check, err := graph.CheckGradients(squared, graph.Feed{x: 10, y: 4}, w, b)
	for _, row := range check.Rows {
		fmt.Printf("∂/∂%s %.4f %.4f\n", row.Node.Label(), row.Gradient, row.Measured)
	}
	fmt.Println(check.OK(1e-6), err)
	// Output:
	// ∂/∂w 40.0000 40.0000
	// ∂/∂b 4.0000 4.0000
	// true <nil>
}

func ExampleNode_Set() {
	w := graph.Variable("w", 0.5)
	fmt.Println(w.Set(2), w.Value())
	fmt.Println(w.Set([]float64{1, 2}))
	// Output:
	// <nil> 2
	// graph: Set: "w" is a number: the new value is [2]
}
