package canvas

import (
	"bytes"
	"flag"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"testing"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
)

var update = flag.Bool("update", false, "rewrite the golden files in testdata")

// golden compares got with testdata/name. After a deliberate change, run
//
//	go test ./display/... -update
//
// and read the difference as part of the review: an SVG is text.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs (run with -update to accept):\n got %s\nwant %s", path, got, want)
	}
}

// face is a picture with every kind of stroke.
func face() Picture {
	return Picture{Width: 120, Height: 80, Name: "a face", Draw: func(c vg.Canvas) {
		s := Sheet{c, 80}
		s.Shape(Circle(60, 40, 25), Variable, VariableLine, 2)
		s.Shape(Diamond(60, 40, 10, 12), Operation, OperationLine, 1)
		s.Text(Style{Size: 12, Color: Value, Anchor: Middle, Halo: true}, 60, 60, "∂ = −2²")
	}}
}

func TestPictureSVG(t *testing.T) { golden(t, "face.svg", face().SVG()) }

func TestPicturePNG(t *testing.T) {
	b, err := face().PNG()
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := img.Bounds().Size(), image.Pt(240, 160); got != want {
		t.Errorf("size %v, want %v, two dots a pixel", got, want)
	}
	if p, ok := img.(*image.Paletted); !ok {
		t.Errorf("the PNG is a %T, want a paletted image", img)
	} else if len(p.Palette) > 256 {
		t.Errorf("%d colours, want at most 256", len(p.Palette))
	}
	// Flat colours are kept exactly; corners of the card are clear.
	for at, want := range map[image.Point]color.NRGBA{{120, 40}: {0xdb, 0xee, 0xff, 255}, {20, 80}: {255, 255, 255, 255}, {0, 0}: {}} {
		if got := color.NRGBAModel.Convert(img.At(at.X, at.Y)).(color.NRGBA); got != want {
			t.Errorf("colour at %v is %v, want %v", at, got, want)
		}
	}
	again, err := face().PNG()
	if err != nil || !bytes.Equal(b, again) {
		t.Errorf("a second PNG of the same picture differs (%v)", err)
	}
}

func TestHugePictureIsCoarse(t *testing.T) {
	p := Picture{Width: 20000, Height: 4000}
	if got := p.resolution(); got != 32 {
		t.Errorf("resolution %d, want 32: sixteen million dots for 80 million pixels", got)
	}
	if got := face().resolution(); got != 144 {
		t.Errorf("resolution of a small picture %d, want 144", got)
	}
}

// More blends than a palette has room for must still be a picture.
func TestReduce(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 200, 200))
	for y := range 200 {
		for x := range 200 {
			img.SetRGBA(x, y, color.RGBA{uint8(x), uint8(y), uint8(x + y), 255})
		}
	}
	got := reduce(img, count(img), 256)
	if len(got.Palette) != 256 {
		t.Errorf("%d colours, want 256", len(got.Palette))
	}
	worst := 0.0
	for y := range 200 {
		for x := range 200 {
			a, b := img.RGBAAt(x, y), color.RGBAModel.Convert(got.At(x, y)).(color.RGBA)
			worst = max(worst, math.Hypot(math.Hypot(float64(a.R)-float64(b.R), float64(a.G)-float64(b.G)), float64(a.B)-float64(b.B)))
		}
	}
	if worst > 180 {
		t.Errorf("a colour is off by %.0f, want a colour of the neighbourhood", worst)
	}
}

// userPlot is what a notebook user might make, with some choices of their own.
func userPlot(t testing.TB) *plot.Plot {
	p := plot.New()
	p.Title.Text = "growth"
	p.X.Label.Text, p.Y.Label.Text = "age", "height"
	points := plotter.XYs{{X: 1, Y: 2}, {X: 2, Y: 3}, {X: 3, Y: 5}, {X: 4, Y: 4}}
	line, dots, err := plotter.NewLinePoints(points)
	if err != nil {
		t.Fatal(err)
	}
	line.Color = color.RGBA{R: 128, A: 255}
	p.Add(line, dots)
	p.Legend.Add("measured", line, dots)
	return p
}

func TestPlot(t *testing.T) {
	p := userPlot(t)
	golden(t, "plot.svg", Plot(p, 400, 260, "growth").SVG())
	if p.BackgroundColor != color.White || p.X.Color != color.Black || p.Title.TextStyle.Font.Variant != "Serif" {
		t.Error("drawing the plot in the theme changed the plot")
	}
}

func TestThemedKeepsChoices(t *testing.T) {
	p := userPlot(t)
	p.Title.TextStyle.Font.Size = 30
	p.X.Color = color.RGBA{G: 200, A: 255}
	p.BackgroundColor = color.RGBA{R: 255, G: 255, A: 255}
	q := Themed(p)
	if q.Title.TextStyle.Font.Size != 30 || q.X.Color != p.X.Color || q.BackgroundColor != p.BackgroundColor {
		t.Errorf("the theme overrode a choice: size %v, axis %v, ground %v", q.Title.TextStyle.Font.Size, q.X.Color, q.BackgroundColor)
	}
	if q.Y.Color != color.Color(Mute) || q.Title.TextStyle.Font.Variant != "Sans" {
		t.Errorf("defaults were kept: axis %v, font %v", q.Y.Color, q.Title.TextStyle.Font.Variant)
	}
}

// gonum's logarithmic axis panics when its range touches zero.
func TestPlotSurvivesZeroOnLogAxis(t *testing.T) {
	p := userPlot(t)
	p.Y.Min, p.Y.Scale, p.Y.Tick.Marker = 0, plot.LogScale{}, LogTicks{}
	if len(Plot(p, 300, 200, "").SVG()) == 0 {
		t.Error("no picture")
	}
}

func BenchmarkPlotSVG(b *testing.B) {
	p := userPlot(b)
	for b.Loop() {
		Plot(p, 580, 360, "growth").SVG()
	}
}

func BenchmarkPicturePNG(b *testing.B) {
	p := Plot(userPlot(b), 580, 360, "growth")
	for b.Loop() {
		if _, err := p.PNG(); err != nil {
			b.Fatal(err)
		}
	}
}
