package graph

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

// A gradientTest computes a node of operands and compares its gradient for each of
// them with finite differences, and then the gradient of that gradient.
type gradientTest struct {
	op    operation // the row's operation, for the test that all have one
	build func(in ...*Node) *Node
	at    []any
}

func one(f func(n *Node) *Node) func(in ...*Node) *Node {
	return func(in ...*Node) *Node { return f(in[0]) }
}

func two(f func(a *Node, b any) *Node) func(in ...*Node) *Node {
	return func(in ...*Node) *Node { return f(in[0], in[1]) }
}

var (
	vector = []float64{0.5, -1.2, 2}
	above  = []float64{0.4, 1.5, 2.5}
	grid   = [][]float64{{0.3, -0.7, 1.1}, {1.9, 0.2, -1.4}}
	tall   = [][]float64{{0.3, -0.7}, {1.9, 0.2}, {-0.6, 1.3}}
	column = [][]float64{{0.8}, {-0.5}}
)

var gradientTests = []gradientTest{
	{op: addOp{}, build: two((*Node).Add), at: []any{vector, above}},
	{op: addOp{}, build: two((*Node).Add), at: []any{0.7, grid}},
	{op: addOp{}, build: two((*Node).Add), at: []any{grid, column}},
	{op: subtractOp{}, build: two((*Node).Subtract), at: []any{grid, vector}},
	{op: subtractOp{}, build: two((*Node).Subtract), at: []any{column, vector}},
	{op: multiplyOp{}, build: two((*Node).Multiply), at: []any{vector, []float64{0, 3, -2}}},
	{op: multiplyOp{}, build: two((*Node).Multiply), at: []any{grid, vector}},
	{op: multiplyOp{}, build: two((*Node).Multiply), at: []any{column, vector}},
	{op: divideOp{}, build: two((*Node).Divide), at: []any{vector, above}},
	{op: divideOp{}, build: two((*Node).Divide), at: []any{grid, above}},
	{op: divideOp{}, build: two((*Node).Divide), at: []any{2.0, above}},
	{op: powerOp{}, build: one(func(n *Node) *Node { return n.Power(3) }), at: []any{vector}},
	{op: powerOp{}, build: one(func(n *Node) *Node { return n.Power(-0.5) }), at: []any{above}},
	{op: powerOp{}, build: one(func(n *Node) *Node { return n.Power(1) }), at: []any{vector}},
	{op: powerOp{}, build: one(func(n *Node) *Node { return n.Power(-1) }), at: []any{vector}},
	{op: powerOp{}, build: one(func(n *Node) *Node { return n.Power(0) }), at: []any{vector}},
	{op: negateOp{}, build: one((*Node).Negate), at: []any{grid}},
	{op: squareOp{}, build: one((*Node).Square), at: []any{grid}},
	{op: expOp{}, build: one((*Node).Exp), at: []any{vector}},
	{op: logOp{}, build: one((*Node).Log), at: []any{above}},
	{op: sqrtOp{}, build: one((*Node).Sqrt), at: []any{above}},
	{op: tanhOp{}, build: one((*Node).Tanh), at: []any{grid}},
	{op: sigmoidOp{}, build: one((*Node).Sigmoid), at: []any{grid}},
	{op: reluOp{}, build: one((*Node).ReLU), at: []any{grid}},
	{op: stepOp{}, build: one(func(n *Node) *Node { return apply("ReLU", stepOp{}, n) }), at: []any{grid}},
	{op: sumOp{}, build: one(func(n *Node) *Node { return n.Sum() }), at: []any{grid}},
	{op: sumOp{}, build: one(func(n *Node) *Node { return n.Sum(0) }), at: []any{grid}},
	{op: sumOp{}, build: one(func(n *Node) *Node { return n.Sum(-1) }), at: []any{grid}},
	{op: meanOp{}, build: one(func(n *Node) *Node { return n.Mean() }), at: []any{grid}},
	{op: meanOp{}, build: one(func(n *Node) *Node { return n.Mean(1) }), at: []any{grid}},
	{op: meanOp{}, build: one(func(n *Node) *Node { return n.Mean(0, 1) }), at: []any{grid}},
	{op: spreadOp{}, build: pairOf(spreadOp{reduction{[]int{0}}}), at: []any{vector, grid}},
	{op: shareOp{}, build: pairOf(shareOp{reduction{[]int{0}}}), at: []any{vector, grid}},
	{op: matMulOp{}, build: two((*Node).MatMul), at: []any{grid, tall}},
	{op: matMulOp{}, build: two((*Node).MatMul), at: []any{grid, vector}},
	{op: matMulOp{}, build: two((*Node).MatMul), at: []any{vector, tall}},
	{op: matMulOp{}, build: two((*Node).MatMul), at: []any{vector, above}},
	{op: matMulLeftOp{}, build: triple(matMulLeftOp{}), at: []any{[][]float64{{1, 2}, {3, -4}}, tall, grid}},
	{op: matMulRightOp{}, build: triple(matMulRightOp{}), at: []any{grid, [][]float64{{1, 2}, {3, -4}}, tall}},
	{op: transposeOp{}, build: one((*Node).Transpose), at: []any{grid}},
	{op: transposeOp{}, build: one((*Node).Transpose), at: []any{column}},
	{op: transposeOp{}, build: one((*Node).Transpose), at: []any{vector}},
	{op: reshapeOp{}, build: one(func(n *Node) *Node { return n.Reshape(3, -1) }), at: []any{grid}},
	{op: likeOp{}, build: pairOf(likeOp{}), at: []any{grid, tall}},
	{op: sumToOp{}, build: pairOf(sumToOp{}), at: []any{grid, vector}},
	{op: sumToOp{}, build: pairOf(sumToOp{}), at: []any{grid, column}},
	{op: sumToOp{}, build: pairOf(sumToOp{}), at: []any{grid, 1.0}},
	{op: repeatOp{}, build: pairOf(repeatOp{}), at: []any{column, grid}},
}

