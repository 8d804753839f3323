package diagram

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

// samples are the graphs that every rule of the layout is checked on.
var samples = map[string]Diagram{
	"linear":    linear(),
	"gradients": withGradients(linear()),
	"path":      backTo(withGradients(linear())),
	"network":   network(),
	"quadratic": quadratic(),
	"grouped":   grouped(),
	"leaf":      {Title: "w", Nodes: []Node{{Kind: Variable, Label: "w", Value: "2"}}},
	"twice": {Title: "w·w", Path: true, Nodes: []Node{
		{Kind: Variable, Label: "w", Value: "3", Gradient: "6"},
		{Label: "×", Value: "9", Gradient: "1", Inputs: []Input{{From: 0, Local: "w = 3", Gradient: "3"}, {From: 0, Local: "w = 3", Gradient: "3"}}},
		{Kind: Result, Label: "result", Value: "9", Inputs: []Input{{From: 1}}},
	}},
	"long names": {Title: "weights·observation", Nodes: []Node{
		{Kind: Variable, Label: "a_rather_long_variable", Value: "−0.12345"},
		{Kind: Placeholder, Label: "observation", Value: "[1 2 3]"},
		{Label: "matrix product", Name: "logits before softmax", Value: "[1000 1000]", Inputs: []Input{{From: 0}, {From: 1}}},
		{Kind: Result, Label: "a result with a long name", Value: "[1000 1000]", Inputs: []Input{{From: 2}}},
	}},
}

func eachSample(t *testing.T, check func(t *testing.T, g *drawing)) {
	for name, d := range samples {
		t.Run(name, func(t *testing.T) { check(t, d.compose()) })
	}
}

// frameOf is the rectangle around a shape, computed here from its drawn size.
func (g *drawing) frameOf(i int) rect {
	b, s := g.boxes[i], g.shapes[i]
	return rect{b.x - s.w/2, b.y - s.h/2, b.x + s.w/2, b.y + s.h/2}
}

func TestNodesDoNotOverlap(t *testing.T) {
	check := func(t *testing.T, g *drawing) {
		for i := range g.Nodes {
			for j := range i {
				if g.frameOf(i).overlaps(g.frameOf(j)) {
					t.Errorf("%q at %v overlaps %q at %v", g.Nodes[i].Label, g.frameOf(i), g.Nodes[j].Label, g.frameOf(j))
				}
			}
		}
	}
	names, graphs := corpus()
	for i, d := range graphs {
		t.Run(names[i], func(t *testing.T) { check(t, d.compose()) })
	}
}

// samplePoints covers a rectangle with a fine grid, so that the test of overlaps
// does not use the geometry that it tests.
func samplePoints(r rect, visit func(x, y float64)) {
	for i := range 21 {
		for j := range 9 {
			visit(r.left+(r.right-r.left)*float64(i)/20, r.top+(r.bottom-r.top)*float64(j)/8)
		}
	}
}

// inside reports whether a point is within a shape.
func (g *drawing) inside(i int, x, y float64) bool {
	b, s := g.boxes[i], g.shapes[i]
	dx, dy := math.Abs(x-b.x), math.Abs(y-b.y)
	switch s.kind {
	case Operation:
		return dx/(s.w/2)+dy/(s.h/2) < 1
	case Variable, Result: // a circle, drawn out
		return math.Hypot(max(0, dx-(s.w-s.h)/2), dy) < s.h/2
	}
	return dx < s.w/2 && dy < s.h/2
}

// under names what a rectangle is drawn over: a node or an arrow.
func (g *drawing) under(r rect) (what string) {
	for i, n := range g.Nodes {
		if g.frameOf(i).overlaps(r) {
			samplePoints(r, func(x, y float64) {
				if g.inside(i, x, y) {
					what = "node " + n.Label
				}
			})
		}
	}
	for _, a := range g.arrows {
		if a.points[0].x > r.right || a.points[len(a.points)-1].x < r.left {
			continue
		}
		for x := r.left; x <= r.right; x += 0.5 {
			if at, ok := a.at(x); ok && at > r.top && at < r.bottom {
				what = fmt.Sprintf("the arrow from %q to %q", g.Nodes[a.from].Label, g.Nodes[a.to].Label)
			}
		}
	}
	return what
}

