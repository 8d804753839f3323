package display

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"strings"
	"testing"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"

	"gradbook/display/canvas"
)

var nan, inf = math.NaN(), math.Inf(1)

// oddFigures are made of what users have by mistake, or of more than there is room for.
func oddFigures() map[string]any {
	xs, long := []float64{1, 2, 3}, strings.Repeat("a very long label ", 20)
	crowd, runs := Scatter(xs, xs), Loss()
	names, heights := make([]string, 100), make([]float64, 100)
	var classes []int
	for i := range names {
		names[i], heights[i] = fmt.Sprintf("name %d", i), float64(1000*i)
		crowd.Group(names[i], []int{i}, []int{i})
		runs.Run(names[i], []int{i, 100 - i})
		classes = append(classes, i%30)
	}
	logarithmic := func(from, to float64) *plot.Plot {
		p := plot.New()
		line, err := plotter.NewLine(plotter.XYs{{X: from, Y: from}, {X: to, Y: to}})
		if err != nil {
			panic(err)
		}
		p.Add(line)
		p.Y.Scale, p.Y.Tick.Marker = plot.LogScale{}, plot.LogTicks{}
		p.X.Scale = plot.LogScale{}
		return p
	}
	return map[string]any{
		"too large":        Scatter([]float64{-math.MaxFloat64, math.MaxFloat64, 1}, []float64{0, math.MaxFloat64, 2}),
		"large":            Scatter([]float64{-1e300, 0, 1e300}, []float64{1e300, -1e300, 0}),
		"small":            Scatter([]float64{1e-310, 5e-310}, []float64{5e-324, 1e-300}),
		"close":            Scatter([]float64{1e15, 1e15 + 1}, []float64{1, math.Nextafter(1, 2)}),
		"large and equal":  Line(xs, []float64{1e300, 1e300, 1e300}),
		"infinite":         Line(xs, []float64{inf, -inf, nan}),
		"logs":             Line([]float64{1, 2, 3, 4}, []float64{-1, 5e-324, 1e300, math.MaxFloat64}).Log(),
		"below zero":       Line(xs, []float64{-1, -2, 0}).Log(),
		"steep":            Scatter(xs, xs).Function(func(x float64) float64 { return math.Exp(500 * x) }, "exp"),
		"undefined":        Scatter([]float64{-1, 1}, xs[:2]).Function(math.Sqrt, "√"),
		"band":             Line(xs, xs).Band(xs, []float64{0, nan, 1}, []float64{inf, 3, 4}),
		"large histogram":  Histogram([]float64{-1e300, 1e300, math.MaxFloat64}),
		"equal histogram":  Histogram([]float64{1e300, 1e300}),
		"narrow histogram": Histogram([]float64{1e16, 1e16 + 2, 1e16 + 4}, 500),
		"bars":             Bars([]string{"a", "b", "c"}, []float64{1, nan, -math.MaxFloat64}),
		"no bars":          Bars(nil, []float64{}),
		"many bars":        Bars(names, heights),
		"long bars":        Bars([]string{long, long}, xs[:2]),
		"large map":        Heatmap([][]float64{{-math.MaxFloat64, math.MaxFloat64}, {1e300, -1.234e300}}),
		"no map":           Heatmap([][]float64{{nan, inf}, {-inf, nan}}),
		"long names":       Heatmap([][]float64{{1, 2}, {3, 4}}).Names([]string{long, "b"}, []string{long, long}).Labels(long, long, long),
		"many names":       Confusion(classes, classes, names...),
		"steep map":        Contour(func(x, y float64) float64 { return x * y * math.MaxFloat64 }, -2, 2, -2, 2),
		"no landscape":     Contour(func(x, y float64) float64 { return nan }, 0, 1, 0, 1),
		"long":             Scatter(xs, xs).Group(long, xs, xs).Labels(long, long, long).Mark(1.4, long),
		"long, small":      Scatter(xs, xs).Group(long, xs, xs).Labels(long, "x", "y").Size(200, 150),
		"strange":          Scatter(xs, xs).Group("日本 🎉 \u202eעברית", xs, xs).Labels("two\nlines\t\x00\x1b[31m \xff\uffff", "a\nb", "<b>&amp;\"").Mark(2, "\x07"),
		"crowd":            crowd,
		"runs":             runs,
		"images":           Images([][]float64{{nan, math.MaxFloat64}, {1, 2}}).Captions([]string{long}).Title(long),
		"log plot":         logarithmic(0, 10),
		"log plot below":   logarithmic(-3, -1),
	}
}

