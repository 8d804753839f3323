package kernels

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"unsafe"
)

// lengths are those at which vectors, their groups and their masks begin and end.
func lengths() (all []int) {
	for n := range 140 {
		all = append(all, n)
	}
	return append(all, 255, 256, 257, 1000, 1024)
}

// TestSets compares every set with the plain one, bit by bit, for all lengths, and with
// what it means element by element.
func TestSets(t *testing.T) {
	t.Run("float64", testSets[float64])
	t.Run("float32", testSets[float32])
}

func testSets[T Float](t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, s := range All[T]() {
		for _, n := range lengths() {
			a, b := numbers[T](random, n), numbers[T](random, n)
			for c := range Codes {
				if c == Where {
					continue
				}
				x := T(random.NormFloat64())
				if n%2 == 0 {
					x = numbers[T](random, 1)[0]
				}
				compare(t, s, c, s.VV[c], a, b, 0, func(i int) float64 { return Apply(c, float64(a[i]), float64(b[i]), 0) })
				compare(t, s, c, s.VS[c], a, b, x, func(i int) float64 { return Apply(c, float64(a[i]), float64(x), 0) })
				compare(t, s, c, s.SV[c], a, b, x, func(i int) float64 { return Apply(c, float64(x), float64(a[i]), 0) })
			}
			u, v := T(random.NormFloat64()), T(random.NormFloat64())
			same(t, s, "axpb", run(s.Axpb, a, b, u, v), run(axpb[T], a, b, u, v))
			same(t, s, "axpy", run(s.Axpy, a, b, u, v), run(axpy[T], a, b, u, v))
			same(t, s, "axpbMinus", run(s.AxpbMinus, a, b, u, v), run(axpbMinus[T], a, b, u, v))
			pick := func(dst, _, _ []T, _, _ T) { s.Choose(dst, run(s.VS[Greater], a, b, 0, 0)[:n], a, b) }
			same(t, s, "choose", run(pick, a, b, 0, 0), chosen(a, b))
			same(t, s, fmt.Sprint("extremes of ", n), []T{s.Reduce[Largest](a), s.Reduce[Smallest](a)}, []T{largest(a), smallest(a)})
			same(t, s, fmt.Sprint("sum of ", n), []T{s.Reduce[Sum](a)}, []T{sum(a)})
			same(t, s, fmt.Sprint("dot of ", n), []T{s.Dot(a, b)}, []T{dot(a, b)})
		}
	}
}

// numbers draws normal ones and, for every third list, some that are special.
func numbers[T Float](random *rand.Rand, n int) []T {
	special := []float64{0, 0, math.Copysign(0, -1), math.Copysign(0, -1), math.Inf(1), math.Inf(-1), math.NaN(), 1e-310, 1e-300, 3e38}
	list, wild := make([]T, n), random.IntN(3) == 0 || n == 1
	size := []float64{1, 300}[random.IntN(2)] // 300 is where exponentials leave the numbers
	for i := range list {
		if list[i] = T(random.NormFloat64() * size); wild && random.IntN(8) == 0 {
			list[i] = T(special[random.IntN(len(special))])
		}
	}
	return list
}

// guard stands behind every result, where no kernel must write.
const guard = -12345

func run[T Float](k Kernel[T], a, b []T, s, t T) []T {
	out := make([]T, len(a)+9)
	for i := range out {
		out[i] = guard
	}
	k(out[:len(a)], a, b, s, t)
	return out
}

// chosen takes of a where it is positive, otherwise of b.
func chosen[T Float](a, b []T) []T {
	out := run(negate[T], a, b, 0, 0)
	for i, x := range a {
		if out[i] = b[i]; x > 0 {
			out[i] = x
		}
	}
	return out
}

