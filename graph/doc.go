// Package graph builds, differentiates, computes and trains computational graphs.
//
// A [Node] is a value that is not computed yet: data to be fed (a [Placeholder]), a
// parameter (a [Variable]), a [Constant], or an operation on other nodes. Functions
// such as [Add] and [MatMul], and methods of the same names, make nodes; they check
// shapes at once and compute nothing.
//
//	x, y := graph.Placeholder("x"), graph.Placeholder("y")
//	w, b := graph.Variable("w", 0.5), graph.Variable("b", 1)
//	prediction := w.Multiply(x).Add(b)
//	loss := prediction.Subtract(y).Square().Mean()
//
//	loss.Compute(graph.Feed{x: 10, y: 4})     // 4
//	graph.Gradient(loss, w)                   // ∂loss/∂w, again a node
//	graph.Minimize(loss, graph.Training{Feed: graph.Feed{x: xs, y: ys}})
//
// Operands may be nodes or plain values, which become constants. Shapes broadcast as
// in NumPy: axes are lined up from the last one, and an axis of length 1, or one that
// is missing, is repeated. A placeholder made without a shape accepts any; what
// depends on it is checked when it is fed.
//
// # From nodes to numbers
//
// Compute lays a node and all it depends on out as a flat program (program.go), in
// which every node comes after its inputs, and runs that. Nothing walks the graph by
// recursion, so it may be of any depth.
//
// # Errors
//
// A wrong shape is a mistake in the program, so functions that make nodes panic with
// an [*Error], which names the operation, its operands and their shapes. Compute,
// Minimize and the others return errors.
//
// # Adding an operation
//
// Write a type like expOp, with its function and its method, in the ops file of its
// family, and a row for it in gradientTests. A test fails until the row exists.
package graph
