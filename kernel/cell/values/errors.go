package values

import (
	"reflect"
)

// ErrorsIs is errors.Is. Errors of cells' types are compared by what is in them.
func (r *Registry) ErrorsIs(err, target error) bool {
	if err == nil || target == nil {
		return err == target
	}
	return walkErrors(err, func(e error) bool {
		if sameError(e, target) {
			return true
		}
		is, ok := e.(interface{ Is(error) bool })
		return ok && is.Is(target)
	})
}

// sameError reports whether two errors are equal; those that cannot be compared
// are not.
func sameError(a, b error) (same bool) {
	defer func() { _ = recover() }()
	return a == b
}

// walkErrors calls found with err and the errors that it wraps until one is found.
func walkErrors(err error, found func(error) bool) bool {
	for err != nil {
		if found(err) {
			return true
		}
		switch u := err.(type) {
		case interface{ Unwrap() []error }:
			for _, e := range u.Unwrap() {
				if walkErrors(e, found) {
					return true
				}
			}
			return false
		case interface{ Unwrap() error }:
			err = u.Unwrap()
		default:
			return false
		}
	}
	return false
}

// ErrorsAs is errors.As. The target may point to a variable of a cell's type.
func (r *Registry) ErrorsAs(err error, target any) bool {
	key := ""
	if b, ok := target.(box); ok {
		key, target = b.key[1:], b.value
	}
	if target == nil {
		panic("errors: target cannot be nil")
	}
	place := reflect.ValueOf(target)
	if place.Kind() != reflect.Pointer || place.IsNil() {
		panic("errors: target must be a non-nil pointer")
	}
	place = place.Elem()
	return walkErrors(err, func(e error) bool {
		x := Strip(e)
		if t := r.Lookup(key); t != nil && t.Kind == reflect.Interface {
			if r.is(x, key) {
				place.Set(reflect.ValueOf(x))
				return true
			}
		} else if key != "" {
			if b, ok := x.(box); ok && b.key == key {
				place.Set(reflect.ValueOf(b.value))
				return true
			}
		} else if _, boxed := x.(box); !boxed && reflect.TypeOf(x) == place.Type() {
			place.Set(reflect.ValueOf(x))
			return true
		} else if place.Kind() == reflect.Interface && place.NumMethod() > 0 && reflect.TypeOf(e).Implements(place.Type()) {
			place.Set(reflect.ValueOf(e))
			return true
		} else if key == "" && r.canWrap(x, place.Type()) {
			place.Set(r.wrapped(x, place.Type()))
			return true
		}
		as, ok := e.(interface{ As(any) bool })
		return ok && as.As(target)
	})
}

// A CellError is what the interpreter panics with when the error of a cell's last
// expression is not nil. It is the cell's error, and no panic of the user's.
type CellError struct{ Err error }

func (e CellError) Error() string { return e.Err.Error() }

// Unwrap is the error of the expression.
func (e CellError) Unwrap() error { return e.Err }

// Failure marks the panic as the end of the cell with an error.
func (e CellError) Failure() error { return e.Err }

// Fail ends the cell with an error, unless it is nil.
func Fail(err error) {
	if err != nil {
		panic(CellError{err})
	}
}
