// Package reflect is the generic part of the standard library's package reflect in
// a form that the interpreter runs.
package reflect

import "reflect"

func TypeAssert[T any](v reflect.Value) (T, bool) {
	x, ok := v.Interface().(T)
	return x, ok
}

func TypeFor[T any]() reflect.Type {
	var zero T
	if t := reflect.TypeOf(zero); t != nil {
		return t
	}
	return reflect.TypeOf((*T)(nil)).Elem()
}
