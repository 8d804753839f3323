package kernels

import (
	"math/rand/v2"
	"testing"
)

// BenchmarkProducts multiplies 512 by 512 matrices; a flop is a multiplication or an addition.
func BenchmarkProducts(b *testing.B) {
	b.Run("float64", benchmarkProducts[float64])
	b.Run("float32", benchmarkProducts[float32])
}

func benchmarkProducts[T Float](b *testing.B) {
	const n = 512
	random := rand.New(rand.NewPCG(7, 8))
	x, y := stored[T](random, n, n), stored[T](random, n, n)
	out := make([]T, n*n)
	var scratch Scratch[T]
	for _, s := range All[T]() {
		b.Run(s.Name, func(b *testing.B) {
			for b.Loop() {
				s.Multiply(out, x, y, 0, n, n, n, &scratch)
			}
			b.ReportMetric(2*n*n*n*float64(b.N)/b.Elapsed().Seconds()/1e9, "Gflop/s")
		})
	}
}
