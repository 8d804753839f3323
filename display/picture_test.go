package display

import (
	"bytes"
	"encoding/xml"
	"errors"
	"html"
	"image/color"
	"image/png"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"gradbook/display/canvas"
)

func TestGoldenFigures(t *testing.T) {
	for name, v := range figures() {
		t.Run(name, func(t *testing.T) {
			golden(t, name+".svg", svgOf(t, v))
			golden(t, name+".txt", []byte(plain(t, v)+"\n"))
		})
	}
}

// Every figure has the three forms, whose pieces belong together.
func TestFigureBundles(t *testing.T) {
	all := figures()
	for _, name := range []string{"graph", "both", "paths", "fit", "runs"} { // PNGs take their time
		v := all[name]
		t.Run(name, func(t *testing.T) {
			b := Render(v)
			for _, form := range []string{textHTML, imagePNG, textPlain} {
				if b.Data[form] == nil {
					t.Errorf("no %s", form)
				}
			}
			if len(b.Data) != 3 {
				t.Errorf("%d forms, want 3: a front end that knows image/svg+xml would prefer it, in the wrong theme", len(b.Data))
			}
			img, err := png.Decode(bytes.NewReader(b.Data[imagePNG].([]byte)))
			if err != nil {
				t.Fatal(err)
			}
			size := b.Metadata[imagePNG].(map[string]any)
			if img.Bounds().Dx() != 2*size["width"].(int) || img.Bounds().Dy() != 2*size["height"].(int) {
				t.Errorf("the PNG is %v, shown at %v, want twice that", img.Bounds(), size)
			}
			if !bytes.Equal(svgIn(t, v), svgOf(t, v)) {
				t.Error("the HTML holds another SVG")
			}
			if b.Data[textPlain] != plain(t, v) {
				t.Error("the bundle holds another text")
			}
			html := b.Data[textHTML].(string)
			for _, want := range []string{
				`<picture class="gradbook-figure"><source type="image/svg+xml" srcset="data:image/svg+xml;base64,`,
				`<img src="data:image/png;base64,`, ` alt="`, `body[data-jp-theme-light="false"] .gradbook-figure`,
			} {
				if !strings.Contains(html, want) {
					t.Errorf("the HTML does not contain %s", want)
				}
			}
		})
	}
}

// Every figure says what it shows wherever it goes: the SVG by its title and to a screen
// reader, the element in the page by its alternative text, the PNG in its own chunks.
func TestFiguresHaveNames(t *testing.T) {
	for name, v := range figures() {
		t.Run(name, func(t *testing.T) {
			b := Render(v)
			var svg struct {
				Role  string `xml:"role,attr"`
				Label string `xml:"aria-label,attr"`
				Title string `xml:"title"`
			}
			if err := xml.Unmarshal(svgOf(t, v), &svg); err != nil {
				t.Fatal(err)
			}
			if svg.Role != "img" || svg.Title == "" || svg.Label != svg.Title {
				t.Errorf("role %q, label %q, title %q, want img and a name twice", svg.Role, svg.Label, svg.Title)
			}
			if steps, ok := v.(*Steps); ok { // of several pictures, svgOf is one from the middle and the file the last
				has(t, html.UnescapeString(b.Data[textHTML].(string)), ` alt="`+svg.Title+`"`)
				svg.Title = steps.pictures[len(steps.pictures)-1].Name
			}
			has(t, html.UnescapeString(b.Data[textHTML].(string)), ` alt="`+svg.Title+`"`)
			file := string(b.Data[imagePNG].([]byte))
			has(t, file, "iTXtTitle\x00\x00\x00\x00\x00"+svg.Title, "iTXtDescription\x00\x00\x00\x00\x00"+svg.Title)
			if _, err := png.Decode(strings.NewReader(file)); err != nil { // which checks the sums of all chunks
				t.Error(err)
			}
		})
	}
}

// A wide picture scrolls within the page rather than shrink until nothing can be read;
// one that fits is left alone.
func TestWideFiguresScroll(t *testing.T) {
	html := func(width, height int) string {
		return Render(Loss([]int{2, 1}).Size(width, height)).Data[textHTML].(string)
	}
	wide := html(2000, 300)
	has(t, wide, `<div style="overflow-x:auto"><picture `, ` width="2000" height="300" style="min-width:1400px"`)
	if !strings.HasSuffix(wide, "</picture></div>") {
		t.Error("the container is not closed")
	}
	if narrow := html(800, 300); strings.Contains(narrow, "min-width:1") || strings.Contains(narrow, "<div") {
		t.Error("a picture that fits is made to scroll")
	}
}

