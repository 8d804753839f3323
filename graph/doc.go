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
//	squared := prediction.Subtract(y).Square()
//
//	squared.Compute(graph.Feed{x: 10, y: 4})  // 4
//	graph.Gradient(squared, w)                // ∂squared/∂w = 2·(w·x + b − y)·x, again a node
//	graph.CheckGradients(squared, graph.Feed{x: 10, y: 4}, w, b)
//
//	fit, err := graph.Minimize(squared.Mean(), graph.Training{
//		Feed:      graph.Feed{x: []float64{1, 2, 3}, y: []float64{3, 5, 7}},
//		Optimizer: graph.GradientDescent{Rate: 0.1},
//		Steps:     500,
//	})
//	w.Value()                                 // what was learned
//	prediction.Compute(graph.Feed{x: 17})     // the answer
//
// # Values and shapes
//
// Operands may be nodes or plain values, which become constants; what is a value is
// said at [NewTensor]. A number has no axes, a vector one, a matrix two, and so on.
// Shapes broadcast as in NumPy: axes are lined up from the last one, and an axis of
// length 1, or one that is missing, is repeated.
//
// A placeholder made without a shape accepts any value; one whose first length is −1
// any number of examples. What depends on it is then checked when it is fed, with the
// same messages as when a node is made.
//
// # Types of numbers
//
// A graph computes with numbers of one type, which is that of its variables: float64, or
// float32 where they are made of float32, as by [Float32]. Constants and what is fed
// become numbers of that type. Variables of both types in one graph are an error that names
// two of them. A graph without variables computes in float32 if data are of that type and
// none with axes are float64, as NumPy does.
//
// # Gradients
//
// [Gradients] walks back from a node once and builds the derivative from more nodes.
// So a gradient is computed, drawn and written like anything else, and has gradients
// of its own. A value that was repeated to fit another gets the sum over its copies;
// where shapes are not known yet, an operation that looks at them at run time does it.
// [CheckGradients] compares the result with finite differences, for a reader who does
// not believe it.
//
// # From nodes to numbers
//
// Compute lays a node and all it depends on out as a flat program (program.go), in
// which every node comes after its inputs. When the shapes of what is fed are known, each
// operation writes itself for package engine, which fuses them and runs them with the
// kernels of package kernels. The program is remembered with the node and knows no
// numbers; each run has a frame with the memory it needs, and training uses one frame for
// all its steps. Nothing walks the graph by recursion, so it may be of any depth.
//
// Nodes may be used by several goroutines at once. A variable always holds a whole
// value: training replaces it after each step.
//
// # Errors
//
// A wrong shape is a mistake in the program, so functions that make nodes panic with
// an [*Error], which names the operation, its operands and their shapes:
//
//	graph: Multiply: "w" is [3], "x" is [4]
//
// Compute, Minimize and the others that work with fed values return errors. A training
// that is stopped, or leaves what numbers can express, returns how far it came as well.
//
// # Adding an operation
//
// Everything an operation is stands in one place. Write a type like expOp with its
// function and its method in the ops file of its family: a name, a symbol for its
// diamond, how a formula writes it, the rule for shapes, how the engine computes it, and a
// gradient that builds nodes. Embed single or pairwise if it works element by element; that
// is the rule for shapes. Then add a row to gradientTests, which compares
// it and its gradient's gradient with finite differences, and an Example. Tests fail
// until both exist. Note the source of any formula that is not in every textbook.
package graph
