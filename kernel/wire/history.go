package wire

import (
	"encoding/json"
	"fmt"
)

// A HistoryRequest asks for earlier input.
type HistoryRequest struct {
	Output  bool   `json:"output"`           // with the outputs
	Raw     bool   `json:"raw"`              // as typed, before any rewriting
	Access  string `json:"hist_access_type"` // "range", "tail" or "search"
	Session int    `json:"session"`          // range: 0 is the current session, -1 the one before
	Start   int    `json:"start"`            // range: first line
	Stop    *int   `json:"stop"`             // range: line after the last; nil means to the end
	N       int    `json:"n"`                // tail, search: how many at most; 0 means all
	Pattern string `json:"pattern"`          // search: a glob with * and ?
	Unique  bool   `json:"unique"`           // search: each input once
}

// A HistoryReply lists the entries, oldest first.
type HistoryReply struct {
	Status  Outcome        `json:"status"`
	History []HistoryEntry `json:"history"`
}

// A HistoryEntry is one cell that was run. On the wire it is a list: session,
// line, input, or with outputs session, line, [input, output].
type HistoryEntry struct {
	Session, Line int
	Input         string

	// WithOutput says that the request asked for outputs. Output may be empty
	// all the same; it is then sent as null.
	WithOutput bool
	Output     string
}

// MarshalJSON writes the list.
func (e HistoryEntry) MarshalJSON() ([]byte, error) {
	if !e.WithOutput {
		return marshal([]any{e.Session, e.Line, e.Input})
	}
	var output *string
	if e.Output != "" {
		output = &e.Output
	}
	return marshal([]any{e.Session, e.Line, []any{e.Input, output}})
}

// UnmarshalJSON reads either form.
func (e *HistoryEntry) UnmarshalJSON(data []byte) error {
	var input json.RawMessage
	row := []any{&e.Session, &e.Line, &input}
	if err := json.Unmarshal(data, &row); err != nil {
		return err
	}
	if len(row) != 3 || len(input) == 0 {
		return fmt.Errorf("wire: history entry %.80q, want session, line, input", data)
	}
	if input[0] != '[' {
		return json.Unmarshal(input, &e.Input)
	}
	e.WithOutput = true
	return json.Unmarshal(input, &[]any{&e.Input, &e.Output})
}
