package display

import (
	"fmt"
	"math"
	"strings"

	"gradbook/display/canvas"
	"gradbook/display/diagram"
	"gradbook/graph"
)

// maxPaths is how many paths the chain rule is written out for.
const maxPaths = 12

// A way is one path of back-propagation: the local derivatives on it, from the
// root down to the target.
type way struct {
	factors []string
	product float64 // of the factors, summed over all elements
	known   bool    // product is a number
	sum     bool    // some factor is a tensor, so the product is summed
}

// chain writes the chain rule below the diagram: in one line, or in a line for
// the sum and one for each path.
func (d *Diagram) chain(drawn diagram.Diagram) [][]canvas.Span {
	var ways []way
	more := false
	drawn.Nodes = drawn.Nodes[:len(d.model.nodes)] // without the pill
	drawn.Walk(d.target, func(nodes, inputs []int) bool {
		if more = len(ways) == maxPaths; !more {
			ways = append(ways, d.way(nodes, inputs))
		}
		return !more
	})
	d.check(ways, more)
	head := []canvas.Span{{Text: "chain rule:  "}, {Text: d.ratio(), Italic: true}}
	if len(ways) == 1 {
		line := append(head, ways[0].spans()...)
		return [][]canvas.Span{append(line, d.total(ways)...)}
	}
	lines := [][]canvas.Span{append(append(head, sumOf(ways, more)...), d.total(ways)...)}
	for i, w := range ways {
		line := append([]canvas.Span{{Text: fmt.Sprintf("path %d:", i+1)}}, w.spans()...)
		line[1].Text = strings.Replace(line[1].Text, " = ", "  ", 1)
		if w.known && (len(w.factors) > 1 || w.sum) {
			line = append(line, canvas.Span{Text: " = " + number(w.product)})
		}
		lines = append(lines, line)
	}
	if more {
		lines = append(lines, []canvas.Span{{Text: "… and " + left(drawn.Ways(d.target)-maxPaths)}})
	}
	return lines
}

// left says how many paths are not written.
func left(paths float64) string {
	if paths == 1 {
		return "1 more path"
	}
	return number(paths) + " more paths"
}

// ratio is the derivative in Leibniz's notation.
func (d *Diagram) ratio() string {
	return "∂" + d.model.called() + "/∂" + d.model.nodes[d.target].Label()
}

// total is the derivative itself.
func (d *Diagram) total(ways []way) []canvas.Span {
	if !d.fed {
		return nil
	}
	value := brief(d.model.gradients[d.target])
	if len(ways) == 1 && len(ways[0].factors) == 1 && ways[0].factors[0] == value && !ways[0].sum {
		return nil // "= 1 = 1"
	}
	return []canvas.Span{{Text: " = "}, {Text: value, Bold: true}}
}

// sumOf writes the sum of the paths, in numbers where they are known.
func sumOf(ways []way, more bool) (spans []canvas.Span) {
	for i, w := range ways {
		text := fmt.Sprintf("path %d", i+1)
		if w.known {
			text = number(w.product)
		}
		sign := " + "
		switch {
		case i == 0:
			sign = " = "
		case strings.HasPrefix(text, "−"):
			sign, text = " − ", strings.TrimPrefix(text, "−")
		}
		spans = append(spans, canvas.Span{Text: sign + text})
	}
	if more {
		spans = append(spans, canvas.Span{Text: " + …"})
	}
	return spans
}

// spans writes the product of the factors.
func (w way) spans() (spans []canvas.Span) {
	for i, f := range w.factors {
		sign := " · "
		switch {
		case i == 0 && w.sum:
			sign = " = Σ "
		case i == 0:
			sign = " = "
		}
		spans = append(spans, canvas.Span{Text: sign + f})
	}
	return spans
}

