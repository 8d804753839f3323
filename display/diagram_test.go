package display

import (
	"errors"
	"math"
	"strings"
	"testing"

	"gradbook/graph"
)

// has fails unless a text contains all of some lines.
func has(t *testing.T, text string, lines ...string) {
	t.Helper()
	for _, want := range lines {
		if !strings.Contains(text, want) {
			t.Errorf("got\n%s\nwant it to contain %q", text, want)
		}
	}
}

// The numbers of the first calculation: 0.5·10 + 1 = 6, 6 − 4 = 2, 2² = 4.
func TestValues(t *testing.T) {
	l := newLine()
	has(t, plain(t, Graph(l.error).Values(l.one())),
		"error = (w·x + b − y)²", "( )²  error = 4", "−  difference = 2", "+  prediction = 6", "× = 5", "w (variable) = 0.5", "x (placeholder) = 10")
	svg := string(svgOf(t, Graph(l.error).Values(l.one())))
	has(t, svg, ">6</text>", ">2</text>", ">4</text>", "<title>prediction = w·x + b = 6</title>", `aria-label="error = (w·x + b − y)²"`)
	if strings.Contains(svg, "∂") {
		t.Error("a diagram of values has gradients")
	}
}

// By hand: ∂e/∂difference = 2·2 = 4, ∂e/∂w = 4·10 = 40, ∂e/∂x = 4·0.5 = 2, ∂e/∂y = −4.
func TestGradients(t *testing.T) {
	l := newLine()
	for name, d := range map[string]*Diagram{
		"alone":        Graph(l.error).Gradients(l.one()),
		"after values": Graph(l.error).Values(l.one()).Gradients(),
	} {
		text := plain(t, d)
		t.Run(name, func(t *testing.T) {
			has(t, text, "w (variable) = 0.5  ∂ 40", "x (placeholder) = 10  ∂ 2", "b (variable) = 1  ∂ 4", "y (placeholder) = 4  ∂ −4", "error = 4  ∂ 1")
		})
	}
	has(t, string(svgOf(t, Graph(l.error).Gradients(l.one()))), ">∂ 40</text>", ">∂ −4</text>", "∂error/∂w = 40")
}

func TestPath(t *testing.T) {
	l := newLine()
	const rule = "chain rule:  ∂error/∂w = 4 · 1 · 1 · 10 = 40"
	for name, d := range map[string]*Diagram{
		"values first": Graph(l.error).Values(l.one()).Path(l.w),
		"path first":   Graph(l.error).Path(l.w).Values(l.one()),
	} {
		t.Run(name, func(t *testing.T) {
			has(t, plain(t, d), rule)
			svg := string(svgOf(t, d))
			has(t, svg, ">2·difference = 4</text>", ">x = 10</text>", "back-propagation to w")
			if n := strings.Count(svg, `<g class="back">`); n != 5 {
				t.Errorf("%d arrows go back, want 5", n)
			}
		})
	}
}

// Without a feed the chain rule is a formula.
func TestPathOfFormulas(t *testing.T) {
	l := newLine()
	has(t, plain(t, Graph(l.error).Path(l.w)), "chain rule:  ∂error/∂w = 2·difference · 1 · 1 · x")
	has(t, plain(t, Graph(l.error).Path(l.y)), "chain rule:  ∂error/∂y = 2·difference · (−1)")
}

// Several paths have a line each, and their sum is the gradient.
func TestPathSeveral(t *testing.T) {
	l := newLine()
	// 0.25·10² + 0.5·10 + 1 − 4 = 27; ∂e/∂x = 2·27·(0.25·2·10 + 0.5) = 270 + 27.
	has(t, plain(t, Graph(l.quadratic()).Values(l.one()).Path(l.x)),
		"chain rule:  ∂error/∂x = 270 + 27 = 297", "path 1:  54 · 1 · 1 · 1 · 0.25 · 20 = 270", "path 2:  54 · 1 · 1 · 1 · 0.5 = 27")
	has(t, plain(t, Graph(l.w.Multiply(l.w)).Values().Path(l.w)), "∂result/∂w = 0.5 + 0.5 = 1")
}

// Over a batch the products of the elements are summed; the sum is compared with
// a finite difference.
func TestPathOverBatch(t *testing.T) {
	l := newLine()
	text := plain(t, Graph(l.loss).Values(l.many()).Path(l.w))
	slope := func(w float64) float64 {
		scores, iqs := students()
		sum := 0.0
		for i := range scores {
			d := w*scores[i] + 1 - iqs[i]
			sum += d * d
		}
		return sum / float64(len(scores))
	}
	const h = 1e-4
	want := number((slope(0.5+h) - slope(0.5-h)) / (2 * h))
	has(t, text, "∂loss/∂w = Σ 0.03333 · 2·difference · 1 · 1 · x = "+want)
}

