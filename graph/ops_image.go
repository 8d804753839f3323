package graph

import (
	"fmt"
	"slices"

	"gradbook/graph/engine"
)

// Conv2D slides filters over images: of [batch channels height width] and filters
// [features channels height width] it makes [batch features height width], where each
// feature is the sum of products with a filter at each place (a cross-correlation, as
// everywhere in the field). Stride is the distance between places, at least 1; padding is
// how many zeros are put around the images.
func Conv2D(images, filters any, stride, padding int) *Node {
	return node(images).Conv2D(filters, stride, padding)
}

// Conv2D slides filters over the images n; see the function [Conv2D].
func (n *Node) Conv2D(filters any, stride, padding int) *Node {
	f := node(filters)
	if err := refuseNil("Conv2D", n, f); err != nil {
		panic(err)
	}
	if len(f.shape.axes) != 4 || !f.shape.settled() {
		panic(&Error{Operation: "Conv2D", Operands: []*Node{n, f}, Problem: "want filters [features channels height width]"})
	}
	a := f.shape.axes
	w := windows{height: a[2], width: a[3], stride: stride, padding: padding, channels: a[1]}
	patches := apply("Conv2D", pickOp{w}, n)
	down, across := w.places(n.shape.axes)
	features := patches.MatMul(f.Reshape(a[0], a[1]*a[2]*a[3]).Transpose())
	return apply("Conv2D", permuteOp{[]int{0, 3, 1, 2}}, features.Reshape(-1, down, across, a[0]))
}

// MaxPool keeps the largest element of every square of so many by so many in images
// [batch channels height width]; what is left over at the right and below is dropped.
func MaxPool(images any, size int) *Node { return node(images).MaxPool(size) }

// MaxPool keeps the largest elements of squares in the images n; see the function
// [MaxPool].
func (n *Node) MaxPool(size int) *Node {
	w := windows{height: size, width: size, stride: size}
	patches := apply("MaxPool", pickOp{w}, n)
	down, across := w.places(n.shape.axes)
	return patches.Max(-1).Reshape(-1, n.shape.axes[1], down, across)
}

// windows picks what a filter sees: one row for each image and place, with the elements
// under it of all channels; or if channels is 0, one row for each image, channel and place.
type windows struct{ height, width, stride, padding, channels int }

func (windows) title() string { return "windows" }

// places is where a window fits, down and across.
func (w windows) places(images []int) (down, across int) {
	return (images[2]+2*w.padding-w.height)/w.stride + 1, (images[3]+2*w.padding-w.width)/w.stride + 1
}

func (w windows) infer(s shape) (shape, error) {
	switch {
	case !s.known || len(s.axes) != 4 || slices.Contains(s.axes[1:], -1):
		return unknown, fmt.Errorf("want images [batch channels height width], of which only the first may be open")
	case w.stride < 1 || w.padding < 0 || w.height < 1:
		return unknown, fmt.Errorf("want a size and a stride of at least 1 and a padding of at least 0")
	case w.channels != 0 && w.channels != s.axes[1]:
		return unknown, fmt.Errorf("the images have %d channels and the filters %d", s.axes[1], w.channels)
	case s.axes[2]+2*w.padding < w.height || s.axes[3]+2*w.padding < w.width:
		return unknown, fmt.Errorf("the images are smaller than a window of %d by %d", w.height, w.width)
	}
	down, across := w.places(s.axes)
	rows, columns := down*across, s.axes[1]*w.height*w.width
	if w.channels == 0 {
		rows, columns = rows*s.axes[1], w.height*w.width
	}
	if s.axes[0] == -1 {
		return known([]int{-1, columns}), nil
	}
	return known([]int{s.axes[0] * rows, columns}), nil
}

func (w windows) index(from, to []int) []int {
	index := make([]int, 0, sizeOf(to))
	down, across := w.places(from)
	groups, each := 1, from[1] // rows a place, and channels in a row
	if w.channels == 0 {
		groups, each = from[1], 1
	}
	for image := range from[0] {
		for group := range groups {
			for place := range down * across {
				y, x := place/across*w.stride-w.padding, place%across*w.stride-w.padding
				for channel := range each {
					index = w.append(index, from, image*from[1]+group+channel, y, x)
				}
			}
		}
	}
	return index
}

// append adds what one window sees of one plane.
func (w windows) append(index, from []int, plane, y, x int) []int {
	for i := range w.height * w.width {
		v, u := y+i/w.width, x+i%w.width
		if v < 0 || v >= from[2] || u < 0 || u >= from[3] {
			index = append(index, -1)
			continue
		}
		index = append(index, (plane*from[2]+v)*from[3]+u)
	}
	return index
}

// permuteOp reorders axes: axis i of the result is axis order[i] of the operand.
type permuteOp struct{ order []int }

func (permuteOp) name() string           { return "permute" }
func (permuteOp) symbol() string         { return "⤨" }
func (permuteOp) formula(in []term) term { return in[0] }
func (o permuteOp) infer(in []shape) (shape, error) {
	if !in[0].known {
		return unknown, nil
	}
	if len(in[0].axes) != len(o.order) {
		return unknown, fmt.Errorf("want %d axes", len(o.order))
	}
	axes := make([]int, len(o.order))
	for i, axis := range o.order {
		axes[i] = in[0].axes[axis]
	}
	return known(axes), nil
}

func (o permuteOp) lower(b *engine.Builder, _ []int, in []engine.Value) engine.Value {
	return b.Permute(in[0], o.order)
}

func (o permuteOp) gradient(_ *Node, _ []*Node, d *Node) []*Node {
	back := make([]int, len(o.order))
	for i, axis := range o.order {
		back[axis] = i
	}
	return []*Node{apply("Permute", permuteOp{back}, d)}
}
