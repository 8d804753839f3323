package graph

import (
	"math"
	"testing"
)

// lying is a square whose gradient is a tenth too large.
type lying struct{ squareOp }

func (lying) gradient(_ *Node, in []*Node, d *Node) []*Node {
	return []*Node{times(d, Constant(2.2).Multiply(in[0]))}
}

// TestCheckFindsMistakes: a judge that finds nothing would let everything pass.
func TestCheckFindsMistakes(t *testing.T) {
	x := Variable("x", []float64{1, 2})
	check, err := CheckGradients(apply("Square", lying{}, x), nil)
	if err != nil || check.OK(0.05) || math.Abs(check.Worst()-0.2/2.2) > 1e-6 {
		t.Errorf("%v\n%v, want an error of a tenth", err, check)
	}
}

// TestCheckNaN: where there is no slope, nothing agrees.
func TestCheckNaN(t *testing.T) {
	check, err := CheckGradients(Variable("x", -1).Log(), nil)
	if err != nil || check.OK(1e9) || !math.IsNaN(check.Worst()) {
		t.Errorf("%v\n%v, want NaN", err, check)
	}
}

// TestCheckTable: the table names every element, and checking changes nothing.
func TestCheckTable(t *testing.T) {
	m, x := Variable("m", [][]float64{{1, 2}}), Placeholder("x")
	check, err := CheckGradients(m.Multiply(x), Feed{x: 3}, m, x)
	if err != nil {
		t.Fatal(err)
	}
	const want = "" +
		"             back-propagation  finite difference     error\n" +
		"∂/∂m[0 0]                   3                  3   "
	if got := check.String(); len(got) < len(want) || got[:len(want)] != want {
		t.Errorf("got\n%s\nwant it to begin\n%s", got, want)
	}
	if last := check.Rows[2]; last.Node != x || last.label() != "∂/∂x" || last.Gradient != 3 {
		t.Errorf("the last row is %+v, want that of x", last)
	}
	if got := m.Value().String(); got != "[[1 2]]" {
		t.Errorf("m is %s after the check", got)
	}
}
