package diagram_test

import (
	"fmt"
	"strings"

	"gradbook/display/diagram"
)

func Example() {
	d := diagram.Diagram{Title: "y = w·x", Nodes: []diagram.Node{
		{Kind: diagram.Variable, Label: "w", Value: "2"},
		{Kind: diagram.Placeholder, Label: "x", Value: "3"},
		{Kind: diagram.Operation, Label: "×", Value: "6", Inputs: []diagram.Input{{From: 0}, {From: 1}}},
	}}
	svg := string(d.Picture().SVG())
	fmt.Println(strings.Count(svg, `<g class="variable">`), "variable")
	fmt.Println(strings.Count(svg, `<g class="placeholder">`), "placeholder")
	fmt.Println(strings.Count(svg, `<g class="operation">`), "operation")
	// Output:
	// 1 variable
	// 1 placeholder
	// 1 operation
}
