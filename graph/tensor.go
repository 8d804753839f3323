package graph

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
)

// A Tensor is the value of a node: a number, a vector, a matrix, or an array of
// higher rank, with its shape. It does not change once it is made.
type Tensor struct {
	shape []int
	data  []float64 // row-major: the last axis runs fastest
	short []float32 // instead of data, and not nil, if the numbers have 32 bits

	reused bool // its memory is a batch's, which changes
}

// NewTensor makes a tensor of a number of any of Go's real types, a slice or array of
// numbers, slices of slices of one length to any depth, another tensor, or a matrix
// with Dims() and At(i, j), such as those of gonum's package mat. What also has
// AtVec(i), as gonum's vectors do, becomes a vector rather than a matrix of one column.
// The numbers are copied. Those of type float32 stay so; all others become float64.
func NewTensor(value any) (*Tensor, error) {
	if v := reflect.ValueOf(value); v.Kind() == reflect.Pointer && v.IsNil() {
		return nil, fmt.Errorf("graph: a nil %T is no value", value)
	}
	switch v := value.(type) {
	case *Tensor:
		if v.Size() != sizeOf(v.shape) {
			return nil, errors.New("graph: a Tensor that no function of graph has made has no value")
		}
		return v, nil
	case float64:
		return &Tensor{data: []float64{v}}, nil
	case int:
		return &Tensor{data: []float64{float64(v)}}, nil
	case []float64:
		return &Tensor{shape: []int{len(v)}, data: slices.Clone(v)}, nil
	case []float32:
		return tensorOf([]int{len(v)}, convert[float32](nil, v)), nil
	case vectorLike:
		return fromVector(v), nil
	case matrixLike:
		return fromMatrix(v), nil
	}
	return fromReflection(value)
}

// matrixLike and vectorLike are what gonum's are to us; naming only the methods keeps the
// dependency out.
type (
	matrixLike interface {
		Dims() (rows, columns int)
		At(i, j int) float64
	}
	vectorLike interface {
		Len() int
		AtVec(i int) float64
	}
)

// fromVector makes one axis of a vector. As the column that it is to gonum it would
// broadcast against a list of the same length to a square matrix, which nobody means.
func fromVector(v vectorLike) *Tensor {
	t := newTensor([]int{v.Len()})
	for i := range t.data {
		t.data[i] = v.AtVec(i)
	}
	return t
}

func fromMatrix(m matrixLike) *Tensor {
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
func (t *Tensor) Size() int { return len(t.data) + len(t.short) }

// Float64s returns a copy of the elements, row by row.
func (t *Tensor) Float64s() []float64 {
	if t.short != nil {
		return convert[float64](nil, t.short)
	}
	return slices.Clone(t.data)
}

// Float32s returns a copy of the elements, row by row, rounded to 32 bits if they have
// more.
func (t *Tensor) Float32s() []float32 {
	if t.short != nil {
		return slices.Clone(t.short)
	}
	return convert[float32](nil, t.data)
}

// item is the i-th element, row by row.
func (t *Tensor) item(i int) float64 {
	if t.short != nil {
		return float64(t.short[i])
	}
	return t.data[i]
}

// Item returns the number of a tensor that has only one, of whatever rank. It
// panics with an [*Error] if there are more or none.
func (t *Tensor) Item() float64 {
	if t.Size() != 1 {
		panic(&Error{Operation: "Item", Problem: fmt.Sprintf("a tensor of shape %s has %d elements, want 1", shapeText(t.shape), t.Size())})
	}
	return t.item(0)
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
	if !ok || at >= t.Size() {
		panic(&Error{Operation: "At", Problem: fmt.Sprintf("no element %v in a tensor of shape %s", index, shapeText(t.shape))})
	}
	return t.item(at)
}
