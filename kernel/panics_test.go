package kernel

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gradbook/kernel/interp"
)

// panicTypes are declared before each of the panics.
const panicTypes = `type MyInt int
type MyFloat float64
type MyBool bool
type MyString string
type MyErr struct{ N int }
func (e MyErr) Error() string { return fmt.Sprint("my error ", e.N) }
type Str struct{ N int }
func (s Str) String() string { return fmt.Sprint("str ", s.N) }
type Day int
func (d Day) String() string { return "day" }
type Code int
func (c *Code) Error() string { return fmt.Sprint("code ", int(*c)) }
type Pt struct{ X, Y int }
`

// panics are statements that panic. What the cell says must be what a compiled program
// says with its last words.
var panics = []string{
	`panic("boom")`, `panic("two\nlines")`, `panic(4)`, `panic(MyInt(-4))`, `panic(3.5)`, `panic(float32(0.1))`, `panic(1e21)`,
	`panic(MyFloat(3.5))`, `panic(true)`, `panic(MyBool(false))`, `panic(complex(1, -2))`, `panic('x')`, `panic(byte(7))`,
	`panic(MyString("a\nb"))`, `panic(errors.New("bad"))`, `panic(fmt.Errorf("outer: %w", errors.New("inner")))`,
	`panic(fmt.Sprintf("n=%d", 3))`, `panic(MyErr{3})`, `panic(&MyErr{3})`, `c := Code(5); panic(&c)`, `panic(Str{3})`, `panic(&Str{3})`,
	`panic(Day(2))`, `panic(time.Second)`, `panic(errors.Join(errors.New("a"), errors.New("b")))`, `panic(nil)`, `var e error; panic(e)`,
	`var p *Pt; panic(p)`, `_, err := os.Open("no/such"); panic(err)`, `log.New(io.Discard, "", 0).Panicf("n=%d", 3)`,
	`var m map[string]int; m["a"] = 1`, `xs := []int{1}; i := 5; _ = xs[i]`, `a, b := 1, 0; _ = a / b`, `n := -1; _ = 1 << n`,
	`var x any = MyInt(3); _ = x.(int)`, `var x any = Pt{}; _ = x.(fmt.Stringer)`, `var x any; _ = x.(int)`,
	`m := map[any]int{}; m[[]int{1}] = 2`, `var a, b any = []int{1}, []int{1}; _ = a == b`, `_ = strings.Repeat("x", -1)`,
	`for range func(yield func() bool) { yield(); yield() } { break }`, `for range func(yield func() bool) { _ = yield() && yield() && yield() } { continue }; panic("out")`,
	`var y func() bool; for range func(yield func() bool) { y = yield } { }; y()`,

	// What is raised in a deferred call, and raised again.
	`defer func() { panic("second") }(); panic("first")`,
	`defer func() { panic("third") }(); defer func() { panic("second") }(); panic("first")`,
	`defer func() { var m map[string]int; m["a"] = 1 }(); panic("first")`,
	`defer func() { recover(); panic("second") }(); panic("first")`,
	`defer func() { panic(fmt.Sprint("again: ", recover())) }(); panic("first")`,
	`defer func() { panic(recover()) }(); panic("first")`,
	`defer func() { panic(recover()) }(); panic(MyInt(4))`,
	`defer func() { panic(recover()) }(); xs := []int{}; i := 3; _ = xs[i]`,
	`defer func() { panic(recover()) }(); defer func() { panic(recover()) }(); panic("first")`,
	`defer func() { panic(recover()) }(); defer func() { panic("second") }(); panic("first")`,
	`defer func() { panic("third") }(); defer func() { panic(recover()) }(); panic("first")`,
	`xs := []int{}; i, j := 3, 4; defer func() { recover(); panic(xs[i]) }(); panic(xs[j])`,
	`defer func() { func() { defer func() { recover() }(); panic("inner") }(); panic("second") }(); panic("first")`,
	`defer func() { panic("second") }(); func() { defer func() { recover() }(); panic("zero") }(); panic("first")`,
	`defer func() { defer func() { panic("third") }(); panic("second") }(); panic("first")`,
	`defer func() { defer func() { recover() }(); panic("second") }(); panic("first")`,
	`defer func() { recover(); defer func() { panic("third") }(); panic("second") }(); panic("first")`,
	`defer func() { panic(errors.New("second\nline")) }(); panic(MyInt(4))`,
}

