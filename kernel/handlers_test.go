package kernel

import (
	"slices"
	"testing"

	"gradbook/kernel/wire"
	"gradbook/kernel/zmtp"
)

func zmtpMessage(frames [][]byte) zmtp.Message {
	return zmtp.Message{Peer: []byte("peer"), Frames: frames}
}

// TestReplies asks each question once, on each channel that knows it, and looks at
// one field of the answer.
func TestReplies(t *testing.T) {
	c := newConversation(t)
	for _, tt := range []struct {
		channel *pipe
		request string
		content any
		field   string
		want    any
	}{
		{c.shell, "kernel_info_request", nil, "protocol_version", wire.ProtocolVersion},
		{c.ctl, "kernel_info_request", nil, "implementation", Implementation},
		{c.shell, "complete_request", wire.CompleteRequest{Code: "né", Cursor: 2}, "cursor_end", 2.0},
		{c.shell, "inspect_request", wire.InspectRequest{Code: "known"}, "found", true},
		{c.shell, "inspect_request", wire.InspectRequest{Code: "unknown"}, "found", false},
		{c.shell, "is_complete_request", wire.IsCompleteRequest{Code: "{"}, "indent", "  "},
		{c.shell, "comm_info_request", map[string]any{"target_name": nil}, "status", "ok"},
		{c.shell, "history_request", wire.HistoryRequest{Access: "tail", N: 5}, "status", "ok"},
		{c.shell, "history_request", wire.HistoryRequest{Access: "sideways"}, "status", "error"},
		{c.shell, "execute_request", map[string]any{"code": 5}, "status", "error"},
		{c.ctl, "connect_request", nil, "status", "ok"},
		{c.ctl, "interrupt_request", nil, "status", "ok"},
		{c.ctl, "usage_request", nil, "cpu_count", nil},
		{c.ctl, "shutdown_request", wire.ShutdownRequest{Restart: true}, "restart", true},
	} {
		reply, said := c.ask(tt.channel, tt.request, tt.content)
		if got := reply[tt.field]; tt.want != nil && got != tt.want {
			t.Errorf("%s: %s is %v, want %v (%v)", tt.request, tt.field, got, tt.want, reply)
		}
		if said[0] != "busy" || said[len(said)-1] != "idle" {
			t.Errorf("%s: said %q, want busy first and idle last", tt.request, said)
		}
	}
}

// TestUnknown: what the kernel does not know is kept quiet.
func TestUnknown(t *testing.T) {
	c := newConversation(t)
	odd := c.send(c.shell, "moonshine_request", nil)
	if said := c.heard(odd); !slices.Equal(said, []string{"busy", "idle"}) {
		t.Errorf("said %q, want busy and idle", said)
	}
	select {
	case m := <-c.shell.from:
		t.Errorf("got %s, want no reply", m.Header.Type)
	default:
	}
}

// TestHostile: what is malformed, forged or sent twice is dropped, and the next
// request is answered.
func TestHostile(t *testing.T) {
	c := newConversation(t)
	m, _ := wire.New("execute_request", "client", run("value once"))
	frames, _ := m.Encode(c.signer)
	forged := slices.Clone(frames)
	forged[len(forged)-1] = []byte(`{"code": "value forged"}`)
	for _, f := range [][][]byte{nil, {[]byte("x")}, {[]byte("<IDS|MSG>")}, forged, frames, slices.Clone(frames)} {
		c.shell.to <- zmtpMessage(f)
	}
	c.send(c.shell, "kernel_info_request", nil)
	for _, want := range []string{"execute_reply", "kernel_info_reply"} {
		if got := (<-c.shell.from).Header.Type; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
