package graph

import (
	"gradbook/graph/engine"
	"gradbook/graph/kernels"
)

// Negate returns −x, element by element.
func Negate(x any) *Node { return node(x).Negate() }

// Negate returns −n; see the function [Negate].
func (n *Node) Negate() *Node { return apply("Negate", negateOp{}, n) }

type negateOp struct{ single }

func (negateOp) name() string   { return "negate" }
func (negateOp) symbol() string { return "−" }
func (negateOp) formula(in []term) term {
	return term{"−" + unsigned(in[0].within(product)), product, in[0].sign}
}
func (negateOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	return b.Element(kernels.Multiply, shape, b.Number(-1), in[0])
}
func (negateOp) gradient(_ *Node, _ []*Node, d *Node) []*Node {
	return []*Node{negative(d)}
}

// Square returns x², element by element: of a difference, the usual measure of error.
func Square(x any) *Node { return node(x).Square() }

// Square returns n²; see the function [Square].
func (n *Node) Square() *Node { return apply("Square", squareOp{}, n) }

type squareOp struct{ single }

func (squareOp) name() string           { return "square" }
func (squareOp) symbol() string         { return "( )²" }
func (squareOp) formula(in []term) term { return postfix(in[0], "²") }
func (squareOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	return b.Element(kernels.Multiply, shape, in[0], in[0])
}

// d x² = 2x dx.
func (squareOp) gradient(_ *Node, in []*Node, d *Node) []*Node {
	return []*Node{times(d, Constant(2).Multiply(in[0]))}
}

// Exp returns eˣ, element by element: +∞ from about x = 710 on.
func Exp(x any) *Node { return node(x).Exp() }

// Exp returns e to the power of n; see the function [Exp].
func (n *Node) Exp() *Node { return apply("Exp", expOp{}, n) }

type expOp struct{ single }

func (expOp) name() string           { return "exp" }
func (expOp) symbol() string         { return "exp" }
func (expOp) formula(in []term) term { return call("exp", in[0]) }
func (expOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	return b.Element(kernels.Exp, shape, in...)
}

// d eˣ = eˣ dx, where eˣ is the result that is there already.
func (expOp) gradient(y *Node, _ []*Node, d *Node) []*Node { return []*Node{times(d, y)} }

// Log returns the natural logarithm, element by element: NaN of a negative number, −∞
// of zero.
func Log(x any) *Node { return node(x).Log() }

// Log returns the natural logarithm of n; see the function [Log].
func (n *Node) Log() *Node { return apply("Log", logOp{}, n) }

type logOp struct{ single }

func (logOp) name() string           { return "log" }
func (logOp) symbol() string         { return "log" }
func (logOp) formula(in []term) term { return call("log", in[0]) }
func (logOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	return b.Element(kernels.Log, shape, in...)
}

// d log x = dx / x.
func (logOp) gradient(_ *Node, in []*Node, d *Node) []*Node { return []*Node{d.Divide(in[0])} }

// Sqrt returns the square root, element by element: NaN of a negative number. Its slope
// at 0 is infinite, so a training that arrives there diverges.
func Sqrt(x any) *Node { return node(x).Sqrt() }

// Sqrt returns the square root of n; see the function [Sqrt].
func (n *Node) Sqrt() *Node { return apply("Sqrt", sqrtOp{}, n) }

type sqrtOp struct{ single }

func (sqrtOp) name() string           { return "sqrt" }
func (sqrtOp) symbol() string         { return "√" }
func (sqrtOp) formula(in []term) term { return prefix("√", in[0]) }
func (sqrtOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	return b.Element(kernels.Sqrt, shape, in...)
}

// d √x = dx / (2√x).
func (sqrtOp) gradient(y *Node, _ []*Node, d *Node) []*Node {
	return []*Node{d.Divide(Constant(2).Multiply(y))}
}

// Tanh returns the hyperbolic tangent, element by element: S-shaped, between −1 and 1,
// with a slope of 1 at 0.
func Tanh(x any) *Node { return node(x).Tanh() }

// Tanh returns the hyperbolic tangent of n; see the function [Tanh].
func (n *Node) Tanh() *Node { return apply("Tanh", tanhOp{}, n) }

type tanhOp struct{ single }

func (tanhOp) name() string           { return "tanh" }
func (tanhOp) symbol() string         { return "tanh" }
func (tanhOp) formula(in []term) term { return call("tanh", in[0]) }
func (tanhOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	return b.Element(kernels.Tanh, shape, in...)
}

// d tanh x = (1 − tanh² x) dx.
func (tanhOp) gradient(y *Node, _ []*Node, d *Node) []*Node {
	return []*Node{times(d, Constant(1).Subtract(y.Square()))}
}

// Sigmoid returns the logistic function σ(x) = 1 / (1 + e⁻ˣ), element by element:
// S-shaped, between 0 and 1, and so often read as a probability.
func Sigmoid(x any) *Node { return node(x).Sigmoid() }

// Sigmoid returns the logistic function of n; see the function [Sigmoid].
func (n *Node) Sigmoid() *Node { return apply("Sigmoid", sigmoidOp{}, n) }

type sigmoidOp struct{ single }

func (sigmoidOp) name() string           { return "sigmoid" }
func (sigmoidOp) symbol() string         { return "σ" }
func (sigmoidOp) formula(in []term) term { return call("σ", in[0]) }
func (sigmoidOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	return b.Element(kernels.Sigmoid, shape, in...)
}

// d σ(x) = σ(x) (1 − σ(x)) dx.
func (sigmoidOp) gradient(y *Node, _ []*Node, d *Node) []*Node {
	return []*Node{times(d, y.Multiply(Constant(1).Subtract(y)))}
}

// ReLU returns max(x, 0), element by element: the rectified linear unit (Nair and
// Hinton, 2010).
func ReLU(x any) *Node { return node(x).ReLU() }

// ReLU returns n where it is positive and 0 elsewhere; see the function [ReLU].
func (n *Node) ReLU() *Node { return apply("ReLU", reluOp{}, n) }

type reluOp struct{ single }

func (reluOp) name() string           { return "relu" }
func (reluOp) symbol() string         { return "ReLU" }
func (reluOp) formula(in []term) term { return call("ReLU", in[0]) }
func (reluOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	return b.Element(kernels.Maximum, shape, in[0], b.Number(0))
}

// The derivative is 1 above zero and 0 below; at zero, where there is none, 0 is
// taken, as everywhere in the field.
func (reluOp) gradient(_ *Node, in []*Node, d *Node) []*Node {
	return []*Node{times(d, apply("ReLU", stepOp{}, in[0]))}
}

// stepOp is 1 above zero and 0 elsewhere: the derivative of ReLU. It is flat wherever
// it has a slope, so no gradient flows through it.
type stepOp struct{ single }

func (stepOp) name() string           { return "step" }
func (stepOp) symbol() string         { return "> 0" }
func (stepOp) formula(in []term) term { return call("step", in[0]) }
func (stepOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	return b.Element(kernels.Greater, shape, in[0], b.Number(0))
}

func (stepOp) gradient(*Node, []*Node, *Node) []*Node { return []*Node{nil} }
