package display

import (
	"fmt"
	"math"

	"gonum.org/v1/plot/plotter"

	"gradbook/graph"
)

// largest is the largest number that is drawn: sums and differences of a few such
// numbers are numbers still.
const largest = math.MaxFloat64 / 16

// finite reports whether v can be drawn: it is a number, and not too large a one.
func finite(v float64) bool { return math.Abs(v) <= largest }

// apart widens a range that has no width, or one so small that its ends, written with
// ten digits, are the same.
func apart(low, high float64) (float64, float64) {
	least := max(1e-9*math.Abs(low), 1e-9*math.Abs(high), 1e-290)
	if low == high {
		least = max(least, 1)
	}
	if room := (least - (high - low)) / 2; room > 0 {
		return low - room, high + room
	}
	return low, high
}

// numbers reads the numbers of anything that graph takes as a value.
func numbers(call, name string, v any) []float64 {
	if v, ok := v.([]float64); ok {
		return v
	}
	t, err := graph.NewTensor(v)
	if err != nil {
		fail(call, "%s is a %T, want a slice of numbers, a tensor or a vector", name, v)
	}
	return t.Float64s()
}

// tensor reads anything that graph takes as a value.
func tensor(call string, v any) *graph.Tensor {
	t, err := graph.NewTensor(v)
	if err != nil {
		fail(call, "a %T, want a slice of slices of numbers, equally long, a tensor or a matrix", v)
	}
	return t
}

// pairs joins the coordinates of points.
func pairs(call string, x, y any) plotter.XYs {
	xs, ys := numbers(call, "x", x), numbers(call, "y", y)
	if len(xs) != len(ys) {
		fail(call, "x has %d values and y has %d, want as many", len(xs), len(ys))
	}
	points := make(plotter.XYs, len(xs))
	for i := range xs {
		points[i] = plotter.XY{X: xs[i], Y: ys[i]}
	}
	return points
}

// spread returns the samples between two ends.
func spread(low, high float64) []float64 {
	xs := make([]float64, samples)
	for i := range xs {
		xs[i] = low + (high-low)*float64(i)/(samples-1)
	}
	return xs
}

// trace computes a node for many values of a placeholder: all at once if the node
// has an element for each, and one by one if it does not, as when its shape is
// fixed.
func trace(node, placeholder *graph.Node, xs []float64) ([]float64, error) {
	if t, err := node.Compute(graph.Feed{placeholder: asFed(placeholder, xs)}); err == nil && t.Size() == len(xs) && len(xs) > 1 {
		return t.Float64s(), nil
	}
	ys := make([]float64, len(xs))
	for i, x := range xs {
		t, err := node.Compute(graph.Feed{placeholder: x})
		if err != nil {
			return nil, err
		}
		if t.Size() != 1 {
			return nil, fmt.Errorf("%q has shape %v for one value of %q, want a number", node.Label(), t.Shape(), placeholder.Label())
		}
		ys[i] = t.Item()
	}
	return ys, nil
}

// asFed gives numbers the shape that a placeholder wants: a column if it has two
// dimensions.
func asFed(placeholder *graph.Node, xs []float64) any {
	if shape, ok := placeholder.Shape(); !ok || len(shape) != 2 {
		return xs
	}
	column := make([][]float64, len(xs))
	for i, x := range xs {
		column[i] = []float64{x}
	}
	return column
}
