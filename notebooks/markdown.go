package notebooks

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"html"
	"io/fs"
	"mime"
	"net/url"
	"path"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	markdownhtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// A markdown renders the Markdown of one notebook.
type markdown struct {
	files  fs.FS // of the notebook's folder, for images; may be nil
	engine goldmark.Markdown
}

// newMarkdown prepares GitHub's dialect, which is JupyterLab's, with formulas and
// coloured code. HTML inside Markdown is passed on, as a notebook is shown by
// somebody who has just run its code.
func newMarkdown(files fs.FS) *markdown {
	return &markdown{files: files, engine: goldmark.New(
		goldmark.WithExtensions(extension.GFM, formulas{}),
		goldmark.WithParserOptions(parser.WithAutoHeadingID()),
		goldmark.WithRendererOptions(
			markdownhtml.WithUnsafe(),
			renderer.WithNodeRenderers(util.Prioritized(fenceRenderer{}, 90)),
		),
	)}
}

// html renders source. Attachments are the images that the cell carries.
func (m *markdown) html(source string, attachments map[string]any) (string, error) {
	data := []byte(source)
	doc := m.engine.Parser().Parse(text.NewReader(data))
	err := ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if image, ok := n.(*ast.Image); ok && entering {
			image.Destination = m.inline(image.Destination, attachments)
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	err = m.engine.Renderer().Render(&b, data, doc)
	return b.String(), err
}

// inline turns the address of an image that lies in the notebook or beside it
// into one that carries the image. Other addresses stay.
func (m *markdown) inline(destination []byte, attachments map[string]any) []byte {
	address, err := url.PathUnescape(string(destination))
	if err != nil {
		return destination
	}
	if name, ok := strings.CutPrefix(address, "attachment:"); ok {
		bundle, _ := attachments[name].(map[string]any)
		for _, kind := range imageTypes {
			if data, ok := bundle[kind].(string); ok {
				return []byte(dataURL(kind, data))
			}
		}
		return destination
	}
	name := path.Clean(address)
	if m.files == nil || strings.Contains(address, ":") || !fs.ValidPath(name) {
		return destination
	}
	kind := mime.TypeByExtension(path.Ext(name))
	data, err := fs.ReadFile(m.files, name)
	if err != nil || !strings.HasPrefix(kind, "image/") {
		return destination
	}
	return []byte(dataURL(kind, base64.StdEncoding.EncodeToString(data)))
}

// dataURL is an address that carries the base64 data itself.
func dataURL(kind, data string) string {
	return "data:" + kind + ";base64," + strings.Join(strings.Fields(data), "")
}

// fenceRenderer colours ```go code in Markdown as in a cell.
type fenceRenderer struct{}

// RegisterFuncs tells goldmark what to call for a fenced block.
func (fenceRenderer) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindFencedCodeBlock, func(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		n := node.(*ast.FencedCodeBlock)
		_, err := fmt.Fprintf(w, "<pre><code class=\"language-%s\">%s</code></pre>\n",
			html.EscapeString(string(n.Language(source))), highlight(string(n.Lines().Value(source)), string(n.Language(source))))
		return ast.WalkSkipChildren, err
	})
}

// heading is the text of the first heading of a Markdown source, "" if none.
func (m *markdown) heading(source string) string {
	data := []byte(source)
	doc := m.engine.Parser().Parse(text.NewReader(data))
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		if n.Kind() == ast.KindHeading {
			return strings.TrimSpace(plainText(n, data))
		}
	}
	return ""
}

// plainText is what a reader sees of a node, without its marks.
func plainText(n ast.Node, source []byte) string {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			b.Write(c.Segment.Value(source))
			if c.SoftLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(c.Value)
		case *formula:
			b.WriteString(c.tex)
		default:
			b.WriteString(plainText(c, source))
		}
	}
	return b.String()
}
