//go:build unix

package kernel

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// TestParent: a kernel whose parent has ended, ends. The parent is a kernel too, one
// of whose cells starts the other; its end shows in a pipe that only it holds.
func TestParent(t *testing.T) {
	dir := t.TempDir()
	pipe := filepath.Join(dir, "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() {
		f, err := os.Open(pipe)
		if err == nil {
			_, err = io.Copy(io.Discard, f)
		}
		ended <- err
	}()
	s := start(t)
	s.expect(fmt.Sprintf(`connection := filepath.Join(%q, "connection.json")
os.WriteFile(connection, []byte(%q), 0o600)
pipe, err := os.OpenFile(%q, os.O_WRONLY, 0)
child := exec.Command(%q)
child.Stdout = pipe
child.Env = append(os.Environ(), "GRADBOOK_TEST_CONNECTION="+connection, fmt.Sprint("JPY_PARENT_PID=", os.Getpid()))
fmt.Println(err, child.Start(), pipe.Close())`, dir, `{"transport": "tcp", "ip": "127.0.0.1", "key": ""}`, pipe, os.Args[0]),
		"stdout <nil> <nil> <nil>\n")
	select {
	case err := <-ended:
		t.Fatalf("the child ended before its parent: %v", err)
	default:
	}
	if err := s.Shutdown(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; err != nil { // or the test's own time limit
		t.Error(err)
	}
}
