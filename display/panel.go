package display

import (
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"

	"gradbook/display/canvas"
	"gradbook/graph"
)

// A Panel is several figures in rows.
type Panel struct {
	columns  int
	pictures []canvas.Picture
	texts    []string
}

// Grid returns figures side by side, so many in a row, as one picture: charts, maps,
// images, traces, diagrams, nodes, fits, and plots of gonum.
func Grid(columns int, figures ...any) *Panel {
	if columns < 1 || len(figures) == 0 {
		fail("Grid", "%d columns and %d figures, want one of each at least", columns, len(figures))
	}
	p := &Panel{columns: columns}
	for _, f := range figures {
		picture, text := pictured(f)
		p.pictures, p.texts = append(p.pictures, picture), append(p.texts, text)
	}
	return p
}

// pictured returns the picture of a figure, and its text.
func pictured(f any) (canvas.Picture, string) {
	if !isNil(f) {
		switch f := f.(type) {
		case *Chart:
			return f.picture(), f.text()
		case *Map:
			return f.picture(), f.text()
		case *Traces:
			return f.Chart().picture(), f.Chart().text()
		case *Diagram:
			return f.drawing().Picture(), f.text()
		case *Gallery:
			return f.picture(), f.text()
		case *Panel:
			return f.picture(), f.text()
		case *graph.Node:
			return pictured(Graph(f))
		case *graph.Fit:
			return pictured(Loss(f))
		case *plot.Plot:
			return canvas.Plot(f, chartWidth, chartHeight, plotName(f)), plotName(f)
		}
	}
	fail("Grid", "a %T is no figure, want a chart, map, gallery, diagram, node, fit or plot", f)
	return canvas.Picture{}, ""
}

const gutter = 10.0

// picture puts the cards side by side. A column is as wide as its widest picture, a
// row as high as its highest.
func (p *Panel) picture() canvas.Picture {
	widths, heights := make([]float64, min(p.columns, len(p.pictures))), make([]float64, (len(p.pictures)+p.columns-1)/p.columns)
	var names []string
	for i, c := range p.pictures {
		widths[i%p.columns] = max(widths[i%p.columns], c.Width)
		heights[i/p.columns] = max(heights[i/p.columns], c.Height)
		names = append(names, c.Name)
	}
	total := func(sizes []float64) float64 {
		sum := gutter
		for _, s := range sizes {
			sum += s + gutter
		}
		return sum
	}
	out := canvas.Picture{Width: total(widths), Height: total(heights), Name: strings.Join(names, "; ")}
	out.Draw = func(on vg.Canvas) {
		for i, c := range p.pictures {
			x, y := total(widths[:i%p.columns]), total(heights[:i/p.columns])
			on.Push()
			on.Translate(vg.Point{X: vg.Length(x), Y: vg.Length(out.Height - y - c.Height)})
			c.Draw(on)
			on.Pop()
		}
	}
	return out
}

func (p *Panel) bundle() Bundle { return figureBundle(p.picture(), p.text()) }

func (p *Panel) text() string { return strings.Join(p.texts, "\n\n") }
