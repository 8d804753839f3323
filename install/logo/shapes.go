package logo

import "math"

// rect covers a rectangle whose corners are rounded with radius r: the points
// within r of the rectangle that is smaller by r on every side.
func rect(x, y, width, height, r float64) func(point) bool {
	return func(p point) bool {
		if p.x < x || p.y < y || p.x > x+width || p.y > y+height {
			return false
		}
		inner := point{clamp(p.x, x+r, x+width-r), clamp(p.y, y+r, y+height-r)}
		return distance(p, inner) <= r || p == inner
	}
}

// circle covers the points within r of c.
func circle(c point, r float64) func(point) bool {
	return func(p point) bool { return distance(p, c) <= r }
}

// line covers a stroke from a to b that ends as sharply as SVG's "butt" caps do.
func line(a, b point, width float64) func(point) bool {
	length := distance(a, b)
	u := point{(b.x - a.x) / length, (b.y - a.y) / length} // along the line
	return func(p point) bool {
		along := (p.x-a.x)*u.x + (p.y-a.y)*u.y
		across := (p.y-a.y)*u.x - (p.x-a.x)*u.y
		return along >= 0 && along <= length && math.Abs(across) <= width/2
	}
}

// polygon covers a convex polygon, in either sense of rotation: a point inside
// lies on the same side of every edge.
func polygon(corners []point) func(point) bool {
	return func(p point) bool {
		left, right := false, false
		for i, a := range corners {
			b := corners[(i+1)%len(corners)]
			side := (b.x-a.x)*(p.y-a.y) - (b.y-a.y)*(p.x-a.x)
			left, right = left || side < 0, right || side > 0
		}
		return !(left && right)
	}
}

func distance(a, b point) float64 { return math.Hypot(a.x-b.x, a.y-b.y) }

// clamp brings v between low and high.
func clamp(v, low, high float64) float64 { return max(low, min(v, high)) }
