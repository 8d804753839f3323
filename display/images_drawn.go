package display

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot/vg"

	"gradbook/display/canvas"
)

func (g *Gallery) bundle() Bundle { return figureBundle(g.picture(), g.text()) }

// name is the alternative text.
func (g *Gallery) name() string {
	name := g.title
	if name == "" {
		name = fmt.Sprintf("%d × %d pixels", g.height, g.width)
		if n := g.count(); n > 1 {
			name = fmt.Sprintf("%d images of %s", n, name)
		}
	}
	if n := len(g.captions); n > 0 && n <= 40 {
		name += ": " + strings.Join(g.captions, ", ")
	}
	return name
}

// Looks and sizes of a gallery, in pixels.
var caption = canvas.Style{Size: 12, Color: canvas.Ink, Anchor: canvas.Middle}

const (
	imageSide, onlySide = 72.0, 240.0 // of an image, about; of one that is alone
	imageGap            = 14.0
	captionHeight       = 18.0
	longestCaption      = onlySide
	pageWidth           = 860.0
	imageSeam           = 0.5 // as seam, but a whole dot of the PNG, which stays sharp
)

// picture draws the images in rows, with the title above and the scale below.
func (g *Gallery) picture() canvas.Picture {
	s := g.ready()
	side := imageSide
	if len(s.pixels) == 1 {
		side = onlySide
	}
	cell := max(1, math.Floor(side/float64(max(s.width, s.height))))
	across, down := cell*float64(s.width), cell*float64(s.height)
	wide, high := across, down
	if g.captions != nil {
		high += captionHeight
		for _, text := range g.captions[:len(s.pixels)] {
			wide = max(wide, canvas.Whole(caption.Width(caption.Fit(text, longestCaption))))
		}
	}
	columns := g.columns
	if columns == 0 {
		columns = max(1, min(10, int(pageWidth/(wide+imageGap))))
	}
	columns = min(columns, len(s.pixels))
	rows := (len(s.pixels) + columns - 1) / columns
	top := 22.0
	if g.title != "" {
		top = 48
	}
	below := canvas.Style{Size: 11, Color: canvas.Mute}
	title := chartTitle.Fit(g.title, pageWidth)
	width := max(float64(columns)*(wide+imageGap)-imageGap, chartTitle.Width(title), below.Width(s.scale(true)))
	p := canvas.Picture{Width: canvas.Whole(width + 44), Height: top + float64(rows)*(high+imageGap) + 24, Name: g.name()}
	p.Draw = func(on vg.Canvas) {
		sheet := canvas.Sheet{Canvas: on, Height: p.Height}
		if title != "" {
			sheet.Text(chartTitle, 22, 30, title)
		}
		corner := func(i int) (x, y float64) {
			return 22 + float64(i%columns)*(wide+imageGap) + (wide-across)/2, top + float64(i/columns)*(high+imageGap)
		}
		s.draw(sheet, cell, corner)
		for i := range s.pixels {
			if x, y := corner(i); g.captions != nil {
				sheet.Text(caption, x+across/2, y+down+captionHeight-4, caption.Fit(g.captions[i], longestCaption))
			}
		}
		sheet.Text(below, 22, p.Height-14, s.scale(true))
	}
	return p
}

// draw draws images of one size, each with its corner at corner(i): first what has the
// colour of nothing, as one area an image, and over it the pixels of each other colour, as
// one path of strokes a pixel wide for all images, which keeps the file small.
func (s imageSet) draw(on canvas.Sheet, cell float64, corner func(i int) (x, y float64)) {
	colors, nothing := canvas.Gray, 0
	if s.low < 0 {
		colors, nothing = canvas.Signed, len(canvas.Signed)/2
	}
	paths := make([]canvas.Path, len(colors))
	for i := range s.pixels {
		x, y := corner(i)
		title := fmt.Sprintf("image %d", i+1)
		if s.captions != nil {
			title += ": " + s.captions[i]
		}
		on.Begin("image", title)
		on.Shape(canvas.Box(x, y, cell*float64(s.width), cell*float64(s.height), 0), colors[nothing], nil, 0)
		on.End()
		s.stroke(paths, i, x, y, cell)
	}
	for shade, path := range paths {
		if shade != nothing && !path.Empty() {
			on.Shape(path, nil, colors[shade], cell+imageSeam)
		}
	}
}

// stroke adds the pixels of an image to the paths of their shades.
func (s imageSet) stroke(paths []canvas.Path, i int, x, y, cell float64) {
	for row := range s.height {
		line, middle := s.pixels[i][row*s.width:(row+1)*s.width], y+(float64(row)+0.5)*cell+imageSeam/2
		for from := 0; from < s.width; {
			shade, to := s.shade(line[from]), from+1
			for to < s.width && s.shade(line[to]) == shade { // neighbours of one colour are one piece
				to++
			}
			paths[shade].MoveTo(x+float64(from)*cell, middle)
			paths[shade].LineTo(x+float64(to)*cell+imageSeam, middle)
			from = to
		}
	}
}

// textWidth is how many characters a line of images has at most.
const textWidth = 100

// text draws the images in characters, as many beside one another as fit: the fuller the
// higher, or with signs where numbers are below zero.
func (g *Gallery) text() string {
	s := g.ready()
	marks := []rune(" ░▒▓█")
	if s.low < 0 {
		marks = []rune("=- +#")
	}
	wide := s.width
	for _, text := range g.captions {
		wide = max(wide, columnsOf(text))
	}
	beside := max(1, textWidth/(wide+2))
	if g.columns > 0 {
		beside = min(beside, g.columns)
	}
	var b strings.Builder
	line := func(parts []string) {
		for i, part := range parts {
			parts[i] = padded(part, wide)
		}
		b.WriteString(strings.TrimRight(strings.Join(parts, "  "), " ") + "\n")
	}
	if g.title != "" {
		b.WriteString(g.title + "\n")
	}
	for from := 0; from < len(s.pixels); from += beside {
		part := s.pixels[from:min(from+beside, len(s.pixels))]
		for row := range s.height {
			var cells []string
			for _, image := range part {
				marked := make([]rune, s.width)
				for k, v := range image[row*s.width : (row+1)*s.width] {
					marked[k] = marks[s.shade(v)*len(marks)/len(canvas.Gray)]
				}
				cells = append(cells, string(marked))
			}
			line(cells)
		}
		if g.captions != nil {
			line(slices.Clone(g.captions[from : from+len(part)]))
		}
	}
	return b.String() + s.scale(false)
}
