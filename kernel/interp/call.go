package interp

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/metrics"
	"time"
)

// Interrupted is the error of a call that was stopped.
type Interrupted struct {
	Cause  error   // why the context was cancelled
	Stuck  bool    // a call of compiled code has not returned yet
	Frames []Frame // where it was, innermost first, as far as that is known
}

// Said is what Error says.
func (e *Interrupted) Said() string { return e.Error() }

// Places are the frames.
func (e *Interrupted) Places() []Frame { return e.Frames }

// Error says that the cell was interrupted, and whether something of it is still
// in compiled code.
func (e *Interrupted) Error() string {
	if e.Stuck {
		return "interrupted; a call of compiled code has not returned yet, and the next cell waits for it"
	}
	return "interrupted"
}

// Name is what a front end shows as the kind of the error.
func (e *Interrupted) Name() string { return "interrupted" }

// Unwrap is why the context was cancelled.
func (e *Interrupted) Unwrap() error { return e.Cause }

// errStack is the cause of a stop by the watcher of the stack.
const errStack = fatalError("stack overflow: the recursion does not end (goroutine stack exceeds the limit)")

// A look at the number of a goroutine walks its whole stack, which is long after an
// endless recursion.
const (
	looks     = 1000
	looksDeep = 8
)

// Call calls what Load returned, and waits until it ends. When ctx is cancelled it
// is stopped with every goroutine that it has started, and the error is an
// [*Interrupted]. If it panics the error is a [*Panic]. Goroutines that still run
// when it has ended go on.
func (m *Machine) Call(ctx context.Context, f func()) error {
	if err := m.waitForStuck(ctx); err != nil {
		return err
	}
	// It is not cancelled when the call has ended: goroutines that outlive it still wait.
	inner, cancel := context.WithCancelCause(context.WithoutCancel(ctx))
	r := &run{m: m, ctx: inner, cancel: cancel, before: m.id.get(), main: make(chan struct{}), ended: make(chan struct{})}
	m.mu.Lock()
	m.current = r
	m.mu.Unlock()
	r.start()
	go func() {
		r.number = goroutineID()
		defer r.end()
		defer close(r.main)
		defer func() {
			if x := recover(); x != nil {
				r.err = m.caught(x)
			}
		}()
		f()
	}()
	defer m.guard(r)()
	defer context.AfterFunc(ctx, func() { r.stop(context.Cause(ctx)) })()
	select {
	case <-r.main:
	case <-inner.Done():
	}
	if r.finish() {
		return m.awaitEnd(r)
	}
	return r.err
}

// stop makes interpreted code end at its next step, and wakes what waits for the
// context. In this order: nothing may go on when it wakes.
func (r *run) stop(cause error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.over {
		r.stopped = true
		r.looks.Store(looks)
		if cause == errStack {
			r.looks.Store(looksDeep)
		}
		r.m.stopping.Store(true)
		r.m.id.set(r.before + 1)
		r.cancel(cause)
	}
}

// finish makes stop do nothing from now on, and reports whether it has done it.
func (r *run) finish() (stopped bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.over = true
	return r.stopped
}

// awaitEnd waits until the goroutines of a stopped call have ended, and makes
// closures work again. What waits for a channel is woken.
func (m *Machine) awaitEnd(r *run) error {
	cause := context.Cause(r.ctx)
	restored := make(chan struct{})
	go func() {
		m.wakeUntil(r.ended)
		m.stopping.Store(false)
		m.id.set(r.before)
		close(restored)
	}()
	var fatal fatalError
	isFatal := errors.As(cause, &fatal)
	grace := time.After(m.options.Grace)
	if fatal == errStack {
		grace = nil        // to come back from so deep takes long
		defer runtime.GC() // and so much memory should not wait for the next time
	}
	select {
	case <-restored:
		if isFatal {
			return &Panic{Value: cause, Text: cause.Error(), Frames: r.frames}
		}
		return &Interrupted{Cause: cause, Frames: r.frames}
	case <-grace:
		m.mu.Lock()
		m.stuck = restored
		m.mu.Unlock()
		return &Interrupted{Cause: cause, Stuck: true}
	}
}

// wakeUntil wakes everything interpreted that waits for a channel, until ended is
// closed.
func (m *Machine) wakeUntil(ended <-chan struct{}) {
	for {
		select {
		case <-ended:
			return
		case m.wake <- struct{}{}:
		}
	}
}

// waitForStuck waits for an interrupted call that has not ended. Until it has, no
// closure works.
func (m *Machine) waitForStuck(ctx context.Context) error {
	m.mu.Lock()
	stuck := m.stuck
	m.mu.Unlock()
	if stuck == nil {
		return nil
	}
	select {
	case <-stuck:
	case <-time.After(m.options.Grace):
		fmt.Fprintln(m.options.Stderr, "waiting for a call of the interrupted cell to return from compiled code")
		select {
		case <-stuck:
		case <-ctx.Done():
			return &Interrupted{Cause: context.Cause(ctx), Stuck: true}
		}
	}
	m.mu.Lock()
	m.stuck = nil
	m.mu.Unlock()
	return nil
}

// stackUsed is how much memory the stacks of all goroutines use.
func stackUsed() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/stacks:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// guard stops the call when its recursion does not end, where Go itself would end
// the process, and when nothing can wake it any more.
func (m *Machine) guard(r *run) (stop func()) {
	done := make(chan struct{})
	go func() {
		stack, deadlock := time.NewTicker(10*time.Millisecond), time.NewTicker(deadlockPause)
		defer stack.Stop()
		defer deadlock.Stop()
		used := stackUsed() // of goroutines of other calls, or not yet given back by them
		for {
			select {
			case <-done:
				return
			case <-stack.C:
				if stackUsed() > used+m.options.StackLimit {
					r.stop(errStack)
					return
				}
			case <-deadlock.C:
				if m.asleep() {
					r.stop(errDeadlock)
					return
				}
			}
		}
	}()
	return func() { close(done) }
}
