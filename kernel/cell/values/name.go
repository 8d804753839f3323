package values

import (
	"reflect"
	"strconv"
	"strings"
)

// TypeName is the type of a value as Go's %T writes it.
func (r *Registry) TypeName(x any) string {
	if x == nil {
		return "<nil>"
	}
	if t, _ := r.dynamic(x); t != nil {
		return cleanName(t.Name)
	}
	return r.reflectName(reflect.TypeOf(Strip(x)))
}

// cleanName takes from a type's name what tells local types apart.
func cleanName(name string) string {
	before, _, _ := strings.Cut(name, "ꞏ")
	return before
}

// reflectName names a type as its String method does, but for the cells' types in
// it.
func (r *Registry) reflectName(t reflect.Type) string {
	if own := r.typeOf(t); own != nil {
		return cleanName(own.Name)
	}
	if t.Name() != "" || !r.containsOwn(t) {
		return t.String()
	}
	switch t.Kind() {
	case reflect.Pointer:
		return "*" + r.reflectName(t.Elem())
	case reflect.Slice:
		return "[]" + r.reflectName(t.Elem())
	case reflect.Array:
		return strings.TrimSuffix(t.String(), t.Elem().String()) + r.reflectName(t.Elem())
	case reflect.Map:
		return "map[" + r.reflectName(t.Key()) + "]" + r.reflectName(t.Elem())
	case reflect.Chan:
		return strings.TrimSuffix(t.String(), t.Elem().String()) + r.reflectName(t.Elem())
	case reflect.Func:
		return r.funcName(t)
	case reflect.Struct:
		return r.structName(t)
	}
	return t.String()
}

func (r *Registry) structName(t reflect.Type) string {
	var fields []string
	for f := range t.Fields() {
		text := f.Name + " " + r.reflectName(f.Type)
		if f.Tag != "" {
			text += " " + strconv.Quote(string(f.Tag))
		}
		fields = append(fields, text)
	}
	return "struct { " + strings.Join(fields, "; ") + " }"
}

func (r *Registry) funcName(t reflect.Type) string {
	var in, out []string
	for p := range t.Ins() {
		in = append(in, r.reflectName(p))
	}
	for p := range t.Outs() {
		out = append(out, r.reflectName(p))
	}
	text := "func(" + strings.Join(in, ", ") + ")"
	switch len(out) {
	case 0:
		return text
	case 1:
		return text + " " + out[0]
	}
	return text + " (" + strings.Join(out, ", ") + ")"
}

// containsOwn reports whether a cell's struct type occurs in t.
func (r *Registry) containsOwn(t reflect.Type) bool {
	return r.search(t, map[reflect.Type]bool{}, func(t reflect.Type) bool { return keyOf(t) != "" })
}

// search reports whether found holds for t or a type in it.
func (r *Registry) search(t reflect.Type, seen map[reflect.Type]bool, found func(reflect.Type) bool) bool {
	if seen[t] {
		return false
	}
	seen[t] = true
	if found(t) {
		return true
	}
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Chan:
		return r.search(t.Elem(), seen, found)
	case reflect.Map:
		return r.search(t.Key(), seen, found) || r.search(t.Elem(), seen, found)
	case reflect.Func:
		for p := range t.Ins() {
			if r.search(p, seen, found) {
				return true
			}
		}
		for p := range t.Outs() {
			if r.search(p, seen, found) {
				return true
			}
		}
	case reflect.Struct:
		for f := range t.Fields() {
			if r.search(f.Type, seen, found) {
				return true
			}
		}
	}
	return false
}