// Two renderings of the same figure are the same bytes.
func TestFiguresAreReproducible(t *testing.T) {
	first, second := figures(), figures()
	for name := range first {
		if !bytes.Equal(svgOf(t, first[name]), svgOf(t, second[name])) || plain(t, first[name]) != plain(t, second[name]) {
			t.Errorf("%s differs the second time", name)
		}
	}
}

// A theme is the colours that the style sheet gives to classes.
type theme map[string]color.RGBA

var cssRule = regexp.MustCompile(`\.([fs]-[\w-]+)\{(?:fill|stroke):(#[0-9a-f]{6})\}`)

// themesOf reads the style sheet of an SVG.
func themesOf(t *testing.T, svg string) (light, dark theme) {
	t.Helper()
	sheet := svg[strings.Index(svg, "<style>"):strings.Index(svg, "</style>")]
	plain, media, ok := strings.Cut(sheet, "@media (prefers-color-scheme:dark){")
	if !ok {
		t.Fatal("there is no dark theme")
	}
	read := func(s string) theme {
		colors := theme{}
		for _, m := range cssRule.FindAllStringSubmatch(s, -1) {
			v, err := strconv.ParseUint(m[2][1:], 16, 32)
			if err != nil {
				t.Fatal(err)
			}
			colors[m[1]] = color.RGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), 255}
		}
		return colors
	}
	return read(plain), read(media)
}

// A layer is a paint with its opacity, from 0 to 1.
type layer struct {
	class   string
	opacity float64
}

// An area is a filled shape that text may stand on.
type area struct {
	left, top, right, bottom float64
	layer
}

// seen is the colour of layers, the lowest first.
func (t theme) seen(layers ...layer) color.RGBA {
	var sum [3]float64
	for _, l := range layers {
		c := t[l.class]
		for i, v := range []uint8{c.R, c.G, c.B} {
			sum[i] += l.opacity * (float64(v) - sum[i])
		}
	}
	return color.RGBA{uint8(math.Round(sum[0])), uint8(math.Round(sum[1])), uint8(math.Round(sum[2])), 255}
}

// TestContrastOfFigures reads every figure as a browser does, and compares each
// text with all that is drawn below it, in both themes.
func TestContrastOfFigures(t *testing.T) {
	for name, v := range figures() {
		t.Run(name, func(t *testing.T) {
			svg := string(svgOf(t, v))
			light, dark := themesOf(t, svg)
			texts := 0
			eachText(t, svg, func(text string, ink layer, below []layer) {
				texts++
				for name, colors := range map[string]theme{"light": light, "dark": dark} {
					ground := colors.seen(below...)
					if c := canvas.Contrast(colors.seen(append(below, ink)...), ground); c < 4.5 {
						t.Errorf("%s: %q is %v on %v, contrast %.2f, want 4.5", name, text, ink, below, c)
					}
				}
			})
			if texts < 3 {
				t.Errorf("only %d texts were compared", texts)
			}
		})
	}
}

// TestContrastOfLines: what is drawn to be seen, in every figure and both themes, differs
// from the card by 3. What only helps the eye need not: the card's border, the grid, the
// part of a diagram that is not the subject, and what a curve was smoothed from; nor need
// the shades of numbers, which are also close to each other.
func TestContrastOfLines(t *testing.T) {
	const aside = 0.55 // the opacity of what is not the subject
	help := regexp.MustCompile(`^s-(frame|grid|dim|ground|(heat|gray|above|below)-\d+)$`)
	for name, v := range figures() {
		svg := string(svgOf(t, v))
		light, dark := themesOf(t, svg)
		eachElement(t, svg, func(e xml.StartElement, _, stroke layer) {
			if stroke.class == "" || e.Name.Local == "g" || help.MatchString(stroke.class) || stroke.opacity == rawOpacity || stroke.opacity == aside {
				return
			}
			for in, colors := range map[string]theme{"light": light, "dark": dark} {
				card := layer{"f-ground", 1}
				if c := canvas.Contrast(colors.seen(card, stroke), colors.seen(card)); c < 3 {
					t.Errorf("%s, %s: a line in %v has contrast %.2f, want 3", name, in, stroke, c)
				}
			}
		}, nil)
	}
}

// eachElement walks through an SVG with the paint of each element, its own or that of a
// group around it, and with what is written.
func eachElement(t *testing.T, svg string, visit func(e xml.StartElement, fill, stroke layer), write func(text string, ink layer)) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(svg))
	type paints struct {
		name         string
		fill, stroke layer
	}
	open := []paints{{}}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		around := open[len(open)-1]
		switch e := token.(type) {
		case xml.StartElement:
			own := paints{e.Name.Local, paintOf(e, "fill", around.fill), paintOf(e, "stroke", around.stroke)}
			open = append(open, own)
			visit(e, own.fill, own.stroke)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if (around.name == "text" || around.name == "tspan") && write != nil {
				write(string(e), around.fill)
			}
		}
	}
}

