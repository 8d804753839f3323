package wire

// A State is what the kernel, or one of its requests, is doing.
type State string

// The states of a kernel.
const (
	Starting State = "starting" // once, before anything else
	Busy     State = "busy"     // a request is being handled: its parent
	Idle     State = "idle"     // it is done, and all its outputs are out
)

// A Status announces a state; its parent says of which request.
type Status struct {
	State State `json:"execution_state"`
}

// A Stream is text that a cell wrote.
type Stream struct {
	Name string `json:"name"` // "stdout" or "stderr"
	Text string `json:"text"`
}

// DisplayData shows a value in several forms, of which the front end takes the
// best it knows. It is the content of display_data and of update_display_data,
// which replaces every display with the same id.
type DisplayData struct {
	Data      map[string]any `json:"data"`     // mime type to value
	Metadata  map[string]any `json:"metadata"` // mime type to its options
	Transient Transient      `json:"transient"`
}

// Transient is what is not kept in the notebook file.
type Transient struct {
	DisplayID string `json:"display_id,omitempty"` // for later updates
}

// ClearOutput empties a cell's output, at once or when the next output comes.
type ClearOutput struct {
	Wait bool `json:"wait"`
}

// An IOPubWelcome greets a new subscriber, so that it knows it misses nothing
// from here on (JEP 65). Subscription is the topic it asked for; "" is all.
type IOPubWelcome struct {
	Subscription string `json:"subscription"`
}

// An InputRequest asks, on the stdin channel, for a line of input.
type InputRequest struct {
	Prompt   string `json:"prompt"`
	Password bool   `json:"password"` // do not show what is typed
}

// An InputReply answers an InputRequest.
type InputReply struct {
	Status Outcome `json:"status"`
	Value  string  `json:"value"`
}
