package graph

import (
	"math"

	"gradbook/graph/engine"
	"gradbook/graph/kernels"
)

// Abs returns |x|, element by element. At zero, where it has no slope, 0 is taken.
func Abs(x any) *Node { return node(x).Abs() }

// Abs returns |n|; see the function [Abs].
func (n *Node) Abs() *Node { return apply("Abs", absOp{}, n) }

type absOp struct{ single }

func (absOp) name() string           { return "abs" }
func (absOp) symbol() string         { return "| |" }
func (absOp) formula(in []term) term { return term{text: "|" + in[0].text + "|", binds: atom} }
func (absOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	return b.Element(kernels.Abs, shape, in...)
}

func (absOp) gradient(_ *Node, in []*Node, d *Node) []*Node {
	return []*Node{times(d, apply("Abs", signOp{}, in[0]))}
}

// signOp is −1, 0 or 1: the derivative of Abs. It is flat wherever it has a slope.
type signOp struct{ single }

func (signOp) name() string           { return "sign" }
func (signOp) symbol() string         { return "±" }
func (signOp) formula(in []term) term { return call("sign", in[0]) }
func (signOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	return b.Element(kernels.Sign, shape, in...)
}
func (signOp) gradient(*Node, []*Node, *Node) []*Node { return []*Node{nil} }

// Sin returns the sine, element by element, of angles in radians.
func Sin(x any) *Node { return node(x).Sin() }

// Sin returns the sine of n; see the function [Sin].
func (n *Node) Sin() *Node { return apply("Sin", sinOp{}, n) }

type sinOp struct{ single }

func (sinOp) name() string           { return "sin" }
func (sinOp) symbol() string         { return "sin" }
func (sinOp) formula(in []term) term { return call("sin", in[0]) }
func (sinOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	return b.Element(kernels.Sin, shape, in...)
}

func (sinOp) gradient(_ *Node, in []*Node, d *Node) []*Node { return []*Node{times(d, in[0].Cos())} }

// Cos returns the cosine, element by element, of angles in radians.
func Cos(x any) *Node { return node(x).Cos() }

// Cos returns the cosine of n; see the function [Cos].
func (n *Node) Cos() *Node { return apply("Cos", cosOp{}, n) }

type cosOp struct{ single }

func (cosOp) name() string           { return "cos" }
func (cosOp) symbol() string         { return "cos" }
func (cosOp) formula(in []term) term { return call("cos", in[0]) }
func (cosOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	return b.Element(kernels.Cos, shape, in...)
}

func (cosOp) gradient(_ *Node, in []*Node, d *Node) []*Node {
	return []*Node{times(negative(d), in[0].Sin())}
}

// Log1p returns log(1 + x), element by element, exact also where x is so small that 1 + x
// is 1.
func Log1p(x any) *Node { return node(x).Log1p() }

// Log1p returns log(1 + n); see the function [Log1p].
func (n *Node) Log1p() *Node { return apply("Log1p", log1pOp{}, n) }

type log1pOp struct{ single }

func (log1pOp) name() string           { return "log1p" }
func (log1pOp) symbol() string         { return "log1p" }
func (log1pOp) formula(in []term) term { return call("log1p", in[0]) }
func (log1pOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	return b.Element(kernels.Log1p, shape, in...)
}

func (log1pOp) gradient(_ *Node, in []*Node, d *Node) []*Node {
	return []*Node{d.Divide(in[0].Add(1))}
}

// Expm1 returns eˣ − 1, element by element, exact also where x is so small that eˣ is 1.
func Expm1(x any) *Node { return node(x).Expm1() }

// Expm1 returns e to the power of n, minus 1; see the function [Expm1].
func (n *Node) Expm1() *Node { return apply("Expm1", expm1Op{}, n) }

type expm1Op struct{ single }

func (expm1Op) name() string           { return "expm1" }
func (expm1Op) symbol() string         { return "expm1" }
func (expm1Op) formula(in []term) term { return call("expm1", in[0]) }
func (expm1Op) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	return b.Element(kernels.Expm1, shape, in...)
}

func (expm1Op) gradient(_ *Node, in []*Node, d *Node) []*Node { return []*Node{times(d, in[0].Exp())} }

// Softplus returns log(1 + eˣ), element by element: a smooth [ReLU], whose slope is the
// [Sigmoid]. It does not overflow.
func Softplus(x any) *Node { return node(x).Softplus() }

