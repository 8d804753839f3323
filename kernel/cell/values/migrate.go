package values

import (
	"fmt"
	"reflect"
)

// A cell that declares a type anew, with another field say, leaves values of the type
// as it was in variables and interfaces. They are carried over: fields by their names,
// elements one by one, and what several pointers point to stays one. What the new
// type has no place for is left behind.

// Migrate gives a variable whose type was declared anew the value that it had before,
// as far as the types allow it. If anything had to be left out for its type, the user is told.
func (r *Registry) Migrate(name string, to, from any) {
	r.moving.Lock()
	defer r.moving.Unlock()
	dst, src := reflect.ValueOf(to).Elem(), reflect.ValueOf(from).Elem()
	r.move(src.Addr(), dst.Addr()) // for pointers to the variable
	if !r.carry(dst, src) && !src.IsZero() {
		fmt.Fprintf(r.options.Stderr, "%s has lost what does not fit its type as it is declared now\n", name)
	}
}

// A carried is where something that was pointed to has gone.
type carried struct {
	from reflect.Value // keeps the pointer alive
	to   reflect.Value
}

type pointee struct {
	pointer uintptr
	to      reflect.Type
}

// carry sets dst to what src is in the type of dst, and reports whether it is
// anything there.
func (r *Registry) carry(dst, src reflect.Value) bool {
	if src.Type() == dst.Type() && src.Kind() != reflect.Interface {
		dst.Set(src)
		return true
	}
	if src.Kind() != dst.Kind() {
		return carryNumber(dst, src)
	}
	switch src.Kind() {
	case reflect.Struct:
		return r.carryStruct(dst, src)
	case reflect.Pointer:
		return r.carryPointer(dst, src)
	case reflect.Slice:
		if !src.IsNil() {
			dst.Set(reflect.MakeSlice(dst.Type(), src.Len(), src.Len()))
		}
		return r.carryElements(dst, src)
	case reflect.Array:
		return r.carryElements(dst, src)
	case reflect.Map:
		return r.carryMap(dst, src)
	case reflect.Interface:
		return r.carryInterface(dst, src)
	case reflect.Func, reflect.Chan, reflect.UnsafePointer:
		if src.Type().AssignableTo(dst.Type()) {
			dst.Set(src)
			return true
		}
		return false
	}
	dst.Set(src.Convert(dst.Type())) // of one kind, and neither of them made of others
	return true
}

// carryNumber is carry between numbers of different kinds, as Go converts them.
func carryNumber(dst, src reflect.Value) bool {
	isNumber := func(v reflect.Value) bool { return v.CanInt() || v.CanUint() || v.CanFloat() }
	if !isNumber(dst) || !isNumber(src) {
		return false
	}
	dst.Set(src.Convert(dst.Type()))
	return true
}

func (r *Registry) carryStruct(dst, src reflect.Value) bool {
	any := src.NumField() == 0 || dst.NumField() == 0
	for i := range dst.NumField() {
		if old := src.FieldByName(dst.Type().Field(i).Name); old.IsValid() {
			any = r.carry(dst.Field(i), old) || any
		}
	}
	return any
}

// carryPointer carries what src points to, once.
func (r *Registry) carryPointer(dst, src reflect.Value) bool {
	if src.IsNil() {
		return true
	}
	at := pointee{src.Pointer(), dst.Type()}
	if moved, ok := r.moved[at]; ok {
		dst.Set(moved.to)
		return true
	}
	to := reflect.New(dst.Type().Elem())
	r.move(src, to)
	dst.Set(to)
	return r.carry(to.Elem(), src.Elem())
}

// move notes where what a pointer points to has gone.
func (r *Registry) move(from, to reflect.Value) {
	if r.moved == nil {
		r.moved = map[pointee]carried{}
	}
	r.moved[pointee{from.Pointer(), to.Type()}] = carried{from, to}
}

func (r *Registry) carryElements(dst, src reflect.Value) bool {
	all := true
	for i := range min(dst.Len(), src.Len()) {
		all = r.carry(dst.Index(i), src.Index(i)) && all
	}
	return all
}

func (r *Registry) carryMap(dst, src reflect.Value) bool {
	if src.IsNil() {
		return true
	}
	dst.Set(reflect.MakeMapWithSize(dst.Type(), src.Len()))
	all := true
	for entries := src.MapRange(); entries.Next(); {
		key, value := reflect.New(dst.Type().Key()).Elem(), reflect.New(dst.Type().Elem()).Elem()
		all = r.carry(key, entries.Key()) && r.carry(value, entries.Value()) && all
		dst.SetMapIndex(key, value)
	}
	return all
}

// carryInterface carries a value with its type, which may be the one declared anew.
func (r *Registry) carryInterface(dst, src reflect.Value) bool {
	if src.IsNil() {
		return true
	}
	v := reflect.ValueOf(r.renewed(src.Interface()))
	if !v.Type().AssignableTo(dst.Type()) {
		return false
	}
	dst.Set(v)
	return true
}

// present is x as its type is now, should that have been declared anew since.
func (r *Registry) present(x any) any {
	if !r.redeclared.Load() || x == nil {
		return x
	}
	r.moving.Lock()
	defer r.moving.Unlock()
	return r.renewed(x)
}

// renewed is present for those who hold moving.
func (r *Registry) renewed(x any) any {
	if b, ok := x.(box); ok {
		if t := r.Lookup(b.key); t != nil && t.Go != nil {
			b.value = r.as(t.Go, b.value)
		}
		return b
	}
	if t := reflect.TypeOf(x); t != nil {
		if now := r.presentType(t); now != nil {
			return r.as(now, x)
		}
	}
	return x
}

// presentType is what a struct type of cells, or a pointer to it, is now, or nil.
func (r *Registry) presentType(t reflect.Type) reflect.Type {
	if t.Kind() == reflect.Pointer && t.Name() == "" {
		if elem := r.presentType(t.Elem()); elem != nil {
			return reflect.PointerTo(elem)
		}
		return nil
	}
	if known := r.Lookup(keyOf(t)); known != nil && known.Key != "" {
		return known.Go
	}
	return nil
}

// as is x carried over to a type, or x itself if it has it or cannot be.
func (r *Registry) as(t reflect.Type, x any) any {
	if x == nil || reflect.TypeOf(x) == t {
		return x
	}
	v := reflect.New(t).Elem()
	if !r.carry(v, reflect.ValueOf(x)) {
		return x
	}
	return v.Interface()
}
