package notebooks

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"html"
	"html/template"
	"slices"
	"strings"
)

// imageTypes are the images that an <img> shows, in JupyterLab's order.
var imageTypes = []string{"image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp", "image/svg+xml"}

// A form is one way to show a value.
type form struct {
	mime   string
	class  string
	render func(md *markdown, value string, options map[string]any) (string, error)
}

// forms lists what a page can show, best first: JupyterLab's order by rank.
var forms = []form{
	{"text/html", "rich html", func(_ *markdown, v string, _ map[string]any) (string, error) { return v, nil }},
	{"text/markdown", "rich markdown", func(md *markdown, v string, _ map[string]any) (string, error) { return md.html(v, nil) }},
	{"text/latex", "rich latex", func(_ *markdown, v string, _ map[string]any) (string, error) { return latexHTML(v), nil }},
	{"image/svg+xml", "rich image", svgHTML},
	{"image/png", "rich image", imageHTML("image/png")},
	{"image/jpeg", "rich image", imageHTML("image/jpeg")},
	{"image/gif", "rich image", imageHTML("image/gif")},
	{"image/webp", "rich image", imageHTML("image/webp")},
	{"image/bmp", "rich image", imageHTML("image/bmp")},
	{"application/json", "text", textHTML},
	{"text/plain", "text", textHTML},
}

// outputPage renders one output.
func outputPage(md *markdown, o *Output) (pageOutput, error) {
	switch o.Type {
	case Stream:
		class := "text stream"
		if o.Name == "stderr" {
			class += " stderr"
		}
		return pageOutput{Class: class, HTML: preHTML(settle(o.Text))}, nil
	case Failure:
		text := strings.Join(o.Traceback, "\n")
		if text == "" {
			text = o.Ename + ": " + o.Evalue
		}
		return pageOutput{Class: "text error", HTML: preHTML(text)}, nil
	case DisplayData, ExecuteResult:
		out, err := bundlePage(md, o)
		if o.Type == ExecuteResult {
			out.Prompt = prompt(o.Count)
		}
		return out, err
	}
	return pageOutput{Class: "text", HTML: preHTML("an output of type " + o.Type)}, nil
}

// bundlePage shows the best form of a value that the page knows.
func bundlePage(md *markdown, o *Output) (pageOutput, error) {
	for _, f := range forms {
		value, ok := o.Data[f.mime]
		if !ok {
			continue
		}
		text, err := textOf(value)
		if err != nil {
			return pageOutput{}, fmt.Errorf("%s: %w", f.mime, err)
		}
		options, _ := o.Metadata[f.mime].(map[string]any)
		rendered, err := f.render(md, text, options)
		if err != nil {
			return pageOutput{}, fmt.Errorf("%s: %w", f.mime, err)
		}
		return pageOutput{Class: f.class, HTML: template.HTML(rendered)}, nil
	}
	if len(o.Data) == 0 {
		return pageOutput{Class: "empty"}, nil
	}
	var kinds []string
	for kind := range o.Data {
		kinds = append(kinds, kind)
	}
	slices.Sort(kinds)
	return pageOutput{Class: "text", HTML: preHTML("a value of type " + strings.Join(kinds, ", "))}, nil
}

// textOf is a mime value as text; JSON is written with its indent.
func textOf(value any) (string, error) {
	if text, ok := value.(string); ok {
		return text, nil
	}
	var b bytes.Buffer
	writePython(&b, value, 0)
	return b.String(), nil
}

func textHTML(_ *markdown, value string, _ map[string]any) (string, error) {
	return string(preHTML(settle(value))), nil
}

// preHTML is text as in a terminal, with its colours.
func preHTML(text string) template.HTML {
	var b strings.Builder
	b.WriteString("<pre>")
	writeANSI(&b, text)
	b.WriteString("</pre>")
	return template.HTML(b.String())
}

// svgHTML puts SVG into an <img>, as JupyterLab does: there its styles and ids do
// not meet those of the page.
func svgHTML(md *markdown, value string, options map[string]any) (string, error) {
	return imageHTML("image/svg+xml")(md, base64.StdEncoding.EncodeToString([]byte(value)), options)
}

// imageHTML shows a base64 image, in the size that its options ask for.
func imageHTML(kind string) func(*markdown, string, map[string]any) (string, error) {
	return func(_ *markdown, value string, options map[string]any) (string, error) {
		size := ""
		for _, side := range []string{"width", "height"} {
			if v, ok := options[side]; ok {
				size += fmt.Sprintf(` %s="%s"`, side, html.EscapeString(fmt.Sprint(v)))
			}
		}
		return `<img alt="" src="` + html.EscapeString(dataURL(kind, value)) + `"` + size + ">", nil
	}
}
