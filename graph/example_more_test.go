package graph_test

import (
	"fmt"
	"math"

	"gradbook/graph"
)

func ExampleAbs() {
	fmt.Println(graph.Abs([]float64{1, -2, 0}).Compute())
	// Output: [1 2 0] <nil>
}

func ExampleSin() {
	fmt.Println(graph.Sin([]float64{0, math.Pi / 2}).Compute())
	// Output: [0 1] <nil>
}

func ExampleCos() {
	fmt.Println(graph.Cos([]float64{0, math.Pi}).Compute())
	// Output: [1 -1] <nil>
}

// Where 1 + x is 1 to the last digit, its logarithm is still x.
func ExampleLog1p() {
	fmt.Println(graph.Log1p([]float64{0, 1e-20, math.E - 1}).Compute())
	// Output: [0 1e-20 1] <nil>
}

func ExampleExpm1() {
	fmt.Println(graph.Expm1([]float64{0, 1e-20}).Compute())
	// Output: [0 1e-20] <nil>
}

func ExampleSoftplus() {
	fmt.Println(graph.Softplus([]float64{-1000, 0, 1000}).Compute())
	// Output: [0 0.69314718 1000] <nil>
}

func ExampleErf() {
	fmt.Println(graph.Erf([]float64{0, 1}).Compute())
	// Output: [0 0.84270079] <nil>
}

func ExampleGELU() {
	fmt.Println(graph.GELU([]float64{-1, 0, 1}).Compute())
	// Output: [-0.15865525 0 0.84134475] <nil>
}

func ExampleLeakyReLU() {
	fmt.Println(graph.LeakyReLU([]float64{-2, 0, 2}, 0.01).Compute())
	// Output: [-0.02 0 2] <nil>
}

func ExampleMaximum() {
	fmt.Println(graph.Maximum([]float64{1, 5}, []float64{4, 2}).Compute())
	// Output: [4 5] <nil>
}

func ExampleMinimum() {
	fmt.Println(graph.Minimum([]float64{1, 5}, []float64{4, 2}).Compute())
	// Output: [1 2] <nil>
}

func ExampleClip() {
	fmt.Println(graph.Clip([]float64{-3, 0.5, 3}, -1, 1).Compute())
	// Output: [-1 0.5 1] <nil>
}

func ExampleGreater() {
	fmt.Println(graph.Greater([]float64{1, 2, 3}, 2).Compute())
	// Output: [0 0 1] <nil>
}

func ExampleGreaterEqual() {
	fmt.Println(graph.GreaterEqual([]float64{1, 2, 3}, 2).Compute())
	// Output: [0 1 1] <nil>
}

func ExampleLess() {
	fmt.Println(graph.Less([]float64{1, 2, 3}, 2).Compute())
	// Output: [1 0 0] <nil>
}

func ExampleLessEqual() {
	fmt.Println(graph.LessEqual([]float64{1, 2, 3}, 2).Compute())
	// Output: [1 1 0] <nil>
}

func ExampleEqual() {
	fmt.Println(graph.Equal([]float64{1, 2, 3}, 2).Compute())
	// Output: [0 1 0] <nil>
}

func ExampleWhere() {
	fmt.Println(graph.Where([]float64{1, 0, 1}, []float64{1, 2, 3}, -1).Compute())
	// Output: [1 -1 3] <nil>
}

// The largest of each column.
func ExampleMax() {
	fmt.Println(graph.Max([][]float64{{1, 5}, {4, 2}}, 0).Compute())
	// Output: [4 5] <nil>
}

// The smallest of each row.
func ExampleMin() {
	fmt.Println(graph.Min([][]float64{{1, 5}, {4, 2}}, 1).Compute())
	// Output: [1 2] <nil>
}

func ExampleVariance() {
	fmt.Println(graph.Variance([]float64{1, 2, 3, 4}).Compute())
	// Output: 1.25 <nil>
}

// Each row gets a mean of 0 and a variance of 1.
func ExampleNormalize() {
	fmt.Println(graph.Normalize([][]float64{{1, 3}, {10, 30}}, 0, -1).Compute())
	// Output:
	// [[-1 1]
	//  [-1 1]] <nil>
}

