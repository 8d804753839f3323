package graph

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
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

	at []int // the element's index on every axis
}

// Error is how far the two differ, relative to the larger one, or absolutely where
// both are below 1.
func (r GradientRow) Error() float64 {
	return math.Abs(r.Gradient-r.Measured) / max(1, math.Abs(r.Gradient), math.Abs(r.Measured))
}

// label names the element: w, or w[1 0].
func (r GradientRow) label() string {
	if len(r.at) == 0 {
		return "∂/∂" + r.Node.Label()
	}
	return "∂/∂" + r.Node.Label() + fmt.Sprint(r.at)
}

// OK reports whether every element agrees to the tolerance, of which 1e-6 is a
// good choice for smooth functions.
func (c *GradientCheck) OK(tolerance float64) bool { return c.Worst() <= tolerance }

// Worst is the largest error, and NaN if any element is NaN.
func (c *GradientCheck) Worst() float64 {
	worst := 0.0
	for _, r := range c.Rows {
		worst = max(worst, r.Error()) // max hands a NaN on
	}
	return worst
}

// String writes a table.
func (c *GradientCheck) String() string {
	width := 0
	for _, r := range c.Rows {
		width = max(width, utf8.RuneCountInString(r.label()))
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%*s  %18s %18s %9s", width, "", "back-propagation", "finite difference", "error")
	for _, r := range c.Rows {
		fmt.Fprintf(&b, "\n%-*s  %18.9g %18.9g %9.1e", width, r.label(), r.Gradient, r.Measured, r.Error())
	}
	return b.String()
}

// CheckGradients compares back-propagation from y with finite differences for the
// given variables and placeholders; none means all variables that y depends on.
// If y is no single number, the sum of its elements counts. No variable is changed:
// the differences are computed on copies. All is computed in float64, whatever the type of
// the variables: in float32 a small difference is mostly rounding.
func CheckGradients(y *Node, feed Feed, xs ...*Node) (*GradientCheck, error) {
	if err := refuse("CheckGradients", append([]*Node{y}, xs...)...); err != nil {
		return nil, err
	}
	if len(xs) == 0 {
		xs = y.Variables()
	}
	fed, err := feed.tensors()
	if err != nil {
		return nil, err
	}
	gradients, err := computeAs[float64](compile(Gradients(y, xs...)), fed)
	if err != nil {
		return nil, err
	}
	f, check := frameOf[float64](compile([]*Node{y.Sum()})), new(GradientCheck)
	for i, x := range xs {
		rows, err := compareElements(f, fed, x, gradients[i])
		if err != nil {
			return nil, err
		}
		check.Rows = append(check.Rows, rows...)
	}
	return check, nil
}

// compareElements makes the rows of one variable or placeholder. The frame computes
// the number whose gradient is checked.
func compareElements(f *frame[float64], fed map[*Node]*Tensor, x *Node, gradient *Tensor) ([]GradientRow, error) {
	if x.Kind() != Data && x.Kind() != Parameter {
		return nil, &Error{Operation: "CheckGradients", Operands: []*Node{x}, Problem: "want variables and placeholders"}
	}
	original := fed[x]
	if original == nil {
		original = x.Value() // a placeholder that was not fed has failed before
	}
	original = original.as(float64s)
	var rows []GradientRow
	for j, d := range gradient.data {
		measured, err := slope(f, fed, x, original, j)
		if err != nil {
			return nil, err
		}
		rows = append(rows, GradientRow{x, j, d, measured, indexOf(original.shape, j)})
	}
	return rows, nil
}

// indexOf finds the index on every axis of the j-th element.
func indexOf(shape []int, j int) []int {
	at := make([]int, len(shape))
	for axis, n := range slices.Backward(shape) {
		at[axis], j = j%n, j/n
	}
	return at
}

// slope is the central difference for one element: (f(v+h) − f(v−h)) / 2h. The step
// h = ∛ε·max(1, |v|) balances rounding against curvature (Nocedal and Wright,
// Numerical Optimization, section 8.1).
func slope(f *frame[float64], fed map[*Node]*Tensor, x *Node, original *Tensor, j int) (float64, error) {
	v := original.data[j]
	h := float64(math.Cbrt(0x1p-52) * max(1, math.Abs(v)))
	above, err := valueAt(f, fed, x, original, j, v+h)
	if err != nil {
		return 0, err
	}
	below, err := valueAt(f, fed, x, original, j, v-h)
	return (above - below) / ((v + h) - (v - h)), err
}

// valueAt computes with one element of x changed to v.
func valueAt(f *frame[float64], fed map[*Node]*Tensor, x *Node, original *Tensor, j int, v float64) (float64, error) {
	changed := &Tensor{shape: original.shape, data: slices.Clone(original.data)}
	changed.data[j] = v
	with := maps.Clone(fed)
	with[x] = changed
	if err := f.run(with); err != nil {
		return 0, err
	}
	return f.machine.Output(0)[0], nil
}
