package values

import (
	"fmt"
	"reflect"
	"text/template"
)

// elements is what a template ranges over or takes elements of: if they have a type
// that must be kept, they are put into boxes.
func (r *Registry) elements(v reflect.Value, keys bool) reflect.Value {
	v, t := r.opened(v)
	for v.Kind() == reflect.Pointer && !v.IsNil() {
		v, t = v.Elem(), elem(t)
	}
	boxedKeys := keys && t != nil && t.KeyType != nil && t.KeyType.Boxed
	if t == nil || t.Elem == nil || !t.Elem.Boxed && !boxedKeys {
		return v
	}
	switch v.Kind() {
	case reflect.Slice, reflect.Array:
		list := make([]any, v.Len())
		for i := range list {
			list[i] = r.typed(v.Index(i), t.Elem).Interface()
		}
		return reflect.ValueOf(list)
	case reflect.Map:
		kept := v.Type().Key()
		if boxedKeys {
			kept = reflect.TypeFor[any]()
		}
		m := reflect.MakeMap(reflect.MapOf(kept, reflect.TypeFor[any]()))
		for _, k := range v.MapKeys() {
			value := r.typed(v.MapIndex(k), t.Elem)
			if boxedKeys {
				k = r.typed(k, t.KeyType)
			}
			m.SetMapIndex(k, value)
		}
		return m
	}
	return v
}

// templateTruth is a value that a condition asks: out of its box if it is zero.
func (r *Registry) templateTruth(v reflect.Value) reflect.Value {
	raw, _ := r.opened(v)
	if truth, ok := template.IsTrue(reflectAny(raw)); ok && !truth {
		return raw
	}
	return v
}

func reflectAny(v reflect.Value) any {
	if v.IsValid() && v.CanInterface() {
		return v.Interface()
	}
	return nil
}

// templatePrinted is a value that a template prints, as compiled Go would print it.
func (r *Registry) templatePrinted(v reflect.Value) reflect.Value {
	x := reflectAny(v)
	inner, t := r.opened(v)
	for inner.Kind() == reflect.Pointer && !inner.IsNil() && own(t) {
		inner, t = inner.Elem(), elem(t)
	}
	if own(t) && inner.CanInterface() {
		x = r.typed(inner, t).Interface()
		if inner.CanAddr() && !r.prints(t) && r.prints(pointerTo(t)) {
			x, t = inner.Addr().Interface(), pointerTo(t)
		}
		if _, ok := r.method(t, "MarshalJSON"); !ok && r.prints(t) {
			return reflect.ValueOf(stringed{formatted{x, r}})
		}
	}
	if p := r.Printable(x); t != nil || isFormatted(p) {
		return reflect.ValueOf(p)
	}
	return v
}

func isFormatted(x any) bool {
	_, ok := x.(formatted)
	return ok
}

// prints reports whether values of a cell's type have a method that prints them.
func (r *Registry) prints(t *Type) bool {
	_, isError := r.method(t, "Error")
	_, isStringer := r.method(t, "String")
	return isError || isStringer
}

// A stringed value has a method String in its cell's type. Package html/template
// writes that in scripts, where it encodes all others.
type stringed struct{ formatted formatted }

func (s stringed) Format(f fmt.State, verb rune) { s.formatted.Format(f, verb) }
func (s stringed) String() string                { return s.formatted.r.Sprint(s.formatted.value) }

// MarshalJSON makes compiled code that encodes encode the value.
func (v formatted) MarshalJSON() ([]byte, error) { return v.r.JSONMarshal(v.value) }
