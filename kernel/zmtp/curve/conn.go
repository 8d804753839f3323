package curve

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"net"

	"golang.org/x/crypto/nacl/box"
)

// A Conn is a connection whose peer speaks CURVE and whose owner speaks NULL. One
// goroutine may read while another writes; during the handshake they must take
// turns, beginning with a write of the greeting.
type Conn struct {
	net.Conn
	w    io.Writer // where encrypted bytes go
	r    *bufio.Reader
	keys *Keys
	max  uint64 // of an encrypted frame

	metadata []byte // the client's; nil before the handshake
	shared   key    // derived from C' and s', or c' and S'
	received uint64 // the counter of the last nonce from the client
	sent     uint64 // the counter of our last nonce

	plain   []byte // decrypted and not yet read
	written []byte // written and not yet encrypted: part of a frame
	greeted bool   // our greeting was written
	open    bool   // READY was sent
}

// sealing is how many bytes a frame grows by when it is encrypted: the command's
// name, the nonce's counter, the box and the flags.
const sealing = 8 + 8 + box.Overhead + 1

// Server wraps a connection that a client has opened. Encrypted bytes are written
// to w, which ends at c; a frame may have max bytes before it is encrypted.
//
// A peer that is refused ends the first Read with an ErrRefused.
func (k *Keys) Server(c net.Conn, w io.Writer, max int64) *Conn {
	return &Conn{Conn: c, w: w, r: bufio.NewReaderSize(c, 32<<10), keys: k, max: uint64(max) + sealing}
}

// full reads all of p.
func (c *Conn) full(p []byte) error {
	_, err := io.ReadFull(c.r, p)
	return err
}

// Read gives what the peer sent, decrypted: a greeting of the mechanism NULL, READY
// with the client's metadata, and then its frames.
func (c *Conn) Read(p []byte) (int, error) {
	for len(c.plain) == 0 {
		if err := c.fill(); err != nil {
			return 0, err
		}
	}
	n := copy(p, c.plain)
	if c.plain = c.plain[n:]; len(c.plain) == 0 {
		c.plain = nil // a long frame is not to be kept
	}
	return n, nil
}

// fill decrypts the next frame.
func (c *Conn) fill() error {
	if c.metadata == nil {
		if err := c.shake(); err != nil {
			return err
		}
		ready := append([]byte("\x05READY"), c.metadata...)
		c.plain = append(appendHeader(greeting("NULL", 0), command, len(ready)), ready...)
		return nil
	}
	flags, body, err := readFrame(c.r, c.max)
	if err != nil {
		return err
	}
	if flags&^command != 0 || len(body) < sealing || !bytes.HasPrefix(body, []byte("\x07MESSAGE")) {
		return refused("%.12q with flags %#x, want a MESSAGE", body, flags)
	}
	short := body[8:16]
	n := binary.BigEndian.Uint64(short)
	if n <= c.received {
		return refused("nonce %d after %d", n, c.received)
	}
	c.received = n
	// The header that the frame has without encryption goes before it. It is
	// written last, into room left for it, since its flags are in the box.
	const room = 9
	opened, ok := box.OpenAfterPrecomputation(make([]byte, room-1, room-1+len(body)), body[16:], nonce("CurveZMQMESSAGEC", short), &c.shared)
	if !ok {
		return refused("a MESSAGE that cannot be opened")
	}
	var plainFlags byte
	if opened[room-1]&1 != 0 {
		plainFlags |= more
	}
	if opened[room-1]&2 != 0 {
		plainFlags |= command
	}
	header := appendHeader(nil, plainFlags, len(opened)-room)
	c.plain = opened[room-len(header):]
	copy(c.plain, header)
	return nil
}

// Write encrypts whole frames and keeps what is left. The greeting is not passed on,
// since ours was another, and READY becomes the READY of CurveZMQ.
func (c *Conn) Write(p []byte) (int, error) {
	c.written = append(c.written, p...)
	if !c.greeted {
		if len(c.written) < sizeGreeting {
			return len(p), nil
		}
		c.written, c.greeted = c.written[sizeGreeting:], true
	}
	left := c.written
	for {
		flags, size, rest, ok := cutHeader(left)
		if !ok || uint64(len(rest)) < size {
			break
		}
		if err := c.pass(flags, rest[:size]); err != nil {
			return 0, err
		}
		left = rest[size:]
	}
	if len(left) < len(c.written) {
		c.written = bytes.Clone(left) // lets go of the frames before
	}
	return len(p), nil
}

// pass sends one frame.
func (c *Conn) pass(flags byte, body []byte) error {
	if !c.open {
		metadata, ok := bytes.CutPrefix(body, []byte("\x05READY"))
		if flags != command || !ok {
			return refused("we have sent %.12q before READY", body)
		}
		c.open = true
		return c.ready(metadata)
	}
	var sealed byte
	if flags&more != 0 {
		sealed |= 1
	}
	if flags&command != 0 {
		sealed |= 2
	}
	c.sent++
	short := counter(c.sent)
	frame := appendHeader(make([]byte, 0, 9+sealing+len(body)), 0, sealing+len(body))
	frame = append(append(frame, "\x07MESSAGE"...), short...)
	frame = box.SealAfterPrecomputation(frame, append([]byte{sealed}, body...), nonce("CurveZMQMESSAGES", short), &c.shared)
	_, err := c.w.Write(frame)
	return err
}

// CloseWrite ends the sending half, where the connection has halves.
func (c *Conn) CloseWrite() error {
	if half, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return net.ErrClosed
}