// A matrix product mixes elements, so the product of local derivatives is not the
// gradient, and the picture must not say that it is.
func TestPathDoesNotLie(t *testing.T) {
	w := graph.Variable("W", [][]float64{{1, 2}, {3, 4}})
	x := graph.Placeholder("x", 2, 1)
	y := graph.MatMul(w, x).Sum().Named("y")
	text := plain(t, Graph(y).Values(graph.Feed{x: [][]float64{{5}, {6}}}).Path(w))
	_, rule, _ := strings.Cut(text, "chain rule:  ")
	if !strings.HasPrefix(rule, "∂y/∂W = ") || !strings.HasSuffix(rule, "= [2 2]") || strings.Contains(rule, "Σ") {
		t.Errorf("got %q, want factors and the gradient's shape, and no sum over elements", rule)
	}
}

// A derivative whose formula would fill the line is called by what it is derived of, with
// the shape of its numbers.
func TestLongFactors(t *testing.T) {
	loss, x, y := layered(2)
	text := plain(t, Graph(loss).Values(feedOf(x, y)).Path(loss.Variables()[0]))
	_, rule, _ := strings.Cut(text, "chain rule:  ")
	has(t, rule, "∂loss/∂w = 0.25 · (∂( )²/∂−[2 2]) · 1 · (∂tanh/∂+[2 2]) · 1 · wᵀ", "= [3 3]")
}

func TestManyPathsAreCut(t *testing.T) {
	w := graph.Variable("w", 1)
	y := w
	for range 5 {
		y = y.Add(y) // 32 paths
	}
	has(t, plain(t, Graph(y).Values().Path(w)), "∂result/∂w = 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + … = 32", "… and 20 more paths")
}

func TestDiagramMistakes(t *testing.T) {
	l := newLine()
	other := graph.Variable("other", 1)
	tests := []struct {
		name string
		call func()
		want string
	}{
		{"nil node", func() { Graph(nil) }, "display: Graph: the node is nil, want one to draw"},
		{"nil variable", func() { Graph(l.error).Path(nil) }, `display: Path: the variable is nil, want one that "error" depends on`},
		{"another graph's", func() { Graph(l.error).Path(other) }, `display: Path: "error" does not depend on "other", want one of w, x, b, y`},
		{"itself", func() { Graph(l.error).Path(l.error) }, `display: Path: "error" is where the path starts, want a variable that it depends on`},
		{"two feeds", func() { Graph(l.error).Values(l.one(), l.one()) }, "display: Values: 2 feeds, want one"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := mistake(t, tt.call); got.Error() != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// What the graph complains of comes through, with its own error.
func TestDiagramMissingFeed(t *testing.T) {
	l := newLine()
	err := mistake(t, func() { Graph(l.error).Values(graph.Feed{l.x: 1}) })
	var graphError *graph.Error
	if !errors.As(err, &graphError) {
		t.Fatalf("got %v, want a *graph.Error within", err)
	}
	has(t, err.Error(), "display: Values: ", `"y"`)
}

func TestDiagramOfLeaf(t *testing.T) {
	has(t, plain(t, Graph(graph.Variable("w", 0.5)).Values()), "w (variable) = 0.5")
	svg := string(svgOf(t, graph.Placeholder("x")))
	if strings.Contains(svg, `class="result"`) || !strings.Contains(svg, `class="placeholder"`) {
		t.Error("a lone placeholder should be a square without a result")
	}
}

func TestDiagramOfUnnamed(t *testing.T) {
	has(t, plain(t, Graph(graph.Variable("w", 2).Square()).Gradients()), "w²\n", "( )² = 4", "w (variable) = 2  ∂ 4")
	has(t, string(svgOf(t, Graph(graph.Variable("w", 2).Square()).Gradients())), "∂result/∂w = 4")
}

// Shared nodes are spelled out once in the tree.
func TestTreeSharesNodes(t *testing.T) {
	s := graph.Variable("w", 2).Square().Named("s")
	text := plain(t, Graph(s.Add(s)))
	if strings.Count(text, "w (variable)") != 1 || !strings.Contains(text, "( )²  s  (above)") {
		t.Errorf("got\n%s\nwant the second s to refer to the first", text)
	}
}

func TestHugeGraphIsSummedUp(t *testing.T) {
	y := graph.Variable("w", 1)
	for range 2500 {
		y = y.Add(1)
	}
	b := Render(y)
	if b.Data[imagePNG] != nil {
		t.Error("a graph of 5001 nodes was drawn")
	}
	has(t, b.Data[textPlain].(string), "a graph of 5001 nodes, too many to draw", "add        2500")
}

func TestBrief(t *testing.T) {
	tests := []struct {
		v    any
		want string
	}{
		{6, "6"}, {[]float64{1, 2, 3}, "[1 2 3]"}, {[]float64{1, 2, 3, 4}, "[4]"}, {[]float64{2, 2, 2, 2}, "2"},
		{[][]float64{{1, 2}, {3, 4}}, "[2 2]"}, {math.NaN(), "NaN"}, {-0.5, "−0.5"},
	}
	for _, tt := range tests {
		tensor, err := graph.NewTensor(tt.v)
		if err != nil {
			t.Fatal(err)
		}
		if got := brief(tensor); got != tt.want {
			t.Errorf("brief(%v) = %q, want %q", tt.v, got, tt.want)
		}
	}
}
