package zmtp

import (
	"context"
	"fmt"
	"net"
	"time"

	"github.com/go-zeromq/zmq4"
)

// A Kind is the type of a client's socket.
type Kind string

// The sockets of a Jupyter client.
const (
	Dealer = Kind(zmq4.Dealer) // shell, control, stdin: frames as they are
	Sub    = Kind(zmq4.Sub)    // iopub: call Subscribe to hear anything
	Req    = Kind(zmq4.Req)    // heartbeat: the first frame must be empty
)

// A Socket is the client's end of one connection. Unlike libzmq's it does not
// reconnect: when the connection ends, Messages is closed and Err says why.
type Socket struct {
	peer     *peer
	messages chan [][]byte
	stop     chan struct{} // closed by Close
}

// Dial connects to a listening socket and shakes hands. Identity may be empty;
// the other end then makes one up. The zero Options are right.
func Dial(ctx context.Context, endpoint string, kind Kind, identity string, o Options) (*Socket, error) {
	network, address, err := parse(endpoint)
	if err != nil {
		return nil, err
	}
	var d net.Dialer
	c, err := d.DialContext(ctx, network, address)
	if err != nil {
		return nil, fmt.Errorf("zmtp: %w", err)
	}
	o = o.withDefaults()
	if deadline, ok := ctx.Deadline(); ok {
		o.Handshake = min(o.Handshake, time.Until(deadline))
	}
	stop := context.AfterFunc(ctx, func() { _ = c.Close() }) // breaks the handshake off
	p, err := open(c, zmq4.SocketType(kind), identity, false, o)
	if !stop() && err == nil {
		p.cut(ctx.Err())
		err = ctx.Err()
	}
	if err != nil {
		return nil, fmt.Errorf("zmtp: dial %s: %w", endpoint, err)
	}
	s := &Socket{peer: p, messages: make(chan [][]byte), stop: make(chan struct{})}
	go s.run()
	return s, nil
}

func (s *Socket) run() {
	defer close(s.messages)
	s.peer.run(func(frames [][]byte) {
		select {
		case s.messages <- frames:
		case <-s.stop:
		}
	}, func() {})
}

// Messages is where messages arrive, as their frames. It is closed when the
// connection has ended and everything that came before was received.
func (s *Socket) Messages() <-chan [][]byte { return s.messages }

// Err says why the connection ended: nil while it is open and after Close, io.EOF
// in its chain when the other end left.
func (s *Socket) Err() error {
	select {
	case <-s.peer.gone:
		return s.peer.why
	default:
		return nil
	}
}

// Send queues a message, waiting while the queue is full. The frames must not be
// changed afterwards.
func (s *Socket) Send(frames ...[]byte) error {
	if s.peer.outbox.put(parcel{frames: frames}) {
		return nil
	}
	if err := s.Err(); err != nil {
		return fmt.Errorf("%w: %w", ErrClosed, err)
	}
	return ErrClosed
}

// Subscribe asks for messages whose first frame begins with topic.
func (s *Socket) Subscribe(topic string) error { return s.Send(append([]byte{1}, topic...)) }

// Unsubscribe takes one Subscribe back.
func (s *Socket) Unsubscribe(topic string) error { return s.Send(append([]byte{0}, topic...)) }

// Close sends what is queued and closes the connection; ctx bounds the wait. It
// is called once.
func (s *Socket) Close(ctx context.Context) error {
	close(s.stop)
	s.peer.inbox.discard()
	s.peer.outbox.close()
	return drain(ctx, []*peer{s.peer})
}
