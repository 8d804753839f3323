package kernel

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"gradbook/kernel/wire"
)

// A record keeps what is published.
type record struct{ messages []*wire.Message }

func (r *record) Publish(frames [][]byte) error {
	m, err := wire.Decode(frames, nil)
	if err != nil {
		return err
	}
	r.messages = append(r.messages, m)
	return nil
}

func (*record) Settle(context.Context) {}

func (r *record) text(t *testing.T) (lines []string) {
	t.Helper()
	for _, m := range r.messages {
		var s wire.Stream
		if err := json.Unmarshal(m.Content, &s); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, m.Header.Type+" "+s.Name+" "+s.Text)
	}
	return lines
}

// TestStreamsGather: the first text goes at once, what follows closely is gathered,
// a change of stream or another message sends it, and the order stays.
func TestStreamsGather(t *testing.T) {
	var said record
	o := &output{to: &said, session: "s"}
	cell, err := wire.New("execute_request", "client", nil)
	if err != nil {
		t.Fatal(err)
	}
	o.write(cell, "stdout", []byte("a"))
	o.sent = time.Now().Add(time.Hour) // as if text had only just been sent
	for range 1000 {
		o.write(cell, "stdout", []byte("b"))
	}
	o.write(cell, "stderr", []byte("c"))
	o.sent = time.Now().Add(time.Hour)
	o.write(cell, "stdout", []byte("d"))
	o.publish(cell, "status", wire.Status{State: wire.Idle})
	want := []string{"stream stdout a", "stream stdout " + strings.Repeat("b", 1000), "stream stderr c", "stream stdout d", "status  "}
	got := said.text(t)
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestCharacterInTwoWrites: a character is never cut by a message, whatever the
// pieces in which its bytes arrive; bytes that are no UTF-8 still come through.
func TestCharacterInTwoWrites(t *testing.T) {
	var said record
	o := &output{to: &said, session: "s"}
	for _, b := range []byte("aé世🙂z") {
		o.write(nil, "stdout", []byte{b})
		o.flushLater()
	}
	o.write(nil, "stdout", []byte{0xff, 'x', 0xe4})
	o.flushAll()
	var all string
	for _, line := range said.text(t) {
		all += strings.TrimPrefix(line, "stream stdout ")
	}
	if want := "aé世🙂z\ufffdx\ufffd"; all != want {
		t.Errorf("got %q, want %q", all, want)
	}
}

func TestCompleteRunes(t *testing.T) {
	for text, want := range map[string]int{"": 0, "a": 1, "é": 2, "a\xc3": 1, "a\xe4\xb8": 1, "a\xf0\x9f\x99": 1, "a\xff": 2, "\x80\x80\x80\x80": 4} {
		if got := completeRunes([]byte(text)); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}

// TestTimerSends: text that is gathered does not wait for more.
func TestTimerSends(t *testing.T) {
	published := make(chan [][]byte, 4)
	o := &output{to: publisherFunc(func(f [][]byte) error { published <- f; return nil }), session: "s"}
	o.sent = time.Now()
	o.write(nil, "stdout", []byte("late"))
	<-published // or the test's own time limit
}

type publisherFunc func([][]byte) error

func (f publisherFunc) Publish(frames [][]byte) error { return f(frames) }

func (publisherFunc) Settle(context.Context) {}