// Softplus returns log(1 + eⁿ); see the function [Softplus].
func (n *Node) Softplus() *Node { return apply("Softplus", softplusOp{}, n) }

type softplusOp struct{ single }

func (softplusOp) name() string           { return "softplus" }
func (softplusOp) symbol() string         { return "softplus" }
func (softplusOp) formula(in []term) term { return call("softplus", in[0]) }
func (softplusOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	return b.Element(kernels.Softplus, shape, in...)
}

func (softplusOp) gradient(_ *Node, in []*Node, d *Node) []*Node {
	return []*Node{times(d, in[0].Sigmoid())}
}

// Erf returns the error function 2/√π ∫₀ˣ exp(−t²) dt, element by element.
func Erf(x any) *Node { return node(x).Erf() }

// Erf returns the error function of n; see the function [Erf].
func (n *Node) Erf() *Node { return apply("Erf", erfOp{}, n) }

type erfOp struct{ single }

func (erfOp) name() string           { return "erf" }
func (erfOp) symbol() string         { return "erf" }
func (erfOp) formula(in []term) term { return call("erf", in[0]) }
func (erfOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	return b.Element(kernels.Erf, shape, in...)
}

// d erf x = 2/√π · exp(−x²) dx.
func (erfOp) gradient(_ *Node, in []*Node, d *Node) []*Node {
	return []*Node{times(d, in[0].Square().Negate().Exp().Multiply(2/math.Sqrt(math.Pi)))}
}

// GELU returns x·Φ(x), element by element, where Φ is the normal distribution: the
// Gaussian error linear unit (Hendrycks and Gimpel, 2016), by erf and not approximated.
func GELU(x any) *Node { return node(x).GELU() }

// GELU returns n·Φ(n); see the function [GELU].
func (n *Node) GELU() *Node { return apply("GELU", geluOp{}, n) }

type geluOp struct{ single }

func (geluOp) name() string           { return "gelu" }
func (geluOp) symbol() string         { return "GELU" }
func (geluOp) formula(in []term) term { return call("GELU", in[0]) }

// x·Φ(x) = x/2 · (1 + erf(x/√2)).
func (geluOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	scaled := b.Element(kernels.Multiply, shape, b.Number(math.Sqrt2/2), in[0])
	both := b.Element(kernels.Add, shape, b.Element(kernels.Erf, shape, scaled), b.Number(1))
	return b.Element(kernels.Multiply, shape, b.Number(0.5), b.Element(kernels.Multiply, shape, in[0], both))
}

// The derivative is Φ(x) + x·φ(x), where φ(x) = exp(−x²/2)/√(2π).
func (geluOp) gradient(_ *Node, in []*Node, d *Node) []*Node {
	x := in[0]
	below := x.Multiply(math.Sqrt2 / 2).Erf().Add(1).Multiply(0.5)
	density := x.Square().Multiply(-0.5).Exp().Multiply(1 / math.Sqrt(2*math.Pi))
	return []*Node{times(d, below.Add(x.Multiply(density)))}
}

// LeakyReLU returns x where it is positive and slope·x elsewhere, element by element
// (Maas, Hannun and Ng, 2013). The slope is a small number, such as 0.01.
func LeakyReLU(x any, slope float64) *Node { return node(x).LeakyReLU(slope) }

// LeakyReLU returns n where it is positive and slope·n elsewhere; see the function
// [LeakyReLU].
func (n *Node) LeakyReLU(slope float64) *Node { return apply("LeakyReLU", leakyOp{slope: slope}, n) }

type leakyOp struct {
	single
	slope float64
}

func (leakyOp) name() string           { return "leaky relu" }
func (leakyOp) symbol() string         { return "leaky ReLU" }
func (leakyOp) formula(in []term) term { return call("leakyReLU", in[0]) }
func (o leakyOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	above := b.Element(kernels.Greater, shape, in[0], b.Number(0))
	return b.Element(kernels.Where, shape, above, in[0], b.Element(kernels.Multiply, shape, b.Number(o.slope), in[0]))
}

func (o leakyOp) gradient(_ *Node, in []*Node, d *Node) []*Node {
	return []*Node{times(d, apply("LeakyReLU", stepOp{}, in[0]).Multiply(1-o.slope).Add(o.slope))}
}
