package zmtp

import (
	"context"
	"net"

	"github.com/go-zeromq/zmq4"
)

// A Message is one message from a peer.
type Message struct {
	Peer   []byte   // where an answer goes: see Router.Send
	Frames [][]byte // without the peer's identity; the receiver's to keep
}

// A Router is a ROUTER socket: it receives from everyone and answers each by
// identity. Shell, control and stdin are routers.
//
// A peer that sends faster than it is served fills its own inbox and is then no
// longer read; the others take turns with it, one message each. A peer that does
// not read its answers is cut when its outbox is full.
type Router struct {
	server   *server
	messages chan Message
}

// NewRouter serves l, which it takes over, until Close.
func NewRouter(l net.Listener, o Options) *Router {
	// The channel has no buffer on purpose: senders to it wait in a fair queue,
	// which is what makes peers take turns.
	r := &Router{messages: make(chan Message)}
	r.server = newServer(l, zmq4.Router, o, r.deliver)
	r.server.start()
	return r
}

func (r *Router) deliver(p *peer, frames [][]byte) {
	select {
	case r.messages <- Message{Peer: []byte(p.id), Frames: frames}:
	case <-r.server.stop:
	}
}

// Messages is where messages arrive. It is closed at the end of Close.
func (r *Router) Messages() <-chan Message { return r.messages }

// Send queues frames for a peer and returns at once. The frames must not be
// changed afterwards. It fails with ErrNoPeer when the peer has left, ErrSlow when
// it had to be cut and ErrClosed after Close.
func (r *Router) Send(peer []byte, frames [][]byte) error { return r.server.sendTo(peer, frames) }

// Addr is the address served, with the port the system has chosen.
func (r *Router) Addr() net.Addr { return r.server.listener.Addr() }

// Close stops receiving, waits until everything sent is with the peers' systems,
// and closes all connections. When ctx ends first it cuts the rest and returns the
// context's error. It is called once.
func (r *Router) Close(ctx context.Context) error {
	err := r.server.close(ctx)
	close(r.messages)
	return err
}
