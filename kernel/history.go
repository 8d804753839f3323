package kernel

import (
	"context"
	"fmt"

	"gradbook/kernel/history"
	"gradbook/kernel/wire"
)

// remember adds a cell to the history, and its value as text if it showed one.
func (k *Kernel) remember(line int, code string, result *Result) {
	e := history.Entry{Line: line, Input: code}
	if result != nil {
		e.Output, _ = result.Data["text/plain"].(string)
	}
	k.history.Add(e)
}

// queryHistory answers the three ways of asking for earlier cells.
func (k *Kernel) queryHistory(_ context.Context, _ *request, c wire.HistoryRequest) (any, error) {
	var found []history.Entry
	switch c.Access {
	case "range":
		found = k.history.Range(c.Session, c.Start, c.Stop)
	case "tail":
		found = k.history.Tail(c.N)
	case "search":
		found = k.history.Search(c.Pattern, c.Unique, c.N)
	default:
		return nil, fmt.Errorf("kernel: hist_access_type %q, want range, tail or search", c.Access)
	}
	reply := wire.HistoryReply{}
	for _, e := range found {
		reply.History = append(reply.History, wire.HistoryEntry{
			Session: e.Session, Line: e.Line, Input: e.Input, Output: e.Output, WithOutput: c.Output,
		})
	}
	return reply, nil
}