func TestLabelsAreReadable(t *testing.T) {
	check := func(t *testing.T, g *drawing) {
		for k, l := range g.labels {
			r := l.rect()
			if what := g.under(r); what != "" {
				t.Errorf("label %v is over %s", l.spans, what)
			}
			for i, n := range g.Nodes {
				if n.Thumbnail != nil && r.overlaps(g.thumbnailAt(i)) {
					t.Errorf("label %v is over the thumbnail of %s", l.spans, n.Label)
				}
			}
			for _, other := range g.labels[:k] {
				if r.overlaps(other.rect()) {
					t.Errorf("label %v at %v is over label %v at %v", l.spans, r, other.spans, other.rect())
				}
			}
			if r.left+g.dx < 0 || r.right+g.dx > g.width || r.top+g.dy < 30 || r.bottom+g.dy > g.height {
				t.Errorf("label %v at %v is outside of the picture", l.spans, r)
			}
		}
	}
	names, graphs := corpus()
	names, graphs = append(names, "grouped"), append(graphs, grouped())
	for i, d := range graphs {
		t.Run(names[i], func(t *testing.T) {
			g := d.compose()
			check(t, g)
			for i, n := range g.Nodes {
				if n.Thumbnail == nil {
					continue
				}
				if what := g.under(g.thumbnailAt(i)); what != "" {
					t.Errorf("the thumbnail of %s is over %s", n.Label, what)
				}
			}
			random := strings.HasPrefix(names[i], "random")
			if !random && g.lost > 0 || len(d.Nodes) <= maxSpread && 4*g.lost > len(g.labels) {
				t.Errorf("%d labels found no place, %d did", g.lost, len(g.labels))
			}
		})
	}
}

// Every number that a node has is written somewhere.
func TestNoLabelIsLost(t *testing.T) {
	eachSample(t, func(t *testing.T, g *drawing) {
		want := 0
		uses := g.Uses()
		for i, n := range g.Nodes {
			if i == len(g.Nodes)-1 {
				continue // no arrow leaves the last node
			}
			value, slope := shows(n)
			if value != "" || uses[i] > 1 && slope != "" {
				want++
			}
			if slope != "" && uses[i] == 1 {
				want++
			}
			if n.Name != "" {
				want++
			}
		}
		for _, n := range g.Nodes {
			for _, in := range n.Inputs {
				if in.Gradient != "" {
					want++
				}
				if g.Path && in.Local != "" {
					want++
				}
			}
		}
		if len(g.labels) != want {
			t.Errorf("%d labels are written, want %d", len(g.labels), want)
		}
	})
}

// The longest chain of operations lies on one level.
func TestSpineIsStraight(t *testing.T) {
	check := func(t *testing.T, g *drawing) {
		spine := 0
		for to, weights := range g.weights() {
			for k, weight := range weights {
				if weight < spineWeight {
					continue
				}
				spine++
				from := g.Nodes[to].Inputs[k].From
				if a, b := g.boxes[from].y, g.boxes[to].y; math.Abs(a-b) > 1e-6 {
					t.Errorf("the spine bends from %q at %g to %q at %g", g.Nodes[from].Label, a, g.Nodes[to].Label, b)
				}
			}
		}
		if spine == 0 && len(g.Nodes) > 3 {
			t.Error("there is no spine")
		}
	}
	eachSample(t, check)
	for seed := range uint64(20) {
		t.Run(fmt.Sprint("random ", seed), func(t *testing.T) { check(t, random(60, seed).compose()) })
	}
}

