package zmtp

import (
	"context"
	"net"

	"github.com/go-zeromq/zmq4"
)

// A Heartbeat sends every message back to where it came from. A client that hears
// no echo restarts the kernel, so it shares no lock, queue or goroutine with
// anything, nor does one of its peers with another.
type Heartbeat struct{ server *server }

// NewHeartbeat serves l, which it takes over, until Close. Its peers may be REQ
// or DEALER sockets.
func NewHeartbeat(l net.Listener, o Options) *Heartbeat {
	echo := func(p *peer, frames [][]byte) { p.outbox.put(parcel{frames: frames}) }
	h := &Heartbeat{server: newServer(l, zmq4.Router, o, echo)}
	h.server.start()
	return h
}

// Addr is the address served, with the port the system has chosen.
func (h *Heartbeat) Addr() net.Addr { return h.server.listener.Addr() }

// Close sends the last echoes and closes all connections, as Router.Close does.
func (h *Heartbeat) Close(ctx context.Context) error { return h.server.close(ctx) }
