package wire

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"time"
)

var headerTests = []struct {
	name, in string
	want     Header
}{
	{"date missing", `{"msg_type": "t", "msg_id": "1"}`, Header{Type: "t", ID: "1"}},
	{"date null", `{"msg_type": "t", "date": null}`, Header{Type: "t"}},
	{"date a number", `{"msg_type": "t", "date": 1700000000.5}`, Header{Type: "t"}},
	{"date an object", `{"msg_type": "t", "date": {"year": 2026}}`, Header{Type: "t"}},
	{"date not ISO 8601", `{"msg_type": "t", "date": "tomorrow"}`, Header{Type: "t", Date: "tomorrow"}},
	{"user a number", `{"msg_type": "t", "username": 7}`, Header{Type: "t"}},
	{"version a number", `{"msg_type": "t", "version": 5.3}`, Header{Type: "t"}},
	{"subshell null", `{"msg_type": "t", "subshell_id": null}`, Header{Type: "t"}},
	{"subshell named", `{"msg_type": "t", "subshell_id": "x"}`, Header{Type: "t", Subshell: "x"}},
	{"unknown fields", `{"msg_type": "t", "from_the_future": [1, 2]}`, Header{Type: "t"}},
}

func TestHeaderForgives(t *testing.T) {
	for _, tt := range headerTests {
		t.Run(tt.name, func(t *testing.T) {
			m, err := Decode(frames("<IDS|MSG>", "", tt.in, "{}", "{}", "{}"), nil)
			if err != nil || m.Header != tt.want {
				t.Errorf("%s: %+v, %v, want %+v", tt.in, m, err, tt.want)
			}
		})
	}
}

// TestChildCopiesParentWhole: front ends put fields of their own into headers and
// look for them in the parent of what comes back.
func TestChildCopiesParentWhole(t *testing.T) {
	odd := `{"msg_type": "execute_request", "msg_id": "1", "date": 7, "tab": {"b": 1, "a": 1e400}}`
	m, err := Decode(frames("peer", "<IDS|MSG>", "", odd, "{}", "{}", "{}"), nil)
	if err != nil {
		t.Fatal(err)
	}
	reply, err := m.Child("execute_reply", "mine", ExecuteReply{})
	if err != nil {
		t.Fatal(err)
	}
	if string(reply.Parent) != odd {
		t.Errorf("parent %s, want %s", reply.Parent, odd)
	}
	if len(reply.Identities) != 1 || string(reply.Identities[0]) != "peer" {
		t.Errorf("identities %q, want peer", reply.Identities)
	}
	if h := reply.Header; h.Type != "execute_reply" || h.Session != "mine" || h.Version != ProtocolVersion || h.ID == "" {
		t.Errorf("header %+v", h)
	}
}

// TestChildOfOwn: a message that was never on a wire has a parent to give too.
func TestChildOfOwn(t *testing.T) {
	m, err := New("comm_open", "s", CommOpen{ID: "c"})
	if err != nil {
		t.Fatal(err)
	}
	child, err := m.Child("comm_msg", "s", CommMsg{ID: "c"})
	if err != nil {
		t.Fatal(err)
	}
	if parent, err := child.ParentHeader(); err != nil || parent != m.Header {
		t.Errorf("parent %+v, %v, want %+v", parent, err, m.Header)
	}
	if parent, err := m.ParentHeader(); err != nil || parent != (Header{}) {
		t.Errorf("parent of the first %+v, %v, want none", parent, err)
	}
}

func TestNewHeader(t *testing.T) {
	before := time.Now().Add(-time.Second)
	h := NewHeader("status", "s")
	date, err := time.Parse(time.RFC3339, h.Date)
	if err != nil || date.Before(before) || date.After(time.Now().Add(time.Second)) {
		t.Errorf("date %q, %v, want now in RFC 3339", h.Date, err)
	}
	raw, err := json.Marshal(h)
	if err != nil || strings.Contains(string(raw), "subshell") {
		t.Errorf("encodes as %s, %v, want no subshell", raw, err)
	}
}

func TestNewIDs(t *testing.T) {
	uuid := regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	seen := map[string]bool{}
	for range 1000 {
		id := NewID()
		if !uuid.MatchString(id) || seen[id] {
			t.Fatalf("id %q is no new UUID of version 4", id)
		}
		seen[id] = true
	}
}

func TestTopicNamesType(t *testing.T) {
	if got := string(Topic("abc", "stream")); got != "kernel.abc.stream" {
		t.Errorf("topic %q, want kernel.abc.stream", got)
	}
}
