package values

import (
	"fmt"
	"reflect"
)

// Which is the number of the first case that a value's type is in, or -1.
func (r *Registry) Which(x any, cases ...[]string) int {
	x = r.present(Strip(x))
	for i, keys := range cases {
		for _, key := range keys {
			if key == "nil" && x == nil || key != "nil" && r.is(x, key) {
				return i
			}
		}
	}
	return -1
}

// is reports whether x has the type with a key, or implements it.
func (r *Registry) is(x any, key string) bool {
	t := r.Lookup(key)
	if t == nil || x == nil {
		return false
	}
	b, boxed := x.(box)
	switch {
	case t.Kind == reflect.Interface:
		return r.missing(x, t) == ""
	case t.Boxed:
		return boxed && b.key == key
	}
	return !boxed && t.Go != nil && reflect.TypeOf(x) == t.Go
}

// missing is the name of a method that a value lacks to implement an interface,
// or "".
func (r *Registry) missing(x any, t *Type) string {
	own, _ := r.dynamic(x)
	if own == nil {
		return missingCompiled(reflect.TypeOf(x), t)
	}
	return r.missingIn(own, t)
}

// missingIn is missing for a value of a cell's type, or of an interface type.
func (r *Registry) missingIn(have, t *Type) string {
	for _, m := range t.Methods {
		if signature, ok := r.signature(have, m.Name); !ok || signature != m.Signature {
			return m.Name
		}
	}
	return ""
}

// signature is the key of a method of a cell's type, perhaps an interface.
func (r *Registry) signature(t *Type, name string) (string, bool) {
	for _, m := range t.Methods {
		if m.Name == name {
			return m.Signature, true
		}
	}
	m, ok := r.method(t, name)
	return m.signature, ok
}

// missingCompiled is missing for a value of a compiled type.
func missingCompiled(have reflect.Type, t *Type) string {
	if t.Go != nil {
		if have.Implements(t.Go) {
			return ""
		}
	}
	for _, m := range t.Methods {
		if _, ok := have.MethodByName(m.Name); !ok {
			return m.Name
		}
	}
	return ""
}

// Get is the value of x, which has the type with the key, out of its wrappings. If
// that is an interface the value keeps its box.
func (r *Registry) Get(x any, key string) any {
	x = r.present(Strip(x))
	if t := r.Lookup(key); t != nil && t.Kind == reflect.Interface {
		return x
	}
	return Raw(x)
}

// AssertOK is x.(T) with the second value. If it is false, the first is T's zero.
func (r *Registry) AssertOK(x any, key string) (any, bool) {
	x = r.present(Strip(x))
	if r.is(x, key) {
		return r.Get(x, key), true
	}
	if t := r.Lookup(key); t != nil && t.Go != nil && t.Kind != reflect.Interface {
		return reflect.Zero(t.Go).Interface(), false
	}
	return nil, false
}

// Assert is x.(T). It panics as Go does if x holds something else; from is the name
// of the interface type of x if it has methods.
func (r *Registry) Assert(x any, key string, from ...string) any {
	v, ok := r.AssertOK(x, key)
	if !ok {
		panic(r.assertionError(Strip(x), key, append(from, "interface {}")[0]))
	}
	return v
}

// ShiftCount is the right side of a shift. It panics as Go does if it is negative.
func ShiftCount(n int64) uint64 {
	if n < 0 {
		panic(runtimeError("negative shift amount"))
	}
	return uint64(n)
}

// An assertionError is what Go panics with when an assertion fails.
type assertionError string

func (e assertionError) Error() string { return "interface conversion: " + string(e) }

// RuntimeError marks the error as one of Go's runtime.
func (e assertionError) RuntimeError() {}

func (r *Registry) assertionError(x any, key, from string) error {
	t := r.Lookup(key)
	want := key
	if t != nil {
		want = t.Name
	}
	switch {
	case x == nil && t != nil && t.Kind == reflect.Interface:
		return assertionError(fmt.Sprintf("interface is nil, not %s", want))
	case x == nil:
		return assertionError(fmt.Sprintf("%s is nil, not %s", from, want))
	case t != nil && t.Kind == reflect.Interface:
		return assertionError(fmt.Sprintf("%s is not %s: missing method %s", r.TypeName(x), want, r.missing(x, t)))
	}
	return assertionError(fmt.Sprintf("%s is %s, not %s", from, r.TypeName(x), want))
}

// method finds a method of a type: declared for it, or for what it points to.
func (r *Registry) method(t *Type, name string) (method, bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if t.Kind == reflect.Pointer && t.Elem != nil {
		m, ok := r.methods[t.Elem.Key][name]
		return m, ok
	}
	m, ok := r.methods[t.Key][name]
	return m, ok && !m.pointer
}

// Bind is the method of a value as a function of the other arguments.
func (r *Registry) Bind(x any, name string) any {
	if x == nil {
		panic(nilError)
	}
	f, ok := r.bound(x, name)
	if !ok {
		panic(fmt.Errorf("%s has no method %s", r.TypeName(x), name))
	}
	return f.Interface()
}

// nilError is what following a nil pointer panics with.
const nilError = runtimeError("invalid memory address or nil pointer dereference")

// bound is the method of a value with its receiver filled in.
func (r *Registry) bound(x any, name string) (reflect.Value, bool) {
	t, value := r.dynamic(x)
	if t == nil {
		f := reflect.ValueOf(value).MethodByName(name)
		return f, f.IsValid()
	}
	m, ok := r.method(t, name)
	if !ok {
		return reflect.Value{}, false
	}
	receiver := reflect.ValueOf(value)
	if !m.pointer && t.Kind == reflect.Pointer {
		if receiver.IsNil() {
			panic(nilError)
		}
		receiver = receiver.Elem()
	}
	return bind(m.function, receiver), true
}

// bind is f with its first argument, an interface{}, filled in.
func bind(f, first reflect.Value) reflect.Value {
	t := f.Type()
	var in, out []reflect.Type
	for i := 1; i < t.NumIn(); i++ {
		in = append(in, t.In(i))
	}
	for i := range t.NumOut() {
		out = append(out, t.Out(i))
	}
	return reflect.MakeFunc(reflect.FuncOf(in, out, t.IsVariadic()), func(args []reflect.Value) []reflect.Value {
		all := append([]reflect.Value{first}, args...)
		if t.IsVariadic() {
			return f.CallSlice(all)
		}
		return f.Call(all)
	})
}
