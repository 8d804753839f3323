package graph

import (
	"slices"
	"testing"
)

// TestPost computes the numbers of the post that all this comes from.
func TestPost(t *testing.T) {
	x, y := Placeholder("x"), Placeholder("y")
	m, b := Variable("m", 0.5), Variable("b", 1)
	prediction := m.Multiply(x).Add(b).Named("prediction")
	difference := prediction.Subtract(y).Named("difference")
	squared := difference.Square().Named("error")
	for _, tt := range []struct {
		n       *Node
		want    string
		formula string
	}{
		{prediction, "6", "m·x + b"},
		{difference, "2", "m·x + b − y"},
		{squared, "4", "(m·x + b − y)²"},
		{Gradient(squared, m), "40", "2·(m·x + b − y)·x"},
		{Gradient(squared, b), "4", "2·(m·x + b − y)"},
		{Gradient(squared, y), "-4", "−2·(m·x + b − y)"},
		{Gradient(Gradient(squared, m), m), "200", ""},
		{Gradient(squared, Variable("other", 1)), "0", "0"},
	} {
		got, err := tt.n.Compute(Feed{x: 10, y: 4})
		if err != nil || got.String() != tt.want {
			t.Errorf("%s = %v, %v, want %s", tt.n.Formula(), got, err, tt.want)
		}
		if f := tt.n.Formula(); tt.formula != "" && f != tt.formula {
			t.Errorf("formula %s, want %s", f, tt.formula)
		}
	}
	var factors []string
	for _, n := range []*Node{squared, difference, prediction, prediction.Inputs()[0]} {
		factors = append(factors, n.LocalDerivatives()[0].Formula(difference, prediction))
	}
	if want := []string{"2·difference", "1", "1", "x"}; !slices.Equal(factors, want) {
		t.Errorf("local derivatives %q, want %q", factors, want)
	}
}

func TestNames(t *testing.T) {
	n := Placeholder("x").Add(1)
	if n.Name() != "" || n.Label() != "add" {
		t.Errorf("unnamed: %q, %q", n.Name(), n.Label())
	}
	n.HeldBy("_")
	n.HeldBy("sum")
	n.HeldBy("alias")
	if n.Name() != "sum" {
		t.Errorf("held by sum, then alias: %q", n.Name())
	}
	if n.Named("total").Label() != "total" {
		t.Errorf("named by hand: %q", n.Label())
	}
	if got := Constant(-2.5).Label(); got != "−2.5" {
		t.Errorf("a constant is labelled %q", got)
	}
}

func TestIntrospection(t *testing.T) {
	x, w := Placeholder("x", -1, 2), Variable("w", [][]float64{{1}, {2}})
	y := x.MatMul(w)
	if s, ok := y.Shape(); !ok || !slices.Equal(s, []int{-1, 1}) {
		t.Errorf("shape %v %v, want [-1 1]", s, ok)
	}
	if _, ok := Placeholder("any").Shape(); ok {
		t.Error("a placeholder without a shape has one")
	}
	kinds := []Kind{y.Kind(), x.Kind(), w.Kind(), Constant(1).Kind()}
	if want := []Kind{Operation, Data, Parameter, ConstantValue}; !slices.Equal(kinds, want) {
		t.Errorf("kinds %v, want %v", kinds, want)
	}
	if !slices.Equal(y.Inputs(), []*Node{x, w}) || !slices.Equal(y.Variables(), []*Node{w}) || !slices.Equal(y.Placeholders(), []*Node{x}) {
		t.Errorf("inputs %v, variables %v, placeholders %v", y.Inputs(), y.Variables(), y.Placeholders())
	}
	if y.Operation() != "matmul" || y.Symbol() != "@" || y.Value() != nil {
		t.Errorf("%q %q %v", y.Operation(), y.Symbol(), y.Value())
	}
}
