package diagram

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// framed puts frames around stretches of a random graph, some in others.
func framed(n int, seed uint64) Diagram {
	d := random(n, seed)
	r := rand.New(rand.NewPCG(seed, 8))
	var cut func(from, to, in int)
	cut = func(from, to, in int) {
		for from+4 < to {
			end := min(to, from+2+r.IntN(n/3))
			if r.IntN(3) > 0 {
				d.Groups = append(d.Groups, Group{Label: fmt.Sprint("group ", len(d.Groups)+1), In: in})
				group := len(d.Groups)
				for i := from; i < end; i++ {
					d.Nodes[i].In = group
				}
				if end-from < to-from {
					cut(from, end, group)
				}
			}
			from = end + r.IntN(3)
		}
	}
	cut(n/4, n-2, 0)
	return d
}

// holds reports whether a frame is around a node of the group.
func (d Diagram) holds(group, node int) bool {
	for _, g := range d.around(d.Nodes[node].In) {
		if g == group {
			return true
		}
	}
	return false
}

// A frame has its nodes and frames inside, and nothing else; an arrow is drawn inside of it
// only if it begins or ends there.
func TestFrames(t *testing.T) {
	graphs := map[string]Diagram{"grouped": grouped()}
	for seed := range uint64(15) {
		graphs[fmt.Sprint("random ", seed)] = framed(60, seed)
	}
	frames := 0
	for name, d := range graphs {
		g := d.compose()
		for i, frame := range g.groups {
			frames++
			for n := range g.Nodes {
				r := g.frameOf(n)
				within := r.left > frame.left && r.right < frame.right && r.top > frame.top && r.bottom < frame.bottom
				if holds := d.holds(i+1, n); holds && !within || !holds && r.overlaps(frame) {
					t.Errorf("%s: node %d at %v, frame %d at %v, inside %v", name, n, r, i+1, frame, holds)
				}
			}
			for _, a := range g.arrows {
				if d.holds(i+1, a.from) || d.holds(i+1, a.to) {
					continue
				}
				for x := a.points[0].x; x < a.points[len(a.points)-1].x; x++ {
					if y, ok := a.at(x); ok && x > frame.left && x < frame.right && y > frame.top+1 && y < frame.bottom-1 {
						t.Errorf("%s: the arrow from %d to %d passes through frame %d", name, a.from, a.to, i+1)
						break
					}
				}
			}
			for k, other := range g.groups[:i] {
				inside := frame.left >= other.left && frame.right <= other.right && frame.top > other.top && frame.bottom < other.bottom
				if frame.overlaps(other) && !inside {
					t.Errorf("%s: frame %d at %v and frame %d at %v overlap", name, i+1, frame, k+1, other)
				}
			}
		}
	}
	if frames < 50 {
		t.Errorf("%d frames were looked at, so the test says little", frames)
	}
}

// An arrow is one line from its source to its user, through however many frames.
func TestArrowsThroughFrames(t *testing.T) {
	for seed := range uint64(15) {
		g := framed(60, seed).compose()
		for _, a := range g.arrows {
			start, end := a.points[0], a.points[len(a.points)-1]
			from, to := g.boxes[a.from], g.boxes[a.to]
			if start.x < from.x || start.x > from.x+from.w || start.y != from.y || end.x > to.x || end.y < to.y-to.up || end.y > to.y+to.down {
				t.Fatalf("seed %d: the arrow from %v to %v begins at %v and ends at %v", seed, from, to, start, end)
			}
			for i := 1; i < len(a.points); i++ {
				if a.points[i].x < a.points[i-1].x {
					t.Errorf("seed %d: the arrow from %d to %d turns back: %v", seed, a.from, a.to, a.points)
				}
				if i%2 == 0 && a.points[i].y != a.points[i-1].y {
					t.Errorf("seed %d: the arrow from %d to %d is not level through a column: %v", seed, a.from, a.to, a.points)
				}
			}
		}
	}
}

func TestGroupsMustBeInOrder(t *testing.T) {
	defer func() {
		if r := recover(); r == nil || !strings.Contains(fmt.Sprint(r), `group 1 "inner" is in group 2, want one before it`) {
			t.Errorf("got panic %v, want one that names the group", r)
		}
	}()
	Diagram{Groups: []Group{{Label: "inner", In: 2}, {Label: "outer"}}}.Picture()
}
