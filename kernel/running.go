package kernel

import (
	"context"
	"errors"
	"io"
	"sync"

	"gradbook/kernel/wire"
)

// A running is the cell that runs now, or ran last: what is printed belongs to
// it, an interrupt stops it, and a question goes to whoever sent it.
type running struct {
	mu         sync.Mutex
	request    *request // nil before the first cell; kept after a cell for what its goroutines still print
	allowStdin bool
	ctx        context.Context
	cancel     context.CancelFunc // nil between cells
}

func (c *running) begin(ctx context.Context, r *request, allowStdin bool) context.Context {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.request, c.allowStdin = r, allowStdin
	c.ctx, c.cancel = context.WithCancel(ctx)
	return c.ctx
}

func (c *running) end() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.cancel()
	c.cancel = nil
}

// interrupt stops the cell. It may come any number of times, and between cells it
// does nothing.
func (c *running) interrupt() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.cancel != nil {
		c.cancel()
	}
}

// parent is the message that outputs name as their parent.
func (c *running) parent() *wire.Message {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.request == nil {
		return nil
	}
	return c.request.Message
}

// asker returns who may be asked for input, and the context in which to wait.
func (c *running) asker() (*request, context.Context, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case c.cancel == nil:
		return nil, nil, errors.New("kernel: no cell is running that could ask for input")
	case !c.allowStdin:
		return nil, nil, errors.New("kernel: this front end does not answer questions (allow_stdin is false)")
	}
	return c.request, c.ctx, nil
}

// A screen is where a cell shows things: the kernel's side of display.Output.
type screen struct{ k *Kernel }

func (s screen) show(msgType, id string, data, metadata map[string]any) error {
	s.k.captured.drain()
	s.k.out.publish(s.k.cell.parent(), msgType, wire.DisplayData{Data: data, Metadata: metadata, Transient: wire.Transient{DisplayID: id}})
	return nil
}

// clear empties the cell's output; with wait, when the next output comes.
func (s screen) clear(wait bool) error {
	s.k.captured.drain()
	s.k.out.publish(s.k.cell.parent(), "clear_output", wire.ClearOutput{Wait: wait})
	return nil
}

// A stream writes to the output of the running cell as "stdout" or "stderr".
type stream struct {
	k    *Kernel
	name string
}

// Write takes over first what the descriptors hold, which was written before.
func (s stream) Write(p []byte) (int, error) {
	s.k.captured.drain()
	s.k.out.write(s.k.cell.parent(), s.name, p)
	return len(p), nil
}

// captured returns the writer for text that came by a descriptor.
func (s stream) captured() io.Writer { return capturedText{s} }

type capturedText struct{ stream }

func (s capturedText) Write(p []byte) (int, error) {
	s.k.out.write(s.k.cell.parent(), s.name, p)
	return len(p), nil
}
