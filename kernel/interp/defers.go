package interp

import (
	"runtime"
	"sync"
)

// A Deferred is what a function has deferred so far, and its panic if it panics.
// Interpreted functions keep their own, since yaegi forgets calls when one of them
// panics and evaluates arguments late.
type Deferred struct {
	calls     []func()
	panicking bool
	value     any // of the panic
}

func newDefers() *Deferred { return &Deferred{} }

func deferCall(d *Deferred, call func()) { d.calls = append(d.calls, call) }

// unwinding holds what each goroutine unwinds, innermost last: recover asks which
// panic it stops.
type unwinding struct {
	mu     sync.Mutex
	stacks map[uint64][]*Deferred
}

func (u *unwinding) push(id uint64, d *Deferred) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.stacks == nil {
		u.stacks = map[uint64][]*Deferred{}
	}
	u.stacks[id] = append(u.stacks[id], d)
}

func (u *unwinding) pop(id uint64) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if s := u.stacks[id]; len(s) > 1 {
		u.stacks[id] = s[:len(s)-1]
	} else {
		delete(u.stacks, id)
	}
}

func (u *unwinding) top(id uint64) *Deferred {
	u.mu.Lock()
	defer u.mu.Unlock()
	if s := u.stacks[id]; len(s) > 0 {
		return s[len(s)-1]
	}
	return nil
}

// protect calls the body of a function and then what it has deferred, whether it
// returns or panics. It panics with what is not recovered.
func (m *Machine) protect(d *Deferred, body func()) {
	d.make(body)
	if len(d.calls) > 0 {
		id := goroutineID()
		m.unwinding.push(id, d)
		defer m.unwinding.pop(id)
	}
	for len(d.calls) > 0 {
		call := d.calls[len(d.calls)-1]
		d.calls = d.calls[:len(d.calls)-1]
		d.make(call)
	}
	if d.panicking {
		panic(d.value)
	}
}

// make calls the body, or what it has deferred. A panic takes the place of an
// earlier one, and remembers it.
func (d *Deferred) make(call func()) {
	under := d.current()
	defer func() {
		if r := recover(); r != nil {
			if _, ends := r.(*ending); !ends && under != nil {
				t, ok := r.(*thrown)
				if !ok {
					t = &thrown{value: translate(r)}
				}
				t.within(under, !d.panicking)
				r = t
			}
			d.panicking, d.value = true, r
		}
	}()
	call()
}

// current is the panic that the deferred calls are made for, or nil.
func (d *Deferred) current() *thrown {
	if !d.panicking {
		return nil
	}
	switch v := d.value.(type) {
	case *ending:
		return nil
	case *thrown:
		return v
	default:
		return &thrown{value: translate(v)}
	}
}

// throw is Go's panic.
func throw(v any) {
	if v == nil {
		v = new(runtime.PanicNilError)
	}
	panic(&thrown{value: v})
}

// recovered is Go's recover: the value of the panic that the running deferred call
// stops. What ends the call cannot be stopped.
func (m *Machine) recovered() any {
	d := m.unwinding.top(goroutineID())
	if d == nil || !d.panicking {
		return nil
	}
	switch r := d.value.(type) {
	case *ending:
		return nil
	case *thrown:
		if _, ok := r.value.(fatalError); ok {
			return nil
		}
		d.panicking, d.value = false, nil
		return r.value
	default:
		d.panicking, d.value = false, nil
		return translate(r)
	}
}

// continued is called when the function of a range loop calls the loop's body again
// after that has returned false (1), or after the loop has ended.
func continued(state int) {
	after := "whole loop exit"
	if state == 1 {
		after = "function for loop body returned false"
	}
	panic(runtimeError("range function continued iteration after " + after))
}

// goroutineID is the number of the goroutine, which Go tells in stack traces only.
func goroutineID() (id uint64) {
	var buffer [32]byte
	n := runtime.Stack(buffer[:], false)
	for _, c := range buffer[len("goroutine "):n] {
		if c < '0' || c > '9' {
			break
		}
		id = id*10 + uint64(c-'0')
	}
	return id
}
