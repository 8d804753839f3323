package zmtp

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"os"
	"testing"
	"time"
)

// faults are peers that are wrong in some way. The same must hold for each: the
// router lives, serves others, and says what was wrong if something was.
var faults = []struct {
	name    string
	peer    func(raw)
	end     bool  // the router ends the connection
	trouble error // the one reported, if any
}{
	{"connects and leaves", func(c raw) { _ = c.Close() }, false, nil},
	{"connects and is silent", func(raw) {}, false, nil},
	{"half a greeting", func(c raw) { c.write(greeting()[:20]) }, false, nil},
	{"speaks HTTP", func(c raw) {
		c.write([]byte("GET / HTTP/1.1\r\nHost: localhost\r\nUser-Agent: something long enough\r\n\r\n"))
	}, true, errAny},
	{"version 2", func(c raw) { g := greeting(); g[10] = 2; c.write(g) }, true, errAny},
	{"another mechanism", func(c raw) { g := greeting(); copy(g[12:], "PLAIN"); c.write(g) }, true, errAny},
	{"message for a handshake", func(c raw) { c.write(greeting(), frame(0, []byte("hi"))) }, true, errAny},
	{"READY of 2^62 bytes", func(c raw) { c.write(greeting(), announce(4, 1<<62)) }, true, ErrTooLong},
	{"READY with half a property", func(c raw) { c.write(greeting(), command("READY", 11, 'S', 'o')) }, true, nil}, // reads like a peer that left
	{"READY with a name and no value", func(c raw) { c.write(greeting(), command("READY", 3, 'a', 'b', 'c')) }, true, errAny},
	{"READY with a value of 2^32 bytes", func(c raw) { c.write(greeting(), command("READY", 1, 'a', 255, 255, 255, 255, 'b')) }, true, nil},
	{"unknown socket type", func(c raw) { c.write(greeting(), ready("TELEPATH", "")) }, true, errAny},
	{"no socket type", func(c raw) { c.write(greeting(), command("READY")) }, true, errAny},
	{"wrong socket type", func(c raw) { c.write(greeting(), ready("SUB", "")) }, true, errAny},
	{"identity of ours", func(c raw) { c.write(greeting(), ready("DEALER", "\x00A")) }, true, ErrMalformed},
	{"identity of 300 bytes", func(c raw) { c.write(greeting(), ready("DEALER", string(bytes.Repeat([]byte("x"), 300)))) }, true, ErrMalformed},
	{"2^62 bytes", func(c raw) { c.shake(); c.write(announce(0, 1<<62)) }, true, ErrTooLong},
	{"a gigabyte announced", func(c raw) { c.shake(); c.write(announce(0, 1<<30), block(1000)) }, false, nil},
	{"half a header", func(c raw) { c.shake(); c.write([]byte{2, 0, 0}) }, false, nil},
	{"half a message", func(c raw) { c.shake(); c.write(frame(1, []byte("a")), []byte{0, 200, 'x'}) }, false, nil},
	{"half a message and the end", func(c raw) { c.shake(); c.write([]byte{0, 200, 'x'}); _ = c.Close() }, false, nil},
	{"garbage", func(c raw) { c.shake(); c.write(bytes.Repeat([]byte{0xfe}, 100)) }, true, ErrMalformed},
	{"PING too short", func(c raw) { c.shake(); c.write(command("PING", 0)) }, true, ErrMalformed},
	{"ERROR", func(c raw) { c.shake(); c.write(command("ERROR", 3, 'b', 'a', 'd')) }, true, ErrMalformed},
	{"resets", func(c raw) { c.shake(); _ = c.Conn.(*net.TCPConn).SetLinger(0); _ = c.Close() }, false, nil},
}

// errAny stands for an error of zmq4, whose words are its own.
var errAny = errors.New("any")

// shake is the handshake of a raw DEALER.
func (c raw) shake() {
	c.write(greeting(), ready("DEALER", ""))
	c.read(64)
	c.frame()
}

func TestFaults(t *testing.T) {
	for _, tt := range faults {
		t.Run(tt.name, func(t *testing.T) {
			o, troubles := troubled(Options{})
			r := newRouter(t, o)
			c := rawDial(t, r.Addr())
			tt.peer(c)
			serves(t, r)
			if tt.end {
				c.wantEnd()
			}
			if tt.trouble != nil {
				if err := receive(t, troubles); tt.trouble != errAny && !errors.Is(err, tt.trouble) {
					t.Errorf("trouble %v, want %v", err, tt.trouble)
				}
			}
			select {
			case err := <-troubles:
				t.Errorf("trouble %v, want none", err)
			default:
			}
		})
	}
}

