package diagram

import (
	"cmp"
	"math"
	"slices"
)

type point struct{ x, y float64 }

// An arrow is one input of one node, with its line from the right end of the
// source to the left side of the user: level at every point, curved in between.
type arrow struct {
	from, to, input int
	points          []point
	clear           float64 // how close a label may come to it
	top, bottom     float64 // how far it reaches
}

// A layout is where everything goes.
type layout struct {
	boxes  []box
	arrows []arrow
	groups []rect
}

// Distances in pixels.
const (
	rowGap    = 24.0 // between shapes in a column, at least
	columnGap = 54.0 // between columns, at least
)

// arrange lays the shapes out, the innermost groups first. gaps are the least distances
// after each column, for labels, by index of the source.
func arrange(d Diagram, shapes []shape, spacing float64, gap func(node int) float64) layout {
	levels, routes := d.levels()
	for c, l := range slices.Backward(levels) {
		l.measure(shapes, levels)
		l.lattice = bestLattice(l.boxes, l.links)
		l.y = heights(l.lattice, spacing*rowGap)
		l.columns = setColumns(l.boxes, func(i int) float64 {
			if l.items[i].kind == boxed {
				return 0
			}
			return gap(l.items[i].number)
		})
		l.enclose(c, d)
	}
	out := layout{boxes: make([]box, len(d.Nodes)), groups: make([]rect, len(d.Groups))}
	for _, l := range levels { // a group stands before those in it
		l.settle(levels, &out)
	}
	for to, n := range d.Nodes {
		for k, in := range n.Inputs {
			a := arrow{from: in.From, to: to, input: k, clear: 6}
			for _, s := range routes[to][k] {
				a.points = append(a.points, levels[s.level].points(s.link)...)
			}
			a.points[0].x += shapes[in.From].w / 2
			out.arrows = append(out.arrows, a)
		}
	}
	out.dock(shapes)
	return out
}

// weights are those of each input's link. The spine, always taking the input with the
// longest chain of operations, has the heaviest.
func (d Diagram) weights() [][]int {
	weights := make([][]int, len(d.Nodes))
	depth := make([]int, len(d.Nodes)) // operations in the longest chain up to the node
	deepest := make([]int, len(d.Nodes))
	for to, n := range d.Nodes {
		deepest[to] = -1
		for k, in := range n.Inputs {
			weight := leafWeight
			if len(d.Nodes[in.From].Inputs) > 0 {
				weight = chainWeight
			}
			weights[to] = append(weights[to], weight)
			if depth[in.From] >= depth[to] && len(d.Nodes[in.From].Inputs) > 0 {
				depth[to], deepest[to] = depth[in.From]+1, k
			}
		}
		depth[to] = max(depth[to], min(1, len(n.Inputs)))
	}
	for v := len(d.Nodes) - 1; v >= 0 && deepest[v] >= 0; v = d.Nodes[v].Inputs[deepest[v]].From {
		weights[v][deepest[v]] = spineWeight
	}
	return weights
}

type column struct {
	centre, width float64
	boxed         bool // a group stands in it
}

// setColumns finds the columns' places from left to right.
func setColumns(boxes []box, gap func(node int) float64) []column {
	last := 0
	for _, b := range boxes {
		last = max(last, b.rank)
	}
	columns, gaps := make([]column, last+1), make([]float64, last+1)
	for i, b := range boxes {
		columns[b.rank].width = max(columns[b.rank].width, b.w)
		gaps[b.rank] = max(gaps[b.rank], columnGap, gap(i))
	}
	x := 0.0
	for r := range columns {
		columns[r].centre = x + columns[r].width/2
		x += columns[r].width + gaps[r]
	}
	return columns
}

// dock gives every arrow its place on the left side of its user: in the order in
// which the arrows arrive, a level one in the middle.
func (l layout) dock(shapes []shape) {
	arriving := make([][]int, len(l.boxes))
	for i, a := range l.arrows {
		arriving[a.to] = append(arriving[a.to], i)
	}
	before := func(i int) (y float64) { // where it comes from, before it runs level
		for _, p := range slices.Backward(l.arrows[i].points[:len(l.arrows[i].points)-1]) {
			if y = p.y; math.Abs(y-l.boxes[l.arrows[i].to].y) >= 1 {
				break
			}
		}
		return y
	}
	for to, arrows := range arriving {
		slices.SortStableFunc(arrows, func(i, j int) int { return cmp.Compare(before(i), before(j)) })
		middle := float64(len(arrows)-1) / 2
		for k, i := range arrows {
			if math.Abs(before(i)-l.boxes[to].y) < 1 {
				middle = float64(k)
			}
		}
		farthest := max(1, middle, float64(len(arrows)-1)-middle) // must still meet the shape
		step := min(15, 0.6*shapes[to].h/float64(max(1, len(arrows))), 0.45*shapes[to].h/farthest)
		for k, i := range arrows {
			p := l.arrows[i].points
			dy := (float64(k) - middle) * step
			p[len(p)-1] = point{l.boxes[to].x - shapes[to].reach(dy), l.boxes[to].y + dy}
		}
	}
}

// at returns the height of an arrow's line at x, and false outside of it.
func (a arrow) at(x float64) (y float64, ok bool) {
	for i := 1; i < len(a.points); i++ {
		p, q := a.points[i-1], a.points[i]
		if x < p.x || x > q.x || q.x == p.x {
			continue
		}
		return curve(p, q, x), true
	}
	return 0, false
}

// curve is the height at x of the drawn curve from p to q. Its control points
// lie half-way in x, so x is nearly, not quite, linear in the curve's parameter:
// x(t) = 1.5t − 1.5t² + t³ of the way. Newton's method inverts that.
func curve(p, q point, x float64) float64 {
	s := (x - p.x) / (q.x - p.x)
	t := s
	for range 4 {
		f := 1.5*t - 1.5*t*t + t*t*t - s
		t -= f / (1.5 - 3*t + 3*t*t)
	}
	return p.y + (q.y-p.y)*(3*t*t-2*t*t*t)
}
