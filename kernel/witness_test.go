//go:build unix

package kernel

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

func TestReason(t *testing.T) {
	for _, test := range []struct{ words, want string }{
		{"fatal error: concurrent map writes\n\ngoroutine 7 [running]:\nmain.f()\n", "fatal error: concurrent map writes"},
		{"a child said this\nfatal error: fault\n[signal SIGSEGV: segmentation violation]\n\nruntime stack:\n", "fatal error: fault\n[signal SIGSEGV: segmentation violation]"},
		{"panic: assignment to entry in nil map\n\ngoroutine 1 [running]:\n", "panic: assignment to entry in nil map"},
		{"goroutine 7 [running]:\nmain.f()\n", "fatal error"},
	} {
		if got := reason(test.words); got != test.want {
			t.Errorf("of %q: %q, want %q", test.words, got, test.want)
		}
	}
}

// TestAwaitHearsMoreThanAPipeHolds: a runtime whose standard error is full would never end.
func TestAwaitHearsMoreThanAPipeHolds(t *testing.T) {
	crash, crashEnd := osPipe(t)
	stderr, stderrEnd := osPipe(t)
	var want strings.Builder
	go func() {
		defer crashEnd.Close()
		fmt.Fprintln(stderrEnd, "fatal error: fault")
		for i := range 20_000 {
			fmt.Fprintln(stderrEnd, "frame", i)
			fmt.Fprintln(crashEnd, "frame", i)
		}
	}()
	want.WriteString("fatal error: fault\n")
	for i := range 20_000 {
		fmt.Fprintln(&want, "frame", i)
	}
	if got := await(crash, stderr); got != want.String() {
		t.Errorf("heard %d bytes, want %d", len(got), want.Len())
	}
}

// TestAwaitLeavesALivingKernelItsOutput: what the kernel can still read is not ours.
func TestAwaitLeavesALivingKernelItsOutput(t *testing.T) {
	crash, crashEnd := osPipe(t)
	stderr, stderrEnd := osPipe(t)
	fmt.Fprint(stderrEnd, "for the cell")
	crashEnd.Close()
	if got := await(crash, stderr); got != "" {
		t.Errorf("took %q", got)
	}
	if left := string(unread(stderr)); left != "for the cell" {
		t.Errorf("left %q", left)
	}
}

func osPipe(t *testing.T) (read, write *os.File) {
	t.Helper()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { read.Close(); write.Close() })
	return read, write
}
