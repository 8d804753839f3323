package canvas

import (
	"image/color"
	"math"
	"strings"
	"testing"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// A scatter plot of the user's making of very many points stays small, and one of few
// keeps them all.
func TestPlotsOfManyPointsAreSmall(t *testing.T) {
	circles := func(n int) (count, size int) {
		points := make(plotter.XYs, n)
		for i := range points {
			points[i] = plotter.XY{X: float64(i), Y: math.Sin(float64(i) * float64(i))}
		}
		scatter, err := plotter.NewScatter(points)
		if err != nil {
			t.Fatal(err)
		}
		p := plot.New()
		p.Add(scatter)
		svg := string(Plot(p, 580, 360, "points").SVG())
		return strings.Count(svg, "<circle"), len(svg)
	}
	if n, _ := circles(100); n != 100 {
		t.Errorf("%d circles of 100 points that lie apart", n)
	}
	if n, size := circles(200_000); n < 5000 || size > 700_000 {
		t.Errorf("%d circles in %d bytes, want as many as cover the plot, and 700,000 bytes at most", n, size)
	}
}

// A circle is left out only where one that looks the same lies, and nothing but circles was
// drawn since.
func TestSparseKeepsWhatIsSeen(t *testing.T) {
	svg := NewSVG(100, 100)
	c := draw.NewCanvas(&sparse{Canvas: svg}, 100, 100)
	dot := func(r vg.Length, clr color.Color) {
		c.DrawGlyph(draw.GlyphStyle{Color: clr, Radius: r, Shape: draw.CircleGlyph{}}, vg.Point{X: 50, Y: 50})
	}
	for _, step := range []struct {
		draw func()
		want int
	}{
		{func() { dot(3, Ink) }, 1},
		{func() { dot(3, Ink) }, 1},
		{func() { dot(4, Ink) }, 2},
		{func() { dot(3, Value) }, 3},
		{func() { c.FillPolygon(Ground, []vg.Point{{X: 0, Y: 0}, {X: 99, Y: 0}, {X: 99, Y: 99}}) }, 3},
		{func() { dot(3, Ink) }, 4}, // over what hides the others
	} {
		step.draw()
		if n := strings.Count(string(svg.Bytes("dots")), "<circle"); n != step.want {
			t.Fatalf("%d circles, want %d", n, step.want)
		}
	}
}
