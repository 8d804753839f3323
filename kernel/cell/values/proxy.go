package values

import (
	"path"
	"reflect"
)

// A failure is an error of a cell's type, for compiled code. Two are equal if what
// is in them is.
type failure struct {
	value any
	r     *Registry
}

// Error calls the Error method of the cell's type.
func (e failure) Error() string { return e.r.callString(e.value, "Error") }

// Unwrap calls the Unwrap method of the cell's type, if it has one that returns
// one error.
func (e failure) Unwrap() error {
	f, ok := e.r.bound(e.value, "Unwrap")
	if !ok {
		return nil
	}
	unwrap, ok := f.Interface().(func() error)
	if !ok {
		return nil
	}
	return unwrap()
}

// Is calls the Is method of the cell's type, if it has one.
func (e failure) Is(target error) bool {
	if f, ok := e.r.bound(e.value, "Is"); ok {
		if is, ok := f.Interface().(func(error) bool); ok {
			return is(target)
		}
	}
	return false
}

// As calls the As method of the cell's type, if it has one.
func (e failure) As(target any) bool {
	if f, ok := e.r.bound(e.value, "As"); ok {
		if as, ok := f.Interface().(func(any) bool); ok {
			return as(target)
		}
	}
	return false
}

// failures is a failure whose Unwrap method returns several errors.
type failures struct{ failure }

// Unwrap calls the Unwrap method of the cell's type.
func (e failures) Unwrap() []error {
	f, ok := e.r.bound(e.value, "Unwrap")
	if !ok {
		return nil
	}
	return f.Interface().(func() []error)()
}

// unwrapped takes a value out of what Converter wrapped it in.
func unwrapped(x any) (any, bool) {
	switch x := x.(type) {
	case nil, box, int, string, float64, bool:
		return nil, false
	case failure:
		return x.value, true
	case failures:
		return x.value, true
	case formatted:
		return x.value, true
	case texted:
		return x.value, true
	}
	v := reflect.ValueOf(x)
	if v.Kind() != reflect.Pointer || v.IsNil() || v.Type().Elem().Kind() != reflect.Struct || v.Type().Elem().NumField() == 0 {
		return nil, false
	}
	if f := v.Type().Elem().Field(0); f.Name != "IValue" || f.Type.Kind() != reflect.Interface || v.Type().Elem().Name() == "" || v.Type().Elem().Name()[0] != '_' {
		return nil, false
	}
	return v.Elem().Field(0).Interface(), true
}

// Converter is a function that turns an interface{} into an interface of compiled
// code, which must be one that Symbols has a wrapper for, or error. A value of a
// cell's type is wrapped in a Go value with the methods.
func (r *Registry) Converter(to reflect.Type) reflect.Value {
	t := reflect.FuncOf([]reflect.Type{reflect.TypeFor[any]()}, []reflect.Type{to}, false)
	return reflect.MakeFunc(t, func(args []reflect.Value) []reflect.Value {
		result := reflect.New(to).Elem()
		if x := args[0].Interface(); x != nil {
			result.Set(r.wrapped(x, to))
		}
		return []reflect.Value{result}
	})
}

// canWrap reports whether a value of a cell's type can become a Go value that
// implements an interface.
func (r *Registry) canWrap(x any, to reflect.Type) bool {
	t, _ := r.dynamic(x)
	if t == nil || to.Kind() != reflect.Interface || to.NumMethod() == 0 || !r.wrapper(to).IsValid() {
		return false
	}
	for m := range to.Methods() {
		if !r.hasMethod(t, m.Name) {
			return false
		}
	}
	return true
}

// wrapper is the type that Symbols has to wrap values for an interface, as a nil
// pointer to it.
func (r *Registry) wrapper(to reflect.Type) reflect.Value {
	return r.options.Symbols[to.PkgPath()+"/"+path.Base(to.PkgPath())]["_"+to.Name()]
}

// wrapped is x as a Go value that implements an interface.
func (r *Registry) wrapped(x any, to reflect.Type) reflect.Value {
	x = Strip(x)
	if t, _ := r.dynamic(x); t == nil && reflect.TypeOf(x).Implements(to) {
		return reflect.ValueOf(x)
	}
	if to == reflect.TypeFor[error]() {
		return reflect.ValueOf(r.failure(x))
	}
	symbol := r.wrapper(to)
	if !symbol.IsValid() {
		panic(assertionError(r.TypeName(x) + " cannot become " + to.String() + ": the package has no wrapper"))
	}
	w := reflect.New(symbol.Type().Elem())
	w.Elem().Field(0).Set(reflect.ValueOf(x))
	for i := 1; i < w.Elem().NumField(); i++ {
		name := w.Elem().Type().Field(i).Name[1:]
		f, ok := r.bound(x, name)
		if !ok {
			panic(assertionError(r.TypeName(x) + " is not " + to.String() + ": missing method " + name))
		}
		w.Elem().Field(i).Set(f)
	}
	return w
}

// failure is x as an error.
func (r *Registry) failure(x any) error {
	f := failure{x, r}
	if unwrap, ok := r.boundSafe(x, "Unwrap"); ok && unwrap.Type() == reflect.TypeFor[func() []error]() {
		return failures{f}
	}
	return f
}

// boundSafe is bound for a receiver that may be nil.
func (r *Registry) boundSafe(x any, name string) (f reflect.Value, ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	return r.bound(x, name)
}

// callString calls a method that takes nothing and returns a string.
func (r *Registry) callString(x any, name string) string {
	f, ok := r.bound(x, name)
	if !ok {
		return ""
	}
	return f.Call(nil)[0].String()
}
