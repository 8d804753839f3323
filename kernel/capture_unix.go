//go:build unix

package kernel

import (
	"io"
	"os"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// A capturedStream is one descriptor that now ends in a pipe. The pipe is read in
// two places, by pump as text arrives and by drain on demand; mu makes a read and
// the delivery of what it read one step, so neither can overtake the other.
type capturedStream struct {
	fd    int // the redirected descriptor
	saved int // where it led before
	read  *os.File
	raw   syscall.RawConn
	to    io.Writer
	done  chan struct{} // closed by pump as it ends

	mu  sync.Mutex
	buf []byte // guarded by mu
}

func newCapturedStream(file *os.File, to io.Writer) (*capturedStream, error) {
	s := &capturedStream{fd: int(file.Fd()), to: to, buf: make([]byte, 64<<10), done: make(chan struct{})}
	var err error
	if s.saved, err = unix.Dup(s.fd); err != nil {
		return nil, err
	}
	unix.CloseOnExec(s.saved)
	read, write, err := os.Pipe()
	if err != nil {
		unix.Close(s.saved)
		return nil, err
	}
	defer write.Close() // the descriptor keeps the pipe open
	s.read = read
	if err := unix.Dup2(int(write.Fd()), s.fd); err != nil {
		return nil, err
	}
	if s.raw, err = read.SyscallConn(); err != nil {
		return nil, err
	}
	go s.pump()
	return s, nil
}

// lastWordsPause is the time between the arrival of text and its delivery. In it a Go
// runtime that ends the process stops all goroutines, and what it has said stays in
// the pipe, for the witness.
const lastWordsPause = time.Millisecond

// pump delivers text as it arrives, so that output shows while a cell runs.
func (s *capturedStream) pump() {
	defer close(s.done)
	s.raw.Read(func(fd uintptr) bool {
		if s.fd == syscall.Stderr {
			time.Sleep(lastWordsPause)
		}
		return s.take(fd)
	})
}

// drain delivers what the pipe holds now.
func (s *capturedStream) drain() {
	s.raw.Control(func(fd uintptr) { s.take(fd) })
}

// take moves everything that can be read without waiting, and reports whether
// the pipe has ended.
func (s *capturedStream) take(fd uintptr) (ended bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		n, err := unix.Read(int(fd), s.buf)
		switch {
		case n > 0:
			s.to.Write(s.buf[:n])
		case err == unix.EINTR:
		case err == unix.EAGAIN:
			return false
		default:
			return true
		}
	}
}

func (s *capturedStream) close() {
	unix.Dup2(s.saved, s.fd) // the last writer of the pipe goes, and with it the pump
	<-s.done
	unix.Close(s.saved)
	s.read.Close()
}
