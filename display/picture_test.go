package display

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image/color"
	"image/png"
	"io"
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
	if narrow := html(800, 300); strings.Contains(narrow, "min-width") || strings.Contains(narrow, "<div") {
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

// An area is a filled shape that text may stand on.
type area struct {
	left, top, right, bottom float64
	fill                     string // class
}

// TestContrastOfFigures reads every figure as a browser does, and compares each
// text with the last area drawn below it, in both themes.
func TestContrastOfFigures(t *testing.T) {
	for name, v := range figures() {
		t.Run(name, func(t *testing.T) {
			svg := string(svgOf(t, v))
			light, dark := themesOf(t, svg)
			texts := 0
			eachText(t, svg, func(text, class, ground string) {
				texts++
				for name, colors := range map[string]theme{"light": light, "dark": dark} {
					if c := canvas.Contrast(colors[class], colors[ground]); c < 4.5 {
						t.Errorf("%s: %q is %s on %s, contrast %.2f, want 4.5", name, text, class, ground, c)
					}
				}
			})
			if texts < 3 {
				t.Errorf("only %d texts were compared", texts)
			}
		})
	}
}

// eachText walks through an SVG, with the classes of the fill of each piece of
// text and of what is below it.
func eachText(t *testing.T, svg string, visit func(text, class, ground string)) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(svg))
	var areas []area
	var fills []string // of the open elements
	var x, y float64
	inText := 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			fill := fillOf(e)
			if fill == "" && len(fills) > 0 {
				fill = fills[len(fills)-1]
			}
			fills = append(fills, fill)
			switch e.Name.Local {
			case "text":
				x, y = number64(attribute(e, "x")), number64(attribute(e, "y"))
				inText++
			case "path", "circle":
				if a, ok := areaOf(e, fill); ok {
					areas = append(areas, a)
				}
			}
		case xml.EndElement:
			fills = fills[:len(fills)-1]
			if e.Name.Local == "text" {
				inText--
			}
		case xml.CharData:
			if inText == 0 {
				continue
			}
			ground := ""
			for _, a := range areas {
				if x >= a.left && x <= a.right && y >= a.top && y <= a.bottom {
					ground = a.fill
				}
			}
			visit(string(e), fills[len(fills)-1], ground)
		}
	}
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// fillOf is the class that says the element's fill, or "".
func fillOf(e xml.StartElement) string {
	for _, class := range strings.Fields(attribute(e, "class")) {
		if strings.HasPrefix(class, "f-") {
			return class
		}
	}
	return ""
}

func number64(s string) float64 {
	v, _ := strconv.ParseFloat(s, 64) // an absent attribute is 0
	return v
}

// areaOf is the room that an opaque, filled shape takes.
func areaOf(e xml.StartElement, fill string) (area, bool) {
	if fill == "" || attribute(e, "fill") == "none" || attribute(e, "fill-opacity") != "" {
		return area{}, false
	}
	if e.Name.Local == "circle" {
		x, y, r := number64(attribute(e, "cx")), number64(attribute(e, "cy")), number64(attribute(e, "r"))
		return area{x - r, y - r, x + r, y + r, fill}, true
	}
	a := area{1e9, 1e9, -1e9, -1e9, fill}
	numbers := regexp.MustCompile(`-?[0-9.]+`).FindAllString(attribute(e, "d"), -1)
	for i := 0; i+1 < len(numbers); i += 2 {
		x, y := number64(numbers[i]), number64(numbers[i+1])
		a.left, a.right, a.top, a.bottom = min(a.left, x), max(a.right, x), min(a.top, y), max(a.bottom, y)
	}
	return a, true
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
