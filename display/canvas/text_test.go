package canvas

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/recorder"
)

// The widths of digits and of "M" in Arial and Helvetica, in thousandths of the
// size: 556 and 833. Liberation must agree, or a page that uses those fonts would
// lay text out differently.
func TestWidth(t *testing.T) {
	for s, want := range map[string]float64{"0123456789": 5560, "MM": 1666, "": 0} {
		if got := (Style{Size: 1000}).Width(s); math.Abs(got-want) > 0.001*want {
			t.Errorf("width of %q = %g, want %g", s, got, want)
		}
	}
	plain, bold := Style{Size: 20}, Style{Size: 20, Bold: true}
	if plain.Width("weights") >= bold.Width("weights") {
		t.Error("bold text is not wider than plain text")
	}
	spans := []Span{{Text: "weights"}, {Text: "weights", Bold: true}}
	if got, want := plain.WidthOf(spans...), plain.Width("weights")+bold.Width("weights"); got != want {
		t.Errorf("width of spans = %g, want %g", got, want)
	}
}

func TestDrawable(t *testing.T) {
	for in, want := range map[string]string{
		"plain":       "plain",
		"∂e/∂w = −2²": "∂e/∂w = −2²",
		"σ(x)·√π ≤ ∞": "σ(x)·√π ≤ ∞",
		"10⁻⁷":        "10-⁷",
		"∇f ⋅ g":      "df · g",
		"名":           "?",
	} {
		if got := Drawable(in); got != want {
			t.Errorf("Drawable(%q) = %q, want %q", in, got, want)
		}
	}
}

// On a canvas without anchors the sheet has to place the text itself.
func TestSheetAnchors(t *testing.T) {
	for anchor, want := range map[Anchor]float64{Start: 50, Middle: 50 - 27.8/2, End: 50 - 27.8} {
		rec := new(recorder.Canvas)
		Sheet{rec, 100}.Text(Style{Size: 10, Color: Ink, Anchor: anchor}, 50, 30, "00000")
		found := false
		for _, a := range rec.Actions {
			if s, ok := a.(*recorder.FillString); ok {
				found = true
				if math.Abs(float64(s.Point.X)-want) > 0.1 || s.Point.Y != 70 {
					t.Errorf("anchor %d: text at %v, want %.1f, 70", anchor, s.Point, want)
				}
			}
		}
		if !found {
			t.Errorf("anchor %d: no text", anchor)
		}
	}
}

func TestSheetOnSVG(t *testing.T) {
	c := NewSVG(100, 100)
	s := Sheet{draw.Canvas{Canvas: draw.Canvas{Canvas: c}}, 100} // as plotters see it
	s.Shape(Box(10, 10, 20, 20, 0), Ground, Frame, 2)
	s.Spans(Style{Size: 10, Color: Ink, Anchor: Middle, Halo: true}, 50, 30, Span{Text: "a = "}, Span{Text: "<3>", Bold: true, Color: Value})
	got := string(c.Bytes(""))
	for _, want := range []string{
		`class="f-ground s-frame" fill="#ffffff" stroke="#d8dee4" stroke-width="2"`,
		`<text x="50" y="30" class="f-ink s-ground halo"`,
		`text-anchor="middle"`, `paint-order="stroke"`,
		`a = <tspan class="f-value" fill="#0a4fa8" font-weight="700">&lt;3&gt;</tspan></text>`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("got %s\nwant it to contain %s", got, want)
		}
	}
}

func TestFit(t *testing.T) {
	style := Style{Size: 12}
	s := "größe eines langen Namens"
	if got := style.Fit(s, 500); got != s {
		t.Errorf("what fits became %q", got)
	}
	for width := 12.0; width < style.Width(s); width += 7 {
		got := style.Fit(s, width)
		begin, cut := strings.CutSuffix(got, "…")
		if !cut || !strings.HasPrefix(s, begin) || style.Width(got) > width {
			t.Errorf("in %.0f pixels: %q, %.1f wide", width, got, style.Width(got))
		}
	}
}

// What a user writes reaches the file as XML allows it.
func TestTextsAreValid(t *testing.T) {
	c := NewSVG(100, 100)
	c.Begin("a", "\x00title\nof two lines\xff")
	Sheet{c, 100}.Text(Style{Size: 12, Color: Ink}, 1, 1, "a\nb\t\x1b<\uffff")
	c.End()
	svg := string(c.Bytes("\x02name"))
	for _, want := range []string{"<title>title\nof two lines\ufffd</title>", ">a b &lt;</text>", "<title>name</title>"} {
		if !strings.Contains(svg, want) {
			t.Errorf("no %q in %s", want, svg)
		}
	}
}
