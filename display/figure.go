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
	`@media print{.gradbook-figure img{min-width:0!important}}` + // paper does not scroll
	`</style>`

// A picture wider than a page usually is would become too small to read if it had to
// fit. Down to this part of its width it shrinks; then it scrolls.
const wide, legible = 900, 0.7

// figureBundle gives a picture its three forms.
func figureBundle(p canvas.Picture, text string) Bundle {
	png, err := p.PNG()
	if err != nil {
		return Text(text + "\n(no picture: " + err.Error() + ")")
	}
	source := "data:image/png;base64," + base64.StdEncoding.EncodeToString(png)
	return Bundle{
		Data: map[string]any{
			textHTML:  pictureTag(p, `<source type="image/svg+xml" srcset="`+svgSource(p)+`">`, source),
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
			textHTML:  pictureTag(p, "", svgSource(p)),
			textPlain: text,
		},
		Metadata: map[string]any{},
	}
}

func svgSource(p canvas.Picture) string {
	return "data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString(p.SVG())
}

// pictureTag is the element: the image at its address, unless the browser takes one of
// the sources before it.
func pictureTag(p canvas.Picture, sources, image string) string {
	size, open, shut := "", "", ""
	if p.Width > wide {
		size = fmt.Sprintf(` style="min-width:%dpx"`, int(legible*p.Width))
		open, shut = `<div style="overflow-x:auto">`, `</div>`
	}
	return figureStyle + open + fmt.Sprintf(`<picture class="gradbook-figure">%s<img src="%s" width="%d" height="%d"%s alt="%s"></picture>`,
		sources, image, int(p.Width), int(p.Height), size, html.EscapeString(p.Name)) + shut
}
