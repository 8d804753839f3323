package client

import (
	"context"
	"encoding/json"
	"fmt"

	"gradbook/kernel/wire"
)

// outputBuffer is how many outputs may wait for their call, so that a fast kernel
// and the caller need not take turns.
const outputBuffer = 256

// A call is a request of ours from when it is sent until its caller has enough.
type call struct {
	request *wire.Message
	reply   chan *wire.Message // holds one
	outputs chan *wire.Message // nil when nobody asked for them
	done    chan struct{}      // closed by end

	input error // of OnInput; guarded by Client.mu
}

// begin sends a request and registers it, in the other order: the reply may be
// faster than the registration.
func (c *Client) begin(channel Channel, msgType string, content any, outputs bool) (*call, error) {
	request, err := wire.New(msgType, c.session, content)
	if err != nil {
		return nil, err
	}
	frames, err := request.Encode(c.signer)
	if err != nil {
		return nil, err
	}
	socket := c.sockets[string(channel)]
	if socket == nil || channel != Shell && channel != Control {
		return nil, fmt.Errorf("client: channel %q, want shell or control", channel)
	}
	k := &call{request: request, reply: make(chan *wire.Message, 1), done: make(chan struct{})}
	if outputs {
		k.outputs = make(chan *wire.Message, outputBuffer)
	}
	c.mu.Lock()
	c.calls[request.Header.ID] = k
	c.mu.Unlock()
	if err := socket.Send(frames...); err != nil {
		c.end(k)
		return nil, c.why(err)
	}
	return k, nil
}

func (c *Client) end(k *call) {
	c.mu.Lock()
	delete(c.calls, k.request.Header.ID)
	c.mu.Unlock()
	close(k.done)
}

// why waits for the reason when sending failed because the kernel is gone.
func (c *Client) why(err error) error {
	<-c.lost
	return fmt.Errorf("%w (%w)", c.cause, err)
}

// callOf finds the call that caused m, if it still runs, and else who is
// interested in strays.
func (c *Client) callOf(m *wire.Message) (k *call, stray func(*wire.Message)) {
	parent, err := m.ParentHeader()
	c.mu.Lock()
	defer c.mu.Unlock()
	if err != nil { // a parent that is not ours, whatever it is
		return nil, c.stray
	}
	return c.calls[parent.ID], c.stray
}

func (c *Client) onReply(m *wire.Message) {
	if k, _ := c.callOf(m); k != nil {
		select {
		case k.reply <- m:
		default: // a second reply to one request is the kernel's mistake
		}
	}
}

func (c *Client) onOutput(m *wire.Message) {
	c.hearing.Do(func() { close(c.heard) })
	k, stray := c.callOf(m)
	switch {
	case k != nil && k.outputs != nil:
		select {
		case k.outputs <- m:
		case <-k.done:
		}
	case k == nil && stray != nil:
		stray(m)
	}
}

// Request sends a request and returns its reply, whatever its status. When ctx
// ends first the request stays with the kernel, which may still serve it.
func (c *Client) Request(ctx context.Context, channel Channel, msgType string, content any) (*wire.Message, error) {
	k, err := c.begin(channel, msgType, content, false)
	if err != nil {
		return nil, err
	}
	defer c.end(k)
	select {
	case m := <-k.reply:
		return m, nil
	case <-ctx.Done():
		return nil, fmt.Errorf("client: no reply to %s: %w", msgType, ctx.Err())
	case <-c.lost:
		select {
		case m := <-k.reply: // it came with the last breath
			return m, nil
		default:
			return nil, c.cause
		}
	}
}

// Execute runs a cell. It returns when both the reply and the idle status of this
// request have come, so on has seen all iopub messages of the cell, in order; on
// may be nil. A cell that failed is a reply with status Failed, not an error.
//
// Input is asked for only if OnInput is set. When ctx ends first the cell goes on
// running; Interrupt stops it.
func (c *Client) Execute(ctx context.Context, r wire.ExecuteRequest, on func(*wire.Message)) (*wire.ExecuteReply, error) {
	r.AllowStdin = r.AllowStdin && c.OnInput != nil
	k, err := c.begin(Shell, "execute_request", r, true)
	if err != nil {
		return nil, err
	}
	defer c.end(k)
	m, err := c.follow(ctx, k, on)
	if err != nil {
		return nil, err
	}
	reply := new(wire.ExecuteReply)
	if err := json.Unmarshal(m.Content, reply); err != nil {
		return nil, fmt.Errorf("client: content of execute_reply: %w", err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return reply, k.input
}

// follow waits for reply and idle, handing on what comes between.
func (c *Client) follow(ctx context.Context, k *call, on func(*wire.Message)) (reply *wire.Message, err error) {
	for idle := false; reply == nil || !idle; {
		lost := c.lost
		if len(k.outputs) > 0 || len(k.reply) > 0 {
			lost = nil // hear to the end what was said before
		}
		select {
		case reply = <-k.reply:
		case m := <-k.outputs:
			idle = idle || isIdle(m)
			if on != nil {
				on(m)
			}
		case <-lost:
			return nil, c.cause
		case <-ctx.Done():
			return nil, fmt.Errorf("client: cell still runs: %w", ctx.Err())
		}
	}
	return reply, nil
}

func isIdle(m *wire.Message) bool {
	var s wire.Status
	return m.Header.Type == "status" && json.Unmarshal(m.Content, &s) == nil && s.State == wire.Idle
}
