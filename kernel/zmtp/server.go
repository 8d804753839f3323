package zmtp

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"slices"
	"sync"
	"time"

	"github.com/go-zeromq/zmq4"
)

// A server is what the three listening sockets have in common: it accepts, shakes
// hands, keeps the peers and closes them.
type server struct {
	listener net.Listener
	kind     zmq4.SocketType
	options  Options
	handle   func(*peer, [][]byte) // one incoming message; called by the peer's deliver

	stop   chan struct{}  // closed when Close begins
	ending sync.Once      // guards stop
	all    sync.WaitGroup // accept loop, handshakes and peers

	mu       sync.Mutex
	closed   bool
	peers    map[string]*peer // by identity
	halfOpen []net.Conn       // in their handshake, oldest first
}

// newServer takes over the listener. It accepts once it is started, which is when
// its owner is ready for handle.
func newServer(l net.Listener, kind zmq4.SocketType, o Options, handle func(*peer, [][]byte)) *server {
	return &server{
		listener: l,
		kind:     kind,
		options:  o.withDefaults(),
		handle:   handle,
		stop:     make(chan struct{}),
		peers:    make(map[string]*peer),
	}
}

func (s *server) start() { s.all.Go(s.accept) }

// accept survives everything but the end of its listener. Running out of file
// descriptors is the usual trouble, and it passes when some peer leaves.
func (s *server) accept() {
	const longest = time.Second
	pause := 5 * time.Millisecond
	for {
		c, err := s.listener.Accept()
		switch {
		case err == nil:
			pause = 5 * time.Millisecond
			s.admit(c)
		case errors.Is(err, net.ErrClosed) || s.stopped():
			return
		default:
			s.options.Trouble(fmt.Errorf("zmtp: accept: %w", err))
			select {
			case <-time.After(pause):
			case <-s.stop:
			}
			pause = min(2*pause, longest)
		}
	}
}

// admit shakes hands with c in a goroutine of its own.
func (s *server) admit(c net.Conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		_ = c.Close()
		return
	}
	if len(s.halfOpen) >= s.options.HalfOpen {
		_ = s.halfOpen[0].Close() // its handshake fails and ends
		s.halfOpen = s.halfOpen[1:]
	}
	s.halfOpen = append(s.halfOpen, c)
	s.all.Go(func() { s.host(c) })
}

// host is the life of one connection.
func (s *server) host(c net.Conn) {
	p, err := open(c, s.kind, "", true, s.options)
	if err == nil {
		err = s.join(c, p)
	} else {
		s.forget(c)
	}
	if err != nil {
		s.report(err)
		return
	}
	p.run(func(frames [][]byte) { s.handle(p, frames) }, func() { s.leave(p) })
}

// join makes p a peer under its identity. Of two with the same identity the newer
// stays: it is most often a client that reconnects before we noticed that its
// first connection died.
func (s *server) join(c net.Conn, p *peer) error {
	id, err := s.identity(p)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forgetLocked(c)
	if err == nil && s.closed {
		err = ErrClosed
	}
	if err != nil {
		p.cut(err)
		return err
	}
	p.id = id
	if old := s.peers[id]; old != nil {
		go old.cut(nil) // closing a socket is not for inside a lock
	}
	s.peers[id] = p
	return nil
}

// identity is what the peer of a router claims, or else one of ours. Ours begin
// with a zero byte, which no claimed one may (ZMTP, "Identity").
func (s *server) identity(p *peer) (string, error) {
	claimed := p.conn.Peer.Meta["Identity"]
	if s.kind != zmq4.Router || claimed == "" {
		return "\x00" + rand.Text(), nil
	}
	if claimed[0] == 0 || len(claimed) > 255 {
		return "", fmt.Errorf("%w: identity %.40q of %d bytes", ErrMalformed, claimed, len(claimed))
	}
	return claimed, nil
}

// leave forgets p, unless a newer peer has its identity.
func (s *server) leave(p *peer) {
	s.mu.Lock()
	if s.peers[p.id] == p {
		delete(s.peers, p.id)
	}
	s.mu.Unlock()
	s.report(p.why)
}

func (s *server) forget(c net.Conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forgetLocked(c)
}

func (s *server) forgetLocked(c net.Conn) {
	if i := slices.Index(s.halfOpen, c); i >= 0 {
		s.halfOpen = slices.Delete(s.halfOpen, i, i+1)
	}
}

func (s *server) report(err error) {
	if !ordinary(err) && !s.stopped() {
		s.options.Trouble(err)
	}
}

func (s *server) stopped() bool {
	select {
	case <-s.stop:
		return true
	default:
		return false
	}
}

// peer finds one by identity.
func (s *server) peer(id string) (*peer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, ErrClosed
	}
	p := s.peers[id]
	if p == nil {
		return nil, fmt.Errorf("%w: %.80q", ErrNoPeer, id)
	}
	return p, nil
}

// sendTo queues a message for one peer without ever waiting. A peer whose queue
// is full is cut: it does not read, and everyone else should not wait for it.
func (s *server) sendTo(id []byte, frames [][]byte) error {
	p, err := s.peer(string(id))
	if err != nil {
		return err
	}
	if p.outbox.force(parcel{frames: frames}) {
		return nil
	}
	err = fmt.Errorf("%w: %d bytes wait for %.80q", ErrSlow, p.outbox.limit, id)
	p.cut(err)
	return err
}

// everyone lists the peers of this moment.
func (s *server) everyone() []*peer {
	s.mu.Lock()
	defer s.mu.Unlock()
	peers := make([]*peer, 0, len(s.peers))
	for _, p := range s.peers {
		peers = append(peers, p)
	}
	return peers
}

// close stops accepting and receiving, waits until everything sent is out, and
// ends all connections. When ctx ends first it cuts those that are left and
// returns the context's error.
func (s *server) close(ctx context.Context) error {
	s.ending.Do(func() { close(s.stop) })
	_ = s.listener.Close() // a second Close fails, and that is all right
	s.mu.Lock()
	s.closed = true
	for _, c := range s.halfOpen {
		_ = c.Close()
	}
	s.mu.Unlock()
	peers := s.everyone()
	for _, p := range peers {
		p.inbox.discard()
		p.outbox.close()
	}
	err := drain(ctx, peers)
	s.all.Wait()
	return err
}

// drain waits for the writers, and cuts what is left when ctx ends.
func drain(ctx context.Context, peers []*peer) error {
	var err error
	for _, p := range peers {
		select {
		case <-p.drained:
		case <-ctx.Done():
			err = fmt.Errorf("zmtp: close: %w", ctx.Err())
			p.cut(err)
		}
	}
	return err
}
