package notebooks

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
)

// ReadFile reads the notebook at path.
func ReadFile(path string) (*Notebook, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("notebooks: %w", err)
	}
	n, err := read(data)
	if err != nil {
		return nil, fmt.Errorf("notebooks: %s: %w", path, err)
	}
	return n, nil
}

// Read decodes a notebook of nbformat 4. An older one is an error that says how
// to convert it; a newer minor version is read, and what is new in it kept.
func Read(data []byte) (*Notebook, error) {
	n, err := read(data)
	if err != nil {
		return nil, fmt.Errorf("notebooks: %w", err)
	}
	return n, nil
}

// read is Read, and leaves it to others to say where the data came from.
func read(data []byte) (*Notebook, error) {
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, errors.New("not a notebook: it is empty, want JSON as Jupyter writes it")
	}
	top, err := decodeObject(data)
	if err != nil {
		return nil, fmt.Errorf("not a notebook: %w, want JSON as Jupyter writes it", err)
	}
	o := &object{keys: top, fault: new(error)}
	if !o.has("nbformat") {
		return nil, errors.New("not a notebook: nbformat is missing, want 4")
	}
	n := readNotebook(o)
	return n, *o.fault
}

// decodeObject decodes one JSON object and nothing after it.
func decodeObject(data []byte) (map[string]any, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var top map[string]any
	if err := d.Decode(&top); err != nil {
		return nil, err
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, errors.New("there is something after the closing brace")
	}
	if top == nil {
		return nil, errors.New("got null, want an object")
	}
	return top, nil
}

// readNotebook takes the notebook apart, level by level.
func readNotebook(o *object) *Notebook {
	n := &Notebook{Major: o.integer("nbformat"), Minor: o.integer("nbformat_minor")}
	if n.Major != 4 {
		o.fail("nbformat", fmt.Errorf("version %d, want 4: open the notebook in JupyterLab and save it", n.Major))
		return n
	}
	n.Metadata = o.object("metadata")
	for _, transient := range []string{"orig_nbformat", "orig_nbformat_minor", "signature"} {
		delete(n.Metadata, transient) // Jupyter drops these too, on every read and write
	}
	if !o.has("cells") {
		o.fail("cells", errors.New("missing, want a list"))
	}
	for _, c := range o.objects("cells", "cell") {
		n.Cells = append(n.Cells, readCell(c))
	}
	n.rest = o.rest()
	return n
}

func readCell(o *object) *Cell {
	c := &Cell{Type: o.text("cell_type"), ID: o.text("id"), Source: o.text("source"), Metadata: o.object("metadata")}
	delete(c.Metadata, "trusted") // never stored: trust is the reader's to give
	if o.has("attachments") {
		c.Attachments = o.object("attachments")
		for _, bundle := range c.Attachments {
			joinBundle(bundle)
		}
	}
	if c.Type == Code {
		c.Count = o.integer("execution_count")
		for _, out := range o.objects("outputs", "output") {
			c.Outputs = append(c.Outputs, readOutput(out))
		}
	}
	c.rest = o.rest()
	return c
}

func readOutput(o *object) *Output {
	out := &Output{Type: o.text("output_type")}
	switch out.Type {
	case Stream:
		out.Name, out.Text = o.text("name"), o.text("text")
	case DisplayData, ExecuteResult:
		out.Data, out.Metadata = o.object("data"), o.object("metadata")
		joinBundle(out.Data)
		if out.Type == ExecuteResult {
			out.Count = o.integer("execution_count")
		}
	case Failure:
		out.Ename, out.Evalue = o.text("ename"), o.text("evalue")
		out.Traceback = o.lines("traceback")
	}
	out.rest = o.rest()
	return out
}

// joinBundle makes one string of each value that the file holds as lines.
func joinBundle(bundle any) {
	forms, _ := bundle.(map[string]any)
	for mime, value := range forms {
		if isJSON(mime) {
			continue // there a list is a list
		}
		if text, ok := joined(value); ok {
			forms[mime] = text
		}
	}
}

