package values

import (
	"fmt"
	"reflect"
	"strings"
)

// A selecting finds what a template selects, as package template does it, but looks
// for the methods and fields of cells' types in the registry.
type selecting struct {
	r       *Registry
	missing string // what to do about a key that a map lacks
}

// chain is what a chain of names selects from a value. The arguments are for the
// last one, which then must be a method.
func (s selecting) chain(text string, v reflect.Value, args ...reflect.Value) (reflect.Value, error) {
	names := text[strings.LastIndexByte(text, ')')+1:]
	_, names, _ = strings.Cut(names, ".")
	list := strings.Split(names, ".")
	for i, name := range list {
		var given []reflect.Value
		if i == len(list)-1 {
			given = args
		}
		var err error
		if v, err = s.one(v, name, given); err != nil {
			return v, &selectError{text, err}
		}
	}
	return v, nil
}

func (s selecting) one(v reflect.Value, name string, args []reflect.Value) (reflect.Value, error) {
	if !v.IsValid() {
		if s.missing == "error" {
			return v, fmt.Errorf("nil data; no entry for key %q", name)
		}
		return v, nil
	}
	whole := v
	v, t := s.r.opened(v)
	for v.Kind() == reflect.Pointer && !v.IsNil() {
		if v, t = v.Elem(), elem(t); v.Kind() == reflect.Interface || t == nil {
			v, t = s.r.opened(v)
		}
	}
	if v.Kind() == reflect.Interface {
		return v, fmt.Errorf("nil pointer evaluating %s.%s", s.r.reflectName(whole.Type()), name)
	}
	if f, result := s.r.templateMethod(v, t, name); f.IsValid() {
		found, err := s.call(name, f, result, args)
		if _, misused := err.(*misuseError); err != nil && !misused {
			err = fmt.Errorf("error calling %s: %w", name, err)
		}
		return found, err
	}
	found, err := s.part(v, t, name, len(args) > 0)
	if err == errNoPart {
		err = fmt.Errorf("can't evaluate field %s in type %s", name, s.typeName(whole))
	}
	return found, err
}

// typeName is the type of a value as the user wrote it.
func (s selecting) typeName(v reflect.Value) string {
	if v.Kind() != reflect.Interface && v.CanInterface() {
		return s.r.TypeName(v.Interface())
	}
	return s.r.reflectName(v.Type())
}

// opened is a value of a template out of interfaces and wrappings, with its type if
// that is a cell's.
func (r *Registry) opened(v reflect.Value) (reflect.Value, *Type) {
	for v.Kind() == reflect.Interface && !v.IsNil() {
		v = v.Elem()
	}
	if !v.IsValid() || !v.CanInterface() {
		return v, nil
	}
	x := v.Interface()
	if b, ok := x.(box); ok {
		return reflect.ValueOf(b.value), r.Lookup(b.key)
	}
	if inner, ok := unwrapped(x); ok {
		return r.opened(reflect.ValueOf(inner))
	}
	return v, r.typeOf(v.Type())
}

// typed puts a value into a box if its type asks for one.
func (r *Registry) typed(v reflect.Value, t *Type) reflect.Value {
	if t != nil && t.Boxed && v.CanInterface() {
		return reflect.ValueOf(r.Box(t.Key, v.Interface()))
	}
	return v
}

// templateMethod is the method of a value with its receiver filled in, and the type
// of its result if that is a cell's.
func (r *Registry) templateMethod(v reflect.Value, t *Type, name string) (f reflect.Value, result *Type) {
	if own(t) {
		m, ok := r.method(t, name)
		if !ok && v.CanAddr() {
			v, t = v.Addr(), pointerTo(t)
			m, ok = r.method(t, name)
		}
		if ok {
			f, _ = r.boundTo(v, t, name)
			return f, r.Lookup(m.result)
		}
	}
	if v.CanAddr() {
		v = v.Addr()
	}
	if v.IsValid() && v.CanInterface() {
		f = v.MethodByName(name)
	}
	return f, nil
}

// pointerTo is the type of pointers to a cell's type.
func pointerTo(t *Type) *Type {
	return &Type{Key: "*" + t.Key, Name: "*" + t.Name, Kind: reflect.Pointer, Elem: t}
}

// call calls a method or function. The error says in the words of package template
// that it is misused, or it is what the call returns or panics with.
func (s selecting) call(name string, f reflect.Value, result *Type, args []reflect.Value) (v reflect.Value, err error) {
	t := f.Type()
	fixed := t.NumIn()
	if t.IsVariadic() {
		fixed--
		if len(args) < fixed {
			return v, misused(name, "wrong number of args for %s: want at least %d got %d", name, fixed, len(args))
		}
	} else if len(args) != fixed {
		return v, misused(name, "wrong number of args for %s: want %d got %d", name, fixed, len(args))
	}
	in := make([]reflect.Value, len(args))
	for i, a := range args {
		want := t.In(min(i, t.NumIn()-1))
		if i >= fixed {
			want = want.Elem()
		}
		var ok bool
		if in[i], ok = s.argument(a, want); !ok {
			return v, misused(name, "wrong type for value; expected %s; got %s", s.r.reflectName(want), s.typeName(a))
		}
	}
	defer func() {
		if failure := recover(); failure != nil {
			err = fmt.Errorf("%v", failure)
			if e, ok := failure.(error); ok {
				err = e
			}
		}
	}()
	out := f.Call(in)
	if len(out) == 0 {
		return v, misused(name, "can't call method/function %q with 0 results", name)
	}
	if len(out) == 2 && !out[1].IsNil() {
		return v, out[1].Interface().(error)
	}
	return s.r.typed(out[0], result), nil
}

