// Package comm lets Go in cells talk with code in the front end, such as the
// JavaScript half of a widget. A comm is one conversation; either side may open it,
// under the name of a target that the other side has registered, and both may send
// at any time until one of them closes it.
//
//	comm.Register("thermometer", func(c *comm.Comm, opening comm.Message) {
//		c.OnMessage(func(m comm.Message) {
//			c.Send(comm.Message{Data: map[string]any{"celsius": 21.5}})
//		})
//	})
//
// What a handler prints and shows belongs to the message that it handles. The front
// end's messages wait while a cell runs.
package comm

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"sync"
)

// A Message is what one side says to the other.
type Message struct {
	// Data is the message itself. Its values must be such as JSON knows; those
	// that arrive are string, float64, bool, nil, []any and map[string]any.
	Data map[string]any

	// Metadata goes beside it, for whoever passes it on. Few need it.
	Metadata map[string]any

	// Buffers are bytes that would be long as JSON.
	Buffers [][]byte
}

// A Kind is one of the three messages of a comm, by its name in Jupyter's protocol.
type Kind string

// The beginning, the middle and the end of a comm.
const (
	Opening Kind = "comm_open"
	Saying  Kind = "comm_msg"
	Closing Kind = "comm_close"
)

// An Output brings messages to the front ends. The kernel has one.
type Output interface {
	Comm(kind Kind, id, target string, m Message) error
}

// A Hub knows the targets that were registered and the comms that are open. It may be
// used from several goroutines.
type Hub struct {
	out Output

	mu      sync.Mutex
	targets map[string]func(*Comm, Message)
	open    map[string]*Comm // by id
}

// NewHub returns a hub without comms whose messages go to an output.
func NewHub(o Output) *Hub {
	return &Hub{out: o, targets: map[string]func(*Comm, Message){}, open: map[string]*Comm{}}
}

// Register names a target: when a front end opens a comm to it, opened is called with
// the comm and what was said at the opening. It takes the place of an earlier function
// of the same target; nil takes the target away. Comms that are open stay so.
func (h *Hub) Register(target string, opened func(c *Comm, opening Message)) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if opened == nil {
		delete(h.targets, target)
		return
	}
	h.targets[target] = opened
}

// Open begins a comm with the front end's object that is registered as target. A
// front end that knows none closes the comm again. It is an error if the message
// cannot be written as JSON, or if no front end can be reached.
func (h *Hub) Open(target string, opening Message) (*Comm, error) {
	c := &Comm{hub: h, id: rand.Text(), target: target}
	h.mu.Lock()
	h.open[c.id] = c
	h.mu.Unlock()
	if err := h.say(Opening, c, opening); err != nil {
		h.forget(c.id)
		return nil, err
	}
	return c, nil
}

func (h *Hub) say(kind Kind, c *Comm, m Message) error {
	for what, v := range map[string]any{"data": m.Data, "metadata": m.Metadata} {
		if _, err := json.Marshal(v); err != nil {
			return fmt.Errorf("comm: the %s for %s: %w", what, c.target, err)
		}
	}
	return h.out.Comm(kind, c.id, c.target, m)
}

// forget ends a comm on this side, and reports whether it was open.
func (h *Hub) forget(id string) (c *Comm, wasOpen bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	c, wasOpen = h.open[id]
	delete(h.open, id)
	return c, wasOpen
}

// CloseAll closes every comm and forgets the targets.
func (h *Hub) CloseAll() {
	h.mu.Lock()
	all := maps.Clone(h.open)
	clear(h.targets)
	h.mu.Unlock()
	for _, c := range all {
		_ = c.Close(Message{}) // a front end that has left needs no farewell
	}
}

// Targets lists the open comms: id to target.
func (h *Hub) Targets() map[string]string {
	h.mu.Lock()
	defer h.mu.Unlock()
	all := map[string]string{}
	for id, c := range h.open {
		all[id] = c.target
	}
	return all
}

// Receive takes what a front end says about the comm with an id, and returns what
// is to be done about it: a call of a handler, or nil. A comm for a target that is
// not registered is closed. What concerns no open comm is dropped: the front end
// may not know yet that it was closed.
func (h *Hub) Receive(kind Kind, id, target string, m Message) (handle func(), err error) {
	switch kind {
	case Opening:
		h.mu.Lock()
		opened := h.targets[target]
		c := &Comm{hub: h, id: id, target: target}
		if opened != nil {
			h.open[id] = c
		}
		h.mu.Unlock()
		if opened == nil {
			return nil, h.out.Comm(Closing, id, target, Message{})
		}
		return func() { opened(c, m) }, nil
	case Closing:
		c, wasOpen := h.forget(id)
		if !wasOpen {
			return nil, nil
		}
		return bound(c.handlers().closed, m), nil
	}
	h.mu.Lock()
	c := h.open[id]
	h.mu.Unlock()
	if c == nil {
		return nil, nil
	}
	return bound(c.handlers().message, m), nil
}

func bound(f func(Message), m Message) func() {
	if f == nil {
		return nil
	}
	return func() { f(m) }
}

// A Comm is one conversation.
type Comm struct {
	hub        *Hub
	id, target string

	mu sync.Mutex
	on handlers
}

type handlers struct{ message, closed func(Message) }

func (c *Comm) handlers() handlers {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.on
}

// ID is the name of the comm that both sides use.
func (c *Comm) ID() string { return c.id }

// Target is what the comm was opened to.
func (c *Comm) Target() string { return c.target }

// String tells the target and the id.
func (c *Comm) String() string { return fmt.Sprintf("comm %s to %s", c.id, c.target) }

// OnMessage sets what is called with each message of the front end, in the order in
// which they were sent.
func (c *Comm) OnMessage(f func(Message)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.on.message = f
}

// OnClose sets what is called when the front end closes the comm.
func (c *Comm) OnClose(f func(Message)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.on.closed = f
}

// ErrClosed is the error of a comm that one side has closed.
var ErrClosed = errors.New("comm: it is closed")

// Send says something to the front end. It is an error if the comm is closed, if the
// message cannot be written as JSON, or if no front end can be reached.
func (c *Comm) Send(m Message) error {
	c.hub.mu.Lock()
	open := c.hub.open[c.id] == c
	c.hub.mu.Unlock()
	if !open {
		return ErrClosed
	}
	return c.hub.say(Saying, c, m)
}

// Close ends the comm with a last message. The second time it does nothing.
func (c *Comm) Close(last Message) error {
	if _, open := c.hub.forget(c.id); !open {
		return nil
	}
	return c.hub.say(Closing, c, last)
}

// nowhere is the output of an ordinary program.
type nowhere struct{}

func (nowhere) Comm(Kind, string, string, Message) error {
	return errors.New("comm: no front end can be reached from here, only from the cells of a notebook")
}

var standard = NewHub(nowhere{})

// Register names a target; see [Hub.Register].
func Register(target string, opened func(c *Comm, opening Message)) {
	standard.Register(target, opened)
}

// Open begins a comm; see [Hub.Open]. In an ordinary program it is an error.
func Open(target string, opening Message) (*Comm, error) { return standard.Open(target, opening) }
