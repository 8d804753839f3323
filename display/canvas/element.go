package canvas

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"gonum.org/v1/plot/vg"
)

// An element is one line of the file: what it is, and how it is painted. Runs of
// elements painted alike, such as the points of a scatter plot, are written into
// one group that carries the paint once; that halves the file.
type element struct {
	body  string // `<circle cx="1" cy="2" r="3"`, or complete when paint is empty
	paint string // ` class="…" fill="…"`
	tail  string // what closes it: "/>", or text and "</text>"
}

// Begin opens a group with a class that says what it shows and, unless empty, a
// title, which a viewer shows under the pointer and a screen reader reads.
func (c *SVG) Begin(class, title string) {
	s := "<g"
	if class != "" {
		s += ` class="` + escaped(class) + `"`
	}
	s += ">"
	if title != "" {
		s += "<title>" + escaped(title) + "</title>"
	}
	c.raw(s)
}

// End closes the group that was opened last.
func (c *SVG) End() { c.raw("</g>") }

func (c *SVG) raw(s string) { c.elements = append(c.elements, element{body: s}) }

// shape adds a path; a nil fill or line is none.
func (c *SVG) shape(p vg.Path, fill, line color.Color) {
	paint := c.paint("fill", fill)
	class, attributes := paint.class, paint.attributes
	if line != nil {
		stroke := c.paint("stroke", line)
		class = strings.TrimSpace(class + " " + stroke.class)
		attributes += stroke.attributes + c.lineAttributes()
	}
	if x, y, r, ok := c.circle(p); ok {
		c.elements = append(c.elements, element{
			fmt.Sprintf(`<circle cx="%s" cy="%s" r="%s"`, number(x), number(y), number(r)), classed(class, attributes), "/>"})
		return
	}
	if d := c.path(p); d != "" {
		c.elements = append(c.elements, element{`<path d="` + d + `"`, classed(class, attributes), "/>"})
	}
}

// lineAttributes writes width and dashes of the current line.
func (c *SVG) lineAttributes() string {
	k := c.state.matrix.scale()
	s := ` stroke-width="` + number(c.state.width*k) + `" stroke-linejoin="round"`
	if len(c.state.dash) > 0 {
		dash := make([]string, len(c.state.dash))
		for i, d := range c.state.dash {
			dash[i] = number(d.Points() * k)
		}
		s += ` stroke-dasharray="` + strings.Join(dash, " ") + `"`
		if c.state.offset != 0 {
			s += ` stroke-dashoffset="` + number(c.state.offset.Points()*k) + `"`
		}
	}
	return s
}

// classed joins a class, if any, with the attributes after it.
func classed(class, attributes string) string {
	if class == "" {
		return attributes
	}
	return ` class="` + class + `"` + attributes
}

// paint is a colour for one property: the class that themes it, and the
// attributes that hold where classes do not.
type paint struct{ class, attributes string }

// paint prepares a colour for "fill" or "stroke" and notes it for the style sheet.
func (c *SVG) paint(property string, clr color.Color) paint {
	if clr == nil {
		return paint{attributes: ` ` + property + `="none"`}
	}
	r, ok := clr.(Role)
	if !ok {
		r = adapt(clr, property == "stroke")
	}
	class := property[:1] + "-" + r.Name
	plain := r
	plain.Opacity = 0
	c.roles[class] = plain
	s := ` ` + property + `="` + css(r.Light) + `"`
	if r.Opacity > 0 {
		s += ` ` + property + `-opacity="` + number(r.Opacity) + `"`
	}
	return paint{class, s}
}

// circle recognises a path that is one full arc.
func (c *SVG) circle(p vg.Path) (x, y, r float64, ok bool) {
	arcs := 0
	for _, k := range p {
		switch k.Type {
		case vg.ArcComp:
			if arcs++; math.Abs(k.Angle) < 2*math.Pi-1e-6 {
				return 0, 0, 0, false
			}
			x, y = c.state.matrix.apply(k.Pos)
			r = k.Radius.Points() * c.state.matrix.scale()
		case vg.LineComp, vg.CurveComp:
			return 0, 0, 0, false
		}
	}
	return x, y, r, arcs == 1
}

// path writes a path as SVG's d attribute. Points closer than a tenth of a pixel
// to the one before are left out.
func (c *SVG) path(p vg.Path) string {
	var b strings.Builder
	lastX, lastY := math.NaN(), math.NaN()
	for _, k := range p {
		x, y := c.state.matrix.apply(k.Pos)
		switch k.Type {
		case vg.MoveComp:
			b.WriteString("M" + pair(x, y))
		case vg.LineComp:
			if math.Abs(x-lastX) < 0.05 && math.Abs(y-lastY) < 0.05 {
				continue
			}
			b.WriteString("L" + pair(x, y))
		case vg.ArcComp:
			x, y = c.arc(&b, k)
		case vg.CurveComp:
			b.WriteString([]string{"", "Q", "C"}[len(k.Control)])
			for _, q := range k.Control {
				qx, qy := c.state.matrix.apply(q)
				b.WriteString(pair(qx, qy) + " ")
			}
			b.WriteString(pair(x, y))
		case vg.CloseComp:
			b.WriteByte('Z')
		}
		lastX, lastY = x, y
	}
	return b.String()
}

