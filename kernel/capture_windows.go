package kernel

import (
	"io"
	"os"
	"sync"

	"golang.org/x/sys/windows"
)

// A capturedStream is one standard handle that now ends in a pipe.
//
// A Windows pipe cannot be asked for what it holds without waiting, so drain
// sends a marker through it and waits until pump has met the marker.
type capturedStream struct {
	handle uint32 // windows.STD_OUTPUT_HANDLE or STD_ERROR_HANDLE
	saved  *os.File
	read   *os.File
	write  *os.File
	to     io.Writer
	done   chan struct{} // closed by pump as it ends

	mu     sync.Mutex    // one drain at a time
	marker chan struct{} // pump met the marker
}

// drainMarker is text that no program prints: it begins with a NUL.
const drainMarker = "\x00gradbook:drained\x00"

func newCapturedStream(file *os.File, to io.Writer) (*capturedStream, error) {
	read, write, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	s := &capturedStream{handle: windows.STD_OUTPUT_HANDLE, saved: file, read: read, write: write, to: to,
		done: make(chan struct{}), marker: make(chan struct{})}
	if file == os.Stderr {
		s.handle = windows.STD_ERROR_HANDLE
	}
	s.point(write)
	go s.pump()
	return s, nil
}

// point makes f the process's standard output or error, for children as well as
// for this process.
func (s *capturedStream) point(f *os.File) {
	windows.SetStdHandle(s.handle, windows.Handle(f.Fd()))
	if s.handle == windows.STD_ERROR_HANDLE {
		os.Stderr = f
	} else {
		os.Stdout = f
	}
}

func (s *capturedStream) pump() {
	defer close(s.done)
	split := markerSplitter{marker: drainMarker}
	buf := make([]byte, 64<<10)
	for {
		n, err := s.read.Read(buf)
		for _, part := range split.parts(buf[:n]) {
			if part == nil {
				s.marker <- struct{}{}
				continue
			}
			s.to.Write(part)
		}
		if err != nil {
			return
		}
	}
}

func (s *capturedStream) drain() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, err := s.write.WriteString(drainMarker); err != nil {
		return
	}
	select {
	case <-s.marker:
	case <-s.done:
	}
}

func (s *capturedStream) close() {
	s.point(s.saved)
	s.write.Close()
	<-s.done
	s.read.Close()
}