func TestPanicsLikeCompiledGo(t *testing.T) {
	want := lastWords(t)
	for i, code := range panics {
		e := newEvaluator(io.Discard, io.Discard, deaf{})
		if _, err := e.Eval(t.Context(), 1, panicTypes); err != nil {
			t.Fatal(err)
		}
		_, err := e.Eval(t.Context(), 2, code)
		var p *interp.Panic
		if !errors.As(err, &p) {
			t.Errorf("%s: got %v, want a panic", code, err)
		} else if got := p.Said(); got != want[i] {
			t.Errorf("%s: got\n%s\nwant\n%s", code, got, want[i])
		}
	}
}

// lastWords compiles the panics and returns what each program ends with.
func lastWords(t *testing.T) []string {
	t.Helper()
	var b strings.Builder
	b.WriteString("package main\n\nimport (\n\"errors\"\n\"fmt\"\n\"io\"\n\"log\"\n\"os\"\n\"strings\"\n\"time\"\n)\n\n" + panicTypes)
	b.WriteString("func main() {\nswitch os.Args[1] {\n")
	for i, code := range panics {
		fmt.Fprintf(&b, "case \"%d\":\nfunc() { %s }()\n", i, code)
	}
	b.WriteString("}\n}\nvar _ = []any{strings.Repeat, time.Second, io.Discard, log.Print}\n")
	goTool, err := exec.LookPath("go")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("no Go toolchain to compare with")
		}
		t.Skip("no Go toolchain to compare with")
	}
	dir := t.TempDir()
	save(t, filepath.Join(dir, "main.go"), b.String())
	save(t, filepath.Join(dir, "go.mod"), "module panics\n\ngo 1.26\n")
	program := filepath.Join(dir, "panics"+exeSuffix())
	build := exec.CommandContext(t.Context(), goTool, "build", "-o", program, ".")
	build.Dir = dir
	if text, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	words := make([]string, len(panics))
	for i := range panics {
		text, _ := exec.CommandContext(t.Context(), program, strconv.Itoa(i)).CombinedOutput()
		words[i], _, _ = strings.Cut(string(text), "\n\ngoroutine ")
		words[i], _, _ = strings.Cut(words[i], "\n[signal ")
	}
	return words
}

// Values that Go writes as an address, which says nothing.
func TestPanicsWithOtherValues(t *testing.T) {
	for code, want := range map[string]string{
		`panic(Pt{1, 2})`:           "panic: (main.Pt) {1 2}",
		`panic([]int{1})`:           "panic: ([]int) [1]",
		`panic(struct{ A int }{1})`: "panic: (struct { A int }) {1}",
	} {
		e := newEvaluator(io.Discard, io.Discard, deaf{})
		_, err := e.Eval(t.Context(), 1, panicTypes+code)
		var p *interp.Panic
		if !errors.As(err, &p) || p.Said() != want {
			t.Errorf("%s: got %v, want %s", code, err, want)
		}
	}
}

