package kernel

import (
	"context"
	"errors"
	"net"
	"sync"
	"syscall"
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
	o, err := transport(c)
	if err != nil {
		return nil, err
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
		l, err := listenPatiently(c.Endpoint(open.port))
		if err != nil {
			return nil, errors.Join(err, s.close())
		}
		s.opened = append(s.opened, open.as(l))
	}
	return s, nil
}

// transport is how the connection's sockets speak.
func transport(c wire.Connection) (o zmtp.Options, err error) {
	if c.Encrypted() {
		o.Curve, err = curve.ParseKeys(c.CurvePublicKey, c.CurveSecretKey)
	}
	return o, err
}

// Where a kernel has died the next one comes to the same addresses, and the witness
// of the first may still be there for a moment.
const (
	listenPatience = 2 * (witnessPatience + witnessSettled)
	listenPause    = 10 * time.Millisecond
)

// listenPatiently opens an endpoint as soon as nobody else has it.
func listenPatiently(endpoint string) (l net.Listener, err error) {
	for until := time.Now().Add(listenPatience); ; time.Sleep(listenPause) {
		l, err = zmtp.Listen(endpoint)
		if !errors.Is(err, syscall.EADDRINUSE) || time.Now().After(until) {
			return l, err
		}
	}
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
