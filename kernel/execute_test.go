package kernel

import (
	"runtime"
	"slices"
	"testing"
	"time"

	"gradbook/kernel/wire"
)

// TestExecute follows single cells from busy to idle.
func TestExecute(t *testing.T) {
	for _, tt := range []struct {
		name    string
		request wire.ExecuteRequest
		said    []string
		status  string
		count   float64
	}{
		{"value", run("value 6"), []string{"busy", "execute_input", "execute_result 6", "idle"}, "ok", 1},
		{"nothing", run(""), []string{"busy", "execute_input", "idle"}, "ok", 1},
		{"print", run("print hi"), []string{"busy", "execute_input", "stdout hi", "idle"}, "ok", 1},
		{"show", run("show picture"), []string{"busy", "execute_input", "display_data picture", "idle"}, "ok", 1},
		{"error", run("fail badly"), []string{"busy", "execute_input", "error badly", "idle"}, "error", 1},
		{"silent", wire.ExecuteRequest{Code: "value 6", Silent: true}, []string{"busy", "idle"}, "ok", 0},
		{"silent error", wire.ExecuteRequest{Code: "fail", Silent: true}, []string{"busy", "idle"}, "error", 0},
		{"no history", wire.ExecuteRequest{Code: "value 6"}, []string{"busy", "execute_input", "execute_result 6", "idle"}, "ok", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := newConversation(t)
			reply, said := c.ask(c.shell, "execute_request", tt.request)
			if !slices.Equal(said, tt.said) {
				t.Errorf("said %q, want %q", said, tt.said)
			}
			if reply["status"] != tt.status || reply["execution_count"] != tt.count {
				t.Errorf("reply %v, want status %s and count %v", reply, tt.status, tt.count)
			}
			if payload, ok := reply["payload"].([]any); !ok || len(payload) != 0 {
				t.Errorf("payload %v, want an empty list", reply["payload"])
			}
		})
	}
}

// TestPanicOfOurs: a fault in the kernel itself costs one request, not the session.
func TestPanicOfOurs(t *testing.T) {
	c := newConversation(t)
	reply, said := c.ask(c.shell, "execute_request", run("crash oops"))
	if reply["status"] != "error" || said[len(said)-1] != "idle" {
		t.Errorf("reply %v, said %q, want an error and idle", reply, said)
	}
	if reply, _ := c.ask(c.shell, "execute_request", run("value 1")); reply["status"] != "ok" {
		t.Errorf("the next cell: %v, want ok", reply)
	}
}

// TestStopOnError sends more behind a cell that fails only after all has arrived: the
// cells behind it are aborted, and other questions are answered.
func TestStopOnError(t *testing.T) {
	c := newConversation(t)
	first := c.send(c.shell, "execute_request", run("block"))
	for said := ""; said != "execute_input"; { // the cell has begun
		said = summary(<-c.said)
	}
	second := c.send(c.shell, "execute_request", run("print second"))
	info := c.send(c.shell, "kernel_info_request", nil)
	for len(c.shell.to) > 0 { // until info is taken, and second has arrived
		runtime.Gosched()
	}
	c.answer(c.ctl, c.send(c.ctl, "interrupt_request", nil))
	if reply := c.answer(c.shell, first); reply["status"] != "error" {
		t.Errorf("first: %v, want error", reply)
	}
	if reply := c.answer(c.shell, second); reply["status"] != "aborted" {
		t.Errorf("second: %v, want aborted", reply)
	}
	if reply := c.answer(c.shell, info); reply["status"] != "ok" {
		t.Errorf("kernel_info behind a failed cell: %v, want ok", reply)
	}
	if said := c.heard(second); !slices.Equal(said, []string{"busy", "idle"}) {
		t.Errorf("about an aborted cell: %q, want only busy and idle", said)
	}
	if reply, _ := c.ask(c.shell, "execute_request", run("value 1")); reply["status"] != "ok" || reply["execution_count"] != 2.0 {
		t.Errorf("a cell sent after the failure: %v, want ok with count 2", reply)
	}
}

// TestAbortedByDate: a request that was on its way when the cell failed is aborted by
// its date, on the clock of the client that sent both; other clients' are not.
func TestAbortedByDate(t *testing.T) {
	began := time.Now().Add(-time.Second).Round(0) // by the clock on the wall, as dates are
	for _, skew := range []time.Duration{0, time.Hour, -time.Hour} {
		at := func(d time.Duration, session string) *request {
			m := &wire.Message{Header: wire.Header{Session: session, Date: began.Add(d + skew).Format(time.RFC3339Nano)}}
			return &request{Message: m, arrived: began.Add(d)}
		}
		known := clocks{}
		slow := at(0, "mine")
		slow.arrived = began.Add(time.Second) // it was on its way for long, the failed cell was not
		known.note(slow)
		known.note(at(0, "mine"))
		known.note(slow)
		m := failed(at(0, "mine"), known)
		late := func(sent, arrived time.Duration, session string) bool {
			r := at(sent, session)
			r.arrived = m.at.Add(arrived)
			return m.aborts(r)
		}
		ran := m.at.Sub(began)
		for _, tt := range []struct {
			name string
			got  bool
			want bool
		}{
			{"queued", late(0, -1, "other"), true},
			{"sent before, arrived after", late(ran/2, time.Millisecond, "mine"), true},
			{"sent after", late(ran+time.Microsecond, time.Millisecond, "mine"), false},
			{"of another client", late(ran/2, time.Millisecond, "other"), false},
			{"much later", late(ran/2, time.Minute, "mine"), false},
		} {
			if tt.got != tt.want {
				t.Errorf("clocks %v apart, %s: aborted is %v, want %v", skew, tt.name, tt.got, tt.want)
			}
		}
	}
}

