package engine

import (
	"fmt"
	"math"
	"slices"

	"gradbook/graph/kernels"
)

// A Builder collects the operations of a program. Values must be made before they are
// used, so what is in values is in an order in which it can be computed.
type Builder struct {
	values []value
	seen   map[key]Value

	Origin any // of what is made next, for errors and listings
}

// A key is equal for values that compute the same.
type key struct {
	kind   kind
	code   kernels.Code
	reduce kernels.Reduction
	keeps  mode
	in     [3]Value
	slot   int
	length int
	number uint64
	mul    Product
	shape  string // and strides; empty for one number
}

// NewBuilder returns an empty one.
func NewBuilder() *Builder { return &Builder{seen: map[key]Value{}} }

// Reserve makes room for so many values more.
func (b *Builder) Reserve(n int) {
	b.values = slices.Grow(b.values, n)
	if len(b.seen) == 0 {
		b.seen = make(map[key]Value, n)
	}
}

// Shape returns the shape of a value, which the caller must not change.
func (b *Builder) Shape(v Value) []int { return b.values[v].shape }

// OriginOf returns what a value was made for first.
func (b *Builder) OriginOf(v Value) any { return b.values[v].origin }

// Root returns the value whose elements v has: itself, or what it shows in another shape.
func (b *Builder) Root(v Value) Value { return b.root(v) }

// make adds a value, or finds the same one.
func (b *Builder) make(v value) Value {
	v.size, v.origin = sizeOf(v.shape), b.Origin
	if v.kind == call || v.kind == convolution || len(v.data) > 0 {
		b.values = append(b.values, v)
		return Value(len(b.values) - 1)
	}
	k := key{kind: v.kind, code: v.code, reduce: v.reduce, keeps: v.keeps, in: v.in, slot: v.slot, length: v.length, number: math.Float64bits(v.number), mul: v.mul}
	if len(v.shape) > 0 || v.strides != nil {
		k.shape = fmt.Sprint(v.shape, v.strides)
	}
	if found, ok := b.seen[k]; ok {
		return found
	}
	b.values = append(b.values, v)
	b.seen[k] = Value(len(b.values) - 1)
	return Value(len(b.values) - 1)
}

// Input is a value that a machine is given, by its slot.
func (b *Builder) Input(slot int, shape []int) Value {
	return b.make(value{kind: input, slot: slot, shape: shape})
}

// Number is a constant without axes.
func (b *Builder) Number(c float64) Value { return b.make(value{kind: constant, number: c}) }

// Constant is a constant of any shape. The data must not change.
func (b *Builder) Constant(data []float64, shape []int) Value {
	if len(data) != 1 {
		return b.make(value{kind: constant, data: data, shape: shape})
	}
	return b.Reshape(b.Number(data[0]), shape)
}

// Reshape gives the elements another shape, in the same order.
func (b *Builder) Reshape(v Value, shape []int) Value {
	if slices.Equal(b.values[v].shape, shape) {
		return v
	}
	if w := &b.values[v]; w.kind == broadcast && b.values[w.in[0]].size == 1 {
		return b.Broadcast(b.Reshape(w.in[0], nil), shape)
	}
	v = b.real(v)
	if w := &b.values[v]; w.kind == view {
		v = w.in[0]
	}
	if slices.Equal(b.values[v].shape, shape) {
		return v
	}
	return b.make(value{kind: view, in: [3]Value{v}, n: 1, shape: shape})
}

// Broadcast repeats a value to a shape that it fits by NumPy's rule.
func (b *Builder) Broadcast(v Value, shape []int) Value {
	v = b.narrow(v)
	if sizeOf(shape) == b.values[v].size {
		return b.Reshape(v, shape)
	}
	return b.make(value{kind: broadcast, in: [3]Value{v}, n: 1, shape: shape})
}

// narrow is the value that a broadcast repeats.
func (b *Builder) narrow(v Value) Value {
	for b.values[v].kind == broadcast {
		v = b.values[v].in[0]
	}
	return v
}

// real makes a copy of a broadcast, for what needs its elements in memory.
func (b *Builder) real(v Value) Value {
	w := b.values[v]
	if w.kind != broadcast {
		return v
	}
	from := b.values[w.in[0]]
	strides := make([]int, len(w.shape))
	step := 1
	for i := len(from.shape) - 1; i >= 0; i-- {
		if to := i + len(w.shape) - len(from.shape); to >= 0 && from.shape[i] != 1 {
			strides[to] = step
		}
		step *= from.shape[i]
	}
	return b.make(value{kind: strided, in: [3]Value{w.in[0]}, n: 1, shape: w.shape, strides: strides})
}

