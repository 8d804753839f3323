package canvas

import (
	"html"
	"image/color"
	"sort"
	"strings"
	"sync"
	"unicode"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/font/liberation"
	"gonum.org/v1/plot/vg"

	xfont "golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
)

// families are the fonts a page may use in place of ours. The first three of
// each have the same advance widths.
var families = map[font.Variant]string{
	"Sans":  "'Liberation Sans',Arial,Helvetica,sans-serif",
	"Serif": "'Liberation Serif','Times New Roman',Times,serif",
	"Mono":  "'Liberation Mono','Courier New',Courier,monospace",
}

// fonts are the embedded faces. Parsing them takes milliseconds, so it waits for
// the first picture.
var fonts = sync.OnceValue(func() *font.Cache { return font.NewCache(liberation.Collection()) })

// An Anchor says which point of a line of text is given.
type Anchor int

// The anchors.
const (
	Start Anchor = iota
	Middle
	End
)

// A Style says how a line of text looks. Only Size and Color are required.
type Style struct {
	Size         float64 // pixels
	Color        color.Color
	Bold, Italic bool
	Variant      font.Variant // "Sans", "Serif" or "Mono"; empty means "Sans"
	Anchor       Anchor
	Halo         bool // a rim in the colour of the card, for text that crosses lines
}

// A Span is a piece of a line of text. A zero field means "as the line".
type Span struct {
	Text         string
	Color        color.Color
	Bold, Italic bool
}

// Width returns the width of a line in pixels, in the embedded fonts.
func (t Style) Width(s string) float64 {
	face := t.face()
	return face.Width(Drawable(s)).Points()
}

// WidthOf is Width for a line made of spans.
func (t Style) WidthOf(spans ...Span) float64 {
	w := 0.0
	for _, s := range spans {
		w += t.with(s).Width(s.Text)
	}
	return w
}

// face finds the embedded font for the style.
func (t Style) face() font.Face {
	f := font.Font{Typeface: "Liberation", Variant: "Sans"}
	if t.Variant != "" {
		f.Variant = t.Variant
	}
	if t.Bold {
		f.Weight = xfont.WeightBold
	}
	if t.Italic {
		f.Style = xfont.StyleItalic
	}
	return fonts().Lookup(f, vg.Length(t.Size))
}

// with returns the style of a span within a line of style t.
func (t Style) with(s Span) Style {
	if s.Color != nil {
		t.Color = s.Color
	}
	t.Bold = t.Bold || s.Bold
	t.Italic = t.Italic || s.Italic
	return t
}

// styleOf reads the style of a gonum font.
func styleOf(f font.Font) Style {
	return Style{
		Size: f.Size.Points(), Variant: f.Variant,
		Bold:   f.Weight >= xfont.WeightSemiBold,
		Italic: f.Style != xfont.StyleNormal,
	}
}

// text adds a line of spans at p.
func (c *SVG) text(t Style, p vg.Point, spans []Span) {
	x, y := c.state.matrix.apply(p)
	body := `<text x="` + number(x) + `" y="` + number(y) + `"`
	if angle := c.state.matrix.angle(); angle > 0.1 || angle < -0.1 {
		body += ` transform="rotate(` + number(angle) + " " + pair(x, y) + `)"`
	}
	fill := c.paint("fill", t.Color)
	class, attributes := fill.class, fill.attributes
	if t.Halo {
		rim := c.paint("stroke", Ground)
		class += " " + rim.class + " halo"
		// A viewer that drops the style sheet would paint the rim over the text,
		// so the attribute says it too.
		attributes += rim.attributes + ` stroke-width="4" stroke-linejoin="round" paint-order="stroke"`
	}
	attributes += t.attributes(c.state.matrix.scale())
	var tail strings.Builder
	tail.WriteString(">")
	for _, s := range spans {
		tail.WriteString(c.span(t, s))
	}
	tail.WriteString("</text>")
	c.elements = append(c.elements, element{body, classed(class, attributes), tail.String()})
}

// attributes writes font and anchor.
func (t Style) attributes(scale float64) string {
	s := ` font-size="` + number(t.Size*scale) + `"`
	if t.Variant != "" && t.Variant != "Sans" && families[t.Variant] != "" {
		s += ` font-family="` + families[t.Variant] + `"`
	}
	if t.Bold {
		s += ` font-weight="700"`
	}
	if t.Italic {
		s += ` font-style="italic"`
	}
	return s + []string{"", ` text-anchor="middle"`, ` text-anchor="end"`}[t.Anchor]
}

// span writes one span, bare when it looks as its line does.
func (c *SVG) span(t Style, s Span) string {
	text := escaped(oneLine.Replace(s.Text))
	if s.Color == nil && !s.Bold && !s.Italic {
		return text
	}
	var class, attributes string
	if s.Color != nil {
		fill := c.paint("fill", s.Color)
		class, attributes = fill.class, fill.attributes
	}
	if s.Bold {
		attributes += ` font-weight="700"`
	}
	if s.Italic {
		attributes += ` font-style="italic"`
	}
	return "<tspan" + classed(class, attributes) + ">" + text + "</tspan>"
}

// Fit returns s, or if it is wider than that many pixels its beginning with "…".
func (t Style) Fit(s string, width float64) string {
	if t.Width(s) <= width {
		return s
	}
	r := []rune(s)
	n := sort.Search(len(r), func(n int) bool { return t.Width(string(r[:n+1])+"…") > width })
	return strings.TrimRight(string(r[:n]), " ") + "…"
}

// valid leaves out what XML does not allow: a picture with such a character is not shown
// at all.
func valid(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && !unicode.IsSpace(r) || r == '\f' || r == '\v' || r == 0xfffe || r == 0xffff {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
}

// escaped is a text as XML writes it.
func escaped(s string) string { return html.EscapeString(valid(s)) }

// oneLine writes a space for the end of a line, which is no character of a font.
var oneLine = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", "\t", " ")

// substitutes are written instead of characters that the embedded fonts lack.
var substitutes = map[rune]string{
	'⋅': "·", '⁻': "-", '⁰': "0", '₋': "-", '⊙': "·", '◆': "•", '∇': "d", '⟨': "<", '⟩': ">", '∈': "in", '\u00a0': " ",
}

// Drawable returns s in characters that the embedded fonts have, so that a PNG
// never shows the box of a missing glyph.
func Drawable(s string) string {
	ascii := true
	for i := 0; i < len(s) && ascii; i++ {
		ascii = s[i] >= ' ' && s[i] < 0x7f
	}
	if ascii {
		return s
	}
	regular := fonts().Lookup(font.Font{Typeface: "Liberation", Variant: "Sans"}, 12)
	var buf sfnt.Buffer
	var b strings.Builder
	for _, r := range valid(oneLine.Replace(s)) {
		switch i, err := regular.Face.GlyphIndex(&buf, r); {
		case err == nil && i != 0:
			b.WriteRune(r)
		case substitutes[r] != "":
			b.WriteString(substitutes[r])
		default:
			b.WriteByte('?')
		}
	}
	return b.String()
}
