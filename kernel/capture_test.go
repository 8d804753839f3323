package kernel

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
)

// A notepad is a bytes.Buffer that several goroutines may use.
type notepad struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (n *notepad) Write(p []byte) (int, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.b.Write(p)
}

func (n *notepad) String() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.b.String()
}

// TestCapture writes by turns to the descriptors and to the output itself. After
// each drain the text must stand in the order it was written, every time.
func TestCapture(t *testing.T) {
	var page notepad
	c, err := startCapture(&page, &page)
	if err != nil {
		t.Fatal(err)
	}
	var want strings.Builder
	for i := range 500 {
		for _, w := range []struct {
			name string
			to   func(string)
		}{
			{"out", func(s string) { os.Stdout.WriteString(s) }},
			{"err", func(s string) { os.Stderr.WriteString(s) }},
			{"direct", func(s string) { page.Write([]byte(s)) }},
		} {
			line := fmt.Sprintln(w.name, i)
			want.WriteString(line)
			w.to(line)
			c.drain()
		}
	}
	child := exec.Command("go", "version") // a child of the process writes there too
	child.Stdout = os.Stdout
	err = child.Run()
	c.close()
	if err != nil {
		t.Fatal(err)
	}
	got, ok := strings.CutPrefix(page.String(), want.String())
	if !ok || !strings.HasPrefix(got, "go version") {
		t.Errorf("captured %d bytes that end in %q, want %d bytes in order, then go version", len(page.String()), got, want.Len())
	}
}

// TestCaptureFlood writes far more than a pipe holds without reading anything.
func TestCaptureFlood(t *testing.T) {
	var page notepad
	c, err := startCapture(&page, &page)
	if err != nil {
		t.Fatal(err)
	}
	line := strings.Repeat("x", 999) + "\n"
	for range 2000 {
		os.Stdout.WriteString(line)
	}
	c.close()
	if got := len(page.String()); got != 2000*len(line) {
		t.Errorf("captured %d bytes, want %d", got, 2000*len(line))
	}
}
