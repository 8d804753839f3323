package kernel

import (
	"fmt"
	"io"
	"os"
)

// A capture is what a process writes to its file descriptors 1 and 2, brought to
// the cell that runs: output of compiled code, of child processes, and of a
// cell's own os.Stdout.
//
// Text that interpreted code prints does not go through the descriptors, so two
// roads lead to one output. To keep the order in which things were written, drain
// is called before anything else is put on the output: it takes over all that the
// descriptors hold at that moment.
type capture struct {
	streams []*capturedStream
}

// startCapture redirects the process's standard output and error to the two
// writers until close. It returns the files that were there before, since the
// kernel's own last words belong where the process was started.
func startCapture(stdout, stderr io.Writer) (*capture, error) {
	c := &capture{}
	for _, s := range []struct {
		file *os.File
		to   io.Writer
	}{{os.Stdout, stdout}, {os.Stderr, stderr}} {
		stream, err := newCapturedStream(s.file, s.to)
		if err != nil {
			c.close()
			return nil, fmt.Errorf("kernel: redirecting %s: %w", s.file.Name(), err)
		}
		c.streams = append(c.streams, stream)
	}
	return c, nil
}

// drain passes on everything written to the descriptors before it was called.
func (c *capture) drain() {
	if c == nil {
		return
	}
	for _, s := range c.streams {
		s.drain()
	}
}

// close puts the descriptors back as they were, after a last drain.
func (c *capture) close() {
	for _, s := range c.streams {
		s.drain()
		s.close()
	}
}