func pairOf(op operation) func(in ...*Node) *Node {
	return func(in ...*Node) *Node { return apply("test", op, in[0], in[1]) }
}

func triple(op operation) func(in ...*Node) *Node {
	return func(in ...*Node) *Node { return apply("test", op, in...) }
}

// TestGradients asks twice, with operands of known and of unknown shape: the
// gradients are then built by different roads.
func TestGradients(t *testing.T) {
	for i, tt := range gradientTests {
		t.Run(fmt.Sprint(i, " ", tt.op.name()), func(t *testing.T) {
			var variables, placeholders []*Node
			feed := Feed{}
			for j, value := range tt.at {
				variables = append(variables, Variable(fmt.Sprint("v", j), value))
				p := Placeholder(fmt.Sprint("p", j))
				placeholders = append(placeholders, p)
				feed[p] = value
			}
			checkTwice(t, tt, nil, variables)
			checkTwice(t, tt, feed, placeholders)
		})
	}
}

func checkTwice(t *testing.T, tt gradientTest, feed Feed, in []*Node) {
	t.Helper()
	made := tt.build(in...)
	if got, want := fmt.Sprintf("%T", made.op), fmt.Sprintf("%T", tt.op); got != want {
		t.Fatalf("the row is of %s, but makes a %s", want, got)
	}
	y := weighted(made)
	compare(t, "gradient", y, feed, in)
	for j, d := range Gradients(y, in...) {
		compare(t, fmt.Sprint("gradient of the gradient for operand ", j), weighted(d), feed, in)
	}
}

// weighted multiplies every element by a number of its own before they are summed,
// so that a gradient which mixes elements up is found out.
func weighted(n *Node) *Node {
	return n.Multiply(n.Multiply(0.3).Add(1.7))
}

