package values

import (
	"fmt"
	"reflect"
)

// How far Hold looks into what a variable holds: so many structs, slices and maps deep,
// and at so many parts.
const heldDepth, heldParts = 4, 1000

// Hold tells a value which variable holds it. What is inside of a variable is told how to
// get there, such as layers[0].weights.
func (r *Registry) Hold(name string, value any) {
	if r.options.Hold == nil || value == nil {
		return
	}
	t, v := r.dynamic(value)
	left := heldParts
	r.hold(name, reflect.ValueOf(v), t, heldDepth, &left)
}

func (r *Registry) hold(name string, v reflect.Value, t *Type, depth int, left *int) {
	if depth < 0 || *left == 0 || !v.IsValid() {
		return
	}
	*left--
	if t == nil {
		t = r.typeOf(v.Type())
	}
	var elem *Type
	if t != nil {
		elem = t.Elem
	}
	switch v.Kind() {
	case reflect.Pointer:
		if v.CanInterface() && !v.IsNil() {
			r.options.Hold(name, v.Interface())
		}
		if elem != nil && elem.Kind == reflect.Struct {
			r.hold(name, v.Elem(), elem, depth, left)
		}
	case reflect.Struct: // only the user's own: others are none of ours
		for i := 0; t != nil && i < v.NumField() && i < len(t.Fields); i++ {
			field, ft := r.fieldOf(v, t, i)
			r.hold(name+"."+field, v.Field(i), ft, depth-1, left)
		}
	case reflect.Slice, reflect.Array:
		for i := 0; i < v.Len() && *left > 0; i++ {
			r.hold(fmt.Sprintf("%s[%d]", name, i), v.Index(i), elem, depth-1, left)
		}
	case reflect.Map:
		for m := v.MapRange(); m.Next() && *left > 0; {
			if key := m.Key(); key.Kind() == reflect.String {
				r.hold(fmt.Sprintf("%s[%q]", name, key.String()), m.Value(), elem, depth-1, left)
			} else if key.CanInt() {
				r.hold(fmt.Sprintf("%s[%d]", name, key.Int()), m.Value(), elem, depth-1, left)
			}
		}
	}
}
