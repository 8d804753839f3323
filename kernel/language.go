package kernel

import (
	"context"

	"gradbook/kernel/cell"
	"gradbook/kernel/wire"
)

// complete lists the words that could stand at the cursor.
func (k *Kernel) complete(_ context.Context, _ *request, c wire.CompleteRequest) (any, error) {
	found := k.cells.Complete(c.Code, c.Cursor)
	reply := wire.CompleteReply{Start: found.Start, End: found.End}
	for _, m := range found.Matches {
		reply.Matches = append(reply.Matches, m.Text)
		reply.Metadata.Types = append(reply.Metadata.Types, wire.CompletionType{
			Start: found.Start, End: found.End, Text: m.Text, Type: m.Kind, Signature: m.Signature,
		})
	}
	return reply, nil
}

// inspect tells what the name at the cursor is.
func (k *Kernel) inspect(_ context.Context, _ *request, c wire.InspectRequest) (any, error) {
	found := k.cells.Inspect(c.Code, c.Cursor, c.Detail)
	if !found.Found {
		return wire.InspectReply{}, nil
	}
	return wire.InspectReply{Found: true, Data: inspectionData(found)}, nil
}

// isComplete answers a console's question: run it, or wait for another line?
func (k *Kernel) isComplete(_ context.Context, _ *request, c wire.IsCompleteRequest) (any, error) {
	status, indent := k.cells.IsComplete(c.Code)
	return wire.IsCompleteReply{Status: status, Indent: indent}, nil
}

func inspectionData(found cell.Inspection) map[string]any {
	data := map[string]any{"text/plain": found.Text}
	if found.Markdown != "" {
		data["text/markdown"] = found.Markdown
	}
	return data
}
