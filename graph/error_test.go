package graph

import (
	"fmt"
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"
)

func compute(n *Node, feed ...Feed) error {
	_, err := n.Compute(feed...)
	return err
}

func minimize(loss *Node, t Training) error {
	_, err := Minimize(loss, t)
	return err
}

// TestErrors is a table of wrong programs and what each is told.
func TestErrors(t *testing.T) {
	x, y := Placeholder("x"), Placeholder("y")
	row, images := Placeholder("row", 3), Placeholder("images", -1, 4)
	w, v4 := Variable("w", []float64{1, 2, 3}), Variable("v", []float64{1, 2, 3, 4})
	m := Variable("m", [][]float64{{1, 2, 3}, {4, 5, 6}})
	loss := w.Multiply(x).Sum().Named("loss")
	for _, tt := range []struct {
		name string
		do   func() error
		want string
	}{
		{"add shapes", func() error { w.Add(v4); return nil }, `graph: Add: "w" is [3], "v" is [4]`},
		{"multiply by a list", func() error { w.Multiply([]int{1, 2}); return nil }, `graph: Multiply: "w" is [3], "constant" is [2]`},
		{"add matrices", func() error { m.Add([][]int{{1, 2}}); return nil }, `graph: Add: "m" is [2 3], "constant" is [1 2]: lengths 3 and 2 do not fit`},
		{"divide by a result", func() error { w.Divide(v4.Square()); return nil }, `graph: Divide: "w" is [3], "square" is [4]`},
		{"matmul", func() error { m.MatMul(m); return nil }, `graph: MatMul: "m" is [2 3], "m" is [2 3]: inner lengths 3 and 2 differ`},
		{"matmul number", func() error { m.MatMul(2); return nil }, `graph: MatMul: "m" is [2 3], "2" is a number: want vectors or matrices`},
		{"matmul batch", func() error { images.MatMul(w); return nil }, `graph: MatMul: "images" is [? 4], "w" is [3]: inner lengths 4 and 3 differ`},
		{"matmul rank", func() error { m.MatMul([][][]int{{{1}}}); return nil }, `graph: MatMul: "m" is [2 3], "1" is [1 1 1]: inner lengths 3 and 1 differ`},
		{"axis", func() error { m.Sum(2); return nil }, `graph: Sum: "m" is [2 3]: no axis 2: want 0 to 1, or -1 for the last`},
		{"reshape", func() error { m.Reshape(4); return nil }, `graph: Reshape: "m" is [2 3]: cannot make [4] of 6 elements`},
		{"reshape open twice", func() error { m.Reshape(-1, -1); return nil }, `graph: Reshape: "m" is [2 3]: cannot make [-1 -1]: want lengths, and −1 at most once`},
		{"operand", func() error { w.Add("one"); return nil }, `graph: Add: "w" is [3]: string: want a node, a number, a slice of numbers, or a matrix`},
		{"operand of text", func() error { Exp([]string{"1"}); return nil }, `graph: Exp: []string: want a node, a number, a slice of numbers, or a matrix`},
		{"nodes in a list", func() error { w.Add([]*Node{w}); return nil }, `graph: Add: "w" is [3]: []*graph.Node: want a node, a number, a slice of numbers, or a matrix`},
		{"nil matrix", func() error { w.Add((*mat.Dense)(nil)); return nil }, `graph: Add: "w" is [3]: a nil *mat.Dense is no value`},
		{"nil operand", func() error { w.Add(nil); return nil }, `graph: Add: "w" is [3]: nil is no value; want a node, a number, a slice of numbers, or a matrix`},
		{"nil node", func() error { var n *Node; w.Add(n); return nil }, `graph: Add: "w" is [3]: a nil *Node has no value`},
		{"nil receiver", func() error { var n *Node; n.Add(w); return nil }, `graph: Add: "w" is [3]: a nil *Node has no value`},
		{"gradient of nil", func() error { Gradient(nil, w); return nil }, `graph: Gradient: "w" is [3]: a nil *Node has no value`},
		{"gradient by nil", func() error { w.Gradient(nil); return nil }, `graph: Gradient: "w" is [3]: a nil *Node has no value`},
		{"depth", func() error { Variable("r", []any{1, []int{2}}); return nil }, `graph: Variable: []interface {}: its rows differ in depth; want numbers in rows of one length`},
		{"ragged", func() error { Variable("r", [][]float64{{1}, {1, 2}}); return nil }, `graph: Variable: [][]float64: its rows differ in length: one has 1 elements and another 2`},
		{"negative length", func() error { Placeholder("p", 3, -1); return nil }, `graph: Placeholder: shape [3 -1] of "p" has a negative length; only the first may be -1, for any`},
		{"set", func() error { return w.Set(1) }, `graph: Set: "w" is [3]: the new value is a number`},
		{"set a word", func() error { return w.Set("1") }, `graph: Set: "w" is [3]: string: want a number, a slice of numbers, or a matrix`},
		{"set a placeholder", func() error { return x.Set(1) }, `graph: Set: "x" is [?]: only a variable can be set`},
		{"not fed", func() error { return compute(x.Add(y), Feed{x: 1}) }, `graph: placeholder "y" was not fed`},
		{"fed nothing", func() error { return compute(x) }, `graph: placeholder "x" was not fed`},
		{"fed a variable", func() error { return compute(w, Feed{w: 1}) }, `graph: Feed: "w" is no placeholder but a variable`},
		{"fed a node", func() error { return compute(loss, Feed{loss: 1}) }, `graph: Feed: "loss" is no placeholder but a node that is computed (sum)`},
		{"fed nil", func() error { return compute(loss, Feed{nil: 1}) }, `graph: Feed: a nil *Node cannot be fed`},
		{"fed a word", func() error { return compute(x, Feed{x: "1"}) }, `graph: Feed: placeholder "x": string: want a number, a slice of numbers, or a matrix`},
		{"fed a wrong shape", func() error { return compute(row, Feed{row: []int{1, 2}}) }, `graph: Feed: placeholder "row" is [3] and was fed [2]`},
		{"fed a wrong row", func() error { return compute(images, Feed{images: mat.NewDense(2, 3, nil)}) }, `graph: Feed: placeholder "images" is [? 4] and was fed [2 3]`},
		{"fits only at run time", func() error { return compute(w.Multiply(x), Feed{x: []int{1, 2}}) }, `graph: Multiply: "w" is [3], "x" is [2]`},
		{"matmul at run time", func() error { return compute(m.MatMul(x), Feed{x: []int{1, 2}}) }, `graph: MatMul: "m" is [2 3], "x" is [2]: inner lengths 3 and 2 differ`},
		{"axis at run time", func() error { return compute(x.Mean(1), Feed{x: []int{1, 2}}) }, `graph: Mean: "x" is [2]: no axis 1: want 0 to 0, or -1 for the last`},
		{"axis of a number", func() error { return compute(x.Sum(0), Feed{x: 1}) }, `graph: Sum: "x" is a number: it has no axes`},
		{"reshape at run time", func() error { return compute(x.Reshape(2, -1), Feed{x: []int{1, 2, 3}}) }, `graph: Reshape: "x" is [3]: cannot make [2 -1] of 3 elements`},
		{"in a gradient", func() error { return compute(Gradient(w.Multiply(x), w), Feed{x: []int{1, 2}}) }, `graph: Multiply: "w" is [3], "x" is [2]`},
		{"two mistakes", func() error { return compute(x, Feed{y: "b", x: "a"}) }, `graph: Feed: placeholder "x": string: want a number, a slice of numbers, or a matrix`},
		{"compute nil", func() error { var n *Node; return compute(n) }, `graph: Compute: a nil *Node has no value`},
		{"no scalar", func() error { return minimize(w.Square(), Training{}) }, `graph: Minimize: the loss "square" is [3], want a number: use Mean or Sum`},
		{"no scalar when fed", func() error {
			return minimize(Variable("a", 1).Multiply(x).Named("cost"), Training{Feed: Feed{x: []int{1, 2}}})
		}, `graph: Minimize: the loss "cost" is [2], want a number: use Mean or Sum`},
		{"no variable", func() error { return minimize(x.Sum(), Training{}) }, `graph: Minimize: the loss "sum" depends on no variable, so there is nothing to change`},
		{"nil loss", func() error { return minimize(nil, Training{}) }, `graph: Minimize: a nil *Node has no value`},
		{"no feed", func() error { return minimize(loss, Training{}) }, `graph: placeholder "x" was not fed`},
		{"rate", func() error { return minimize(w.Sum(), Training{Optimizer: GradientDescent{-1}}) }, `graph: GradientDescent: Rate is -1, want a number above 0`},
		{"not a rate", func() error { return minimize(w.Sum(), Training{Optimizer: Adam{Rate: math.NaN()}}) }, `graph: Adam: Rate is NaN, want a number above 0`},
		{"momentum", func() error { return minimize(w.Sum(), Training{Optimizer: Momentum{Momentum: 1}}) }, `graph: Momentum: Momentum is 1, want a number from 0 to below 1`},
		{"steps", func() error { return minimize(w.Sum(), Training{Steps: -5}) }, `graph: Minimize: Steps is -5, want a number above 0`},
		{"batch", func() error { return minimize(loss, Training{Feed: Feed{x: 1}, Batch: 2}) }, `graph: Minimize: with Batch, the first axis of what is fed counts the examples, but "x" was fed a number`},
		{"batches differ", func() error {
			return minimize(w.Sum().Multiply(x).Multiply(y).Sum(), Training{Feed: Feed{x: []int{1}, y: []int{1, 2}}, Batch: 1})
		}, `graph: Minimize: with Batch, every placeholder needs the same number of examples, but "x" was fed [1] and "y" [2]`},
		{"negative batch", func() error { return minimize(w.Sum(), Training{Batch: -1}) }, `graph: Minimize: Batch is -1, want a number of examples, or 0 for all`},
		{"tolerance", func() error { return minimize(w.Sum(), Training{Tolerance: -1}) }, `graph: Minimize: Tolerance is -1, want a number above 0`},
		{"beta", func() error { return minimize(w.Sum(), Training{Optimizer: Adam{Beta2: 1.5}}) }, `graph: Adam: Beta2 is 1.5, want a number from 0 to below 1`},
		{"nil variable", func() error { return minimize(w.Sum(), Training{Variables: []*Node{nil}}) }, `graph: Minimize: Variables holds a nil *Node`},
		{"check nil", func() error { _, err := CheckGradients(nil, nil); return err }, `graph: CheckGradients: a nil *Node has no value`},
		{"check a result", func() error { _, err := CheckGradients(loss, Feed{x: 1}, loss); return err }, `graph: CheckGradients: "loss" is a number: want variables and placeholders`},
		{"check unfed", func() error { _, err := CheckGradients(loss, nil); return err }, `graph: placeholder "x" was not fed`},
		{"foreign variable", func() error { return minimize(loss, Training{Feed: Feed{x: 1}, Variables: []*Node{x}}) }, `graph: Minimize: Variables holds "x", which is no variable but a placeholder`},
		{"item", func() error { w.Value().Item(); return nil }, `graph: Item: a tensor of shape [3] has 3 elements, want 1`},
		{"at", func() error { m.Value().At(2, 0); return nil }, `graph: At: no element [2 0] in a tensor of shape [2 3]`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := caught(tt.do)
			if err == nil || err.Error() != tt.want {
				t.Errorf("got  %v\nwant %s", err, tt.want)
			}
		})
	}
}

