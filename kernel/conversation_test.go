package kernel

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"gradbook/kernel/cell"
	"gradbook/kernel/history"
	"gradbook/kernel/wire"
	"gradbook/kernel/zmtp"
)

// A conversation is a kernel with a toy in place of the interpreter and channels
// in place of sockets: what is asked and what is said can be followed message by
// message, without ports and without waiting for time to pass.
type conversation struct {
	t      *testing.T
	k      *Kernel
	signer *wire.Signer
	shell  *pipe
	ctl    *pipe
	in     *pipe
	said   chan *wire.Message // what the kernel publishes
	done   chan struct{}      // closed when the kernel has ended
}

// A pipe is a router without a socket.
type pipe struct {
	signer *wire.Signer
	to     chan zmtp.Message
	from   chan *wire.Message
}

func (p *pipe) Messages() <-chan zmtp.Message { return p.to }

func (p *pipe) Send(peer []byte, frames [][]byte) error {
	m, err := wire.Decode(frames, p.signer)
	if err != nil {
		return err
	}
	m.Identities = [][]byte{peer}
	p.from <- m
	return nil
}

// Publish makes the conversation the kernel's publisher.
func (c *conversation) Publish(frames [][]byte) error {
	m, err := wire.Decode(frames, c.signer)
	if err != nil {
		return err
	}
	c.said <- m
	return nil
}

// Settle has nothing to do: what was published is there.
func (c *conversation) Settle(context.Context) {}

func newConversation(t *testing.T) *conversation {
	t.Helper()
	return converse(t, history.Options{}, func(k *Kernel) cells { return toy{k} })
}

// converse is newConversation with a history and with cells that may be real ones.
func converse(t *testing.T, o history.Options, made func(*Kernel) cells) *conversation {
	t.Helper()
	signer, err := wire.NewSigner("hmac-sha256", "secret")
	if err != nil {
		t.Fatal(err)
	}
	newPipe := func() *pipe {
		return &pipe{signer: signer, to: make(chan zmtp.Message, 64), from: make(chan *wire.Message, 64)}
	}
	c := &conversation{t: t, signer: signer, shell: newPipe(), ctl: newPipe(), in: newPipe(), said: make(chan *wire.Message, 4096), done: make(chan struct{})}
	k := &Kernel{options: Options{Version: "test"}, session: "kernel", signer: signer, history: history.New(o)}
	k.out = &output{to: c, signer: signer, session: k.session}
	k.shell = channel{c.shell, shellHandlers}
	k.control = channel{c.ctl, controlHandlers}
	k.stdin = channel{c.in, nil}
	k.cells = made(k)
	c.k = k
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		k.serveAll(ctx)
		if err := k.history.Close(); err != nil {
			t.Error(err)
		}
		close(c.done)
	}()
	t.Cleanup(func() { cancel(); <-c.done })
	return c
}

// send puts a request on a channel without waiting for anything.
func (c *conversation) send(p *pipe, msgType string, content any) *wire.Message {
	c.t.Helper()
	m, err := wire.New(msgType, "client", content)
	if err != nil {
		c.t.Fatal(err)
	}
	frames, err := m.Encode(c.signer)
	if err != nil {
		c.t.Fatal(err)
	}
	p.to <- zmtp.Message{Peer: []byte("peer"), Frames: frames}
	return m
}

// heard returns what the kernel says about request, up to idle, one line each:
// the type and, where it helps, the content.
func (c *conversation) heard(request *wire.Message) []string {
	c.t.Helper()
	var lines []string
	for {
		var m *wire.Message
		select {
		case m = <-c.said:
		case <-c.t.Context().Done():
			c.t.Fatalf("the kernel said only %q and never idle", lines)
		}
		if parent, err := m.ParentHeader(); err != nil || parent.ID != request.Header.ID {
			continue
		}
		line := summary(m)
		lines = append(lines, line)
		if line == "idle" {
			return lines
		}
	}
}

func summary(m *wire.Message) string {
	var content map[string]any
	_ = json.Unmarshal(m.Content, &content) // checked by Decode
	switch m.Header.Type {
	case "status":
		return content["execution_state"].(string)
	case "stream":
		return content["name"].(string) + " " + content["text"].(string)
	case "execute_result", "display_data":
		return m.Header.Type + " " + content["data"].(map[string]any)["text/plain"].(string)
	case "error":
		return "error " + content["evalue"].(string)
	}
	return m.Header.Type
}

// ask sends a request and returns its reply's content and what was said about it.
func (c *conversation) ask(p *pipe, msgType string, content any) (reply map[string]any, said []string) {
	c.t.Helper()
	request := c.send(p, msgType, content)
	said = c.heard(request)
	return c.answer(p, request), said
}

// answer returns the reply to request.
func (c *conversation) answer(p *pipe, request *wire.Message) map[string]any {
	c.t.Helper()
	m := <-p.from
	if parent, err := m.ParentHeader(); err != nil || parent.ID != request.Header.ID {
		c.t.Fatalf("%s answers %q (%v), want an answer to %q", m.Header.Type, parent.ID, err, request.Header.ID)
	}
	var content map[string]any
	if err := json.Unmarshal(m.Content, &content); err != nil {
		c.t.Fatal(err)
	}
	content["type"] = m.Header.Type
	return content
}

// run is a cell as a notebook sends it.
func run(code string) wire.ExecuteRequest {
	return wire.ExecuteRequest{Code: code, StoreHistory: true, AllowStdin: true, StopOnError: true}
}

// A toy evaluates lines of one verb and its text.
type toy struct{ k *Kernel }

func (t toy) Eval(ctx context.Context, _ int, code string) (*Result, error) {
	verb, text, _ := strings.Cut(code, " ")
	switch verb {
	case "print", "warn":
		name := map[string]string{"print": "stdout", "warn": "stderr"}[verb]
		stream{t.k, name}.Write([]byte(text))
	case "value":
		return &Result{Data: map[string]any{"text/plain": text}}, nil
	case "page":
		return &Result{Payload: []wire.Payload{{Source: "page", Data: map[string]any{"text/plain": text}}}}, nil
	case "show":
		return nil, screen(t).show("display_data", "id", map[string]any{"text/plain": text}, nil)
	case "fail":
		return nil, errors.New(text)
	case "block":
		<-ctx.Done()
		return nil, errors.New("interrupted")
	case "ask":
		answer, err := t.k.input(text, false)
		return &Result{Data: map[string]any{"text/plain": answer}}, err
	case "crash":
		panic(text)
	}
	return nil, nil
}

func (toy) Complete(code string, cursor int) cell.Completion {
	return cell.Completion{Matches: []cell.Match{{Text: code + "!", Kind: "function", Signature: "()"}}, Start: 0, End: cursor}
}

func (toy) Inspect(code string, _, _ int) cell.Inspection {
	return cell.Inspection{Found: code == "known", Text: "all about " + code}
}

func (toy) IsComplete(string) (status, indent string) { return wire.Incomplete, "  " }

func (toy) Comms() map[string]string { return map[string]string{"1": "one", "2": "two"} }

func (t toy) Comm(_ context.Context, e commEvent) error {
	if e.target == "nobody" {
		return t.k.say(commEvent{kind: "comm_close", id: e.id})
	}
	return t.k.say(commEvent{"comm_msg", e.id, "", e.data, e.metadata, e.buffers})
}
