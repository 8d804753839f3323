package display

import (
	"bytes"
	"errors"
	"image"
	"image/png"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg/draw"

	"gradbook/graph"
)

type page struct{ title string }

func (p page) HTML() string   { return "<h1>" + p.title + "</h1>" }
func (p page) String() string { return "page " + p.title }

type forms map[string]any

func (f forms) MIMEBundle() map[string]any { return f }

type point struct{ X, Y int }

func TestRender(t *testing.T) {
	l := newLine()
	tensor, err := graph.NewTensor([][]float64{{1, 2}, {3, 4}})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name  string
		v     any
		forms string // in order
		plain string // what the text contains
	}{
		{"a number", 6, textPlain, "6"},
		{"a float", 0.5, textPlain, "0.5"},
		{"a string", "hello", textPlain, "hello"},
		{"a slice", []int{1, 2}, textPlain, "[1 2]"},
		{"a struct", point{1, 2}, textPlain, "{1 2}"},
		{"an error", errors.New("it broke"), textPlain, "it broke"},
		{"a nil pointer", (*graph.Node)(nil), textPlain, "<nil>"},
		{"text", Text("as it is"), textPlain, "as it is"},
		{"HTML", HTML("<b>bold</b>"), textHTML + " " + textPlain, "bold"},
		{"Markdown", Markdown("**bold**"), textMarkdown + " " + textPlain, "**bold**"},
		{"a formula", Math("x^2"), textLatex + " " + textPlain, "x²"},
		{"a table", Table{Head: []string{"a"}, Rows: [][]any{{1}}}, textHTML + " " + textMarkdown + " " + textPlain, "a\n─\n1"},
		{"a table's address", &Table{Rows: [][]any{{1}}}, textHTML + " " + textMarkdown + " " + textPlain, "1"},
		{"a node", l.error, imagePNG + " " + textHTML + " " + textPlain, "error = (w·x + b − y)²"},
		{"a chart", Scatter([]int{1, 2}, []int{3, 4}), imagePNG + " " + textHTML + " " + textPlain, "┤"},
		{"a tensor", tensor, textHTML + " " + textPlain, tensor.String()},
		{"a matrix", mat.NewDense(2, 2, []float64{1, 2, 3, 4}), textHTML + " " + textPlain, "2 × 2 matrix"},
		{"a plot", plot.New(), imagePNG + " " + textHTML + " " + textPlain, "plot"},
		{"an image", image.NewGray(image.Rect(0, 0, 3, 2)), imagePNG + " " + textPlain, "image, 3 × 2 pixels"},
		{"a value with HTML", page{"one"}, textHTML + " " + textPlain, "page one"},
		{"a value with forms", forms{textMarkdown: "*hi*"}, textMarkdown + " " + textPlain, "map[text/markdown:*hi*]"},
		{"a bundle", Bundle{Data: map[string]any{textPlain: "b"}}, textPlain, "b"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := Render(tt.v)
			var got []string
			for _, form := range []string{imagePNG, textHTML, textLatex, textMarkdown, textPlain} {
				if b.Data[form] != nil {
					got = append(got, form)
				}
			}
			if strings.Join(got, " ") != tt.forms || len(b.Data) != len(got) {
				t.Errorf("forms %v of %d, want %s", got, len(b.Data), tt.forms)
			}
			if s, _ := b.Data[textPlain].(string); !strings.Contains(s, tt.plain) {
				t.Errorf("text %q, want it to contain %q", s, tt.plain)
			}
		})
	}
}

func TestRenderNothing(t *testing.T) {
	for _, v := range []any{nil, NewScreen(&recorder{}).Show(1), (*Handle)(nil)} {
		if v == (*Handle)(nil) {
			continue // a nil handle is a nil pointer like another
		}
		if b := Render(v); len(b.Data) != 0 {
			t.Errorf("Render(%v) = %v, want nothing", v, b.Data)
		}
	}
}

// A value's own map is not changed.
func TestRenderCopiesForms(t *testing.T) {
	own := forms{textHTML: "<p>"}
	Render(own)
	if len(own) != 1 {
		t.Errorf("the value's forms are now %v", own)
	}
}

type broken struct{}

func (broken) Plot(draw.Canvas, *plot.Plot) { panic("out of ink") }

// What goes wrong while a user's plot is drawn must not end the kernel.
func TestRenderSurvivesPanic(t *testing.T) {
	p := plot.New()
	p.Add(broken{})
	if got, want := plain(t, p), "display: cannot draw a *plot.Plot: out of ink"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestRenderImage(t *testing.T) {
	b := Render(image.NewGray(image.Rect(0, 0, 30, 20)))
	img, err := png.Decode(bytes.NewReader(b.Data[imagePNG].([]byte)))
	if err != nil || img.Bounds().Size() != image.Pt(30, 20) {
		t.Errorf("got %v, %v, want 30 × 20 pixels", img.Bounds(), err)
	}
}

func TestRenderUserPlot(t *testing.T) {
	p := plot.New()
	p.Title.Text, p.X.Label.Text, p.Y.Label.Text = "growth", "age", "height"
	line, err := plotter.NewLine(plotter.XYs{{X: 0, Y: 1}, {X: 1, Y: 2}})
	if err != nil {
		t.Fatal(err)
	}
	p.Add(line)
	if got, want := plain(t, p), "growth (height over age)"; got != want {
		t.Errorf("text %q, want %q", got, want)
	}
	if svg := string(svgOf(t, p)); !strings.Contains(svg, "prefers-color-scheme:dark") || strings.Contains(svg, "#000000") {
		t.Error("the plot is not in the theme")
	}
}

func TestRenderFit(t *testing.T) {
	l := newLine()
	fit, err := graph.Minimize(l.loss, graph.Training{Feed: l.many(), Steps: 20, Optimizer: graph.GradientDescent{Rate: 0.001}})
	if err != nil {
		t.Fatal(err)
	}
	if got := plain(t, fit); got != fit.String() {
		t.Errorf("text %q, want the fit's own %q", got, fit)
	}
	if svg := string(svgOf(t, fit)); !strings.Contains(svg, "after 20 steps") {
		t.Error("the picture's title does not tell the steps")
	}
}

func TestLargeMatrixIsCut(t *testing.T) {
	b := Render(mat.NewDense(1000, 1000, nil))
	if n := len(b.Data[textHTML].(string)); n > 20_000 {
		t.Errorf("the table has %d bytes, want the middle left out", n)
	}
	if n := len(b.Data[textPlain].(string)); n > 5000 {
		t.Errorf("the text has %d bytes, want the middle left out", n)
	}
}
