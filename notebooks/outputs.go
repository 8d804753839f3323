package notebooks

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"gradbook/kernel/wire"
)

// displays finds the outputs that carry a display id, in whatever cell they
// stand. The id is no part of a notebook file, so it is kept here while playing.
type displays map[string][]*Output

// outputs collects what one cell publishes while it runs. It is used by one
// goroutine, the one that Executor calls back from.
type outputs struct {
	cell  *Cell
	shown displays

	// clear is set by clear_output with wait: the old outputs stay until there is
	// a new one, so that a picture that moves does not flicker.
	clear bool

	err error // the first message that could not be decoded
}

// takers tells what each type of message does to the cell. Messages of other
// types (status, comms) leave it alone.
var takers = map[string]func(*outputs, json.RawMessage) error{
	"execute_input":       (*outputs).takeInput,
	"stream":              (*outputs).takeStream,
	"display_data":        (*outputs).takeDisplay,
	"execute_result":      (*outputs).takeResult,
	"update_display_data": (*outputs).takeUpdate,
	"error":               (*outputs).takeError,
	"clear_output":        (*outputs).takeClear,
}

// take handles one IOPub message.
func (o *outputs) take(m *wire.Message) {
	taker, ok := takers[m.Header.Type]
	if !ok || o.err != nil {
		return
	}
	if err := taker(o, m.Content); err != nil {
		o.err = fmt.Errorf("content of %s: %w", m.Header.Type, err)
	}
}

// decode fills v, keeping numbers inside mime bundles as they were written.
func decode(content json.RawMessage, v any) error {
	d := json.NewDecoder(bytes.NewReader(content))
	d.UseNumber()
	return d.Decode(v)
}

func (o *outputs) takeInput(content json.RawMessage) error {
	var m wire.ExecuteInput
	err := decode(content, &m)
	o.cell.Count = m.ExecutionCount
	return err
}

// takeStream adds to the text before it if that is of the same stream, since a
// kernel sends text in pieces that mean nothing.
func (o *outputs) takeStream(content json.RawMessage) error {
	var m wire.Stream
	if err := decode(content, &m); err != nil {
		return err
	}
	if n := len(o.cell.Outputs); n > 0 && !o.clear {
		if last := o.cell.Outputs[n-1]; last.Type == Stream && last.Name == m.Name {
			last.Text += m.Text
			return nil
		}
	}
	o.add(&Output{Type: Stream, Name: m.Name, Text: m.Text})
	return nil
}

func (o *outputs) takeDisplay(content json.RawMessage) error {
	var m wire.DisplayData
	if err := decode(content, &m); err != nil {
		return err
	}
	o.show(&Output{Type: DisplayData, Data: m.Data, Metadata: m.Metadata}, m.Transient.DisplayID)
	return nil
}

func (o *outputs) takeResult(content json.RawMessage) error {
	var m wire.ExecuteResult
	if err := decode(content, &m); err != nil {
		return err
	}
	out := &Output{Type: ExecuteResult, Data: m.Data, Metadata: m.Metadata, Count: m.ExecutionCount}
	o.show(out, m.Transient.DisplayID)
	return nil
}

// takeUpdate replaces what is shown under an id. An id nobody shows is ignored.
func (o *outputs) takeUpdate(content json.RawMessage) error {
	var m wire.DisplayData
	if err := decode(content, &m); err != nil {
		return err
	}
	o.replace(m.Transient.DisplayID, m.Data, m.Metadata)
	return nil
}

func (o *outputs) takeError(content json.RawMessage) error {
	var m wire.Error
	if err := decode(content, &m); err != nil {
		return err
	}
	o.add(&Output{Type: Failure, Ename: m.Name, Evalue: m.Value, Traceback: m.Traceback})
	return nil
}

func (o *outputs) takeClear(content json.RawMessage) error {
	var m wire.ClearOutput
	if err := decode(content, &m); err != nil {
		return err
	}
	o.clear = m.Wait
	if !m.Wait {
		o.empty()
	}
	return nil
}

// show adds an output that later messages may replace. Those of the same id that
// are there already show the new value too.
func (o *outputs) show(out *Output, id string) {
	if id != "" {
		o.replace(id, out.Data, out.Metadata)
	}
	o.add(out)
	if id != "" {
		o.shown[id] = append(o.shown[id], out)
	}
}

func (o *outputs) replace(id string, data, metadata map[string]any) {
	for _, out := range o.shown[id] {
		out.Data, out.Metadata = data, metadata
	}
}

// add appends an output, after clearing if that was put off.
func (o *outputs) add(out *Output) {
	if o.clear {
		o.empty()
		o.clear = false
	}
	o.cell.Outputs = append(o.cell.Outputs, out)
}

// empty removes the outputs. What displays still knows of them is harmless: an
// update writes to an output that is in no cell any more.
func (o *outputs) empty() { o.cell.Outputs = nil }

// settle resolves what a terminal would: a carriage return begins its line
// again, a backspace takes back a character. The file keeps what was written;
// pages show what is left.
func settle(text string) string {
	if !strings.ContainsAny(text, "\r\b") {
		return text
	}
	rows := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for i, row := range rows {
		rows[i] = settleRow(row)
	}
	return strings.Join(rows, "\n")
}

func settleRow(row string) string {
	if i := strings.LastIndexByte(strings.TrimRight(row, "\r"), '\r'); i >= 0 {
		row = row[i+1:]
	}
	var out []rune
	for _, r := range strings.TrimRight(row, "\r") {
		switch {
		case r != '\b':
			out = append(out, r)
		case len(out) > 0:
			out = out[:len(out)-1]
		}
	}
	return string(out)
}
