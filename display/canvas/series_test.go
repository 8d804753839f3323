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
	back := noise(3000)
	slices.Reverse(back)
	still := make(plotter.XYs, 3000)
	for name, line := range map[string]plotter.XYs{"short": noise(300), "backwards": back, "standing": still} {
		if got := Thin(line, 100); len(got) != len(line) {
			t.Errorf("a line that is %s is cut from %d to %d points", name, len(line), len(got))
		}
	}
}

func TestThinPoints(t *testing.T) {
	line := append(noise(50_000), plotter.XY{X: math.NaN()}, plotter.XY{Y: math.Inf(1)})
	few := ThinPoints(line, 50, 40)
	if len(few) > 50*40 || len(few) < 50 {
		t.Errorf("%d points are left, want 50 to 2000", len(few))
	}
	for _, p := range few {
		if !finite(p.X) || !finite(p.Y) {
			t.Errorf("%v is left", p)
		}
	}
	if got := ThinPoints(line[:100], 2, 2); len(got) != 100 {
		t.Errorf("%d of 100 points are left, want all", len(got))
	}
}

func BenchmarkThinMillion(b *testing.B) {
	line := noise(1_000_000)
	for b.Loop() {
		Thin(line, 560)
	}
}
