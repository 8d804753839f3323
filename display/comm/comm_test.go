package comm

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"
)

// A heard remembers what the front ends are told.
type heard []string

func (h *heard) Comm(kind Kind, id, target string, m Message) error {
	*h = append(*h, fmt.Sprintf("%s %s %v", kind, target, m.Data))
	return nil
}

// receive lets a front end say something, and runs the handler.
func receive(t *testing.T, h *Hub, kind Kind, id, target string, data map[string]any) {
	t.Helper()
	handle, err := h.Receive(kind, id, target, Message{Data: data})
	if err != nil {
		t.Fatal(err)
	}
	if handle != nil {
		handle()
	}
}

func TestFrontEndOpens(t *testing.T) {
	var said heard
	h := NewHub(&said)
	var got []string
	h.Register("echo", func(c *Comm, opening Message) {
		got = append(got, fmt.Sprint("opened ", c.Target(), opening.Data))
		c.OnMessage(func(m Message) { c.Send(Message{Data: map[string]any{"back": m.Data["x"]}}) })
		c.OnClose(func(m Message) { got = append(got, fmt.Sprint("closed ", m.Data, c.Send(m))) })
	})
	receive(t, h, Opening, "1", "echo", map[string]any{"n": 1.0})
	receive(t, h, Opening, "2", "nobody", nil)
	if open := h.Targets(); !maps.Equal(open, map[string]string{"1": "echo"}) {
		t.Errorf("open are %v", open)
	}
	receive(t, h, Saying, "1", "", map[string]any{"x": "y"})
	receive(t, h, Saying, "2", "", map[string]any{"x": "lost"})
	receive(t, h, Closing, "1", "", map[string]any{"why": "done"})
	receive(t, h, Closing, "1", "", nil)
	receive(t, h, Saying, "1", "", nil)
	if want := []string{"comm_close nobody map[]", "comm_msg echo map[back:y]"}; !slices.Equal(said, want) {
		t.Errorf("said %q, want %q", said, want)
	}
	if want := []string{"opened echomap[n:1]", "closed map[why:done] comm: it is closed"}; !slices.Equal(got, want) {
		t.Errorf("handlers got %q, want %q", got, want)
	}
}

func TestCellOpens(t *testing.T) {
	var said heard
	h := NewHub(&said)
	c, err := h.Open("chart", Message{Data: map[string]any{"points": []int{1, 2}}})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	c.OnMessage(func(m Message) { got = append(got, fmt.Sprint(m.Data)) })
	receive(t, h, Saying, c.ID(), "", map[string]any{"click": 3.0})
	for range 2 {
		if err := c.Close(Message{}); err != nil {
			t.Error(err)
		}
	}
	if err := c.Send(Message{}); !errors.Is(err, ErrClosed) {
		t.Errorf("Send after Close: %v, want ErrClosed", err)
	}
	if want := []string{"comm_open chart map[points:[1 2]]", "comm_close chart map[]"}; !slices.Equal(said, want) {
		t.Errorf("said %q, want %q", said, want)
	}
	if !slices.Equal(got, []string{"map[click:3]"}) {
		t.Errorf("the handler got %q", got)
	}
}

func TestCloseAll(t *testing.T) {
	var said heard
	h := NewHub(&said)
	h.Register("echo", func(*Comm, Message) {})
	receive(t, h, Opening, "1", "echo", nil)
	h.CloseAll()
	receive(t, h, Opening, "2", "echo", nil)
	if want := []string{"comm_close echo map[]", "comm_close echo map[]"}; !slices.Equal(said, want) || len(h.Targets()) != 0 {
		t.Errorf("said %q, want %q; open are %v", said, want, h.Targets())
	}
}

func TestWhatJSONCannotHold(t *testing.T) {
	h := NewHub(new(heard))
	if _, err := h.Open("chart", Message{Data: map[string]any{"x": math.NaN()}}); err == nil || !strings.Contains(err.Error(), "the data for chart") {
		t.Errorf("error %v, want one that names the data and the target", err)
	}
	if open := h.Targets(); len(open) != 0 {
		t.Errorf("open are %v, want none", open)
	}
	if _, err := Open("chart", Message{}); err == nil || !strings.Contains(err.Error(), "no front end") {
		t.Errorf("in a program: %v", err)
	}
}
