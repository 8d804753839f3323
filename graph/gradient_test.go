package graph

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestLocalDerivatives: the factor of every operation can be computed, whatever the
// shapes; and of one that works element by element it is the whole of the gradient.
func TestLocalDerivatives(t *testing.T) {
	for i, tt := range gradientTests {
		t.Run(fmt.Sprint(i, " ", tt.op.name()), func(t *testing.T) {
			var variables []*Node
			for j, value := range tt.at {
				variables = append(variables, Variable(fmt.Sprint("v", j), value))
			}
			y := tt.build(variables...)
			locals, whole := y.LocalDerivatives(), Gradients(y, variables...)
			if len(locals) != len(y.Inputs()) {
				t.Fatalf("%d local derivatives of %d inputs", len(locals), len(y.Inputs()))
			}
			for j, local := range locals {
				if local == nil {
					continue
				}
				if _, ok := y.op.(elementwise); ok {
					local = local.Multiply(filled(1, y)) // once for each element
				}
				values, err := Compute(nil, shapedAs(local, y.Inputs()[j]), whole[slices.Index(variables, y.Inputs()[j])])
				if err != nil {
					t.Fatal(err)
				}
				if got, want := values[0].String(), values[1].String(); got != want {
					t.Errorf("operand %d: %s, want %s", j, got, want)
				}
			}
		})
	}
}

// TestNoWay: what a node does not depend on has a gradient of zero, in its shape.
func TestNoWay(t *testing.T) {
	x, other, open := Variable("x", 2), Variable("other", []float64{1, 2}), Placeholder("open")
	y := x.Square()
	values, err := Compute(Feed{open: [][]float64{{1, 2, 3}}}, Gradients(y, other, open, y, x)...)
	if got, want := fmt.Sprint(values, err), "[[0 0] [[0 0 0]] 1 4] <nil>"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestSharedNodes: a node that is used several times gets what all its uses pass
// back, and between two nodes the gradient counts every way.
func TestSharedNodes(t *testing.T) {
	x := Variable("x", 3)
	square := x.Multiply(x)
	y := square.Multiply(square).Add(square).Subtract(x) // x⁴ + x² − x
	values, err := Compute(nil, Gradient(y, x), Gradient(y, square), Gradient(square, x))
	if got, want := fmt.Sprint(values, err), "[113 19 6] <nil>"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestHigherDerivatives follows polynomial and exponential through five orders.
func TestHigherDerivatives(t *testing.T) {
	x := Variable("x", 2)
	power, exp := x.Power(4), x.Multiply(0.5).Exp()
	for order, want := range []float64{16, 32, 48, 48, 24, 0} {
		values, err := Compute(nil, power, exp)
		if err != nil {
			t.Fatal(err)
		}
		if got := values[0].Item(); math.Abs(got-want) > 1e-12 {
			t.Errorf("derivative %d of x⁴ is %v, want %v", order, got, want)
		}
		if got, want := values[1].Item(), math.E*math.Pow(0.5, float64(order)); math.Abs(got-want) > 1e-12 {
			t.Errorf("derivative %d of e^(x/2) is %v, want %v", order, got, want)
		}
		power, exp = Gradient(power, x), Gradient(exp, x)
	}
}

// A twin is a node beside a plain Go function that computes the same.
type twin struct {
	node  *Node
	plain func(x, y float64) float64
}

// grown makes a random graph over two placeholders together with its twin.
func grown(random *rand.Rand, x, y *Node) twin {
	pool := []twin{
		{x, func(x, _ float64) float64 { return x }},
		{y, func(_, y float64) float64 { return y }},
	}
	for range 4 + random.IntN(12) {
		a, b := pool[random.IntN(len(pool))], pool[random.IntN(len(pool))]
		pool = append(pool, combined(random.IntN(9), random.NormFloat64(), a, b))
	}
	return pool[len(pool)-1]
}

func combined(kind int, c float64, a, b twin) twin {
	f, g := a.plain, b.plain
	switch kind {
	case 0:
		return twin{a.node.Add(b.node), func(x, y float64) float64 { return f(x, y) + g(x, y) }}
	case 1:
		return twin{a.node.Subtract(b.node), func(x, y float64) float64 { return f(x, y) - g(x, y) }}
	case 2:
		return twin{a.node.Tanh().Multiply(b.node.Tanh()), func(x, y float64) float64 { return math.Tanh(f(x, y)) * math.Tanh(g(x, y)) }}
	case 3:
		return twin{a.node.Divide(b.node.Square().Add(1)), func(x, y float64) float64 { return f(x, y) / (g(x, y)*g(x, y) + 1) }}
	case 4:
		return twin{a.node.Multiply(c), func(x, y float64) float64 { return f(x, y) * c }}
	case 5:
		return twin{a.node.Sigmoid(), func(x, y float64) float64 { return 1 / (1 + math.Exp(-f(x, y))) }}
	case 6:
		return twin{Subtract(c, a.node), func(x, y float64) float64 { return c - f(x, y) }}
	case 7:
		return twin{a.node.Square().Add(1).Sqrt(), func(x, y float64) float64 { return math.Sqrt(f(x, y)*f(x, y) + 1) }}
	}
	return twin{a.node.Square().Negate().Exp(), func(x, y float64) float64 { return math.Exp(-f(x, y) * f(x, y)) }}
}

// TestRandomGraphs compares random graphs with the same formula as plain Go code, and
// their gradients with finite differences.
func TestRandomGraphs(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 11))
	for range 300 {
		x, y := Placeholder("x"), Placeholder("y")
		g := grown(random, x, y)
		xs, ys := make([]float64, 4), make([]float64, 4)
		for i := range xs {
			xs[i], ys[i] = random.NormFloat64(), random.NormFloat64()
		}
		feed := Feed{x: xs, y: ys}
		got, err := g.node.Multiply(filled(1, x)).Multiply(filled(1, y)).Compute(feed) // all elements, whatever it depends on
		if err != nil {
			t.Fatal(err)
		}
		for i, v := range got.Float64s() {
			if want := g.plain(xs[i], ys[i]); math.Abs(v-want) > 1e-9*(1+math.Abs(want)) {
				t.Errorf("%s at (%v, %v) is %v, want %v", g.node.Formula(), xs[i], ys[i], v, want)
			}
		}
		if check, err := CheckGradients(g.node, feed, x, y); err != nil || !check.OK(1e-6) {
			t.Errorf("%s: %v\n%v", g.node.Formula(), err, check)
		}
	}
}

