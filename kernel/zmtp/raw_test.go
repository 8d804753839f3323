package zmtp

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"testing"
	"time"
)

// patienceInTests bounds what would otherwise hang a failing test; no test that
// passes waits for it.
const patienceInTests = 30 * time.Second

// listen opens a loopback port for one test.
func listen(t testing.TB) net.Listener {
	t.Helper()
	l, err := Listen("tcp://127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// closing closes a socket when the test ends.
func closing(t testing.TB, s interface{ Close(context.Context) error }) {
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), patienceInTests)
		defer cancel()
		if err := s.Close(ctx); err != nil {
			t.Errorf("close: %v", err)
		}
	})
}

func newRouter(t testing.TB, o Options) *Router {
	r := NewRouter(listen(t), o)
	closing(t, r)
	return r
}

func newPublisher(t testing.TB, o Options) *Publisher {
	p := NewPublisher(listen(t), o)
	closing(t, p)
	return p
}

// dialled is the client of a test, on our own Dial.
func dialled(t testing.TB, a net.Addr, kind Kind, identity string) *Socket {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patienceInTests)
	defer cancel()
	s, err := Dial(ctx, Endpoint(a), kind, identity, Options{})
	if err != nil {
		t.Fatal(err)
	}
	closing(t, s)
	return s
}

// receive is one value from a channel, or a failure.
func receive[T any](t testing.TB, from <-chan T) T {
	t.Helper()
	select {
	case v, ok := <-from:
		if !ok {
			t.Fatal("channel is closed")
		}
		return v
	case <-time.After(patienceInTests):
		t.Fatal("nothing came")
	}
	panic("unreachable")
}

// A raw peer writes ZMTP byte by byte, from the specification and without any
// code of ours or of zmq4: only so can it be wrong on purpose.
type raw struct {
	net.Conn
	t testing.TB
}

func rawDial(t testing.TB, a net.Addr) raw {
	t.Helper()
	c, err := net.Dial(a.Network(), a.String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	if err := c.SetReadDeadline(time.Now().Add(patienceInTests)); err != nil {
		t.Fatal(err)
	}
	return raw{c, t}
}

// greeting is that of a ZMTP 3.1 peer without security.
func greeting() []byte {
	g := make([]byte, 64)
	g[0], g[9], g[10], g[11] = 0xff, 0x7f, 3, 1
	copy(g[12:], "NULL")
	return g
}

// property is one of a READY command's.
func property(name, value string) []byte {
	p := append([]byte{byte(len(name))}, name...)
	p = binary.BigEndian.AppendUint32(p, uint32(len(value)))
	return append(p, value...)
}

// frame makes one, long if need be.
func frame(flags byte, body []byte) []byte {
	if len(body) < 256 {
		return append([]byte{flags, byte(len(body))}, body...)
	}
	return append(announce(flags, uint64(len(body))), body...)
}

// announce is the header of a long frame whose body is still to come, or never.
func announce(flags byte, size uint64) []byte {
	return binary.BigEndian.AppendUint64([]byte{flags | 2}, size)
}

func command(name string, body ...byte) []byte {
	return frame(4, append(append([]byte{byte(len(name))}, name...), body...))
}

func ready(kind string, identity string) []byte {
	return command("READY", append(property("Socket-Type", kind), property("Identity", identity)...)...)
}

// shaken is a raw peer after a proper handshake.
func shaken(t testing.TB, a net.Addr, kind, identity string) raw {
	t.Helper()
	c := rawDial(t, a)
	c.write(greeting(), ready(kind, identity))
	c.read(64)
	if _, name := c.frame(); string(name[:6]) != "\x05READY" {
		t.Fatalf("server answers %q, want READY", name)
	}
	return c
}

func (c raw) write(parts ...[]byte) {
	c.t.Helper()
	for _, p := range parts {
		if _, err := c.Write(p); err != nil {
			c.t.Fatal(err)
		}
	}
}

func (c raw) read(n int) []byte {
	c.t.Helper()
	b := make([]byte, n)
	if _, err := io.ReadFull(c, b); err != nil {
		c.t.Fatalf("read %d bytes: %v", n, err)
	}
	return b
}

func (c raw) frame() (flags byte, body []byte) {
	c.t.Helper()
	h := c.read(2)
	if h[0]&2 == 0 {
		return h[0], c.read(int(h[1]))
	}
	size := binary.BigEndian.Uint64(append(h[1:], c.read(7)...))
	return h[0] &^ 2, c.read(int(size))
}

// wantEnd reads to the end of the connection, which the other side must make.
func (c raw) wantEnd() {
	c.t.Helper()
	_, err := io.Copy(io.Discard, c)
	var timeout net.Error
	if errors.As(err, &timeout) && timeout.Timeout() {
		c.t.Error("connection was not closed")
	}
}

// serves checks that a router still answers somebody new.
func serves(t testing.TB, r *Router) {
	t.Helper()
	s := dialled(t, r.Addr(), Dealer, "")
	if err := s.Send([]byte("still there?")); err != nil {
		t.Fatal(err)
	}
	m := receive(t, r.Messages())
	if len(m.Frames) != 1 || string(m.Frames[0]) != "still there?" {
		t.Fatalf("router received %q", m.Frames)
	}
	if err := r.Send(m.Peer, [][]byte{[]byte("yes")}); err != nil {
		t.Fatal(err)
	}
	if got := receive(t, s.Messages()); len(got) != 1 || string(got[0]) != "yes" {
		t.Fatalf("answer %q, want yes", got)
	}
}

// troubled collects what a socket complains about.
func troubled(o Options) (Options, <-chan error) {
	troubles := make(chan error, 1000)
	o.Trouble = func(err error) {
		select {
		case troubles <- err:
		default:
		}
	}
	return o, troubles
}
