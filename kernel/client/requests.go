package client

import (
	"context"
	"encoding/json"
	"fmt"

	"gradbook/kernel/wire"
)

// KernelInfo asks the kernel to introduce itself.
func (c *Client) KernelInfo(ctx context.Context) (*wire.KernelInfoReply, error) {
	reply := new(wire.KernelInfoReply)
	return reply, c.ask(ctx, Shell, "kernel_info_request", nil, reply)
}

// Interrupt stops the running cell by message and returns when the kernel has
// taken note; the cell's Execute returns when it has stopped.
func (c *Client) Interrupt(ctx context.Context) error {
	return c.ask(ctx, Control, "interrupt_request", nil, new(wire.InterruptReply))
}

// Shutdown asks the kernel to end. Restart tells everyone who listens that
// another will follow.
func (c *Client) Shutdown(ctx context.Context, restart bool) error {
	return c.ask(ctx, Control, "shutdown_request", wire.ShutdownRequest{Restart: restart}, new(wire.ShutdownReply))
}

// ask makes a request and decodes its reply. A reply that is an error becomes one.
func (c *Client) ask(ctx context.Context, channel Channel, msgType string, content, reply any) error {
	m, err := c.Request(ctx, channel, msgType, content)
	if err != nil {
		return err
	}
	var outcome wire.Reply
	if err := json.Unmarshal(m.Content, &outcome); err != nil {
		return fmt.Errorf("client: content of %s: %w", m.Header.Type, err)
	}
	if outcome.Status == wire.Failed && outcome.Error != nil {
		return fmt.Errorf("client: %s: %s: %s", msgType, outcome.Name, outcome.Value)
	}
	if err := json.Unmarshal(m.Content, reply); err != nil {
		return fmt.Errorf("client: content of %s: %w", m.Header.Type, err)
	}
	return nil
}

// Alive sends a heartbeat and waits for its echo. It shares nothing with the other
// channels, so it answers whatever they are busy with.
func (c *Client) Alive(ctx context.Context) error {
	c.beat.Lock()
	defer c.beat.Unlock()
	s, ping := c.sockets["heartbeat"], wire.NewID()
	if err := s.Send(nil, []byte(ping)); err != nil { // the empty frame is REQ's
		return fmt.Errorf("client: heartbeat: %w", err)
	}
	for {
		select {
		case frames, ok := <-s.Messages():
			if !ok {
				return fmt.Errorf("%w: heartbeat: %w", ErrLost, s.Err())
			}
			if n := len(frames); n > 0 && string(frames[n-1]) == ping {
				return nil
			} // else an echo that an earlier call did not wait for
		case <-ctx.Done():
			return fmt.Errorf("client: no heartbeat: %w", ctx.Err())
		}
	}
}

// onStdin answers a cell that asks for input. The answer may take a human's time,
// so it gets a goroutine.
func (c *Client) onStdin(m *wire.Message) {
	k, _ := c.callOf(m)
	if m.Header.Type != "input_request" || k == nil || c.OnInput == nil {
		return
	}
	go func() {
		if err := c.answer(m); err != nil {
			c.mu.Lock()
			k.input = err
			c.mu.Unlock()
			// The cell waits for an answer that will not come. If the kernel
			// is gone too, Execute says so.
			_ = c.Interrupt(context.Background())
		}
	}()
}

func (c *Client) answer(m *wire.Message) error {
	var request wire.InputRequest
	if err := json.Unmarshal(m.Content, &request); err != nil {
		return fmt.Errorf("client: content of input_request: %w", err)
	}
	value, err := c.OnInput(request)
	if err != nil {
		return fmt.Errorf("client: input: %w", err)
	}
	reply, err := m.Child("input_reply", c.session, wire.InputReply{Value: value})
	if err != nil {
		return err
	}
	frames, err := reply.Encode(c.signer)
	if err != nil {
		return err
	}
	return c.sockets["stdin"].Send(frames...)
}
