package diagram

import "math"

// A simplex makes the arrows of a ranking as short as they can be in sum, with the
// network simplex method of Gansner, Koutsofios, North and Vo, "A technique for
// drawing directed graphs" (1993). A spanning tree of links of length one fixes all
// ranks. Each of its links cuts the tree in two; where more links are shortened than
// lengthened when the two parts move away from each other, they do, until another
// link has length one and takes the place in the tree.
//
// What a cut is worth needs no bookkeeping of its own: it is the sum, over the part
// below the cut, of links out less links in, since links within the part cancel.
type simplex struct {
	boxes    []box
	in, out  [][]int
	parent   []int
	up       []bool  // the tree's link goes from the node to its parent, not from it
	children [][]int // in the tree
	worth    []int   // links out less links in of the node and all below it
	part     []int   // the nodes below the cut, for reuse
	inside   []bool
	work     int // how many steps are left
}

// simplexWork bounds the steps, so that a huge graph is drawn soon rather than
// with the very shortest arrows: all ranks on the way are good ones.
const simplexWork = 12_000_000

// shorten improves ranks in which every box that has a user stands right before one: those links are the first tree. Among the shortest, the
// ranks found are the last ones that a node may have, or with early nearly the first.
func shorten(boxes []box, in, out [][]int, early bool) {
	s := newSimplex(boxes, in, out)
	s.pivots(func(v int) bool { return s.cut(v) < 0 })
	if early {
		s.pivots(func(v int) bool { return s.cut(v) == 0 && s.up[v] })
	}
}

func newSimplex(boxes []box, in, out [][]int) *simplex {
	n := len(boxes)
	s := &simplex{
		boxes: boxes, in: in, out: out, work: simplexWork,
		parent: make([]int, n), up: make([]bool, n), children: make([][]int, n), worth: make([]int, n), inside: make([]bool, n),
	}
	for v := range boxes { // users have higher indices, so what is below v is summed up already
		s.worth[v] += len(out[v]) - len(in[v])
		s.parent[v] = -1
		for _, u := range out[v] {
			if boxes[u].rank == boxes[v].rank+1 {
				s.parent[v], s.up[v] = u, true
				s.children[u] = append(s.children[u], v)
				s.worth[u] += s.worth[v]
				break
			}
		}
	}
	return s
}

// pivots goes round the nodes and moves what is wanted, until a round moves nothing.
func (s *simplex) pivots(wanted func(v int) bool) {
	n := len(s.boxes)
	for v, idle := 0, 0; idle < n && s.work > 0; v = (v + 1) % n {
		idle++
		if wanted(v) && s.pivot(v) {
			idle = 0
		}
	}
}

// cut is how much longer all links become when the part below v moves one rank
// away from the rest.
func (s *simplex) cut(v int) int {
	switch {
	case s.parent[v] < 0:
		return 0
	case s.up[v]:
		return s.worth[v]
	}
	return -s.worth[v]
}

// pivot moves the part below v away from its parent as far as the links from the
// other side allow, and ties it to the one that stopped it.
func (s *simplex) pivot(v int) bool {
	s.below(v)
	inner, outer, slack := s.entering(s.up[v])
	for _, u := range s.part {
		s.inside[u] = false
		if s.up[v] {
			s.boxes[u].rank -= slack
		} else {
			s.boxes[u].rank += slack
		}
	}
	if inner < 0 {
		return false
	}
	s.exchange(v, inner, outer, !s.up[v])
	return true
}

// below lists the nodes below a cut and marks them.
func (s *simplex) below(v int) {
	s.part = append(s.part[:0], v)
	for i := 0; i < len(s.part); i++ {
		s.inside[s.part[i]] = true
		s.part = append(s.part, s.children[s.part[i]]...)
	}
	s.work -= len(s.part)
}

// entering finds the link with the least slack between the part and the rest: into
// the part when that moves left, out of it when it moves right.
func (s *simplex) entering(left bool) (inner, outer, slack int) {
	inner, outer, slack = -1, -1, math.MaxInt
	for _, v := range s.part {
		others := s.out[v]
		if left {
			others = s.in[v]
		}
		s.work -= len(others)
		for _, u := range others {
			if s.inside[u] {
				continue
			}
			gap := s.boxes[u].rank - s.boxes[v].rank - 1
			if left {
				gap = s.boxes[v].rank - s.boxes[u].rank - 1
			}
			if gap < slack {
				inner, outer, slack = v, u, gap
			}
		}
	}
	if inner < 0 {
		slack = 0
	}
	return inner, outer, slack
}

// exchange hangs the part below v by its node inner on outer: the way from inner to
// v turns round, and what the ancestors on both sides are worth changes.
func (s *simplex) exchange(v, inner, outer int, up bool) {
	total := s.worth[v]
	for u := s.parent[v]; u >= 0; u = s.parent[u] {
		s.worth[u] -= total
		s.work--
	}
	x, next, nextUp, below := inner, outer, up, 0
	for {
		parent, wasUp, worth := s.parent[x], s.up[x], s.worth[x]
		s.children[parent] = without(s.children[parent], x)
		s.parent[x], s.up[x], s.worth[x] = next, nextUp, total-below
		s.children[next] = append(s.children[next], x)
		if x == v {
			break
		}
		x, next, nextUp, below = parent, x, !wasUp, worth
	}
	for u := outer; u >= 0; u = s.parent[u] {
		s.worth[u] += total
		s.work--
	}
}

// without removes one element; the order does not matter.
func without(s []int, x int) []int {
	for i, y := range s {
		if y == x {
			s[i] = s[len(s)-1]
			return s[:len(s)-1]
		}
	}
	return s
}
