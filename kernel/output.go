package kernel

import (
	"context"
	"sync"
	"time"
	"unicode/utf8"

	"gradbook/kernel/wire"
)

// A publisher sends one message, as frames, to every front end that listens. Settle
// waits until all that was published is on its way, or ctx ends.
type publisher interface {
	Publish(frames [][]byte) error
	Settle(ctx context.Context)
}

// Stream text is sent at once when nothing was sent lately, and otherwise gathered:
// front ends spend far more on a message than on a byte, and a server cuts off a
// kernel that sends more than a thousand messages a second.
const (
	streamDelay = 40 * time.Millisecond
	streamSize  = 64 << 10
)

// An output is what the kernel says on IOPub: every message of every cell, in the
// order in which it was said. All of it passes mu, which is held while a message
// is handed to the publisher: a front end that reads slowly slows the cell down,
// and nothing is dropped.
type output struct {
	to      publisher
	signer  *wire.Signer
	session string

	mu     sync.Mutex
	name   string        // the stream that text belongs to: "stdout" or "stderr"
	text   []byte        // gathered and not yet sent
	parent *wire.Message // the request whose text it is
	sent   time.Time     // when stream text last went out
	timer  *time.Timer   // flushes text; nil when nothing is gathered
}

// publish says one thing about parent, after everything said before it. The
// parent may be nil, for what no request asked for.
func (o *output) publish(parent *wire.Message, msgType string, content any) {
	_ = o.publishWith(parent, msgType, content, nil, nil) // content is ours, and JSON holds it
}

// publishWith is publish for a message with metadata and buffers, as comms have them.
func (o *output) publishWith(parent *wire.Message, msgType string, content any, metadata map[string]any, buffers [][]byte) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.flush(true)
	m, err := o.message(parent, msgType, content)
	if err != nil {
		return err
	}
	if metadata != nil {
		if err := m.SetMetadata(metadata); err != nil {
			return err
		}
	}
	m.Buffers = buffers
	return o.send(m)
}

// write adds to the stream called name. What is left of a character that p cuts in
// two waits for its other half.
func (o *output) write(parent *wire.Message, name string, p []byte) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.text) > 0 && (o.name != name || o.parent != parent) {
		o.flush(true)
	}
	o.name, o.parent = name, parent
	o.text = append(o.text, p...)
	if len(o.text) >= streamSize || time.Since(o.sent) >= streamDelay {
		o.flush(false)
	}
	if len(o.text) > 0 && o.timer == nil {
		o.timer = time.AfterFunc(streamDelay, o.flushLater)
	}
}

func (o *output) flushLater() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.timer = nil
	o.flush(false)
}

// flushAll sends what was gathered, before a message on another channel.
func (o *output) flushAll() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.flush(true)
}

// settleTime is how long a reply to a cell waits for what the cell said to leave. A
// front end that does not read must not delay the others by more.
const settleTime = 5 * time.Millisecond

// settle is flushAll for the reply to a cell, which must not overtake what the cell
// said: some front ends lose an error that comes after it.
func (o *output) settle() {
	o.flushAll()
	ctx, cancel := context.WithTimeout(context.Background(), settleTime)
	defer cancel()
	o.to.Settle(ctx)
}

// flush sends the gathered text; the caller holds mu. Unless all is set, half a
// character at the end is kept.
func (o *output) flush(all bool) {
	n := len(o.text)
	if !all {
		n = completeRunes(o.text)
	}
	if n == 0 {
		return
	}
	if o.timer != nil && n == len(o.text) {
		o.timer.Stop()
		o.timer = nil
	}
	if m, err := o.message(o.parent, "stream", wire.Stream{Name: o.name, Text: string(o.text[:n])}); err == nil {
		_ = o.send(m) // there is nobody to tell
	}
	o.text = append(o.text[:0], o.text[n:]...)
	if cap(o.text) > 4*streamSize {
		o.text = nil // one large write must not be remembered for ever
	}
	o.sent = time.Now()
}

// completeRunes returns the length of p without a character that has only begun.
func completeRunes(p []byte) int {
	for n := 1; n < utf8.UTFMax && n <= len(p); n++ {
		if c := p[len(p)-n]; utf8.RuneStart(c) {
			if !utf8.FullRune(p[len(p)-n:]) {
				return len(p) - n
			}
			break
		}
	}
	return len(p)
}

// send signs and publishes; the caller holds mu. The topic names the type. It fails
// only once the publisher is closed, and then nobody listens.
func (o *output) send(m *wire.Message) error {
	m.Identities = [][]byte{wire.Topic(o.session, m.Header.Type)}
	frames, err := m.Encode(o.signer)
	if err != nil {
		return err
	}
	return o.to.Publish(frames)
}

func (o *output) message(parent *wire.Message, msgType string, content any) (*wire.Message, error) {
	if parent == nil {
		return wire.New(msgType, o.session, content)
	}
	return parent.Child(msgType, o.session, content)
}
