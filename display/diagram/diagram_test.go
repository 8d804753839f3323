package diagram

import (
	"bytes"
	"flag"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gradbook/display/canvas"
)

var update = flag.Bool("update", false, "rewrite the golden files in testdata")

// golden compares got with testdata/name; go test ./display/... -update accepts.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
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
		t.Errorf("%s differs (run with -update to accept):\n got %s\nwant %s", path, got, want)
	}
}

func TestGolden(t *testing.T) {
	for name, d := range samples {
		file := strings.ReplaceAll(name, " ", "-") + ".svg"
		t.Run(name, func(t *testing.T) { golden(t, file, d.Picture().SVG()) })
	}
}

func TestPictureHasShapes(t *testing.T) {
	svg := string(backTo(withGradients(linear())).Picture().SVG())
	for class, want := range map[string]int{"operation": 4, "variable": 2, "placeholder": 2, "result": 1, "local": 4, "back": 5, "arrow": 3} {
		if got := strings.Count(svg, `<g class="`+class+`">`); got != want {
			t.Errorf("%d groups of class %q, want %d", got, class, want)
		}
	}
	for _, want := range []string{
		"<title>w = 2</title>", `role="img"`, `aria-label="error = (w·x + b − y)², back-propagation to w"`,
		">2·difference = 4</text>", ">12</tspan></text>",
	} {
		if !strings.Contains(svg, want) {
			t.Errorf("the SVG does not contain %s", want)
		}
	}
}

func TestPNG(t *testing.T) {
	p := backTo(linear()).Picture()
	b, err := p.PNG()
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	if size := img.Bounds().Size(); size.X != 2*int(p.Width) || size.Y != 2*int(p.Height) {
		t.Errorf("the PNG is %v, want twice %g × %g", size, p.Width, p.Height)
	}
	if len(b) > 60_000 {
		t.Errorf("the PNG takes %d bytes, want at most 60,000", len(b))
	}
}

// Walk finds each way, as inputs taken from the last node on.
func TestWalk(t *testing.T) {
	d := quadratic() // x is reached through x² and through b·x
	var got []string
	d.Walk(1, func(nodes, inputs []int) bool {
		got = append(got, fmt.Sprint(nodes, inputs))
		return true
	})
	want := []string{
		"[15 14 12 11 10 8 6 3 2 1] [0 1 0 0 0 0 0 1 0]",
		"[15 14 12 11 10 8 6 5 1] [0 1 0 0 0 0 1 1]",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("ways to x:\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if got := d.Ways(1); got != 2 {
		t.Errorf("%g ways to x, want the 2 that were found", got)
	}
	visits := 0
	d.Walk(1, func([]int, []int) bool { visits++; return false })
	if visits != 1 {
		t.Errorf("%d visits after the first returned false, want 1", visits)
	}
}

func TestReached(t *testing.T) {
	d := backTo(linear())
	want := []bool{true, false, true, false, true, false, true, true, true}
	if got := d.Reached(); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("reached %v, want %v", got, want)
	}
	d.Path = false
	for i, on := range d.Reached() {
		if on {
			t.Errorf("node %d is on the path of a diagram without one", i)
		}
	}
}

func TestInputsComeFirst(t *testing.T) {
	defer func() {
		if r := recover(); r == nil || !strings.Contains(fmt.Sprint(r), `node 0 "+" has input 0, want one before it`) {
			t.Errorf("got panic %v, want one that names the node", r)
		}
	}()
	Diagram{Nodes: []Node{{Label: "+", Inputs: []Input{{From: 0}}}}}.Picture()
}

func TestEmptyDiagram(t *testing.T) {
	if svg := (Diagram{Title: "nothing"}).Picture().SVG(); !bytes.Contains(svg, []byte("nothing")) {
		t.Errorf("got %s, want a card with the title", svg)
	}
}

// A title or a chain rule that is too long for the card is cut or broken.
func TestLongLines(t *testing.T) {
	d := linear()
	d.Title = strings.Repeat("w·x + ", 100) + "b"
	for range 60 {
		d.Notes = append(d.Notes, nil)
		d.Notes[0] = append(d.Notes[0], canvas.Span{Text: " · 0.12345"})
	}
	d.Notes = d.Notes[:1]
	g := d.compose()
	if g.width > 760 {
		t.Errorf("the picture is %g wide, want it no wider than the drawing and some lines of text", g.width)
	}
	if !strings.HasSuffix(g.title, "…") || len(g.notes) < 4 {
		t.Errorf("title %q, %d lines of notes, want a cut title and several lines", g.title, len(g.notes))
	}
}

// Above 400 nodes the numbers are left out; the shapes are all there.
func TestLargeDiagramIsBare(t *testing.T) {
	d := random(500, 1)
	for i := range d.Nodes {
		d.Nodes[i].Value = "0.5"
	}
	svg := string(d.Picture().SVG())
	if strings.Contains(svg, ">0.5<") {
		t.Error("a diagram of 500 nodes has values")
	}
	if got := strings.Count(svg, `<g class="operation">`); got != 375 {
		t.Errorf("%d operations, want 375", got)
	}
}

func BenchmarkPicture(b *testing.B) {
	d := backTo(withGradients(linear()))
	b.Run("svg", func(b *testing.B) {
		for b.Loop() {
			d.Picture().SVG()
		}
	})
	b.Run("png", func(b *testing.B) {
		for b.Loop() {
			if _, err := d.Picture().PNG(); err != nil {
				b.Fatal(err)
			}
		}
	})
}
