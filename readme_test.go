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
)

var update = flag.Bool("update", false, "draw the pictures of the README anew")

const readmePicture = "doc/linear.svg"

// TestReadmePicture keeps the README's picture what a notebook would show for the
// README's first cell. After a deliberate change of how diagrams look, run
//
//	go test . -update
func TestReadmePicture(t *testing.T) {
	x, y := graph.Placeholder("x"), graph.Placeholder("y")
	w, b := graph.Variable("w", 0.5), graph.Variable("b", 1)
	prediction := w.Multiply(x).Add(b).Named("prediction")
	difference := prediction.Subtract(y).Named("difference")
	squared := difference.Square().Named("squared")

	got := drawing(t, display.Graph(squared).Values(graph.Feed{x: 10, y: 4}).Path(w))
	if *update {
		if err := os.WriteFile(readmePicture, got, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(readmePicture)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is not what the display draws (run go test . -update and look at it)", readmePicture)
	}
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(readme), "("+readmePicture+")") {
		t.Errorf("README.md does not show %s", readmePicture)
	}
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
