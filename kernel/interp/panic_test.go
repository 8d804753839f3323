package interp

import (
	"errors"
	"runtime"
	"strings"
	"testing"
)

// panicTests are statements and Go's own text for the panic that they end in.
var panicTests = []struct{ name, code, want string }{
	{"panic with a string", `run.Panic("boom")`, "boom"},
	{"nil map", `var m map[string]int; m["a"] = 1`, "assignment to entry in nil map"},
	{"nil pointer", `var p *struct{ A int }; x = p.A`, "runtime error: invalid memory address or nil pointer dereference"},
	{"index of a slice", `xs := []int{1}; i := 5; x = xs[i]`, "runtime error: index out of range [5] with length 1"},
	{"constant index", `xs := []int{1}; x = xs[3]`, "runtime error: index out of range [3] with length 1"},
	{"negative index", `xs := []int{1}; i := -1; x = xs[i]`, "runtime error: index out of range [-1]"},
	{"index of a string", `s := "ab"; i := 2; x = int(s[i])`, "runtime error: index out of range [2] with length 2"},
	{"assignment to an index", `xs := []int{1}; i := 1; xs[i] = 4`, "runtime error: index out of range [1] with length 1"},
	{"upper bound", `xs := []int{1, 2}; i := 5; xs = xs[:i]; x = len(xs)`, "runtime error: slice bounds out of range [:5] with capacity 2"},
	{"lower bound", `xs := []int{1, 2}; i := 2; j := 1; xs = xs[i:j]; x = len(xs)`, "runtime error: slice bounds out of range [2:1]"},
	{"bound of a string", `s := "ab"; i := 5; s = s[:i]; x = len(s)`, "runtime error: slice bounds out of range [:5] with length 2"},
	{"division", `i := 0; x = 1 / i`, "runtime error: integer divide by zero"},
	{"remainder", `i := 0; x = 1 % i`, "runtime error: integer divide by zero"},
	{"negative length", `n := -1; _ = make([]int, n)`, "runtime error: makeslice: len out of range"},
	{"nil function", `var f func(); f()`, "runtime error: invalid memory address or nil pointer dereference"},
	{"closed channel", `c := make(chan int); close(c); close(c)`, "close of closed channel"},
	{"send on a closed channel", `c := make(chan int, 1); close(c); c <- 1`, "send on closed channel"},
	{"in a closure", `f := func() { run.Panic("inner") }; f()`, "inner"},
}

func TestPanicSpeaksAsGoDoes(t *testing.T) {
	h := newHarness(t, nil)
	for _, tt := range panicTests {
		t.Run(tt.name, func(t *testing.T) {
			err := h.run(t, tt.code)
			var p *Panic
			if !errors.As(err, &p) {
				t.Fatalf("got %v, want a panic", err)
			}
			if p.Text != tt.want {
				t.Errorf("got %q, want %q", p.Text, tt.want)
			}
			if len(p.Frames) == 0 || p.Frames[0].Cell != 7 || p.Frames[0].Line != 3 {
				t.Errorf("frames %v, want the first in cell 7, line 3", p.Frames)
			}
			if want := "cell 7, line 3: panic: " + tt.want; err.Error() != want {
				t.Errorf("error %q, want %q", err, want)
			}
		})
	}
}

func TestFramesTellTheCalls(t *testing.T) {
	h := newHarness(t, nil)
	h.load(t, `func inner(xs []int) int {
/*line In[1]/_.go:2:2*/	x = 1
/*line In[1]/_.go:3:2*/	return xs[x]
}
func outer() int {
/*line In[2]/_.go:8:2*/	return inner(nil) + 1
}`)
	err := h.run(t, "x = outer()")
	var p *Panic
	if !errors.As(err, &p) {
		t.Fatal(err)
	}
	want := "cell 1, line 3; cell 2, line 8; cell 7, line 3"
	var got []string
	for _, f := range p.Frames {
		got = append(got, f.String())
	}
	if strings.Join(got, "; ") != want {
		t.Errorf("got %s, want %s", strings.Join(got, "; "), want)
	}
	var re runtime.Error
	if !errors.As(err, &re) {
		t.Errorf("%v is no runtime.Error", err)
	}
}

func TestRecover(t *testing.T) {
	h := newHarness(t, nil)
	err := h.run(t, `d := run.Defers()
run.Protect(d, func() {
	f := func() { if run.Recover() != nil { x = 1 } }
	run.Defer(d, f)
	run.Panic("stop me")
})
x += 10`)
	if err != nil {
		t.Fatal(err)
	}
	if got := h.int(t, "x"); got != 11 {
		t.Errorf("x is %d, want 11", got)
	}
}

func TestPanicInDeferredCallTakesOver(t *testing.T) {
	h := newHarness(t, nil)
	err := h.run(t, `d := run.Defers()
run.Protect(d, func() {
	last := func() { x = 5 }
	run.Defer(d, last)
	f := func() { run.Panic("second") }
	run.Defer(d, f)
	run.Panic("first")
})`)
	if err == nil || !strings.Contains(err.Error(), "second") {
		t.Errorf("got %v, want the second panic", err)
	}
	if got := h.int(t, "x"); got != 5 {
		t.Errorf("x is %d, want 5: the first deferred call must still be made", got)
	}
}

func TestPanicInGoroutineIsReported(t *testing.T) {
	h := newHarness(t, nil)
	err := h.run(t, `var wg sync.WaitGroup; wg.Add(1)
f := func() { d := run.Defers(); run.Protect(d, func() { g := wg.Done; run.Defer(d, g); run.Panic("behind the scenes") }) }
run.Go(f); wg.Wait(); x = 4`)
	if err != nil {
		t.Fatal(err)
	}
	// The report comes when the goroutine ends, which is after Done: another call
	// that interrupts nothing does not wait for it, so we wait for the text.
	for !strings.Contains(h.stderr.String(), "behind the scenes (in a goroutine)") {
		runtime.Gosched()
	}
	if got := h.int(t, "x"); got != 4 {
		t.Errorf("x is %d, want 4", got)
	}
}

func TestExitEndsTheCall(t *testing.T) {
	h := newHarness(t, nil)
	h.load(t, `import os "os"; import runtime "runtime"`)
	err := h.run(t, `d := run.Defers()
run.Protect(d, func() { f := func() { run.Recover() }; run.Defer(d, f); os.Exit(3) })
x = -1`)
	var exit *Exit
	if !errors.As(err, &exit) || !strings.Contains(err.Error(), "exit status 3") {
		t.Errorf("got %v, want exit status 3", err)
	}
	if err := h.run(t, "runtime.Goexit(); x = -1"); err != nil {
		t.Errorf("runtime.Goexit: %v, want that the call just ends", err)
	}
	if got := h.int(t, "x"); got != 0 {
		t.Errorf("x is %d, want 0: nothing runs after the end", got)
	}
}
