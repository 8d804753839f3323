package kernel

import (
	"strings"
	"testing"
)

// Programs that sleep for ever end in Go's own words, and leave the variables.
func TestDeadlocks(t *testing.T) {
	n := newNotebook(t)
	n.shows("keep := 7\nc := make(chan int)", "")
	for _, code := range []string{
		"select {}", "c <- 1", "<-c", "for range c {}", "select { case <-c: case c <- 1: }", "go func() { <-c }()\nselect {}",
		"var none chan int\n<-none", "var wg sync.WaitGroup\nwg.Add(1)\nwg.Wait()", "var mu sync.Mutex\nmu.Lock()\nmu.Lock()",
		"var rw sync.RWMutex\nrw.RLock()\nrw.Lock()", "var rw sync.RWMutex\nrw.Lock()\nrw.RLock()",
		"cond := sync.NewCond(&sync.Mutex{})\ncond.L.Lock()\ncond.Wait()",
		"func() { defer func() { recover() }(); <-c }()",
	} {
		n.fails(code, "fatal error: all goroutines are asleep - deadlock!")
		n.shows("keep", "7")
	}
	n.shows("go func() { c <- 3 }()\n<-c", "3")
}

// What a timer, a sleeper or compiled code will wake is no deadlock.
func TestNoDeadlock(t *testing.T) {
	n := newNotebook(t)
	for _, code := range []string{
		"<-time.After(1500 * time.Millisecond)\n7",
		"done := make(chan int)\ngo func() { time.Sleep(1500 * time.Millisecond); done <- 7 }()\n<-done",
		"r, w := io.Pipe()\nline := make(chan string)\ngo func() { s, _ := bufio.NewReader(r).ReadString('\\n'); line <- s }()\n" +
			"go func() { time.Sleep(1500 * time.Millisecond); fmt.Fprintln(w, 7) }()\nstrings.TrimSpace(<-line)",
		"ctx, cancel := context.WithTimeout(context.Background(), 1500 * time.Millisecond)\ndefer cancel()\n<-ctx.Done()\n7",
	} {
		n.shows(code, "7")
	}
}

// Unlocking what is not locked ends a compiled program; a cell fails with its words,
// which no recover stops.
func TestUnlockOfUnlocked(t *testing.T) {
	n := newNotebook(t)
	n.shows("keep := 7", "")
	for code, want := range map[string]string{
		"var mu sync.Mutex\nmu.Unlock()":                                      "line 2: fatal error: sync: unlock of unlocked mutex",
		"var s struct { sync.Mutex }\ns.Unlock()":                             "line 2: fatal error: sync: unlock of unlocked mutex",
		"var mu sync.Mutex\nmu.Lock()\ndefer mu.Unlock()\nmu.Unlock()":        "fatal error: sync: unlock of unlocked mutex",
		"var rw sync.RWMutex\nrw.Unlock()":                                    "line 2: fatal error: sync: Unlock of unlocked RWMutex",
		"var rw sync.RWMutex\nrw.RUnlock()":                                   "line 2: fatal error: sync: RUnlock of unlocked RWMutex",
		"func() { defer func() { recover() }(); new(sync.Mutex).Unlock() }()": "fatal error: sync: unlock of unlocked mutex",
	} {
		n.fails(code, want)
		n.shows("keep", "7")
	}
	n.shows("var ok sync.RWMutex\nok.RLock()\nok.RLock()\nok.RUnlock()\nok.RUnlock()\nok.Lock()\nok.Unlock()\nok.TryLock()", "true")
}

// A waiter that was interrupted takes no signal from those that come later.
func TestSignalsAfterInterrupt(t *testing.T) {
	n := newNotebook(t)
	n.shows("var mu sync.Mutex\ncond := sync.NewCond(&mu)", "")
	n.fails("mu.Lock()\ncond.Wait()", "deadlock")
	n.shows("ready := false\ngo func() { mu.Lock(); ready = true; mu.Unlock(); cond.Signal() }()\n"+
		"mu.Lock()\nfor !ready { cond.Wait() }\nmu.Unlock()\nready", "true")
}

// The first line of a failure is bold and red, as a compile error's is.
func TestFailuresAreBold(t *testing.T) {
	n := newNotebook(t)
	for _, code := range []string{"panic(1)", "os.Exit(1)", "errors.New(\"e\")\nstrconv.Atoi(\"x\")"} {
		_, err := n.eval(code)
		if first := describe(err).Traceback[0]; !strings.HasPrefix(first, "\x1b[31m\x1b[1m") {
			t.Errorf("%s: %q, want it bold and red", code, first)
		}
	}
}
