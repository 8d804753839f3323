// Package iter replaces the coroutines of the standard library's iter by a goroutine and
// channels.
package iter

// Seq is an iterator over single values.
type Seq[V any] func(yield func(V) bool)

// Seq2 is an iterator over pairs of values.
type Seq2[K, V any] func(yield func(K, V) bool)

// Pull turns seq inside out: next returns its values one by one, and false when there
// are no more; stop ends it early. A panic of seq comes out of next or stop.
//
// The sequence runs in a goroutine, which moves only while next or stop waits for it, so
// that no two of them ever run at once.
func Pull[V any](seq Seq[V]) (next func() (V, bool), stop func()) {
	var (
		value, zero V
		ok          bool
		started     bool
		done        bool
		failure     any
		resume      = make(chan bool) // to the sequence: go on
		paused      = make(chan bool) // from the sequence: value is set, or done is
	)
	run := func() {
		defer func() {
			failure, done = recover(), true
			paused <- true
		}()
		<-resume
		seq(func(v V) bool {
			if done {
				return false
			}
			value, ok = v, true
			paused <- true
			<-resume
			return !done
		})
	}
	step := func() {
		if !started {
			started = true
			go run()
		}
		resume <- true
		<-paused
		if failure != nil {
			panic(failure)
		}
	}
	next = func() (V, bool) {
		if done {
			return zero, false
		}
		value, ok = zero, false
		step()
		return value, ok
	}
	stop = func() {
		if done {
			return
		}
		done = true
		if started {
			step()
		}
	}
	return next, stop
}

// Pull2 is Pull for pairs.
func Pull2[K, V any](seq Seq2[K, V]) (next func() (K, V, bool), stop func()) {
	type pair struct {
		key   K
		value V
	}
	one, stop := Pull(func(yield func(pair) bool) {
		seq(func(k K, v V) bool { return yield(pair{k, v}) })
	})
	next = func() (K, V, bool) {
		p, ok := one()
		return p.key, p.value, ok
	}
	return next, stop
}
