package diagram

// A box is a node to the layout: a size, and the place that the layout finds.
type box struct {
	w        float64 // of the column that it needs
	up, down float64 // how far it reaches from its centre
	x, y     float64 // centre
	rank     int     // column, from the left
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
// those on the left. Links go from lower to higher indices.
func rank(boxes []box, links []link, early bool) {
	in, out := neighbours(len(boxes), links)
	for v := len(boxes) - 1; v >= 0; v-- {
		boxes[v].rank = 0 // counted from the right, as a negative number
		for i, u := range out[v] {
			if r := boxes[u].rank - 1; i == 0 || r < boxes[v].rank {
				boxes[v].rank = r
			}
		}
	}
	shorten(boxes, in, out, early)
}

// neighbours lists the boxes before and after each box.
func neighbours(n int, links []link) (in, out [][]int) {
	in, out = make([][]int, n), make([][]int, n)
	for _, l := range links {
		in[l.to] = append(in[l.to], l.from)
		out[l.from] = append(out[l.from], l.to)
	}
	return in, out
}
