package kernel

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestPrograms runs whole programs as cells. What they must print was written by
// the same programs, compiled: go run x.go > x.out.
func TestPrograms(t *testing.T) {
	files, err := filepath.Glob("cell/testdata/programs/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("no programs: %v", err)
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".go"), func(t *testing.T) {
			code, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			want, err := os.ReadFile(strings.TrimSuffix(name, ".go") + ".out")
			if err != nil {
				t.Fatal(err)
			}
			compare(t, runProgram(t, string(code)), string(want))
		})
	}
}

// runProgram runs a program as one cell and returns what it prints.
func runProgram(t *testing.T, code string) string {
	t.Helper()
	var out buffer
	captured, err := startCapture(&out, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	defer captured.close()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	e := newEvaluator(drained{&out, captured}, io.Discard, deaf{})
	if _, err := e.Eval(ctx, 1, code); err != nil {
		t.Error(whole(err))
	}
	captured.drain()
	return out.String()
}

// compare reports the lines that differ.
func compare(t *testing.T, got, want string) {
	t.Helper()
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(a), len(b)) {
		var x, y string
		if i < len(a) {
			x = a[i]
		}
		if i < len(b) {
			y = b[i]
		}
		if x != y {
			t.Errorf("line %d:\n got %q\nwant %q", i+1, x, y)
		}
	}
}
