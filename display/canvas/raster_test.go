package canvas

import (
	"bytes"
	"image"
	"testing"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"
)

// zigzag is a line of n points between two heights.
func zigzag(n int) (p vg.Path) {
	for i := range n {
		at := vg.Point{X: vg.Length(180*float64(i)/float64(n) + 10), Y: vg.Length(20 + 60*(i%2))}
		if i == 0 {
			p.Move(at)
		} else {
			p.Line(at)
		}
	}
	return p
}

// A line drawn in pieces looks like a line drawn at once.
func TestRasterPieces(t *testing.T) {
	draw := func(on func(*vgimg.Canvas) vg.Canvas) *image.RGBA {
		c := vgimg.New(200, 100)
		target := on(c)
		target.SetLineWidth(3)
		target.Stroke(zigzag(150))
		return c.Image().(*image.RGBA)
	}
	whole := draw(func(c *vgimg.Canvas) vg.Canvas { return c })
	cut := draw(func(c *vgimg.Canvas) vg.Canvas { return &raster{Canvas: c} })
	differ := 0
	for i := range whole.Pix {
		if d := int(whole.Pix[i]) - int(cut.Pix[i]); d > 40 || d < -40 {
			differ++
		}
	}
	if differ > len(whole.Pix)/500 { // the rims of the doubled stretches
		t.Errorf("%d of %d bytes differ", differ, len(whole.Pix))
	}
}

func TestPolyline(t *testing.T) {
	var closed, curved, two vg.Path
	closed = append(zigzag(3), vg.PathComp{Type: vg.CloseComp})
	curved = zigzag(2)
	curved.QuadTo(vg.Point{}, vg.Point{})
	two = append(zigzag(2), zigzag(2)...)
	for name, tt := range map[string]struct {
		p    vg.Path
		want bool
	}{"line": {zigzag(5), true}, "closed": {closed, false}, "curved": {curved, false}, "two lines": {two, false}, "empty": {nil, false}} {
		if got := polyline(tt.p); got != tt.want {
			t.Errorf("%s: got %v, want %v", name, got, tt.want)
		}
	}
}

// longPlot is what a user might plot without a thought.
func longPlot(t testing.TB, points int) Picture {
	line, err := plotter.NewLine(noise(points))
	if err != nil {
		t.Fatal(err)
	}
	p := plot.New()
	p.Add(line)
	return Plot(p, 580, 360, "noise")
}

func TestManyPointsAreFewBytes(t *testing.T) {
	p := longPlot(t, 100_000)
	if n := len(p.SVG()); n > 200_000 {
		t.Errorf("the SVG has %d bytes, want at most 200,000", n)
	}
	b, err := p.PNG()
	if err != nil || len(b) > 200_000 || !bytes.HasPrefix(b, []byte("\x89PNG")) {
		t.Errorf("the PNG has %d bytes (%v), want at most 200,000", len(b), err)
	}
}

func BenchmarkMillionPNG(b *testing.B) {
	p := longPlot(b, 1_000_000)
	for b.Loop() {
		if _, err := p.PNG(); err != nil {
			b.Fatal(err)
		}
	}
}
