package graph

import (
	"gradbook/graph/engine"
	"gradbook/graph/kernels"
)

// Add returns a + b, element by element. Shapes broadcast as in NumPy: [2 3] and [3]
// make [2 3], [2 1] and [3] make [2 3], and a number goes with everything. It panics
// with an [*Error] if they do not fit.
func Add(a, b any) *Node { return node(a).Add(b) }

// Add returns n + other; see the function [Add].
func (n *Node) Add(other any) *Node { return apply("Add", addOp{}, n, node(other)) }

type addOp struct{ pairwise }

func (addOp) name() string           { return "add" }
func (addOp) symbol() string         { return "+" }
func (addOp) formula(in []term) term { return infix(in, " + ", sum) }
func (addOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	return b.Element(kernels.Add, shape, in...)
}

func (addOp) gradient(_ *Node, in []*Node, d *Node) []*Node {
	return []*Node{shapedAs(d, in[0]), shapedAs(d, in[1])}
}

// Subtract returns a − b, element by element; shapes broadcast as for [Add].
func Subtract(a, b any) *Node { return node(a).Subtract(b) }

// Subtract returns n − other; see the function [Subtract].
func (n *Node) Subtract(other any) *Node { return apply("Subtract", subtractOp{}, n, node(other)) }

type subtractOp struct{ pairwise }

func (subtractOp) name() string           { return "subtract" }
func (subtractOp) symbol() string         { return "−" }
func (subtractOp) formula(in []term) term { return infix(in, " − ", sum) }
func (subtractOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	return b.Element(kernels.Subtract, shape, in...)
}

func (subtractOp) gradient(_ *Node, in []*Node, d *Node) []*Node {
	return []*Node{shapedAs(d, in[0]), shapedAs(negative(d), in[1])}
}

// Multiply returns a · b, element by element; shapes broadcast as for [Add]. The
// product of matrices is [MatMul].
func Multiply(a, b any) *Node { return node(a).Multiply(b) }

// Multiply returns n · other; see the function [Multiply].
func (n *Node) Multiply(other any) *Node { return apply("Multiply", multiplyOp{}, n, node(other)) }

type multiplyOp struct{ pairwise }

func (multiplyOp) name() string   { return "multiply" }
func (multiplyOp) symbol() string { return "×" }

// A factor of 1 is not written: it comes from a gradient that begins with ones in the
// shape of a result.
func (multiplyOp) formula(in []term) term {
	switch {
	case in[0].text == "1":
		return in[1]
	case in[1].text == "1":
		return in[0]
	}
	return infix(in, "·", product)
}

func (multiplyOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	return b.Element(kernels.Multiply, shape, in...)
}

func (multiplyOp) gradient(_ *Node, in []*Node, d *Node) []*Node {
	return []*Node{shapedAs(times(d, in[1]), in[0]), shapedAs(times(d, in[0]), in[1])}
}

// Divide returns a / b, element by element; shapes broadcast as for [Add]. Division
// by zero gives an infinity, or NaN for 0/0, as in Go's floating-point numbers.
func Divide(a, b any) *Node { return node(a).Divide(b) }

// Divide returns n / other; see the function [Divide].
func (n *Node) Divide(other any) *Node { return apply("Divide", divideOp{}, n, node(other)) }

type divideOp struct{ pairwise }

func (divideOp) name() string           { return "divide" }
func (divideOp) symbol() string         { return "÷" }
func (divideOp) formula(in []term) term { return infix(in, "/", product) }
func (divideOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	return b.Element(kernels.Divide, shape, in...)
}

// The derivative of a/b is 1/b for a and −(a/b)/b for b. Written so rather than as
// −a/b², it uses the quotient that is there, and does not overflow where b² would.
func (divideOp) gradient(y *Node, in []*Node, d *Node) []*Node {
	return []*Node{shapedAs(d.Divide(in[1]), in[0]), shapedAs(negative(times(d, y).Divide(in[1])), in[1])}
}

// Power returns x to a constant power, element by element, by the rules of math.Pow: a
// negative x to a power that is no whole number is NaN, and 0 to a negative power an
// infinity. [Square] and [Sqrt] are faster than Power(x, 2) and Power(x, 0.5).
func Power(x any, exponent float64) *Node { return node(x).Power(exponent) }

// Power returns n to a constant power; see the function [Power].
func (n *Node) Power(exponent float64) *Node { return apply("Power", powerOp{exponent: exponent}, n) }

type powerOp struct {
	single
	exponent float64
}

func (powerOp) name() string             { return "power" }
func (o powerOp) symbol() string         { return "( )" + superscript(o.exponent) }
func (o powerOp) formula(in []term) term { return postfix(in[0], superscript(o.exponent)) }
func (o powerOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	switch o.exponent { // where math.Pow does the same
	case 2:
		return b.Element(kernels.Multiply, shape, in[0], in[0])
	case 0.5:
		return b.Element(kernels.Sqrt, shape, in[0])
	}
	return b.Element(kernels.Power, shape, in[0], b.Number(o.exponent))
}

// d xⁿ = n·xⁿ⁻¹ dx. The cases by themselves keep x⁰ and x⁻¹ from standing where 1 or
// less would do; d x⁰ = 0 also where x is 0 and x⁻¹ is not finite.
func (o powerOp) gradient(_ *Node, in []*Node, d *Node) []*Node {
	switch o.exponent {
	case 0:
		return []*Node{times(d, Constant(0.0))}
	case 1:
		return []*Node{d}
	case -1:
		return []*Node{times(d, in[0].Power(-2).Negate())}
	}
	return []*Node{times(d, Constant(o.exponent).Multiply(raised(in[0], o.exponent-1)))}
}
