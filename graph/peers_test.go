package graph

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"gradbook/graph/kernels"
)

// BenchmarkPeers measures the cases that lab/peers.py measures with NumPy and PyTorch. A
// case is named as there.
func BenchmarkPeers(b *testing.B) {
	for _, short := range []bool{false, true} {
		kind := map[bool]string{false: "f64", true: "f32"}[short]
		for _, size := range []struct {
			name string
			n    int
		}{{"n100", 100}, {"n1m", 1_000_000}} {
			for _, model := range []string{"linear", "quadratic"} {
				b.Run(fmt.Sprint(model, "_", size.name, "/", kind), func(b *testing.B) { benchmarkFit(b, model, size.n, short) })
			}
		}
		b.Run("mlp/"+kind, func(b *testing.B) { benchmarkNetwork(b, short) })
		b.Run("images/"+kind, func(b *testing.B) { benchmarkImages(b, short) })
	}
	for k := 10; k <= 100_000; k *= 10 {
		b.Run(fmt.Sprint("chain_", k, "/f64"), func(b *testing.B) { benchmarkChain(b, k) })
	}
	b.Run("linear_n1m_limit/f64", benchmarkLimit)
	b.Run("linear_n1m_read/f64", benchmarkRead)
}

// train makes b.N steps and reports how many there were in a second, times work.
func train(b *testing.B, loss *Node, t Training, work float64, unit string) {
	b.Helper()
	t.Steps = max(b.N, 1)
	b.ReportAllocs()
	b.ResetTimer()
	if _, err := Minimize(loss, t); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(work*float64(b.N)/b.Elapsed().Seconds(), unit)
}

func benchmarkFit(b *testing.B, model string, n int, short bool) {
	x, y := Placeholder("x"), Placeholder("y")
	xs, ys := make([]float64, n), make([]float64, n)
	for i := range xs {
		xs[i] = -1 + 2*float64(i)/float64(n-1)
		ys[i] = 3*xs[i] + 2
		if model == "quadratic" {
			ys[i] = 1.5*xs[i]*xs[i] - 2*xs[i] + 0.5
		}
	}
	prediction := Variable("w", 0.5).Multiply(x).Add(Variable("b", 0.1))
	if model == "quadratic" {
		prediction = Variable("a", 0.3).Multiply(x.Square()).Add(Variable("b", 0.5).Multiply(x)).Add(Variable("c", 0.1))
	}
	loss := prediction.Subtract(y).Square().Mean()
	train(b, loss, Training{Feed: Feed{x: xs, y: ys}, Optimizer: GradientDescent{0.1}, Float32: short}, 1, "steps/s")
}

// benchmarkRead reads the data once, in one pass that keeps all in registers: no step can
// be faster.
func benchmarkRead(b *testing.B) {
	x, y := million()
	k := kernels.For[float64]()
	for b.Loop() {
		k.Dot(x, y)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "steps/s")
}

// million is the data of linear_n1m.
func million() (x, y []float64) {
	x, y = make([]float64, 1_000_000), make([]float64, 1_000_000)
	for i := range x {
		x[i] = -1 + 2*float64(i)/999_999
		y[i] = 3*x[i] + 2
	}
	return x, y
}

// benchmarkLimit is the linear model's step written by hand: what the engine cannot be
// faster than, with the same kernels and all passes over a block at once.
func benchmarkLimit(b *testing.B) {
	x, y := million()
	n := len(x)
	k, e := kernels.For[float64](), make([]float64, 1024)
	w, c := 0.5, 0.1
	for b.Loop() {
		var loss, dw, dc float64
		for at := 0; at < n; at += len(e) {
			m := min(len(e), n-at)
			k.AxpbMinus(e[:m], x[at:at+m], y[at:at+m], w, c)
			loss += k.Dot(e[:m], e[:m])
			dw += k.Dot(e[:m], x[at:at+m])
			dc += k.Reduce[kernels.Sum](e[:m])
		}
		w, c = w-0.2/float64(n)*dw, c-0.2/float64(n)*dc
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "steps/s")
}

func normal(random *rand.Rand, rows, columns int, size float64) *Tensor {
	t := newTensor([]int{rows, columns})
	for i := range t.data {
		t.data[i] = random.NormFloat64() * size
	}
	return t
}

// benchmarkNetwork is a network of 784, 128 and 10 units on batches of 128.
func benchmarkNetwork(b *testing.B, short bool) {
	random := rand.New(rand.NewPCG(1, 2))
	xs, ys := newTensor([]int{128, 784}), newTensor([]int{128, 10})
	for i := range xs.data {
		xs.data[i] = random.Float64()
	}
	for i := range 128 {
		ys.data[i*10+random.IntN(10)] = 1
	}
	x, y := Placeholder("x", -1, 784), Placeholder("y", -1, 10)
	hidden := x.MatMul(Variable("w1", normal(random, 784, 128, 0.05))).Add(Variable("b1", make([]float64, 128))).ReLU()
	logits := hidden.MatMul(Variable("w2", normal(random, 128, 10, 0.05))).Add(Variable("b2", make([]float64, 10)))
	loss := logits.Exp().Sum(-1).Log().Subtract(logits.Multiply(y).Sum(-1)).Mean()
	train(b, loss, Training{Feed: Feed{x: xs, y: ys}, Optimizer: GradientDescent{0.01}, Float32: short}, 128, "samples/s")
}

// benchmarkChain computes k operations on one number forward and backward. Factor and term
// are variables: with constants the whole gradient would be folded before it runs.
func benchmarkChain(b *testing.B, k int) {
	x := Variable("x", 1.0)
	factor, term := Variable("factor", 1.0000001), Variable("term", 1e-9)
	h := chain(x, factor, term, k)
	f := idleFrame[float64](compile(append(Gradients(h, x, factor, term), h)))
	if err := f.bind(nil); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		f.machine.Run()
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(k), "ns/op-of-chain")
}

// benchmarkImages trains a network of two convolutions with pooling, and a dense layer, on
// batches of 64 images of 28 by 28.
func benchmarkImages(b *testing.B, short bool) {
	random := rand.New(rand.NewPCG(3, 4))
	images, labels := normal(random, 64, 784, 1), make([]int, 64)
	for i := range labels {
		labels[i] = random.IntN(10)
	}
	x, y := Placeholder("x", -1, 784), Placeholder("y", -1)
	filters := func(name string, features, channels int) *Node {
		size := math.Sqrt(2 / float64(9*channels))
		weights, err := Reshape(normal(random, features, 9*channels, size), features, channels, 3, 3).Compute()
		if err != nil {
			b.Fatal(err)
		}
		return Variable(name, weights)
	}
	bias := func(name string, features int) *Node {
		weights, err := Reshape(make([]float64, features), features, 1, 1).Compute()
		if err != nil {
			b.Fatal(err)
		}
		return Variable(name, weights)
	}
	h := x.Reshape(-1, 1, 28, 28).Conv2D(filters("f1", 16, 1), 1, 1).Add(bias("b1", 16)).ReLU().MaxPool(2)
	h = h.Conv2D(filters("f2", 32, 16), 1, 1).Add(bias("b2", 32)).ReLU().MaxPool(2)
	logits := h.Reshape(-1, 32*7*7).MatMul(Variable("w", normal(random, 32*7*7, 10, 0.05))).Add(Variable("b", make([]float64, 10)))
	train(b, logits.CrossEntropy(y), Training{Feed: Feed{x: images, y: labels}, Optimizer: GradientDescent{0.01}, Float32: short}, 64, "samples/s")
}
