package canvas

import (
	"image/color"
	"math"
	"testing"
)

// Colours with known contrast: black on white is the largest there is, and the
// grey #767676 is the lightest that WCAG accepts on white.
func TestContrast(t *testing.T) {
	tests := []struct {
		a, b string
		want float64
	}{
		{"#000000", "#ffffff", 21},
		{"#ffffff", "#ffffff", 1},
		{"#767676", "#ffffff", 4.54},
		{"#ff0000", "#ffffff", 4.00},
	}
	for _, tt := range tests {
		for _, got := range []float64{Contrast(hex(tt.a), hex(tt.b)), Contrast(hex(tt.b), hex(tt.a))} {
			if math.Abs(got-tt.want) > 0.005 {
				t.Errorf("Contrast(%s, %s) = %.3f, want %.2f", tt.a, tt.b, got, tt.want)
			}
		}
	}
}

func TestPaletteIsReadable(t *testing.T) {
	grounds := map[string][]Role{
		"text":  {Ground},
		"shape": {Operation, Variable, Placeholder, Result, Constant},
	}
	type pair struct {
		over, ground Role
		least        float64
	}
	var pairs []pair
	for _, r := range append([]Role{Ink, Mute, Value, Gradient}, Series...) {
		pairs = append(pairs, pair{r, Ground, 4.5})
	}
	for _, g := range grounds["shape"] {
		pairs = append(pairs, pair{Ink, g, 4.5}, pair{Mute, g, 4.5})
	}
	for _, r := range []Role{OperationLine, VariableLine, PlaceholderLine, ResultLine, ConstantLine, Edge} {
		pairs = append(pairs, pair{r, Ground, 3})
	}
	for _, p := range pairs {
		if c := Contrast(p.over.Light, p.ground.Light); c < p.least {
			t.Errorf("light: %s on %s has contrast %.2f, want %.1f", p.over.Name, p.ground.Name, c, p.least)
		}
		if c := Contrast(p.over.Dark, p.ground.Dark); c < p.least {
			t.Errorf("dark: %s on %s has contrast %.2f, want %.1f", p.over.Name, p.ground.Name, c, p.least)
		}
	}
}

// Neighbouring series must not be told apart by hue alone.
func TestSeriesDiffer(t *testing.T) {
	seen := map[color.RGBA]string{}
	for _, r := range Series {
		for _, c := range []color.RGBA{r.Light, r.Dark} {
			if other, ok := seen[c]; ok {
				t.Errorf("%s and %s share the colour %s", r.Name, other, css(c))
			}
			seen[c] = r.Name
		}
	}
}

func TestRoleIsItsLightColour(t *testing.T) {
	got := color.NRGBAModel.Convert(Ink).(color.NRGBA)
	if want := (color.NRGBA{0x1b, 0x1f, 0x24, 255}); got != want {
		t.Errorf("Ink = %v, want %v", got, want)
	}
	if got := color.NRGBAModel.Convert(Ink.Faint(0.2)).(color.NRGBA); got.A != 51 {
		t.Errorf("alpha of Ink at 0.2 = %d, want 51", got.A)
	}
}

func TestAdapt(t *testing.T) {
	tests := []struct {
		name        string
		c           color.Color
		line        bool
		light, dark color.RGBA
	}{
		{"black becomes ink", color.Black, false, Ink.Light, Ink.Dark},
		{"white becomes the card", color.White, false, Ground.Light, Ground.Dark},
		{"an area keeps its hue", color.RGBA{0, 0, 128, 255}, false, color.RGBA{0, 0, 128, 255}, color.RGBA{0, 0, 128, 255}},
	}
	for _, tt := range tests {
		r := adapt(tt.c, tt.line)
		if r.Light != tt.light || r.Dark != tt.dark {
			t.Errorf("%s: got %s and %s, want %s and %s", tt.name, css(r.Light), css(r.Dark), css(tt.light), css(tt.dark))
		}
	}
	navy := adapt(color.RGBA{0, 0, 128, 255}, true)
	if c := Contrast(navy.Dark, Ground.Dark); c < 4.5 {
		t.Errorf("a navy line has contrast %.2f on the dark card, want 4.5", c)
	}
	if clear := adapt(color.Transparent, false); clear.Opacity <= 0 || clear.Opacity > 0.01 {
		t.Errorf("a transparent colour has opacity %g, want almost 0", clear.Opacity)
	}
}
