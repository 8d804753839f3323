package zmtp

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"net"
)

// Flags of a frame, and sizes of ZMTP 3 (https://rfc.zeromq.org/spec/23).
const (
	flagMore    = 1 << 0
	flagLong    = 1 << 1
	flagCommand = 1 << 2

	greetingSize = 64

	// maxCommand bounds a command, the handshake's metadata among them.
	maxCommand = 64 << 10

	// buffer is the size of both buffers of an open connection. One that shakes
	// hands has small ones: thousands may come that never do more.
	buffer          = 32 << 10
	handshakeBuffer = 512

	// prompt is the size up to which a frame is handed on as it arrives.
	// Memory for a longer one is taken as its bytes come, not as announced.
	prompt = 1 << 20
)

// A guard stands between a connection and zmq4, which allocates whatever length
// a frame announces. It lets bytes through frame by frame, refuses a frame that
// would make its message too long, and keeps commands to itself once the
// handshake is over: zmq4 answers a PING without its context, and from the
// reading goroutine, where only write may send.
//
// Reading and writing may happen at the same time, each from one goroutine.
type guard struct {
	net.Conn
	r  *bufio.Reader
	to io.Writer     // a patient
	w  *bufio.Writer // ends there; flushed by write, in the handshake by Read

	// command takes the commands of an open connection. It is nil during the
	// handshake, when they are zmq4's.
	command func(name string, body []byte) error

	max     uint64   // of a message
	message uint64   // size of the present message so far
	header  []byte   // of a frame; checked, not yet read by zmq4
	left    uint64   // bytes of body that may pass directly
	held    [][]byte // body of a long frame, complete
}

func newGuard(c net.Conn, w io.Writer) *guard {
	return &guard{
		Conn: c,
		r:    bufio.NewReaderSize(c, handshakeBuffer),
		to:   w,
		w:    bufio.NewWriterSize(w, handshakeBuffer),
		max:  maxCommand,
		left: greetingSize,
	}
}

// open ends the handshake: messages may now be long, and commands go to command.
// What the handshake wrote last must have been flushed.
func (g *guard) open(max int64, command func(string, []byte) error) {
	g.max, g.command = uint64(max), command
	g.r, g.w = bufio.NewReaderSize(g.r, buffer), bufio.NewWriterSize(g.to, buffer)
}

// Write buffers. Whoever writes flushes when it has no more to say.
func (g *guard) Write(p []byte) (int, error) { return g.w.Write(p) }

// Read gives zmq4 what it may see.
func (g *guard) Read(p []byte) (int, error) {
	if g.command == nil && g.w.Buffered() > 0 { // a handshake takes turns
		if err := g.w.Flush(); err != nil {
			return 0, err
		}
	}
	for len(p) > 0 {
		switch {
		case len(g.header) > 0:
			n := copy(p, g.header)
			g.header = g.header[n:]
			return n, nil
		case len(g.held) > 0:
			return g.readHeld(p), nil
		case g.left > 0:
			n, err := g.r.Read(p[:min(uint64(len(p)), g.left)])
			g.left -= uint64(n)
			return n, err
		}
		if err := g.next(); err != nil {
			return 0, err
		}
	}
	return 0, nil
}

// readHeld passes on a long frame chunk by chunk, and lets go of each.
func (g *guard) readHeld(p []byte) int {
	n := copy(p, g.held[0])
	if g.held[0] = g.held[0][n:]; len(g.held[0]) == 0 {
		g.held[0] = nil
		g.held = g.held[1:]
	}
	return n
}

// next reads the header of a frame and decides about it.
func (g *guard) next() error {
	header, size, err := g.readHeader()
	if err != nil {
		return err
	}
	flags := header[0]
	if flags&^(flagMore|flagLong|flagCommand) != 0 || flags&flagCommand != 0 && flags&flagMore != 0 {
		return fmt.Errorf("%w: flags %#x", ErrMalformed, flags)
	}
	if flags&flagCommand != 0 && g.command != nil {
		return g.readCommand(size)
	}
	// size is compared alone first, since the sum could overflow.
	if size > g.max || g.message+size > g.max {
		return fmt.Errorf("%w: a frame of %d bytes, at most %d allowed", ErrTooLong, size, g.max-min(g.max, g.message))
	}
	if g.message += size + overhead; flags&flagMore == 0 {
		g.message = 0
	}
	if size > prompt {
		g.held, err = hold(g.r, size)
	} else {
		g.left = size
	}
	g.header = header
	return err
}

// readHeader returns the flags with the length as they came, and the length.
func (g *guard) readHeader() (header []byte, size uint64, err error) {
	header = make([]byte, 9)
	if _, err := io.ReadFull(g.r, header[:2]); err != nil {
		return nil, 0, err
	}
	if header[0]&flagLong == 0 {
		return header[:2], uint64(header[1]), nil
	}
	if _, err := io.ReadFull(g.r, header[2:]); err != nil {
		return nil, 0, unexpected(err)
	}
	return header, binary.BigEndian.Uint64(header[1:]), nil
}

// readCommand hands a whole command to g.command.
func (g *guard) readCommand(size uint64) error {
	if size == 0 || size > maxCommand {
		return fmt.Errorf("%w: a command of %d bytes, want 1 to %d", ErrMalformed, size, maxCommand)
	}
	body := make([]byte, size)
	if _, err := io.ReadFull(g.r, body); err != nil {
		return unexpected(err)
	}
	name := int(body[0])
	if name >= len(body) {
		return fmt.Errorf("%w: a command name of %d bytes in %d", ErrMalformed, name, len(body)-1)
	}
	return g.command(string(body[1:1+name]), body[1+name:])
}

// hold reads size bytes in chunks, so that half a message of a gigabyte costs
// what was sent of it and not a gigabyte.
func hold(r io.Reader, size uint64) ([][]byte, error) {
	var chunks [][]byte
	for size > 0 {
		chunk := make([]byte, min(size, prompt))
		if _, err := io.ReadFull(r, chunk); err != nil {
			return nil, unexpected(err)
		}
		chunks = append(chunks, chunk)
		size -= uint64(len(chunk))
	}
	return chunks, nil
}

// unexpected turns the end of the stream inside a frame into what it is.
func unexpected(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}
