package diagram

// siftWork bounds the pairs of vertices that sifting compares.
const siftWork = 3_000_000

// sift moves single vertices to the best place in their columns, however far that
// is, where sweeping and exchanging neighbours have come to an end. It goes on as
// long as a round helps and the work stays bounded.
func (g *lattice) sift() {
	work := siftWork
	for better := true; better; {
		better = false
		for _, column := range g.columns {
			if work -= len(column) * len(column); work < 0 {
				return
			}
			for i := range column {
				better = g.siftOne(column, i) || better
			}
		}
	}
}

// siftOne moves one vertex of a column and reports whether that removed crossings.
func (g *lattice) siftOne(column []int, i int) bool {
	v := column[i]
	best, to, change := 0, i, 0
	for k := i - 1; k >= 0; k-- {
		if change += g.swapped(column[k], v); change < best {
			best, to = change, k
		}
	}
	change = 0
	for k := i + 1; k < len(column); k++ {
		if change += g.swapped(v, column[k]); change < best {
			best, to = change, k
		}
	}
	for k := i; k > to; k-- {
		column[k] = column[k-1]
	}
	for k := i; k < to; k++ {
		column[k] = column[k+1]
	}
	column[to] = v
	for k := min(i, to); k <= max(i, to); k++ {
		g.at[column[k]] = k
	}
	return best < 0
}

// swapped is how many crossings there are more when b is above a rather than below
// it. Only the positions of their neighbours count, so whatever stands between the
// two makes no difference.
func (g *lattice) swapped(a, b int) int {
	return g.order(g.in[a], g.in[b]) + g.order(g.out[a], g.out[b])
}

// order is how many pairs of a vertex of the first list and one of the second stand in
// that order, less those that stand in the other.
func (g *lattice) order(first, second []int) (n int) {
	for _, a := range first {
		at := g.at[a]
		for _, b := range second {
			switch to := g.at[b]; {
			case at < to:
				n++
			case at > to:
				n--
			}
		}
	}
	return n
}
