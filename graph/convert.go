package graph

import (
	"errors"
	"fmt"
	"reflect"
)

// wanted is what every message about a value of the wrong type ends with.
const wanted = "want a number, a slice of numbers, or a matrix"

// fromReflection converts what the common cases of NewTensor leave over: other
// types of number, and slices and arrays of any depth.
func fromReflection(value any) (*Tensor, error) {
	v := reflect.ValueOf(value)
	if !v.IsValid() {
		return nil, errors.New("graph: nil is no value; " + wanted)
	}
	t := &Tensor{}
	for e := v; isList(e); e = bare(e.Index(0)) {
		t.shape = append(t.shape, e.Len())
		if e.Len() == 0 {
			break
		}
	}
	if err := t.fill(v, t.shape); err != nil {
		return nil, fmt.Errorf("graph: %T: %w", value, err)
	}
	return t, nil
}

// fill appends the elements of v, which must have the shape that its first
// elements promised.
func (t *Tensor) fill(v reflect.Value, shape []int) error {
	switch list := isList(v); {
	case list != (len(shape) > 0):
		return fmt.Errorf("its rows differ in depth; want numbers in rows of one length")
	case list && v.Len() != shape[0]:
		return fmt.Errorf("its rows differ in length: one has %d elements and another %d", shape[0], v.Len())
	case !list:
		x, ok := toFloat(v)
		if !ok {
			return errors.New(wanted)
		}
		t.data = append(t.data, x)
		return nil
	}
	for i := range v.Len() {
		if err := t.fill(bare(v.Index(i)), shape[1:]); err != nil {
			return err
		}
	}
	return nil
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
