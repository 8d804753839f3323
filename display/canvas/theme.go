package canvas

import (
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Plot draws any gonum plot as a picture in the theme. The plot is not changed.
// What its maker chose stays: fonts other than the default, colours other than
// black, white and grey. The rest becomes the page's: ink, card and sans serif.
func Plot(p *plot.Plot, width, height float64, name string) Picture {
	themed := Themed(p)
	return Picture{Width: width, Height: height, Name: name, Draw: func(c vg.Canvas) {
		dc := draw.NewCanvas(&sparse{Canvas: c}, vg.Length(width), vg.Length(height))
		themed.Draw(draw.Crop(dc, 16, -20, 12, -14))
	}}
}

// Themed returns a copy of the plot with the theme where its maker left gonum's
// defaults. The plotters are shared with the original.
func Themed(p *plot.Plot) *plot.Plot {
	q := *p
	if sameColor(q.BackgroundColor, color.White) {
		q.BackgroundColor = nil // the card is the ground
	}
	q.Title.TextStyle.Color = unlessChosen(q.Title.TextStyle.Color, Ink)
	retype(&q.Title.TextStyle.Font, 12, 14)
	q.Title.Padding = max(q.Title.Padding, 8)
	q.Legend.TextStyle.Color = unlessChosen(q.Legend.TextStyle.Color, Ink)
	retype(&q.Legend.TextStyle.Font, 12, 12)
	for _, a := range []*plot.Axis{&q.X, &q.Y} {
		themeAxis(a)
	}
	return &q
}

func themeAxis(a *plot.Axis) {
	a.Color = unlessChosen(a.Color, Mute)
	a.Tick.Color = unlessChosen(a.Tick.Color, Mute)
	a.Label.TextStyle.Color = unlessChosen(a.Label.TextStyle.Color, Ink)
	a.Tick.Label.Color = unlessChosen(a.Tick.Label.Color, Mute)
	retype(&a.Label.TextStyle.Font, 12, 12)
	retype(&a.Tick.Label.Font, 10, 11)
	a.Label.Padding = max(a.Label.Padding, 5)
	if _, log := a.Scale.(plot.LogScale); log {
		themeLog(a)
	}
}

// themeLog gives a logarithmic axis ticks that suit it, unless its maker chose some. At
// zero and below, where gonum's panics, what is drawn is drawn at its lower end.
func themeLog(a *plot.Axis) {
	above := a.Min > 0
	if !above {
		if !(a.Max > 0) {
			a.Max = 1
		}
		a.Min, a.Scale = a.Max*1e-6, LogScale{}
	}
	switch a.Tick.Marker.(type) {
	case plot.DefaultTicks:
		a.Tick.Marker = LogTicks{}
	case plot.LogTicks:
		if !above {
			a.Tick.Marker = LogTicks{}
		}
	}
}

// unlessChosen is the theme's colour unless the maker of the plot chose one.
func unlessChosen(c color.Color, r Role) color.Color {
	if c == nil || sameColor(c, color.Black) {
		return r
	}
	return c
}

// sameColor compares what two colours look like; a Role is never a plain colour.
func sameColor(a, b color.Color) bool {
	if _, ok := a.(Role); ok || a == nil {
		return false
	}
	return color.NRGBAModel.Convert(a) == color.NRGBAModel.Convert(b)
}

// retype replaces gonum's default font and, where it has the default size, the
// size.
func retype(f *font.Font, was, is vg.Length) {
	if f.Typeface != plot.DefaultFont.Typeface || f.Variant != plot.DefaultFont.Variant {
		return
	}
	f.Variant = "Sans"
	if f.Size == was {
		f.Size = is
	}
}

// Lines are faint lines at the major ticks of both axes, in the theme.
type Lines struct{}

// Plot implements plot.Plotter.
func (Lines) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	style := draw.LineStyle{Color: Grid, Width: 1}
	for _, t := range p.X.Tick.Marker.Ticks(p.X.Min, p.X.Max) {
		if at := x(t.Value); !t.IsMinor() && at >= c.Min.X && at <= c.Max.X {
			c.StrokeLine2(style, at, c.Min.Y, at, c.Max.Y)
		}
	}
	for _, t := range p.Y.Tick.Marker.Ticks(p.Y.Min, p.Y.Max) {
		if at := y(t.Value); !t.IsMinor() && at >= c.Min.Y && at <= c.Max.Y {
			c.StrokeLine2(style, c.Min.X, at, c.Max.X, at)
		}
	}
}
