package display

import (
	"math"
	"strings"
	"testing"

	"gradbook/display/canvas"
)

func TestImagesText(t *testing.T) {
	got := plain(t, Images(stripes()).Shape(4, 3).Captions([]float64{1, 2, 3}).Columns(2))
	want := strings.Join([]string{
		" █",
		" █   ▒▒▒",
		" █   ███",
		" █",
		"1    2",
		"",
		" ░░",
		"░▒▒",
		"▒▒█",
		"3",
		"from 0 to 16",
	}, "\n")
	if got != want {
		t.Errorf("shows\n%s\nwant\n%s", got, want)
	}
}

// TestImageShades: the numbers from 0 to 16 have a shade each, zero is in the middle where
// there are signs, and what is no number has the shade of nothing.
func TestImageShades(t *testing.T) {
	plain := Images([][]float64{{0, 5, 16}}).ready()
	signed := Images([][]float64{{-4, 0, 2}}).ready()
	for _, tt := range []struct {
		set    imageSet
		number float64
		want   int
	}{
		{plain, 0, 0}, {plain, 1, 1}, {plain, 15, 15}, {plain, 16, 16}, {plain, math.NaN(), 0},
		{signed, -4, 0}, {signed, 0, 8}, {signed, 2, 12}, {signed, math.Inf(1), 8},
		{Images([][]float64{{3, 3}}).ready(), 3, 0},
	} {
		if got := tt.set.shade(tt.number); got != tt.want {
			t.Errorf("%v has shade %d of %d, want %d", tt.number, got, len(canvas.Gray), tt.want)
		}
	}
	if len(canvas.Gray) != 17 || len(canvas.Signed) != 17 {
		t.Errorf("%d and %d shades, want 17", len(canvas.Gray), len(canvas.Signed))
	}
}

// TestLargeImages: of 65 × 130 pixels, 1 × 3 are drawn as their mean, and at the lower and
// right end fewer.
func TestLargeImages(t *testing.T) {
	image := make([][]float64, 65)
	for i := range image {
		image[i] = make([]float64, 130)
		image[i][129] = float64(i)
		image[i][1] = 3
	}
	s := Images(image).ready()
	if s.height != 33 || s.width != 44 || s.pixels[0][0] != 1 || s.pixels[0][32*44+43] != 64 {
		t.Errorf("drawn as %d × %d, %v and %v at two corners, want 33 × 44, 1 and 64", s.height, s.width, s.pixels[0][0], s.pixels[0][32*44+43])
	}
}

// TestManyImagesStaySmall: forty images of 8 × 8 pixels, none like its neighbour.
func TestManyImagesStaySmall(t *testing.T) {
	images := make([][]float64, 140)
	for i := range images {
		for k := range 64 {
			images[i] = append(images[i], float64((i*i+k*k*7)%17))
		}
	}
	if n := len(svgOf(t, Images(images[:40]).Shape(8, 8))); n > 120_000 {
		t.Errorf("the SVG of forty images has %d bytes", n)
	}
	if text := plain(t, Images(images).Shape(8, 8)); !strings.HasSuffix(text, "the first 100 of 140 images; from 0 to 16") {
		t.Errorf("ends in %q", text[len(text)-60:])
	}
}

func TestImagesMistakes(t *testing.T) {
	for want, do := range map[string]func(){
		"Images: the values have shape [2], want a matrix, or three axes": func() { Images([]int{1, 2}) },
		"Shape: values of shape [1 3] do not make images of 2 × 2 pixels": func() { Images([][]int{{1, 2, 3}}).Shape(2, 2) },
		"Captions: 2 captions for 1 images, want as many":                 func() { Images([][]int{{1}}).Captions([]int{1, 2}).picture() },
		"Captions: a int, want a slice with a caption for each image":     func() { Images([][]int{{1}}).Captions(3) },
		"Images: the values have shape [1 0], want one pixel at least":    func() { Images([][]int{{}}) },
		"Columns: 0 columns, want one at least":                           func() { Images([][]int{{1}}).Columns(0) },
	} {
		if err := mistake(t, do); !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}