func compare[T Float](t *testing.T, s *Set[T], c Code, k Kernel[T], a, b []T, x T, want func(i int) float64) {
	t.Helper()
	if k == nil {
		return
	}
	expected := make([]T, len(a)+9)
	for i := range expected {
		if expected[i] = guard; i < len(a) {
			expected[i] = T(want(i))
		}
	}
	same(t, s, c.String(), run(k, a, b, x, 0), expected)
	in := make([]T, len(a)) // the result may stand where the operand does
	copy(in, a)
	k(in, in, b, x, 0)
	same(t, s, c.String()+" in place", in, expected[:len(a)])
}

func same[T Float](t *testing.T, s *Set[T], what string, got, want []T) {
	t.Helper()
	for i := range want {
		if g, w := float64(got[i]), float64(want[i]); math.Float64bits(g) != math.Float64bits(w) && !(math.IsNaN(g) && math.IsNaN(w)) {
			t.Fatalf("%s, %s: element %d of %d is %v, want %v", s.Name, what, i, len(want), g, w)
		}
	}
}

// TestReductions compares with sums in float64 that are added one by one.
func TestReductions(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for _, n := range lengths() {
		a, b := make([]float64, n), make([]float64, n)
		total, products, most, least := 0.0, 0.0, math.Inf(-1), math.Inf(1)
		for i := range a {
			a[i], b[i] = random.NormFloat64(), random.NormFloat64()
			total, products = total+a[i], products+a[i]*b[i]
			most, least = max(most, a[i]), min(least, a[i])
		}
		for _, s := range All[float64]() {
			for what, pair := range map[string][2]float64{"sum": {s.Reduce[Sum](a), total}, "dot": {s.Dot(a, b), products}} {
				if math.Abs(pair[0]-pair[1]) > 1e-12*float64(n+1) {
					t.Errorf("%s: %s of %d is %v, want %v", s.Name, what, n, pair[0], pair[1])
				}
			}
			if s.Reduce[Largest](a) != most || s.Reduce[Smallest](a) != least {
				t.Errorf("%s: extremes of %d", s.Name, n)
			}
		}
	}
}

func TestProducts(t *testing.T) {
	t.Run("float64", testProducts[float64])
	t.Run("float32", testProducts[float32])
}

// testProducts compares with three loops in float64, for sizes around those of tiles and
// blocks, and every direction in which operands may stand.
func testProducts[T Float](t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	tolerance := 1e-13
	if unsafe.Sizeof(T(0)) == 4 {
		tolerance = 1e-5
	}
	sizes := []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 33, 50, 130}
	for range 600 {
		m, k, n := sizes[random.IntN(len(sizes))], sizes[random.IntN(len(sizes))], sizes[random.IntN(len(sizes))]
		if random.IntN(20) == 0 {
			k = 250 + random.IntN(300)
		}
		a, b := stored[T](random, m, k), stored[T](random, k, n)
		for _, s := range All[T]() {
			out := make([]T, m*n)
			var scratch Scratch[T]
			half := m / 2
			s.Multiply(out, a, b, 0, half, k, n, &scratch)
			s.Multiply(out, a, b, half, m, k, n, &scratch)
			whole := make([]T, m*n)
			s.Multiply(whole, a, b, 0, m, k, n, &scratch)
			same(t, s, "product in two parts", out, whole)
			for i := range m {
				for j := range n {
					want, size := 0.0, 1.0
					for p := range k {
						x := float64(a.Data[i*a.Down+p*a.Across]) * float64(b.Data[p*b.Down+j*b.Across])
						want, size = want+x, size+math.Abs(x)
					}
					if got := float64(out[i*n+j]); !(math.Abs(got-want) <= tolerance*size) {
						t.Fatalf("%s: element (%d, %d) of %d×%d×%d is %v, want %v", s.Name, i, j, m, k, n, got, want)
					}
				}
			}
		}
	}
}

// stored makes a random matrix that stands by rows or by columns.
func stored[T Float](random *rand.Rand, rows, columns int) Matrix[T] {
	m := Matrix[T]{Data: make([]T, rows*columns), Down: columns, Across: 1}
	if random.IntN(2) == 0 {
		m.Down, m.Across = 1, rows
	}
	for i := range m.Data {
		m.Data[i] = T(random.NormFloat64())
	}
	return m
}
