package wire

// A CommOpen starts a conversation between an object in the kernel and one in the
// front end, such as the two halves of a widget. Either side may open.
type CommOpen struct {
	ID     string         `json:"comm_id"`
	Target string         `json:"target_name"` // who should answer at the other end
	Module string         `json:"target_module,omitempty"`
	Data   map[string]any `json:"data"`
}

// A CommMsg continues one.
type CommMsg struct {
	ID   string         `json:"comm_id"`
	Data map[string]any `json:"data"`
}

// A CommClose ends one. It is also the answer to a CommOpen for a target that
// nobody has registered.
type CommClose struct {
	ID   string         `json:"comm_id"`
	Data map[string]any `json:"data"`
}

// A CommInfoRequest asks which comms are open. An empty target means all; null,
// which JupyterLab sends, means the same.
type CommInfoRequest struct {
	Target string `json:"target_name,omitempty"`
}

// A CommInfoReply lists them by id.
type CommInfoReply struct {
	Status Outcome             `json:"status"`
	Comms  map[string]CommInfo `json:"comms"`
}

// CommInfo describes one open comm.
type CommInfo struct {
	Target string `json:"target_name"`
}
