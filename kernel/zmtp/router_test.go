package zmtp

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"testing"
)

func TestRouterAnswersEachByIdentity(t *testing.T) {
	r := newRouter(t, Options{})
	clients := map[string]*Socket{}
	for _, id := range []string{"alice", "bob", ""} {
		clients[id] = dialled(t, r.Addr(), Dealer, id)
	}
	for id, s := range clients {
		if err := s.Send([]byte("I am"), nil, []byte(id)); err != nil {
			t.Fatal(err)
		}
		m := receive(t, r.Messages())
		if len(m.Frames) != 3 || len(m.Frames[1]) != 0 || string(m.Frames[2]) != id {
			t.Errorf("%q arrives as %q", id, m.Frames)
		}
		if id != "" && string(m.Peer) != id || id == "" && (len(m.Peer) == 0 || m.Peer[0] != 0) {
			t.Errorf("identity of %q is %q", id, m.Peer)
		}
		if err := r.Send(m.Peer, [][]byte{[]byte("hello"), []byte(id)}); err != nil {
			t.Error(err)
		}
		if got := receive(t, s.Messages()); len(got) != 2 || string(got[1]) != id {
			t.Errorf("%q is answered %q", id, got)
		}
	}
	if err := r.Send([]byte("nobody"), nil); !errors.Is(err, ErrNoPeer) {
		t.Errorf("error %v, want %v", err, ErrNoPeer)
	}
}

func TestRouterCarriesAnySize(t *testing.T) {
	r := newRouter(t, Options{})
	s := dialled(t, r.Addr(), Dealer, "")
	for _, size := range []int{0, 1, 255, 256, 65_535, prompt, prompt + 1, 50_000_000} {
		want := block(size)
		if err := s.Send(want); err != nil {
			t.Fatal(err)
		}
		m := receive(t, r.Messages())
		if err := r.Send(m.Peer, m.Frames); err != nil {
			t.Fatal(err)
		}
		if got := receive(t, s.Messages()); len(got) != 1 || !bytes.Equal(got[0], want) {
			t.Errorf("%d bytes came back as %d frames", size, len(got))
		}
	}
}

// TestNewestIdentityWins: a client that reconnects is the same client, and the
// connection it had before is most often dead without our knowing.
func TestNewestIdentityWins(t *testing.T) {
	r := newRouter(t, Options{})
	first := dialled(t, r.Addr(), Dealer, "me")
	if err := first.Send([]byte("1")); err != nil {
		t.Fatal(err)
	}
	receive(t, r.Messages())
	second := dialled(t, r.Addr(), Dealer, "me")
	if err := second.Send([]byte("2")); err != nil {
		t.Fatal(err)
	}
	m := receive(t, r.Messages())
	if err := r.Send(m.Peer, [][]byte{[]byte("answer")}); err != nil {
		t.Fatal(err)
	}
	if got := receive(t, second.Messages()); string(got[0]) != "answer" {
		t.Errorf("the second is answered %q", got)
	}
	for got := range first.Messages() {
		t.Errorf("the first is answered %q, want its end", got)
	}
	if err := first.Err(); err == nil {
		t.Error("the first has no reason for its end")
	}
	// The end of the old connection must not have taken the new one along.
	if err := r.Send(m.Peer, [][]byte{[]byte("again")}); err != nil {
		t.Fatal(err)
	}
	receive(t, second.Messages())
}

// TestLastWordsAreDelivered: a client may send and leave at once, as with a
// shutdown_request.
func TestLastWordsAreDelivered(t *testing.T) {
	r := newRouter(t, Options{})
	const n = 100
	for i := range n {
		c := shaken(t, r.Addr(), "DEALER", "")
		c.write(frame(0, fmt.Append(nil, i)))
		_ = c.Close()
	}
	got := map[string]bool{}
	for range n {
		got[string(receive(t, r.Messages()).Frames[0])] = true
	}
	if len(got) != n {
		t.Errorf("%d different messages arrived, want %d", len(got), n)
	}
}

// TestPeersTakeTurns: a thousand requests of one peer do not stand before the
// single one of another. The answer to a PING shows that what was sent before it
// is in the inbox.
func TestPeersTakeTurns(t *testing.T) {
	r := newRouter(t, Options{})
	const n = 10_000
	for id, count := range map[string]int{"flood": n, "single": 1} {
		c := shaken(t, r.Addr(), "DEALER", id)
		c.write(bytes.Repeat(frame(0, []byte("please")), count), command("PING", 0, 0))
		c.frame()
	}
	before := 0
	for string(receive(t, r.Messages()).Peer) != "single" {
		before++
	}
	if before > n/2 {
		t.Errorf("%d of %d messages of the flood came first", before, n)
	}
}

