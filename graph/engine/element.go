package engine

import (
	"math"
	"slices"

	"gradbook/graph/kernels"
)

// Element applies an operation element by element; the operands broadcast to the shape.
// What changes nothing is left out, and constant factors move outwards, where they meet
// other constants and pass sums.
func (b *Builder) Element(code kernels.Code, shape []int, in ...Value) Value {
	var args [3]Value
	n := code.Operands()
	var own []int // the shape before it is repeated
	known := true
	for i := range n {
		args[i] = b.narrow(in[i])
		own = wider(own, b.values[args[i]].shape)
		known = known && b.isNumber(args[i])
	}
	if known {
		return b.Broadcast(b.Number(kernels.Apply(code, b.number(args[0]), b.number(args[1]), b.number(args[2]))), shape)
	}
	if sizeOf(own) != sizeOf(shape) {
		return b.Broadcast(b.Element(code, own, args[:n]...), shape)
	}
	if code == kernels.Multiply {
		return b.multiply(shape, args[0], args[1])
	}
	if (code == kernels.Divide || code == kernels.Power) && b.isNumber(args[1]) && b.number(args[1]) == 1 {
		return b.Broadcast(args[0], shape)
	}
	return b.elementOf(code, shape, args, n)
}

// wider is the shape that two broadcast to; they are known to fit.
func wider(a, b []int) []int {
	if len(a) < len(b) {
		a, b = b, a
	}
	off := len(a) - len(b)
	var w []int
	for i, n := range b {
		if a[off+i] == 1 && n != 1 {
			if w == nil {
				w = slices.Clone(a)
			}
			w[off+i] = n
		}
	}
	if w == nil {
		return a
	}
	return w
}

// elementOf makes the value. Operands that go with the elements in no simple way are
// copied first.
func (b *Builder) elementOf(code kernels.Code, shape []int, args [3]Value, n int) Value {
	if code.Commutes() && args[0] > args[1] {
		args[0], args[1] = args[1], args[0]
	}
	v := value{kind: element, code: code, n: n, shape: shape}
	for i := range n {
		m, length, ok := modeOf(b.values[args[i]].shape, shape)
		if !ok || length != 0 && v.length != 0 && length != v.length {
			args[i], m, length = b.real(b.Broadcast(args[i], shape)), full, 0
		}
		v.modes[i], v.length = m, max(v.length, length)
		if w := &b.values[args[i]]; w.kind == view {
			args[i] = w.in[0] // only the order of the elements counts
		}
	}
	v.in = args
	return b.make(v)
}

// Constant factors of reasonable size are moved; others might make a product overflow
// that does not where it stands.
const (
	smallFactor = 0x1p-100
	largeFactor = 0x1p+100
)

func (b *Builder) multiply(shape []int, x, y Value) Value {
	if b.isNumber(y) {
		x, y = y, x
	}
	if b.isNumber(x) && b.number(x) == 1 {
		return b.Broadcast(y, shape)
	}
	if c, rest, ok := b.factor(y); ok {
		if b.isNumber(x) {
			return b.Element(kernels.Multiply, shape, b.Number(b.number(x)*c), rest)
		}
		return b.Element(kernels.Multiply, shape, b.Number(c), b.Element(kernels.Multiply, shape, x, rest))
	}
	if c, rest, ok := b.factor(x); ok {
		return b.Element(kernels.Multiply, shape, b.Number(c), b.Element(kernels.Multiply, shape, rest, y))
	}
	return b.elementOf(kernels.Multiply, shape, [3]Value{x, y}, 2)
}

// factor takes a constant factor off a product.
func (b *Builder) factor(v Value) (c float64, rest Value, ok bool) {
	w := &b.values[v]
	if w.kind != element || w.code != kernels.Multiply {
		return 0, 0, false
	}
	for i := range 2 {
		if b.isNumber(w.in[i]) {
			c = b.number(w.in[i])
			size := math.Abs(c)
			return c, b.shaped(w.in[1-i], w.shape), size > smallFactor && size < largeFactor
		}
	}
	return 0, 0, false
}

// shaped gives a value the shape under which an operation has read it.
func (b *Builder) shaped(v Value, shape []int) Value {
	if b.values[v].size == sizeOf(shape) {
		return b.Reshape(v, shape)
	}
	return v
}

// isNumber reports whether a value is a constant with one element.
func (b *Builder) isNumber(v Value) bool {
	w := &b.values[v]
	if w.kind == view {
		w = &b.values[w.in[0]]
	}
	return w.kind == constant && w.size == 1
}

func (b *Builder) number(v Value) float64 {
	w := &b.values[v]
	if w.kind == view {
		w = &b.values[w.in[0]]
	}
	return w.number
}
