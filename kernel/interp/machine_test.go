package interp

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/traefik/yaegi/stdlib"
)

// A harness is a machine with a package test, by which interpreted code tells how
// far it has come.
type harness struct {
	*Machine
	stderr  safeBuffer
	reached chan string
	gate    chan bool // test.Block waits for it, in compiled code
	count   atomic.Int64
}

// safeBuffer is a buffer that goroutines share.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *safeBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

func newHarness(t *testing.T, change func(*Options)) *harness {
	t.Helper()
	h := &harness{reached: make(chan string, 100), gate: make(chan bool)}
	o := Options{Stderr: &h.stderr, Symbols: []Symbols{stdlib.Symbols, {"test/test": {
		"Reached": reflect.ValueOf(func(s string) { h.reached <- s }),
		"Count":   reflect.ValueOf(func() { h.count.Add(1) }),
		"Block":   reflect.ValueOf(func() { h.reached <- "in"; <-h.gate }),
	}}}}
	if change != nil {
		change(&o)
	}
	m, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	h.Machine = m
	h.load(t, `import run "gradbook/run"; import test "test"; import time "time"; import sync "sync"
var _ = time.Now; var _ sync.Mutex
var x int
var next func() int
var kept func() int`)
	return h
}

// load loads declarations. A function named cell becomes the one to call.
func (h *harness) load(t *testing.T, source string) func() {
	t.Helper()
	f, err := h.Load(t.Context(), "package main\n"+source)
	if err != nil {
		t.Fatalf("%v in\n%s", err, source)
	}
	return f
}

var cells atomic.Int64

// cell loads statements as the body of a function.
func (h *harness) cell(t *testing.T, body string) func() {
	t.Helper()
	name := fmt.Sprintf("cell_%d", cells.Add(1))
	return h.load(t, "func "+name+"() {\n/*line In[7]/_.go:3:1*/"+body+"\n}\nfunc init() { run.Entry("+name+") }")
}

// run runs statements to their end.
func (h *harness) run(t *testing.T, body string) error {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	return h.Call(ctx, h.cell(t, body))
}

// int reads a variable.
func (h *harness) int(t *testing.T, expr string) int {
	t.Helper()
	if err := h.run(t, "test.Reached(time.Duration("+expr+").String())"); err != nil {
		t.Fatal(err)
	}
	d, err := time.ParseDuration(<-h.reached)
	if err != nil {
		t.Fatal(err)
	}
	return int(d)
}

func TestVariablesOutliveCalls(t *testing.T) {
	h := newHarness(t, nil)
	if err := h.run(t, "x = 41"); err != nil {
		t.Fatal(err)
	}
	if err := h.run(t, "x++"); err != nil {
		t.Fatal(err)
	}
	if got := h.int(t, "x"); got != 42 {
		t.Errorf("x is %d, want 42", got)
	}
}

// interrupts are cells that do not end by themselves. Each says when it is where
// the interrupt shall meet it.
var interrupts = []struct{ name, code string }{
	{"endless loop", `test.Reached("in"); for { x++ }`},
	{"closure in a loop", `test.Reached("in"); for { func() { x++ }() }`},
	{"nested loops", `test.Reached("in"); for { for i := 0; i < 10; i++ { x++ } }`},
	{"channel receive", `c := make(chan int); test.Reached("in"); <-c; x = -1`},
	{"channel send", `c := make(chan int); test.Reached("in"); c <- 1; x = -1`},
	{"range over channel", `c := make(chan int); test.Reached("in"); for v := range c { x = v }; x = -1`},
	{"select", `a, b := make(chan int), make(chan int); test.Reached("in"); select { case <-a: case b <- 1: }; x = -1`},
	{"empty select", `test.Reached("in"); run.Forever(); x = -1`},
	{"sleep", `test.Reached("in"); time.Sleep(time.Hour); x = -1`},
	{"closure of an earlier cell", `test.Reached("in"); kept(); x = -1`},
	{"mutex", `var mu sync.Mutex; mu.Lock(); test.Reached("in"); run.Lock(&mu); x = -1`},
	{"wait group", `var wg sync.WaitGroup; wg.Add(1); test.Reached("in"); run.Wait(&wg); x = -1`},
	{"goroutine", `var wg sync.WaitGroup; wg.Add(1); f := func() { test.Reached("in"); for { x++ } }; run.Go(f); run.Wait(&wg); x = -1`},
	{"deferred", `d := run.Defers(); run.Protect(d, func() { test.Reached("in"); for { x++ } }); x = -1`},
}

