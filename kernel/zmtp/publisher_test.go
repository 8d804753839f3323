package zmtp

import (
	"bytes"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"
)

// subscribed is a subscriber whose subscription has been reported.
func subscribed(t testing.TB, p *Publisher, topic string) (*Socket, Subscription) {
	t.Helper()
	s := dialled(t, p.Addr(), Sub, "")
	if err := s.Subscribe(topic); err != nil {
		t.Fatal(err)
	}
	sub := receive(t, p.Subscriptions())
	if string(sub.Topic) != topic {
		t.Fatalf("subscription to %q is reported as %q", topic, sub.Topic)
	}
	return s, sub
}

func publish(t testing.TB, p *Publisher, parts ...string) {
	t.Helper()
	var frames [][]byte
	for _, s := range parts {
		frames = append(frames, []byte(s))
	}
	if err := p.Publish(frames); err != nil {
		t.Error(err) // not Fatal: some tests publish from goroutines
	}
}

// TestEverySubscriberIsReported, also of a topic that others have: each is to be
// welcomed, and the welcome is for it alone.
func TestEverySubscriberIsReported(t *testing.T) {
	p := newPublisher(t, Options{})
	for i := range 5 {
		s, sub := subscribed(t, p, "")
		if err := p.SendTo(sub.Peer, [][]byte{nil, fmt.Append(nil, "welcome ", i)}); err != nil {
			t.Fatal(err)
		}
		if got := receive(t, s.Messages()); len(got) != 2 || string(got[1]) != fmt.Sprint("welcome ", i) {
			t.Errorf("subscriber %d hears %q", i, got)
		}
	}
	if err := p.SendTo([]byte("nobody"), nil); !errors.Is(err, ErrNoPeer) {
		t.Errorf("error %v, want %v", err, ErrNoPeer)
	}
}

func TestTopicsSelect(t *testing.T) {
	p := newPublisher(t, Options{})
	publish(t, p, "kernel.status", "before anyone listened")
	all, _ := subscribed(t, p, "")
	streams, _ := subscribed(t, p, "kernel.stream")
	if err := streams.Subscribe("kernel.error"); err != nil {
		t.Fatal(err)
	}
	receive(t, p.Subscriptions())
	topics := []string{"kernel.stream", "kernel.status", "kernel.stream.x", "kernel.strea", "kernel.error"}
	for _, topic := range topics {
		publish(t, p, topic, "text")
	}
	for _, want := range topics {
		if got := receive(t, all.Messages()); string(got[0]) != want || string(got[1]) != "text" {
			t.Errorf("all hears %q, want %s", got, want)
		}
	}
	for _, want := range []string{"kernel.stream", "kernel.stream.x", "kernel.error"} {
		if got := receive(t, streams.Messages()); string(got[0]) != want {
			t.Errorf("streams hears %q, want %s", got, want)
		}
	}
	// An unsubscription is not reported; a further subscription, which comes
	// after it, shows that it has been heard.
	if err := errors.Join(streams.Unsubscribe("kernel.stream"), streams.Subscribe("end")); err != nil {
		t.Fatal(err)
	}
	receive(t, p.Subscriptions())
	publish(t, p, "kernel.stream", "not wanted any more")
	publish(t, p, "end")
	if got := receive(t, streams.Messages()); string(got[0]) != "end" {
		t.Errorf("streams hears %q, want end", got)
	}
}

func TestPublishRefuses(t *testing.T) {
	p := NewPublisher(listen(t), Options{})
	if err := p.Publish(nil); !errors.Is(err, ErrMalformed) {
		t.Errorf("no frames: error %v, want %v", err, ErrMalformed)
	}
	if err := p.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := p.Publish([][]byte{nil}); !errors.Is(err, ErrClosed) {
		t.Errorf("after close: error %v, want %v", err, ErrClosed)
	}
	if s, ok := <-p.Subscriptions(); ok {
		t.Errorf("subscription %v after close", s)
	}
}

// TestStalledBesideHealthy: one subscriber never reads, the other must get all of
// 20,000 messages in order, and the first is cut rather than waited for for ever.
func TestStalledBesideHealthy(t *testing.T) {
	o, troubles := troubled(Options{Queue: 1 << 20, Stall: time.Second})
	p := newPublisher(t, o)
	stalled := shaken(t, p.Addr(), "SUB", "")
	stalled.write(frame(0, []byte{1}))
	receive(t, p.Subscriptions())
	healthy, _ := subscribed(t, p, "")
	const n = 20_000
	var all sync.WaitGroup
	all.Go(func() {
		for i := range n {
			if err := p.Publish([][]byte{fmt.Append(nil, i), block(2000)}); err != nil {
				t.Error(err)
			}
		}
	})
	for i := range n {
		if got := receive(t, healthy.Messages()); string(got[0]) != fmt.Sprint(i) || !bytes.Equal(got[1], block(2000)) {
			t.Fatalf("message %d is %q", i, got[0])
		}
	}
	all.Wait()
	if err := receive(t, troubles); !errors.Is(err, ErrSlow) {
		t.Errorf("trouble %v, want %v", err, ErrSlow)
	}
	stalled.wantEnd()
}

