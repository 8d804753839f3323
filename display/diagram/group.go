package diagram

import "math"

// A Group is a frame around nodes, with a name. A group may be in another one, which then
// comes first in the list.
type Group struct {
	Label string
	Tip   string // shown under the pointer and read by screen readers
	In    int    // the group around it, counted from 1; 0 for none
}

// Distances inside a frame.
const (
	framePad   = 18.0
	frameTitle = 30.0
	portWidth  = 2.0
)

// measure gives every item the size of its box.
func (l *level) measure(shapes []shape, levels []*level) {
	for _, i := range l.items {
		var b box
		switch i.kind {
		case single:
			b = shapes[i.number].box
		case boxed:
			in := levels[i.number]
			b = box{w: in.bounds.right - in.bounds.left, up: in.middle - in.bounds.top, down: in.bounds.bottom - in.middle}
		case inlet:
			b = box{w: portWidth, up: 4, down: 4, port: -1}
		case outlet:
			b = box{w: portWidth, up: 4, down: 4, port: 1}
		}
		l.boxes = append(l.boxes, b)
	}
}

// enclose gives the boxes their places in the level, and a group its frame.
func (l *level) enclose(group int, d Diagram) {
	r := rect{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for i, it := range l.items {
		if it.kind == boxed {
			l.columns[l.boxes[i].rank].boxed = true
		}
	}
	for i := range l.boxes {
		b := &l.boxes[i]
		c := l.columns[b.rank]
		if b.x, b.y = c.centre, l.y[i]; c.boxed && l.items[i].kind == single {
			b.x = c.centre + (c.width-b.w)/2 // beside a frame a node stands near its user
		}
		r.left, r.right = min(r.left, b.x-b.w/2), max(r.right, b.x+b.w/2)
	}
	for v, y := range l.y {
		r.top, r.bottom = min(r.top, y-l.lattice.up[v]), max(r.bottom, y+l.lattice.down[v])
	}
	if group > 0 {
		r = rect{r.left - framePad, r.top - frameTitle, r.right + framePad, r.bottom + framePad}
		for i, b := range l.boxes { // ports are in the frame
			switch l.items[i].kind {
			case inlet:
				r.left = b.x
			case outlet:
				r.right = b.x
			}
		}
		r.right = max(r.right, r.left+groupStyle.Width(d.Groups[group-1].Label)+2*framePad)
		for i := range l.boxes {
			if l.items[i].kind == outlet {
				l.boxes[i].x = r.right
			}
		}
	}
	l.bounds, l.middle = r, (r.top+r.bottom)/2
	for _, k := range l.links {
		if l.items[k.to].kind == outlet && k.weight == spineWeight {
			l.middle = l.boxes[k.to].y
		}
	}
}

// widen moves the right end of the frame, with the ports in it.
func (l *level) widen(by float64) {
	l.bounds.right += by
	for i, it := range l.items {
		if it.kind == outlet {
			l.boxes[i].x += by
		}
	}
}

// settle moves the level to where the box of its group has been put, and its nodes with
// it.
func (l *level) settle(levels []*level, out *layout) {
	for i, it := range l.items {
		b := l.boxes[i]
		b.x, b.y = b.x+l.dx, b.y+l.dy
		switch it.kind {
		case single:
			out.boxes[it.number] = b
		case boxed:
			in := levels[it.number]
			in.widen(l.columns[b.rank].width - b.w) // frames one above the other are of one width
			in.dx, in.dy = b.x-(in.bounds.left+in.bounds.right)/2, b.y-in.middle
			out.groups[it.number-1] = rect{in.bounds.left + in.dx, in.bounds.top + in.dy, in.bounds.right + in.dx, in.bounds.bottom + in.dy}
		}
	}
}

// points are those of a link, in the coordinates of the layout. At a node the line begins
// and ends; it passes level through ports, and across each column on its way.
func (l *level) points(link int) (points []point) {
	for k, v := range l.lattice.chains[link] {
		y, across := l.y[v], 0.0
		var x float64
		switch {
		case l.lattice.passing(v):
			c := l.columns[l.lattice.rank[v]]
			x, across = c.centre, c.width
		case l.items[v].kind == boxed:
			continue // the port is in its level
		case l.items[v].kind == single:
			if c := l.columns[l.boxes[v].rank]; k > 0 && c.boxed { // level below or above the frame
				left := c.centre - c.width/2
				points = append(points, point{left - portWidth, y}, point{left, y})
			}
			points = append(points, point{l.boxes[v].x, y})
			continue
		default:
			x, across = l.boxes[v].x, portWidth
		}
		points = append(points, point{x - across/2, y}, point{x + across/2, y})
	}
	for i := range points {
		points[i].x += l.dx
		points[i].y += l.dy
	}
	return points
}
