package graph

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize"
	"gonum.org/v1/gonum/stat"
)

// These tests compare with libraries that share no code with this package.

func randomMatrix(random *rand.Rand, rows, columns int) *mat.Dense {
	m := mat.NewDense(rows, columns, nil)
	m.Apply(func(int, int, float64) float64 { return random.NormFloat64() }, m)
	return m
}

// asMatrix is a computed matrix as gonum's.
func asMatrix(t *testing.T, n *Node) *mat.Dense {
	t.Helper()
	v, err := n.Compute()
	if err != nil || v.Rank() != 2 {
		t.Fatalf("%v: %v, %v, want a matrix", n, v, err)
	}
	return mat.NewDense(v.Shape()[0], v.Shape()[1], v.Float64s())
}

// TestMatMulReference: products of every form, and what flows back through them, are
// what gonum computes.
func TestMatMulReference(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for _, size := range [][3]int{{1, 1, 1}, {2, 3, 4}, {5, 1, 2}, {1, 7, 3}, {16, 9, 1}, {20, 30, 10}} {
		m, k, n := size[0], size[1], size[2]
		a, b, weights := randomMatrix(random, m, k), randomMatrix(random, k, n), randomMatrix(random, m, n)
		x, y := Variable("x", a), Variable("y", b)
		product := x.MatMul(y)
		loss := product.Multiply(weights).Sum()

		var want, wantX, wantY mat.Dense
		want.Mul(a, b)
		wantX.Mul(weights, b.T())
		wantY.Mul(a.T(), weights)
		for _, tt := range []struct {
			what string
			node *Node
			want mat.Matrix
		}{
			{"product", product, &want},
			{"gradient on the left", Gradient(loss, x), &wantX},
			{"gradient on the right", Gradient(loss, y), &wantY},
			{"transpose", product.Transpose(), want.T()},
			{"product of transposes", y.Transpose().MatMul(x.Transpose()), want.T()},
		} {
			if got := asMatrix(t, tt.node); !mat.EqualApprox(got, tt.want, 1e-12) {
				t.Errorf("%v: %s is\n%v\nwant\n%v", size, tt.what, mat.Formatted(got), mat.Formatted(tt.want))
			}
		}
	}
}

// TestReductionReference: sums and means along rows and columns.
func TestReductionReference(t *testing.T) {
	m := randomMatrix(rand.New(rand.NewPCG(7, 8)), 6, 4)
	values, err := Compute(nil, Sum(m), Mean(m), Sum(m, 0), Sum(m, 1), Mean(m, 0), Mean(m, 1))
	if err != nil {
		t.Fatal(err)
	}
	near := func(what string, got, want float64) {
		if math.Abs(got-want) > 1e-12 {
			t.Errorf("%s is %v, want %v", what, got, want)
		}
	}
	near("sum", values[0].Item(), mat.Sum(m))
	near("mean", values[1].Item(), stat.Mean(m.RawMatrix().Data, nil))
	for j := range 4 {
		column := mat.Col(nil, j, m)
		near(fmt.Sprint("sum of column ", j), values[2].At(j), floats.Sum(column))
		near(fmt.Sprint("mean of column ", j), values[4].At(j), stat.Mean(column, nil))
	}
	for i := range 6 {
		near(fmt.Sprint("sum of row ", i), values[3].At(i), floats.Sum(m.RawRowView(i)))
		near(fmt.Sprint("mean of row ", i), values[5].At(i), stat.Mean(m.RawRowView(i), nil))
	}
}

// TestPolynomialReference fits a·x² + b·x + c as the second tutorial does, and compares
// with gonum's least squares by QR decomposition.
func TestPolynomialReference(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 10))
	var xs, ys []float64
	powers := mat.NewDense(50, 3, nil)
	for i := range 50 {
		x := random.Float64()*4 - 2
		xs, ys = append(xs, x), append(ys, 0.7*x*x-1.5*x+2+random.NormFloat64()/5)
		powers.SetRow(i, []float64{x * x, x, 1})
	}
	x, y := Placeholder("x"), Placeholder("y")
	a, b, c := Variable("a", 0), Variable("b", 0), Variable("c", 0)
	loss := a.Multiply(x.Square()).Add(b.Multiply(x)).Add(c).Subtract(y).Square().Mean()
	fit, err := Minimize(loss, Training{Feed: Feed{x: xs, y: ys}, Optimizer: GradientDescent{0.1}, Steps: 20000, Tolerance: 1e-10})
	if err != nil {
		t.Fatal(err)
	}
	var want mat.VecDense
	if err := want.SolveVec(powers, mat.NewVecDense(50, ys)); err != nil {
		t.Fatal(err)
	}
	for i, v := range []*Node{a, b, c} {
		if got := v.Value().Item(); math.Abs(got-want.AtVec(i)) > 1e-6 {
			t.Errorf("%s is %v, want %v (%v)", v.Name(), got, want.AtVec(i), fit)
		}
	}
}

