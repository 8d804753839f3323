package kernel

import (
	"context"
	"errors"
	"net"
	"sync"
	"time"

	"gradbook/kernel/wire"
	"gradbook/kernel/zmtp"
	"gradbook/kernel/zmtp/curve"
)

// sockets are the five of a connection. The heartbeat is not among the fields: it
// needs no one and answers by itself, even while everything else is stuck.
type sockets struct {
	shell, control, stdin *zmtp.Router
	iopub                 *zmtp.Publisher

	opened []closer
}

type closer interface {
	Close(context.Context) error // sends what is still queued, and closes
}

// listen opens all five or none.
func listen(c wire.Connection) (*sockets, error) {
	var o zmtp.Options
	if c.Encrypted() {
		var err error
		if o.Curve, err = curve.ParseKeys(c.CurvePublicKey, c.CurveSecretKey); err != nil {
			return nil, err
		}
	}
	s := new(sockets)
	for _, open := range []struct {
		port wire.Port
		as   func(l net.Listener) closer
	}{
		{c.Shell, func(l net.Listener) closer { s.shell = zmtp.NewRouter(l, o); return s.shell }},
		{c.Control, func(l net.Listener) closer { s.control = zmtp.NewRouter(l, o); return s.control }},
		{c.Stdin, func(l net.Listener) closer { s.stdin = zmtp.NewRouter(l, o); return s.stdin }},
		{c.IOPub, func(l net.Listener) closer { s.iopub = zmtp.NewPublisher(l, o); return s.iopub }},
		{c.Heartbeat, func(l net.Listener) closer { return zmtp.NewHeartbeat(l, o) }},
	} {
		l, err := zmtp.Listen(c.Endpoint(open.port))
		if err != nil {
			return nil, errors.Join(err, s.close())
		}
		s.opened = append(s.opened, open.as(l))
	}
	return s, nil
}

// drainTime bounds how long closing waits for peers to take what was sent.
const drainTime = 2 * time.Second

// close sends what is still queued and closes. Each socket drains for itself, since
// a client that is slow on one must not delay another.
func (s *sockets) close() error {
	ctx, cancel := context.WithTimeout(context.Background(), drainTime)
	defer cancel()
	errs := make([]error, len(s.opened))
	var wg sync.WaitGroup
	for i, closer := range s.opened {
		wg.Go(func() { errs[i] = closer.Close(ctx) })
	}
	wg.Wait()
	return errors.Join(errs...)
}
