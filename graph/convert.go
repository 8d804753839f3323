package graph

import (
	"errors"
	"fmt"
	"reflect"

	"gradbook/graph/kernels"
)

// wanted is what every message about a value of the wrong type ends with.
const wanted = "want a number, a slice of numbers, or a matrix"

// deepest is how many axes a list may have. One that holds itself has no end.
const deepest = 64

// fromReflection converts what the common cases of NewTensor leave over: other
// types of number, and slices and arrays of any depth.
func fromReflection(value any) (*Tensor, error) {
	v := reflect.ValueOf(value)
	if !v.IsValid() {
		return nil, errors.New("graph: nil is no value; " + wanted)
	}
	var shape []int
	for e := v; isList(e); e = bare(e.Index(0)) {
		if len(shape) == deepest {
			return nil, fmt.Errorf("graph: %T: its lists are nested more than %d deep", value, deepest)
		}
		shape = append(shape, e.Len())
		if e.Len() == 0 {
			break
		}
	}
	if isShort(v.Type()) {
		return filledWith[float32](v, shape)
	}
	return filledWith[float64](v, shape)
}

// isShort reports whether a type is float32, or a list of it to any depth.
func isShort(t reflect.Type) bool {
	for t.Kind() == reflect.Slice || t.Kind() == reflect.Array {
		t = t.Elem()
	}
	return t.Kind() == reflect.Float32
}

func filledWith[T kernels.Float](v reflect.Value, shape []int) (*Tensor, error) {
	data, err := fill(make([]T, 0, 1), v, shape)
	if err != nil {
		return nil, fmt.Errorf("graph: %v: %w", v.Type(), err)
	}
	return tensorOf(shape, data), nil
}

// fill appends the elements of v, which must have the shape that its first
// elements promised.
func fill[T kernels.Float](to []T, v reflect.Value, shape []int) (_ []T, err error) {
	switch list := isList(v); {
	case list != (len(shape) > 0):
		return nil, fmt.Errorf("its rows differ in depth; want numbers in rows of one length")
	case list && v.Len() != shape[0]:
		return nil, fmt.Errorf("its rows differ in length: one has %d elements and another %d", shape[0], v.Len())
	case !list:
		x, ok := toFloat(v)
		if !ok {
			return nil, errors.New(wanted)
		}
		return append(to, T(x)), nil
	}
	for i := range v.Len() {
		if to, err = fill(to, bare(v.Index(i)), shape[1:]); err != nil {
			return nil, err
		}
	}
	return to, nil
}

func isList(v reflect.Value) bool { return v.Kind() == reflect.Slice || v.Kind() == reflect.Array }

// bare takes a value out of an interface: decoded JSON is made of []any.
func bare(v reflect.Value) reflect.Value {
	if v.Kind() == reflect.Interface {
		return v.Elem()
	}
	return v
}

func toFloat(v reflect.Value) (float64, bool) {
	switch {
	case v.CanFloat():
		return v.Float(), true
	case v.CanInt():
		return float64(v.Int()), true
	case v.CanUint():
		return float64(v.Uint()), true
	}
	return 0, false
}
