package graph

import (
	"fmt"
	"math"
	"strings"
)

// A GradientCheck compares the gradient of a node with finite differences, element
// by element: with what really happens to the node when a value is changed a little.
type GradientCheck struct {
	Rows []GradientRow
}

// A GradientRow is one element of one variable or placeholder.
type GradientRow struct {
	Node     *Node
	Index    int     // of the element, row by row
	Gradient float64 // by back-propagation
	Measured float64 // by a central difference
}

// Error is how far the two differ, relative to the larger one, or absolutely where
// both are below 1.
func (r GradientRow) Error() float64 {
	return math.Abs(r.Gradient-r.Measured) / max(1, math.Abs(r.Gradient), math.Abs(r.Measured))
}

// OK reports whether every element agrees to the tolerance, of which 1e-6 is a
// good choice for smooth functions.
func (c *GradientCheck) OK(tolerance float64) bool { return c.Worst() <= tolerance }

// Worst is the largest error.
func (c *GradientCheck) Worst() float64 {
	worst := 0.0
	for _, r := range c.Rows {
		if e := r.Error(); !(e <= worst) { // NaN counts as worst
			worst = e
		}
	}
	return worst
}

// String writes a table.
func (c *GradientCheck) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-16s %16s %18s %9s\n", "", "back-propagation", "finite difference", "error")
	for _, r := range c.Rows {
		name := r.Node.Label()
		if s := r.Node.Value(); s != nil && s.Rank() > 0 {
			name = fmt.Sprintf("%s[%d]", name, r.Index)
		}
		fmt.Fprintf(&b, "∂/∂%-13s %16.9g %18.9g %9.1e\n", name, r.Gradient, r.Measured, r.Error())
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// CheckGradients compares back-propagation from y with finite differences for the
// given variables and placeholders; none means all variables that y depends on.
// If y is no single number, the sum of its elements counts. The variables have
// their values again afterwards.
func CheckGradients(y *Node, feed Feed, xs ...*Node) (*GradientCheck, error) {
	if len(xs) == 0 {
		xs = y.Variables()
	}
	fed, err := feed.tensors()
	if err != nil {
		return nil, err
	}
	gradients, err := Compute(feed, Gradients(y, xs...)...)
	if err != nil {
		return nil, err
	}
	p, check := compile([]*Node{y.Sum()}), new(GradientCheck)
	for i, x := range xs {
		original := x.Value()
		if x.Kind() == Data {
			original = fed[x]
		}
		if original == nil {
			return nil, &Error{Operation: "CheckGradients", Operands: []*Node{x}, Problem: "want variables and placeholders"}
		}
		for j := range original.data {
			measured, err := slope(p, fed, x, original, j)
			if err != nil {
				return nil, err
			}
			check.Rows = append(check.Rows, GradientRow{x, j, gradients[i].data[j], measured})
		}
	}
	return check, nil
}

// slope is the central difference for one element: (f(v+h) − f(v−h)) / 2h. The step
// h = ∛ε·max(1, |v|) balances rounding against curvature (Nocedal and Wright,
// Numerical Optimization, section 8.1).
func slope(p *program, fed map[*Node]*Tensor, x *Node, original *Tensor, j int) (float64, error) {
	v := original.data[j]
	h := math.Cbrt(0x1p-52) * max(1, math.Abs(v))
	var f [2]float64
	for k, at := range [2]float64{v + h, v - h} {
		changed := &Tensor{original.shape, original.Float64s()}
		changed.data[j] = at
		if err := p.run(with(fed, x, changed)); err != nil {
			return 0, err
		}
		f[k] = p.output(0).data[0]
	}
	return (f[0] - f[1]) / (2 * h), nil
}

// with returns the fed values with one more, which for a variable stands in for its
// own.
func with(fed map[*Node]*Tensor, x *Node, value *Tensor) map[*Node]*Tensor {
	more := map[*Node]*Tensor{x: value}
	for n, t := range fed {
		if n != x {
			more[n] = t
		}
	}
	return more
}
