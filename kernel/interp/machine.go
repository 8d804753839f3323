package interp

import (
	"context"
	"fmt"
	"go/parser"
	"io"
	"reflect"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"github.com/traefik/yaegi/interp"
)

// Symbols are compiled packages: import path and name, joined by a slash, to the
// name of a symbol to its value. It is yaegi's interp.Exports.
type Symbols = map[string]map[string]reflect.Value

// Options describe what surrounds the interpreted code. The zero value has no
// packages and discards output.
type Options struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Symbols        []Symbols

	// Describe tells the text of a value that someone panics with; nil is fmt's.
	Describe func(v any) string

	// Report tells the user of a goroutine that has ended with an error; nil writes
	// the error to Stderr.
	Report func(error)

	// Grace is how long an interrupt waits for what is called in compiled code to
	// return before it reports that something is stuck; 0 means two seconds.
	Grace time.Duration

	// StackLimit is how much stack all goroutines together may use before the call
	// is stopped as an endless recursion; 0 means 256 MB.
	StackLimit uint64
}

// A Machine runs interpreted Go. Load and Call must not overlap.
type Machine struct {
	options Options
	yaegi   *interp.Interpreter
	id      runID
	wake    chan struct{} // yaegi gives up waiting for a channel when it receives from this
	layout  nodeFields

	stopping  atomic.Bool // the call is on its way out
	entry     func()      // what the source that is being loaded gave to run.Entry
	unwinding unwinding
	strangers map[string]bool // goroutines that are not ours
	alarm     atomic.Int64    // until when something may wake goroutines, in Unix nanoseconds

	mu      sync.Mutex
	current *run            // the last call
	stuck   <-chan struct{} // closed when an interrupted call has ended at last; nil if there is none
}

// maxStack is far beyond any limit of ours: Go ends the process when it is reached.
const maxStack = 4 << 30

// New makes a machine with the packages of the options, and package run.
func New(o Options) (*Machine, error) {
	if o.Stdout == nil {
		o.Stdout = io.Discard
	}
	if o.Stderr == nil {
		o.Stderr = io.Discard
	}
	if o.Grace == 0 {
		o.Grace = 2 * time.Second
	}
	if o.StackLimit == 0 {
		o.StackLimit = 256 << 20
	}
	if o.Describe == nil {
		o.Describe = func(v any) string { return fmt.Sprint(v) }
	}
	if o.Report == nil {
		o.Report = func(err error) { fmt.Fprintln(o.Stderr, err) }
	}
	debug.SetMaxStack(maxStack)
	m := &Machine{options: o, strangers: strangers()}
	m.yaegi = interp.New(interp.Options{Stdin: o.Stdin, Stdout: o.Stdout, Stderr: io.Discard, Unrestricted: true})
	if err := m.openUp(); err != nil {
		return nil, err
	}
	for _, s := range append(o.Symbols, m.runPackage(), m.overrides(o.Symbols)) {
		if err := m.Use(s); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// Use makes compiled packages known, or replaces symbols of known ones.
func (m *Machine) Use(s Symbols) error {
	if err := m.yaegi.Use(interp.Exports(s)); err != nil {
		return fmt.Errorf("interp: %w", err)
	}
	return nil
}

// Value is the value of a variable that a loaded file declares.
func (m *Machine) Value(name string) (value any, ok bool) {
	v, ok := m.yaegi.Globals()[name]
	if !ok || !v.IsValid() || !v.CanInterface() {
		return nil, false
	}
	return v.Interface(), true
}

// openUp finds what we use of yaegi's inside.
func (m *Machine) openUp() error {
	var ok bool
	if m.id, ok = runIDOf(m.yaegi); !ok {
		return fmt.Errorf("interp: this version of yaegi keeps its run id elsewhere")
	}
	var err error
	if m.layout, err = layout(); err != nil {
		return err
	}
	// One execution with a context makes yaegi listen to a channel whenever it waits
	// for another. We never close that channel, but send to it: closures keep it.
	p, err := m.yaegi.Compile("package main")
	if err == nil {
		_, err = m.yaegi.ExecuteWithContext(context.Background(), p)
	}
	if err != nil {
		return fmt.Errorf("interp: %w", err)
	}
	if m.wake, ok = doneOf(m.yaegi); !ok {
		return fmt.Errorf("interp: this version of yaegi keeps its channel elsewhere")
	}
	return nil
}

// Load compiles a file of package main and makes what it declares known. It runs
// the file's init function, which may give the function to call to run.Entry; that
// is returned, or nil. Load waits for an interrupted call that has not ended: see
// Call.
func (m *Machine) Load(ctx context.Context, source string) (entry func(), err error) {
	if err := m.waitForStuck(ctx); err != nil {
		return nil, err
	}
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("interp: the interpreter failed to compile: %v", r)
		}
	}()
	// The interpreter keeps imports by the base name of the file, so every file has
	// the same. It is also the base name in positions.
	f, err := parser.ParseFile(m.yaegi.FileSet(), "_.go", source, parser.SkipObjectResolution)
	if err != nil {
		return nil, fmt.Errorf("interp: %w", err)
	}
	p, err := m.yaegi.CompileAST(f)
	if err != nil {
		return nil, fmt.Errorf("interp: %w", err)
	}
	if err = m.instrument(rootOf(p), m.layout); err != nil {
		return nil, fmt.Errorf("interp: %w", err)
	}
	m.entry = nil
	if _, err = m.yaegi.Execute(p); err != nil {
		return nil, fmt.Errorf("interp: %w", err)
	}
	return m.entry, nil
}
