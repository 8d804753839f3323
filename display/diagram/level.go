package diagram

import (
	"cmp"
	"container/heap"
	"slices"
)

// A level is what is laid out in one go: what stands right inside a group, or in no group.
// A group inside it is one box, which has been laid out before. Where an arrow crosses the
// border of the group, it does so in a port, at the left end or at the right one.
type level struct {
	items   []item
	number  map[item]int
	links   []link
	between map[[3]int]int
	boxes   []box
	lattice *lattice
	y       []float64 // of each vertex of the lattice
	columns []column
	bounds  rect
	middle  float64 // the height that stands for the whole: the spine's, if it comes through
	dx, dy  float64 // from the level's coordinates to those of the layout
}

// An item is one of a level; besides its kind it has the number of a node or a group.
type item struct {
	kind   itemKind
	number int
}

type itemKind int

const (
	single itemKind = iota // a node
	boxed                  // a group
	inlet                  // a port for what comes from a node outside
	outlet                 // a port for what goes out from a node inside
)

// A stretch is the part of an arrow in one level.
type stretch struct{ level, link int }

// levels spreads the diagram over its levels, and says through which each input's arrow
// leads.
func (d Diagram) levels() (levels []*level, routes [][][]stretch) {
	for range len(d.Groups) + 1 {
		levels = append(levels, &level{number: map[item]int{}, between: map[[3]int]int{}})
	}
	for i, g := range d.Groups {
		levels[g.In].item(item{boxed, i + 1})
	}
	for i, n := range d.Nodes {
		levels[n.In].item(item{single, i})
	}
	weights := d.weights()
	routes = make([][][]stretch, len(d.Nodes))
	for to, n := range d.Nodes {
		for k, in := range n.Inputs {
			routes[to] = append(routes[to], d.route(levels, in.From, to, weights[to][k]))
		}
	}
	first := d.firsts()
	for _, l := range levels {
		l.sort(first)
	}
	return levels, routes
}

// firsts is the first node of each group.
func (d Diagram) firsts() (first []int) {
	first = make([]int, len(d.Groups)+1)
	for i, n := range slices.Backward(d.Nodes) {
		for _, g := range d.around(n.In) {
			first[g] = i
		}
	}
	return first
}

// route links what an arrow leads through, level by level: out of the groups around its
// source, and into those around its user.
func (d Diagram) route(levels []*level, from, to, weight int) (route []stretch) {
	out, into := d.around(d.Nodes[from].In), d.around(d.Nodes[to].In)
	for len(out) > 1 && len(into) > 1 && out[len(out)-2] == into[len(into)-2] { // the innermost that both are in
		out, into = out[:len(out)-1], into[:len(into)-1]
	}
	link := func(c int, a, b item) {
		route = append(route, stretch{c, levels[c].link(a, b, from, weight)})
	}
	source := item{single, from}
	for _, c := range out[:len(out)-1] {
		link(c, source, item{outlet, from})
		source = item{boxed, c}
	}
	for i := len(into) - 1; i >= 0; i-- {
		target := item{single, to}
		if i > 0 {
			target = item{boxed, into[i-1]}
		}
		link(into[i], source, target)
		source = item{inlet, from}
	}
	return route
}

// around lists a group and those around it, up to the whole diagram, 0.
func (d Diagram) around(group int) (groups []int) {
	for ; group > 0; group = d.Groups[group-1].In {
		groups = append(groups, group)
	}
	return append(groups, 0)
}

func (l *level) item(i item) int {
	n, ok := l.number[i]
	if !ok {
		n = len(l.items)
		l.number[i] = n
		l.items = append(l.items, i)
	}
	return n
}

// link finds or makes the link of two items for the arrows of one source: parallel ones
// share it.
func (l *level) link(a, b item, source, weight int) int {
	ends := [3]int{l.item(a), l.item(b), source}
	n, ok := l.between[ends]
	if !ok {
		n = len(l.links)
		l.between[ends] = n
		l.links = append(l.links, link{ends[0], ends[1], weight})
	}
	l.links[n].weight = max(l.links[n].weight, weight)
	return n
}

// sort brings the items into an order in which links go from lower to higher numbers.
// Otherwise nodes keep theirs, and a group stands where its first node does.
func (l *level) sort(first []int) {
	before := make([]int, len(l.items))
	users := make([][]int, len(l.items))
	for _, k := range l.links {
		before[k.to]++
		users[k.from] = append(users[k.from], k.to)
	}
	key := func(i item) int {
		if i.kind == boxed {
			return first[i.number]
		}
		return i.number
	}
	ready := &queue{less: func(a, b int) bool {
		x, y := l.items[a], l.items[b]
		return cmp.Or(cmp.Compare(key(x), key(y)), cmp.Compare(x.kind, y.kind)) < 0
	}}
	for i := range l.items {
		if before[i] == 0 {
			heap.Push(ready, i)
		}
	}
	var items []item
	place := make([]int, len(l.items))
	for ready.Len() > 0 {
		i := heap.Pop(ready).(int)
		place[i] = len(items)
		items = append(items, l.items[i])
		for _, u := range users[i] {
			if before[u]--; before[u] == 0 {
				heap.Push(ready, u)
			}
		}
	}
	l.items = items
	l.number, l.between = nil, nil
	for i := range l.links {
		l.links[i].from, l.links[i].to = place[l.links[i].from], place[l.links[i].to]
	}
}

// A queue is a heap of numbers.
type queue struct {
	numbers []int
	less    func(a, b int) bool
}

func (q *queue) Len() int           { return len(q.numbers) }
func (q *queue) Less(i, j int) bool { return q.less(q.numbers[i], q.numbers[j]) }
func (q *queue) Swap(i, j int)      { q.numbers[i], q.numbers[j] = q.numbers[j], q.numbers[i] }
func (q *queue) Push(n any)         { q.numbers = append(q.numbers, n.(int)) }
func (q *queue) Pop() any {
	last := len(q.numbers) - 1
	n := q.numbers[last]
	q.numbers = q.numbers[:last]
	return n
}
