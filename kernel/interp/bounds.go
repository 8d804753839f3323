package interp

import (
	"fmt"
	"reflect"
	"unsafe"
)

// Package reflect does not tell which index was wrong. The nodes that index and
// slice do, if asked: what they read is still in the frame when they panic.

// bounds is Go's error for an index or slice expression that is out of range, or
// nil if that was not what the node panicked with.
func bounds(n node, frame unsafe.Pointer, generator string, l nodeFields) (err error) {
	defer func() {
		if recover() != nil {
			err = nil // we guessed wrong; the error in hand will do
		}
	}()
	switch generator {
	case "getIndexArray":
		children := n.children(l)
		return indexError(number(children[1], frame), sequence(children[0], frame).Len())
	case "slice", "slice0":
		return sliceBounds(n.children(l), frame, generator == "slice0")
	}
	return nil
}

// sequence is the array, slice or string that a node reads.
func sequence(n node, frame unsafe.Pointer) reflect.Value {
	return reflect.Indirect(genValue(n.p)(frame))
}

// number is the integer that a node reads.
func number(n node, frame unsafe.Pointer) int64 {
	v := genValue(n.p)(frame)
	if v.CanUint() {
		return int64(v.Uint())
	}
	if !v.CanInt() {
		v = v.Convert(reflect.TypeFor[int64]())
	}
	return v.Int()
}

// indexError is the error of an index, or nil if it is in range.
func indexError(i int64, length int) error {
	switch {
	case i < 0:
		return runtimeError(fmt.Sprintf("index out of range [%d]", i))
	case i >= int64(length):
		return runtimeError(fmt.Sprintf("index out of range [%d] with length %d", i, length))
	}
	return nil
}

// sliceBounds is the error of a slice expression. Without a low bound it is zero,
// and without a high one it is the length.
func sliceBounds(children []node, frame unsafe.Pointer, noLow bool) error {
	s := sequence(children[0], frame)
	numbers := []int64{}
	if noLow {
		numbers = append(numbers, 0)
	}
	for _, c := range children[1:] {
		numbers = append(numbers, number(c, frame))
	}
	if len(numbers) == 1 {
		numbers = append(numbers, int64(s.Len()))
	}
	limit, what := int64(s.Len()), "length"
	if s.Kind() == reflect.Slice {
		limit, what = int64(s.Cap()), "capacity"
	}
	low, high := numbers[0], numbers[1]
	if len(numbers) == 3 {
		return slice3Error(low, high, numbers[2], limit, what)
	}
	switch {
	case high < 0:
		return sliceError("[:%d]", high)
	case high > limit:
		return sliceError("[:%d] with %s %d", high, what, limit)
	case low < 0:
		return sliceError("[%d:]", low)
	case low > high:
		return sliceError("[%d:%d]", low, high)
	}
	return nil
}

// slice3Error is the error of an expression with three bounds.
func slice3Error(low, high, top, limit int64, what string) error {
	switch {
	case top < 0:
		return sliceError("[::%d]", top)
	case top > limit:
		return sliceError("[::%d] with %s %d", top, what, limit)
	case high < 0:
		return sliceError("[:%d:]", high)
	case high > top:
		return sliceError("[:%d:%d]", high, top)
	case low < 0:
		return sliceError("[%d::]", low)
	case low > high:
		return sliceError("[%d:%d:]", low, high)
	}
	return nil
}

func sliceError(format string, args ...any) error {
	return runtimeError("slice bounds out of range " + fmt.Sprintf(format, args...))
}