// TestGoOnAfterError: without stop_on_error the queue goes on.
func TestGoOnAfterError(t *testing.T) {
	c := newConversation(t)
	request := run("fail")
	request.StopOnError = false
	first := c.send(c.shell, "execute_request", request)
	second := c.send(c.shell, "execute_request", run("value 2"))
	c.answer(c.shell, first)
	if reply := c.answer(c.shell, second); reply["status"] != "ok" {
		t.Errorf("second: %v, want ok", reply)
	}
}

func TestUserExpressions(t *testing.T) {
	c := newConversation(t)
	request := run("")
	request.UserExpressions = map[string]string{"good": "value 7", "bad": "fail here", "none": ""}
	reply, said := c.ask(c.shell, "execute_request", request)
	values := reply["user_expressions"].(map[string]any)
	for name, status := range map[string]string{"good": "ok", "bad": "error", "none": "ok"} {
		if got := values[name].(map[string]any)["status"]; got != status {
			t.Errorf("%s: status %v, want %s", name, got, status)
		}
	}
	if slices.Contains(said, "error here") {
		t.Errorf("a failing expression was published as the cell's: %q", said)
	}
}

func TestInterrupt(t *testing.T) {
	c := newConversation(t)
	c.ask(c.ctl, "interrupt_request", nil) // between cells: nothing to stop
	blocked := c.send(c.shell, "execute_request", run("block"))
	for said := ""; said != "execute_input"; { // the cell has begun
		said = summary(<-c.said)
	}
	for range 50 {
		c.send(c.ctl, "interrupt_request", nil)
	}
	if reply := c.answer(c.shell, blocked); reply["status"] != "error" || reply["evalue"] != "interrupted" {
		t.Errorf("interrupted cell: %v, want an error", reply)
	}
	for range 50 {
		<-c.ctl.from
	}
	if reply, _ := c.ask(c.shell, "execute_request", run("value 1")); reply["status"] != "ok" {
		t.Errorf("the next cell: %v, want ok", reply)
	}
}

func TestInput(t *testing.T) {
	c := newConversation(t)
	asked := c.send(c.shell, "execute_request", run("ask name?"))
	question := <-c.in.from
	if question.Header.Type != "input_request" || string(question.Identities[0]) != "peer" {
		t.Fatalf("on stdin: %s to %q, want input_request to peer", question.Header.Type, question.Identities)
	}
	stale, _ := wire.New("x", "client", nil)
	answer, _ := stale.Child("input_reply", "client", wire.InputReply{Value: "stale"})
	frames, _ := answer.Encode(c.signer)
	c.in.to <- zmtpMessage(frames)
	answer, _ = question.Child("input_reply", "client", wire.InputReply{Value: "Ada"})
	answer.Identities = nil
	frames, _ = answer.Encode(c.signer)
	c.in.to <- zmtpMessage(frames)
	if said := c.heard(asked); !slices.Contains(said, "execute_result Ada") {
		t.Errorf("said %q, want the answer Ada", said)
	}
}

// TestInputRefused: a front end that cannot answer must not hang its own cell.
func TestInputRefused(t *testing.T) {
	c := newConversation(t)
	request := run("ask name?")
	request.AllowStdin = false
	if reply, _ := c.ask(c.shell, "execute_request", request); reply["status"] != "error" {
		t.Errorf("reply %v, want an error", reply)
	}
}

// TestInputStopped: the Stop button ends a question too.
func TestInputStopped(t *testing.T) {
	c := newConversation(t)
	asked := c.send(c.shell, "execute_request", run("ask name?"))
	<-c.in.from
	c.send(c.ctl, "interrupt_request", nil)
	if reply := c.answer(c.shell, asked); reply["status"] != "error" {
		t.Errorf("reply %v, want an error", reply)
	}
}

// TestPayload: what a cell asks of the front end comes with the reply.
func TestPayload(t *testing.T) {
	c := newConversation(t)
	reply, _ := c.ask(c.shell, "execute_request", run("page all about it"))
	page := reply["payload"].([]any)[0].(map[string]any)
	if page["source"] != "page" || page["data"].(map[string]any)["text/plain"] != "all about it" {
		t.Errorf("payload %v, want the page", page)
	}
}
