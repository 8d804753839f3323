package wire

import (
	"encoding/json"
	"testing"
)

// TestExecuteDefaults: what a client leaves out has the specification's meaning.
func TestExecuteDefaults(t *testing.T) {
	for _, tt := range []struct {
		in                       string
		silent, store, in2, stop bool
	}{
		{`{"code": ""}`, false, true, false, true},
		{`{"silent": true}`, true, false, false, true},
		{`{"silent": true, "store_history": true}`, true, false, false, true},
		{`{"store_history": false, "stop_on_error": false, "allow_stdin": true}`, false, false, true, false},
		{`{"store_history": null, "stop_on_error": null, "allow_stdin": null}`, false, true, false, true},
	} {
		var r ExecuteRequest
		if err := json.Unmarshal([]byte(tt.in), &r); err != nil {
			t.Errorf("%s: %v", tt.in, err)
		}
		if r.Silent != tt.silent || r.StoreHistory != tt.store || r.AllowStdin != tt.in2 || r.StopOnError != tt.stop {
			t.Errorf("%s gave %+v", tt.in, r)
		}
	}
	if err := json.Unmarshal([]byte(`{"code": 3}`), new(ExecuteRequest)); err == nil {
		t.Error("a number was taken for code")
	}
}

// TestCursorIsBroughtIntoCode counts code points: the Greek and the emoji are one
// each, whatever they are in bytes or in UTF-16.
func TestCursorIsBroughtIntoCode(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want int
	}{
		{`{"code": "πα", "cursor_pos": 1}`, 1},
		{`{"code": "πα", "cursor_pos": 2}`, 2},
		{`{"code": "πα", "cursor_pos": 3}`, 2},
		{`{"code": "🎓x"}`, 2},
		{`{"code": "🎓x", "cursor_pos": null}`, 2},
		{`{"code": "abc", "cursor_pos": -7}`, 3},
		{`{}`, 0},
	} {
		var c CompleteRequest
		var i InspectRequest
		if err := json.Unmarshal([]byte(tt.in), &c); err != nil || c.Cursor != tt.want {
			t.Errorf("complete %s: cursor %d, %v, want %d", tt.in, c.Cursor, err, tt.want)
		}
		if err := json.Unmarshal([]byte(tt.in), &i); err != nil || i.Cursor != tt.want {
			t.Errorf("inspect %s: cursor %d, %v, want %d", tt.in, i.Cursor, err, tt.want)
		}
	}
}

func TestCommInfoNullMeansAll(t *testing.T) {
	for _, in := range []string{`{}`, `{"target_name": null}`, `{"target_name": ""}`} {
		var r CommInfoRequest
		if err := json.Unmarshal([]byte(in), &r); err != nil || r.Target != "" {
			t.Errorf("%s: %+v, %v", in, r, err)
		}
	}
}

func TestHistoryEntries(t *testing.T) {
	for in, want := range map[string]HistoryEntry{
		`[1, 2, "x"]`:         {Session: 1, Line: 2, Input: "x"},
		`[1, 2, ["x", "y"]]`:  {1, 2, "x", true, "y"},
		`[1, 2, ["x", null]]`: {1, 2, "x", true, ""},
	} {
		var got HistoryEntry
		if err := json.Unmarshal([]byte(in), &got); err != nil || got != want {
			t.Errorf("%s: %+v, %v, want %+v", in, got, err, want)
		}
	}
	for _, in := range []string{`[]`, `[1, 2]`, `[1, 2, "x", 4]`, `["a", 2, "x"]`, `{}`, `[1, 2, null]`, `[1, 2, 3]`} {
		if err := json.Unmarshal([]byte(in), new(HistoryEntry)); err == nil {
			t.Errorf("%s was taken for a history entry", in)
		}
	}
}
