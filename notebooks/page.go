package notebooks

import (
	_ "embed" // the style and the frame
	"fmt"
	"html/template"
	"io"
	"io/fs"
)

// A Page tunes [Notebook.WriteHTML]. The zero Page is titled by the notebook's
// first heading and leaves images as links.
type Page struct {
	Title string // of the window; empty means the first heading

	// Files is the notebook's folder, if not nil: images that the Markdown names
	// are then put into the page.
	Files fs.FS
}

//go:embed page.css
var pageCSS string

//go:embed page.html
var pageFrame string

var pageTemplate = template.Must(template.New("page").Parse(pageFrame))

// pageData is what page.html is filled with.
type pageData struct {
	Title string
	CSS   template.CSS
	Cells []pageCell
}

// A pageCell is one cell. HTML is made here and trusted; what came from outside
// was escaped on the way, or is HTML that a cell itself has shown.
type pageCell struct {
	Type    string // "code", "markdown" or "raw"
	Prompt  string // "[3]:" beside code
	Source  template.HTML
	Hidden  bool // the source, folded away by the author
	Outputs []pageOutput
}

// A pageOutput is one output below its cell.
type pageOutput struct {
	Class  string // says how it looks: "stream stderr", "error", "rich", "text"
	Prompt string // "[3]:" beside a result
	HTML   template.HTML
}

// WriteHTML writes the notebook as one page that needs nothing else: no network,
// no script, no other file. It looks as in JupyterLab, in a light or a dark theme
// as the reader's system prefers.
//
// HTML that the notebook's cells have shown goes in as it is, scripts included: a
// page is as trustworthy as the notebook it is made of.
func (n *Notebook) WriteHTML(w io.Writer, p Page) error {
	md := newMarkdown(p.Files)
	data := pageData{Title: p.Title, CSS: template.CSS(pageCSS)}
	for i, c := range n.Cells {
		if data.Title == "" && c.Type == Markdown {
			data.Title = md.heading(c.Source)
		}
		cell, err := n.page(md, c)
		if err != nil {
			return fmt.Errorf("notebooks: cell %d of the file: %w", i+1, err)
		}
		data.Cells = append(data.Cells, cell)
	}
	if data.Title == "" {
		data.Title = "Notebook"
	}
	if err := pageTemplate.Execute(w, data); err != nil {
		return fmt.Errorf("notebooks: page: %w", err)
	}
	return nil
}

// page renders one cell.
func (n *Notebook) page(md *markdown, c *Cell) (pageCell, error) {
	cell := pageCell{Type: c.Type}
	switch c.Type {
	case Markdown:
		source, err := md.html(c.Source, c.Attachments)
		cell.Source = template.HTML(source)
		return cell, err
	case Code:
		cell.Prompt = prompt(c.Count)
		cell.Source = template.HTML(highlight(c.Source, n.codeLanguage()))
	default:
		cell.Source = template.HTML(template.HTMLEscapeString(c.Source))
	}
	front, _ := c.Metadata["jupyter"].(map[string]any)
	cell.Hidden = front["source_hidden"] == true
	if front["outputs_hidden"] == true {
		return cell, nil
	}
	for _, o := range c.Outputs {
		out, err := outputPage(md, o)
		if err != nil {
			return cell, err
		}
		cell.Outputs = append(cell.Outputs, out)
	}
	return cell, nil
}

// codeLanguage is what cells are coloured as; a notebook that does not say is
// one of ours.
func (n *Notebook) codeLanguage() string {
	if language := n.Language(); language != "" {
		return language
	}
	return "go"
}

// prompt is what stands beside a cell, as JupyterLab writes it.
func prompt(count int) string {
	if count == 0 {
		return "[ ]:"
	}
	return fmt.Sprintf("[%d]:", count)
}
