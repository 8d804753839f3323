package kernel

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"gradbook/kernel/wire"
)

// A request is one message from a front end on its way through a handler.
type request struct {
	*wire.Message
	peer    []byte    // the connection it came by
	arrived time.Time // when it was read, which may be long before it is handled
}

// A handler answers one type of message: it returns the content of the reply, or
// nil where the protocol knows none.
type handler func(context.Context, *Kernel, *request) (any, error)

// shellHandlers is the whole of what the shell channel understands. To support
// another message, write its method and add its row.
var shellHandlers = map[string]handler{
	"kernel_info_request": on((*Kernel).kernelInfo),
	"connect_request":     on((*Kernel).connect),
	"execute_request":     on((*Kernel).execute),
	"complete_request":    on((*Kernel).complete),
	"inspect_request":     on((*Kernel).inspect),
	"is_complete_request": on((*Kernel).isComplete),
	"history_request":     on((*Kernel).queryHistory),
	"comm_info_request":   on((*Kernel).commInfo),
	"comm_open":           on((*Kernel).commOpen),
	"comm_msg":            on((*Kernel).commMsg),
	"comm_close":          on((*Kernel).commClose),
	"shutdown_request":    on((*Kernel).shutdown),
}

// controlHandlers is what the control channel understands. They must not wait for
// a cell: that is what the channel is for.
var controlHandlers = map[string]handler{
	"kernel_info_request": on((*Kernel).kernelInfo),
	"connect_request":     on((*Kernel).connect),
	"interrupt_request":   on((*Kernel).interrupt),
	"shutdown_request":    on((*Kernel).shutdown),
	"usage_request":       on((*Kernel).usage),
}

// on turns a method from typed content to a reply into a handler.
func on[C any](method func(*Kernel, context.Context, *request, C) (any, error)) handler {
	return func(ctx context.Context, k *Kernel, r *request) (any, error) {
		var content C
		if err := json.Unmarshal(r.Content, &content); err != nil {
			return nil, fmt.Errorf("kernel: content of %s: %w", r.Header.Type, err)
		}
		return method(k, ctx, r, content)
	}
}

// A channel is one socket on which requests come and replies go.
type channel struct {
	router   router
	handlers map[string]handler
}

// serve handles one request from busy to idle. It is the only place that replies.
// A message of an unknown type is announced and otherwise left alone: newer front
// ends know more messages than we do.
func (k *Kernel) serve(ctx context.Context, ch *channel, r *request) {
	k.out.publish(r.Message, "status", wire.Status{State: wire.Busy})
	defer k.out.publish(r.Message, "status", wire.Status{State: wire.Idle})
	handle, known := ch.handlers[r.Header.Type]
	if !known {
		return
	}
	content, err := k.guarded(ctx, handle, r)
	if err != nil {
		content = failure(err)
	}
	if content != nil && strings.HasSuffix(r.Header.Type, "_request") {
		k.reply(ch, r, content)
	}
}

// guarded runs a handler. A bug of ours in one request must not take the user's
// variables with it, so a panic becomes an error of that request.
func (k *Kernel) guarded(ctx context.Context, handle handler, r *request) (content any, err error) {
	defer func() {
		if p := recover(); p != nil {
			content, err = nil, fmt.Errorf("kernel: %s failed inside the kernel: %v", r.Header.Type, p)
		}
	}()
	return handle(ctx, k, r)
}

// reply sends content to whoever sent r. Everything that r printed goes first, so
// that a client that stops reading at the reply has seen all of it.
func (k *Kernel) reply(ch *channel, r *request, content any) {
	msgType := strings.TrimSuffix(r.Header.Type, "_request") + "_reply"
	m, err := r.Child(msgType, k.session, content)
	if err != nil {
		m, err = r.Child(msgType, k.session, failure(err))
	}
	if err != nil {
		return
	}
	e, ofCell := content.(executeReply)
	if ofCell {
		_ = m.SetMetadata(wire.ExecuteMetadata{Started: e.started.UTC().Format(time.RFC3339Nano)})
	}
	if frames, err := m.Encode(k.signer); err == nil {
		if ofCell {
			k.out.settle()
		} else {
			k.out.flushAll()
		}
		_ = ch.router.Send(r.peer, frames) // the peer may have left; its cell has run all the same
	}
}

// An explained error brings the lines that a notebook shows for it.
type explained interface {
	error
	Traceback() []string
}

// failure is the content of the reply to a request that failed.
func failure(err error) wire.Reply {
	return wire.Reply{Status: wire.Failed, Error: describe(err)}
}

// describe puts an error into the three fields of the protocol. The traceback is
// what front ends show, so it always says at least what the error says.
func describe(err error) *wire.Error {
	e := &wire.Error{Name: "error", Value: err.Error()}
	var named interface{ Name() string }
	if errors.As(err, &named) {
		e.Name = named.Name()
	}
	var ex explained
	if errors.As(err, &ex) {
		e.Traceback = ex.Traceback()
	}
	if len(e.Traceback) == 0 {
		e.Traceback = []string{red + bold + err.Error() + plain}
	}
	return e
}

// Colours of a traceback, as ANSI escapes; front ends translate them to their theme.
const (
	red   = "\x1b[31m"
	bold  = "\x1b[1m"
	plain = "\x1b[0m"
)
