package values

import (
	"go/token"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// The methods of cells' types are functions of emitted source. Here they are found
// where Go code asks package reflect for methods.

// ReflectValueType is the method Type of a reflect.Value.
func (r *Registry) ReflectValueType(v reflect.Value) reflect.Type { return r.named(v.Type(), nil) }

// ReflectValueNumMethod is the method NumMethod of a reflect.Value.
func (r *Registry) ReflectValueNumMethod(v reflect.Value) int {
	return r.ReflectValueType(v).NumMethod()
}

// ReflectValueMethod is the method Method of a reflect.Value.
func (r *Registry) ReflectValueMethod(v reflect.Value, i int) reflect.Value {
	if t := r.ownTypeOf(v); t != nil {
		f, _ := r.boundTo(v, t, r.methodsOf(t)[i])
		return f
	}
	return v.Method(i)
}

// ReflectValueMethodByName is the method MethodByName of a reflect.Value.
func (r *Registry) ReflectValueMethodByName(v reflect.Value, name string) reflect.Value {
	if t := r.ownTypeOf(v); t != nil && token.IsExported(name) {
		f, _ := r.boundTo(v, t, name)
		return f
	}
	return v.MethodByName(name)
}

// ReflectValueFieldByName is the method FieldByName of a reflect.Value.
func (r *Registry) ReflectValueFieldByName(v reflect.Value, name string) reflect.Value {
	if t := r.ownTypeOf(v); t != nil {
		f, _, ok := r.fieldNamed(v, t, name)
		if !ok {
			return reflect.Value{}
		}
		return f
	}
	return v.FieldByName(name)
}

// ownTypeOf is the type of a value if a cell has declared it, or what it points to.
func (r *Registry) ownTypeOf(v reflect.Value) *Type {
	if !v.IsValid() {
		return nil
	}
	return r.typeOf(v.Type())
}

// methodsOf lists the exported methods of a cell's type as reflection does, by name.
func (r *Registry) methodsOf(t *Type) []string {
	var names []string
	if t.Kind == reflect.Interface {
		for _, m := range t.Methods {
			names = append(names, m.Name)
		}
	}
	of := t
	if t.Kind == reflect.Pointer && t.Elem != nil {
		of = t.Elem
	}
	r.mu.RLock()
	all := slices.Sorted(maps.Keys(r.methods[of.Key]))
	r.mu.RUnlock()
	for _, name := range all {
		if _, ok := r.method(t, name); ok && token.IsExported(name) {
			names = append(names, name)
		}
	}
	return names
}

// NumMethod counts the methods that the user wrote.
func (t namedType) NumMethod() int { return len(t.r.methodsOf(t.own())) }

// Method is a method of the user's. Of an interface's methods only the names are known.
func (t namedType) Method(i int) reflect.Method {
	m := reflect.Method{Name: t.r.methodsOf(t.own())[i], Index: i}
	if t.own().Kind != reflect.Interface {
		t.fillMethod(&m)
	}
	return m
}

// MethodByName is a method of the user's.
func (t namedType) MethodByName(name string) (reflect.Method, bool) {
	i := slices.Index(t.r.methodsOf(t.own()), name)
	if i < 0 {
		return reflect.Method{}, false
	}
	return t.Method(i), true
}

// fillMethod tells a method as a function that takes the receiver first.
func (t namedType) fillMethod(m *reflect.Method) {
	found, _ := t.r.method(t.own(), m.Name)
	bound := found.function.Type()
	in, out := []reflect.Type{t.Type}, []reflect.Type{}
	for i := 1; i < bound.NumIn(); i++ {
		in = append(in, bound.In(i))
	}
	for result := range bound.Outs() {
		out = append(out, result)
	}
	whole := reflect.FuncOf(in, out, bound.IsVariadic())
	m.Func = reflect.MakeFunc(whole, func(args []reflect.Value) []reflect.Value {
		f, _ := t.r.boundTo(args[0], t.own(), m.Name)
		if bound.IsVariadic() {
			return f.CallSlice(args[1:])
		}
		return f.Call(args[1:])
	})
	separator := ", "
	if len(in) == 1 {
		separator = ""
	}
	name := "func(" + t.String() + separator + strings.TrimPrefix(found.signature, "func(")
	m.Type = t.r.describe(whole, name, &Type{Kind: reflect.Func, Name: cleanName(name)})
}
