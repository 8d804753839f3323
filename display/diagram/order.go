package diagram

import (
	"math"
	"math/rand/v2"
	"slices"
)

// A lattice is the graph with every link cut into steps from one column to the
// next. Vertices below n are boxes; the others stand for a link on its way
// through a column.
type lattice struct {
	n        int
	rank     []int
	up, down []float64 // how far each vertex reaches from its centre
	in, out  [][]int
	chains   [][]int // the vertices of each link, from end to end
	inStep   [][]int // number of the step from each of in
	outStep  [][]int // and to each of out
	weight   []int   // of each step
	columns  [][]int // the vertices of each column, from top to bottom
	at       []int   // position of each vertex in its column

	positions []int // of neighbours, for reuse
}

// bestLattice ranks the boxes and orders the columns. Which of two equally good ranks
// a box has is decided by the crossings; of as many, layers of a network stand in line
// when their boxes come early.
func bestLattice(boxes []box, links []link) *lattice {
	rank(boxes, links, false)
	best := newLattice(boxes, links)
	if best.crossings() == 0 || best.huge() {
		return best
	}
	early := slices.Clone(boxes)
	rank(early, links, true)
	if g := newLattice(early, links); g.crossings() <= best.crossings() {
		copy(boxes, early)
		return g
	}
	return best
}

// newLattice cuts the links and orders the columns.
func newLattice(boxes []box, links []link) *lattice {
	g := &lattice{n: len(boxes), chains: make([][]int, len(links))}
	last := 0
	for _, b := range boxes {
		g.vertex(b.rank, b.up, b.down)
		last = max(last, b.rank)
	}
	for i, l := range links {
		chain := []int{l.from}
		for r := boxes[l.from].rank + 1; r < boxes[l.to].rank; r++ {
			chain = append(chain, g.vertex(r, 0, 0))
		}
		chain = append(chain, l.to)
		for k, v := range chain[1:] {
			u := chain[k]
			g.out[u], g.outStep[u] = append(g.out[u], v), append(g.outStep[u], len(g.weight))
			g.in[v], g.inStep[v] = append(g.in[v], u), append(g.inStep[v], len(g.weight))
			g.weight = append(g.weight, l.weight)
		}
		g.chains[i] = chain
	}
	g.columns = make([][]int, last+1)
	g.at = make([]int, len(g.rank))
	g.arrange()
	return g
}

// arrange orders the columns: as a walk through the graph meets their vertices, and
// then with as few crossings as can be found from there. Other walks lead to other
// orders, of which the best is kept; the first wins a tie, because it has the operands
// as they were written.
func (g *lattice) arrange() {
	best := math.MaxInt
	var kept [][]int
	seeded := rand.New(rand.NewPCG(1, 2)) // always the same, as is the picture
	for try := range g.tries() {
		var shuffle *rand.Rand
		if try > 1 {
			shuffle = seeded
		}
		g.walk(try%2 == 1, shuffle)
		if c := g.untangle(); c < best {
			best, kept = c, g.copyColumns()
		}
		if best == 0 {
			break
		}
	}
	g.columns = kept
	g.index()
	if best > 0 && !g.huge() {
		g.sift()
	}
}

// tries is how many walks are worth their time: it is short for what is small.
func (g *lattice) tries() int { return min(40, max(1, 30_000/len(g.rank))) }

// huge tells lattices whose best order would take seconds to find from those that
// somebody will look at.
func (g *lattice) huge() bool { return len(g.rank) > 30_000 }

func (g *lattice) vertex(rank int, up, down float64) int {
	g.rank = append(g.rank, rank)
	g.up = append(g.up, up)
	g.down = append(g.down, down)
	g.in = append(g.in, nil)
	g.out = append(g.out, nil)
	g.inStep = append(g.inStep, nil)
	g.outStep = append(g.outStep, nil)
	return len(g.rank) - 1
}

// passing reports whether a vertex is a link on its way.
func (g *lattice) passing(v int) bool { return v >= g.n }

// walk orders the columns depth first, from what nobody takes down to the leaves or
// the other way round. With the operands in their order, the way down has no crossing
// in a tree; with a generator the order is any.
func (g *lattice) walk(up bool, shuffle *rand.Rand) {
	before, after := g.out, g.in
	if up {
		before, after = g.in, g.out
	}
	for i := range g.columns {
		g.columns[i] = g.columns[i][:0]
	}
	var stack []int
	push := func(vertices []int) {
		from := len(stack)
		stack = append(stack, vertices...)
		pushed := stack[from:]
		slices.Reverse(pushed)
		if shuffle != nil {
			shuffle.Shuffle(len(pushed), func(i, j int) { pushed[i], pushed[j] = pushed[j], pushed[i] })
		}
	}
	var ends []int
	for v := range g.n {
		if len(before[v]) == 0 {
			ends = append(ends, v)
		}
	}
	push(ends)
	seen := make([]bool, len(g.rank))
	for len(stack) > 0 {
		v := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if !seen[v] {
			seen[v] = true
			g.columns[g.rank[v]] = append(g.columns[g.rank[v]], v)
			push(after[v])
		}
	}
	g.index()
}