// TestDepth builds, differentiates, runs, writes and trains a chain that recursion
// could not walk.
func TestDepth(t *testing.T) {
	const depth = 100_000
	x, p := Variable("x", 1.0), Placeholder("p")
	sum, chain := x, x.Multiply(p)
	for i := range depth {
		sum = sum.Add(1e-5)
		if i%2 == 0 {
			chain = chain.Tanh()
		} else {
			chain = chain.Multiply(1.0001)
		}
	}
	values, err := Compute(Feed{p: 1}, sum, Gradient(sum, x), chain, Gradient(chain, x))
	if err != nil || math.Abs(values[0].Item()-2) > 1e-9 || values[1].Item() != 1 {
		t.Errorf("%d additions: %v, %v, want 2 and a gradient of 1", depth, values, err)
	}
	if len(chain.Formula()) > 3*formulaLimit || len(chain.Variables()) != 1 || len(chain.Placeholders()) != 1 {
		t.Errorf("a deep graph reads %s and depends on %v, %v", chain.Formula(), chain.Variables(), chain.Placeholders())
	}
	if fit, err := Minimize(sum.Square(), Training{Steps: 2, Optimizer: GradientDescent{Rate: 0.25}}); err != nil || math.Abs(fit.Loss-0.25) > 1e-6 {
		t.Errorf("training it: %v, %v, want a loss of 2²/4²", fit, err)
	}
}