// way reads one path: the nodes from the root to the target, and which input is
// taken at each.
func (d *Diagram) way(nodes, inputs []int) way {
	w := way{known: d.fed}
	size := 1 // of the largest value on the path: what the product is summed over
	var products []float64
	for step, k := range inputs {
		i := nodes[step]
		w.factors = append(w.factors, d.factor(i, k))
		if !d.fed {
			continue
		}
		size = max(size, d.model.values[i].Size())
		slope := d.model.slopes[i][k]
		if slope == nil {
			w.known = false
			continue
		}
		products, w.known = times(products, slope.Float64s(), w.known)
	}
	if d.fed {
		size = max(size, d.model.values[d.target].Size())
		w.sumUp(products, size)
	}
	return w
}

// factor writes one local derivative as a factor: a number if it is one, else its
// formula, in brackets where the product needs them.
func (d *Diagram) factor(i, k int) string {
	m := d.model
	if m.locals[i][k] == nil {
		return "∂" + m.nodes[i].Label() + "/∂" + m.nodes[m.inputs[i][k]].Label()
	}
	if d.fed && m.slopes[i][k] != nil {
		if v, ok := uniform(m.slopes[i][k]); ok {
			return signed(v)
		}
	}
	formula := m.locals[i][k].Formula(m.names()...)
	switch {
	case len([]rune(formula)) > longFactor:
		return d.spelt(i, k)
	case strings.ContainsAny(formula, " −"):
		return "(" + formula + ")"
	}
	return formula
}

// longFactor is how many characters a factor has at most.
const longFactor = 28

// spelt writes a local derivative whose formula is too long: by what is derived by
// what, and the shape of its numbers.
func (d *Diagram) spelt(i, k int) string {
	m := d.model
	called := func(n *graph.Node) string {
		if n.Name() == "" && n.Kind() == graph.Operation {
			return n.Symbol()
		}
		return n.Label()
	}
	s := "∂" + called(m.nodes[i]) + "/∂" + called(m.nodes[m.inputs[i][k]])
	if d.fed && m.slopes[i][k] != nil {
		s += fmt.Sprint(m.slopes[i][k].Shape())
	}
	return "(" + s + ")"
}

// signed writes a number as a factor, a negative one in brackets.
func signed(v float64) string {
	if v < 0 {
		return "(" + number(v) + ")"
	}
	return number(v)
}

// times multiplies element by element; a single element goes with all.
func times(a, b []float64, ok bool) ([]float64, bool) {
	switch {
	case !ok:
		return nil, false
	case a == nil:
		return b, true
	case len(a) == 1:
		a, b = b, a
	case len(b) != 1 && len(a) != len(b):
		return nil, false // not an element-wise product
	}
	out := make([]float64, len(a))
	for i := range a {
		out[i] = a[i] * b[min(i, len(b)-1)]
	}
	return out, true
}

// sumUp adds the products of the elements. A single product stands for all
// elements of the largest value on the path, as in the mean of a batch.
func (w *way) sumUp(products []float64, size int) {
	if !w.known {
		return
	}
	for _, p := range products {
		w.product += p
	}
	w.sum = len(products) > 1 || size > 1
	if len(products) == 1 {
		w.product *= float64(size)
	}
}

// check keeps the picture honest. A product of local derivatives, summed over the
// elements, is a part of the gradient only where operations work element by
// element; a matrix product, say, mixes them. So the parts must add up to the
// gradient that the engine computed, or they are not written as numbers.
func (d *Diagram) check(ways []way, more bool) {
	if !d.fed {
		return
	}
	sum, known := 0.0, true
	for _, w := range ways {
		sum += w.product
		known = known && w.known && !(more && w.sum) // with paths left out, only plain numbers are certain
	}
	gradient := d.model.gradients[d.target]
	if known = known && gradient.Size() == 1; known && !more {
		want := gradient.Item()
		known = math.Abs(sum-want) <= 1e-9+1e-6*math.Abs(want) || sum == want
	}
	if known {
		return
	}
	for i := range ways {
		ways[i].known, ways[i].sum = false, false
	}
}
