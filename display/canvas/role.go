package canvas

import (
	"fmt"
	"image/color"
	"math"
)

// A Role is a colour by its meaning. It is a color.Color, so it travels through
// gonum/plot unharmed and reaches an [SVG] whole; to any other canvas, such as
// the one that makes the PNG, it is its light colour.
type Role struct {
	Name        string     // class of the elements drawn in it, e.g. "ink"
	Light, Dark color.RGBA // opaque
	Opacity     float64    // 0 means opaque
}

// RGBA gives the light colour.
func (r Role) RGBA() (red, green, blue, alpha uint32) {
	c := color.NRGBA{r.Light.R, r.Light.G, r.Light.B, 255}
	if r.Opacity > 0 {
		c.A = uint8(math.Round(255 * r.Opacity))
	}
	return c.RGBA()
}

// Faint returns the same role let through to the given opacity, from 0 to 1.
func (r Role) Faint(opacity float64) Role {
	r.Opacity = opacity
	return r
}

// role makes a palette entry from colours written as in CSS.
func role(name, light, dark string) Role {
	return Role{Name: name, Light: hex(light), Dark: hex(dark)}
}

// hex reads "#rrggbb". The palette is its only caller, so a bad one is a bug.
func hex(s string) color.RGBA {
	var c color.RGBA
	if _, err := fmt.Sscanf(s, "#%02x%02x%02x", &c.R, &c.G, &c.B); err != nil {
		panic("canvas: colour " + s + ", want #rrggbb")
	}
	c.A = 255
	return c
}

// CSS returns the two colours as a style sheet writes them.
func (r Role) CSS() (light, dark string) { return css(r.Light), css(r.Dark) }

// css writes a colour as in CSS, without its alpha.
func css(c color.RGBA) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

// The palette. Text and its ground differ by a contrast of at least 4.5 in both
// themes, lines that carry meaning by at least 3; a test computes both.
var (
	Ground = role("ground", "#ffffff", "#15181d") // the card
	Frame  = role("frame", "#d8dee4", "#30363d")  // its border
	Ink    = role("ink", "#1b1f24", "#e8edf3")
	Mute   = role("mute", "#57606a", "#a2abb6") // secondary text, axes
	Grid   = role("grid", "#e3e7ec", "#2b3138")
	Edge   = role("edge", "#6e7781", "#8b949e") // arrows
	Dim    = role("dim", "#adb5bd", "#50575f")  // arrows that are not the subject

	Operation       = role("operation", "#fff3d1", "#3a2c0a")
	OperationLine   = role("operation-line", "#8a5a00", "#e3b341")
	Variable        = role("variable", "#dbeeff", "#0d2f57")
	VariableLine    = role("variable-line", "#0a5cc4", "#6cb6ff")
	Placeholder     = role("placeholder", "#dcf7e3", "#0f3a22")
	PlaceholderLine = role("placeholder-line", "#14703a", "#57c777")
	Result          = role("result", "#f3e8ff", "#33204f")
	ResultLine      = role("result-line", "#7a3dc2", "#c4a1ff")
	Constant        = role("constant", "#f3f5f7", "#22272e")
	ConstantLine    = role("constant-line", "#6e7781", "#8b949e")

	Group     = role("group", "#f7f9fb", "#1b2027")      // a frame around nodes
	GroupLine = role("group-line", "#8b949e", "#6e7781") // and its border

	Value    = role("value", "#0a4fa8", "#8fc7ff")    // computed on the way forward
	Gradient = role("gradient", "#b3400a", "#ff9e64") // and on the way back
)

// Series are the colours of data, in the order in which a chart uses them: told
// apart by people who do not see red and green, and readable as text.
var Series = []Role{
	role("series-1", "#0a5cc4", "#6cb6ff"), // blue
	role("series-2", "#b3400a", "#ff9e64"), // orange
	role("series-3", "#14703a", "#57c777"), // green
	role("series-4", "#7a3dc2", "#c4a1ff"), // violet
	role("series-5", "#8a5a00", "#e3b341"), // ochre
	role("series-6", "#b0236f", "#ff8fc4"), // magenta
	role("series-7", "#0b6e75", "#4fc9d1"), // teal
	role("series-8", "#57606a", "#a2abb6"), // grey
}

// Contrast returns how well two colours are told apart, from 1 to 21: the
// contrast ratio of the Web Content Accessibility Guidelines 2.2, which ask for
// 4.5 between text and its ground and for 3 between a shape and what is beside it.
func Contrast(a, b color.Color) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

// luminance is the relative luminance of sRGB, from 0 to 1.
func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	linear := func(v uint32) float64 {
		s := float64(v) / 0xffff
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

// adapt turns a colour that the user of a plot chose into a role. Greys change
// places, so black text is ink and a white area is the card; a hue stays what it
// is, and where it is meant to be seen as a line or as text on the dark card it
// is lightened until it can be.
func adapt(c color.Color, line bool) Role {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	opaque := color.RGBA{n.R, n.G, n.B, 255}
	r := Role{Name: fmt.Sprintf("c%02x%02x%02x", n.R, n.G, n.B), Light: opaque, Dark: opaque}
	if n.A < 255 {
		r.Opacity = max(float64(n.A)/255, 1e-3) // 0 would mean opaque
	}
	switch {
	case n.R == n.G && n.G == n.B:
		t := float64(n.R) / 255
		r.Light, r.Dark = mix(Ink.Light, Ground.Light, t), mix(Ink.Dark, Ground.Dark, t)
	case line:
		r.Name += "l"
		for t := 0.0; t < 1 && Contrast(r.Dark, Ground.Dark) < 4.5; t += 0.1 {
			r.Dark = mix(opaque, Ink.Dark, t)
		}
	}
	return r
}

// mix goes from a to b as t goes from 0 to 1.
func mix(a, b color.RGBA, t float64) color.RGBA {
	part := func(a, b uint8) uint8 { return uint8(math.Round(float64(a) + float64(t*(float64(b)-float64(a))))) }
	return color.RGBA{part(a.R, b.R), part(a.G, b.G), part(a.B, b.B), 255}
}