// In a tree every operand stands in the order in which it was written, and no
// arrows cross.
func TestOperandOrderIsKept(t *testing.T) {
	for _, name := range []string{"linear", "path"} {
		g := samples[name].compose()
		for i, n := range g.Nodes {
			for k := 1; k < len(n.Inputs); k++ {
				a, b := n.Inputs[k-1].From, n.Inputs[k].From
				if g.boxes[a].y >= g.boxes[b].y {
					t.Errorf("%s: operand %q of node %d is not above %q", name, g.Nodes[a].Label, i, g.Nodes[b].Label)
				}
			}
		}
	}
	d := linear()
	d.Nodes[6].Inputs[0], d.Nodes[6].Inputs[1] = d.Nodes[6].Inputs[1], d.Nodes[6].Inputs[0] // y − prediction
	if g := d.compose(); g.boxes[5].y >= g.boxes[4].y {
		t.Error("in y − prediction, y is not above prediction")
	}
}

func TestArrowsGoRight(t *testing.T) {
	eachSample(t, func(t *testing.T, g *drawing) {
		for _, a := range g.arrows {
			for i := 1; i < len(a.points); i++ {
				if a.points[i].x <= a.points[i-1].x {
					t.Errorf("the arrow from %q to %q turns back: %v", g.Nodes[a.from].Label, g.Nodes[a.to].Label, a.points)
				}
			}
		}
	})
}

// random is a graph of n nodes, of which every operation takes two before it.
func random(n int, seed uint64) Diagram {
	r := rand.New(rand.NewPCG(seed, 7))
	d := Diagram{Title: "random"}
	for i := range n {
		node := Node{Kind: Variable, Label: "w"}
		if i >= n/4 {
			node = Node{Label: "+"}
			for range 2 {
				node.Inputs = append(node.Inputs, Input{From: i - 1 - int(float64(i)*math.Pow(r.Float64(), 4))})
			}
		}
		d.Nodes = append(d.Nodes, node)
	}
	// The last node takes what nobody took, so that all lead to it.
	last := &d.Nodes[n-1]
	for i, uses := range d.Uses() {
		if uses == 0 && i < n-1 {
			last.Inputs = append(last.Inputs, Input{From: i})
		}
	}
	return d
}

// crossings counts the crossings of a drawing independently of the lattice: each
// pair of arrows, column by column, that change sides.
func (g *drawing) drawnCrossings() int {
	n := 0
	for i, a := range g.arrows {
		for _, b := range g.arrows[:i] {
			left := max(a.points[0].x, b.points[0].x)
			right := min(a.points[len(a.points)-1].x, b.points[len(b.points)-1].x)
			before := 0
			for x := left; x <= right; x++ {
				ya, _ := a.at(x)
				yb, _ := b.at(x)
				side := 0
				switch {
				case ya < yb-1:
					side = -1
				case ya > yb+1:
					side = 1
				}
				if side != 0 && before != 0 && side != before {
					n++
				}
				if side != 0 {
					before = side
				}
			}
		}
	}
	return n
}

func TestTutorialGraphsDoNotCross(t *testing.T) {
	for _, name := range []string{"linear", "gradients", "path", "quadratic", "twice"} {
		if n := samples[name].compose().drawnCrossings(); n > 0 {
			t.Errorf("%s has %d crossings, want none", name, n)
		}
	}
}

// Sweeping must not make things worse than the order it starts from.
func TestUntangleHelps(t *testing.T) {
	for seed := range uint64(10) {
		d := random(80, seed)
		boxes := make([]box, len(d.Nodes))
		levels, _ := d.levels()
		links := levels[0].links
		rank(boxes, links, false)
		g := newLattice(boxes, links)
		after := g.crossings()
		g.walk(false, nil)
		if before := g.crossings(); after > before {
			t.Errorf("seed %d: %d crossings after sweeping, %d before", seed, after, before)
		}
	}
}

func BenchmarkLayout(b *testing.B) {
	graphs := map[string]Diagram{"perceptron": perceptron(40, 40, 40)}
	for _, n := range []int{35, 1000, 10_000} {
		graphs["random"+fmt.Sprint(n)] = random(n, 1)
	}
	for name, d := range graphs {
		b.Run(fmt.Sprint(name, " of ", len(d.Nodes)), func(b *testing.B) {
			for b.Loop() {
				d.compose()
			}
		})
	}
}
