package wire

import "encoding/json"

// An ExecuteRequest asks to run a cell. Decoded from JSON, absent fields have
// the specification's defaults, which are not all false; built in Go, every
// field means what it says.
type ExecuteRequest struct {
	Code string `json:"code"`

	// Silent asks for no execute_input, no execute_result, no count and no
	// history.
	Silent bool `json:"silent"`

	// StoreHistory is true by default and always false when Silent.
	StoreHistory bool `json:"store_history"`

	// UserExpressions are evaluated after the cell; their names come back in
	// the reply.
	UserExpressions map[string]string `json:"user_expressions"`

	// AllowStdin says that the sender can answer an input_request. It is false
	// by default, as in ipykernel: a cell that asks a client which cannot
	// answer would wait for ever.
	AllowStdin bool `json:"allow_stdin"`

	// StopOnError, true by default, aborts the requests queued behind this one
	// when it fails.
	StopOnError bool `json:"stop_on_error"`
}

// UnmarshalJSON applies the defaults of the specification.
func (r *ExecuteRequest) UnmarshalJSON(data []byte) error {
	type plain ExecuteRequest // without this method
	p := plain{StoreHistory: true, StopOnError: true}
	if err := json.Unmarshal(data, &p); err != nil {
		return err
	}
	p.StoreHistory = p.StoreHistory && !p.Silent
	*r = ExecuteRequest(p)
	return nil
}

// An ExecuteReply says how a cell ended.
type ExecuteReply struct {
	Status          Outcome        `json:"status"`
	ExecutionCount  int            `json:"execution_count"`
	UserExpressions map[string]any `json:"user_expressions"`
	Payload         []Payload      `json:"payload"`
	*Error                         // set when Status is Failed, else nil
}

// A Payload asks the front end for something beyond showing outputs. Source says
// what: "page" opens the pager with Data, "set_next_input" puts Text in a new
// cell, or in the present one when Replace.
type Payload struct {
	Source  string         `json:"source"`
	Data    map[string]any `json:"data,omitempty"`
	Start   int            `json:"start"` // line at which the pager opens
	Text    string         `json:"text,omitempty"`
	Replace bool           `json:"replace,omitempty"`
}

// An ExecuteInput tells every front end which code now runs.
type ExecuteInput struct {
	Code           string `json:"code"`
	ExecutionCount int    `json:"execution_count"`
}

// An ExecuteResult is the value of a cell's last expression.
type ExecuteResult struct {
	ExecutionCount int            `json:"execution_count"`
	Data           map[string]any `json:"data"`     // mime type to value
	Metadata       map[string]any `json:"metadata"` // mime type to its options
	Transient      Transient      `json:"transient"`
}

// ExecuteMetadata is the metadata of an execute_request and of its reply. Front
// ends send the first three; the kernel answers with Started.
type ExecuteMetadata struct {
	CellID       string   `json:"cellId,omitempty"`
	DeletedCells []string `json:"deletedCells,omitempty"`
	RecordTiming bool     `json:"recordTiming,omitempty"`
	Started      string   `json:"started,omitempty"` // RFC 3339
}
