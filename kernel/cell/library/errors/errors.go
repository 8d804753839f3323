// Package errors is the generic part of the standard library's package errors in a
// form that the interpreter runs.
package errors

import "errors"

func AsType[E error](err error) (E, bool) {
	var e E
	ok := errors.As(err, &e)
	return e, ok
}
