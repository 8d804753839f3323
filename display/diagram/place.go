package diagram

import (
	"cmp"
	"math"
	"slices"
)

// A placement finds the height of every vertex, after Brandes and Köpf, "Fast and
// simple horizontal coordinate assignment" (2001): vertices are aligned in blocks
// with a neighbour of the column before, four times over (from left or right,
// from top or bottom), each time packed as tightly as it goes, and the two middle
// heights of each vertex are averaged.
//
// Two changes keep the spine straight. Among its neighbours a vertex prefers the
// heaviest link, and what crosses a step of the spine may not be aligned at all.
type placement struct {
	*lattice
	gap      float64         // between boxes; links may be twice as close
	conflict map[[2]int]bool // steps that must not be aligned
}

// heights returns the height of every vertex's centre.
func heights(g *lattice, gap float64) []float64 {
	p := &placement{g, gap, map[[2]int]bool{}}
	p.findConflicts()
	var runs [4][]float64
	best := 0
	for i := range runs {
		runs[i] = p.run(i&1 == 1, i&2 == 2)
		if span(p.extent(runs[i])) < span(p.extent(runs[best])) {
			best = i
		}
	}
	top, bottom := p.extent(runs[best])
	for i := range runs {
		low, high := p.extent(runs[i])
		shift := top - low
		if i&2 == 2 {
			shift = bottom - high
		}
		for v := range runs[i] {
			runs[i][v] += shift
		}
	}
	y := make([]float64, len(g.rank))
	for v := range y {
		four := []float64{runs[0][v], runs[1][v], runs[2][v], runs[3][v]}
		slices.Sort(four)
		y[v] = (four[1] + four[2]) / 2
	}
	return y
}

func span(low, high float64) float64 { return high - low }

// extent is the topmost and the lowest place that a run uses.
func (p *placement) extent(y []float64) (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for v, c := range y {
		low, high = min(low, c-p.up[v]), max(high, c+p.down[v])
	}
	return low, high
}

// findConflicts marks the steps that must not be aligned: what crosses the spine
// or shares an end with it, and what crosses a long link on its way.
func (p *placement) findConflicts() {
	for r := 1; r < len(p.columns); r++ {
		var passing [][2]int
		spine := [2]int{-1, -1}
		for _, v := range p.columns[r] {
			for _, u := range p.in[v] {
				switch step := [2]int{u, v}; {
				case p.weight[step] >= spineWeight:
					spine = step
				case p.passing(u) && p.passing(v):
					passing = append(passing, step)
				}
			}
		}
		if spine[0] >= 0 {
			p.clearSpine(r, spine)
		}
		p.clearPassing(r, passing)
	}
}

// clearSpine marks what crosses or touches the spine's step into column r; it
// has one there at most.
func (p *placement) clearSpine(r int, spine [2]int) {
	for _, v := range p.columns[r] {
		for _, u := range p.in[v] {
			left, right := cmp.Compare(p.at[u], p.at[spine[0]]), cmp.Compare(p.at[v], p.at[spine[1]])
			if left*right <= 0 && (left != 0 || right != 0) {
				p.conflict[[2]int{u, v}] = true
			}
		}
	}
}

// clearPassing marks what crosses long links on their way into column r. They
// come sorted by their right ends; those that cross each other are left to the
// alignment, which takes the first, so their left ends count as sorted as well,
// and each other step is compared with the nearest above and below only.
func (p *placement) clearPassing(r int, passing [][2]int) {
	next := 0
	for _, v := range p.columns[r] {
		for next < len(passing) && p.at[passing[next][1]] < p.at[v] {
			next++
		}
		for _, u := range p.in[v] {
			step := [2]int{u, v}
			if p.passing(u) && p.passing(v) || p.weight[step] >= spineWeight {
				continue
			}
			above := next > 0 && p.at[u] < p.at[passing[next-1][0]]
			below := next < len(passing) && passing[next][1] != v && p.at[u] > p.at[passing[next][0]]
			if above || below {
				p.conflict[step] = true
			}
		}
	}
}

