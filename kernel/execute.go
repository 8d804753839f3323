package kernel

import (
	"context"
	"time"

	"gradbook/kernel/wire"
)

// A Result is the value that a cell shows: a mime bundle and its metadata. A nil
// Result shows nothing.
type Result struct {
	Data     map[string]any // mime type to value, nil to show nothing
	Metadata map[string]any // mime type to its options
	Payload  []wire.Payload // what else the front end is asked to do
}

// executeReply is the reply to a cell, with what belongs in its metadata.
type executeReply struct {
	wire.ExecuteReply
	started time.Time
}

// execute runs one cell, as the one whose output the kernel now publishes and whose
// context an interrupt cancels, and says on IOPub what comes of it.
func (k *Kernel) execute(ctx context.Context, r *request, c wire.ExecuteRequest) (any, error) {
	if k.failed.aborts(r) {
		return wire.Reply{Status: wire.Aborted}, nil
	}
	reply := executeReply{started: time.Now()}
	number := k.number(c)
	reply.ExecutionCount = number
	k.witness.sees(r, k.captured)
	ctx = k.cell.begin(ctx, r, c.AllowStdin) // before anybody hears of the cell, so that nobody interrupts it in vain
	defer k.cell.end()
	if !c.Silent {
		k.out.publish(r.Message, "execute_input", wire.ExecuteInput{Code: c.Code, ExecutionCount: number})
	}
	result, err := k.cells.Eval(ctx, number, c.Code)
	k.captured.drain()
	if c.StoreHistory {
		k.remember(number, c.Code, result)
	}
	if err != nil {
		reply.Status, reply.Error = wire.Failed, describe(err)
		if !c.Silent {
			k.out.publish(r.Message, "error", reply.Error)
		}
		if c.StopOnError {
			k.failed = failed(r, k.clocks)
		}
		return reply, nil
	}
	if result != nil {
		reply.Payload = result.Payload
	}
	if result != nil && result.Data != nil && !c.Silent {
		k.out.publish(r.Message, "execute_result", wire.ExecuteResult{ExecutionCount: number, Data: result.Data, Metadata: result.Metadata})
	}
	reply.UserExpressions = k.userExpressions(ctx, c.UserExpressions)
	return reply, nil
}

// number counts the cell, unless it wants to leave no trace.
func (k *Kernel) number(c wire.ExecuteRequest) int {
	if c.StoreHistory {
		k.count++
	}
	return k.count
}

// abortWindow is how long after a failed cell a request that was sent before the
// failure may still be on its way. A fast cell fails before the rest of "run all"
// has arrived.
const abortWindow = time.Second

// A failedMoment is the moment at which a cell failed that stops what is queued behind it.
type failedMoment struct {
	at      time.Time // by our clock
	session string    // of the client that sent the cell
	sent    time.Time // the moment by that client's clock; zero if its dates are no use
}

// failed notes the moment, by the client's clock too.
func failed(r *request, c clocks) failedMoment {
	m := failedMoment{at: time.Now(), session: r.Header.Session}
	if apart, known := c[m.session]; known {
		m.sent = m.at.Add(-apart)
	}
	return m
}

// clocks tells for each session how far its client's clock is behind ours. A request
// shows it with the time it was on its way, so the least that was seen counts.
type clocks map[string]time.Duration

// manySessions is how many are remembered; beyond it all are learnt anew.
const manySessions = 1000

func (c clocks) note(r *request) {
	sent, err := time.Parse(time.RFC3339Nano, r.Header.Date)
	if err != nil {
		return
	}
	if len(c) >= manySessions {
		clear(c)
	}
	apart := r.arrived.Sub(sent)
	if least, known := c[r.Header.Session]; !known || apart < least {
		c[r.Header.Session] = apart
	}
}

// aborts reports whether r was queued behind a cell that failed: it had arrived by
// then, or the client that sent both dates it before the failure.
func (m failedMoment) aborts(r *request) bool {
	if m.at.IsZero() || r.arrived.After(m.at.Add(abortWindow)) {
		return false
	}
	if !r.arrived.After(m.at) {
		return true
	}
	sent, err := time.Parse(time.RFC3339Nano, r.Header.Date)
	return err == nil && r.Header.Session == m.session && sent.Before(m.sent)
}

// userExpressions evaluates what the front end wants to know after the cell. Each
// succeeds or fails by itself.
func (k *Kernel) userExpressions(ctx context.Context, expressions map[string]string) map[string]any {
	values := make(map[string]any, len(expressions))
	for name, code := range expressions {
		result, err := k.cells.Eval(ctx, k.count, code)
		switch {
		case err != nil:
			values[name] = failure(err)
		case result == nil:
			values[name] = map[string]any{"status": wire.OK, "data": map[string]any{}, "metadata": map[string]any{}}
		default:
			values[name] = map[string]any{"status": wire.OK, "data": result.Data, "metadata": result.Metadata}
		}
	}
	return values
}
