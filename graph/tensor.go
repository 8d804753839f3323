package graph

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A Tensor is the value of a node: a number, a vector, a matrix, or an array of
// higher rank, with its shape. It does not change once it is made.
type Tensor struct {
	shape []int
	data  []float64 // row-major: the last axis runs fastest
}

// NewTensor makes a tensor of a number, a slice of numbers, a slice of slices of
// one length, another tensor, or a matrix with Dims() and At(i, j), such as those
// of gonum's package mat. The numbers are copied.
func NewTensor(value any) (*Tensor, error) {
	switch v := value.(type) {
	case *Tensor:
		if v == nil {
			return nil, fmt.Errorf("graph: a nil *Tensor is no value")
		}
		return v, nil
	case float64:
		return &Tensor{data: []float64{v}}, nil
	case int:
		return &Tensor{data: []float64{float64(v)}}, nil
	case []float64:
		return &Tensor{shape: []int{len(v)}, data: slices.Clone(v)}, nil
	case matrix:
		return fromMatrix(v), nil
	}
	return fromReflection(value)
}

// matrix is what gonum's matrices are to us; naming only the methods keeps the
// dependency out.
type matrix interface {
	Dims() (rows, columns int)
	At(i, j int) float64
}

func fromMatrix(m matrix) *Tensor {
	rows, columns := m.Dims()
	t := newTensor([]int{rows, columns})
	for i := range t.data {
		t.data[i] = m.At(i/columns, i%columns)
	}
	return t
}

func newTensor(shape []int) *Tensor {
	return &Tensor{shape: slices.Clone(shape), data: make([]float64, sizeOf(shape))}
}

// Shape returns the length of every axis; a scalar has none.
func (t *Tensor) Shape() []int { return slices.Clone(t.shape) }

// Rank returns the number of axes: 0 for a scalar, 1 for a vector, 2 for a matrix.
func (t *Tensor) Rank() int { return len(t.shape) }

// Size returns the number of elements.
func (t *Tensor) Size() int { return len(t.data) }

// Float64s returns a copy of the elements, row by row.
func (t *Tensor) Float64s() []float64 { return slices.Clone(t.data) }

// Item returns the number of a tensor that has only one, of whatever rank. It
// panics with an [*Error] if there are more or none.
func (t *Tensor) Item() float64 {
	if len(t.data) != 1 {
		panic(&Error{Operation: "Item", Problem: fmt.Sprintf("a tensor of shape %s has %d elements, want 1", shapeText(t.shape), len(t.data))})
	}
	return t.data[0]
}

// At returns one element by its index on every axis. It panics with an [*Error] if
// there is no such element.
func (t *Tensor) At(index ...int) float64 {
	at := 0
	ok := len(index) == len(t.shape)
	for axis := 0; ok && axis < len(index); axis++ {
		ok = index[axis] >= 0 && index[axis] < t.shape[axis]
		at = at*t.shape[axis] + index[axis]
	}
	if !ok {
		panic(&Error{Operation: "At", Problem: fmt.Sprintf("no element %v in a tensor of shape %s", index, shapeText(t.shape))})
	}
	return t.data[at]
}

// shownElements is how many elements String writes of a tensor before it sums the
// rest up.
const shownElements = 100

// String writes a scalar as its number, a vector as [1 2 3], a matrix row by row,
// and of a large tensor its shape and its first elements.
func (t *Tensor) String() string {
	if len(t.data) > shownElements {
		return fmt.Sprintf("%s %s …", shapeText(t.shape), strings.TrimSuffix(vectorText(t.data[:6]), "]"))
	}
	return t.text(t.shape, t.data, 1)
}

func (t *Tensor) text(shape []int, data []float64, indent int) string {
	switch len(shape) {
	case 0:
		return number(data[0])
	case 1:
		return vectorText(data)
	}
	rows := make([]string, shape[0])
	size := sizeOf(shape[1:])
	for i := range rows {
		rows[i] = t.text(shape[1:], data[i*size:(i+1)*size], indent+1)
	}
	return "[" + strings.Join(rows, "\n"+strings.Repeat(" ", indent)) + "]"
}

func vectorText(data []float64) string {
	words := make([]string, len(data))
	for i, v := range data {
		words[i] = number(v)
	}
	return "[" + strings.Join(words, " ") + "]"
}

// number writes the shortest decimal that reads back as v.
func number(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
