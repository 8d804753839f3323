package graph

import (
	"fmt"
	"math"
	"sync"

	"gradbook/graph/engine"
	"gradbook/graph/kernels"
)

// A picker says which elements of a value another is made of, knowing only shapes: a
// part of it, or the same with zeros around, or windows that overlap. One rule for the
// gradient serves them all: what an element gave is added up where it came from.
type picker interface {
	title() string
	infer(from shape) (shape, error)

	// index gives for every element of the result the element that it is, or −1 for 0.
	index(from, to []int) []int
}

type pickOp struct{ picker }

func (o pickOp) name() string                    { return o.title() }
func (o pickOp) symbol() string                  { return o.title() }
func (o pickOp) formula(in []term) term          { return call(o.title(), in[0]) }
func (o pickOp) infer(in []shape) (shape, error) { return o.picker.infer(in[0]) }
func (o pickOp) gradient(_ *Node, in []*Node, d *Node) []*Node {
	return []*Node{apply(o.title(), pickBackOp(o), d, in[0])}
}

func (o pickOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	from := b.Shape(in[0])
	index := sync.OnceValue(func() []int { return o.index(from, shape) }) // when there is memory for it
	return b.Call(function{o.title(), pick[float64](index), pick[float32](index)}, shape, in...)
}

func pick[T kernels.Float](index func() []int) maker[T] {
	return always(func(out []T, in [][]T) error {
		for i, from := range index() {
			out[i] = 0
			if from >= 0 {
				out[i] = in[0][from]
			}
		}
		return nil
	})
}

// pickBackOp is the derivative of pickOp: it adds the elements of its first operand up
// where they came from, in the shape of the second.
type pickBackOp struct{ picker }

func (o pickBackOp) name() string                    { return o.title() + ", back" }
func (o pickBackOp) symbol() string                  { return "← " + o.title() }
func (o pickBackOp) formula(in []term) term          { return in[0] }
func (o pickBackOp) infer(in []shape) (shape, error) { return in[1], nil }
func (o pickBackOp) gradient(_ *Node, _ []*Node, d *Node) []*Node {
	return []*Node{apply(o.title(), pickOp(o), d), nil}
}

func (o pickBackOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	from := b.Shape(in[0])
	index := sync.OnceValue(func() []int { return o.index(shape, from) })
	return b.Call(function{o.name(), pickBack[float64](index), pickBack[float32](index)}, shape, in[0])
}

func pickBack[T kernels.Float](index func() []int) maker[T] {
	return always(func(out []T, in [][]T) error {
		clear(out)
		for i, to := range index() {
			if to >= 0 {
				out[to] += in[0][i]
			}
		}
		return nil
	})
}

// Slice returns the part of x from one index to before another along an axis. Indexes
// count from 0, or from the end if they are negative; 0 for the second means the end.
func Slice(x any, axis, from, to int) *Node { return node(x).Slice(axis, from, to) }

// Slice returns a part of n along an axis; see the function [Slice].
func (n *Node) Slice(axis, from, to int) *Node {
	return apply("Slice", pickOp{slicePicker{axis, from, to}}, n)
}

type slicePicker struct{ axis, from, to int }

func (slicePicker) title() string { return "slice" }

// place counts axis and ends from 0.
func (p slicePicker) place(s shape) (axis, from, to int, err error) {
	axis, from, to = p.axis, p.from, p.to
	if axis < 0 {
		axis += len(s.axes)
	}
	if axis < 0 || axis >= len(s.axes) {
		return 0, 0, 0, axisError(p.axis, s)
	}
	n := s.axes[axis]
	if n == -1 {
		return axis, from, to, nil
	}
	if from < 0 {
		from += n
	}
	if to <= 0 {
		to += n
	}
	if from < 0 || to > n || from > to {
		return 0, 0, 0, fmt.Errorf("no part from %d to %d of length %d", p.from, p.to, n)
	}
	return axis, from, to, nil
}

func (p slicePicker) infer(s shape) (shape, error) {
	if !s.known {
		return unknown, nil
	}
	axis, from, to, err := p.place(s)
	if err != nil {
		return unknown, err
	}
	made := known(s.axes)
	if made.axes[axis] != -1 {
		made.axes[axis] = to - from
	}
	return made, nil
}

func (p slicePicker) index(from, to []int) []int {
	axis, first, _, _ := p.place(known(from))
	return shifted(from, to, axis, first)
}

// shifted picks along an axis from first on, which may lie before or after what there is.
func shifted(from, to []int, axis, first int) []int {
	index := make([]int, sizeOf(to))
	inner := sizeOf(to[axis+1:])
	for i := range index {
		at := i/inner%to[axis] + first
		if index[i] = -1; at >= 0 && at < from[axis] {
			index[i] = (i/inner/to[axis]*from[axis]+at)*inner + i%inner
		}
	}
	return index
}

// Pad puts zeros around x along an axis: so many before it, and so many after it.
func Pad(x any, axis, before, after int) *Node { return node(x).Pad(axis, before, after) }

// Pad puts zeros around n along an axis; see the function [Pad].
func (n *Node) Pad(axis, before, after int) *Node {
	return apply("Pad", pickOp{padPicker{axis, before, after}}, n)
}

type padPicker struct{ axis, before, after int }

