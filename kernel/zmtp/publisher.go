package zmtp

import (
	"context"
	"fmt"
	"net"
	"slices"
	"sync"

	"github.com/go-zeromq/zmq4"
)

// A Subscription says that a peer has subscribed to a topic.
type Subscription struct {
	Peer  []byte // where a welcome goes: see Publisher.SendTo
	Topic []byte // the start of the first frames it wants; empty means all
}

// A Publisher is a verbose XPUB socket: it sends to everyone who has subscribed,
// and reports every subscription, also of topics somebody else has already.
//
// Nothing is ever dropped silently. When the queue of a subscriber is full,
// Publish waits for it as long as it takes bytes, and cuts it when it takes none
// for Options.Stall. Until its queue is full a subscriber delays nobody.
type Publisher struct {
	server        *server
	subscriptions chan Subscription
	order         sync.Mutex // held by Publish, so that all see the same order
}

// NewPublisher serves l, which it takes over, until Close.
func NewPublisher(l net.Listener, o Options) *Publisher {
	p := &Publisher{subscriptions: make(chan Subscription)}
	p.server = newServer(l, zmq4.XPub, o, p.hear)
	p.server.start()
	return p
}

// hear takes what subscribers send: a byte 1 or 0 and a topic. The topic counts
// from before it is reported, so a welcome is never too early.
func (p *Publisher) hear(from *peer, frames [][]byte) {
	if len(frames) != 1 || len(frames[0]) == 0 || frames[0][0] > 1 {
		return // an XPUB may be sent other things; a kernel has no use for them
	}
	topic := frames[0][1:]
	if frames[0][0] == 0 {
		from.topics.remove(string(topic))
		return
	}
	if err := from.topics.add(string(topic)); err != nil {
		from.cut(err)
		return
	}
	select {
	case p.subscriptions <- Subscription{Peer: []byte(from.id), Topic: topic}:
	case <-p.server.stop:
	}
}

// Publish queues a message for every subscriber whose topics are the start of
// frames[0], in the same order for all. The frames must not be changed afterwards.
// A message that nobody wants is gone. It fails with ErrClosed after Close.
func (p *Publisher) Publish(frames [][]byte) error {
	if len(frames) == 0 {
		return fmt.Errorf("%w: no frames, want a topic at least", ErrMalformed)
	}
	p.order.Lock()
	defer p.order.Unlock()
	if p.server.stopped() {
		return ErrClosed
	}
	var full []*peer
	m := parcel{frames: frames}
	for _, to := range p.wanting(frames[0]) {
		if !to.outbox.offer(m) {
			full = append(full, to)
		}
	}
	for _, to := range full { // only now, so that the others have it already
		if !to.outbox.put(m) && p.server.stopped() {
			return ErrClosed
		}
	}
	return nil
}

func (p *Publisher) wanting(topic []byte) []*peer {
	return slices.DeleteFunc(p.server.everyone(), func(to *peer) bool { return !to.topics.match(topic) })
}

// Settle waits until everything published is with the systems of the subscribers, or ctx
// ends, for one of them may not read.
func (p *Publisher) Settle(ctx context.Context) {
	for _, to := range p.server.everyone() {
		to.outbox.settle(ctx)
	}
}

// SendTo queues a message for one subscriber, whatever its topics, and returns at
// once; a welcome is sent so. Errors are those of Router.Send.
func (p *Publisher) SendTo(peer []byte, frames [][]byte) error {
	return p.server.sendTo(peer, frames)
}

// Subscriptions is where new subscriptions are reported. Somebody must receive
// from it, or a peer's further subscriptions wait. It is closed at the end of
// Close.
func (p *Publisher) Subscriptions() <-chan Subscription { return p.subscriptions }

// Addr is the address served, with the port the system has chosen.
func (p *Publisher) Addr() net.Addr { return p.server.listener.Addr() }

// Close lets nothing new in, waits until everything published is with the peers'
// systems, and closes all connections. When ctx ends first it cuts the rest and
// returns the context's error. It is called once.
func (p *Publisher) Close(ctx context.Context) error {
	err := p.server.close(ctx)
	close(p.subscriptions)
	return err
}
