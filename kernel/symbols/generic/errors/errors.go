// Package errors has the generic function of the standard library's errors.
package errors

// AsType finds the first error in err's tree that is an E, or whose method As(any) makes
// it one.
func AsType[E error](err error) (E, bool) {
	if err == nil {
		var none E
		return none, false
	}
	if e, ok := err.(E); ok {
		return e, true
	}
	if x, ok := err.(interface{ As(any) bool }); ok {
		var e E
		if x.As(&e) {
			return e, true
		}
	}
	if x, ok := err.(interface{ Unwrap() error }); ok {
		return AsType[E](x.Unwrap())
	}
	if x, ok := err.(interface{ Unwrap() []error }); ok {
		for _, err := range x.Unwrap() {
			if e, ok := AsType[E](err); ok {
				return e, true
			}
		}
	}
	var none E
	return none, false
}