func (padPicker) title() string { return "pad" }

func (p padPicker) infer(s shape) (shape, error) {
	if !s.known {
		return unknown, nil
	}
	axis, _, _, err := slicePicker{axis: p.axis}.place(s)
	if err != nil {
		return unknown, err
	}
	if p.before < 0 || p.after < 0 {
		return unknown, fmt.Errorf("cannot put %d and %d zeros around it; Slice takes away", p.before, p.after)
	}
	made := known(s.axes)
	if n := made.axes[axis]; n != -1 {
		if p.before > math.MaxInt-n || p.after > math.MaxInt-n-p.before {
			return unknown, fmt.Errorf("%d and %d zeros around it are more than can be counted", p.before, p.after)
		}
		made.axes[axis] += p.before + p.after
	}
	return made, nil
}

func (p padPicker) index(from, to []int) []int {
	axis, _, _, _ := slicePicker{axis: p.axis}.place(known(from))
	return shifted(from, to, axis, -p.before)
}

// Concat puts values one behind the other along an axis; the other lengths must be the
// same. A list of several may be written Concat(0, a, b, c).
func Concat(axis int, first any, more ...any) *Node { return node(first).Concat(axis, more...) }

// Concat puts n and others one behind the other along an axis; see the function [Concat].
func (n *Node) Concat(axis int, more ...any) *Node {
	all := []*Node{n}
	for _, m := range more {
		all = append(all, node(m))
	}
	return apply("Concat", concatOp{axis}, all...)
}

type concatOp struct{ axis int }

func (concatOp) name() string   { return "concat" }
func (concatOp) symbol() string { return "⧺" }
func (concatOp) formula(in []term) term {
	text := ""
	for i, t := range in {
		if i > 0 {
			text += ", "
		}
		text += t.text
	}
	return call("concat", term{text: text})
}

func (o concatOp) infer(in []shape) (shape, error) {
	made := in[0]
	for i, s := range in {
		if !s.known {
			return unknown, nil
		}
		axis, _, _, err := slicePicker{axis: o.axis}.place(s)
		if err != nil {
			return unknown, err
		}
		if made.axes = append([]int{}, made.axes...); i == 0 {
			continue
		}
		if len(s.axes) != len(made.axes) {
			return unknown, fmt.Errorf("want values with as many axes")
		}
		for j, n := range s.axes {
			switch {
			case j == axis && (n == -1 || made.axes[j] == -1):
				made.axes[j] = -1
			case j == axis:
				made.axes[j] += n
			case made.axes[j] == -1:
				made.axes[j] = n
			case n != -1 && n != made.axes[j]:
				return unknown, fmt.Errorf("lengths %d and %d do not fit", made.axes[j], n)
			}
		}
	}
	return made, nil
}

func (o concatOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	axis, _, _, _ := slicePicker{axis: o.axis}.place(known(shape))
	runs, whole := make([]int, len(in)), sizeOf(shape[axis:]) // elements of each that stand together
	for i, v := range in {
		runs[i] = sizeOf(b.Shape(v)[axis:])
	}
	return b.Call(function{"concat", concat[float64](runs, whole), concat[float32](runs, whole)}, shape, in...)
}

func concat[T kernels.Float](runs []int, whole int) maker[T] {
	return always(func(out []T, in [][]T) error {
		for at, row := 0, 0; at < len(out); at, row = at+whole, row+1 {
			to := out[at:]
			for i, n := range runs {
				to = to[copy(to, in[i][row*n:(row+1)*n]):]
			}
		}
		return nil
	})
}

func (o concatOp) gradient(_ *Node, in []*Node, d *Node) []*Node {
	parts := make([]*Node, len(in))
	for i := range in {
		parts[i] = apply("Concat", partOp{o.axis, i}, append([]*Node{d}, in...)...)
	}
	return parts
}

// partOp takes the i-th part out of what a concatenation has made, where the first operand
// is that and the others are the parts, which only say how long they are.
type partOp struct{ axis, part int }

func (partOp) name() string                      { return "part" }
func (partOp) symbol() string                    { return "part" }
func (partOp) formula(in []term) term            { return call("part", in[0]) }
func (o partOp) infer(in []shape) (shape, error) { return in[1+o.part], nil }
func (o partOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	axis, _, _, _ := slicePicker{axis: o.axis}.place(known(shape))
	first := 0
	for _, v := range in[1 : 1+o.part] {
		first += b.Shape(v)[axis]
	}
	return pickOp{partPicker{axis, first}}.lower(b, shape, in[:1])
}

// The derivative has d in the place of the part and zeros elsewhere.
func (o partOp) gradient(_ *Node, in []*Node, d *Node) []*Node {
	parts := make([]*Node, len(in)-1)
	for i, p := range in[1:] {
		parts[i] = filled(0, p)
	}
	parts[o.part] = d
	back := make([]*Node, len(in))
	back[0] = apply("Concat", concatOp{o.axis}, parts...)
	return back
}

// A partPicker picks from an index on, as much as the result is long.
type partPicker struct{ axis, first int }

func (partPicker) title() string                   { return "part" }
func (partPicker) infer(from shape) (shape, error) { return from, nil }
func (p partPicker) index(from, to []int) []int    { return shifted(from, to, p.axis, p.first) }
