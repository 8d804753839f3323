package graph

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// What String writes of a large tensor: of an axis longer than two edges only the
// edges, once there are more than shownElements elements.
const (
	shownElements = 100
	shownEdge     = 3
)

// shownDigits is how many significant digits an element of a vector or matrix has.
// A number by itself has all that it takes to read it back.
const shownDigits = 8

// String writes a scalar as its number, a vector as [1 2 3] and a matrix row by row
// with its columns aligned. The elements of vectors and matrices have up to eight
// significant digits; Float64s has them all. Of a large tensor it writes the first and
// the last elements along every axis, and the shape.
func (t *Tensor) String() string {
	if t.Size() != sizeOf(t.shape) {
		return "no tensor" // that was made by a function of ours
	}
	if len(t.shape) == 0 {
		return t.number(0)
	}
	w := writer{t: t, large: t.Size() > shownElements || t.Size() == 0 && slices.Max(t.shape) > shownElements}
	w.measure()
	w.axis(0, 0)
	if w.large {
		w.text.WriteString(" of shape " + shapeText(t.shape))
	}
	return w.text.String()
}

// A writer writes one tensor.
type writer struct {
	t      *Tensor
	large  bool
	widths []int // of the columns; nil for a vector, which needs no aligning
	text   strings.Builder
}

// shown lists the indices along an axis that are written; −1 stands for those left
// out.
func (w *writer) shown(axis int) []int {
	n := w.t.shape[axis]
	var indices []int
	if !w.large || n <= 2*shownEdge {
		for i := range n {
			indices = append(indices, i)
		}
		return indices
	}
	for i := range shownEdge {
		indices = append(indices, i)
	}
	indices = append(indices, -1)
	for i := n - shownEdge; i < n; i++ {
		indices = append(indices, i)
	}
	return indices
}

// measure finds the width of each column of a matrix.
func (w *writer) measure() {
	last := len(w.t.shape) - 1
	if last == 0 || w.t.Size() == 0 {
		return
	}
	w.widths = make([]int, w.t.shape[last])
	w.visit(0, 0, func(row int) {
		for _, j := range w.shown(last) {
			if j >= 0 {
				w.widths[j] = max(w.widths[j], len(w.t.element(row+j)))
			}
		}
	})
}

// visit calls f with the place of the first element of every row that is written.
func (w *writer) visit(axis, at int, f func(row int)) {
	if axis == len(w.t.shape)-1 {
		f(at)
		return
	}
	step := sizeOf(w.t.shape[axis+1:])
	for _, i := range w.shown(axis) {
		if i >= 0 {
			w.visit(axis+1, at+i*step, f)
		}
	}
}

// axis writes the part of the tensor that begins at a place, from an axis on. It is
// as deep as the tensor has axes.
func (w *writer) axis(axis, at int) {
	last := axis == len(w.t.shape)-1
	step := sizeOf(w.t.shape[axis+1:])
	between := "\n" + strings.Repeat(" ", axis+1)
	if last {
		between = " "
	}
	w.text.WriteByte('[')
	for k, i := range w.shown(axis) {
		if k > 0 {
			w.text.WriteString(between)
		}
		switch {
		case i < 0:
			w.text.WriteString("…")
		case last:
			w.element(i, w.t.element(at+i))
		default:
			w.axis(axis+1, at+i*step)
		}
	}
	w.text.WriteByte(']')
}

func (w *writer) element(column int, text string) {
	if w.widths != nil {
		w.text.WriteString(strings.Repeat(" ", w.widths[column]-len(text)))
	}
	w.text.WriteString(text)
}

// number writes the i-th element with all its digits.
func (t *Tensor) number(i int) string {
	if t.short != nil {
		return decimal(t.item(i), 32)
	}
	return number(t.item(i))
}

// element writes the i-th element with the digits that are shown, of which a float32 has
// no more.
func (t *Tensor) element(i int) string {
	v := t.item(i)
	if t.short != nil {
		return decimal(v, 32)
	}
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', shownDigits, 64), 64)
	if err != nil {
		return number(v) // it rounds to beyond the largest number
	}
	return number(rounded)
}

// number writes the shortest decimal that reads back as v, without an exponent where
// people use none: as Python does, from 0.0001 to below 10¹⁶.
func number(v float64) string { return decimal(v, 64) }

// decimal writes a number that has so many bits.
func decimal(v float64, bits int) string {
	format := byte('f')
	if size := math.Abs(v); size != 0 && size < 1e-4 || size >= 1e16 {
		format = 'g'
	}
	return strconv.FormatFloat(v, format, -1, bits)
}

// rounded is v to four significant digits, which is what a label has room for. Whole
// numbers stay as they are.
func rounded(v float64) float64 {
	if v == math.Trunc(v) || math.IsNaN(v) {
		return v
	}
	short, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 4, 64), 64) // what was just written can be read
	return short
}

// shapeText writes [3 4], [? 4] where the first length is open, and "a number" for a
// scalar.
func shapeText(axes []int) string {
	if len(axes) == 0 {
		return "a number"
	}
	words := make([]string, len(axes))
	for i, n := range axes {
		words[i] = strconv.Itoa(n)
		if n < 0 {
			words[i] = "?"
		}
	}
	return "[" + strings.Join(words, " ") + "]"
}
