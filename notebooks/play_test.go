package notebooks

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"gradbook/kernel/wire"
)

// A script is a fake kernel: what it publishes for each code. Its cells say what
// should come, "type: content" on each line, so a test reads as what it wants.
type script struct {
	count  int
	asked  []wire.ExecuteRequest
	broken error // returned instead of the second reply
}

// Execute publishes the lines of the code. An error line makes the reply one.
func (s *script) Execute(_ context.Context, r wire.ExecuteRequest, on func(*wire.Message)) (*wire.ExecuteReply, error) {
	s.count++
	s.asked = append(s.asked, r)
	if s.broken != nil && s.count == 2 {
		return nil, s.broken
	}
	reply := &wire.ExecuteReply{Status: wire.OK, ExecutionCount: s.count}
	on(&wire.Message{Header: wire.Header{Type: "status"}, Content: json.RawMessage(`{"execution_state": "busy"}`)})
	on(&wire.Message{Header: wire.Header{Type: "execute_input"}, Content: json.RawMessage(fmt.Sprintf(`{"execution_count": %d}`, s.count))})
	for line := range strings.Lines(r.Code) {
		kind, content, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if !ok {
			continue
		}
		if kind == "error" {
			reply.Status, reply.Error = wire.Failed, new(wire.Error)
			if err := json.Unmarshal([]byte(content), reply.Error); err != nil {
				return nil, err
			}
		}
		on(&wire.Message{Header: wire.Header{Type: kind}, Content: json.RawMessage(content)})
	}
	return reply, nil
}

// newNotebook makes a notebook of code cells.
func newNotebook(codes ...string) *Notebook {
	n := &Notebook{Major: 4, Minor: 5}
	for i, code := range codes {
		n.Cells = append(n.Cells, &Cell{Type: Code, ID: fmt.Sprint("c", i+1), Source: code})
	}
	return n
}

// wrote makes a stream output.
func wrote(name, text string) *Output { return &Output{Type: Stream, Name: name, Text: text} }

// shown makes a display output of a plain text.
func shown(text string) *Output {
	return &Output{Type: DisplayData, Data: map[string]any{"text/plain": text}, Metadata: map[string]any{}}
}

// display is the line of a script that shows a text under an id.
func display(kind, id, text string) string {
	return fmt.Sprintf(`%s: {"data": {"text/plain": %q}, "metadata": {}, "transient": {"display_id": %q}}`, kind, text, id) + "\n"
}

const (
	hello   = `stream: {"name": "stdout", "text": "hel"}` + "\n" + `stream: {"name": "stdout", "text": "lo\n"}` + "\n"
	warning = `stream: {"name": "stderr", "text": "careful\n"}` + "\n"
	boom    = `error: {"ename": "graph.Error", "evalue": "shapes differ", "traceback": ["\u001b[31mcell 2, line 1\u001b[0m", "shapes differ"]}` + "\n"
)

var playTests = []struct {
	name  string
	cells []string
	want  [][]*Output // of each cell
}{
	{"texts of one stream become one", []string{hello + hello}, [][]*Output{{wrote("stdout", "hello\nhello\n")}}},
	{"texts of two streams stay in order", []string{hello + warning + hello},
		[][]*Output{{wrote("stdout", "hello\n"), wrote("stderr", "careful\n"), wrote("stdout", "hello\n")}}},
	{"a display parts texts", []string{hello + display("display_data", "", "6") + hello},
		[][]*Output{{wrote("stdout", "hello\n"), shown("6"), wrote("stdout", "hello\n")}}},
	{"an update replaces", []string{display("display_data", "a", "0 %") + display("update_display_data", "a", "100 %")},
		[][]*Output{{shown("100 %")}}},
	{"an update replaces in an earlier cell", []string{display("display_data", "a", "old"), display("update_display_data", "a", "new")},
		[][]*Output{{shown("new")}, nil}},
	{"a second display of an id replaces the first too", []string{display("display_data", "a", "old"), display("display_data", "a", "new")},
		[][]*Output{{shown("new")}, {shown("new")}}},
	{"an update of something else does not", []string{display("display_data", "a", "old") + display("update_display_data", "b", "new")},
		[][]*Output{{shown("old")}}},
	{"a result is updated too", []string{`execute_result: {"data": {"text/plain": "1"}, "metadata": {}, "execution_count": 1, "transient": {"display_id": "a"}}` + "\n" + display("update_display_data", "a", "2")},
		[][]*Output{{{Type: ExecuteResult, Count: 1, Data: map[string]any{"text/plain": "2"}, Metadata: map[string]any{}}}}},
	{"clear clears", []string{hello + `clear_output: {"wait": false}` + "\n" + warning}, [][]*Output{{wrote("stderr", "careful\n")}}},
	{"clear at the end clears", []string{hello + `clear_output: {"wait": false}`}, [][]*Output{nil}},
	{"clear with wait waits", []string{hello + `clear_output: {"wait": true}`}, [][]*Output{{wrote("stdout", "hello\n")}}},
	{"and clears before the next text of the same stream", []string{hello + `clear_output: {"wait": true}` + "\n" + hello},
		[][]*Output{{wrote("stdout", "hello\n")}}},
	{"an update survives clearing", []string{display("display_data", "a", "old") + `clear_output: {"wait": false}` + "\n" + display("update_display_data", "a", "new")},
		[][]*Output{nil}},
	{"numbers in bundles stay as they are", []string{`display_data: {"data": {"application/json": {"v": 1.50}}, "metadata": {}}`},
		[][]*Output{{{Type: DisplayData, Data: map[string]any{"application/json": map[string]any{"v": json.Number("1.50")}}, Metadata: map[string]any{}}}}},
	{"comms are no outputs", []string{`comm_open: {"comm_id": "x", "data": {}}`}, [][]*Output{nil}},
}