// TestRouterNeverWaits: a peer that does not read a large answer is cut when its
// queue is full, and nobody else notices.
func TestRouterNeverWaits(t *testing.T) {
	o, troubles := troubled(Options{Queue: 1 << 20})
	r := newRouter(t, o)
	deaf := shaken(t, r.Addr(), "DEALER", "deaf")
	deaf.write(frame(0, []byte("talk to me")))
	m := receive(t, r.Messages())
	var err error
	for sent := 0; err == nil; sent++ {
		err = r.Send(m.Peer, [][]byte{block(100_000)})
		if sent%50 == 0 {
			serves(t, r)
		}
	}
	if !errors.Is(err, ErrSlow) {
		t.Errorf("error %v, want %v", err, ErrSlow)
	}
	if err := receive(t, troubles); !errors.Is(err, ErrSlow) {
		t.Errorf("trouble %v, want %v", err, ErrSlow)
	}
	serves(t, r)
}

// TestCloseDrains: everything sent before Close arrives, in twenty runs of twenty
// (zmq4's own PUB loses the last messages in a fifth of them).
func TestCloseDrains(t *testing.T) {
	for range 20 {
		r := NewRouter(listen(t), Options{})
		s := dialled(t, r.Addr(), Dealer, "s")
		if err := s.Send(nil); err != nil {
			t.Fatal(err)
		}
		m := receive(t, r.Messages())
		const n = 2000
		for i := range n {
			if err := r.Send(m.Peer, [][]byte{fmt.Append(nil, i), block(100)}); err != nil {
				t.Fatal(err)
			}
		}
		if err := r.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		for i := range n {
			if got := receive(t, s.Messages()); string(got[0]) != fmt.Sprint(i) {
				t.Fatalf("message %d is %q", i, got[0])
			}
		}
		for range s.Messages() {
			t.Error("one message too many")
		}
		if !errors.Is(s.Err(), io.EOF) {
			t.Errorf("the end is %v, want %v", s.Err(), io.EOF)
		}
	}
}

// TestCloseWhileTheyTalk: requests that nobody will read must not reset the
// connection on which the last reply is travelling.
func TestCloseWhileTheyTalk(t *testing.T) {
	r := NewRouter(listen(t), Options{})
	c := shaken(t, r.Addr(), "DEALER", "chatty")
	c.write(frame(0, nil))
	m := receive(t, r.Messages())
	for range 100 {
		c.write(frame(0, block(10_000)))
	}
	if err := r.Send(m.Peer, [][]byte{block(1 << 20)}); err != nil {
		t.Fatal(err)
	}
	closed := make(chan error)
	go func() { closed <- r.Close(t.Context()) }()
	if _, body := c.frame(); !bytes.Equal(body, block(1<<20)) {
		t.Error("the last reply came out wrong")
	}
	_ = c.Close()
	if err := receive(t, closed); err != nil {
		t.Error(err)
	}
}

func TestCloseGivesUpWithContext(t *testing.T) {
	r := NewRouter(listen(t), Options{})
	deaf := shaken(t, r.Addr(), "DEALER", "deaf")
	deaf.write(frame(0, nil))
	m := receive(t, r.Messages())
	if err := r.Send(m.Peer, [][]byte{block(50_000_000)}); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := r.Close(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("close: %v, want %v", err, context.Canceled)
	}
}

func TestAfterClose(t *testing.T) {
	r := NewRouter(listen(t), Options{})
	silent := rawDial(t, r.Addr())
	if err := r.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := r.Send([]byte("x"), nil); !errors.Is(err, ErrClosed) {
		t.Errorf("send: %v, want %v", err, ErrClosed)
	}
	if m, ok := <-r.Messages(); ok {
		t.Errorf("received %v after close", m)
	}
	if c, err := net.Dial("tcp", r.Addr().String()); err == nil {
		_ = c.Close()
		t.Error("the port still accepts")
	}
	silent.wantEnd()
}

func TestHeartbeat(t *testing.T) {
	h := NewHeartbeat(listen(t), Options{})
	closing(t, h)
	stalled := shaken(t, h.Addr(), "REQ", "") // sends, and never reads an echo
	for range 50 {
		stalled.write(frame(1, nil), frame(0, block(100_000)))
	}
	req, dealer := dialled(t, h.Addr(), Req, ""), dialled(t, h.Addr(), Dealer, "")
	for i := range 100 {
		ping := fmt.Append(nil, "ping ", i)
		if err := errors.Join(req.Send(nil, ping), dealer.Send(ping)); err != nil {
			t.Fatal(err)
		}
		if got := receive(t, req.Messages()); len(got) != 2 || !bytes.Equal(got[1], ping) {
			t.Errorf("REQ hears %q, want %q after an empty frame", got, ping)
		}
		if got := receive(t, dealer.Messages()); len(got) != 1 || !bytes.Equal(got[0], ping) {
			t.Errorf("DEALER hears %q, want %q", got, ping)
		}
	}
}

// BenchmarkEcho is one request and its reply over loopback, as kernel_info is.
func BenchmarkEcho(b *testing.B) {
	r := newRouter(b, Options{})
	go func() {
		for m := range r.Messages() {
			_ = r.Send(m.Peer, m.Frames)
		}
	}()
	s := dialled(b, r.Addr(), Dealer, "")
	body := block(300)
	b.ReportAllocs()
	for b.Loop() {
		if err := s.Send(body, body, body); err != nil {
			b.Fatal(err)
		}
		<-s.Messages()
	}
}
