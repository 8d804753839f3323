package canvas

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/plot/plotter"
)

func TestSegments(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	tests := []struct {
		ys   []float64
		want []int // lengths
	}{
		{nil, nil},
		{[]float64{1, 2, 3}, []int{3}},
		{[]float64{1, nan, 3, 4}, []int{1, 2}},
		{[]float64{nan, 1, inf, inf, 2, nan}, []int{1, 1}},
		{[]float64{nan}, nil},
	}
	for _, tt := range tests {
		var line plotter.XYs
		for i, y := range tt.ys {
			line = append(line, plotter.XY{X: float64(i), Y: y})
		}
		var got []int
		for _, part := range Segments(line) {
			got = append(got, len(part))
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("segments of %v have lengths %v, want %v", tt.ys, got, tt.want)
		}
	}
}

// noise is a line with a single spike, which thinning must not lose.
func noise(n int) plotter.XYs {
	r := rand.New(rand.NewPCG(1, 2))
	line := make(plotter.XYs, n)
	for i := range line {
		line[i] = plotter.XY{X: float64(i), Y: r.Float64()}
	}
	line[n/3].Y = 50
	line[n/2].Y = -50
	return line
}

func TestThin(t *testing.T) {
	line := noise(100_000)
	thin := Thin(line, 500)
	if len(thin) > 4*501 {
		t.Errorf("%d points are left, want at most 4 for each of 500 pixels", len(thin))
	}
	if thin[0] != line[0] || thin[len(thin)-1] != line[len(line)-1] {
		t.Error("the ends are not kept")
	}
	for _, want := range []plotter.XY{line[len(line)/3], line[len(line)/2]} {
		if !slices.Contains(thin, want) {
			t.Errorf("the spike %v is gone", want)
		}
	}
	if !slices.IsSortedFunc(thin, func(a, b plotter.XY) int { return int(a.X - b.X) }) {
		t.Error("points are out of order")
	}
}

func TestThinLeavesAlone(t *testing.T) {
	if got := Thin(noise(300), 100); len(got) != 300 {
		t.Errorf("a short line is cut from 300 to %d points", len(got))
	}
}

// No point of a spiral is farther than a pixel from one that is kept, whichever way the
// line goes, and numbers near the end of their range are numbers too.
func TestThinOfALineThatGoesBack(t *testing.T) {
	for _, size := range []float64{1, 1e308} {
		line := make(plotter.XYs, 20_000)
		for i := range line {
			s, c := math.Sincos(float64(i) / 1000)
			r := size * (float64(i) / float64(len(line)))
			line[i] = plotter.XY{X: r * c, Y: r * s}
		}
		const width = 400
		thin := Thin(line, width)
		if len(thin) > 4*width || thin[0] != line[0] || thin[len(thin)-1] != line[len(line)-1] {
			t.Fatalf("%d points from %v to %v are left, want at most 4 for each of %d pixels, and both ends", len(thin), thin[0], thin[len(thin)-1], width)
		}
		for _, p := range line {
			nearest := math.Inf(1)
			for _, q := range thin {
				nearest = min(nearest, math.Hypot(p.X/size-q.X/size, p.Y/size-q.Y/size))
			}
			if nearest > 2.0/width*math.Sqrt2 { // the spiral is two wide
				t.Fatalf("%v is %g from what is left", p, nearest)
			}
		}
	}
}

// Of points at random there are as many as there may be, and both ends.
func TestThinOfChaos(t *testing.T) {
	line := noise(100_000)
	for i := range line {
		line[i].X = float64(i * 7919 % 100_003)
	}
	thin := Thin(line, 100)
	if len(thin) != 400 || thin[0] != line[0] || thin[399] != line[len(line)-1] {
		t.Errorf("%d points from %v to %v are left", len(thin), thin[0], thin[len(thin)-1])
	}
}

func TestThinPoints(t *testing.T) {
	line := append(noise(50_000), plotter.XY{X: math.NaN()}, plotter.XY{Y: math.Inf(1)})
	few := ThinPoints(line, 50, 40, 2000)
	if len(few) > 50*40 || len(few) < 50 {
		t.Errorf("%d points are left, want 50 to 2000", len(few))
	}
	for _, p := range few {
		if !finite(p.X) || !finite(p.Y) {
			t.Errorf("%v is left", p)
		}
	}
	if got := ThinPoints(line[:100], 2, 2, 2000); len(got) != 100 {
		t.Errorf("%d of 100 points are left, want all", len(got))
	}
}

func BenchmarkThinMillion(b *testing.B) {
	line := noise(1_000_000)
	for b.Loop() {
		Thin(line, 560)
	}
}
