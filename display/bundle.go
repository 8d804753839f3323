package display

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"maps"
	"reflect"
	"slices"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/plot"

	"gradbook/display/canvas"
	"gradbook/graph"
)

// A Bundle is one value in several forms, by media type: what a kernel sends and
// a front end picks from. Text is a string, PNG a []byte, which encodes to JSON
// as the base64 that the protocol asks for.
type Bundle struct {
	Data     map[string]any
	Metadata map[string]any // by media type, e.g. the width of an image
}

// Media types that bundles use.
const (
	textPlain    = "text/plain"
	textHTML     = "text/html"
	textMarkdown = "text/markdown"
	textLatex    = "text/latex"
	imagePNG     = "image/png"
)

// An HTMLer is a value that shows itself as HTML. Any type may have the method.
type HTMLer interface{ HTML() string }

// A MIMEBundler is a value that shows itself in forms of its own choice, by media
// type. Any type may have the method; it need not return text/plain.
type MIMEBundler interface{ MIMEBundle() map[string]any }

// bundler is a value of this package that shows itself.
type bundler interface{ bundle() Bundle }

// Render returns the forms in which a value is shown:
//
//   - figures and values of this package, as they say;
//   - a *graph.Node as its diagram, a *graph.Fit as its loss curve;
//   - a *plot.Plot of gonum as a themed picture, an image.Image as PNG;
//   - a matrix, of graph or of gonum, as a table;
//   - a value with a method HTML() string or MIMEBundle() map[string]any, as
//     those say;
//   - a slice of structs or a map as a table, with fmt's text;
//   - everything else, strings and errors included, as fmt prints it, of more than
//     100,000 bytes the beginning and the end.
//
// Nil and a *Handle show nothing: their bundle is empty. Render does not panic: a
// value that cannot be drawn is shown as the text of what went wrong.
func Render(v any) (b Bundle) {
	defer func() {
		if r := recover(); r != nil {
			b = Text(fmt.Sprintf("display: cannot draw a %T: %v", v, r))
		}
	}()
	if v == nil {
		return Bundle{}
	}
	if isNil(v) {
		return Text("<nil>")
	}
	return render(v)
}

// isNil reports whether v is a pointer without a target. What has methods would
// mostly panic in them.
func isNil(v any) bool {
	r := reflect.ValueOf(v)
	return r.Kind() == reflect.Pointer && r.IsNil()
}

// render is Render for what is not nil, the most telling interface first.
func render(v any) Bundle {
	switch v := v.(type) {
	case *Handle:
		return Bundle{}
	case Bundle:
		return v
	case bundler:
		return v.bundle()
	case MIMEBundler:
		return withPlain(v.MIMEBundle(), v)
	case HTMLer:
		return withPlain(map[string]any{textHTML: v.HTML()}, v)
	case *graph.Node:
		return Graph(v).bundle()
	case *graph.Fit:
		return fitBundle(v)
	case *graph.Tensor:
		return tensorBundle(v)
	case *plot.Plot:
		return plotBundle(v)
	case error:
		return Text(v.Error())
	case image.Image:
		return imageBundle(v)
	case mat.Matrix:
		return matrixBundle(v)
	}
	if b, ok := tabled(v); ok {
		return b
	}
	return Text(excerptOf(fmt.Sprint(v)))
}

// withPlain adds the text that every bundle should have. A form that cannot be sent, since
// it is nothing that JSON knows, is left out, and the text says so.
func withPlain(data map[string]any, v any) Bundle {
	data = maps.Clone(data)
	if data == nil {
		data = map[string]any{}
	}
	text, ok := data[textPlain].(string)
	if !ok {
		text = fmt.Sprint(v)
	}
	for _, form := range slices.Sorted(maps.Keys(data)) {
		if _, err := json.Marshal(data[form]); err != nil {
			delete(data, form)
			text += fmt.Sprintf("\n(no %s: %v)", form, err)
		}
	}
	data[textPlain] = excerptOf(text)
	return Bundle{Data: data, Metadata: map[string]any{}}
}

// imageBundle shows an image at its own size.
func imageBundle(img image.Image) Bundle {
	size := img.Bounds().Size()
	text := fmt.Sprintf("image, %d × %d pixels", size.X, size.Y)
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		return Text(text + ": " + err.Error())
	}
	return Bundle{
		Data:     map[string]any{imagePNG: b.Bytes(), textPlain: text},
		Metadata: map[string]any{imagePNG: map[string]any{"width": size.X, "height": size.Y}},
	}
}

// plotBundle shows a plot of the user's own making, themed.
func plotBundle(p *plot.Plot) Bundle {
	text := plotName(p)
	if p.X.Label.Text != "" || p.Y.Label.Text != "" {
		text += fmt.Sprintf(" (%s over %s)", p.Y.Label.Text, p.X.Label.Text)
	}
	return figureBundle(canvas.Plot(p, chartWidth, chartHeight, plotName(p)), text)
}

// plotName is the alternative text of a plot.
func plotName(p *plot.Plot) string { return cmp.Or(p.Title.Text, "plot") }