// eˣ alone would be infinite.
func ExampleLogSumExp() {
	fmt.Println(graph.LogSumExp([]float64{1000, 1000}).Compute())
	// Output: 1000.6931471805599 <nil>
}

func ExampleArgMax() {
	fmt.Println(graph.ArgMax([][]float64{{1, 5, 2}, {4, 2, 3}}, -1).Compute())
	// Output: [1 0] <nil>
}

func ExampleSoftmax() {
	fmt.Println(graph.Softmax([]float64{0, 0, 1000}, 0).Compute())
	// Output: [0 0 1] <nil>
}

func ExampleLogSoftmax() {
	fmt.Println(graph.LogSoftmax([]float64{0, 0}, 0).Compute())
	// Output: [-0.69314718 -0.69314718] <nil>
}

// Both examples are nearly sure of what is right.
func ExampleCrossEntropy() {
	fmt.Println(graph.CrossEntropy([][]float64{{9, 0, 0}, {0, 0, 9}}, []int{0, 2}).Compute())
	// Output: 0.0002467891532251798 <nil>
}

// Who does not know at all pays log 2.
func ExampleBinaryCrossEntropy() {
	fmt.Println(graph.BinaryCrossEntropy([]float64{0, 0}, []float64{1, 0}).Compute())
	// Output: 0.6931471805599453 <nil>
}

// 1²/2 for the small difference, and 10 − 1/2 for the large one.
func ExampleHuber() {
	fmt.Println(graph.Huber([]float64{1, 10}, []float64{0, 0}, 1).Compute())
	// Output: 5 <nil>
}

// From the second to before the last.
func ExampleSlice() {
	fmt.Println(graph.Slice([]float64{1, 2, 3, 4, 5}, 0, 1, -1).Compute())
	// Output: [2 3 4] <nil>
}

func ExamplePad() {
	fmt.Println(graph.Pad([]float64{1, 2}, 0, 1, 2).Compute())
	// Output: [0 1 2 0 0] <nil>
}

func ExampleConcat() {
	fmt.Println(graph.Concat(0, []float64{1, 2}, []float64{3}, []float64{4, 5}).Compute())
	// Output: [1 2 3 4 5] <nil>
}

func ExampleGather() {
	fmt.Println(graph.Gather([][]float64{{1, 1}, {2, 2}, {3, 3}}, []int{2, 0}).Compute())
	// Output:
	// [[3 3]
	//  [1 1]] <nil>
}

// At a rate of 0, as when a trained model is used, nothing changes.
func ExampleDropout() {
	fmt.Println(graph.Dropout([]float64{1, 2, 3}, 0).Compute())
	// Output: [1 2 3] <nil>
}

// A filter that finds where the brightness changes from left to right.
func ExampleConv2D() {
	image := [][][][]float64{{{{0, 0, 1, 1}, {0, 0, 1, 1}}}}
	edges, err := graph.Conv2D(image, [][][][]float64{{{{-1, 1}}}}, 1, 0).Compute()
	fmt.Println(edges.Shape(), edges.Float64s(), err)
	// Output: [1 1 2 3] [0 1 0 0 1 0] <nil>
}

func ExampleMaxPool() {
	image := [][][][]float64{{{{1, 2, 3, 4}, {5, 6, 7, 8}}}}
	pooled, err := graph.MaxPool(image, 2).Compute()
	fmt.Println(pooled.Shape(), pooled.Float64s(), err)
	// Output: [1 1 1 2] [6 8] <nil>
}

// The multiplication, addition and subtraction have become one instruction, and so have
// the square and the sum of the mean.
func ExampleProgram() {
	x, y := graph.Placeholder("x", 100), graph.Placeholder("y", 100)
	w, b := graph.Variable("w", 0.5), graph.Variable("b", 1)
	loss := w.Multiply(x).Add(b).Subtract(y).Square().Mean().Named("loss")

	fmt.Println(graph.Program(nil, loss))
	// Output:
	// a1 = 1
	// a4 = 0.01
	// a0 = b
	// a2 = w
	// for 100 elements
	//   t0 = a2·[x:100] + a0 − [y:100]  w·x + b − y [100]
	//   a3 = dot t0 t0                  part of loss
	// a3 = mul a4 a3                    loss
	// output a3                         loss
	// 3 instructions, 1 loop, 40 bytes of memory <nil>
}
