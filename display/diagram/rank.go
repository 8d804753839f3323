package diagram

import "math"

// A box is a node to the layout: a size, and the place that the layout finds.
type box struct {
	w        float64 // of the column that it needs
	up, down float64 // how far it reaches from its centre
	x, y     float64 // centre
	rank     int     // column, from the left
	port     int     // -1 for what must be in the first column, 1 in the last
}

// A link is an edge to the layout. Parallel edges share one link.
type link struct {
	from, to int
	weight   int // the heavier, the straighter
}

// Weights of links: the spine is always straight, other operations where
// possible, and leaves hang where there is room.
const (
	leafWeight  = 1
	chainWeight = 2
	spineWeight = 8
)

// rank gives every box its column. It starts as far right as its users allow: then a
// leaf stands right before the operation that takes it, and in a tree no arrow
// crosses a column. What is used more than once then moves until all arrows are as
// short as they can be; of equally short ones it takes the rightmost, or with early
// those on the left. Links go from lower to higher indices. Ports come before all else, or
// after it.
func rank(boxes []box, links []link, early bool) {
	in, out := neighbours(len(boxes), links, func(l link) bool { return boxes[l.from].port == 0 && boxes[l.to].port == 0 })
	for v := len(boxes) - 1; v >= 0; v-- {
		boxes[v].rank = 0 // counted from the right, as a negative number
		for i, u := range out[v] {
			if r := boxes[u].rank - 1; i == 0 || r < boxes[v].rank {
				boxes[v].rank = r
			}
		}
	}
	shorten(boxes, in, out, early)
	first, last, entry := math.MaxInt, math.MinInt, 0
	for _, b := range boxes {
		switch b.port {
		case 0:
			first, last = min(first, b.rank), max(last, b.rank)
		case -1:
			entry = 1
		}
	}
	for v := range boxes {
		switch boxes[v].port {
		case 0:
			boxes[v].rank += entry - first
		case -1:
			boxes[v].rank = 0
		case 1:
			boxes[v].rank = last - first + entry + 1
		}
	}
}

// neighbours lists the boxes before and after each box, over the links that count.
func neighbours(n int, links []link, counts func(link) bool) (in, out [][]int) {
	in, out = make([][]int, n), make([][]int, n)
	for _, l := range links {
		if !counts(l) {
			continue
		}
		in[l.to] = append(in[l.to], l.from)
		out[l.from] = append(out[l.from], l.to)
	}
	return in, out
}
