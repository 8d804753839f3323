package canvas

import (
	"encoding/xml"
	"image/color"
	"testing"

	"gonum.org/v1/plot/vg"
)

// Three dots, one of them twice, are one shape in the SVG, and lie where they should in
// the PNG; overlapping they are no darker.
func TestDots(t *testing.T) {
	p := Picture{Width: 60, Height: 40, Draw: func(c vg.Canvas) {
		at := []vg.Point{{X: 40, Y: 20}, {X: 20, Y: 10}, {X: 20.5, Y: 10}, {X: 40, Y: 20}}
		Dots(c, at, 4, Series[0].Faint(0.5))
	}}
	var svg struct {
		Paths []struct {
			D     string `xml:"d,attr"`
			Width string `xml:"stroke-width,attr"`
		} `xml:"path"`
	}
	if err := xml.Unmarshal(p.SVG(), &svg); err != nil {
		t.Fatal(err)
	}
	dots := svg.Paths[len(svg.Paths)-1]
	if want := "M0 0m40 20h0m-20 10h0m0.5 0h0"; dots.D != want || dots.Width != "8" { // y counts from the top there
		t.Errorf("the dots are %q of width %s, want %q of width 8", dots.D, dots.Width, want)
	}
	img := p.image()
	blend := color.RGBA{0x84, 0xad, 0xe2, 255} // half of #0a5cc4 on white
	for _, at := range [][2]int{{80, 40}, {40, 60}, {43, 60}} {
		if c := img.RGBAAt(at[0], at[1]); c != blend {
			t.Errorf("the colour at %v is %v, want %v", at, c, blend)
		}
	}
	if c := img.RGBAAt(60, 50); c != Ground.Light {
		t.Errorf("between the dots it is %v", c)
	}
}
