package notebooks

import (
	"encoding/json"
	"strings"
	"testing"

	"gradbook/kernel/wire"
)

// TestOutputsStopAtNonsense: after a message that cannot be decoded the rest of
// the cell is not to be trusted either.
func TestOutputsStopAtNonsense(t *testing.T) {
	o := &outputs{cell: new(Cell), shown: displays{}}
	for _, m := range []struct{ kind, content string }{
		{"stream", `{"name": "stdout", "text": "a"}`},
		{"display_data", `{"data": 1}`},
		{"stream", `{"name": "stdout", "text": "b"}`},
	} {
		o.take(&wire.Message{Header: wire.Header{Type: m.kind}, Content: json.RawMessage(m.content)})
	}
	if o.err == nil || !strings.HasPrefix(o.err.Error(), "content of display_data: ") {
		t.Errorf("error is %v, want one about display_data", o.err)
	}
	if len(o.cell.Outputs) != 1 || o.cell.Outputs[0].Text != "a" {
		t.Errorf("the cell holds %s, want what came before", dump(o.cell.Outputs))
	}
}

// TestEveryTakerRefusesNonsense: each decodes what it is given.
func TestEveryTakerRefusesNonsense(t *testing.T) {
	for kind, take := range takers {
		if err := take(&outputs{cell: new(Cell), shown: displays{}}, json.RawMessage(`[`)); err == nil {
			t.Errorf("%s took a broken content without an error", kind)
		}
	}
}

// TestDisplaysAreShared plays two cells by hand, as Play does, and updates the
// first from the second while the second holds the same id.
func TestDisplaysAreShared(t *testing.T) {
	shown := displays{}
	first, second := &outputs{cell: new(Cell), shown: shown}, &outputs{cell: new(Cell), shown: shown}
	show := func(o *outputs, kind, text string) {
		content, err := json.Marshal(wire.DisplayData{Data: map[string]any{"text/plain": text}, Transient: wire.Transient{DisplayID: "id"}})
		if err != nil {
			t.Fatal(err)
		}
		o.take(&wire.Message{Header: wire.Header{Type: kind}, Content: content})
	}
	show(first, "display_data", "1")
	show(second, "display_data", "2")
	show(second, "update_display_data", "3")
	for i, o := range []*outputs{first, second} {
		if len(o.cell.Outputs) != 1 || o.cell.Outputs[0].Data["text/plain"] != "3" {
			t.Errorf("cell %d holds %s, want the last update", i+1, dump(o.cell.Outputs))
		}
	}
}

// FuzzOutputs: whatever a kernel sends, a notebook that can be written and read
// comes of it.
func FuzzOutputs(f *testing.F) {
	for _, tt := range playTests {
		for _, cell := range tt.cells {
			for line := range strings.Lines(cell) {
				if kind, content, ok := strings.Cut(line, ": "); ok {
					f.Add(kind, content)
				}
			}
		}
	}
	f.Fuzz(func(t *testing.T, kind, content string) {
		n := newNotebook("x")
		o := &outputs{cell: n.Cells[0], shown: displays{}}
		for range 2 {
			o.take(&wire.Message{Header: wire.Header{Type: kind}, Content: json.RawMessage(content)})
		}
		if _, err := Read(n.Bytes()); err != nil {
			t.Errorf("after %s %q: %v", kind, content, err)
		}
		page(t, n, Page{})
	})
}