// ends are cells that end otherwise than by a panic of their own goroutine, and what is
// shown of it: where it was, the innermost place first.
var ends = []struct {
	name  string
	cells []string
	want  string
}{
	{"exit", []string{"func leave() {\n\tdefer fmt.Print()\n\tos.Exit(3)\n}", "leave()"},
		"exit status 3 (the kernel lives on)\n  cell 1, line 3  os.Exit(3)\n  cell 2, line 1  leave()"},
	{"fatal", []string{"func leave() {\n\tlog.Fatal(1)\n}", "\nleave()"},
		"exit status 1 (the kernel lives on)\n  cell 1, line 2  log.Fatal(1)\n  cell 2, line 2  leave()"},
	{"deadlock", []string{"func wait(c chan int) int {\n\treturn <-c\n}", "go wait(nil)\nwait(make(chan int))"},
		"fatal error: all goroutines are asleep - deadlock!\n  cell 1, line 2  return <-c\n  cell 2, line 2  wait(make(chan int))"},
	{"deadlock of a mutex", []string{"var mu sync.Mutex\nmu.Lock()\nmu.Lock()"},
		"fatal error: all goroutines are asleep - deadlock!\n  cell 1, line 3  mu.Lock()"},
	{"endless recursion", []string{"func down(n int) int {\n\treturn down(n+1) + 1\n}", "down(0)"},
		"fatal error: stack overflow: the recursion does not end (goroutine stack exceeds the limit)\n  cell 1, line 2  return down(n+1) + 1"},
	{"panic in a deferred call", []string{"func clean() {\n\tpanic(\"second\")\n}\nfunc work() {\n\tdefer clean()\n\tpanic(\"first\")\n}", "work()"},
		"panic: first\n\tpanic: second\n  cell 1, line 2  panic(\"second\")\n  cell 1, line 5  defer clean()\n  cell 1, line 6  panic(\"first\")\n  cell 2, line 1  work()"},
}

// plainText takes the colours out of a traceback.
func plainText(lines []string) string {
	return strings.NewReplacer(red, "", bold, "", dim, "", plain, "").Replace(strings.Join(lines, "\n"))
}

// TestEndsNameTheirPlace plays each twice: what an endless recursion leaves behind must
// not be taken for another.
func TestEndsNameTheirPlace(t *testing.T) {
	for _, tt := range slices.Concat(ends, ends) {
		t.Run(tt.name, func(t *testing.T) {
			e := newEvaluator(io.Discard, io.Discard, deaf{})
			var err error
			for i, code := range tt.cells {
				_, err = e.Eval(t.Context(), i+1, code)
			}
			var f *failedCell
			if !errors.As(err, &f) {
				t.Fatalf("got %v, want a failed cell", err)
			}
			if got := plainText(f.Traceback()); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

// An interrupt tells where the cell was: here in a call that comes back when it is there.
func TestInterruptNamesItsPlace(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	var e *evaluator
	e = newEvaluator(writerFunc(func() {
		cancel()
		<-e.machine.Context().Done()
	}), io.Discard, deaf{})
	_, err := e.Eval(ctx, 1, "func say() {\n\tfmt.Println()\n}\nsay()")
	var f *failedCell
	if !errors.As(err, &f) {
		t.Fatalf("got %v, want a failed cell", err)
	}
	if got, want := plainText(f.Traceback()), "interrupted\n  cell 1, line 2  fmt.Println()\n  cell 1, line 4  say()"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// A writerFunc is called at each write.
type writerFunc func()

func (f writerFunc) Write(p []byte) (int, error) {
	f()
	return len(p), nil
}

// A goroutine that panics shows all its frames.
func TestGoroutineShowsItsFrames(t *testing.T) {
	var stderr buffer
	e := newEvaluator(io.Discard, &stderr, deaf{})
	for i, code := range []string{"func get(xs []int) int {\n\treturn xs[3]\n}", "var wg sync.WaitGroup\nwg.Go(func() {\n\tget(nil)\n})\nwg.Wait()"} {
		if _, err := e.Eval(t.Context(), i+1, code); err != nil {
			t.Fatal(err)
		}
	}
	want := "panic: runtime error: index out of range [3] with length 0 (in a goroutine)\n  cell 1, line 2  return xs[3]\n  cell 2, line 3  get(nil)\n"
	for !strings.Contains(stderr.String(), "get(nil)") { // the report comes when the goroutine has ended
		runtime.Gosched()
	}
	if got := plainText([]string{stderr.String()}); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
