package interp

import (
	"context"
	"os/signal"
	"reflect"
	"runtime"
	"strings"
	"time"
)

// errDeadlock is the cause of a stop of a call that nothing can wake.
const errDeadlock = fatalError("all goroutines are asleep - deadlock!")

// deadlockPause is the time between two looks for a deadlock. A look stops the
// process for a moment.
const deadlockPause = time.Second

// asleep reports whether all goroutines of interpreted code wait for one another,
// and nothing else can wake one. The Go runtime does not notice, since goroutines
// of the kernel never all sleep. When in doubt the answer is no.
func (m *Machine) asleep() bool {
	if time.Now().UnixNano() < m.alarm.Load() {
		return false
	}
	stacks, all := otherStacks()
	for _, stack := range stacks {
		if !m.strangers[numberOf(stack)] && !sleeps(stack) {
			return false
		}
	}
	return all
}

// otherStacks are the stacks of all goroutines but this one, if that is not too
// much.
func otherStacks() (stacks []string, all bool) {
	buffer := make([]byte, 1<<20)
	n := runtime.Stack(buffer, true)
	return strings.Split(string(buffer[:n]), "\n\n")[1:], n < len(buffer)
}

// numberOf is "goroutine 12", which begins the stack.
func numberOf(stack string) string { return stack[:max(0, strings.Index(stack, " ["))] }

// strangers are the goroutines that were there before the machine: they wake none
// of its own.
func strangers() map[string]bool {
	found := map[string]bool{}
	stacks, _ := otherStacks()
	for _, stack := range stacks {
		found[numberOf(stack)] = true
	}
	return found
}

// sleeps reports whether the goroutine with the stack wakes nobody before it is
// woken: it is the house's own, or interpreted code that waits for another.
func sleeps(stack string) bool {
	if !strings.Contains(stack, "traefik/yaegi/interp.") && !strings.Contains(stack, "interp.(*Machine).wait.") {
		for _, own := range []string{"gradbook/", "main.main", "go-zeromq/", "os/signal.loop"} {
			if strings.Contains(stack, own) {
				return true
			}
		}
		return false
	}
	header, frames, _ := strings.Cut(stack, "\n")
	_, state, _ := strings.Cut(header, "[")
	state = state[:max(0, strings.IndexAny(state, ",]"))]
	state, _, _ = strings.Cut(state, " (")
	return waits[state] && isOurs(frames)
}

// waits are the states in which a goroutine waits for another.
var waits = map[string]bool{
	"chan receive": true, "chan send": true, "select": true, "sync.Mutex.Lock": true, "sync.WaitGroup.Wait": true,
	"sync.RWMutex.Lock": true, "sync.RWMutex.RLock": true, "sync.Cond.Wait": true,
}

// isOurs reports whether the interpreter waits, or what it lends to interpreted
// code, and no compiled code that may have its own reasons.
func isOurs(frames string) bool {
	for line := range strings.Lines(frames) {
		if strings.HasPrefix(line, "\t") || hasPrefix(line, "runtime.", "reflect.", "internal/", "sync.") {
			continue
		}
		return strings.Contains(line, "traefik/yaegi/interp.") ||
			strings.Contains(line, "interp.(*Machine).wait") || strings.Contains(line, "interp.(*Machine).forever")
	}
	return false
}

func hasPrefix(s string, prefixes ...string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

// never is an alarm that may ring at any time.
const never = 1<<63 - 1

// expect notes that a timer may wake a goroutine until d has passed. Stacks do not
// show timers.
func (m *Machine) expect(d time.Duration) {
	until := time.Now().Add(d).UnixNano()
	for {
		old := m.alarm.Load()
		if until <= old || m.alarm.CompareAndSwap(old, until) {
			return
		}
	}
}

// alarms are the functions that make something wake goroutines, which now tell.
func (m *Machine) alarms() Symbols {
	return Symbols{
		"time/time": {
			"After":     reflect.ValueOf(func(d time.Duration) <-chan time.Time { m.expect(d); return time.After(d) }),
			"NewTimer":  reflect.ValueOf(func(d time.Duration) *time.Timer { m.alarm.Store(never); return time.NewTimer(d) }),
			"NewTicker": reflect.ValueOf(func(d time.Duration) *time.Ticker { m.alarm.Store(never); return time.NewTicker(d) }),
			"Tick":      reflect.ValueOf(func(d time.Duration) <-chan time.Time { m.alarm.Store(never); return time.Tick(d) }),
		},
		"os/signal/signal": {"Notify": m.alarming(signal.Notify), "NotifyContext": m.alarming(signal.NotifyContext)},
		"context/context": {
			"WithTimeout":       m.alarming(context.WithTimeout),
			"WithTimeoutCause":  m.alarming(context.WithTimeoutCause),
			"WithDeadline":      m.alarming(context.WithDeadline),
			"WithDeadlineCause": m.alarming(context.WithDeadlineCause),
		},
	}
}

// alarming is the function f, after which anything may wake a goroutine.
func (m *Machine) alarming(f any) reflect.Value {
	v := reflect.ValueOf(f)
	return reflect.MakeFunc(v.Type(), func(in []reflect.Value) []reflect.Value {
		m.alarm.Store(never)
		if v.Type().IsVariadic() {
			return v.CallSlice(in)
		}
		return v.Call(in)
	})
}
