package graph

import (
	"fmt"
	"testing"
)

// chain makes k operations on x, one after another.
func chain(x, factor, term *Node, k int) *Node {
	h := x
	for range k / 2 {
		h = h.Multiply(factor).Add(term)
	}
	return h
}

// BenchmarkBuild measures what a node costs to make, its share of the gradient, and to be
// compiled. A case is named as in lab/peers.py.
func BenchmarkBuild(b *testing.B) {
	for k := 10; k <= 100_000; k *= 10 {
		x, factor, term := Variable("x", 1.0), Variable("factor", 1.0000001), Variable("term", 1e-9)
		perOp := func(b *testing.B) {
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(k), "ns/op-of-chain")
		}
		b.Run(fmt.Sprint("build_", k, "/f64"), func(b *testing.B) {
			for b.Loop() {
				chain(x, factor, term, k)
			}
			perOp(b)
		})
		h := chain(x, factor, term, k)
		b.Run(fmt.Sprint("gradient_", k, "/f64"), func(b *testing.B) {
			for b.Loop() {
				Gradients(h, x, factor, term)
			}
			perOp(b)
		})
		outputs := append(Gradients(h, x, factor, term), h)
		b.Run(fmt.Sprint("compile_", k, "/f64"), func(b *testing.B) {
			for b.Loop() {
				outputs[0].compiled.Store(nil)
				if err := frameOf[float64](compile(outputs)).bind(nil); err != nil {
					b.Fatal(err)
				}
			}
			perOp(b)
		})
	}
}