// index notes every vertex's position.
func (g *lattice) index() {
	for _, column := range g.columns {
		for i, v := range column {
			g.at[v] = i
		}
	}
}

// untangle looks for an order with fewer crossings: it sweeps from column to
// column, sorting each by the median position of its neighbours, and keeps the
// best order seen. The first order wins a tie, because it has the operands as
// they were written.
func (g *lattice) untangle() int {
	sweeps, patience := 24, 8
	if g.huge() {
		sweeps = 2
	}
	best := g.crossings()
	kept := g.copyColumns()
	for sweep, idle := 0, 0; sweep < sweeps && best > 0 && idle < patience; sweep++ {
		g.sweep(sweep%2 == 0, sweep%4 < 2)
		g.exchange()
		if c := g.crossings(); c < best {
			best, idle, kept = c, 0, g.copyColumns()
		} else {
			idle++
		}
	}
	g.columns = kept
	g.index()
	return best
}

func (g *lattice) copyColumns() [][]int {
	kept := make([][]int, len(g.columns))
	for i, column := range g.columns {
		kept[i] = slices.Clone(column)
	}
	return kept
}

// sweep sorts every column by its neighbours on the left, or on the right. A vertex
// without any stays where it is, and the others take the places between. When two have
// the same median they stay, or change places, which lets the next sweeps see another
// order.
func (g *lattice) sweep(rightwards, stay bool) {
	var moving, keys []int
	for k := 1; k < len(g.columns); k++ {
		column, neighbours := g.columns[k], g.in
		if !rightwards {
			column, neighbours = g.columns[len(g.columns)-1-k], g.out
		}
		moving, keys = moving[:0], keys[:0]
		for _, v := range column {
			if len(neighbours[v]) > 0 {
				moving = append(moving, v)
			}
		}
		if !stay {
			slices.Reverse(moving)
		}
		for i, v := range moving { // the position in the lower half settles ties
			keys = append(keys, g.median(neighbours[v])<<32|i)
		}
		slices.Sort(keys)
		next := 0
		for i, v := range column {
			if len(neighbours[v]) > 0 {
				column[i] = moving[keys[next]&math.MaxUint32]
				next++
			}
		}
		for i, v := range column {
			g.at[v] = i
		}
	}
}

// median is twice the middle position of some vertices.
func (g *lattice) median(vertices []int) int {
	switch len(vertices) {
	case 1:
		return 2 * g.at[vertices[0]]
	case 2:
		return g.at[vertices[0]] + g.at[vertices[1]]
	}
	g.positions = g.positions[:0]
	for _, v := range vertices {
		g.positions = append(g.positions, g.at[v])
	}
	slices.Sort(g.positions)
	m := len(g.positions)
	return g.positions[(m-1)/2] + g.positions[m/2]
}

// exchange swaps neighbours in a column as long as that removes crossings.
func (g *lattice) exchange() {
	const busy = 4096
	rounds := 8
	if g.huge() {
		rounds = 1
	}
	for range rounds {
		better := false
		for _, column := range g.columns {
			for i := 0; i+1 < len(column); i++ {
				a, b := column[i], column[i+1]
				if len(g.in[a])*len(g.in[b])+len(g.out[a])*len(g.out[b]) > busy {
					continue // counting pairs would take longer than it saves
				}
				if g.swapped(a, b) < 0 {
					column[i], column[i+1] = b, a
					g.at[a], g.at[b] = i+1, i
					better = true
				}
			}
		}
		if !better {
			return
		}
	}
}

// crossings counts all crossings with a Fenwick tree over each column, in
// O(steps · log vertices).
func (g *lattice) crossings() int {
	total := 0
	var ends, tree []int
	for r := 1; r < len(g.columns); r++ {
		ends = ends[:0]
		for _, v := range g.columns[r] {
			from := len(ends)
			for _, u := range g.in[v] {
				ends = append(ends, g.at[u])
			}
			slices.Sort(ends[from:])
		}
		tree = append(tree[:0], make([]int, len(g.columns[r-1])+1)...)
		for seen, p := range ends {
			notAbove := 0
			for k := p + 1; k > 0; k -= k & -k {
				notAbove += tree[k]
			}
			total += seen - notAbove
			for k := p + 1; k < len(tree); k += k & -k {
				tree[k]++
			}
		}
	}
	return total
}
