package interp

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"sync"
	"sync/atomic"
	"time"
)

// RunPath is the import path of the package that loaded source uses.
const RunPath = "gradbook/run"

// A run is one call and the goroutines that it started.
type run struct {
	m      *Machine
	ctx    context.Context
	cancel context.CancelCauseFunc
	before uint64       // the run id that closures have
	number uint64       // of the call's own goroutine
	trail               // of that goroutine, once the call is stopped
	looks  atomic.Int64 // how often it may yet be asked whose place something is

	running atomic.Int64  // goroutines that have not ended, the call's own included
	main    chan struct{} // closed when the call's own goroutine has ended
	err     error         // of the call; set before main is closed

	mu      sync.Mutex
	stopped bool          // the run id is raised
	over    bool          // it is too late to stop
	ended   chan struct{} // closed when running is zero after the call has ended
	closed  bool
}

// start counts a goroutine.
func (r *run) start() { r.running.Add(1) }

// end counts a goroutine out.
func (r *run) end() {
	if r.running.Add(-1) == 0 {
		r.mu.Lock()
		defer r.mu.Unlock()
		if !r.closed {
			r.closed = true
			close(r.ended)
		}
	}
}

// currentContext is the context of the call that runs, for what can be
// interrupted.
func (m *Machine) currentContext() context.Context {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.current == nil {
		return context.Background()
	}
	return m.current.ctx
}

func (m *Machine) currentRun() *run {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.current
}

// goStatement runs f in a goroutine. A panic ends the goroutine, and fails the call
// or is reported, but does not end the process.
func (m *Machine) goStatement(f func()) {
	r := m.currentRun()
	if r == nil {
		go m.guarded(f)()
		return
	}
	r.start()
	go func() {
		defer r.end()
		finished := false
		defer func() {
			failure := recover()
			if finished || failure == nil {
				return
			}
			if e, ok := failure.(*ending); ok && e.text == "" {
				return
			}
			m.reportGoroutine(m.caught(failure))
		}()
		f()
		finished = true
	}()
}

// reportGoroutine writes a panic of a goroutine where the user sees it: the call
// may have ended, and its goroutine has nobody to return to.
func (m *Machine) reportGoroutine(err error) {
	if p, ok := err.(*Panic); ok {
		p.Goroutine = true
	}
	if err != nil {
		m.options.Report(err)
	}
}

// caught turns a recovered value into an error. It is nil if the goroutine only
// wanted to end.
func (m *Machine) caught(r any) error {
	switch r := r.(type) {
	case nil:
		return nil
	case *ending:
		if r.text == "" {
			return nil
		}
		return &Exit{Text: r.text, Frames: r.frames}
	case *thrown:
		return &Panic{Value: r.value, Text: m.told(r), Frames: r.frames}
	}
	value := translate(r)
	return &Panic{Value: value, Text: m.told(&thrown{value: value})}
}

// An Exit is the end of a call that wanted to end the process.
type Exit struct {
	Text   string
	Frames []Frame // innermost first
}

func (e *Exit) Error() string { return placed(e.Frames, e.Text) }

// Said is the text without the place.
func (e *Exit) Said() string { return e.Text }

// Places are the frames.
func (e *Exit) Places() []Frame { return e.Frames }

// Name is what a front end shows as the kind of the error.
func (e *Exit) Name() string { return "exit" }

// Context is the context of the call that runs: compiled code that takes long
// should heed it.
func (m *Machine) Context() context.Context { return m.currentContext() }

// Exit ends the call as os.Exit ends a program. It may only be called by what the
// call calls.
func (m *Machine) Exit(code int) {
	panic(&ending{text: fmt.Sprintf("exit status %d (the kernel lives on)", code)})
}

// goexit ends the goroutine as runtime.Goexit does, with its deferred calls.
func (m *Machine) goexit() { panic(&ending{}) }

// forever waits until the call is interrupted.
func (m *Machine) forever() { <-m.currentContext().Done() }

// sleep is time.Sleep, which an interrupt ends.
func (m *Machine) sleep(d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-m.currentContext().Done():
	}
}

// wait waits for a compiled call that may block, or an interrupt. The call goes on
// in a goroutine of its own after an interrupt; undo is called if it ends then.
func (m *Machine) wait(call, undo func()) {
	done := make(chan struct{})
	var abandoned atomic.Bool
	go func() {
		call()
		close(done)
		if abandoned.Load() && undo != nil {
			undo()
		}
	}()
	select {
	case <-done:
	case <-m.currentContext().Done():
		abandoned.Store(true)
		select {
		case <-done:
		default:
		}
	}
}

// guarded is f for compiled code that calls it in a goroutine of its own.
func (m *Machine) guarded(f func()) func() {
	return func() {
		defer func() { m.reportGoroutine(m.caught(recover())) }()
		f()
	}
}

// runPackage is what loaded source imports.
func (m *Machine) runPackage() Symbols {
	run := map[string]reflect.Value{
		"Entry": reflect.ValueOf(func(f func()) { m.entry = f }),
		"Go":    reflect.ValueOf(m.goStatement), "Forever": reflect.ValueOf(m.forever),
		"Defers": reflect.ValueOf(newDefers), "Defer": reflect.ValueOf(deferCall), "Protect": reflect.ValueOf(m.protect),
		"Panic": reflect.ValueOf(throw), "Recover": reflect.ValueOf(m.recovered), "Continued": reflect.ValueOf(continued),
		"AfterFunc": reflect.ValueOf(func(d time.Duration, f func()) *time.Timer {
			m.alarm.Store(never)
			return time.AfterFunc(d, m.guarded(f))
		}),
		"AfterContext": reflect.ValueOf(func(ctx context.Context, f func()) func() bool { return context.AfterFunc(ctx, m.guarded(f)) }),
		"Lock":         reflect.ValueOf(m.lock),
		"Unlock":       reflect.ValueOf(unlock),
		"WriteUnlock":  reflect.ValueOf(writeUnlock),
		"ReadUnlock":   reflect.ValueOf(readUnlock),
		"CondWait":     reflect.ValueOf(m.condWait),
		"WriteLock":    reflect.ValueOf(func(mu *sync.RWMutex) { m.wait(mu.Lock, mu.Unlock) }),
		"ReadLock":     reflect.ValueOf(func(mu *sync.RWMutex) { m.wait(mu.RLock, mu.RUnlock) }),
		"Wait":         reflect.ValueOf(func(wg *sync.WaitGroup) { m.wait(wg.Wait, nil) }),
		"WaitGo":       reflect.ValueOf(func(wg *sync.WaitGroup, f func()) { wg.Add(1); m.goStatement(func() { defer wg.Done(); f() }) }),
	}
	maps.Copy(run, m.tame())
	return Symbols{RunPath + "/run": run}
}

// overrides replaces symbols of compiled packages that would end the process or
// could not be interrupted.
func (m *Machine) overrides(have []Symbols) Symbols {
	all := m.alarms()
	all["time/time"]["Sleep"] = reflect.ValueOf(m.sleep)
	all["os/os"] = map[string]reflect.Value{"Exit": reflect.ValueOf(m.Exit)}
	all["syscall/syscall"] = map[string]reflect.Value{"Exit": reflect.ValueOf(m.Exit)}
	all["runtime/runtime"] = map[string]reflect.Value{"Goexit": reflect.ValueOf(m.goexit)}
	for path := range all {
		known := false
		for _, s := range have {
			known = known || s[path] != nil
		}
		if !known {
			delete(all, path)
		}
	}
	return all
}
