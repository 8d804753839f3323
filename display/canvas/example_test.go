package canvas_test

import (
	"fmt"
	"strings"

	"gonum.org/v1/plot/vg"

	"gradbook/display/canvas"
)

// A picture is drawn once for SVG and once for PNG, by the same calls.
func ExamplePicture() {
	p := canvas.Picture{Width: 80, Height: 40, Name: "a dot", Draw: func(c vg.Canvas) {
		s := canvas.Sheet{Canvas: c, Height: 40}
		s.Shape(canvas.Circle(40, 20, 6), canvas.Value, nil, 0)
	}}
	for line := range strings.Lines(string(p.SVG())) {
		if strings.Contains(line, "<circle") || strings.Contains(line, "@media") {
			fmt.Print(line)
		}
	}
	// Output:
	// @media (prefers-color-scheme:dark){.f-ground{fill:#15181d}.f-value{fill:#8fc7ff}.s-frame{stroke:#30363d}}
	// <circle cx="40" cy="20" r="6" class="f-value" fill="#0a4fa8"/>
}

func ExampleNumber() {
	for _, v := range []float64{6, -0.5, 2.0 / 3, 1e-7} {
		fmt.Println(canvas.Number(v))
	}
	// Output:
	// 6
	// −0.5
	// 0.6667
	// 1e−7
}