func compare(t *testing.T, what string, y *Node, feed Feed, in []*Node) {
	t.Helper()
	check, err := CheckGradients(y, feed, in...)
	if err != nil {
		t.Fatalf("%s of %s: %v", what, y.Formula(), err)
	}
	if !check.OK(1e-7) {
		t.Errorf("%s of %s:\n%v", what, y.Formula(), check)
	}
}

// TestEveryOperationHasGradientTest reads our own source: a type with a gradient and
// no row in gradientTests is a failure, so nobody has to remember the table.
func TestEveryOperationHasGradientTest(t *testing.T) {
	tested := map[string]bool{"leaf": true} // what is not computed has no gradient
	for _, tt := range gradientTests {
		tested[strings.TrimPrefix(fmt.Sprintf("%T", tt.op), "graph.")] = true
	}
	found := 0
	for name := range functionNames(parseFolder(t, false)) {
		if operation, ok := strings.CutSuffix(name, ".gradient"); ok {
			found++
			if !tested[operation] {
				t.Errorf("%s has no row in gradientTests", operation)
			}
		}
	}
	if found < 20 {
		t.Errorf("found %d operations: the search does not find them", found)
	}
}

// TestForward compares values with ones worked out by hand.
func TestForward(t *testing.T) {
	m := Constant([][]float64{{1, 2, 3}, {4, 5, 6}})
	v := Constant([]float64{1, 0, -1})
	for _, tt := range []struct {
		n    *Node
		want string
	}{
		{m.Add(v), "[[2 2 2]\n [5 5 5]]"},
		{m.Subtract(1), "[[0 1 2]\n [3 4 5]]"},
		{m.Multiply(v), "[[1 0 -3]\n [4 0 -6]]"},
		{Divide(6, m), "[[  6   3 2]\n [1.5 1.2 1]]"},
		{v.Negate(), "[-1 -0 1]"},
		{m.Square().Sum(), "91"},
		{m.Power(0.5).Square().Sum(1), "[6 15]"},
		{m.Sum(0), "[5 7 9]"},
		{m.Mean(-1), "[2 5]"},
		{m.Mean(), "3.5"},
		{m.MatMul(v), "[-2 -2]"},
		{m.MatMul(m.Transpose()), "[[14 32]\n [32 77]]"},
		{Constant([]float64{1, 2}).MatMul(m), "[9 12 15]"},
		{v.MatMul(v), "2"},
		{m.Transpose(), "[[1 4]\n [2 5]\n [3 6]]"},
		{m.Reshape(3, 2), "[[1 2]\n [3 4]\n [5 6]]"},
		{m.Reshape(-1), "[1 2 3 4 5 6]"},
		{Constant([]float64{5}).Reshape(), "5"},
		{v.Transpose(), "[1 0 -1]"},
		{Constant([]float64{}).Sum(), "0"},
		{Constant([]float64{}).Mean(), "NaN"},
		{Gradient(v.Power(0), v), "[0 0 0]"}, // also where 0 to the power −1 is infinite
		{v.ReLU(), "[1 0 0]"},
		{v.Exp().Log(), "[1 0 -1]"},
		{Gradient(v.ReLU(), v), "[1 0 0]"}, // at the corner the slope is taken to be 0
		{Constant(9).Sqrt(), "3"},
		{Constant(0).Sigmoid(), "0.5"},
		{Constant(0).Tanh(), "0"},
		{Constant(-1).Log(), "NaN"},
		{Divide(1, 0), "+Inf"},
		{Constant([][]float64{{math.Inf(-1), math.Inf(-1)}, {math.Inf(1), 2}, {math.Inf(-1), 0}}).LogSumExp(1), "[-Inf +Inf 0]"},
		{Constant(1000).Sigmoid().Add(Constant(-1000).Sigmoid()), "1"},
	} {
		if got, err := tt.n.Compute(); err != nil || got.String() != tt.want {
			t.Errorf("%s = %v, %v, want %s", tt.n.Formula(), got, err, tt.want)
		}
	}
}
