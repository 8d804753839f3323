// Package iter is the standard library's package iter in a form that the
// interpreter runs. The functions do what their namesakes do; a goroutine takes
// the part of a coroutine.
package iter

import "iter"

func Pull[V any](seq iter.Seq[V]) (next func() (V, bool), stop func()) {
	both, stop := Pull2(func(yield func(V, bool) bool) {
		for v := range seq {
			if !yield(v, true) {
				return
			}
		}
	})
	return func() (V, bool) {
		v, _, ok := both()
		return v, ok
	}, stop
}

func Pull2[K, V any](seq iter.Seq2[K, V]) (next func() (K, V, bool), stop func()) {
	resume := make(chan bool)
	yielded := make(chan bool)
	started, done := false, false
	var key K
	var value V
	run := func() {
		if <-resume {
			for k, v := range seq {
				key, value = k, v
				yielded <- true
				if !<-resume {
					break
				}
			}
		}
		done = true
		yielded <- false
	}
	step := func(goOn bool) bool {
		if !started {
			started = true
			go run()
		}
		resume <- goOn
		return <-yielded
	}
	next = func() (K, V, bool) {
		var noKey K
		var noValue V
		if done || !step(true) {
			return noKey, noValue, false
		}
		return key, value, true
	}
	stop = func() {
		if !done {
			step(false)
		}
	}
	return next, stop
}
