package graph

import (
	"fmt"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
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

func TestFormula(t *testing.T) {
	a, b, c := Placeholder("a"), Placeholder("b"), Placeholder("c")
	for _, tt := range []struct {
		n    *Node
		want string
	}{
		{a.Subtract(b.Subtract(c)), "a − (b − c)"},
		{a.Subtract(b).Subtract(c), "a − b − c"},
		{a.Add(b).Multiply(c), "(a + b)·c"},
		{a.Multiply(b).Add(c), "a·b + c"},
		{a.Divide(b.Multiply(c)), "a/(b·c)"},
		{a.Divide(b).Divide(c), "a/b/c"},
		{a.Add(b.Negate()), "a + (−b)"},
		{a.Add(b).Negate(), "−(a + b)"},
		{a.Multiply(-2), "a·(−2)"},
		{a.Negate().Square(), "(−a)²"},
		{a.Square().Square(), "(a²)²"},
		{a.Power(-0.5), "a⁻⁰·⁵"},
		{a.Add(b).Sqrt(), "√(a + b)"},
		{a.Add(b).Tanh(), "tanh(a + b)"},
		{a.Add(b).Mean(), "mean(a + b)"},
		{a.Sum(0), "Σ₀a"},
		{a.MatMul(b).Add(c), "a@b + c"},
		{a.Add(b).Transpose(), "(a + b)ᵀ"},
		{Constant([]float64{1, 2}).Add(a), "constant + a"},
	} {
		if got := tt.n.Formula(); got != tt.want {
			t.Errorf("got %s, want %s", got, tt.want)
		}
	}
}

// TestFormulaStaysShort: a node used twice is written twice, so a formula could
// double with every operation.
func TestFormulaStaysShort(t *testing.T) {
	n := Placeholder("x")
	for range 200 {
		n = n.Add(n)
	}
	if f := n.Formula(); len(f) > 3*formulaLimit {
		t.Errorf("a formula of %d bytes", len(f))
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

func TestTensor(t *testing.T) {
	for _, tt := range []struct {
		value any
		want  string
		shape []int
	}{
		{6, "6", nil}, {0.1, "0.1", nil}, {uint8(3), "3", nil}, {float32(0.5), "0.5", nil}, {1e21, "1e+21", nil},
		{[]float64{1, 2}, "[1 2]", []int{2}}, {[]int{}, "[]", []int{0}}, {[2]int8{1, 2}, "[1 2]", []int{2}},
		{[][]int{{1, 2}, {3, 4}}, "[[1 2]\n [3 4]]", []int{2, 2}},
		{[]any{1, 2.5}, "[1 2.5]", []int{2}},
		{[][][]int{{{1}, {2}}}, "[[[1]\n  [2]]]", []int{1, 2, 1}},
		{mat.NewDense(1, 2, []float64{3, 4}), "[[3 4]]", []int{1, 2}},
	} {
		got, err := NewTensor(tt.value)
		if err != nil || got.String() != tt.want || !slices.Equal(got.Shape(), tt.shape) || got.Rank() != len(tt.shape) {
			t.Errorf("%T %v: %v %v %v, want %s of shape %v", tt.value, tt.value, got, got.Shape(), err, tt.want, tt.shape)
		}
	}
	large, _ := NewTensor(make([]float64, 1000))
	if got := large.String(); got != "[0 0 0 … 0 0 0] of shape [1000]" {
		t.Errorf("a large tensor is written %s", got)
	}
}

// TestTensorIsACopy: neither side can change the other's numbers.
func TestTensorIsACopy(t *testing.T) {
	mine := []float64{1, 2}
	v := Variable("v", mine)
	mine[0] = 9
	held := v.Value()
	held.Float64s()[1] = 9
	if err := v.Set([]float64{5, 6}); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(held, v.Value()); got != "[1 2] [5 6]" {
		t.Errorf("got %s, want the old value and the new", got)
	}
}
