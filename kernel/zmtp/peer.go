package zmtp

import (
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"sync"
	"time"

	"github.com/go-zeromq/zmq4"
	"github.com/go-zeromq/zmq4/security/null"
)

// linger is how long a connection that has sent everything waits for the other
// side to close first. A close with something unread would make the system reset
// the connection, and what the peer has not read yet would be lost.
const linger = 250 * time.Millisecond

// A peer is one open connection. Three goroutines serve it: read fills inbox,
// deliver empties it, write empties outbox into the socket.
type peer struct {
	id     string // identity, claimed or given
	conn   *zmq4.Conn
	guard  *guard
	inbox  *queue
	outbox *queue
	topics topics // what it subscribed to; used by Publisher only

	cutting sync.Once
	why     error         // set by cut, before gone is closed
	gone    chan struct{} // closed when the connection is
	drained chan struct{} // closed when write ended
}

// open performs the handshake on c, within o.Handshake. On error c is closed.
func open(c net.Conn, kind zmq4.SocketType, identity string, server bool, o Options) (*peer, error) {
	p := &peer{
		inbox:   newQueue(o.Queue),
		outbox:  newQueue(o.Queue),
		gone:    make(chan struct{}),
		drained: make(chan struct{}),
	}
	var w io.Writer = &patient{conn: c, stall: o.Stall, awaited: p.outbox.awaited}
	plain := c
	if o.Curve != nil && server {
		encrypted := o.Curve.Server(c, w, o.MaxMessage)
		plain, w = encrypted, encrypted
	}
	p.guard = newGuard(plain, w)
	err := c.SetDeadline(time.Now().Add(o.Handshake))
	if err == nil {
		p.conn, err = shake(p.guard, kind, identity, server)
	}
	if err == nil {
		err = c.SetDeadline(time.Time{})
	}
	if err != nil {
		_ = c.Close() // err says more
		return nil, err
	}
	p.guard.open(o.MaxMessage, p.command)
	return p, nil
}

// shake is zmq4's handshake. Its parser of metadata indexes past the end of a
// short property and its table of socket types panics on an unknown one, so a
// panic here is the peer's mistake and must not be ours.
func shake(g *guard, kind zmq4.SocketType, identity string, server bool) (conn *zmq4.Conn, err error) {
	defer func() {
		if r := recover(); r != nil {
			conn, err = nil, fmt.Errorf("%w: handshake: %v", ErrMalformed, r)
		}
	}()
	conn, err = zmq4.Open(g, null.Security(), kind, zmq4.SocketIdentity(identity), server, nil)
	if err != nil {
		return nil, fmt.Errorf("zmtp: handshake: %w", err)
	}
	return conn, g.w.Flush()
}

// run serves the connection until it ends; left is called then. What came before
// the end is still delivered, which may take longer.
func (p *peer) run(handle func([][]byte), left func()) {
	var all sync.WaitGroup
	all.Go(func() { p.deliver(handle) })
	all.Go(p.write)
	p.read()
	left()
	all.Wait()
}

// read ends when the connection does. A closed inbox only means that nobody
// listens any more: reading goes on so that the peer can finish.
func (p *peer) read() {
	for {
		m, err := p.conn.RecvMsg()
		if err != nil {
			p.inbox.close()
			p.cut(err)
			return
		}
		p.inbox.put(parcel{frames: m.Frames})
	}
}

func (p *peer) deliver(handle func([][]byte)) {
	for {
		m, _, ok := p.inbox.take()
		if !ok {
			return
		}
		handle(m.frames)
	}
}

// write is the only goroutine that sends. It flushes when the outbox is empty, so
// many small messages share a system call and a lone one leaves at once.
func (p *peer) write() {
	defer close(p.drained)
	for {
		m, more, ok := p.outbox.take()
		if !ok {
			p.finish()
			return
		}
		err := p.send(m)
		if err == nil && !more {
			err = p.guard.w.Flush()
			p.outbox.rest()
		}
		if err != nil {
			p.cut(err)
			return
		}
	}
}

func (p *peer) send(m parcel) error {
	if m.name != "" {
		return p.conn.SendCmd(m.name, m.frames[0])
	}
	return p.conn.SendMsg(zmq4.NewMsgFrom(m.frames...))
}

// finish ends the sending half, so that the peer reads to the end of what was
// sent, and the connection when the peer has ended its own half.
func (p *peer) finish() {
	if half, ok := p.guard.Conn.(interface{ CloseWrite() error }); ok && half.CloseWrite() == nil {
		select {
		case <-p.gone:
		case <-time.After(linger):
		}
	}
	p.cut(nil)
}

// cut ends the connection at once, and with it read and write. The first reason
// given is kept.
func (p *peer) cut(why error) {
	p.cutting.Do(func() {
		p.why = why
		_ = p.guard.Close() // nothing more is expected of it
		close(p.gone)
		p.inbox.close() // wakes read if it waits for room
		p.outbox.discard()
	})
}

// command takes what the guard keeps from zmq4. PING is answered with its context
// and ends there; the 3.1 forms of subscribing become their 3.0 messages.
func (p *peer) command(name string, body []byte) error {
	switch name {
	case zmq4.CmdPing:
		if len(body) < 2 {
			return fmt.Errorf("%w: PING of %d bytes, want a time to live of 2", ErrMalformed, len(body))
		}
		if !p.outbox.force(parcel{name: zmq4.CmdPong, frames: [][]byte{body[2:]}}) {
			return ErrSlow
		}
	case zmq4.CmdSubscribe:
		p.inbox.put(parcel{frames: [][]byte{append([]byte{1}, body...)}})
	case zmq4.CmdCancel:
		p.inbox.put(parcel{frames: [][]byte{append([]byte{0}, body...)}})
	case zmq4.CmdError:
		return fmt.Errorf("%w: peer reports %.80q", ErrMalformed, body)
	}
	return nil
}

// ordinary reports whether err is just the way connections end.
func ordinary(err error) bool {
	for _, end := range slices.Concat(resets, []error{nil, io.EOF, net.ErrClosed, io.ErrUnexpectedEOF, zmq4.ErrClosedConn}) {
		if errors.Is(err, end) {
			return true
		}
	}
	return false
}
