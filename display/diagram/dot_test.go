//go:build dot

package diagram

import (
	"bufio"
	"bytes"
	"fmt"
	"math"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"
)

// A drawn is an arrow as a line of many points, whoever laid it out.
type drawn struct {
	from, to int
	points   []point
}

// ours is our drawing of a diagram.
func ours(d Diagram) (lines []drawn) {
	shapes := make([]shape, len(d.Nodes))
	for i, n := range d.Nodes {
		shapes[i] = shapeOf(n, nil)
	}
	seen := map[[2]int]bool{}
	for _, a := range arrange(d, shapes, 1, func(int) float64 { return 40 }).arrows {
		if seen[[2]int{a.from, a.to}] {
			continue
		}
		seen[[2]int{a.from, a.to}] = true
		line := drawn{from: a.from, to: a.to}
		for i := 1; i < len(a.points); i++ {
			p, q := a.points[i-1], a.points[i]
			for k := range 9 {
				x := p.x + (q.x-p.x)*float64(k)/8
				line.points = append(line.points, point{x, curve(p, q, x)})
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// dots is Graphviz's drawing of the same nodes, with the same sizes.
func dots(t testing.TB, d Diagram) (lines []drawn, took time.Duration) {
	var in bytes.Buffer
	in.WriteString("digraph { rankdir=LR; node [shape=box fixedsize=true label=\"\"];\n")
	seen := map[[2]int]bool{}
	for i, n := range d.Nodes {
		s := shapeOf(n, nil)
		fmt.Fprintf(&in, "%d [width=%.3f height=%.3f];\n", i, s.w/72, s.h/72)
		for _, from := range n.Inputs {
			if ends := [2]int{from.From, i}; !seen[ends] {
				seen[ends] = true
				fmt.Fprintf(&in, "%d -> %d;\n", from.From, i)
			}
		}
	}
	in.WriteString("}\n")
	cmd := exec.Command("dot", "-Tplain")
	cmd.Stdin = &in
	start := time.Now()
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	took = time.Since(start)
	scan := bufio.NewScanner(bytes.NewReader(out))
	scan.Buffer(nil, 1<<24)
	for scan.Scan() {
		if f := strings.Fields(scan.Text()); f[0] == "edge" {
			lines = append(lines, edge(t, f))
		}
	}
	return lines, took
}

// edge reads "edge tail head n x1 y1 … xn yn …", the points of Bézier curves.
func edge(t testing.TB, f []string) drawn {
	number := func(s string) float64 {
		v, err := strconv.ParseFloat(s, 64)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	line := drawn{from: int(number(f[1])), to: int(number(f[2]))}
	var control []point
	for i := range int(number(f[3])) {
		control = append(control, point{72 * number(f[4+2*i]), 72 * number(f[5+2*i])})
	}
	for i := 0; i+3 < len(control); i += 3 {
		for k := range 9 {
			u := float64(k) / 8
			v := 1 - u
			at := func(get func(point) float64) float64 {
				return v*v*v*get(control[i]) + 3*v*v*u*get(control[i+1]) + 3*v*u*u*get(control[i+2]) + u*u*u*get(control[i+3])
			}
			line.points = append(line.points, point{at(func(p point) float64 { return p.x }), at(func(p point) float64 { return p.y })})
		}
	}
	return line
}

// crossed counts how often lines without a common end cross. Stretches are compared
// that fall into one of many vertical strips.
func crossed(lines []drawn) int {
	type stretch struct {
		line int
		a, b point
	}
	const strip = 40.0
	strips := map[int][]stretch{}
	for i, l := range lines {
		for k := 1; k < len(l.points); k++ {
			s := stretch{i, l.points[k-1], l.points[k]}
			first, last := math.Floor(min(s.a.x, s.b.x)/strip), math.Floor(max(s.a.x, s.b.x)/strip)
			for c := first; c <= last; c++ {
				strips[int(c)] = append(strips[int(c)], s)
			}
		}
	}
	n := 0
	for c, in := range strips {
		for i, s := range in {
			for _, r := range in[:i] {
				l, m := lines[s.line], lines[r.line]
				if l.from == m.from || l.to == m.to || l.from == m.to || l.to == m.from {
					continue
				}
				if x, ok := meet(s.a, s.b, r.a, r.b); ok && int(math.Floor(x/strip)) == c {
					n++
				}
			}
		}
	}
	return n
}

// meet returns where two stretches cross, if they do.
func meet(a, b, c, d point) (x float64, ok bool) {
	side := func(p, q, r point) float64 { return (q.x-p.x)*(r.y-p.y) - (q.y-p.y)*(r.x-p.x) }
	s, t := side(a, b, c), side(a, b, d)
	u, v := side(c, d, a), side(c, d, b)
	if (s > 0) == (t > 0) || (u > 0) == (v > 0) {
		return 0, false
	}
	return a.x + (b.x-a.x)*u/(u-v), true
}

// TestCrossingsAgainstDot needs Graphviz, so it is built on demand; the suite "layout"
// does. Graphviz's dot has been made better for thirty years, so it is what our layout is
// compared with, drawing by drawing, by a count that knows nothing of either.
func TestCrossingsAgainstDot(t *testing.T) {
	names, graphs := corpus()
	if len(names) != 30 {
		t.Fatalf("%d graphs, want 30", len(names))
	}
	mine, theirs := 0, 0
	for i, d := range graphs {
		start := time.Now()
		lines := ours(d)
		took := time.Since(start)
		a := crossed(lines)
		lines, dot := dots(t, d)
		b := crossed(lines)
		mine, theirs = mine+a, theirs+b
		t.Logf("%-24s %5d nodes %6d crossings, dot %6d; %v, dot %v", names[i], len(d.Nodes), a, b, took.Round(time.Millisecond), dot.Round(time.Millisecond))
	}
	t.Logf("in sum %d, dot %d", mine, theirs)
	if 5*mine > 6*theirs {
		t.Errorf("%d crossings, dot has %d, want at most 1.2 times as many", mine, theirs)
	}
}
