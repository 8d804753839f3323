package graph

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// TestErrors is a table of wrong programs and what each is told.
func TestErrors(t *testing.T) {
	x, y := Placeholder("x"), Placeholder("y")
	row, images := Placeholder("row", 3), Placeholder("images", -1, 4)
	w, v4 := Variable("w", []float64{1, 2, 3}), Variable("v", []float64{1, 2, 3, 4})
	m := Variable("m", [][]float64{{1, 2, 3}, {4, 5, 6}})
	loss := w.Multiply(x).Sum().Named("loss")
	compute := func(n *Node, feed ...Feed) error { _, err := n.Compute(feed...); return err }
	minimize := func(loss *Node, t Training) error { _, err := Minimize(loss, t); return err }
	for _, tt := range []struct {
		name string
		do   func() error
		want string
	}{
		{"add shapes", func() error { w.Add(v4); return nil }, `graph: Add: "w" is [3], "v" is [4]`},
		{"multiply by a list", func() error { w.Multiply([]int{1, 2}); return nil }, `graph: Multiply: "w" is [3], "constant" is [2]`},
		{"matmul", func() error { m.MatMul(m); return nil }, `graph: MatMul: "m" is [2 3], "m" is [2 3]: inner lengths 3 and 2 differ`},
		{"matmul number", func() error { m.MatMul(2); return nil }, `graph: MatMul: "m" is [2 3], "2" is a number: want vectors or matrices`},
		{"matmul batch", func() error { images.MatMul(w); return nil }, `graph: MatMul: "images" is [? 4], "w" is [3]: inner lengths 4 and 3 differ`},
		{"axis", func() error { m.Sum(2); return nil }, `graph: Sum: "m" is [2 3]: no axis 2: want 0 to 1, or -1 for the last`},
		{"reshape", func() error { m.Reshape(4); return nil }, `graph: Reshape: "m" is [2 3]: cannot make [4] of 6 elements`},
		{"reshape open twice", func() error { m.Reshape(-1, -1); return nil }, `graph: Reshape: "m" is [2 3]: cannot make [-1 -1]: want lengths, and −1 at most once`},
		{"operand", func() error { w.Add("one"); return nil }, `graph: Constant: string: want a number, a slice of numbers, or a matrix`},
		{"nil operand", func() error { w.Add(nil); return nil }, `graph: Constant: nil is no value; want a number, a slice of numbers, or a matrix`},
		{"nil node", func() error { var n *Node; w.Add(n); return nil }, `graph: Add: a nil *Node has no value`},
		{"nil receiver", func() error { var n *Node; n.Add(w); return nil }, `graph: Add: a nil *Node has no value`},
		{"ragged", func() error { Variable("r", [][]float64{{1}, {1, 2}}); return nil }, `graph: Variable: [][]float64: its rows differ in length: one has 1 elements and another 2`},
		{"negative length", func() error { Placeholder("p", 3, -1); return nil }, `graph: Placeholder: shape [3 -1] of "p" has a negative length; only the first may be -1, for any`},
		{"set", func() error { return w.Set(1) }, `graph: Set: "w" is [3]: the new value is a number`},
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
		{"batch", func() error { return minimize(loss, Training{Feed: Feed{x: 1}, Batch: 2}) }, `graph: Minimize: with Batch, the first axis of every fed value counts the examples, but "x" was fed a number`},
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
