package main_test

import (
	"bytes"
	"encoding/base64"
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"

	"gradbook/display"
	"gradbook/graph"
	"gradbook/graph/dataset"
)

var update = flag.Bool("update", false, "draw the pictures of the README anew")

// TestReadmePictures keeps the README's pictures what a notebook would show for the
// README's first cell, and for the digits that the third tutorial begins with. After a
// deliberate change of how they look, run
//
//	go test . -update
func TestReadmePictures(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	for path, figure := range map[string]any{"doc/linear.svg": firstCell(), "doc/digits.svg": digits(t)} {
		got := drawing(t, figure)
		if *update {
			if err := os.WriteFile(path, got, 0o666); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is not what the display draws (run go test . -update and look at it)", path)
		}
		if !strings.Contains(string(readme), "("+path+")") {
			t.Errorf("README.md does not show %s", path)
		}
	}
}

func firstCell() any {
	x, y := graph.Placeholder("x"), graph.Placeholder("y")
	w, b := graph.Variable("w", 0.5), graph.Variable("b", 1)
	prediction := w.Multiply(x).Add(b).Named("prediction")
	difference := prediction.Subtract(y).Named("difference")
	squared := difference.Square().Named("squared")
	return display.Graph(squared).Values(graph.Feed{x: 10, y: 4}).Path(w)
}

func digits(t *testing.T) any {
	t.Helper()
	table, err := dataset.ReadCSV("notebooks/data/digits.csv.gz")
	if err != nil {
		t.Fatal(err)
	}
	pixels, err := table.Matrix(table.Names()[:64]...)
	if err != nil {
		t.Fatal(err)
	}
	return display.Images(pixels[:20]).Shape(8, 8)
}

// drawing gives the SVG that a figure's HTML carries.
func drawing(t *testing.T, figure any) []byte {
	t.Helper()
	html, _ := display.Render(figure).Data["text/html"].(string)
	found := regexp.MustCompile(`data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)`).FindStringSubmatch(html)
	if found == nil {
		t.Fatalf("no SVG in %.300q", html)
	}
	svg, err := base64.StdEncoding.DecodeString(found[1])
	if err != nil {
		t.Fatal(err)
	}
	return svg
}
