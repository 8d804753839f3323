package diagram

import (
	"math/rand/v2"
	"testing"
)

// covers is compared with a look at many points of the rectangle.
func TestCovers(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, n := range []Node{{Label: "×"}, {Kind: Variable, Label: "w"}, {Kind: Placeholder, Label: "x"}, {Kind: Result, Label: "error"}} {
		g := Diagram{Nodes: []Node{n}}.compose()
		b, s := g.boxes[0], g.shapes[0]
		hits := 0
		for range 300 {
			x, y := b.x+120*(r.Float64()-0.5), b.y+120*(r.Float64()-0.5)
			q := rect{x, y, x + 5 + 30*r.Float64(), y + 12}
			hit := false
			samplePoints(q, func(x, y float64) { hit = hit || g.inside(0, x, y) })
			if hit {
				hits++
				if !s.covers(b.x, b.y, q) {
					t.Errorf("%v is said not to cover %v", n.Kind, q)
				}
			}
		}
		if hits < 30 || hits > 270 {
			t.Errorf("%v: %d of 300 rectangles overlap, so the test says little", n.Kind, hits)
		}
	}
}

// An empty corner beside a diamond is free: labels stand there.
func TestCornerOfDiamondIsFree(t *testing.T) {
	g := Diagram{Nodes: []Node{{Label: "×"}}}.compose()
	b, s := g.boxes[0], g.shapes[0]
	corner := rect{b.x - s.w/2, b.y - s.h/2, b.x - s.w/2 + 10, b.y - s.h/2 + 10}
	if s.covers(b.x, b.y, corner) {
		t.Error("the corner of the diamond's frame is said to be taken")
	}
}

// Of several places the labeller takes the first that is over nothing.
func TestBestPlace(t *testing.T) {
	free := func(g *drawing) label { return text(valueStyle, "7").to(g.boxes[4].x, g.boxes[4].y+300) }
	over := func(g *drawing) label { return text(valueStyle, "7").to(g.boxes[4].x, g.boxes[4].y) }
	g := linear().compose()
	n := len(g.labels)
	g.best([][]label{{over(g)}, {free(g)}})
	if len(g.labels) != n+1 || g.labels[n].y != free(g).y {
		t.Errorf("labels %v, want one more, in the free place", g.labels[n:])
	}
	g.best([][]label{{free(g)}}) // taken by now
	if len(g.labels) != n+1 {
		t.Error("a label was written over another one")
	}
	g.best([][]label{{over(g)}})
	if len(g.labels) != n+1 {
		t.Error("a label was written over a node")
	}
}

// The curve that labels avoid is the curve that is drawn.
func TestCurve(t *testing.T) {
	p, q := point{10, 20}, point{110, 80}
	for i := range 21 {
		u := float64(i) / 20 // the Bézier curve that draw.go draws, at u
		m := (p.x + q.x) / 2
		bezier := func(a, b, c, d float64) float64 {
			v := 1 - u
			return v*v*v*a + 3*v*v*u*b + 3*v*u*u*c + u*u*u*d
		}
		x, y := bezier(p.x, m, m, q.x), bezier(p.y, p.y, q.y, q.y)
		if got := curve(p, q, x); got < y-0.01 || got > y+0.01 {
			t.Errorf("curve at %g is %g, want %g", x, got, y)
		}
	}
}
