package display

import (
	"fmt"
	"strings"
	"testing"

	"gradbook/graph"
)

// tower is a network of layers that a function makes, without scopes.
func tower(layers int, layer func(i int, h *graph.Node) *graph.Node) *graph.Node {
	h := graph.Placeholder("x", -1, 2)
	for i := range layers {
		h = layer(i, h)
	}
	return h.Sum().Named("total")
}

func weights() *graph.Node { return graph.Variable("w", [][]float64{{1, 2}, {3, 4}}) }

func TestLayersAreDrawnOnce(t *testing.T) {
	shared := weights()
	for name, tt := range map[string]struct {
		node   *graph.Node
		frames []string
		nodes  int
	}{
		"equal layers": {tower(40, func(_ int, h *graph.Node) *graph.Node { return h.MatMul(weights()).Add([]float64{1, 2}).Tanh() }),
			[]string{"× 40"}, 1 + 5 + 2},
		"residual layers": {tower(40, func(_ int, h *graph.Node) *graph.Node { return h.MatMul(weights()).Tanh().Add(h) }),
			[]string{"× 40"}, 1 + 4 + 2},
		"layers that share their weights": {tower(60, func(_ int, h *graph.Node) *graph.Node { return h.MatMul(shared).Tanh().Square() }),
			[]string{"× 60"}, 2 + 3 + 2},
		"layers of two kinds": {tower(60, func(i int, h *graph.Node) *graph.Node {
			if h = h.MatMul(weights()); i%2 == 0 {
				return h.Tanh()
			}
			return h.ReLU()
		}), []string{"× 30"}, 1 + 6 + 2},
		"another layer in between": {tower(60, func(i int, h *graph.Node) *graph.Node {
			if h = h.MatMul(weights()); i == 20 {
				return h.Exp()
			}
			return h.Tanh()
		}), []string{"× 20", "× 39"}, 1 + 3 + 3 + 3 + 2},
		"a small network": {tower(10, func(_ int, h *graph.Node) *graph.Node { return h.MatMul(weights()).Tanh() }),
			nil, 1 + 30 + 2},
		"dense connections": {tower(1, func(_ int, h *graph.Node) *graph.Node {
			sum := h
			for range 80 {
				h = h.MatMul(weights())
				sum = sum.Add(h)
			}
			return sum
		}), nil, 1 + 240 + 2},
	} {
		out := Graph(tt.node).drawing()
		var frames []string
		for _, g := range out.Groups {
			frames = append(frames, g.Label)
		}
		if fmt.Sprint(frames) != fmt.Sprint(tt.frames) || len(out.Nodes) != tt.nodes {
			t.Errorf("%s: frames %v and %d nodes, want %v and %d", name, frames, len(out.Nodes), tt.frames, tt.nodes)
		}
		if svg := out.Picture().SVG(); !strings.Contains(string(svg), `class="operation"`) {
			t.Errorf("%s: nothing is drawn", name)
		}
	}
}

// The user decides: a small network may be folded, a large one opened.
func TestRepetitionsOnDemand(t *testing.T) {
	n := tower(10, func(_ int, h *graph.Node) *graph.Node { return h.MatMul(weights()).Tanh() })
	if got := len(Graph(n).Collapse().drawing().Nodes); got != 1+3+2 {
		t.Errorf("%d nodes of the folded network, want 6", got)
	}
	if got := len(Graph(n).Collapse().Expand().drawing().Nodes); got != 1+30+2 {
		t.Errorf("%d nodes of the opened network, want all 33", got)
	}
}