// caught returns the error of do, or the *Error that it panics with.
func caught(do func() error) (err error) {
	defer func() {
		switch p := recover().(type) {
		case nil:
		case *Error:
			err = p
		default:
			panic(p)
		}
	}()
	return do()
}

// A lazy optimiser starts nothing.
type lazy struct{}

func (lazy) Start([]int) (Rule, error) { return nil, nil }

// TestOddErrors: what nobody does on purpose ends with an error too, and soon.
func TestOddErrors(t *testing.T) {
	w, x, images := Variable("w", []float64{1, 2, 3}), Placeholder("x", -1), Placeholder("images", 1, 1, 2, 2)
	itself := []any{1}
	itself[0] = itself
	var nobody *Adam
	var empty Node
	for _, tt := range []struct {
		do   func() error
		want string
	}{
		{func() error { return minimize(w.Sum(), Training{Optimizer: lazy{}}) }, `graph: Minimize: the Start method of graph.lazy has returned no Rule`},
		{func() error { return minimize(w.Sum(), Training{Optimizer: nobody}) }, `graph: Minimize: Optimizer is a nil *graph.Adam`},
		{func() error { return minimize(w.Sum(), Training{Variables: []*Node{w, w}}) }, `graph: Minimize: Variables holds "w" twice`},
		{func() error { return minimize(w.Sum(), Training{Optimizer: &LBFGS{History: math.MaxInt}}) }, `graph: Minimize: History of LBFGS is 9223372036854775807, want a number of steps up to 1000`},
		{func() error { w.Pad(0, math.MaxInt, math.MaxInt); return nil }, `graph: Pad: "w" is [3]: 9223372036854775807 and 9223372036854775807 zeros around it are more than can be counted`},
		{func() error { images.Conv2D(images, 1, math.MaxInt); return nil }, `graph: Conv2D: "images" is [1 1 2 2], "images" is [1 1 2 2]: filters of length 2 do not fit into images of length 2 with a padding of 9223372036854775807`},
		{func() error { w.Sum(math.MinInt); return nil }, `graph: Sum: "w" is [3]: no axis -9223372036854775808: want 0 to 0, or -1 for the last`},
		{func() error { w.Slice(0, math.MinInt, math.MaxInt); return nil }, `graph: Slice: "w" is [3]: no part from -9223372036854775808 to 9223372036854775807 of length 3`},
		{func() error { w.Reshape(math.MaxInt, 3); return nil }, `graph: Reshape: "w" is [3]: cannot make [9223372036854775807 3] of 3 elements`},
		{func() error { return compute(x.Gather(0), Feed{x: []int{}}) }, `graph: Gather: "x" is [0], "0" is a number: index 0 is out of range: there is nothing to choose from`},
		{func() error { return compute(x, Feed{x: itself}) }, `graph: Feed: placeholder "x": []interface {}: its lists are nested more than 64 deep`},
		{func() error { return compute(w.Add(&empty)) }, `graph: Add: "w" is [3]: a Node that no function of graph has made has no value`},
		{func() error { return compute(&empty) }, `graph: Compute: a Node that no function of graph has made has no value`},
		{func() error { w.Add(&Tensor{}); return nil }, `graph: Add: "w" is [3]: a Tensor that no function of graph has made has no value`},
		{func() error { new(Tensor).At(); return nil }, `graph: At: no element [] in a tensor of shape a number`},
	} {
		if err := caught(tt.do); err == nil || err.Error() != tt.want {
			t.Errorf("got  %v\nwant %s", err, tt.want)
		}
	}
	if got := fmt.Sprint(&empty, new(Tensor), newTensor([]int{1 << 62, 0})); got != "no node no tensor [[]\n []\n []\n …\n []\n []\n []] of shape [4611686018427387904 0]" {
		t.Errorf("they are shown as %s", got)
	}
}
