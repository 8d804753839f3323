package kernel

import (
	"context"

	"gradbook/kernel/wire"
)

// commInfo lists the open comms. Go code registers no targets, so none are open.
func (k *Kernel) commInfo(context.Context, *request, wire.CommInfoRequest) (any, error) {
	return wire.CommInfoReply{}, nil
}

// commOpen closes at once what the front end opens: nobody here answers to its
// target, and silence would leave it waiting.
func (k *Kernel) commOpen(_ context.Context, r *request, c wire.CommOpen) (any, error) {
	k.out.publish(r.Message, "comm_close", wire.CommClose{ID: c.ID})
	return nil, nil
}

// commMsg and commClose concern comms that are closed already.
func (k *Kernel) commMsg(context.Context, *request, wire.CommMsg) (any, error)     { return nil, nil }
func (k *Kernel) commClose(context.Context, *request, wire.CommClose) (any, error) { return nil, nil }
