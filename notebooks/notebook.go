package notebooks

import "strings"

// The types of cells and of outputs, by their names in the file.
const (
	Code     = "code"
	Markdown = "markdown"
	Raw      = "raw" // neither run nor rendered

	Stream        = "stream"         // text written to stdout or stderr
	DisplayData   = "display_data"   // a value shown while the cell ran
	ExecuteResult = "execute_result" // the value of the cell's last expression
	Failure       = "error"          // why the cell failed
)

// A Notebook is the content of an .ipynb file, of nbformat 4. Maps hold what
// encoding/json decodes with UseNumber, so that numbers are written back as they
// were read.
type Notebook struct {
	Cells        []*Cell
	Metadata     map[string]any // kernelspec, language_info, and whatever front ends add
	Major, Minor int            // of the format: 4 and 5 today

	rest rest
}

// rest holds the keys of an object that the format does not name, so that
// writing keeps them.
type rest map[string]any

// A Cell is one cell of a notebook.
type Cell struct {
	Type     string // Code, Markdown or Raw
	ID       string // unique in the notebook; empty before format 4.5
	Source   string
	Metadata map[string]any

	// Attachments are the images pasted into a Markdown cell: file name to mime
	// type to base64. Nil if the file has none.
	Attachments map[string]any

	Count   int       // of a code cell, the number in "In [1]"; 0 before it has run
	Outputs []*Output // of a code cell

	rest rest
}

// An Output is one output of a code cell. Type says which fields count.
type Output struct {
	Type string // Stream, DisplayData, ExecuteResult or Failure

	Name, Text string // Stream: "stdout" or "stderr", and what was written

	// DisplayData and ExecuteResult: mime type to value, a string or, for JSON
	// types, any; and mime type to its options.
	Data, Metadata map[string]any
	Count          int // ExecuteResult: the number in "Out[1]"

	Ename, Evalue string   // Failure: the kind of error and its message
	Traceback     []string // Failure: lines, with the colours of a terminal

	rest rest
}

// HasTag reports whether the cell's metadata list tag, as the tag editor of a
// front end writes it.
func (c *Cell) HasTag(tag string) bool {
	tags, _ := c.Metadata["tags"].([]any)
	for _, t := range tags {
		if t == tag {
			return true
		}
	}
	return false
}

// Runs reports whether playing the notebook runs the cell: code that is more
// than space, unless it is tagged "skip-execution".
func (c *Cell) Runs() bool {
	return c.Type == Code && strings.TrimSpace(c.Source) != "" && !c.HasTag("skip-execution")
}

// ClearOutputs makes every code cell look as if it had never run.
func (n *Notebook) ClearOutputs() {
	for _, c := range n.Cells {
		if c.Type == Code {
			c.Count, c.Outputs = 0, nil
		}
	}
}

// Language is the language of the code cells, as the file names it: that of
// language_info or of the kernelspec. Empty if it names none.
func (n *Notebook) Language() string {
	for _, at := range [][2]string{{"language_info", "name"}, {"kernelspec", "language"}} {
		info, _ := n.Metadata[at[0]].(map[string]any)
		if name, ok := info[at[1]].(string); ok {
			return name
		}
	}
	return ""
}
