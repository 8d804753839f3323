package logo

import (
	"bytes"
	"encoding/xml"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"
)

// TestPicturesAreCurrent draws the PNGs again: after a change of the drawing,
// run go generate ./install/logo.
func TestPicturesAreCurrent(t *testing.T) {
	for _, tt := range []struct {
		size int
		file []byte
	}{{32, PNG32}, {64, PNG64}} {
		drawn, err := Draw(tt.size)
		if err != nil {
			t.Fatal(err)
		}
		// Pixels, not bytes: how well a PNG is packed may differ by Go version.
		if got, want := decode(t, tt.file), decode(t, drawn); !bytes.Equal(got.Pix, want.Pix) {
			t.Errorf("logo-%[1]dx%[1]d.png is not what logo-svg.svg draws: run go generate", tt.size)
		}
	}
}

// TestPixels compares places of the 64 pixel logo, where a pixel is a unit of
// the view box, with the fills that the SVG names there.
func TestPixels(t *testing.T) {
	img := decode(t, PNG64)
	for _, tt := range []struct {
		what string
		x, y int
		want color.NRGBA
	}{
		{"the corner is empty", 0, 0, color.NRGBA{}},
		{"the spine", 4, 32, color.NRGBA{0x07, 0x55, 0x66, 255}},
		{"the page", 56, 56, color.NRGBA{0x0b, 0x82, 0x98, 255}},
		{"the parameter", 23, 17, color.NRGBA{0x8a, 0xe6, 0xff, 255}},
		{"the data", 23, 47, color.NRGBA{0xb6, 0xf2, 0xa4, 255}},
		{"the operation", 46, 32, color.NRGBA{0xff, 0xd1, 0x66, 255}},
		{"the middle of an edge", 33, 24, color.NRGBA{255, 255, 255, 255}},
	} {
		if got := img.NRGBAAt(tt.x, tt.y); got != tt.want {
			t.Errorf("%s: pixel (%d, %d) is %v, want %v", tt.what, tt.x, tt.y, got, tt.want)
		}
	}
}

func TestSVGIsWellFormed(t *testing.T) {
	var svg struct {
		XMLName xml.Name
		Title   string `xml:"title"`
	}
	if err := xml.Unmarshal(SVG, &svg); err != nil {
		t.Fatal(err)
	}
	if svg.XMLName.Space != "http://www.w3.org/2000/svg" || svg.Title == "" {
		t.Errorf("root is %v with title %q, want an svg with a title", svg.XMLName, svg.Title)
	}
}

var coverTests = []struct {
	what    string
	covers  func(point) bool
	in, out []point
}{
	{"rect", rect(0, 0, 10, 6, 0), []point{{0, 0}, {10, 6}, {5, 3}}, []point{{-1, 3}, {11, 3}, {5, 7}, {5, -1}}},
	{"rounded rect", rect(0, 0, 10, 10, 5), []point{{5, 0}, {5, 5}}, []point{{0, 0}, {10, 10}, {1, 1}}},
	{"circle", circle(point{1, 1}, 2), []point{{3, 1}, {1, 1}}, []point{{3, 2}}},
	{"line", line(point{0, 0}, point{10, 10}, 2), []point{{5, 5}, {5.5, 4.5}}, []point{{6, 4}, {11, 11}, {-1, -1}}},
	{"clockwise", polygon([]point{{0, 0}, {4, 0}, {0, 4}}), []point{{1, 1}}, []point{{3, 3}, {-1, 1}}},
	{"anticlockwise", polygon([]point{{0, 0}, {0, 4}, {4, 0}}), []point{{1, 1}}, []point{{3, 3}, {-1, 1}}},
}

func TestCovers(t *testing.T) {
	for _, tt := range coverTests {
		for _, p := range tt.in {
			if !tt.covers(p) {
				t.Errorf("%s: %v is outside, want inside", tt.what, p)
			}
		}
		for _, p := range tt.out {
			if tt.covers(p) {
				t.Errorf("%s: %v is inside, want outside", tt.what, p)
			}
		}
	}
}

// TestHalfCovered checks the weighting of samples: a white half over nothing is
// white at half strength, not grey.
func TestHalfCovered(t *testing.T) {
	data, err := draw([]byte(`<svg width="1"><rect x="0" y="0" width="0.5" height="1" rx="0" fill="#ffffff"/></svg>`), 1)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := decode(t, data).NRGBAAt(0, 0), (color.NRGBA{255, 255, 255, 128}); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestUnknownDrawingIsAnError(t *testing.T) {
	for _, tt := range []struct{ svg, want string }{
		{`<svg width="9"><path d="M0 0"/></svg>`, "<path>: want rect"},
		{`<svg width="9"><circle cx="1" cy="one" r="1" fill="#ffffff"/></svg>`, `cy="one"`},
		{`<svg width="9"><circle cx="1" cy="1" r="1" fill="red"/></svg>`, `fill="red"`},
		{`<svg width="9"><polygon points="1,1 2" fill="#ffffff"/></svg>`, "points="},
		{`<svg`, "EOF"},
	} {
		_, err := draw([]byte(tt.svg), 8)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("draw(%s): error %v, want one with %q", tt.svg, err, tt.want)
		}
	}
}

// decode reads a PNG into the layout that draw fills.
func decode(t *testing.T, data []byte) *image.NRGBA {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	out := image.NewNRGBA(img.Bounds())
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			out.Set(x, y, img.At(x, y))
		}
	}
	return out
}