func misused(name, format string, args ...any) error {
	return &misuseError{name, fmt.Sprintf(format, args...)}
}

// argument is a value as a parameter of type want, if it fits. A constant in a
// template fits every kind of number.
func (s selecting) argument(v reflect.Value, want reflect.Type) (reflect.Value, bool) {
	if !v.IsValid() {
		return reflect.Zero(want), true
	}
	if want == reflect.TypeFor[reflect.Value]() {
		return reflect.ValueOf(v), true
	}
	if want.Kind() == reflect.Interface && v.CanInterface() {
		if v.Type().AssignableTo(want) {
			return v, true
		}
		return s.r.wrapped(v.Interface(), want), true
	}
	v, _ = s.r.opened(v)
	switch {
	case v.Type().AssignableTo(want):
		return v, true
	case v.Kind() == reflect.Pointer && !v.IsNil() && v.Type().Elem().AssignableTo(want):
		return v.Elem(), true
	case v.CanAddr() && reflect.PointerTo(v.Type()).AssignableTo(want):
		return v.Addr(), true
	case isNumber(v.Type()) && isNumber(want):
		return v.Convert(want), true
	}
	return v, false
}

func isNumber(t reflect.Type) bool {
	return t.Kind() >= reflect.Int && t.Kind() <= reflect.Complex128
}

var errNoPart = fmt.Errorf("no such field")

// part is a field of a struct or the element of a map.
func (s selecting) part(v reflect.Value, t *Type, name string, called bool) (reflect.Value, error) {
	switch v.Kind() {
	case reflect.Pointer: // nil
		if e := v.Type().Elem(); e.Kind() == reflect.Struct {
			if _, _, ok := s.r.fieldNamed(reflect.Zero(e), elem(t), name); !ok {
				return v, errNoPart
			}
		}
		return v, fmt.Errorf("nil pointer evaluating %s.%s", s.typeName(v), name)
	case reflect.Struct:
		f, ft, ok := s.r.fieldNamed(v, t, name)
		switch {
		case !ok:
			return v, errNoPart
		case ft != nil && !ft.Exported || !f.IsValid() || !f.CanInterface():
			return v, fmt.Errorf("%s is an unexported field of struct type %s", name, s.typeName(v))
		case called:
			return v, fmt.Errorf("%s has arguments but cannot be invoked as function", name)
		case ft != nil:
			return s.r.typed(f, ft.Type), nil
		}
		return f, nil
	case reflect.Map:
		if v.Type().Key().Kind() == reflect.String || v.Type().Key() == reflect.TypeFor[any]() {
			return s.element(v, t, name, called)
		}
	}
	return v, errNoPart
}

func (s selecting) element(v reflect.Value, t *Type, name string, called bool) (reflect.Value, error) {
	if called {
		return v, fmt.Errorf("%s is not a method but has arguments", name)
	}
	found := v.MapIndex(reflect.ValueOf(name).Convert(v.Type().Key()))
	if !found.IsValid() && s.missing == "error" {
		return v, fmt.Errorf("map has no entry for key %q", name)
	}
	if !found.IsValid() && s.missing == "zero" {
		found = reflect.Zero(v.Type().Elem())
	}
	if !found.IsValid() {
		return found, nil
	}
	return s.r.typed(found, elem(t)), nil
}

// fieldNamed finds a field of a struct, or of what it embeds. Its description is
// nil if the type is a compiled one.
func (r *Registry) fieldNamed(v reflect.Value, t *Type, name string) (reflect.Value, *Field, bool) {
	if t == nil || len(t.Fields) == 0 {
		f, ok := v.Type().FieldByName(name)
		if !ok {
			return v, nil, false
		}
		found, _ := v.FieldByIndexErr(f.Index)
		return found, nil, true
	}
	for i, f := range t.Fields {
		if f.Name == name {
			return v.Field(i), &f, true
		}
	}
	for i, f := range t.Fields {
		inner, it := v.Field(i), f.Type
		if !f.Embedded {
			continue
		}
		if inner.Kind() == reflect.Pointer && !inner.IsNil() {
			inner, it = inner.Elem(), elem(it)
		}
		if inner.Kind() == reflect.Struct {
			if found, ft, ok := r.fieldNamed(inner, it, name); ok {
				return found, ft, true
			}
		}
	}
	return v, nil, false
}
