// Package sync is the generic part of the standard library's package sync in a
// form that the interpreter runs. The functions do what their namesakes do.
package sync

import "sync"

func OnceValue[T any](f func() T) func() T {
	var once sync.Once
	var result T
	var failure any
	valid := false
	return func() T {
		once.Do(func() {
			defer func() {
				if !valid {
					failure = recover()
				}
			}()
			result = f()
			valid = true
		})
		if !valid {
			panic(failure)
		}
		return result
	}
}

func OnceValues[T1, T2 any](f func() (T1, T2)) func() (T1, T2) {
	var first T1
	var second T2
	once := OnceValue(func() bool {
		first, second = f()
		return true
	})
	return func() (T1, T2) {
		once()
		return first, second
	}
}
