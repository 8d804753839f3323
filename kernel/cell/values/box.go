package values

import (
	"fmt"
	"reflect"
)

// A box is a value of an interface that remembers its type. Two boxes are equal if
// types and values are.
type box struct {
	key   string
	value any
	r     *Registry
}

// Format makes compiled code that formats print what is in the box.
func (b box) Format(f fmt.State, verb rune) { b.r.format(f, verb, b) }

// MarshalJSON makes compiled code that encodes encode what is in the box.
func (b box) MarshalJSON() ([]byte, error) { return b.r.JSONMarshal(b) }

// Box puts a value in a box with its type.
func (r *Registry) Box(key string, value any) any { return box{key, value, r} }

// Strip takes a value out of what it was wrapped in for compiled code.
func Strip(x any) any {
	for {
		w, ok := unwrapped(x)
		if !ok {
			return x
		}
		x = w
	}
}

// Raw is the value as reflection knows it, for compiled code that looks into it.
func Raw(x any) any {
	if b, ok := Strip(x).(box); ok {
		return b.value
	}
	return Strip(x)
}

// Open takes a value of a type that contains itself out of its interface. The
// pointer tells the type, in case the value is nil.
func Open(x, pointer any) any {
	if x == nil {
		return reflect.Zero(reflect.TypeOf(pointer).Elem()).Interface()
	}
	return x
}

// Ignore does nothing with a value.
func Ignore(any) {}

// Any is its argument. It makes an interface of a function, which the interpreter
// would otherwise keep in a form of its own.
func Any(x any) any { return x }

// Clear is Go's clear.
func Clear(x any) { reflect.ValueOf(Raw(x)).Clear() }

// dynamic is the type of a value and the value itself, out of its wrappings.
func (r *Registry) dynamic(x any) (*Type, any) {
	x = r.present(Strip(x))
	if b, ok := x.(box); ok {
		return r.Lookup(b.key), b.value
	}
	return r.typeOf(reflect.TypeOf(x)), x
}

// Equal is x == y for interfaces.
func (r *Registry) Equal(x, y any) (equal bool) {
	x, y = r.present(Strip(x)), r.present(Strip(y))
	defer func() {
		if failure := recover(); failure != nil {
			panic(runtimeError("comparing uncomparable type " + r.TypeName(x)))
		}
	}()
	if t, ok := x.(reflect.Type); ok {
		if u, ok := y.(reflect.Type); ok {
			return r.sameType(t, u)
		}
	}
	return x == y
}

// Same is x == y for pointers and channels, whose types may differ in name and
// direction.
func Same(x, y any) bool { return reflect.ValueOf(x).Pointer() == reflect.ValueOf(y).Pointer() }

// A runtimeError is an error of Go's runtime.
type runtimeError string

func (e runtimeError) Error() string { return "runtime error: " + string(e) }

// RuntimeError marks the error as one of Go's runtime: it is a runtime.Error.
func (e runtimeError) RuntimeError() {}
