package diagram

import (
	"strings"

	"gradbook/display/canvas"
)

// linear is the post's model, error = (w·x + b − y)², with w = 2, x = 3, b = 1, y = 5.
func linear() Diagram {
	in := func(from ...int) (inputs []Input) {
		for _, f := range from {
			inputs = append(inputs, Input{From: f})
		}
		return inputs
	}
	return Diagram{Title: "error = (w·x + b − y)²", Nodes: []Node{
		{Kind: Variable, Label: "w", Value: "2", Tip: "w = 2"},
		{Kind: Placeholder, Label: "x", Value: "3", Tip: "x = 3"},
		{Kind: Operation, Label: "×", Value: "6", Inputs: in(0, 1)},
		{Kind: Variable, Label: "b", Value: "1"},
		{Kind: Operation, Label: "+", Name: "prediction", Value: "7", Inputs: in(2, 3)},
		{Kind: Placeholder, Label: "y", Value: "5"},
		{Kind: Operation, Label: "−", Name: "difference", Value: "2", Inputs: in(4, 5)},
		{Kind: Operation, Label: "( )²", Value: "4", Inputs: in(6)},
		{Kind: Result, Label: "error", Value: "4", Inputs: in(7)},
	}}
}

// withGradients adds the gradients of the same model.
func withGradients(d Diagram) Diagram {
	for i, g := range []string{"12", "8", "4", "4", "4", "−4", "4", "1"} {
		d.Nodes[i].Gradient = g
	}
	d.Subtitle = "forward and backward"
	return d
}

// backTo adds the path to w.
func backTo(d Diagram) Diagram {
	d.Path, d.Target, d.Subtitle = true, 0, "back-propagation to w"
	for _, l := range []struct {
		node, input int
		local       string
	}{{2, 0, "x = 3"}, {4, 0, "1"}, {6, 0, "1"}, {7, 0, "2·difference = 4"}} {
		d.Nodes[l.node].Inputs[l.input].Local = l.local
	}
	d.Notes = [][]canvas.Span{{
		{Text: "chain rule:  "}, {Text: "∂error/∂w", Italic: true}, {Text: " = 4"}, {Text: " · 1"}, {Text: " · 1"}, {Text: " · 3"}, {Text: " = "}, {Text: "12", Bold: true},
	}}
	return d
}

// network is a perceptron with two inputs, three hidden units and one output.
func network() Diagram {
	d := Diagram{Title: "error = (v·tanh(W·x + b) + c − y)²"}
	add := func(n Node, inputs ...int) int {
		for _, f := range inputs {
			n.Inputs = append(n.Inputs, Input{From: f})
		}
		d.Nodes = append(d.Nodes, n)
		return len(d.Nodes) - 1
	}
	leaf := func(k Kind, name, value string) int {
		return add(Node{Kind: k, Label: name, Value: value, Gradient: "0.121"})
	}
	op := func(symbol, value string, inputs ...int) int {
		return add(Node{Label: symbol, Value: value, Gradient: "−0.501"}, inputs...)
	}
	x1, x2 := leaf(Placeholder, "x₁", "0.5"), leaf(Placeholder, "x₂", "−1")
	var outputs []int
	for _, j := range []string{"₁", "₂", "₃"} {
		a := op("×", "−1.219", leaf(Variable, "w"+j+"₁", "0.11"), x1)
		b := op("×", "0.197", leaf(Variable, "w"+j+"₂", "−0.197"), x2)
		sum := op("+", "1.68", op("+", "2.8", a, b), leaf(Variable, "b"+j, "0.1"))
		outputs = append(outputs, op("×", "0.653", leaf(Variable, "v"+j, "0.7"), op("tanh", "0.933", sum)))
	}
	s := op("+", "1.2", op("+", "1.1", outputs[0], outputs[1]), outputs[2])
	s = op("+", "1.67", s, leaf(Variable, "c", "0.2"))
	s = op("−", "0.668", s, leaf(Placeholder, "y", "1"))
	s = op("( )²", "0.446", s)
	add(Node{Kind: Result, Label: "error", Value: "0.446"}, s)
	return d
}

