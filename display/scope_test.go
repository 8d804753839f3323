package display

import (
	"fmt"
	"strings"
	"testing"

	"gradbook/display/diagram"
	"gradbook/graph"
)

// dense is a layer as people write it.
func dense(name string, x *graph.Node, in, out int) *graph.Node {
	w, b := make([][]float64, in), make([]float64, out)
	for i := range w {
		w[i] = make([]float64, out)
		for j := range w[i] {
			w[i][j] = float64((i*7+j*3)%5)/5 - 0.4
		}
	}
	return graph.Scope(name, x.MatMul(graph.Variable("w", w)).Add(graph.Variable("b", b)).Tanh(), x)
}

// layered has so many hidden layers, in two scopes.
func layered(layers int) (loss, x, y *graph.Node) {
	x, y = graph.Placeholder("x", -1, 3), graph.Placeholder("y", -1, 2)
	h := x
	for i := range layers {
		h = dense(fmt.Sprint("hidden ", i+1), h, 3, 3)
	}
	h = graph.Scope("encoder", h, x)
	return dense("head", h, 3, 2).Subtract(y).Square().Mean().Named("loss"), x, y
}

func feedOf(x, y *graph.Node) graph.Feed {
	return graph.Feed{x: [][]float64{{1, 2, 3}, {0.5, -1, 2}}, y: [][]float64{{1, 0}, {0, 1}}}
}

// shownParts counts what a diagram has: folded scopes and frames.
func shownParts(d *Diagram) (folded, frames, nodes int) {
	out := d.drawing()
	for _, n := range out.Nodes {
		if n.Kind == diagram.Folded {
			folded++
		}
	}
	return folded, len(out.Groups), len(out.Nodes)
}

func TestScopesAreFolded(t *testing.T) {
	loss, _, _ := layered(2)
	large, _, _ := layered(40)
	all := len(modelOf(loss).nodes) + 1
	for name, tt := range map[string]struct {
		d                     *Diagram
		folded, frames, nodes int
	}{
		"a small graph is open":    {Graph(loss), 0, 4, all},
		"one layer is folded":      {Graph(loss).Collapse("head"), 1, 3, all - 4},
		"an outer scope is folded": {Graph(loss).Collapse("encoder"), 1, 1, all - 9},
		"all are folded":           {Graph(loss).Collapse(), 2, 0, all - 9 - 4},
		"and opened again":         {Graph(loss).Collapse().Expand(), 0, 4, all},
		"a large graph is folded":  {Graph(large), 2, 0, all - 9 - 4},
		"an outer scope is opened": {Graph(large).Expand("encoder").Collapse("hidden 1"), 2, 2, all - 9 - 4},
	} {
		if folded, frames, nodes := shownParts(tt.d); folded != tt.folded || frames != tt.frames || nodes != tt.nodes {
			t.Errorf("%s: %d folded, %d frames, %d nodes, want %d, %d and %d", name, folded, frames, nodes, tt.folded, tt.frames, tt.nodes)
		}
	}
}

func TestUnknownScope(t *testing.T) {
	loss, _, _ := layered(1)
	err := mistake(t, func() { Graph(loss).Expand("hiden 1") })
	for _, want := range []string{`no scope "hiden 1"`, "encoder, head, hidden 1"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q in it", err, want)
		}
	}
}

// What is folded keeps the numbers of its output and the arrows of all that it takes.
func TestFoldedNumbers(t *testing.T) {
	loss, x, y := layered(2)
	d := Graph(loss).Gradients(feedOf(x, y)).Collapse()
	out := d.drawing()
	for _, n := range out.Nodes {
		if n.Kind != diagram.Folded {
			continue
		}
		if n.Value == "" || n.Gradient == "" || len(n.Inputs) != 1 {
			t.Errorf("%s: value %q, gradient %q, inputs %v, want numbers and one input", n.Label, n.Value, n.Gradient, n.Inputs)
		}
		if !strings.Contains(n.Tip, "a scope of") {
			t.Errorf("%s: the title is %q", n.Label, n.Tip)
		}
	}
}

// A scope that depends on itself through what is outside cannot be one shape, nor have a
// frame: its nodes stand where they would without it.
func TestScopeAroundOthers(t *testing.T) {
	x, w := graph.Placeholder("x"), graph.Variable("w", 1.0)
	first := x.Multiply(w)
	middle := first.Exp()
	last := graph.Scope("ring", middle.Add(first), middle) // takes first, which is before middle
	if folded, frames, nodes := shownParts(Graph(last).Collapse()); folded != 0 || frames != 0 || nodes != 6 {
		t.Errorf("%d folded, %d frames, %d nodes, want the graph without its scope", folded, frames, nodes)
	}
}

// A variable that is used outside of its scope as well stands outside of it.
func TestSharedVariable(t *testing.T) {
	x, w := graph.Placeholder("x"), graph.Variable("w", 1.0)
	h := graph.Scope("part", x.Multiply(w).Exp(), x)
	out := Graph(h.Add(w)).drawing()
	for _, n := range out.Nodes {
		if want := n.Label == "×" || n.Label == "exp"; (n.In != 0) != want {
			t.Errorf("%s is in group %d", n.Label, n.In)
		}
	}
}

// The path leads to what stands for its target.
func TestPathIntoFolded(t *testing.T) {
	loss, x, y := layered(2)
	var w *graph.Node
	for _, v := range loss.Variables() {
		w = v
		break
	}
	out := Graph(loss).Values(feedOf(x, y)).Path(w).Collapse("hidden 1").drawing()
	if n := out.Nodes[out.Target]; n.Label != "hidden 1" {
		t.Errorf("the path leads to %q, want the folded scope", n.Label)
	}
	if len(out.Notes) == 0 {
		t.Error("the chain rule is gone")
	}
}

func TestStepsOfScopes(t *testing.T) {
	x := graph.Placeholder("x")
	y := graph.Scope("part", x.Square().Exp(), x)
	if got := len(Graph(y).Collapse().Steps(graph.Feed{x: 2}).pictures); got != 2+2+3 {
		t.Errorf("%d steps, want one for each node and way", got)
	}
}

// Beyond what can be drawn the same facts stand in a table.
func TestSummary(t *testing.T) {
	n := graph.Variable("v", []float64{1, 2, 3})
	for i := range 30 {
		in := n
		for range 100 {
			n = n.Exp().Add(n)
		}
		n = graph.Scope(fmt.Sprint("block ", i), n, in)
	}
	if folded, frames, nodes := shownParts(Graph(n)); folded != 1 || frames != 1 || nodes != 3 {
		t.Errorf("%d nodes are drawn, %d folded in %d frames, want one of the blocks, the variable and the result", nodes, folded, frames)
	}
	b := Render(Graph(n).Expand())
	text := strings.Join(strings.Fields(b.Data[textPlain].(string)), " ")
	for _, want := range []string{"a graph of 6001 nodes", "6000 operations deep", "3 numbers in variables", "exp 3000", "scope block 0 200", "and 18 more scopes"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	if html := b.Data[textHTML].(string); !strings.Contains(html, "6001 nodes") {
		t.Errorf("%.200s has no summary", html)
	}
}
