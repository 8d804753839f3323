package kernels

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

// TestExponentials compares with sums of series in 300 bits, in units in the last place.
func TestExponentials(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 10))
	for _, f := range []struct {
		name      string
		got       func(float64) float64
		want      func(e *big.Float) *big.Float // of eˣ
		size, off float64
	}{
		{"exp", exp, func(e *big.Float) *big.Float { return e }, 708, 1},
		{"sigmoid", sigmoid, func(e *big.Float) *big.Float { return quotient(e, sum1(e, 1)) }, 700, 2.5},
		{"tanh", tanh, func(e *big.Float) *big.Float {
			square := exact(0).Mul(e, e)
			return quotient(sum1(square, -1), sum1(square, 1))
		}, 20, 3},
	} {
		worst := 0.0
		for range 20_000 {
			x := (2*random.Float64() - 1) * math.Pow(f.size, random.Float64()) * math.Pow(2, -20*float64(random.IntN(2))*random.Float64())
			want, _ := f.want(exponential(x)).Float64()
			unit := math.Nextafter(math.Abs(want), math.Inf(1)) - math.Abs(want)
			off := math.Abs(f.got(x)-want) / unit
			if worst = max(worst, off); off > f.off {
				t.Fatalf("%s(%v) is %v, want %v", f.name, x, f.got(x), want)
			}
		}
		t.Logf("%s: off by %.2f units at most", f.name, worst)
	}
}

func exact(x float64) *big.Float                { return new(big.Float).SetPrec(300).SetFloat64(x) }
func quotient(x, y *big.Float) *big.Float       { return exact(0).Quo(x, y) }
func sum1(x *big.Float, one float64) *big.Float { return exact(0).Add(x, exact(one)) }

// exponential adds up the series of x/2¹², and squares it twelve times.
func exponential(x float64) *big.Float {
	y, term, sum := exact(math.Ldexp(x, -12)), exact(1), exact(1)
	for n := 1; n < 40; n++ {
		term.Quo(term.Mul(term, y), exact(float64(n)))
		sum.Add(sum, term)
	}
	for range 12 {
		sum.Mul(sum, sum)
	}
	return sum
}

// TestExponentialsOfSpecials compares with package math where results are exact, or as
// small as numbers get.
func TestExponentialsOfSpecials(t *testing.T) {
	for _, x := range []float64{0, math.Copysign(0, -1), math.Inf(1), math.Inf(-1), math.NaN(), 709.7, 709.79, 800, -708.5, -720.25, -744.9, -745.2, -750, 1e300, -1e300, 5e-324, 1e-20, -1e-20} {
		for name, pair := range map[string][2]float64{
			"exp": {exp(x), math.Exp(x)}, "tanh": {tanh(x), math.Tanh(x)}, "sigmoid": {sigmoid(x), 1 / (1 + math.Exp(-x))},
		} {
			got, want := pair[0], pair[1]
			near := math.Abs(got-want) <= max(2e-16*math.Abs(want), 5e-324) && math.Signbit(got) == math.Signbit(want)
			if got != want && !near && !(math.IsNaN(got) && math.IsNaN(want)) {
				t.Errorf("%s(%v) is %v, want %v", name, x, got, want)
			}
		}
	}
}

// TestLogarithms goes back: the logarithm of what is known to 300 bits to be eʸ.
func TestLogarithms(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 12))
	for range 20_000 {
		x := math.Exp((2*random.Float64() - 1) * 740 * math.Pow(2, -30*random.Float64())) // some are subnormal
		got := log(x)
		// One step of Newton's method from there: log x = y + (x·e⁻ʸ − 1) − ….
		rest, _ := sum1(exact(0).Mul(exact(x), exponential(-got)), -1).Float64()
		if unit := math.Nextafter(math.Abs(got), math.Inf(1)) - math.Abs(got); math.Abs(rest) > unit {
			t.Fatalf("log(%v) is %v, off by %.2f units", x, got, rest/unit)
		}
	}
	for _, x := range []float64{0, math.Copysign(0, -1), 1, -1, math.Inf(1), math.Inf(-1), math.NaN(), math.MaxFloat64, math.Nextafter(1, 0), math.Nextafter(1, 2)} {
		if got, want := log(x), math.Log(x); got != want && !(math.IsNaN(got) && math.IsNaN(want)) {
			t.Errorf("log(%v) is %v, want %v", x, got, want)
		}
	}
}

// TestSoftplus compares with what is exact for small and for large numbers.
func TestSoftplus(t *testing.T) {
	random := rand.New(rand.NewPCG(13, 14))
	special := []float64{0, math.Copysign(0, -1), math.Inf(1), math.Inf(-1), math.NaN(), -745, -800, 800, 1e-300}
	for range 20_000 {
		special = append(special, (2*random.Float64()-1)*math.Pow(740, random.Float64()))
	}
	for _, x := range special {
		want := max(x, 0) + math.Log1p(math.Exp(-math.Abs(x)))
		if got := softplus(x); !(math.Abs(got-want) <= max(4e-16*want, 5e-324)) && got != want && !(math.IsNaN(got) && math.IsNaN(want)) {
			t.Errorf("softplus(%v) is %v, want %v", x, got, want)
		}
	}
}
