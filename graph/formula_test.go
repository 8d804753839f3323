package graph

import (
	"slices"
	"testing"
)

// TestFormula writes every operation, and every way in which one binds tighter than
// another.
func TestFormula(t *testing.T) {
	a, b, c := Placeholder("a"), Placeholder("b"), Placeholder("c")
	for _, tt := range []struct {
		n    *Node
		want string
	}{
		{a.Add(b).Add(c), "a + b + c"},
		{a.Add(b.Add(c)), "a + b + c"},
		{a.Add(b.Subtract(c)), "a + b − c"},
		{a.Subtract(b.Add(c)), "a − (b + c)"},
		{a.Subtract(b.Subtract(c)), "a − (b − c)"},
		{a.Subtract(b).Subtract(c), "a − b − c"},
		{a.Add(b).Multiply(c), "(a + b)·c"},
		{a.Multiply(b.Add(c)), "a·(b + c)"},
		{a.Multiply(b).Add(c), "a·b + c"},
		{a.Multiply(b).Multiply(c), "a·b·c"},
		{a.Divide(b.Multiply(c)), "a/(b·c)"},
		{a.Divide(b).Divide(c), "a/b/c"},
		{a.Divide(b.Divide(c)), "a/(b/c)"},
		{a.Multiply(b.Divide(c)), "a·b/c"},
		{a.Add(b).Divide(b.Add(c)), "(a + b)/(b + c)"},

		// A constant is shortened, but never a whole number.
		{a.Divide(7.657701000651867), "a/7.658"},
		{a.Multiply(123456), "a·123456"},
		{a.Multiply(0.25), "a·0.25"},

		// Two signs never meet.
		{a.Add(b.Negate()), "a + (−b)"},
		{a.Subtract(-2), "a − (−2)"},
		{a.Multiply(-2), "a·(−2)"},
		{Multiply(-2, a), "−2·a"},
		{Subtract(a, Multiply(-2, a)), "a − (−2·a)"},
		{a.Negate().Negate(), "−(−a)"},
		{Negate(-2), "−(−2)"},
		{a.Add(b).Negate(), "−(a + b)"},
		{a.Multiply(b).Negate(), "−a·b"},
		{a.Negate().Add(b), "−a + b"},

		{a.Negate().Square(), "(−a)²"},
		{Square(-2), "(−2)²"},
		{a.Multiply(b).Square(), "(a·b)²"},
		{a.Square().Multiply(b), "a²·b"},
		{a.Square().Square(), "(a²)²"},
		{a.Power(3), "a³"},
		{a.Power(-12), "a⁻¹²"},
		{a.Power(-0.5), "a⁻⁰·⁵"},
		{a.Sqrt(), "√a"},
		{a.Add(b).Sqrt(), "√(a + b)"},
		{a.Sqrt().Square(), "(√a)²"},
		{a.Square().Sqrt(), "√(a²)"},

		{a.Exp(), "exp(a)"},
		{a.Add(b).Log(), "log(a + b)"},
		{a.Add(b).Tanh(), "tanh(a + b)"},
		{a.Tanh().Square(), "tanh(a)²"},
		{a.Sigmoid(), "σ(a)"},
		{a.ReLU(), "ReLU(a)"},

		{a.Mean(), "mean(a)"},
		{a.Add(b).Mean(0), "mean₀(a + b)"},
		{a.Sum(), "Σa"},
		{a.Multiply(b).Sum(), "Σ(a·b)"},
		{a.Sum(0), "Σ₀a"},
		{a.Sum(0, -1), "Σ₀₋₁a"},
		{a.Square().Sum(), "Σ(a²)"},
		{a.Sum().Square(), "(Σa)²"},

		// The matrix product associates with itself but not with the element-wise one.
		{a.MatMul(b).Add(c), "a@b + c"},
		{a.MatMul(b).MatMul(c), "a@b@c"},
		{a.MatMul(b.Add(c)), "a@(b + c)"},
		{a.MatMul(b).Multiply(c), "(a@b)·c"},
		{a.MatMul(b.Multiply(c)), "a@(b·c)"},
		{a.Multiply(b).MatMul(c), "(a·b)@c"},
		{a.MatMul(b).Divide(c), "(a@b)/c"},
		{a.MatMul(b).Negate().Multiply(c), "(−a@b)·c"},
		{a.Transpose(), "aᵀ"},
		{a.Add(b).Transpose(), "(a + b)ᵀ"},
		{a.Transpose().MatMul(b), "aᵀ@b"},
		{a.Reshape(2, -1), "reshape(a)"},

		{Constant([]float64{1, 2}).Add(a), "constant + a"},
		{a.Multiply(0.25).Add(1e-7), "a·0.25 + 1e−07"},
		{a, "a"},
	} {
		if got := tt.n.Formula(); got != tt.want {
			t.Errorf("got %s, want %s", got, tt.want)
		}
	}
}

// TestFormulaStop: what a reader has seen already is written by its name.
func TestFormulaStop(t *testing.T) {
	w, x, y := Variable("w", 1), Placeholder("x"), Placeholder("y")
	prediction := w.Multiply(x).Named("prediction")
	difference := prediction.Subtract(y)
	loss := difference.Square().Mean()
	for _, tt := range []struct {
		stop []*Node
		want string
	}{
		{nil, "mean((w·x − y)²)"},
		{[]*Node{prediction}, "mean((prediction − y)²)"},
		{[]*Node{difference}, "mean(subtract²)"},
		{[]*Node{loss}, "mean"},
	} {
		if got := loss.Formula(tt.stop...); got != tt.want {
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

// TestLocalDerivativeFormulas: the factors of the chain rule read as in a book.
func TestLocalDerivativeFormulas(t *testing.T) {
	a, b := Placeholder("a"), Placeholder("b")
	ratio, root, squashed := a.Divide(b).Named("ratio"), a.Sqrt().Named("root"), a.Sigmoid().Named("s")
	m, v := Placeholder("m", 2, 3), Placeholder("v", 3)
	for _, tt := range []struct {
		n    *Node
		want []string
	}{
		{a.Add(b), []string{"1", "1"}},
		{a.Subtract(b), []string{"1", "−1"}},
		{a.Multiply(b), []string{"b", "a"}},
		{a.Multiply(a), []string{"a", "a"}},
		{ratio, []string{"1/b", "−ratio/b"}},
		{a.Negate(), []string{"−1"}},
		{a.Square(), []string{"2·a"}},
		{a.Power(2), []string{"2·a"}},
		{a.Power(3), []string{"3·a²"}},
		{a.Power(1), []string{"1"}},
		{a.Power(0), []string{"0"}},
		{a.Power(-1), []string{"−a⁻²"}},
		{a.Exp(), []string{"exp(a)"}},
		{a.Log(), []string{"1/a"}},
		{root, []string{"1/(2·root)"}},
		{a.Tanh(), []string{"1 − tanh(a)²"}},
		{squashed, []string{"s·(1 − s)"}},
		{a.ReLU(), []string{"step(a)"}},
		{a.Sum(), []string{"1"}},
		{a.Mean(), []string{"1/n"}},
		{m.Mean(0), []string{"1/n"}},
		{m.MatMul(v), []string{"vᵀ", "mᵀ"}},
		{m.Transpose(), []string{"1"}},
		{m.Reshape(6), []string{"1"}},
		{a, []string{}},
	} {
		got := []string{}
		for _, d := range tt.n.LocalDerivatives() {
			got = append(got, d.Formula(ratio, root, squashed))
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.n, got, tt.want)
		}
	}
}
