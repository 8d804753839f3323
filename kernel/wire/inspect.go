package wire

import (
	"encoding/json"
	"unicode/utf8"
)

// A CompleteRequest asks how the word before the cursor could go on.
type CompleteRequest struct {
	Code   string `json:"code"`
	Cursor int    `json:"cursor_pos"` // in Unicode code points; absent: the end
}

// UnmarshalJSON puts an absent cursor at the end of the code.
func (r *CompleteRequest) UnmarshalJSON(data []byte) error {
	type plain CompleteRequest
	p := plain{Cursor: -1}
	err := json.Unmarshal(data, &p)
	p.Cursor = cursorIn(p.Code, p.Cursor)
	*r = CompleteRequest(p)
	return err
}

// cursorIn brings a cursor into the code: a front end whose copy of the cell is
// newer than its request gets an answer, not an error.
func cursorIn(code string, cursor int) int {
	end := utf8.RuneCountInString(code)
	if cursor < 0 || cursor > end {
		return end
	}
	return cursor
}

// A CompleteReply lists what could stand between two cursors, in code points.
type CompleteReply struct {
	Status   Outcome          `json:"status"`
	Matches  []string         `json:"matches"`
	Start    int              `json:"cursor_start"`
	End      int              `json:"cursor_end"`
	Metadata CompleteMetadata `json:"metadata"`
}

// CompleteMetadata describes the matches one by one, in the same order.
type CompleteMetadata struct {
	Types []CompletionType `json:"_jupyter_types_experimental,omitempty"`
}

// A CompletionType tells what one match is, for its icon and its tooltip.
type CompletionType struct {
	Start     int    `json:"start"`
	End       int    `json:"end"`
	Text      string `json:"text"`
	Type      string `json:"type"` // "function", "keyword", "class", …
	Signature string `json:"signature"`
}

// An InspectRequest asks what the name at the cursor is.
type InspectRequest struct {
	Code   string `json:"code"`
	Cursor int    `json:"cursor_pos"`   // in Unicode code points; absent: the end
	Detail int    `json:"detail_level"` // 0: a summary, 1: all there is
}

// UnmarshalJSON puts an absent cursor at the end of the code.
func (r *InspectRequest) UnmarshalJSON(data []byte) error {
	type plain InspectRequest
	p := plain{Cursor: -1}
	err := json.Unmarshal(data, &p)
	p.Cursor = cursorIn(p.Code, p.Cursor)
	*r = InspectRequest(p)
	return err
}

// An InspectReply shows it, in several forms as in DisplayData.
type InspectReply struct {
	Status   Outcome        `json:"status"`
	Found    bool           `json:"found"`
	Data     map[string]any `json:"data"`
	Metadata map[string]any `json:"metadata"`
}

// An IsCompleteRequest asks a console's question: run it, or a further line?
type IsCompleteRequest struct {
	Code string `json:"code"`
}

// An IsCompleteReply answers with one of the words below.
type IsCompleteReply struct {
	Status string // Complete, Incomplete, Invalid or Unknown
	Indent string // of the next line; sent only when Incomplete
}

// The answers to an IsCompleteRequest.
const (
	Complete   = "complete"
	Incomplete = "incomplete"
	Invalid    = "invalid"
	Unknown    = "unknown"
)

// MarshalJSON writes indent, even an empty one, exactly when the code is
// incomplete: the specification wants it there and nowhere else.
func (r IsCompleteReply) MarshalJSON() ([]byte, error) {
	fields := map[string]string{"status": r.Status}
	if r.Status == Incomplete {
		fields["indent"] = r.Indent
	}
	return json.Marshal(fields)
}

// UnmarshalJSON is the inverse of MarshalJSON.
func (r *IsCompleteReply) UnmarshalJSON(data []byte) error {
	var fields struct{ Status, Indent string }
	err := json.Unmarshal(data, &fields)
	r.Status, r.Indent = fields.Status, fields.Indent
	return err
}
