package graph

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"unsafe"

	"gradbook/graph/engine"
	"gradbook/graph/kernels"
)

// MaxPool keeps the largest element of every square of so many by so many in images
// [batch channels height width]; what is left over at the right and below is dropped. Of
// several that are equally large the gradient goes to the first.
func MaxPool(images any, size int) *Node { return node(images).MaxPool(size) }

// MaxPool keeps the largest elements of squares in the images n; see the function
// [MaxPool].
func (n *Node) MaxPool(size int) *Node { return apply("MaxPool", poolOp{squares{size}}, n) }

// squares is what the operations have in common that look for the largest elements.
type squares struct{ size int }

func (s squares) infer(in []shape) (shape, error) {
	if s.size < 1 {
		return unknown, fmt.Errorf("the size is %d, want at least 1", s.size)
	}
	return imageShape(in[0], func(n int) (int, error) {
		if n < s.size {
			return 0, fmt.Errorf("the images are smaller than squares of %d by %d", s.size, s.size)
		}
		return n / s.size, nil
	})
}

// imageShape is a shape with two lengths changed.
func imageShape(s shape, change func(n int) (int, error)) (shape, error) {
	if !s.known {
		return unknown, nil
	}
	if len(s.axes) != 4 {
		return unknown, errors.New("want images [batch channels height width]")
	}
	made := slices.Clone(s.axes)
	for i := 2; i < 4; i++ {
		if made[i] == -1 {
			continue
		}
		n, err := change(made[i])
		if err != nil {
			return unknown, err
		}
		made[i] = n
	}
	return shape{true, made}, nil
}

// places finds the largest element of each square of images of some shape, without
// branches, which nobody could foretell.
func places[T kernels.Float](size int, axes []int, images []T, found []int) {
	rows, columns := axes[2], axes[3]
	to := 0
	for plane := range axes[0] * axes[1] {
		for y := 0; y+size <= rows; y += size {
			corner := (plane*rows + y) * columns
			for range columns / size {
				best, most := corner, rank(images[corner])
				for line := corner; line < corner+size*columns; line += columns {
					for at := line; at < line+size; at++ {
						if r := rank(images[at]); r > most {
							best, most = at, r
						}
					}
				}
				found[to] = best
				to++
				corner += size
			}
		}
	}
}

// rank orders numbers by integers: the bits, of negative ones turned round. Adding 0 makes
// one zero of the two.
func rank[T kernels.Float](v T) int64 {
	if unsafe.Sizeof(v) == 4 {
		bits := int32(math.Float32bits(float32(v + 0)))
		return int64(bits ^ bits>>31&math.MaxInt32)
	}
	bits := int64(math.Float64bits(float64(v + 0)))
	return bits ^ bits>>63&math.MaxInt64
}

type poolOp struct{ squares }

func (poolOp) name() string           { return "maxpool" }
func (poolOp) symbol() string         { return "max" }
func (poolOp) formula(in []term) term { return call("maxpool", in[0]) }
func (o poolOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	axes := b.Shape(in[0])
	return b.Call(function{o.name(), pool[float64](o.size, axes), pool[float32](o.size, axes)}, shape, in...)
}

// pool takes the largest of rows that lie below one another, element by element, and then
// those of elements beside one another. A NaN is not lost.
func pool[T kernels.Float](size int, axes []int) maker[T] {
	rows, columns := axes[2], axes[3]
	across := columns / size
	return func() func(out []T, in [][]T) error {
		larger, line := kernels.For[T]().VV[kernels.Maximum], make([]T, columns)
		return func(out []T, in [][]T) error {
			for r := range len(out) / max(1, across) {
				down := rows / size
				from := in[0][(r/down*rows+r%down*size)*columns:]
				copy(line, from)
				for i := 1; i < size; i++ {
					larger(line, line, from[i*columns:][:columns], 0, 0)
				}
				for j := range out[r*across:][:across] {
					most := line[j*size]
					for _, v := range line[j*size+1:][:size-1] {
						most = max(most, v)
					}
					out[r*across+j] = most
				}
			}
			return nil
		}
	}
}

func (o poolOp) gradient(_ *Node, in []*Node, d *Node) []*Node {
	return []*Node{apply("MaxPool", poolBackOp(o), d, in[0])}
}

// poolBackOp is the derivative of poolOp: it puts d, the first operand, where the largest
// elements of the second, the images, are.
type poolBackOp struct{ squares }

func (poolBackOp) name() string                    { return "maxpool, back" }
func (poolBackOp) symbol() string                  { return "← max" }
func (poolBackOp) formula(in []term) term          { return in[0] }
func (poolBackOp) infer(in []shape) (shape, error) { return in[1], nil }
func (o poolBackOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	return b.Call(function{o.name(), poolBack[float64](o.size, shape), poolBack[float32](o.size, shape)}, shape, in...)
}

func poolBack[T kernels.Float](size int, axes []int) maker[T] {
	return func() func(out []T, in [][]T) error {
		var found []int
		return func(out []T, in [][]T) error {
			found = slices.Grow(found[:0], len(in[0]))[:len(in[0])]
			places(size, axes, in[1], found)
			clear(out)
			for i, at := range found {
				out[at] = in[0][i]
			}
			return nil
		}
	}
}

func (o poolBackOp) gradient(_ *Node, in []*Node, e *Node) []*Node {
	return []*Node{apply("MaxPool", poolPickOp(o), e, in[1]), nil}
}

// poolPickOp takes of its first operand the elements that are where the largest of the
// second are.
type poolPickOp struct{ squares }

func (poolPickOp) name() string           { return "maxpool, pick" }
func (poolPickOp) symbol() string         { return "[max]" }
func (poolPickOp) formula(in []term) term { return in[0] }
func (o poolPickOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	axes := b.Shape(in[1])
	return b.Call(function{o.name(), poolPick[float64](o.size, axes), poolPick[float32](o.size, axes)}, shape, in...)
}

func poolPick[T kernels.Float](size int, axes []int) maker[T] {
	return func() func(out []T, in [][]T) error {
		var found []int
		return func(out []T, in [][]T) error {
			found = slices.Grow(found[:0], len(out))[:len(out)]
			places(size, axes, in[1], found)
			for i, at := range found {
				out[i] = in[0][at]
			}
			return nil
		}
	}
}

func (o poolPickOp) gradient(_ *Node, in []*Node, d *Node) []*Node {
	return []*Node{apply("MaxPool", poolBackOp(o), d, in[1]), nil}
}