// paintOf is what an element says of its fill or stroke, or what it inherits.
func paintOf(e xml.StartElement, property string, inherited layer) layer {
	l := inherited
	if attribute(e, property) == "none" {
		return layer{}
	}
	for _, class := range strings.Fields(attribute(e, "class")) {
		if strings.HasPrefix(class, property[:1]+"-") {
			l = layer{class, 1}
		}
	}
	if o := attribute(e, property+"-opacity"); o != "" {
		l.opacity = number64(o)
	}
	return l
}

// eachText visits each piece of text, with what lies below where it is anchored.
func eachText(t *testing.T, svg string, visit func(text string, ink layer, below []layer)) {
	t.Helper()
	var areas []area
	var below []layer
	eachElement(t, svg, func(e xml.StartElement, fill, stroke layer) {
		switch e.Name.Local {
		case "text":
			x, y := number64(attribute(e, "x")), number64(attribute(e, "y"))
			below = nil
			for _, a := range areas {
				if x >= a.left && x <= a.right && y >= a.top && y <= a.bottom {
					below = append(below, a.layer)
				}
			}
			if strings.Contains(attribute(e, "class"), "halo") {
				below = append(below, layer{stroke.class, 1})
			}
		case "path", "circle":
			if fill.class != "" {
				areas = append(areas, areaOf(e, fill))
			}
		}
	}, func(text string, ink layer) { visit(text, ink, below) })
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func number64(s string) float64 {
	v, _ := strconv.ParseFloat(s, 64) // an absent attribute is 0
	return v
}

// areaOf is the room that a filled shape takes.
func areaOf(e xml.StartElement, fill layer) area {
	if e.Name.Local == "circle" {
		x, y, r := number64(attribute(e, "cx")), number64(attribute(e, "cy")), number64(attribute(e, "r"))
		return area{x - r, y - r, x + r, y + r, fill}
	}
	a := area{1e9, 1e9, -1e9, -1e9, fill}
	numbers := regexp.MustCompile(`-?[0-9.]+`).FindAllString(attribute(e, "d"), -1)
	for i := 0; i+1 < len(numbers); i += 2 {
		x, y := number64(numbers[i]), number64(numbers[i+1])
		a.left, a.right, a.top, a.bottom = min(a.left, x), max(a.right, x), min(a.top, y), max(a.bottom, y)
	}
	return a
}

// A viewer without style sheets must see the light theme: each class has its
// colour as an attribute too.
func TestPresentationAttributes(t *testing.T) {
	for name, v := range figures() {
		svg := string(svgOf(t, v))
		light, _ := themesOf(t, svg)
		d := xml.NewDecoder(strings.NewReader(svg))
		for {
			token, err := d.Token()
			if err != nil {
				break
			}
			e, ok := token.(xml.StartElement)
			if !ok {
				continue
			}
			for _, class := range strings.Fields(attribute(e, "class")) {
				c, known := light[class]
				if !known {
					continue
				}
				property := map[byte]string{'f': "fill", 's': "stroke"}[class[0]]
				r, g, b := c.R, c.G, c.B
				want := "#" + hex2(r) + hex2(g) + hex2(b)
				if got := attribute(e, property); got != want {
					t.Errorf("%s: <%s class=%q> has %s %q, want %q", name, e.Name.Local, class, property, got, want)
				}
			}
		}
	}
}

func hex2(v uint8) string {
	s := strconv.FormatUint(uint64(v), 16)
	return strings.Repeat("0", 2-len(s)) + s
}

func BenchmarkRender(b *testing.B) {
	l := newLine()
	d := Graph(l.error).Gradients(l.one()).Path(l.w)
	b.Run("diagram", func(b *testing.B) {
		for b.Loop() {
			Render(d)
		}
	})
	steps, million := make([]float64, 1_000_000), make([]float64, 1_000_000)
	for i := range million {
		steps[i], million[i] = float64(i), float64(i*7919%10007)
	}
	for name, c := range map[string]func() *Chart{
		"loss of a million steps": func() *Chart { return Loss(million) },
		"line of a million":       func() *Chart { return Line(steps, million) },
		"million points":          func() *Chart { return Scatter(steps, million) },
		"way of a million":        func() *Chart { return Line(million, steps) },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				Render(c())
			}
		})
	}
}