// TestSilentConnections: far more than may be half open. The oldest go, whoever
// speaks is served.
func TestSilentConnections(t *testing.T) {
	r := newRouter(t, Options{HalfOpen: 8})
	var silent []raw
	for range 200 {
		silent = append(silent, rawDial(t, r.Addr()))
	}
	serves(t, r)
	for _, c := range silent[:100] {
		c.wantEnd()
	}
}

func TestHandshakeHasDeadline(t *testing.T) {
	o, troubles := troubled(Options{Handshake: 20 * time.Millisecond})
	r := newRouter(t, o)
	rawDial(t, r.Addr()).wantEnd()
	if err := receive(t, troubles); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("trouble %v, want %v", err, os.ErrDeadlineExceeded)
	}
}

// TestPing on every socket: answered with its context, and nothing is delivered.
func TestPing(t *testing.T) {
	r, p, h := newRouter(t, Options{}), newPublisher(t, Options{}), NewHeartbeat(listen(t), Options{})
	closing(t, h)
	for kind, c := range map[string]raw{
		"DEALER": shaken(t, r.Addr(), "DEALER", "pinger"),
		"SUB":    shaken(t, p.Addr(), "SUB", ""),
		"REQ":    shaken(t, h.Addr(), "REQ", ""),
	} {
		for _, context := range []string{"", "context", "sixteen bytes..."} {
			c.write(command("PING", append([]byte{0, 10}, context...)...))
			flags, body := c.frame()
			if flags != 4 || string(body) != "\x04PONG"+context {
				t.Errorf("%s: PING %q is answered %#x %q", kind, context, flags, body)
			}
		}
		c.write(frame(0, []byte("\x01after")))
	}
	if m := receive(t, r.Messages()); string(m.Frames[0]) != "\x01after" {
		t.Errorf("router delivers %q", m.Frames)
	}
	if s := receive(t, p.Subscriptions()); string(s.Topic) != "after" {
		t.Errorf("publisher reports %q", s.Topic)
	}
}

// TestPingWhileBusy: requests wait, since a cell runs and nobody receives; the
// peer is still told that we live.
func TestPingWhileBusy(t *testing.T) {
	r := newRouter(t, Options{})
	c := shaken(t, r.Addr(), "DEALER", "")
	for range 500 {
		c.write(frame(0, block(1000)))
	}
	c.write(command("PING", 0, 0, 'x'))
	if _, body := c.frame(); string(body) != "\x04PONGx" {
		t.Errorf("answer %q, want PONG", body)
	}
	for range 500 {
		receive(t, r.Messages())
	}
}

// TestFloodIsHeldBack: of what a peer sends without being served, no more than its
// inbox holds is taken from the system; the rest is the sender's to keep.
func TestFloodIsHeldBack(t *testing.T) {
	const limit, size, n = 4 << 20, 1 << 20, 100
	r := newRouter(t, Options{Queue: limit})
	s := dialled(t, r.Addr(), Dealer, "flood")
	go func() {
		for body := block(size); s.Send(body) == nil; {
		}
	}()
	for range n {
		receive(t, r.Messages())
		for _, p := range r.server.everyone() {
			p.inbox.mu.Lock()
			held := p.inbox.bytes
			p.inbox.mu.Unlock()
			if held > limit {
				t.Fatalf("%d bytes wait, want at most %d", held, limit)
			}
		}
	}
	other := shaken(t, r.Addr(), "DEALER", "other")
	other.write(frame(0, []byte("hello")), command("PING", 0, 0))
	other.frame() // the answer: hello is in the inbox
	for range 100 {
		if m := receive(t, r.Messages()); string(m.Peer) == "other" {
			go func() { // let the flood run out, so that its sender can close
				for range r.Messages() {
				}
			}()
			return
		}
	}
	t.Error("the other peer was not served among the first hundred messages")
}

func TestDial(t *testing.T) {
	if _, err := Dial(t.Context(), "udp://127.0.0.1:1", Dealer, "", Options{}); err == nil {
		t.Error("udp was dialled")
	}
	silent := listen(t) // accepts in the system's queue, and says nothing
	defer silent.Close()
	ctx, cancel := context.WithCancel(t.Context())
	failed := make(chan error)
	go func() {
		_, err := Dial(ctx, Endpoint(silent.Addr()), Dealer, "", Options{})
		failed <- err
	}()
	c, err := silent.Accept()
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := io.ReadFull(c, make([]byte, 64)); err != nil { // it is in its handshake now
		t.Fatal(err)
	}
	cancel()
	if err := receive(t, failed); err == nil {
		t.Error("a handshake without an answer succeeded")
	}
	r := newRouter(t, Options{})
	if _, err := Dial(t.Context(), Endpoint(r.Addr()), Sub, "", Options{}); err == nil {
		t.Error("a SUB was let in by a ROUTER")
	}
}