// TestSlowIsNotCut: a subscriber that reads a little whenever the publisher is
// stuck on it gets everything, though its queue is full nearly all the time.
func TestSlowIsNotCut(t *testing.T) {
	o, troubles := troubled(Options{Queue: 10_000})
	p := newPublisher(t, o)
	slow := shaken(t, p.Addr(), "SUB", "")
	slow.write(frame(0, []byte{1}))
	receive(t, p.Subscriptions())
	const n = 5000
	var all sync.WaitGroup
	all.Go(func() {
		for i := range n {
			publish(t, p, fmt.Sprint(i), string(block(1000)))
		}
	})
	for i := range n {
		if _, topic := slow.frame(); string(topic) != fmt.Sprint(i) {
			t.Fatalf("message %d is %q", i, topic)
		}
		slow.frame()
	}
	all.Wait()
	select {
	case err := <-troubles:
		t.Errorf("trouble %v", err)
	default:
	}
}

// TestPublishersKeepOneOrder: several goroutines publish, and all subscribers see
// the same sequence.
func TestPublishersKeepOneOrder(t *testing.T) {
	p := newPublisher(t, Options{Queue: 1000})
	a, _ := subscribed(t, p, "")
	b, _ := subscribed(t, p, "")
	const writers, each = 4, 500
	for w := range writers {
		go func() {
			for i := range each {
				publish(t, p, fmt.Sprint(w, " ", i))
			}
		}()
	}
	for i := range writers * each {
		x, y := receive(t, a.Messages()), receive(t, b.Messages())
		if !bytes.Equal(x[0], y[0]) {
			t.Fatalf("message %d is %q for one and %q for the other", i, x[0], y[0])
		}
	}
}

// TestPublisherDrains: publish, close, and the subscriber has it all.
func TestPublisherDrains(t *testing.T) {
	for range 20 {
		p := NewPublisher(listen(t), Options{})
		s, _ := subscribed(t, p, "")
		const n = 2000
		for i := range n {
			publish(t, p, fmt.Sprint(i), "some text")
		}
		if err := p.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		got := 0
		for m := range s.Messages() {
			if string(m[0]) != fmt.Sprint(got) {
				t.Fatalf("message %d is %q", got, m[0])
			}
			got++
		}
		if got != n {
			t.Fatalf("%d messages arrived, want %d", got, n)
		}
	}
}

// TestManySubscriptions of one peer cost another nothing but their own time.
func TestManySubscriptions(t *testing.T) {
	p := newPublisher(t, Options{})
	greedy := dialled(t, p.Addr(), Sub, "")
	const n = 100_000
	go func() {
		for i := range n {
			if err := greedy.Subscribe(fmt.Sprint("topic.", i)); err != nil {
				t.Error(err)
			}
		}
	}()
	for range n {
		sub := receive(t, p.Subscriptions())
		if err := p.SendTo(sub.Peer, [][]byte{sub.Topic}); err != nil {
			t.Fatal(err)
		}
	}
	modest, _ := subscribed(t, p, "kernel")
	publish(t, p, "kernel.status")
	publish(t, p, "topic.99999.x")
	receive(t, modest.Messages())
	for i := range n {
		if got := receive(t, greedy.Messages()); string(got[0]) != fmt.Sprint("topic.", i) {
			t.Fatalf("welcome %d is %q", i, got[0])
		}
	}
	if got := receive(t, greedy.Messages()); string(got[0]) != "topic.99999.x" {
		t.Errorf("greedy hears %q", got)
	}
}

func TestOtherWordsToPublisher(t *testing.T) {
	p := newPublisher(t, Options{})
	c := shaken(t, p.Addr(), "XSUB", "")
	c.write(
		frame(0, nil), frame(0, []byte{2, 'x'}), frame(1, []byte{1}), frame(0, []byte("multipart")),
		frame(0, []byte("\x00never subscribed")),
		command("SUBSCRIBE", []byte("new style")...), command("CANCEL", []byte("new style")...),
		frame(0, []byte("\x01old style")),
	)
	for _, want := range []string{"new style", "old style"} {
		if got := receive(t, p.Subscriptions()); string(got.Topic) != want {
			t.Errorf("subscription to %q, want %q", got.Topic, want)
		}
	}
	publish(t, p, "new style, cancelled")
	publish(t, p, "old style")
	if _, got := c.frame(); string(got) != "old style" {
		t.Errorf("hears %q, want old style", got)
	}
}
