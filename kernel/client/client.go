package client

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"gradbook/kernel/wire"
	"gradbook/kernel/zmtp"
)

// A Channel is one that requests can be sent on.
type Channel string

// The channels for requests. Control is served while a cell runs, shell is not.
const (
	Shell   Channel = "shell"
	Control Channel = "control"
)

// ErrLost says that the connection to the kernel ended. Errors that wrap it say
// how, as far as it is known.
var ErrLost = errors.New("client: connection to kernel lost")

// grace is how long the other channels may go on after the first one ended, so
// that what the kernel said last is still heard.
const grace = time.Second

// A Client talks to one kernel. Its methods may be called by several goroutines.
type Client struct {
	// OnInput, if not nil, answers a cell that asks for input. An error
	// interrupts the cell and is returned by Execute. Set it before Execute.
	OnInput func(wire.InputRequest) (string, error)

	session string // and identity on shell, control and stdin
	signer  *wire.Signer
	sockets map[string]*zmtp.Socket // by channel; constant after dial
	dropped atomic.Int64

	mu    sync.Mutex
	calls map[string]*call // by id of the request
	stray func(*wire.Message)

	heard   chan struct{} // closed at the first iopub message
	hearing sync.Once     // guards heard

	ended   chan error        // one for each channel's end
	lost    chan struct{}     // closed when the client is of no more use
	cause   error             // why; set before lost is closed
	explain func(error) error // makes more of a connection's end

	beat   sync.Mutex // held by Alive, one echo at a time
	closed sync.Once
}

// Dial connects to the kernel of a connection file and waits until it answers on
// shell and is heard on iopub, so no output of the first request can be missed.
func Dial(ctx context.Context, connection wire.Connection) (*Client, error) {
	once := func(error) bool { return false }
	return dial(ctx, connection, once, func(err error) error { return err })
}

// dial is Dial that tries again while again says so. Explain makes more of the
// reason why a connection ended.
func dial(ctx context.Context, connection wire.Connection, again func(error) bool, explain func(error) error) (*Client, error) {
	signer, err := connection.Signer()
	if err != nil {
		return nil, err
	}
	c := &Client{
		session: wire.NewID(),
		signer:  signer,
		sockets: make(map[string]*zmtp.Socket),
		calls:   make(map[string]*call),
		heard:   make(chan struct{}),
		ended:   make(chan error, 4),
		lost:    make(chan struct{}),
		explain: explain,
	}
	if err := c.connect(ctx, connection, again); err != nil {
		c.abandon()
		return nil, err
	}
	c.listen()
	if err := c.greet(ctx); err != nil {
		_ = c.Close(ctx) // err says more
		return nil, err
	}
	return c, nil
}

// connect dials the five channels. Shell and stdin share one identity: that is
// how the kernel finds the stdin of whoever sent the request.
func (c *Client) connect(ctx context.Context, connection wire.Connection, again func(error) bool) error {
	for _, ch := range []struct {
		name     string
		port     wire.Port
		kind     zmtp.Kind
		identity string
	}{
		{"iopub", connection.IOPub, zmtp.Sub, ""},
		{"shell", connection.Shell, zmtp.Dealer, c.session},
		{"control", connection.Control, zmtp.Dealer, c.session},
		{"stdin", connection.Stdin, zmtp.Dealer, c.session},
		{"heartbeat", connection.Heartbeat, zmtp.Req, ""},
	} {
		for {
			s, err := zmtp.Dial(ctx, connection.Endpoint(ch.port), ch.kind, ch.identity, zmtp.Options{})
			if err == nil {
				c.sockets[ch.name] = s
				break
			}
			if !again(err) || ctx.Err() != nil {
				return fmt.Errorf("client: %s: %w", ch.name, err)
			}
		}
	}
	return c.sockets["iopub"].Subscribe("")
}

// listen starts the goroutines.
func (c *Client) listen() {
	for name, handle := range map[string]func(*wire.Message){
		"shell": c.onReply, "control": c.onReply, "iopub": c.onOutput, "stdin": c.onStdin,
	} {
		go c.read(c.sockets[name], handle)
	}
	go c.watch(4)
}

func (c *Client) read(s *zmtp.Socket, handle func(*wire.Message)) {
	for frames := range s.Messages() {
		m, err := wire.Decode(frames, c.signer)
		if err != nil {
			c.dropped.Add(1)
			continue
		}
		handle(m)
	}
	c.ended <- s.Err()
}

// watch turns the end of any channel into the end of the client.
func (c *Client) watch(channels int) {
	first := <-c.ended
	late := time.After(grace)
	for waiting := channels - 1; waiting > 0; waiting-- {
		select {
		case <-c.ended:
		case <-late:
			waiting = 0
		}
	}
	if first == nil {
		c.cause = ErrLost
	} else {
		c.cause = c.explain(fmt.Errorf("%w: %w", ErrLost, first))
	}
	close(c.lost)
	c.abandon()
}

// greet asks who is there until both an answer and anything on iopub have come.
// Kernels that welcome subscribers are heard at once; others are heard when they
// publish the status of a request, and only of one that came after they knew of
// us, hence the loop.
func (c *Client) greet(ctx context.Context) error {
	const patience = 500 * time.Millisecond
	for {
		if _, err := c.KernelInfo(ctx); err != nil {
			return fmt.Errorf("client: kernel does not introduce itself: %w", err)
		}
		select {
		case <-c.heard:
			return nil
		case <-time.After(patience):
		case <-c.lost:
			return c.cause
		case <-ctx.Done():
			return fmt.Errorf("client: nothing heard on iopub: %w", ctx.Err())
		}
	}
}

// OnStray has f called with the iopub messages that belong to no request of ours
// that still runs: those of other clients, of goroutines that outlive their cell,
// of comms. No further iopub message is heard before f returns.
func (c *Client) OnStray(f func(*wire.Message)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stray = f
}

// Session is the session our requests carry.
func (c *Client) Session() string { return c.session }

// Dropped counts the messages that could not be decoded or were not signed with
// the connection's key.
func (c *Client) Dropped() int64 { return c.dropped.Load() }

// Close ends the connection and leaves the kernel alone. Calls that still wait
// fail with ErrLost.
func (c *Client) Close(ctx context.Context) error {
	var errs []error
	c.closed.Do(func() {
		for _, s := range c.sockets {
			errs = append(errs, s.Close(ctx))
		}
	})
	return errors.Join(errs...)
}

// abandon is Close without waiting for anything to be sent.
func (c *Client) abandon() {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_ = c.Close(ctx) // there is nobody to send anything to
}
