package zmtp

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// socketPath is a path short enough for a Unix socket, which t.TempDir often is
// not.
func socketPath(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "gb")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return filepath.Join(dir, "s-1")
}

func TestListenAnswersOn(t *testing.T) {
	endpoints := []string{"tcp://127.0.0.1:0", "tcp://localhost:0", "tcp://*:0", "ipc://" + socketPath(t)}
	if l, err := net.Listen("tcp", "[::1]:0"); err == nil { // else this machine has no IPv6
		_ = l.Close()
		endpoints = append(endpoints, "tcp://[::1]:0")
	}
	for _, endpoint := range endpoints {
		t.Run(endpoint, func(t *testing.T) {
			l, err := Listen(endpoint)
			if err != nil {
				t.Fatal(err)
			}
			r := NewRouter(l, Options{})
			closing(t, r)
			serves(t, r)
		})
	}
}

func TestListenRefuses(t *testing.T) {
	for _, endpoint := range []string{"", "127.0.0.1:1", "udp://127.0.0.1:1", "inproc://x", "ipc://", "tcp://127.0.0.1", "tcp://127.0.0.1:http2"} {
		if l, err := Listen(endpoint); err == nil {
			t.Errorf("%q listens at %v", endpoint, l.Addr())
			_ = l.Close()
		}
	}
}

// TestStaleSocket: a killed kernel leaves its socket files, and its successor has
// the same paths.
func TestStaleSocket(t *testing.T) {
	path := socketPath(t)
	dead, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	dead.(*net.UnixListener).SetUnlinkOnClose(false) // as a kill does
	_ = dead.Close()
	if _, err := os.Lstat(path); err != nil {
		t.Fatalf("no stale socket to begin with: %v", err)
	}
	l, err := Listen("ipc://" + path)
	if err != nil {
		t.Fatal(err)
	}
	r := NewRouter(l, Options{})
	serves(t, r)

	if other, err := Listen("ipc://" + path); err == nil || !strings.Contains(err.Error(), "another process serves it") {
		t.Errorf("a socket that is served was taken over: %v, %v", other, err)
	}
	serves(t, r)
	if err := r.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Lstat(path); !os.IsNotExist(err) {
		t.Errorf("the socket file is left behind: %v", err)
	}
}

func TestListenKeepsOtherFiles(t *testing.T) {
	path := socketPath(t)
	if err := os.WriteFile(path, []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Listen("ipc://" + path); err == nil || !strings.Contains(err.Error(), "is no socket") {
		t.Errorf("error %v, want one that says it is no socket", err)
	}
	if got, err := os.ReadFile(path); err != nil || string(got) != "precious" {
		t.Errorf("the file is now %q, %v", got, err)
	}
}
