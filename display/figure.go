package display

import (
	"encoding/base64"
	"fmt"
	"html"

	"gradbook/display/canvas"
)

// figureStyle tells the picture which theme the page has. An SVG inside an image
// cannot see the page; it does see the color-scheme of the image, which is that
// of the page unless a notebook's front end says so with a mark of its own:
// JupyterLab and Notebook 7, VS Code, and the themes of Sphinx and of nbviewer.
const figureStyle = `<style>` +
	`body[data-jp-theme-light="true"] .gradbook-figure,body.vscode-light .gradbook-figure,html[theme=light] .gradbook-figure,html[data-theme=light] .gradbook-figure{color-scheme:light}` +
	`body[data-jp-theme-light="false"] .gradbook-figure,body.vscode-dark .gradbook-figure,html[theme=dark] .gradbook-figure,html[data-theme=dark] .gradbook-figure{color-scheme:dark}` +
	`.gradbook-figure img{max-width:100%;height:auto}` +
	`</style>`

// figureBundle gives a picture its three forms.
func figureBundle(p canvas.Picture, text string) Bundle {
	png, err := p.PNG()
	if err != nil {
		return Text(text + "\n(no picture: " + err.Error() + ")")
	}
	source := "data:image/png;base64," + base64.StdEncoding.EncodeToString(png)
	return Bundle{
		Data: map[string]any{
			textHTML: figureStyle + `<picture class="gradbook-figure"><source type="image/svg+xml" srcset="` +
				svgSource(p) + `">` + imageTag(p, source) + `</picture>`,
			imagePNG:  png,
			textPlain: text,
		},
		Metadata: map[string]any{imagePNG: map[string]any{"width": int(p.Width), "height": int(p.Height)}},
	}
}

// frameBundle is a picture on its way to the next one: it has no PNG, which costs
// more than all the rest, but the same element in the page, of the same size.
func frameBundle(p canvas.Picture, text string) Bundle {
	return Bundle{
		Data: map[string]any{
			textHTML:  figureStyle + `<picture class="gradbook-figure">` + imageTag(p, svgSource(p)) + `</picture>`,
			textPlain: text,
		},
		Metadata: map[string]any{},
	}
}

func svgSource(p canvas.Picture) string {
	return "data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString(p.SVG())
}

func imageTag(p canvas.Picture, source string) string {
	return fmt.Sprintf(`<img src="%s" width="%d" height="%d" alt="%s">`, source, int(p.Width), int(p.Height), html.EscapeString(p.Name))
}