// run aligns and packs once: against the columns on the right instead of the
// left, and from the bottom instead of the top.
func (p *placement) run(fromRight, fromBottom bool) []float64 {
	root := p.align(fromRight, fromBottom)
	y := p.pack(root, fromBottom)
	out := make([]float64, len(root))
	for v := range out {
		out[v] = y[root[v]]
		if fromBottom {
			out[v] = -out[v]
		}
	}
	return out
}

// ordered returns a column in the direction of the run.
func ordered(column []int, fromBottom bool) []int {
	if !fromBottom {
		return column
	}
	flipped := slices.Clone(column)
	slices.Reverse(flipped)
	return flipped
}

// align joins every vertex to the middle one of its heaviest neighbours in the
// column before, unless a join already made lies in between, and returns the
// first vertex of each one's block.
func (p *placement) align(fromRight, fromBottom bool) []int {
	root := make([]int, len(p.rank))
	taken := make([]bool, len(p.rank)) // has its successor in the block
	for v := range root {
		root[v] = v
	}
	neighbours := p.in
	if fromRight {
		neighbours = p.out
	}
	for k := range p.columns {
		if fromRight {
			k = len(p.columns) - 1 - k
		}
		last := math.MinInt
		for _, v := range ordered(p.columns[k], fromBottom) {
			for _, u := range p.middle(v, neighbours[v], fromRight, fromBottom) {
				at := p.at[u]
				if fromBottom {
					at = -at
				}
				if at > last && !taken[u] && !p.conflict[p.step(u, v, fromRight)] {
					root[v], taken[u], last = root[u], true, at
					break
				}
			}
		}
	}
	return root
}

func (p *placement) step(u, v int, fromRight bool) [2]int {
	if fromRight {
		return [2]int{v, u}
	}
	return [2]int{u, v}
}

// middle returns the one or two middle vertices among the heaviest neighbours.
func (p *placement) middle(v int, neighbours []int, fromRight, fromBottom bool) []int {
	heaviest := 0
	var among []int
	for _, u := range neighbours {
		switch w := p.weight[p.step(u, v, fromRight)]; {
		case w > heaviest:
			heaviest, among = w, []int{u}
		case w == heaviest:
			among = append(among, u)
		}
	}
	slices.SortFunc(among, func(a, b int) int { return cmp.Compare(p.at[a], p.at[b]) })
	if fromBottom {
		slices.Reverse(among)
	}
	if n := len(among); n > 1 {
		return among[(n-1)/2 : n/2+1]
	}
	return among
}

// pack places the blocks as high as they go and then lets each sink to what is
// below it, so that a block hangs by its neighbours rather than at the top.
func (p *placement) pack(root []int, fromBottom bool) []float64 {
	type below struct {
		block int
		gap   float64
	}
	next := make([][]below, len(root))
	waiting := make([]int, len(root))
	for _, column := range p.columns {
		column = ordered(column, fromBottom)
		for i := 1; i < len(column); i++ {
			a, b := column[i-1], column[i]
			next[root[a]] = append(next[root[a]], below{root[b], p.separation(a, b, fromBottom)})
			waiting[root[b]]++
		}
	}
	y := make([]float64, len(root))
	var done []int
	for v := range root {
		if root[v] == v && waiting[v] == 0 {
			done = append(done, v)
		}
	}
	for i := 0; i < len(done); i++ {
		for _, b := range next[done[i]] {
			y[b.block] = max(y[b.block], y[done[i]]+b.gap)
			if waiting[b.block]--; waiting[b.block] == 0 {
				done = append(done, b.block)
			}
		}
	}
	for _, v := range slices.Backward(done) {
		lowest := math.Inf(1)
		for _, b := range next[v] {
			lowest = min(lowest, y[b.block]-b.gap)
		}
		if !math.IsInf(lowest, 1) {
			y[v] = max(y[v], lowest)
		}
	}
	return y
}

// separation is the least distance between the centres of two vertices, the
// first one above the second, or below it when packing from the bottom.
func (p *placement) separation(a, b int, fromBottom bool) float64 {
	if fromBottom {
		a, b = b, a
	}
	gap := p.gap
	if p.passing(a) {
		gap -= p.gap / 4
	}
	if p.passing(b) {
		gap -= p.gap / 4
	}
	return p.down[a] + gap + p.up[b]
}