// logistic makes two overlapping clouds of points and their classes.
func logistic(random *rand.Rand) (points *mat.Dense, classes []float64) {
	points = randomMatrix(random, 80, 2)
	for i := range 80 {
		class := float64(i % 2)
		points.Set(i, 0, points.At(i, 0)+1.5*class)
		classes = append(classes, class)
	}
	return points, classes
}

// TestLogisticReference trains a logistic regression with each optimiser, and compares
// with the minimum that gonum finds by a quasi-Newton method with derivatives worked out by
// hand.
func TestLogisticReference(t *testing.T) {
	points, classes := logistic(rand.New(rand.NewPCG(11, 12)))
	sigma := func(w []float64, i int) float64 {
		return 1 / (1 + math.Exp(-w[0]*points.At(i, 0)-w[1]*points.At(i, 1)-w[2]))
	}
	problem := optimize.Problem{
		Func: func(w []float64) (loss float64) {
			for i, y := range classes {
				loss -= y*math.Log(sigma(w, i)) + (1-y)*math.Log(1-sigma(w, i))
			}
			return loss / 80
		},
		Grad: func(grad, w []float64) {
			clear(grad)
			for i, y := range classes {
				e := (sigma(w, i) - y) / 80
				grad[0] += e * points.At(i, 0)
				grad[1] += e * points.At(i, 1)
				grad[2] += e
			}
		},
	}
	want, err := optimize.Minimize(problem, []float64{0, 0, 0}, &optimize.Settings{GradientThreshold: 1e-10}, &optimize.BFGS{})
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range []Optimizer{GradientDescent{2}, Momentum{Rate: 0.5}, Adam{Rate: 0.05}, LBFGS{}} {
		w, b := Variable("w", []float64{0, 0}), Variable("b", 0)
		x, y := Placeholder("x", -1, 2), Placeholder("y", -1)
		p := x.MatMul(w).Add(b).Sigmoid()
		loss := y.Multiply(p.Log()).Add(Subtract(1, y).Multiply(Subtract(1, p).Log())).Mean().Negate()
		fit, err := Minimize(loss, Training{Feed: Feed{x: points, y: classes}, Optimizer: o, Steps: 5000, Tolerance: 1e-9})
		if err != nil {
			t.Fatalf("%T: %v", o, err)
		}
		got := append(w.Value().Float64s(), b.Value().Item())
		if !floats.EqualApprox(got, want.X, 1e-6) || math.Abs(fit.Loss-want.F) > 1e-12 {
			t.Errorf("%T: %v with %v, want %v with %v", o, got, fit, want.X, want.F)
		}
	}
}

// TestNetwork: a network with a hidden layer learns what no straight line can.
func TestNetwork(t *testing.T) {
	random := rand.New(rand.NewPCG(13, 14))
	in, out := [][]float64{{0, 0}, {0, 1}, {1, 0}, {1, 1}}, [][]float64{{0}, {1}, {1}, {0}}
	x, y := Placeholder("x", -1, 2), Placeholder("y", -1, 1)
	hidden := x.MatMul(Variable("w1", randomMatrix(random, 2, 8))).Add(Variable("b1", make([]float64, 8))).Tanh()
	answer := hidden.MatMul(Variable("w2", randomMatrix(random, 8, 1))).Add(Variable("b2", []float64{0})).Sigmoid()
	loss := answer.Subtract(y).Square().Mean()
	feed := Feed{x: in, y: out}
	if check, err := CheckGradients(loss, feed); err != nil || !check.OK(1e-8) || len(check.Rows) != 2*8+8+8+1 {
		t.Errorf("%v\n%v", err, check)
	}
	if fit, err := Minimize(loss, Training{Feed: feed, Optimizer: Adam{Rate: 0.05}, Steps: 2000}); err != nil || fit.Loss > 1e-3 {
		t.Fatalf("%v, %v", fit, err)
	}
	got, err := answer.Compute(feed)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []float64{0, 1, 1, 0} {
		if math.Round(got.At(i, 0)) != want {
			t.Errorf("exclusive or of %v is %v, want %v", in[i], got.At(i, 0), want)
		}
	}
}