// Permute reorders the axes: axis i of the result is axis order[i] of the value.
func (b *Builder) Permute(v Value, order []int) Value {
	v = b.real(v)
	from := b.values[v].shape
	steps, step := make([]int, len(from)), 1
	for i, n := range slices.Backward(from) {
		steps[i] = step
		step *= n
	}
	shape, strides, sorted, last := make([]int, len(order)), make([]int, len(order)), true, -1
	for i, axis := range order {
		shape[i], strides[i] = from[axis], steps[axis]
		if from[axis] != 1 {
			sorted, last = sorted && axis > last, axis
		}
	}
	if sorted { // the order of the elements stays
		return b.Reshape(v, shape)
	}
	return b.make(value{kind: strided, in: [3]Value{v}, n: 1, shape: shape, strides: strides})
}

// Reduce combines the elements along the axes that are gone; without them is its shape.
func (b *Builder) Reduce(r kernels.Reduction, v Value, gone []bool) Value {
	var shape []int
	for i, n := range b.values[v].shape {
		if !gone[i] {
			shape = append(shape, n)
		}
	}
	if w := b.values[v]; r == kernels.Sum && w.kind == broadcast && b.values[w.in[0]].size == 1 && w.size > 0 {
		return b.Broadcast(b.Element(kernels.Multiply, nil, b.Number(float64(w.size/sizeOf(shape))), b.Reshape(w.in[0], nil)), shape)
	}
	if c, rest, ok := b.factor(v); ok && r == kernels.Sum {
		sum := b.Reduce(r, b.Reshape(rest, b.values[v].shape), gone)
		return b.Element(kernels.Multiply, shape, b.Number(c), sum)
	}
	v = b.real(v)
	if rows, rest := b.outer(v, gone); rest != nil {
		return b.Reduce(r, b.Reduce(r, v, rows), rest)
	}
	return b.Reshape(b.reduction(r, v, gone), shape)
}

// outer takes a reduction of outer and inner axes, between which others stay, apart: the
// inner ones go first, and no element is moved. It returns nil if there is nothing to take
// apart.
func (b *Builder) outer(v Value, gone []bool) (rows, rest []bool) {
	shape, last := b.values[v].shape, len(gone)
	for last > 0 && (gone[last-1] || shape[last-1] == 1) {
		last--
	}
	rows = make([]bool, len(gone))
	inner, outer := 1, 1
	for i, n := range shape {
		if rows[i] = gone[i] && i >= last; rows[i] {
			inner *= n
			continue
		}
		if rest = append(rest, gone[i]); gone[i] {
			outer *= n
		}
	}
	if inner <= 1 || outer <= 1 {
		return nil, nil
	}
	return rows, rest
}

// reduction finds a form in which the axes that stay, or those that go, come first.
func (b *Builder) reduction(r kernels.Reduction, v Value, gone []bool) Value {
	keep, away, order := 1, 1, make([]int, 0, len(gone))
	changes, firstGone := 0, false
	var last *bool
	for i, n := range b.values[v].shape {
		if n == 1 {
			continue
		}
		if last == nil {
			firstGone = gone[i]
		} else if *last != gone[i] {
			changes++
		}
		last = &gone[i]
	}
	for _, wanted := range []bool{false, true} {
		for i, n := range b.values[v].shape {
			if gone[i] != wanted {
				continue
			}
			order = append(order, i)
			if wanted {
				away *= n
			} else {
				keep *= n
			}
		}
	}
	made := value{kind: reduce, reduce: r, n: 1, in: [3]Value{v}, shape: []int{keep}, keeps: column, length: away}
	switch {
	case changes == 0 && !firstGone && b.values[v].size > 0:
		return v
	case keep == 1:
		made.keeps, made.length, made.shape = single, 0, nil
	case changes == 1 && firstGone:
		made.keeps, made.length = row, keep
	case changes > 0 && !(changes == 1 && !firstGone):
		made.in[0] = b.Permute(v, order)
	}
	return b.make(made)
}

// MatMul multiplies matrices; operands are as p says, whatever their shapes.
func (b *Builder) MatMul(x, y Value, p Product, shape []int) Value {
	x, p.LeftT = b.untransposed(b.real(x), p.LeftT, p.Batch)
	y, p.RightT = b.untransposed(b.real(y), p.RightT, p.Batch)
	return b.make(value{kind: product, in: [3]Value{x, y}, n: 2, mul: p, shape: shape})
}

// untransposed is what a transposed matrix was made of: a product reads that in the other
// direction.
func (b *Builder) untransposed(v Value, t bool, batch int) (Value, bool) {
	w := b.values[v]
	if w.kind == strided && batch == 1 && len(w.shape) == 2 && w.strides[0] == 1 && w.strides[1] == w.shape[0] {
		return w.in[0], !t
	}
	return v, t
}
