package zmtp

import (
	"cmp"
	"errors"
	"time"

	"gradbook/kernel/zmtp/curve"
)

// Options tune a socket. The zero value is right for a kernel.
type Options struct {
	// MaxMessage bounds one incoming message, in bytes, all frames together.
	// A peer that announces more is cut before memory is taken for it.
	// 0 means 1 GiB.
	MaxMessage int64

	// Queue bounds what waits for one peer, in bytes, in each direction.
	// A message that finds the queue empty is always taken, whatever its size.
	// 0 means 64 MiB.
	Queue int

	// Handshake is how long a new connection may take until it is open.
	// 0 means 10 seconds.
	Handshake time.Duration

	// HalfOpen is how many connections may be in their handshake at once; when
	// one more comes the oldest is dropped. 0 means 256.
	HalfOpen int

	// Stall is how long a peer may take no byte while somebody waits for room
	// in its queue, or for the socket to close; then it is cut. When nobody
	// waits it costs only its bounded queue and is given twelve times as long:
	// a client that was suspended comes back to find everything.
	// 0 means 5 seconds.
	Stall time.Duration

	// Curve, if not nil, are the keys with which a socket that listens encrypts.
	// A client that does not encrypt is then refused.
	Curve *curve.Keys

	// Trouble, if not nil, is told why a peer was refused or cut. A peer that
	// just leaves is no trouble. It is called from many goroutines.
	Trouble func(error)
}

// withDefaults is the one place where a zero acquires its meaning.
func (o Options) withDefaults() Options {
	o.MaxMessage = cmp.Or(o.MaxMessage, 1<<30)
	o.Queue = cmp.Or(o.Queue, 64<<20)
	o.Handshake = cmp.Or(o.Handshake, 10*time.Second)
	o.HalfOpen = cmp.Or(o.HalfOpen, 256)
	o.Stall = cmp.Or(o.Stall, 5*time.Second)
	if o.Trouble == nil {
		o.Trouble = func(error) {}
	}
	return o
}

// Errors of sending and of peers that were cut.
var (
	// ErrClosed says that the socket was closed before.
	ErrClosed = errors.New("zmtp: socket is closed")

	// ErrNoPeer says that nobody of that identity is connected.
	ErrNoPeer = errors.New("zmtp: no such peer")

	// ErrSlow says that a peer was cut because it does not read what it is sent.
	ErrSlow = errors.New("zmtp: peer does not read")

	// ErrTooLong says that a peer announced more than Options.MaxMessage.
	ErrTooLong = errors.New("zmtp: message too long")

	// ErrMalformed says that a peer sent what is not ZMTP.
	ErrMalformed = errors.New("zmtp: malformed frame")
)