// quadratic is a·x² + b·x + c against y, with a second use of x and a mean.
func quadratic() Diagram {
	in := func(from ...int) (inputs []Input) {
		for _, f := range from {
			inputs = append(inputs, Input{From: f})
		}
		return inputs
	}
	return Diagram{Title: "loss = mean((a·x² + b·x + c − y)²)", Nodes: []Node{
		{Kind: Variable, Label: "a", Value: "0.5", Gradient: "12.25"},
		{Kind: Placeholder, Label: "x", Value: "[30]", Gradient: "[30]"},
		{Kind: Operation, Label: "( )²", Value: "[30]", Gradient: "[30]", Inputs: in(1)},
		{Kind: Operation, Label: "×", Value: "[30]", Gradient: "[30]", Inputs: in(0, 2)},
		{Kind: Variable, Label: "b", Value: "−1.5", Gradient: "−3.125"},
		{Kind: Operation, Label: "×", Value: "[30]", Gradient: "[30]", Inputs: in(4, 1)},
		{Kind: Operation, Label: "+", Value: "[30]", Gradient: "[30]", Inputs: in(3, 5)},
		{Kind: Variable, Label: "intercept", Value: "100.25", Gradient: "−0.0125"},
		{Kind: Operation, Label: "+", Name: "prediction", Value: "[30]", Gradient: "[30]", Inputs: in(6, 7)},
		{Kind: Placeholder, Label: "iq", Value: "[30]", Gradient: "[30]"},
		{Kind: Operation, Label: "−", Name: "difference", Value: "[30]", Gradient: "[30]", Inputs: in(8, 9)},
		{Kind: Operation, Label: "( )²", Name: "squared", Value: "[30]", Gradient: "[30]", Inputs: in(10)},
		{Kind: Operation, Label: "mean", Value: "225.5", Gradient: "1", Inputs: in(11)},
		{Kind: Constant, Label: "2"},
		{Kind: Operation, Label: "×", Value: "451", Gradient: "1", Inputs: in(13, 12)},
		{Kind: Result, Label: "loss", Value: "451", Inputs: in(14)},
	}}
}

// grouped is a perceptron of tensors, each layer in a frame and both in another.
func grouped() Diagram {
	b := &builder{Diagram{Title: "loss = mean((network − y)²)", Groups: []Group{{Label: "network", Tip: "network, 8 nodes"}, {Label: "hidden", In: 1}, {Label: "output layer", In: 1}}}}
	x := b.add(Node{Kind: Placeholder, Label: "x", Value: "[100 3]"})
	layer := func(in, group int, units string) int {
		w := b.add(Node{Kind: Variable, Label: "w" + units, Value: "[3 3]", Gradient: "[3 3]", In: group})
		product := b.add(Node{Label: "matmul", Value: "[100 3]", Gradient: "[100 3]", In: group}, in, w)
		bias := b.add(Node{Kind: Variable, Label: "b" + units, Value: "[3]", Gradient: "[3]", In: group})
		sum := b.add(Node{Label: "+", Value: "[100 3]", Gradient: "[100 3]", In: group}, product, bias)
		return b.add(Node{Label: "tanh", Name: "layer " + units, Value: "[100 3]", Gradient: "[100 3]", In: group}, sum)
	}
	h := layer(x, 2, "₁")
	out := layer(h, 3, "₂")
	skip := b.add(Node{Label: "+", Value: "[100 3]", Gradient: "[100 3]", In: 1}, out, h)
	y := b.add(Node{Kind: Placeholder, Label: "y", Value: "[100 3]"})
	d := b.add(Node{Label: "−", Value: "[100 3]", Gradient: "[100 3]"}, skip, y)
	s := b.add(Node{Label: "( )²", Value: "[100 3]", Gradient: "[100 3]"}, d)
	both := b.add(Node{Label: "×", Value: "3", Gradient: "1"}, s, h)
	b.add(Node{Kind: Result, Label: "loss", Value: "3"}, both)
	for i := range b.Nodes {
		if strings.HasPrefix(b.Nodes[i].Value, "[") {
			b.Nodes[i].Thumbnail = &Thumbnail{Columns: 3, Shades: []int{0, 8, 15, 3, -1, 3}, Tip: "from 0 to 15"}
		}
	}
	return b.Diagram
}
