package notebooks

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// goldenNotebooks were written by Jupyter's own library: see testdata/make.py.
var goldenNotebooks = []string{"testdata/jupyter.ipynb", "testdata/unknown.ipynb"}

// TestRoundTrip reads what Jupyter wrote and wants the same bytes back.
func TestRoundTrip(t *testing.T) {
	tutorials, err := filepath.Glob("*.ipynb")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range append(tutorials, goldenNotebooks...) {
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		n, err := Read(want)
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		if got := n.Bytes(); !bytes.Equal(got, want) {
			t.Errorf("%s: got\n%s\nwant\n%s", path, got, want)
		}
	}
}

func TestReadTakesApart(t *testing.T) {
	n, err := ReadFile("testdata/jupyter.ipynb")
	if err != nil {
		t.Fatal(err)
	}
	if n.Major != 4 || n.Minor != 5 || n.Language() != "go" || len(n.Cells) != 7 {
		t.Fatalf("format %d.%d, language %q, %d cells, want 4.5, go, 7", n.Major, n.Minor, n.Language(), len(n.Cells))
	}
	intro, printing, empty, shown, failed := n.Cells[0], n.Cells[1], n.Cells[2], n.Cells[3], n.Cells[4]
	if intro.Type != Markdown || intro.ID != "intro" || !strings.HasSuffix(intro.Source, "form feed\r\nand CRLF") {
		t.Errorf("cell 1 is %+v", intro)
	}
	if printing.Count != 1 || printing.Outputs[0].Text != "true\n" || printing.Outputs[1].Name != "stderr" {
		t.Errorf("cell 2 is %+v", printing)
	}
	if empty.Runs() || !empty.HasTag("skip-execution") || !printing.Runs() || intro.Runs() {
		t.Error("cell 2 runs; cells 1 and 3 do not")
	}
	if out := shown.Outputs[0]; out.Data["text/html"] != "<b>a</b>\n<i>b</i>" || out.Count != 2 {
		t.Errorf("output of cell 4 is %+v", out)
	}
	if list, ok := shown.Outputs[0].Data["application/vnd.vega.v5+json"].([]any); !ok || len(list) != 2 {
		t.Errorf("JSON list came as %v, want it left alone", shown.Outputs[0].Data["application/vnd.vega.v5+json"])
	}
	if out := failed.Outputs[0]; out.Evalue != "boom \"quoted\" \\ \b" || len(out.Traceback) != 2 {
		t.Errorf("error of cell 5 is %+v", out)
	}
}

func TestReadRefuses(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"", "not a notebook: it is empty"},
		{" \n", "not a notebook: it is empty"},
		{"print(1)", "not a notebook: invalid character 'p'"},
		{`{}`, "not a notebook: nbformat is missing, want 4"},
		{`{"nbformat": 4}`, "cells: missing, want a list"},
		{`[]`, "not a notebook"},
		{`null`, "want an object"},
		{`{} {}`, "after the closing brace"},
		{`{"nbformat": 3}`, "version 3, want 4: open the notebook in JupyterLab"},
		{`{"nbformat": "4"}`, "nbformat: got text, want a whole number"},
		{`{"nbformat": 4.5}`, "nbformat: got the number 4.5, want a whole number"},
		{`{"nbformat": 4, "cells": {}}`, "cells: got an object, want a list"},
		{`{"nbformat": 4, "cells": [1]}`, "cell 1 is the number 1, want an object"},
		{`{"nbformat": 4, "cells": [{"source": 7}]}`, "cell 1: source: got the number 7, want text"},
		{`{"nbformat": 4, "cells": [{"source": ["a", 7]}]}`, "cell 1: source: got a list, want text"},
		{`{"nbformat": 4, "cells": [{"cell_type": "code", "outputs": [{"output_type": "error", "traceback": "x"}]}]}`,
			"cell 1: output 1: traceback: got text, want a list of text"},
		{`{"nbformat": 4, "metadata": true}`, "metadata: got a truth value, want an object"},
	} {
		if _, err := Read([]byte(tt.in)); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("Read(%s): error %v, want one with %q", tt.in, err, tt.want)
		}
	}
}

