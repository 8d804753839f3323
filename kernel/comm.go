package kernel

import (
	"context"
	"encoding/json"

	"gradbook/kernel/wire"
)

// A commEvent is what one side says about a comm: its opening, a message, or its end.
type commEvent struct {
	kind       string // the type of the message
	id, target string // the target only at the opening
	data       map[string]any
	metadata   map[string]any
	buffers    [][]byte
}

// commInfo lists the open comms.
func (k *Kernel) commInfo(_ context.Context, _ *request, c wire.CommInfoRequest) (any, error) {
	reply := wire.CommInfoReply{Comms: map[string]wire.CommInfo{}}
	for id, target := range k.cells.Comms() {
		if c.Target == "" || c.Target == target {
			reply.Comms[id] = wire.CommInfo{Target: target}
		}
	}
	return reply, nil
}

func (k *Kernel) commOpen(ctx context.Context, r *request, c wire.CommOpen) (any, error) {
	return k.heard(ctx, r, commEvent{id: c.ID, target: c.Target, data: c.Data})
}

func (k *Kernel) commMsg(ctx context.Context, r *request, c wire.CommMsg) (any, error) {
	return k.heard(ctx, r, commEvent{id: c.ID, data: c.Data})
}

func (k *Kernel) commClose(ctx context.Context, r *request, c wire.CommClose) (any, error) {
	return k.heard(ctx, r, commEvent{id: c.ID, data: c.Data})
}

// heard lets the cells' handler of a comm run, as a cell runs: what it prints belongs
// to the message, and an interrupt stops it. There is no reply, so an error is
// published.
func (k *Kernel) heard(ctx context.Context, r *request, event commEvent) (any, error) {
	event.kind, event.buffers = r.Header.Type, r.Buffers
	_ = json.Unmarshal(r.Metadata, &event.metadata) // what is no object means nothing here
	k.witness.sees(r, k.captured)
	ctx = k.cell.begin(ctx, r, false)
	defer k.cell.end()
	err := k.cells.Comm(ctx, event)
	k.captured.drain()
	if err != nil {
		k.out.publish(r.Message, "error", describe(err))
	}
	return nil, nil
}

// say tells the front ends something about a comm.
func (k *Kernel) say(e commEvent) error {
	k.captured.drain()
	var content any
	switch e.kind {
	case "comm_open":
		content = wire.CommOpen{ID: e.id, Target: e.target, Data: e.data}
	case "comm_msg":
		content = wire.CommMsg{ID: e.id, Data: e.data}
	default:
		content = wire.CommClose{ID: e.id, Data: e.data}
	}
	return k.out.publishWith(k.cell.parent(), e.kind, content, e.metadata, e.buffers)
}