// TestOddFigures draws them and reads what was drawn: it is XML, every number is one,
// and every text lies on the card.
func TestOddFigures(t *testing.T) {
	for name, v := range oddFigures() {
		t.Run(name, func(t *testing.T) {
			svg := svgOf(t, v)
			d := xml.NewDecoder(bytes.NewReader(svg))
			width := 0.0
			for {
				token, err := d.Token()
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Fatal(err)
				}
				e, ok := token.(xml.StartElement)
				if !ok {
					continue
				}
				if e.Name.Local == "svg" {
					width = number64(attribute(e, "width"))
				}
				if e.Name.Local == "text" {
					checkText(t, d, e, width)
				}
				for _, a := range e.Attr {
					if notNumber.MatchString(a.Value) && len(a.Name.Local) <= 2 {
						t.Errorf("<%s %s=%.100q>", e.Name.Local, a.Name.Local, a.Value)
					}
				}
			}
			if text := plain(t, v); strings.Contains(text, "cannot draw") || strings.Contains(text, "from ∞") {
				t.Error(text)
			}
		})
	}
}

var notNumber = regexp.MustCompile(`NaN|Inf|e[-+]?\d|\d{7}`)

// checkText measures a text in the width of the card.
func checkText(t *testing.T, d *xml.Decoder, e xml.StartElement, width float64) {
	t.Helper()
	var text struct {
		S string `xml:",chardata"`
	}
	if err := d.DecodeElement(&text, &e); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(attribute(e, "transform"), "rotate") {
		return
	}
	style := canvas.Style{Size: number64(attribute(e, "font-size")), Bold: attribute(e, "font-weight") != ""}
	w, x := style.Width(text.S), number64(attribute(e, "x"))
	switch attribute(e, "text-anchor") {
	case "middle":
		x -= w / 2
	case "end":
		x -= w
	}
	if x < 0 || x+w > width {
		t.Errorf("%.60q goes from %.0f to %.0f on a card of %.0f", text.S, x, x+w, width)
	}
}

// The axis of losses is not logarithmic where some of them could not be seen on it.
func TestLossBelowZeroIsLinear(t *testing.T) {
	if c := Loss([]float64{1000, 1, -1000}); c.log {
		t.Error("the axis is logarithmic, though a loss is below zero")
	}
	if c := Loss([]float64{1000, 1, 0}); !c.log {
		t.Error("the axis is linear, though no loss is below zero")
	}
}

// A run diverged where it stopped being numbers for good; what comes back is a gap.
func TestGapsAreNotDivergence(t *testing.T) {
	for want, losses := range map[int][]float64{-1: {3, nan, inf, 2}, 1: {nan, nan}, 4: {3, nan, 2, inf, nan}} {
		if got := Loss(losses).curves[0].diverged; got != want {
			t.Errorf("%v diverged at %d, want %d", losses, got, want)
		}
	}
}

// A band ends where one of its lines does, and goes on where both do.
func TestBandsHaveGaps(t *testing.T) {
	xs := []float64{1, 2, 3, 4, 5}
	svg := string(svgOf(t, Line(xs, xs).Band(xs, []float64{0, 0, nan, 0, 0}, []float64{6, 6, 6, 6, 6})))
	_, group, _ := strings.Cut(svg, `fill-opacity="0.18"`)
	group, _, _ = strings.Cut(group, "</g>")
	if n := strings.Count(group, "<path"); n != 2 {
		t.Errorf("%d areas beside the gap, want 2", n)
	}
}

// A legend has no more rows than there is room for, and counts what it leaves out; curves
// of one colour are dashed differently.
func TestLegendOfManyRuns(t *testing.T) {
	c := Loss()
	for i := range 30 {
		c.Run(fmt.Sprintf("run %d", i), []int{i, 1})
	}
	places, height := c.placeLegend(c.legend())
	last := places[len(places)-1]
	if want := fmt.Sprintf("and %d more", 30-len(places)+1); last.name != want || height > c.height/3 {
		t.Errorf("the legend ends with %q and is %g high, want %q and a third of %g at most", last.name, height, want, c.height)
	}
	looks := map[string]bool{}
	for i := range 24 {
		looks[fmt.Sprint(c.color(i).Name, c.dash(i))] = true
	}
	if len(looks) != 24 {
		t.Errorf("%d looks of 24 curves", len(looks))
	}
}
