package kernel

import (
	"cmp"
	"context"
	"encoding/json"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"gradbook/kernel/wire"
)

// A line leads to a kernel: through sockets to a process, or through pipes to one in here.
type line interface {
	send(channel string, m *wire.Message)
	receive(ctx context.Context, channel string) *wire.Message // nil when the kernel or ctx has ended
	wait(ctx context.Context)                                  // for the end of the kernel
}

// TestScripts holds the conversations of testdata, each over pipes and over sockets.
func TestScripts(t *testing.T) {
	files, err := filepath.Glob("testdata/conversations/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no conversations: %v", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txt")
		scenes, needsSockets := readScript(t, file)
		t.Run(name+"/sockets", func(t *testing.T) { play(t, scenes, wired) })
		if !needsSockets {
			t.Run(name+"/pipes", func(t *testing.T) { play(t, scenes, piped) })
		}
	}
}

// A player is the client of a script.
type player struct {
	t        *testing.T
	ctx      context.Context
	line     line
	names    names
	sent     map[string]*wire.Message   // by the name of the request
	waiting  map[string][]*wire.Message // heard too early, by channel and parent
	question *wire.Message              // the last that the kernel asked
}

// silence is how long the kernel may say nothing before the test fails for want of an answer.
const silence = time.Minute

func play(t *testing.T, scenes []scene, connect func(t *testing.T, history string) line) {
	history := filepath.Join(t.TempDir(), "history")
	ctx, cancel := context.WithTimeout(t.Context(), silence)
	defer cancel()
	p := &player{t: t, ctx: ctx, names: names{}}
	start := func() {
		p.line, p.sent, p.waiting = connect(t, history), map[string]*wire.Message{}, map[string][]*wire.Message{}
	}
	start()
	for _, s := range scenes {
		switch {
		case s.channel == restart:
			p.line.wait(ctx)
			p.finish("shell", "control", "stdin", "iopub")
			start()
		case s.sends:
			p.send(s)
		default:
			p.hear(s)
		}
		if t.Failed() {
			t.Fatalf("%s: the conversation ends here", s.at)
		}
	}
	p.hearOut()
	p.finish()
}

// send sends what the scene says. A cell is sent as front ends send it: with a right to ask.
func (p *player) send(s scene) {
	content, _ := p.names.resolved(s.parts["content"]).(map[string]any)
	if _, said := content["allow_stdin"]; s.msgType == "execute_request" && !said {
		content["allow_stdin"] = true
	}
	m, err := wire.New(s.msgType, "client", content)
	if err == nil && s.msgType == "input_reply" && p.question != nil {
		m, err = p.question.Child(s.msgType, "client", content)
	}
	if err != nil {
		p.t.Fatalf("%s: %v", s.at, err)
	}
	m.Header.ID = s.request + "-" + m.Header.ID // to be recognised in a message that was not wanted
	m.Identities = nil
	if metadata, ok := s.parts["metadata"]; ok {
		err = m.SetMetadata(metadata)
	}
	if err == nil {
		m.RawHeader, err = header(m.Header, s.parts["header"])
	}
	if err != nil {
		p.t.Fatalf("%s: %v", s.at, err)
	}
	p.sent[s.request] = m
	p.line.send(s.channel, m)
}

// header encodes a header with more fields than we know.
func header(h wire.Header, more map[string]any) (json.RawMessage, error) {
	fields := map[string]any{"msg_id": h.ID, "session": h.Session, "username": h.User, "date": h.Date,
		"msg_type": h.Type, "version": h.Version}
	for name, value := range more {
		fields[name] = value
	}
	return json.Marshal(fields)
}

