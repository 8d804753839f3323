package curve

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// ErrRefused says that a peer does not speak CurveZMQ as the specification has it,
// or does not know the server's key.
var ErrRefused = errors.New("curve: peer refused")

// refused is an ErrRefused that says why.
func refused(format string, args ...any) error {
	return fmt.Errorf("%w: "+format, append([]any{ErrRefused}, args...)...)
}

// Flags of a frame (ZMTP, "Framing").
const (
	more    = 1 << 0
	long    = 1 << 1
	command = 1 << 2
)

// longest bounds a command of the handshake, whose metadata is a few dozen bytes.
const longest = 4 << 10

// appendHeader appends the header of a frame.
func appendHeader(to []byte, flags byte, size int) []byte {
	if size < 256 {
		return append(to, flags, byte(size))
	}
	return binary.BigEndian.AppendUint64(append(to, flags|long), uint64(size))
}

// cutHeader takes a header from the beginning of p. It reports false when not all
// of it is there.
func cutHeader(p []byte) (flags byte, size uint64, rest []byte, ok bool) {
	switch {
	case len(p) < 2:
		return 0, 0, p, false
	case p[0]&long == 0:
		return p[0], uint64(p[1]), p[2:], true
	case len(p) < 9:
		return 0, 0, p, false
	}
	return p[0] &^ long, binary.BigEndian.Uint64(p[1:9]), p[9:], true
}

// readFrame reads a frame of at most max bytes. Memory is taken as bytes come, not
// as the header announces them.
func readFrame(r io.Reader, max uint64) (flags byte, body []byte, err error) {
	header := make([]byte, 9)
	if _, err := io.ReadFull(r, header[:2]); err != nil {
		return 0, nil, err
	}
	if header[0]&long != 0 {
		if _, err := io.ReadFull(r, header[2:]); err != nil {
			return 0, nil, unexpected(err)
		}
	}
	flags, size, _, _ := cutHeader(header)
	if size > max {
		return 0, nil, refused("a frame of %d bytes, at most %d allowed", size, max)
	}
	var b bytes.Buffer
	b.Grow(int(min(size, longest)))
	if _, err := io.CopyN(&b, r, int64(size)); err != nil {
		return 0, nil, unexpected(err)
	}
	return flags, b.Bytes(), nil
}

// unexpected turns the end of the stream inside a frame into what it is.
func unexpected(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}
