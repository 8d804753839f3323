package kernel

import (
	"slices"
	"testing"

	"gradbook/kernel/wire"
)

// TestCommInCells: handlers that cells registered are run with what a front end says,
// fail as cells fail, and end with the session.
func TestCommInCells(t *testing.T) {
	n := newNotebook(t)
	n.shows(`type reading struct {
	Celsius float64 `+"`json:\"celsius\"`"+`
}
seen := []string{}
comm.Register("thermometer", func(c *comm.Comm, opening comm.Message) {
	seen = append(seen, fmt.Sprint(c.Target(), opening.Data, opening.Metadata))
	c.OnMessage(func(m comm.Message) {
		fmt.Println("asked", m.Data["n"])
		if m.Data["n"] == 0.0 {
			panic("no zero")
		}
		c.Send(comm.Message{Data: map[string]any{"twice": 2 * m.Data["n"].(float64)}, Buffers: m.Buffers})
	})
	c.OnClose(func(comm.Message) { seen = append(seen, "closed") })
})`, "")
	hear := func(e commEvent) string {
		if err := n.Comm(t.Context(), e); err != nil {
			return err.Error()
		}
		return ""
	}
	hear(commEvent{kind: "comm_open", id: "1", target: "thermometer", data: map[string]any{"a": 1.0}, metadata: map[string]any{"version": "2"}})
	hear(commEvent{kind: "comm_msg", id: "1", data: map[string]any{"n": 21.0}, buffers: [][]byte{{7}}})
	if err := hear(commEvent{kind: "comm_msg", id: "1", data: map[string]any{"n": 0.0}}); err != "cell 1, line 10: panic: no zero" {
		t.Errorf("a handler that panics: %q", err)
	}
	if open := n.Comms(); open["1"] != "thermometer" {
		t.Errorf("open are %v", open)
	}
	hear(commEvent{kind: "comm_close", id: "1"})
	n.shows("seen", "[thermometermap[a:1] map[version:2] closed]")
	n.shows(`c, err := comm.Open("chart", comm.Message{Data: map[string]any{"r": reading{21.5}}})
err`, "<nil>")
	n.shows("c.Target()", "chart")
	n.shows("%reset", "")
	if want := []string{
		"comm_msg thermometer map[twice:42] map[] [[7]]", "comm_open chart map[r:{21.5}] map[] []", "comm_close chart map[] map[] []",
	}; !slices.Equal(n.screen.said, want) {
		t.Errorf("said %q, want %q", n.screen.said, want)
	}
	if said := n.out.String(); said != "asked 21\nasked 0\n" {
		t.Errorf("printed %q", said)
	}
}

// TestCommMessages: each of the three is busy, what is said about it, and idle, with
// no reply.
func TestCommMessages(t *testing.T) {
	c := newConversation(t)
	for _, tt := range []struct {
		request string
		content any
		want    string
	}{
		{"comm_open", wire.CommOpen{ID: "c1", Target: "nobody"}, "comm_close"},
		{"comm_open", wire.CommOpen{ID: "c1", Target: "somebody", Data: map[string]any{"a": 1}}, "comm_msg"},
		{"comm_msg", wire.CommMsg{ID: "c1"}, "comm_msg"},
		{"comm_close", wire.CommClose{ID: "c1"}, "comm_msg"},
	} {
		sent := c.send(c.shell, tt.request, tt.content)
		if said := c.heard(sent); !slices.Equal(said, []string{"busy", tt.want, "idle"}) {
			t.Errorf("%s: said %q, want %s", tt.request, said, tt.want)
		}
	}
	for target, want := range map[any]int{nil: 2, "": 2, "one": 1, "nobody": 0} {
		reply, _ := c.ask(c.shell, "comm_info_request", map[string]any{"target_name": target})
		if comms := reply["comms"].(map[string]any); len(comms) != want {
			t.Errorf("target %v: %v, want %d", target, comms, want)
		}
	}
}