// hear waits for the message of a scene. A text that was printed may come in pieces.
func (p *player) hear(s scene) {
	m := p.next(s)
	for s.msgType == "stream" && m.Header.Type == "stream" {
		var got wire.Stream
		_ = json.Unmarshal(m.Content, &got) // Decode has looked at it
		want := s.parts["content"]
		if text := want["text"].(string); got.Name != want["name"] || got.Text == text || !strings.HasPrefix(text, got.Text) {
			break
		}
		more := map[string]any{"name": got.Name, "text": strings.TrimPrefix(want["text"].(string), got.Text)}
		s.parts = map[string]map[string]any{"content": more}
		m = p.next(s)
	}
	if m.Header.Type != s.msgType {
		p.t.Errorf("%s: heard %s %s, want %s", s.at, m.Header.Type, m.Content, s.msgType)
		return
	}
	if m.Header.Type == "input_request" {
		p.question = m
	}
	for part, want := range s.parts {
		if wrong := p.names.fits(decoded(m)[part], want); wrong != "" {
			p.t.Errorf("%s: %s: %s", s.at, part, wrong)
		}
	}
}

// decoded is a message as the script writes it.
func decoded(m *wire.Message) map[string]any {
	parts := map[string]any{}
	for name, raw := range map[string]json.RawMessage{"content": m.Content, "metadata": m.Metadata, "header": m.RawHeader} {
		var part map[string]any
		_ = json.Unmarshal(raw, &part) // Decode has looked at it
		parts[name] = part
	}
	return parts
}

// next is the next message of the scene's channel and request.
func (p *player) next(s scene) *wire.Message {
	p.t.Helper()
	var parent wire.Message
	if request := p.sent[s.request]; request != nil {
		parent = *request
	}
	for {
		key := s.channel + " " + parent.Header.ID
		if early := p.waiting[key]; len(early) > 0 {
			p.waiting[key] = early[1:]
			return early[0]
		}
		m := p.receive(s.at, s.channel)
		of, err := m.ParentHeader()
		if err != nil {
			p.t.Fatal(err)
		}
		key = s.channel + " " + of.ID
		p.waiting[key] = append(p.waiting[key], m)
	}
}

// receive takes a message and sees to what is asked of all: the version of the protocol, and
// a parent that is the request's header, whole.
func (p *player) receive(at, channel string) *wire.Message {
	p.t.Helper()
	m := p.line.receive(p.ctx, channel)
	if m == nil {
		p.t.Fatalf("%s: nothing was heard on %s; not asked for was %q", at, channel, p.left())
	}
	if m.Header.Version != wire.ProtocolVersion {
		p.t.Errorf("%s: %s has version %q, want %q", at, m.Header.Type, m.Header.Version, wire.ProtocolVersion)
	}
	for _, request := range p.sent {
		if of, _ := m.ParentHeader(); of.ID == request.Header.ID {
			var got, want any
			_, _ = json.Unmarshal(m.Parent, &got), json.Unmarshal(request.RawHeader, &want)
			if !reflect.DeepEqual(got, want) {
				p.t.Errorf("%s: the parent of %s is %s, want %s", at, m.Header.Type, m.Parent, request.RawHeader)
			}
		}
	}
	return m
}

// hearOut asks a last thing on both channels, behind whose answers nothing can be on its way.
func (p *player) hearOut() {
	for _, channel := range []string{"control", "shell"} {
		last := scene{at: "at the end", channel: channel, request: "the end on " + channel, msgType: "kernel_info_request"}
		p.send(last)
		p.next(last)
		last.channel = "iopub"
		p.next(last)
		p.next(last)
	}
}

// finish wants nothing to have been said that the script does not know, nor to be still
// said on channels that have ended. What answers no request, the welcome and the start of
// the kernel, need not be mentioned.
func (p *player) finish(ended ...string) {
	p.t.Helper()
	for _, channel := range ended {
		for m := p.line.receive(p.ctx, channel); m != nil; m = p.line.receive(p.ctx, channel) {
			of, _ := m.ParentHeader()
			p.waiting[channel+" "+of.ID] = append(p.waiting[channel+" "+of.ID], m)
		}
	}
	for _, left := range p.left() {
		p.t.Errorf("the script does not know of %s", left)
	}
}

func (p *player) left() (lines []string) {
	for key, messages := range p.waiting {
		channel, id, _ := strings.Cut(key, " ")
		name, _, _ := strings.Cut(id, "-")
		for _, m := range messages {
			if id != "" {
				lines = append(lines, strings.Join([]string{channel + "<", cmp.Or(name, "-"), m.Header.Type, string(m.Content)}, " "))
			}
		}
	}
	return lines
}