// arc writes an arc and returns its end. A full turn becomes two halves, since
// SVG draws nothing when an arc ends where it starts.
func (c *SVG) arc(b *strings.Builder, k vg.PathComp) (x, y float64) {
	at := func(angle float64) (float64, float64) {
		s, co := math.Sincos(angle)
		return c.state.matrix.apply(vg.Point{X: k.Pos.X + k.Radius*vg.Length(co), Y: k.Pos.Y + k.Radius*vg.Length(s)})
	}
	x, y = at(k.Start)
	if b.Len() == 0 {
		b.WriteString("M" + pair(x, y))
	} else {
		b.WriteString("L" + pair(x, y))
	}
	r := number(k.Radius.Points() * c.state.matrix.scale())
	sweep := "0" // vg turns counter-clockwise
	if k.Angle < 0 {
		sweep = "1"
	}
	for i := 1; i <= 2; i++ { // halves are at most half a turn, so never the large arc
		x, y = at(k.Start + k.Angle*float64(i)/2)
		fmt.Fprintf(b, "A%s %s 0 0 %s %s", r, r, sweep, pair(x, y))
	}
	return x, y
}

// image embeds a picture as a PNG.
func (c *SVG) image(r vg.Rectangle, img image.Image) {
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		return // an image without pixels shows nothing
	}
	x, y := c.state.matrix.apply(vg.Point{X: r.Min.X, Y: r.Max.Y})
	k := c.state.matrix.scale()
	c.raw(fmt.Sprintf(`<image x="%s" y="%s" width="%s" height="%s" preserveAspectRatio="none" image-rendering="pixelated" href="data:image/png;base64,%s"/>`,
		number(x), number(y), number(r.Size().X.Points()*k), number(r.Size().Y.Points()*k), base64.StdEncoding.EncodeToString(b.Bytes())))
}

// Bytes returns the file. The name says what the picture shows, in a few words,
// and becomes its title and its label for screen readers.
func (c *SVG) Bytes(name string) []byte {
	var b bytes.Buffer
	w, h := number(c.width), number(c.height)
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%s" height="%s" viewBox="0 0 %s %s" role="img" aria-label="%s" font-family="%s">`,
		w, h, w, h, escaped(name), families["Sans"])
	fmt.Fprintf(&b, "<title>%s</title>\n<style>%s</style>\n", escaped(name), c.styleSheet())
	for i := 0; i < len(c.elements); {
		n := c.run(i)
		if n > 1 {
			fmt.Fprintf(&b, "<g%s>\n", c.elements[i].paint)
		}
		for _, e := range c.elements[i : i+n] {
			if n > 1 {
				e.paint = ""
			}
			b.WriteString(e.body + e.paint + e.tail + "\n")
		}
		if n > 1 {
			b.WriteString("</g>\n")
		}
		i += n
	}
	b.WriteString("</svg>\n")
	return b.Bytes()
}

// run counts the elements from i on that are painted alike.
func (c *SVG) run(i int) int {
	n := 1
	for c.elements[i].paint != "" && i+n < len(c.elements) && c.elements[i+n].paint == c.elements[i].paint {
		n++
	}
	return n
}

// styleSheet themes the classes that were used, in the order of their names.
func (c *SVG) styleSheet() string {
	var light, dark strings.Builder
	for _, class := range slices.Sorted(maps.Keys(c.roles)) {
		property := map[byte]string{'f': "fill", 's': "stroke"}[class[0]]
		r := c.roles[class]
		fmt.Fprintf(&light, ".%s{%s:%s}", class, property, css(r.Light))
		fmt.Fprintf(&dark, ".%s{%s:%s}", class, property, css(r.Dark))
	}
	return light.String() + "\n@media (prefers-color-scheme:dark){" + dark.String() + "}\n.halo{paint-order:stroke}"
}

// pair writes a point.
func pair(x, y float64) string { return number(x) + " " + number(y) }

// number writes a coordinate to a tenth of a pixel, or an opacity to a
// hundredth. What is almost a tie is rounded up, because its last bit may differ
// between processors.
func number(v float64) string {
	k := 10.0
	if math.Abs(v) < 1 {
		k = 100
	}
	v = math.Floor(float64(v*k)+0.5+1e-6) / k
	if v == 0 {
		return "0" // never "-0"
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}
