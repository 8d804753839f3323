// Package diagram draws boxes and arrows: who takes what from whom, from left to
// right, with what was computed on the way.
//
// It knows names, edges and numbers already written as text, and nothing of where
// they come from. A [Diagram] is a list of nodes, inputs before their users:
//
//	d := diagram.Diagram{Title: "y = w·x", Nodes: []diagram.Node{
//		{Kind: diagram.Variable, Label: "w", Value: "2"},
//		{Kind: diagram.Placeholder, Label: "x", Value: "3"},
//		{Kind: diagram.Operation, Label: "×", Value: "6", Inputs: []diagram.Input{{From: 0}, {From: 1}}},
//	}}
//	svg := d.Picture().SVG()
//
// Diamonds are operations, circles variables, squares placeholders, a rounded
// pill the result, and a constant is a small box.
//
// # Layout
//
// The layout is layered, after Sugiyama: rank.go gives every node a column and
// simplex.go makes the arrows short, order.go and sift.go find an order within each
// column, place.go a height, route.go a line to every edge. Three things are
// particular to expressions. The spine, the longest chain of operations up to the
// result, is straight, which place.go makes sure of. Operands keep their order, from
// top to bottom, unless that would cost crossings. And labels.go looks for a place
// for every number that is over no node, no arrow and no other label; when there is
// none, all is drawn again with more room.
package diagram