func TestPlayFillsOutputs(t *testing.T) {
	for _, tt := range playTests {
		t.Run(tt.name, func(t *testing.T) {
			n := newNotebook(tt.cells...)
			if err := Play(t.Context(), n, new(script), Playing{}); err != nil {
				t.Fatal(err)
			}
			for i, c := range n.Cells {
				if !reflect.DeepEqual(c.Outputs, tt.want[i]) {
					t.Errorf("cell %d holds %s, want %s", i+1, dump(c.Outputs), dump(tt.want[i]))
				}
				if c.Count != i+1 {
					t.Errorf("cell %d has the count %d", i+1, c.Count)
				}
			}
		})
	}
}

func dump(outs []*Output) string {
	var s []string
	for _, o := range outs {
		s = append(s, fmt.Sprintf("%+v", *o))
	}
	return "[" + strings.Join(s, ", ") + "]"
}

func TestPlayAsksForEachCell(t *testing.T) {
	n := newNotebook("a", "  \n", "b")
	n.Cells = append(n.Cells, &Cell{Type: Markdown, Source: "# c"},
		&Cell{Type: Code, Source: "d", Metadata: map[string]any{"tags": []any{"skip-execution"}}})
	kernel := new(script)
	if err := Play(t.Context(), n, kernel, Playing{}); err != nil {
		t.Fatal(err)
	}
	want := []wire.ExecuteRequest{
		{Code: "a", StoreHistory: true, StopOnError: true},
		{Code: "b", StoreHistory: true, StopOnError: true},
	}
	if !reflect.DeepEqual(kernel.asked, want) {
		t.Errorf("asked for %+v, want %+v", kernel.asked, want)
	}
	if n.Cells[2].Count != 2 || n.Cells[1].Count != 0 {
		t.Errorf("counts are %d and %d, want 2 for the second cell that ran and 0 for the empty one", n.Cells[2].Count, n.Cells[1].Count)
	}
}

func TestPlayStopsAtAFailingCell(t *testing.T) {
	n := newNotebook(hello, boom, hello)
	n.Cells[2].Outputs = []*Output{wrote("stdout", "of yesterday")}
	err := Play(t.Context(), n, new(script), Playing{})
	var failed *CellError
	if !errors.As(err, &failed) {
		t.Fatalf("got error %v, want a *CellError", err)
	}
	if failed.Cell != 2 || failed.Cells != 3 || failed.Name != "graph.Error" || len(failed.Traceback) != 2 {
		t.Errorf("got %+v, want cell 2 of 3 with its traceback", failed)
	}
	if got, want := err.Error(), "notebooks: cell 2 of 3: shapes differ"; got != want {
		t.Errorf("error is %q, want %q", got, want)
	}
	if got := n.Cells[1].Outputs; len(got) != 1 || got[0].Ename != "graph.Error" {
		t.Errorf("the failed cell holds %s, want the error", dump(got))
	}
	if n.Cells[2].Outputs != nil {
		t.Errorf("a cell that did not run holds %s, want nothing of an earlier run", dump(n.Cells[2].Outputs))
	}
}

func TestPlayMayFailWhereTagged(t *testing.T) {
	n := newNotebook(boom, hello)
	n.Cells[0].Metadata = map[string]any{"tags": []any{"raises-exception"}}
	if err := Play(t.Context(), n, new(script), Playing{}); err != nil {
		t.Error(err)
	}
	if len(n.Cells[0].Outputs) != 1 || len(n.Cells[1].Outputs) != 1 {
		t.Errorf("outputs are %s and %s, want the error and the text", dump(n.Cells[0].Outputs), dump(n.Cells[1].Outputs))
	}
}

func TestPlayReportsALostKernel(t *testing.T) {
	lost := errors.New("the kernel died")
	err := Play(t.Context(), newNotebook(hello, hello), &script{broken: lost}, Playing{})
	if !errors.Is(err, lost) || err.Error() != "notebooks: cell 2 of 2: the kernel died" {
		t.Errorf("got error %v, want cell 2 of 2 and the reason", err)
	}
}

func TestPlayReportsNonsense(t *testing.T) {
	err := Play(t.Context(), newNotebook(`stream: {"name": 7}`), new(script), Playing{})
	if err == nil || !strings.Contains(err.Error(), "cell 1 of 1: content of stream") {
		t.Errorf("got error %v, want one about the content of stream", err)
	}
}

func TestPlayReportsProgress(t *testing.T) {
	var got []string
	progress := func(s Step) {
		got = append(got, fmt.Sprint(s.At.ID, " ", s.Cell, "/", s.Cells, " ", s.Done, " ", s.Err != nil))
	}
	if err := Play(t.Context(), newNotebook(hello, boom), new(script), Playing{Progress: progress}); err == nil {
		t.Error("no error, want one")
	}
	want := []string{"c1 1/2 false false", "c1 1/2 true false", "c2 2/2 false false", "c2 2/2 true true"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("progress was %q, want %q", got, want)
	}
}

func TestSettle(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"plain\ntext", "plain\ntext"},
		{"10 %\r50 %\r100 %\n", "100 %\n"},
		{"windows\r\nlines\r\n", "windows\nlines\n"},
		{"half\r", "half"},
		{"abc\b\bd", "ad"},
		{"\b\bx", "x"},
	} {
		if got := settle(tt.in); got != tt.want {
			t.Errorf("settle(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}