// isJSON reports whether values of the mime type are JSON rather than text.
func isJSON(mime string) bool {
	return mime == "application/json" || strings.HasPrefix(mime, "application/") && strings.HasSuffix(mime, "+json")
}

// joined is the text that v holds, as a string or as a list of strings.
func joined(v any) (string, bool) {
	switch v := v.(type) {
	case string:
		return v, true
	case []any:
		lines := make([]string, len(v))
		for i, line := range v {
			text, ok := line.(string)
			if !ok {
				return "", false
			}
			lines[i] = text
		}
		return strings.Join(lines, ""), true
	}
	return "", false
}

// An object is a JSON object being taken apart. It remembers which keys were
// asked for, so that the rest can be kept, and the first fault met anywhere.
type object struct {
	keys  map[string]any
	where string // "cell 3: output 1: ", for messages
	asked []string
	fault *error // shared by the whole notebook
}

// fail records what is wrong with a key, unless something was wrong before.
func (o *object) fail(key string, err error) {
	if *o.fault == nil {
		*o.fault = fmt.Errorf("%s%s: %w", o.where, key, err)
	}
}

// take returns the value of key, nil if there is none.
func (o *object) take(key string) any {
	o.asked = append(o.asked, key)
	return o.keys[key]
}

func (o *object) has(key string) bool { _, ok := o.keys[key]; return ok }

// rest returns the keys that nobody asked for, nil if there are none.
func (o *object) rest() rest {
	for _, key := range o.asked {
		delete(o.keys, key)
	}
	if len(o.keys) == 0 {
		return nil
	}
	return o.keys
}

// text returns a string, or lines joined to one; empty if the key is absent.
func (o *object) text(key string) string {
	v := o.take(key)
	if v == nil {
		return ""
	}
	text, ok := joined(v)
	if !ok {
		o.fail(key, fmt.Errorf("got %s, want text", kind(v)))
	}
	return text
}

// lines returns a list of strings.
func (o *object) lines(key string) []string {
	v, ok := o.take(key).([]any)
	if !ok && o.has(key) {
		o.fail(key, fmt.Errorf("got %s, want a list of text", kind(o.keys[key])))
	}
	lines := make([]string, len(v))
	for i := range v {
		if lines[i], ok = v[i].(string); !ok {
			o.fail(key, fmt.Errorf("got a list with %s, want text", kind(v[i])))
		}
	}
	return lines
}

// integer returns a whole number; 0 for null or an absent key.
func (o *object) integer(key string) int {
	v := o.take(key)
	if v == nil {
		return 0
	}
	number, _ := v.(json.Number)
	i, err := strconv.Atoi(number.String())
	if err != nil {
		o.fail(key, fmt.Errorf("got %s, want a whole number", kind(v)))
	}
	return i
}

// object returns a JSON object, empty for an absent key.
func (o *object) object(key string) map[string]any {
	v := o.take(key)
	m, ok := v.(map[string]any)
	if !ok && v != nil {
		o.fail(key, fmt.Errorf("got %s, want an object", kind(v)))
	}
	if m == nil {
		m = map[string]any{}
	}
	return m
}

// objects returns a list of JSON objects, each to be taken apart in turn; name
// is what one of them is called in messages.
func (o *object) objects(key, name string) []*object {
	v := o.take(key)
	list, ok := v.([]any)
	if !ok && v != nil {
		o.fail(key, fmt.Errorf("got %s, want a list", kind(v)))
	}
	var out []*object
	for i, item := range list {
		where := fmt.Sprintf("%s%s %d: ", o.where, name, i+1)
		m, ok := item.(map[string]any)
		if !ok {
			o.fail(key, fmt.Errorf("%s %d is %s, want an object", name, i+1, kind(item)))
		}
		out = append(out, &object{keys: m, where: where, fault: o.fault})
	}
	return out
}

// kind names the JSON type of a decoded value, for messages.
func kind(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case string:
		return "text"
	case bool:
		return "a truth value"
	case json.Number:
		return "the number " + v.String()
	case []any:
		return "a list"
	}
	return "an object"
}
