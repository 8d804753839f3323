package notebooks

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// WriteFile replaces the file at path by the notebook, atomically: a reader, or
// a machine that loses power, finds the old notebook or the new one.
func (n *Notebook) WriteFile(path string) error {
	return replaceFile(path, n.Bytes())
}

// Bytes encodes the notebook as Jupyter does: keys in order, an indent of one
// space, texts as lists of lines, a newline at the end.
func (n *Notebook) Bytes() []byte {
	var b bytes.Buffer
	writePython(&b, n.encode(), 0)
	b.WriteByte('\n')
	return b.Bytes()
}

func (n *Notebook) encode() map[string]any {
	cells := make([]any, len(n.Cells))
	for i, c := range n.Cells {
		cells[i] = c.encode()
	}
	return n.rest.with(map[string]any{
		"cells":          cells,
		"metadata":       orEmpty(n.Metadata),
		"nbformat":       n.Major,
		"nbformat_minor": n.Minor,
	})
}

func (c *Cell) encode() map[string]any {
	known := map[string]any{
		"cell_type": c.Type,
		"metadata":  orEmpty(c.Metadata),
		"source":    lines(c.Source),
	}
	if c.ID != "" {
		known["id"] = c.ID
	}
	if c.Attachments != nil {
		bundles := map[string]any{}
		for name, bundle := range c.Attachments {
			bundles[name] = splitBundle(bundle)
		}
		known["attachments"] = bundles
	}
	if c.Type == Code {
		outputs := make([]any, len(c.Outputs))
		for i, o := range c.Outputs {
			outputs[i] = o.encode()
		}
		known["execution_count"], known["outputs"] = orNull(c.Count), outputs
	}
	return c.rest.with(known)
}

func (o *Output) encode() map[string]any {
	known := map[string]any{"output_type": o.Type}
	switch o.Type {
	case Stream:
		known["name"], known["text"] = o.Name, lines(o.Text)
	case DisplayData, ExecuteResult:
		known["data"], known["metadata"] = splitBundle(orEmpty(o.Data)), orEmpty(o.Metadata)
		if o.Type == ExecuteResult {
			known["execution_count"] = orNull(o.Count)
		}
	case Failure:
		traceback := make([]any, len(o.Traceback))
		for i, line := range o.Traceback {
			traceback[i] = line
		}
		known["ename"], known["evalue"], known["traceback"] = o.Ename, o.Evalue, traceback
	}
	return o.rest.with(known)
}

// with returns known and the rest in one object; a known key wins.
func (r rest) with(known map[string]any) map[string]any {
	for key, value := range r {
		if _, ok := known[key]; !ok {
			known[key] = value
		}
	}
	return known
}

func orEmpty(m map[string]any) map[string]any {
	if m == nil {
		return map[string]any{}
	}
	return m
}

// orNull is how the format writes a count that is not there yet.
func orNull(count int) any {
	if count == 0 {
		return nil
	}
	return count
}

// splitBundle returns the bundle with its texts as lists of lines, which is what
// Jupyter does with text/*, SVG and JavaScript; a PNG stays one long line.
func splitBundle(bundle any) any {
	forms, ok := bundle.(map[string]any)
	if !ok {
		return bundle
	}
	out := make(map[string]any, len(forms))
	for mime, value := range forms {
		text, isText := value.(string)
		if isText && (strings.HasPrefix(mime, "text/") || mime == "image/svg+xml" || mime == "application/javascript") {
			out[mime] = lines(text)
		} else {
			out[mime] = value
		}
	}
	return out
}

// replaceFile writes data beside path and renames it into place.
func replaceFile(path string, data []byte) (err error) {
	t, err := beside(path)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(t.Name())
			err = unwritable(path, err)
		}
	}()
	if _, err = t.Write(data); err != nil {
		t.Close()
		return err
	}
	if err = t.Close(); err != nil {
		return err
	}
	if err = os.Chmod(t.Name(), 0o644); err != nil {
		return err
	}
	return os.Rename(t.Name(), path)
}

// beside makes the file that takes the place of path when it is whole.
func beside(path string) (*os.File, error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return nil, unwritable(path, errors.New("it is a folder, want a file"))
	}
	t, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("there is no folder %s", filepath.Dir(path))
	}
	if err != nil {
		return nil, unwritable(path, err)
	}
	return t, nil
}

// unwritable says why path cannot be written. What the system says of the file beside
// it is said of path: nobody has heard of the other.
func unwritable(path string, err error) error {
	if at := (*fs.PathError)(nil); errors.As(err, &at) {
		err = at.Err
	}
	if at := (*os.LinkError)(nil); errors.As(err, &at) {
		err = at.Err
	}
	return fmt.Errorf("notebooks: cannot write %s: %w", path, err)
}

// canWrite reports, before there is anything to write, why path could not be written.
func canWrite(path string) error {
	t, err := beside(path)
	if err != nil {
		return err
	}
	t.Close()
	return os.Remove(t.Name())
}
