package display

import (
	"fmt"
	"math"
	"reflect"
	"slices"

	"gradbook/display/canvas"
	"gradbook/graph"
)

// A Gallery is small images in rows, each pixel a number. Its methods add to it and
// return it, so that they can be chained in any order.
type Gallery struct {
	title         string
	tensor        *graph.Tensor
	height, width int // of an image
	captions      []string
	columns       int // 0 means as many as suit the page
}

// Images returns a gallery of the images in a tensor of three axes, image by image and in
// each row by row, or of the one image that is a matrix; [Gallery.Shape] reads each row of a
// matrix as an image. All share one scale, from the ground for the lowest number to ink for
// the highest; where there are numbers below zero, those are orange and those above are blue.
//
// At most a hundred images are drawn. Of one with more than 64 pixels to a side, neighbours
// are drawn as their mean.
func Images(images any) *Gallery {
	t := tensor("Images", images)
	shape := t.Shape()
	if len(shape) != 2 && len(shape) != 3 {
		fail("Images", "the values have shape %v, want a matrix, or three axes: image, row, column", shape)
	}
	if t.Size() == 0 {
		fail("Images", "the values have shape %v, want one pixel at least", shape)
	}
	return &Gallery{tensor: t, height: shape[len(shape)-2], width: shape[len(shape)-1]}
}

// Shape says that the numbers are images of so many rows and columns, one after the other:
//
//	display.Images(pixels).Shape(8, 8) // of a matrix with 64 columns
func (g *Gallery) Shape(height, width int) *Gallery {
	if height < 1 || width < 1 || g.tensor.Size()%(height*width) != 0 {
		fail("Shape", "values of shape %v do not make images of %d × %d pixels", g.tensor.Shape(), height, width)
	}
	g.height, g.width = height, width
	return g
}

// Captions writes a text under every image: a slice of strings, numbers or other values,
// one for each.
func (g *Gallery) Captions(captions any) *Gallery {
	v := reflect.ValueOf(captions)
	if t, ok := captions.(*graph.Tensor); ok && t != nil {
		v = reflect.ValueOf(t.Float64s())
	}
	if k := v.Kind(); k != reflect.Slice && k != reflect.Array {
		fail("Captions", "a %T, want a slice with a caption for each image", captions)
	}
	g.captions = nil
	for i := range v.Len() {
		text := fmt.Sprint(v.Index(i).Interface())
		if v.Index(i).CanFloat() {
			text = canvas.Number(v.Index(i).Float())
		}
		g.captions = append(g.captions, text)
	}
	return g
}

// Columns sets how many images stand in a row.
func (g *Gallery) Columns(n int) *Gallery {
	if n < 1 {
		fail("Columns", "%d columns, want one at least", n)
	}
	g.columns = n
	return g
}

// Title sets the title.
func (g *Gallery) Title(title string) *Gallery {
	g.title = title
	return g
}

// mostImages is how many images a gallery shows.
const mostImages = 100

// count is how many images there are.
func (g *Gallery) count() int { return g.tensor.Size() / (g.height * g.width) }

// An imageSet is what a gallery draws.
type imageSet struct {
	*Gallery
	height, width int // of the images as drawn
	pixels        [][]float64
	low, high     float64
}

// ready shrinks what is too large, finds the scale, and wants a caption for each image.
func (g *Gallery) ready() imageSet {
	if n := g.count(); g.captions != nil && len(g.captions) != n {
		fail("Captions", "%d captions for %d images, want as many", len(g.captions), n)
	}
	across, down := (g.width+mostCells-1)/mostCells, (g.height+mostCells-1)/mostCells
	s := imageSet{Gallery: g, width: (g.width + across - 1) / across, height: (g.height + down - 1) / down}
	all := g.tensor.Float64s()
	for image := range min(g.count(), mostImages) {
		from := all[image*g.height*g.width : (image+1)*g.height*g.width]
		pixels := make([]float64, 0, s.height*s.width)
		for i := 0; i < g.height; i += down {
			for j := 0; j < g.width; j += across {
				pixels = append(pixels, meanOf(from, g.width, i, min(i+down, g.height), j, min(j+across, g.width)))
			}
		}
		s.pixels = append(s.pixels, pixels)
	}
	s.low, s.high = heights{values: slices.Concat(s.pixels...)}.extremes()
	return s
}

// meanOf is the mean of a part of an image.
func meanOf(image []float64, width, top, bottom, left, right int) float64 {
	sum := 0.0
	for i := top; i < bottom; i++ {
		for _, v := range image[i*width+left : i*width+right] {
			sum += v
		}
	}
	return sum / float64((bottom-top)*(right-left))
}

// shade is which of the colours a number has. What is no number has that of nothing.
func (s imageSet) shade(v float64) int {
	last := len(canvas.Gray) - 1
	switch {
	case s.low < 0 && !finite(v):
		return last / 2
	case s.low < 0:
		half := float64(last / 2)
		return last/2 + int(math.Round(half*(v/max(-s.low, s.high))))
	case !finite(v) || s.high == s.low:
		return 0
	}
	return int(math.Round(float64(last) * ((v - s.low) / (s.high - s.low))))
}

// scale says in words which numbers there are, and what their colours mean.
func (s imageSet) scale(colored bool) string {
	text := fmt.Sprintf("from %s to %s", canvas.Digits(s.low, 3), canvas.Digits(s.high, 3))
	switch {
	case s.low > s.high:
		text = "no numbers"
	case s.low < 0 && colored:
		text += "; below zero orange, above it blue"
	}
	if n := s.count(); n > mostImages {
		text = fmt.Sprintf("the first %d of %d images; %s", mostImages, n, text)
	}
	return text
}
