// Package display shows values in a notebook: graphs as diagrams, data as charts,
// and everything else as text.
//
// A cell's last value is shown by itself. [Show] shows one at once and returns a
// handle with which it can be replaced:
//
//	shown := display.Show("training …")
//	...
//	shown.Update(display.Graph(loss))
//
// What can be shown is any value at all; [Render] says how. Figures are made by
// functions and refined by methods that return the figure, in any order:
//
//	display.Graph(loss).Values(graph.Feed{x: 10, y: 4}).Path(w)
//	display.Scatter(scores, iqs).Line(prediction, x).Labels("students", "score", "IQ")
//	display.Loss().Run("descent", slow).Run("Adam", fast).Log()
//
// # In every front end
//
// A figure is sent as HTML, as PNG and as text. The HTML holds a picture whose
// first choice is an SVG that follows the page's theme, light or dark; what does
// not trust the HTML shows the PNG, and a terminal shows the text, which states
// the same facts: a tree with values and gradients for a graph, a plot in
// characters for a chart. The same figure always has the same bytes.
//
// # Mistakes
//
// Functions and methods that make figures panic with an [*Error] when they are
// given what they cannot draw, as the constructors of package graph do: a chain
// of calls stays readable, and a notebook shows the one message at the line that
// is wrong.
//
// # Without a notebook
//
// In an ordinary program [Show] and its siblings write text to standard output.
// The kernel gives every cell its own, bound to a [Screen] that sends to the
// cell.
package display
