// Package reflect has the generic functions of the standard library's reflect.
package reflect

import "reflect"

// TypeFor returns the type T.
func TypeFor[T any]() reflect.Type {
	var p *T
	return reflect.TypeOf(p).Elem()
}

// TypeAssert returns the value in v if it is a T.
func TypeAssert[T any](v reflect.Value) (T, bool) {
	value, ok := v.Interface().(T)
	return value, ok
}
