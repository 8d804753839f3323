package values

import (
	"fmt"
	"reflect"
	"strconv"
)

// PanicText is what Go writes of a value that a program panics with: errors and
// Stringers by their methods, numbers and the like with the name of their type if it is
// not the plain one. Of the rest Go writes type and address; instead of an address that
// says nothing, we write the value.
func (r *Registry) PanicText(x any) string {
	text := r.Text(x)
	if _, isError := r.asError(x); x == nil || isError || r.isStringer(x) {
		return text
	}
	name, v := r.TypeName(x), reflect.ValueOf(Raw(x))
	switch v.Kind() {
	case reflect.Bool, reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64, reflect.Uint, reflect.Uint8,
		reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr, reflect.Float32, reflect.Float64,
		reflect.Complex64, reflect.Complex128:
		if name != v.Kind().String() {
			text = name + "(" + text + ")"
		}
	case reflect.String:
		if name != "string" {
			text = name + `("` + v.String() + `")`
		}
	case reflect.Pointer, reflect.Chan, reflect.Func, reflect.UnsafePointer:
		text = fmt.Sprintf("(%s) 0x%s", name, strconv.FormatUint(uint64(v.Pointer()), 16))
	default:
		text = "(" + name + ") " + text
	}
	return text
}

// isStringer reports whether x has the method String.
func (r *Registry) isStringer(x any) bool {
	if _, ok := x.(fmt.Stringer); ok {
		return true
	}
	t, _ := r.dynamic(x)
	if t == nil {
		return false
	}
	_, ok := r.method(t, "String")
	return ok
}
