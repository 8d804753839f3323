package graph

import (
	"errors"
	"fmt"

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
	return apply("Conv2D", convOp{sliding{stride, padding}}, n, node(filters))
}

// sliding is how filters slide.
type sliding struct{ stride, padding int }

// part writes one of the three parts of a convolution for the engine.
func (s sliding) part(b *engine.Builder, finds engine.Part, x, y engine.Value, images, filters, shape []int) engine.Value {
	return b.Convolve(x, y, engine.Convolution{
		Batch: images[0], Channels: images[1], Rows: images[2], Columns: images[3],
		Features: filters[0], Height: filters[2], Width: filters[3],
		Stride: s.stride, Padding: s.padding, Finds: finds,
	}, shape)
}

type convOp struct{ sliding }

func (convOp) name() string   { return "conv2d" }
func (convOp) symbol() string { return "∗" }
func (convOp) formula(in []term) term {
	return call("conv2d", term{text: in[0].text + ", " + in[1].text})
}

func (o convOp) infer(in []shape) (shape, error) {
	images, filters := in[0], in[1]
	if o.stride < 1 || o.padding < 0 {
		return unknown, fmt.Errorf("the stride is %d and the padding %d: want at least 1 and at least 0", o.stride, o.padding)
	}
	if images.known && len(images.axes) != 4 || filters.known && len(filters.axes) != 4 {
		return unknown, errors.New("want images [batch channels height width] and filters [features channels height width]")
	}
	if !images.known || !filters.known {
		return unknown, nil
	}
	if a, b := images.axes[1], filters.axes[1]; a != b && a != -1 && b != -1 {
		return unknown, fmt.Errorf("the images have %d channels and the filters %d", a, b)
	}
	made := []int{images.axes[0], filters.axes[0], -1, -1}
	for i := 2; i < 4; i++ {
		n, size := images.axes[i], filters.axes[i]
		if size == 0 || n != -1 && size > n+2*o.padding {
			return unknown, fmt.Errorf("filters of length %d do not fit into images of length %d with a padding of %d", size, n, o.padding)
		}
		if n != -1 && size != -1 {
			made[i] = engine.Places(n, size, o.stride, o.padding)
		}
	}
	return known(made), nil
}

func (o convOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	return o.part(b, engine.Results, in[0], in[1], b.Shape(in[0]), b.Shape(in[1]), shape)
}

func (o convOp) gradient(_ *Node, in []*Node, d *Node) []*Node {
	return []*Node{apply("Conv2D", convImagesOp(o), d, in[1], in[0]), apply("Conv2D", convFiltersOp(o), in[0], d, in[1])}
}

// convImagesOp is the derivative of a convolution for its images: of d, filters and images
// it makes what has the shape of the images.
type convImagesOp struct{ sliding }

func (convImagesOp) name() string   { return "conv2d, images" }
func (convImagesOp) symbol() string { return "∗ᵀ" }
func (convImagesOp) formula(in []term) term {
	return call("conv2dᵀ", term{text: in[0].text + ", " + in[1].text})
}
func (convImagesOp) infer(in []shape) (shape, error) { return in[2], nil }
func (o convImagesOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	return o.part(b, engine.Images, in[0], in[1], shape, b.Shape(in[1]), shape)
}

func (o convImagesOp) gradient(_ *Node, in []*Node, e *Node) []*Node {
	return []*Node{apply("Conv2D", convOp(o), e, in[1]), apply("Conv2D", convFiltersOp(o), e, in[0], in[1]), nil}
}

// convFiltersOp is the derivative of a convolution for its filters, of images, d and
// filters.
type convFiltersOp struct{ sliding }

func (convFiltersOp) name() string   { return "conv2d, filters" }
func (convFiltersOp) symbol() string { return "ᵀ∗" }
func (convFiltersOp) formula(in []term) term {
	return call("ᵀconv2d", term{text: in[0].text + ", " + in[1].text})
}
func (convFiltersOp) infer(in []shape) (shape, error) { return in[2], nil }
func (o convFiltersOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	return o.part(b, engine.Filters, in[0], in[1], b.Shape(in[0]), shape, shape)
}

func (o convFiltersOp) gradient(_ *Node, in []*Node, e *Node) []*Node {
	return []*Node{apply("Conv2D", convImagesOp(o), in[1], e, in[0]), apply("Conv2D", convOp(o), in[0], e), nil}
}
