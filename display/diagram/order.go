package diagram

import (
	"slices"
	"sort"
)

// A lattice is the graph with every link cut into steps from one column to the
// next. Vertices below n are boxes; the others stand for a link on its way
// through a column.
type lattice struct {
	n        int
	rank     []int
	up, down []float64 // how far each vertex reaches from its centre
	in, out  [][]int
	chains   [][]int        // the vertices of each link, from end to end
	weight   map[[2]int]int // of each step
	columns  [][]int        // the vertices of each column, from top to bottom
	at       []int          // position of each vertex in its column
}

// newLattice cuts the links and orders the columns.
func newLattice(boxes []box, links []link) *lattice {
	g := &lattice{n: len(boxes), weight: map[[2]int]int{}, chains: make([][]int, len(links))}
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
			g.weight[[2]int{chain[k], v}] = l.weight
			g.out[chain[k]] = append(g.out[chain[k]], v)
			g.in[v] = append(g.in[v], chain[k])
		}
		g.chains[i] = chain
	}
	g.columns = make([][]int, last+1)
	g.at = make([]int, len(g.rank))
	g.depthFirst()
	g.untangle()
	if first := g.crossings(); first > 0 && !g.huge() {
		kept := g.copyColumns()
		g.fromLeft()
		g.untangle()
		if g.crossings() >= first {
			g.columns = kept
			g.index()
		}
	}
	return g
}

// huge tells lattices whose best order would take seconds to find from those that
// somebody will look at.
func (g *lattice) huge() bool { return len(g.rank) > 30_000 }

// fromLeft orders the columns as a walk from the leaves up meets their vertices.
func (g *lattice) fromLeft() {
	for i := range g.columns {
		g.columns[i] = g.columns[i][:0]
	}
	seen := make([]bool, len(g.rank))
	var stack []int
	for v := range g.n {
		if len(g.in[v]) > 0 {
			continue
		}
		stack = append(stack, v)
		for len(stack) > 0 {
			u := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			if seen[u] {
				continue
			}
			seen[u] = true
			g.columns[g.rank[u]] = append(g.columns[g.rank[u]], u)
			stack = append(stack, g.out[u]...)
		}
	}
	g.index()
}

func (g *lattice) vertex(rank int, up, down float64) int {
	g.rank = append(g.rank, rank)
	g.up = append(g.up, up)
	g.down = append(g.down, down)
	g.in = append(g.in, nil)
	g.out = append(g.out, nil)
	return len(g.rank) - 1
}

// passing reports whether a vertex is a link on its way.
func (g *lattice) passing(v int) bool { return v >= g.n }

// depthFirst orders the columns by a walk from the result down, operands in
// their order. For a tree that order has no crossing.
func (g *lattice) depthFirst() {
	seen := make([]bool, len(g.rank))
	var stack []int
	for v := g.n - 1; v >= 0; v-- {
		if len(g.out[v]) == 0 {
			stack = append(stack, v)
		}
	}
	for len(stack) > 0 {
		v := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if seen[v] {
			continue
		}
		seen[v] = true
		g.columns[g.rank[v]] = append(g.columns[g.rank[v]], v)
		for _, u := range slices.Backward(g.in[v]) {
			stack = append(stack, u)
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
func (g *lattice) untangle() {
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
	if best > 0 && !g.huge() {
		g.sift()
	}
}

func (g *lattice) copyColumns() [][]int {
	kept := make([][]int, len(g.columns))
	for i, column := range g.columns {
		kept[i] = slices.Clone(column)
	}
	return kept
}

// sweep sorts every column by its neighbours on the left, or on the right. When
// two vertices have the same median they stay, or change places, which lets the
// next sweeps see another order.
func (g *lattice) sweep(rightwards, stay bool) {
	key := make([]float64, len(g.rank))
	for k := 1; k < len(g.columns); k++ {
		column, neighbours := g.columns[k], g.in
		if !rightwards {
			column, neighbours = g.columns[len(g.columns)-1-k], g.out
		}
		for i, v := range column {
			key[v] = g.median(neighbours[v], float64(i))
		}
		sort.SliceStable(column, func(a, b int) bool {
			va, vb := column[a], column[b]
			if key[va] == key[vb] && !stay {
				return g.at[va] > g.at[vb]
			}
			return key[va] < key[vb]
		})
		for i, v := range column {
			g.at[v] = i
		}
	}
}

// median is the middle position of some vertices, or own when there are none.
func (g *lattice) median(vertices []int, own float64) float64 {
	if len(vertices) == 0 {
		return own
	}
	p := make([]int, len(vertices))
	for i, v := range vertices {
		p[i] = g.at[v]
	}
	slices.Sort(p)
	m := len(p) / 2
	if len(p)%2 == 1 {
		return float64(p[m])
	}
	return float64(p[m-1]+p[m]) / 2
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

// inverted counts the pairs that are out of order: crossings when the first
// vertices belong above the second.
func (g *lattice) inverted(above, below []int) int {
	n := 0
	for _, a := range above {
		for _, b := range below {
			if g.at[a] > g.at[b] {
				n++
			}
		}
	}
	return n
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
