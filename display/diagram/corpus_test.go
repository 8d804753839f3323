package diagram

import "fmt"

// A builder adds nodes that take earlier ones.
type builder struct{ Diagram }

func (b *builder) add(n Node, inputs ...int) int {
	for _, f := range inputs {
		n.Inputs = append(n.Inputs, Input{From: f})
	}
	b.Nodes = append(b.Nodes, n)
	return len(b.Nodes) - 1
}

// perceptron is a network of the given widths, written out number by number.
func perceptron(widths ...int) Diagram {
	b := &builder{Diagram{Title: fmt.Sprint("perceptron ", widths)}}
	var layer []int
	for range widths[0] {
		layer = append(layer, b.add(Node{Kind: Placeholder, Label: "x", Value: "0.25", Gradient: "0.1"}))
	}
	op := func(symbol string, inputs ...int) int {
		return b.add(Node{Label: symbol, Value: "0.451", Gradient: "−0.12"}, inputs...)
	}
	leaf := func(name string) int {
		return b.add(Node{Kind: Variable, Label: name, Value: "0.33", Gradient: "0.501"})
	}
	for _, width := range widths[1:] {
		var next []int
		for range width {
			sum := leaf("b")
			for _, x := range layer {
				sum = op("+", sum, op("×", leaf("w"), x))
			}
			next = append(next, op("tanh", sum))
		}
		layer = next
	}
	sum := layer[0]
	for _, x := range layer[1:] {
		sum = op("+", sum, x)
	}
	b.add(Node{Kind: Result, Label: "error", Value: "0.5"}, op("( )²", sum))
	return b.Diagram
}

// corpus are the 30 graphs that the layout is measured on: the tutorials',
// perceptrons, and random ones of up to 1,000 nodes.
func corpus() (names []string, graphs []Diagram) {
	add := func(name string, d Diagram) { names, graphs = append(names, name), append(graphs, d) }
	for _, name := range []string{"linear", "gradients", "path", "network", "quadratic", "twice", "long names"} {
		add(name, samples[name])
	}
	for _, widths := range [][]int{{1, 1}, {2, 2, 1}, {2, 3, 1}, {3, 3, 2}, {3, 4, 1}, {4, 4, 1}, {2, 4, 4, 1}, {4, 6, 2}} {
		add(fmt.Sprint("perceptron ", widths), perceptron(widths...))
	}
	for i, n := range []int{20, 30, 40, 50, 60, 80, 100, 120, 150, 200, 300, 400, 500, 700, 1000} {
		d := random(n, uint64(100+i))
		for k := range d.Nodes {
			d.Nodes[k].Value, d.Nodes[k].Gradient = "0.25", "−0.125"
		}
		add(fmt.Sprint("random ", n), d)
	}
	return names, graphs
}
