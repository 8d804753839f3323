package graph_test

import (
	"fmt"

	"gonum.org/v1/gonum/mat"

	"gradbook/graph"
)

// Without a shape a placeholder takes whatever it is fed.
func ExamplePlaceholder() {
	x := graph.Placeholder("x")
	double := x.Multiply(2)
	fmt.Println(double.Compute(graph.Feed{x: 3}))
	fmt.Println(double.Compute(graph.Feed{x: []float64{1, 2}}))
	// Output:
	// 6 <nil>
	// [2 4] <nil>
}

// With a shape it says what does not fit; −1 is any number of examples.
func ExamplePlaceholder_shape() {
	images := graph.Placeholder("images", -1, 2)
	fmt.Println(images.Sum(1).Compute(graph.Feed{images: [][]float64{{1, 2}, {3, 4}}}))
	fmt.Println(images.Compute(graph.Feed{images: []float64{1, 2}}))
	// Output:
	// [3 7] <nil>
	// <nil> graph: Feed: placeholder "images" is [? 2] and was fed [2]
}

func ExampleVariable() {
	w := graph.Variable("w", []float64{0.1, 0.2})
	fmt.Println(w)
	// Output: w = [0.1 0.2]
}

func ExampleConstant() {
	units := graph.Constant(mat.NewDense(2, 2, []float64{1, 0, 0, 1}))
	fmt.Println(units)
	// Output:
	// [[1 0]
	//  [0 1]]
}

// Printed, a node is its name and its formula.
func ExampleNode_String() {
	w, x, y := graph.Variable("w", 0.5), graph.Placeholder("x"), graph.Placeholder("y")
	loss := w.Multiply(x).Subtract(y).Square().Mean().Named("loss")
	fmt.Println(loss)
	fmt.Println(w)
	fmt.Println(x)
	// Output:
	// loss = mean((w·x − y)²)
	// w = 0.5
	// x
}

// Nodes given to Formula are written by their names.
func ExampleNode_Formula() {
	w, x, y := graph.Variable("w", 0.5), graph.Placeholder("x"), graph.Placeholder("y")
	prediction := w.Multiply(x).Named("prediction")
	loss := prediction.Subtract(y).Square()
	fmt.Println(loss.Formula())
	fmt.Println(loss.Formula(prediction))
	// Output:
	// (w·x − y)²
	// (prediction − y)²
}

// A node has the name of the Go variable that holds it, unless it was given another.
func ExampleNode_Named() {
	x := graph.Placeholder("x")
	product := x.Multiply(3)
	fmt.Println(product.Label())
	product.Named("price")
	fmt.Println(product.Label())
	// Output:
	// multiply
	// price
}

func ExampleNode_HeldBy() {
	sum := graph.Add(graph.Placeholder("x"), 1)
	sum.HeldBy("sum") // a notebook does this for every variable
	sum.HeldBy("alias")
	fmt.Println(sum.Name())
	// Output: sum
}

// The parts of a graph, from which it can be walked and drawn.
func ExampleNode_Inputs() {
	w, x := graph.Variable("w", 0.5), graph.Placeholder("x")
	product := w.Multiply(x)
	fmt.Println(product.Operation(), product.Symbol())
	for _, n := range product.Inputs() {
		fmt.Println(n.Label(), n.Operation(), n.Kind() == graph.Parameter)
	}
	fmt.Println(len(product.Variables()), len(product.Placeholders()))
	// Output:
	// multiply ×
	// w variable true
	// x placeholder false
	// 1 1
}

func ExampleNode_Shape() {
	batch, w := graph.Placeholder("batch", -1, 3), graph.Variable("w", [][]float64{{1}, {2}, {3}})
	fmt.Println(batch.MatMul(w).Shape())
	fmt.Println(graph.Placeholder("anything").Shape())
	// Output:
	// [-1 1] true
	// [] false
}

func ExampleNewTensor() {
	t, err := graph.NewTensor([][]int{{1, 2}, {3, 4}})
	fmt.Println(t.Shape(), t.Rank(), t.Size(), t.At(1, 0), t.Float64s(), err)
	_, err = graph.NewTensor([][]int{{1, 2}, {3}})
	fmt.Println(err)
	// Output:
	// [2 2] 2 4 3 [1 2 3 4] <nil>
	// graph: [][]int: its rows differ in length: one has 2 elements and another 1
}

// Variables decide with which type of numbers a graph computes; data and constants adapt.
func ExampleFloat32() {
	w, x := graph.Variable("w", graph.Float32([]float64{0.1, 0.2})), graph.Placeholder("x")
	product := w.Multiply(x)
	value, _ := product.Compute(graph.Feed{x: 3})
	fmt.Println(product.Type(), value.Type(), value, len(value.Float32s()))
	// Output: float32 float32 [0.3 0.6] 2
}

func ExampleFloat64() {
	short := graph.Float32(0.1)
	fmt.Println(short, graph.Float64(short), graph.Float64(0.1))
	// Output: 0.1 0.10000000149011612 0.1
}

func ExampleTensor_Item() {
	mean, _ := graph.Mean([]float64{1, 2, 6}).Compute()
	fmt.Printf("%.1f\n", mean.Item())
	// Output: 3.0
}

// Nodes that do not fit are a mistake in the program: making one panics. A notebook
// shows the message at the line of the cell.
func ExampleError() {
	defer func() {
		err := recover().(*graph.Error)
		fmt.Println(err)
		fmt.Println(err.Operation, err.Operands[0].Label(), err.Operands[1].Label())
	}()
	w, x := graph.Variable("w", []float64{1, 2, 3}), graph.Placeholder("x", 4)
	w.Multiply(x)
	// Output:
	// graph: Multiply: "w" is [3], "x" is [4]
	// Multiply w x
}

func ExampleScope() {
	dense := func(name string, x, w, b *graph.Node) *graph.Node {
		return graph.Scope(name, x.MatMul(w).Add(b).Tanh(), x)
	}
	x := graph.Placeholder("x", -1, 2)
	w, b := graph.Variable("w", [][]float64{{1, 2}, {3, 4}}), graph.Variable("b", []float64{0, 0})
	hidden := dense("hidden", x, w, b)

	fmt.Println(hidden.Groups()[0].Name(), w.Groups()[0].Name(), x.Groups())
	// Output: hidden hidden []
}