func TestInterrupt(t *testing.T) {
	for _, tt := range interrupts {
		t.Run(tt.name, func(t *testing.T) {
			h := newHarness(t, nil)
			if err := h.run(t, `n := 0; next = func() int { n++; return n }
c := make(chan int); kept = func() int { v := <-c; return v }`); err != nil {
				t.Fatal(err)
			}
			before := h.id.get()
			ctx, cancel := context.WithCancel(t.Context())
			go func() { <-h.reached; cancel() }()
			err := h.Call(ctx, h.cell(t, tt.code))
			var interrupted *Interrupted
			if !errors.As(err, &interrupted) || interrupted.Stuck {
				t.Fatalf("got error %v, want that it was interrupted", err)
			}
			if !errors.Is(err, context.Canceled) {
				t.Errorf("error %v does not wrap %v", err, context.Canceled)
			}
			if h.id.get() != before {
				t.Errorf("run id is %d, want it restored to %d", h.id.get(), before)
			}
			x := h.int(t, "x")
			if x < 0 {
				t.Error("the cell went on after the interrupt")
			}
			if got := h.int(t, "next()"); got != 1 {
				t.Errorf("a closure made before the interrupt returns %d, want 1", got)
			}
			if again := h.int(t, "x"); again != x {
				t.Errorf("x went from %d to %d: something still runs", x, again)
			}
		})
	}
}

// A closure that waits for a channel must work after an interrupt as before.
func TestChannelsAfterInterrupt(t *testing.T) {
	h := newHarness(t, nil)
	h.load(t, "var c = make(chan int)")
	if err := h.run(t, `kept = func() int { v := <-c; w := v; return w }`); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-h.reached; cancel() }()
	_ = h.Call(ctx, h.cell(t, `test.Reached("in"); kept()`))
	if err := h.run(t, `f := func() { c <- 5 }; run.Go(f); x = kept()`); err != nil {
		t.Fatal(err)
	}
	if got := h.int(t, "x"); got != 5 {
		t.Errorf("received %d, want 5", got)
	}
}

func TestStuckInCompiledCode(t *testing.T) {
	h := newHarness(t, func(o *Options) { o.Grace = time.Millisecond })
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-h.reached; cancel() }()
	err := h.Call(ctx, h.cell(t, `test.Block(); x = -1`))
	var interrupted *Interrupted
	if !errors.As(err, &interrupted) || !interrupted.Stuck {
		t.Fatalf("got %v, want an interrupted call that is stuck", err)
	}
	go func() { h.gate <- true }()
	next := h.cell(t, "x += 2")
	if err := h.Call(t.Context(), next); err != nil {
		t.Fatal(err)
	}
	if got := h.int(t, "x"); got != 2 {
		t.Errorf("x is %d, want 2: the stuck cell must not go on", got)
	}
}

func TestInterruptWhileIdleDoesNothing(t *testing.T) {
	h := newHarness(t, nil)
	ctx, cancel := context.WithCancel(t.Context())
	if err := h.Call(ctx, h.cell(t, "x = 1")); err != nil {
		t.Fatal(err)
	}
	cancel()
	if got := h.int(t, "x"); got != 1 {
		t.Errorf("x is %d, want 1", got)
	}
}

func TestBackgroundGoroutineGoesOn(t *testing.T) {
	h := newHarness(t, nil)
	h.load(t, "var in, out = make(chan int), make(chan int)")
	if err := h.run(t, `f := func() { for v := range in { out <- v * 2 } }; run.Go(f)`); err != nil {
		t.Fatal(err)
	}
	if err := h.run(t, "in <- 21; x = <-out"); err != nil {
		t.Fatal(err)
	}
	if got := h.int(t, "x"); got != 42 {
		t.Errorf("x is %d, want 42", got)
	}
}

func TestEndlessRecursion(t *testing.T) {
	h := newHarness(t, func(o *Options) { o.StackLimit = 32 << 20 })
	h.load(t, "func inf(n int) int { return inf(n+1) + 1 }")
	err := h.run(t, "x = 3; inf(0)")
	if err == nil || !strings.Contains(err.Error(), "stack overflow") {
		t.Fatalf("got %v, want a stack overflow", err)
	}
	if got := h.int(t, "x"); got != 3 {
		t.Errorf("x is %d, want 3", got)
	}
}

func TestLoadRefusesWhatDoesNotCompile(t *testing.T) {
	h := newHarness(t, nil)
	for _, source := range []string{"func f() { return 5 }", "func f() { if 1 {} }", "func f( {", "var y int = undefined"} {
		if _, err := h.Load(t.Context(), "package main\n"+source); err == nil {
			t.Errorf("%s: no error", source)
		}
	}
	if err := h.run(t, "x = 9"); err != nil {
		t.Errorf("after that: %v", err)
	}
}
