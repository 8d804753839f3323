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
}

// Distances in pixels.
const (
	rowGap    = 24.0 // between shapes in a column, at least
	columnGap = 54.0 // between columns, at least
)

// arrange lays the shapes out. gaps are the least distances after each column,
// for labels, by index of the source.
func arrange(d Diagram, shapes []shape, spacing float64, gap func(node int) float64) layout {
	boxes := make([]box, len(shapes))
	for i, s := range shapes {
		boxes[i] = s.box
	}
	links, of := d.links()
	g := bestLattice(boxes, links)
	y := heights(g, spacing*rowGap)
	columns := setColumns(boxes, gap)
	for i := range boxes {
		boxes[i].x, boxes[i].y = columns[boxes[i].rank].centre, y[i]
	}
	l := layout{boxes: boxes}
	for to, n := range d.Nodes {
		for k, in := range n.Inputs {
			a := arrow{from: in.From, to: to, input: k, clear: 6}
			for _, v := range g.chains[of[[2]int{in.From, to}]] {
				c := columns[g.rank[v]]
				switch {
				case g.passing(v): // level across the whole column, to clear what stands in it
					a.points = append(a.points, point{c.centre - c.width/2, y[v]}, point{c.centre + c.width/2, y[v]})
				default:
					a.points = append(a.points, point{boxes[v].x, y[v]})
				}
			}
			a.points[0].x += shapes[in.From].w / 2
			l.arrows = append(l.arrows, a)
		}
	}
	l.dock(shapes)
	return l
}

// links lists the edges for the layout, parallel ones once, and says which link
// is whose. The spine, always taking the input with the longest chain of
// operations, has the heaviest.
func (d Diagram) links() (links []link, of map[[2]int]int) {
	of = map[[2]int]int{}
	depth := make([]int, len(d.Nodes)) // operations in the longest chain up to the node
	deepest := make([]int, len(d.Nodes))
	for to, n := range d.Nodes {
		deepest[to] = -1
		for _, in := range n.Inputs {
			ends := [2]int{in.From, to}
			if _, ok := of[ends]; !ok {
				of[ends] = len(links)
				weight := leafWeight
				if len(d.Nodes[in.From].Inputs) > 0 {
					weight = chainWeight
				}
				links = append(links, link{in.From, to, weight})
			}
			if depth[in.From] >= depth[to] && len(d.Nodes[in.From].Inputs) > 0 {
				depth[to], deepest[to] = depth[in.From]+1, in.From
			}
		}
		depth[to] = max(depth[to], min(1, len(n.Inputs)))
	}
	for v := len(d.Nodes) - 1; v >= 0 && deepest[v] >= 0; v = deepest[v] {
		links[of[[2]int{deepest[v], v}]].weight = spineWeight
	}
	return links, of
}

type column struct{ centre, width float64 }

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
	before := func(i int) float64 { p := l.arrows[i].points; return p[len(p)-2].y }
	for to, arrows := range arriving {
		slices.SortStableFunc(arrows, func(i, j int) int { return cmp.Compare(before(i), before(j)) })
		middle := float64(len(arrows)-1) / 2
		for k, i := range arrows {
			if math.Abs(before(i)-l.boxes[to].y) < 1 {
				middle = float64(k)
			}
		}
		step := min(15, 0.6*shapes[to].h/float64(max(1, len(arrows))))
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
