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
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"gradbook/kernel/interp"
)

// differentialSeed makes the programs: the same ones everywhere.
const differentialSeed = 20260716

// fromEnv is a number that a variable of the environment sets.
func fromEnv(t *testing.T, name string, otherwise uint64) uint64 {
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}

// TestCellsLikeCompiledGo writes random programs, runs each as cells and as compiled
// Go, and compares all that they print. GRADBOOK_PROGRAMS says how many, GRADBOOK_SEED which.
func TestCellsLikeCompiledGo(t *testing.T) {
	n, seed := fromEnv(t, "GRADBOOK_PROGRAMS", 60), fromEnv(t, "GRADBOOK_SEED", differentialSeed)
	programs := make([]written, n)
	for i := range programs {
		programs[i] = generate(seed, i)
	}
	want := compiled(t, programs)
	got := make([]string, n)
	next := make(chan int)
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := range next {
				got[i] = asCells(t.Context(), programs[i])
			}
		})
	}
	for i := range programs {
		next <- i
	}
	close(next)
	wg.Wait()
	differences := 0
	for i := range programs {
		if got[i] != want[i] {
			if differences++; differences <= 20 {
				t.Errorf("program %d of seed %d: %s\ncells:\n%s", i, seed, firstDifference(got[i], want[i]),
					strings.Join(programs[i].cells, "\n-- cell --\n"))
			}
		}
	}
	t.Logf("%d programs, %d differences", n, differences)
}

// firstDifference tells the first line that differs.
func firstDifference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("line %d:\n got %q\nwant %q", i+1, a[i], b[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d; the last: %q, want %q", len(a), len(b), a[len(a)-1], b[len(b)-1])
}

// asCells runs a program as cells. A panic ends it, as it ends a compiled program.
func asCells(ctx context.Context, w written) string {
	var out buffer
	e := newEvaluator(&out, io.Discard, deaf{})
	for i, code := range w.cells {
		limited, cancel := context.WithTimeout(ctx, 60*time.Second)
		result, err := e.Eval(limited, i+1, code)
		cancel()
		if err != nil {
			text := err.Error()
			if p := (*interp.Panic)(nil); errors.As(err, &p) && p.Name() == "panic" {
				text = e.session.Registry().Text(p.Value)
			}
			fmt.Fprintf(&out, "panic: %s\n", text)
			break
		}
		if result != nil {
			fmt.Fprintf(&out, "=> %v\n", result.Data["text/plain"])
		}
	}
	return out.String()
}

// batch is how many programs share a binary: so many that the linker runs rarely, and
// so few that two compilers have work.
const batch = 300

// compiled builds the programs and returns what each prints.
func compiled(t *testing.T, programs []written) []string {
	t.Helper()
	goTool, err := exec.LookPath("go")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("no Go toolchain to compare with")
		}
		t.Skip("no Go toolchain to compare with")
	}
	dir := t.TempDir()
	save(t, filepath.Join(dir, "go.mod"), "module programs\n\ngo 1.26\n")
	for i, w := range programs {
		save(t, filepath.Join(dir, fmt.Sprintf("batch%d", i/batch), fmt.Sprintf("program%d.go", i)), w.source)
	}
	var outputs []string
	for first := 0; first < len(programs); first += batch {
		last := min(first+batch, len(programs))
		save(t, filepath.Join(dir, fmt.Sprintf("batch%d", first/batch), "main.go"), mainOf(first, last))
	}
	build := exec.CommandContext(t.Context(), goTool, "build", "-o", filepath.Join(dir, "bin")+string(filepath.Separator), "./...")
	build.Dir = dir
	build.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off", "CGO_ENABLED=0")
	if text, err := build.CombinedOutput(); err != nil {
		t.Fatalf("the programs do not compile: %v\n%s", err, text)
	}
	for first := 0; first < len(programs); first += batch {
		text, err := exec.CommandContext(t.Context(), filepath.Join(dir, "bin", fmt.Sprintf("batch%d%s", first/batch, exeSuffix()))).Output()
		if err != nil {
			t.Fatalf("the compiled programs: %v", err)
		}
		outputs = append(outputs, strings.Split(strings.TrimSuffix(string(text), ending), ending)...)
	}
	if len(outputs) != len(programs) {
		t.Fatalf("%d programs ran, want %d", len(outputs), len(programs))
	}
	return outputs
}

func exeSuffix() string {
	if runtime.GOOS == "windows" {
		return ".exe"
	}
	return ""
}

// ending is what follows the output of each compiled program.
const ending = "\x00end of program\x00"

// mainOf runs programs one after the other.
func mainOf(first, last int) string {
	var b strings.Builder
	b.WriteString("package main\n\nimport \"fmt\"\n\nfunc one(program func()) {\n\tdefer fmt.Print(" + strconv.Quote(ending) + ")\n" +
		"\tdefer func() {\n\t\tif r := recover(); r != nil {\n\t\t\tfmt.Println(\"panic:\", r)\n\t\t}\n\t}()\n\tprogram()\n}\n\nfunc main() {\n")
	for i := first; i < last; i++ {
		fmt.Fprintf(&b, "\tone(Program%d)\n", i)
	}
	b.WriteString("}\n")
	return b.String()
}

func save(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
