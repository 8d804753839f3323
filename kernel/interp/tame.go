package interp

import (
	"bytes"
	"context"
	"net"
	"net/http"
	"os/exec"
	"reflect"
	"sort"
)

// Compiled code does not know of interrupts. Here are versions of what notebooks wait
// for longest: what calls back may stop in the call, and what waits for somebody else
// is closed or killed.

// endIfStopped ends the goroutine if its call was stopped. It is for compiled code
// that calls interpreted functions: once stopped those return at once, and sorting
// would go on with nothing.
func endIfStopped(ctx context.Context) {
	select {
	case <-ctx.Done():
		panic(&ending{})
	default:
	}
}

// less is the order that a sort asks for, until the call is stopped.
func (m *Machine) less(f func(i, j int) bool) func(i, j int) bool {
	ctx := m.currentContext()
	return func(i, j int) bool {
		endIfStopped(ctx)
		return f(i, j)
	}
}

// sorted is a collection that is sorted until the call is stopped.
type sorted struct {
	sort.Interface
	less func(i, j int) bool
}

func (s sorted) Less(i, j int) bool { return s.less(i, j) }

// sorting is a function of package sort, for collections with methods of cells.
func (m *Machine) sorting(f func(sort.Interface)) reflect.Value {
	return reflect.ValueOf(func(x sort.Interface) { f(sorted{x, m.less(x.Less)}) })
}

// slicing is a function of package sort, for slices.
func (m *Machine) slicing(f func(x any, less func(i, j int) bool)) reflect.Value {
	return reflect.ValueOf(func(x any, less func(i, j int) bool) { f(x, m.less(less)) })
}

// untilStopped calls what waits, and ends the wait when the call is stopped.
func (m *Machine) untilStopped(end func(), wait func() error) error {
	defer context.AfterFunc(m.currentContext(), end)()
	return wait()
}

// serve serves until the call is stopped.
func (m *Machine) serve(s *http.Server, by func(*http.Server) error) error {
	return m.untilStopped(func() { _ = s.Close() }, func() error { return by(s) }) // the error is by's to tell
}

// commandRun is exec.Cmd.Run.
func (m *Machine) commandRun(c *exec.Cmd) error {
	if err := c.Start(); err != nil {
		return err
	}
	return m.commandWait(c)
}

// commandWait is exec.Cmd.Wait.
func (m *Machine) commandWait(c *exec.Cmd) error {
	if c.Process == nil {
		return c.Wait() // it says what is wrong
	}
	return m.untilStopped(func() { _ = c.Process.Kill() }, c.Wait) // killing fails for one that has ended
}

// commandOutput is exec.Cmd.Output.
func (m *Machine) commandOutput(c *exec.Cmd) ([]byte, error) {
	if c.Stdout != nil {
		return c.Output() // it says what is wrong
	}
	var out, complaint bytes.Buffer
	c.Stdout = &out
	if c.Stderr == nil {
		c.Stderr = &complaint
	}
	err := m.commandRun(c)
	if exit, ok := err.(*exec.ExitError); ok {
		exit.Stderr = complaint.Bytes()
	}
	return out.Bytes(), err
}

// commandCombined is exec.Cmd.CombinedOutput.
func (m *Machine) commandCombined(c *exec.Cmd) ([]byte, error) {
	if c.Stdout != nil || c.Stderr != nil {
		return c.CombinedOutput() // it says what is wrong
	}
	var out bytes.Buffer
	c.Stdout, c.Stderr = &out, &out
	err := m.commandRun(c)
	return out.Bytes(), err
}

// tame are the functions and methods of compiled packages that loaded source calls
// by package run.
func (m *Machine) tame() map[string]reflect.Value {
	return map[string]reflect.Value{
		"SortSlice":       m.slicing(sort.Slice),
		"SortSliceStable": m.slicing(sort.SliceStable),
		"SortSort":        m.sorting(sort.Sort),
		"SortStable":      m.sorting(sort.Stable),

		"HTTPListen": reflect.ValueOf(func(address string, h http.Handler) error {
			return m.serve(&http.Server{Addr: address, Handler: h}, (*http.Server).ListenAndServe)
		}),
		"HTTPServe": reflect.ValueOf(func(l net.Listener, h http.Handler) error {
			return m.serve(&http.Server{Handler: h}, func(s *http.Server) error { return s.Serve(l) })
		}),
		"ServerListen": reflect.ValueOf(func(s *http.Server) error { return m.serve(s, (*http.Server).ListenAndServe) }),
		"ServerServe": reflect.ValueOf(func(s *http.Server, l net.Listener) error {
			return m.serve(s, func(s *http.Server) error { return s.Serve(l) })
		}),

		"CommandRun": reflect.ValueOf(m.commandRun), "CommandWait": reflect.ValueOf(m.commandWait),
		"CommandOutput": reflect.ValueOf(m.commandOutput), "CommandCombined": reflect.ValueOf(m.commandCombined),
	}
}