// TestTransientIsDropped covers what Jupyter drops on every read and write.
func TestTransientIsDropped(t *testing.T) {
	n, err := Read([]byte(`{"nbformat": 4, "nbformat_minor": 5, "metadata": {"signature": "x", "orig_nbformat": 3, "kept": 1},
		"cells": [{"cell_type": "raw", "source": "", "metadata": {"trusted": true, "kept": 1}}]}`))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range []map[string]any{n.Metadata, n.Cells[0].Metadata} {
		if want := map[string]any{"kept": json.Number("1")}; !reflect.DeepEqual(m, want) {
			t.Errorf("metadata is %v, want %v", m, want)
		}
	}
}

func TestClearOutputs(t *testing.T) {
	n, err := ReadFile("testdata/jupyter.ipynb")
	if err != nil {
		t.Fatal(err)
	}
	n.ClearOutputs()
	text := string(n.Bytes())
	if strings.Contains(text, "output_type") || strings.Contains(text, `"execution_count": 1`) {
		t.Errorf("after ClearOutputs: %s", text)
	}
}

func TestWriteFileReplaces(t *testing.T) {
	path := filepath.Join(t.TempDir(), "n.ipynb")
	n := &Notebook{Major: 4, Minor: 5}
	for range 2 { // the second time over the first
		if err := n.WriteFile(path); err != nil {
			t.Fatal(err)
		}
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(entries) != 1 {
		t.Errorf("the folder holds %v, error %v, want only the notebook", entries, err)
	}
	if err := n.WriteFile(filepath.Join(path, "below a file")); err == nil {
		t.Error("writing below a file: no error")
	}
}

// TestWritePython covers values made in Go rather than read, and texts that no
// encoding holds.
func TestWritePython(t *testing.T) {
	for _, tt := range []struct {
		v    any
		want string
	}{
		{7, "7"},
		{0.5, "0.5"},
		{json.Number("1e400"), "1e400"},
		{"\x00\x1f\u007f", "\"\\u0000\\u001f\u007f\""},
		{"\xff", `"�"`},
		{[]any{[]any{}}, "[\n []\n]"},
	} {
		var b bytes.Buffer
		writePython(&b, tt.v, 0)
		if got := b.String(); got != tt.want {
			t.Errorf("writePython(%#v) = %s, want %s", tt.v, got, tt.want)
		}
	}
}

// TestLines follows the table of line boundaries in the documentation of
// Python's str.splitlines.
func TestLines(t *testing.T) {
	for _, tt := range []struct {
		text string
		want []any
	}{
		{"", []any{}},
		{"a", []any{"a"}},
		{"a\n", []any{"a\n"}},
		{"a\n\nb", []any{"a\n", "\n", "b"}},
		{"a\rb\r\nc", []any{"a\r", "b\r\n", "c"}},
		{"\va\fb\x1cc\x1dd\x1ee\u0085f\u2028g\u2029h", []any{"\v", "a\f", "b\x1c", "c\x1d", "d\x1e", "e\u0085", "f\u2028", "g\u2029", "h"}},
	} {
		if got := lines(tt.text); !reflect.DeepEqual(got, tt.want) {
			t.Errorf("lines(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
}

// FuzzRead feeds whatever a file might hold. Read may refuse it, but it must not
// panic, and what it accepts must be written and read as the same.
func FuzzRead(f *testing.F) {
	for _, path := range goldenNotebooks {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte(`{"nbformat": 4, "cells": [{"cell_type": "code", "outputs": [{}]}, {"attachments": {"a": 1}}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		n, err := Read(data)
		if err != nil {
			return
		}
		once := n.Bytes()
		again, err := Read(once)
		if err != nil {
			t.Fatalf("what was written of %q cannot be read: %v", data, err)
		}
		if twice := again.Bytes(); !bytes.Equal(once, twice) {
			t.Errorf("round trip of %q: %s, then %s", data, once, twice)
		}
	})
}
