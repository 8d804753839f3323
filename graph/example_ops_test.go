package graph_test

import (
	"fmt"

	"gradbook/graph"
)

// Shapes broadcast: the row is added to both rows of the matrix.
func ExampleAdd() {
	fmt.Println(graph.Add([][]float64{{1, 2}, {3, 4}}, []float64{10, 20}).Compute())
	// Output:
	// [[11 22]
	//  [13 24]] <nil>
}

func ExampleSubtract() {
	fmt.Println(graph.Subtract([]float64{5, 7}, 2).Compute())
	// Output: [3 5] <nil>
}

func ExampleMultiply() {
	w, x := graph.Variable("w", 0.5), graph.Placeholder("x")
	fmt.Println(graph.Multiply(w, x).Compute(graph.Feed{x: 10}))
	// Output: 5 <nil>
}

// A column times a row is a table of all products.
func ExampleMultiply_table() {
	column, row := [][]float64{{1}, {2}, {3}}, []float64{1, 2, 3}
	table, _ := graph.Multiply(column, row).Compute()
	fmt.Println(table)
	// Output:
	// [[1 2 3]
	//  [2 4 6]
	//  [3 6 9]]
}

func ExampleDivide() {
	fmt.Println(graph.Divide([]float64{1, 3}, 4).Compute())
	// Output: [0.25 0.75] <nil>
}

func ExampleNegate() {
	fmt.Println(graph.Negate([]float64{1, -2}).Compute())
	// Output: [-1 2] <nil>
}

func ExampleSquare() {
	fmt.Println(graph.Square([]float64{1, 2, 3}).Compute())
	// Output: [1 4 9] <nil>
}

func ExamplePower() {
	fmt.Println(graph.Power([]float64{1, 4, 9}, 1.5).Compute())
	// Output: [1 8 27] <nil>
}

func ExampleExp() {
	fmt.Println(graph.Exp([]float64{0, 1}).Compute())
	// Output: [1 2.7182818] <nil>
}

func ExampleLog() {
	fmt.Println(graph.Log([]float64{1, 10}).Compute())
	// Output: [0 2.3025851] <nil>
}

func ExampleSqrt() {
	fmt.Println(graph.Sqrt([]float64{4, 2}).Compute())
	// Output: [2 1.4142136] <nil>
}

func ExampleTanh() {
	fmt.Println(graph.Tanh([]float64{-1, 0, 1}).Compute())
	// Output: [-0.76159416 0 0.76159416] <nil>
}

func ExampleSigmoid() {
	fmt.Println(graph.Sigmoid([]float64{-2, 0, 2}).Compute())
	// Output: [0.11920292 0.5 0.88079708] <nil>
}

func ExampleReLU() {
	fmt.Println(graph.ReLU([]float64{-1, 0, 2}).Compute())
	// Output: [0 0 2] <nil>
}

// Without axes all elements are added; with axis 0 the rows are, with −1 or 1 the
// columns.
func ExampleSum() {
	m := graph.Constant([][]float64{{1, 2, 3}, {4, 5, 6}})
	values, _ := graph.Compute(nil, m.Sum(), m.Sum(0), m.Sum(-1))
	fmt.Println(values[0], values[1], values[2])
	// Output: 21 [5 7 9] [6 15]
}

func ExampleMean() {
	m := graph.Constant([][]float64{{1, 2, 3}, {4, 5, 6}})
	values, _ := graph.Compute(nil, m.Mean(), m.Mean(0), m.Mean(1))
	fmt.Println(values[0], values[1], values[2])
	// Output: 3.5 [2.5 3.5 4.5] [2 5]
}

func ExampleMatMul() {
	product := graph.MatMul([][]float64{{1, 2}, {3, 4}}, []float64{1, -1})
	fmt.Println(product.Compute())
	// Output: [-1 -1] <nil>
}

func ExampleTranspose() {
	fmt.Println(graph.Transpose([][]float64{{1, 2, 3}, {4, 5, 6}}).Compute())
	// Output:
	// [[1 4]
	//  [2 5]
	//  [3 6]] <nil>
}

func ExampleReshape() {
	fmt.Println(graph.Reshape([]float64{1, 2, 3, 4, 5, 6}, 2, -1).Compute())
	// Output:
	// [[1 2 3]
	//  [4 5 6]] <nil>
}
