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
	gap      float64 // between boxes; links may be twice as close
	conflict []bool  // of each step: it must not be aligned
	among    []int   // for reuse
}

// heights returns the height of every vertex's centre.
func heights(g *lattice, gap float64) []float64 {
	p := &placement{g, gap, make([]bool, len(g.weight)), nil}
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

// A step is one of the lattice, with its ends.
type step struct{ from, to, number int }

// findConflicts marks the steps that must not be aligned: what crosses the spine
// or shares an end with it, and what crosses a long link on its way.
func (p *placement) findConflicts() {
	var steps, passing []step
	for _, column := range p.columns[1:] {
		steps, passing = steps[:0], passing[:0]
		var spine *step
		for _, v := range column {
			for k, u := range p.in[v] {
				s := step{u, v, p.inStep[v][k]}
				steps = append(steps, s)
				switch {
				case p.weight[s.number] >= spineWeight:
					spine = &s
				case p.passing(u) && p.passing(v):
					passing = append(passing, s)
				}
			}
		}
		if spine != nil {
			p.clearSpine(steps, *spine)
		}
		p.clearPassing(steps, passing)
	}
}

// clearSpine marks what crosses or touches the spine's step between two columns; it
// has one there at most.
func (p *placement) clearSpine(steps []step, spine step) {
	for _, s := range steps {
		left, right := cmp.Compare(p.at[s.from], p.at[spine.from]), cmp.Compare(p.at[s.to], p.at[spine.to])
		if left*right <= 0 && (left != 0 || right != 0) {
			p.conflict[s.number] = true
		}
	}
}

// clearPassing marks what crosses long links on their way between two columns. They
// come sorted by their right ends; those that cross each other are left to the
// alignment, which takes the first, so their left ends count as sorted as well,
// and each other step is compared with the nearest above and below only.
func (p *placement) clearPassing(steps, passing []step) {
	next := 0
	for _, s := range steps {
		for next < len(passing) && p.at[passing[next].to] < p.at[s.to] {
			next++
		}
		if p.passing(s.from) && p.passing(s.to) || p.weight[s.number] >= spineWeight {
			continue
		}
		above := next > 0 && p.at[s.from] < p.at[passing[next-1].from]
		below := next < len(passing) && passing[next].to != s.to && p.at[s.from] > p.at[passing[next].from]
		if above || below {
			p.conflict[s.number] = true
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
	neighbours, steps := p.in, p.inStep
	if fromRight {
		neighbours, steps = p.out, p.outStep
	}
	for k := range p.columns {
		if fromRight {
			k = len(p.columns) - 1 - k
		}
		last := math.MinInt
		for _, v := range ordered(p.columns[k], fromBottom) {
			for _, k := range p.middle(neighbours[v], steps[v], fromBottom) {
				u := neighbours[v][k]
				at := p.at[u]
				if fromBottom {
					at = -at
				}
				if at > last && !taken[u] && !p.conflict[steps[v][k]] {
					root[v], taken[u], last = root[u], true, at
					break
				}
			}
		}
	}
	return root
}

// middle returns which one or two of the heaviest neighbours, over the given steps, are
// in the middle.
func (p *placement) middle(neighbours, steps []int, fromBottom bool) []int {
	heaviest := 0
	among := p.among[:0]
	for k := range neighbours {
		switch w := p.weight[steps[k]]; {
		case w > heaviest:
			heaviest, among = w, append(among[:0], k)
		case w == heaviest:
			among = append(among, k)
		}
	}
	p.among = among
	if len(among) < 2 {
		return among
	}
	slices.SortFunc(among, func(a, b int) int { return cmp.Compare(p.at[neighbours[a]], p.at[neighbours[b]]) })
	if fromBottom {
		slices.Reverse(among)
	}
	return among[(len(among)-1)/2 : len(among)/2+1]
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
