package kernels

import "unsafe"

// NEON is part of every arm64. Its loops take groups of vectors, and Go's the rest.

//go:noescape
func addVV64neon(groups int, dst, a, b *float64, s, t float64)

//go:noescape
func subVV64neon(groups int, dst, a, b *float64, s, t float64)

//go:noescape
func mulVV64neon(groups int, dst, a, b *float64, s, t float64)

//go:noescape
func addVS64neon(groups int, dst, a, b *float64, s, t float64)

//go:noescape
func subVS64neon(groups int, dst, a, b *float64, s, t float64)

//go:noescape
func subSV64neon(groups int, dst, a, b *float64, s, t float64)

//go:noescape
func mulVS64neon(groups int, dst, a, b *float64, s, t float64)

//go:noescape
func axpb64neon(groups int, dst, a, b *float64, s, t float64)

//go:noescape
func axpy64neon(groups int, dst, a, b *float64, s, t float64)

//go:noescape
func axpbMinus64neon(groups int, dst, a, b *float64, s, t float64)

//go:noescape
func sum64neon(groups int, a, b, sums *float64)

//go:noescape
func dot64neon(groups int, a, b, sums *float64)

//go:noescape
func product64neon(k int, a *float64, down, across int, b, c *float64, stride int, add bool)

//go:noescape
func addVV32neon(groups int, dst, a, b *float32, s, t float32)

//go:noescape
func subVV32neon(groups int, dst, a, b *float32, s, t float32)

//go:noescape
func mulVV32neon(groups int, dst, a, b *float32, s, t float32)

//go:noescape
func addVS32neon(groups int, dst, a, b *float32, s, t float32)

//go:noescape
func subVS32neon(groups int, dst, a, b *float32, s, t float32)

//go:noescape
func subSV32neon(groups int, dst, a, b *float32, s, t float32)

//go:noescape
func mulVS32neon(groups int, dst, a, b *float32, s, t float32)

//go:noescape
func axpb32neon(groups int, dst, a, b *float32, s, t float32)

//go:noescape
func axpy32neon(groups int, dst, a, b *float32, s, t float32)

//go:noescape
func axpbMinus32neon(groups int, dst, a, b *float32, s, t float32)

//go:noescape
func sum32neon(groups int, a, b, sums *float32)

//go:noescape
func dot32neon(groups int, a, b, sums *float32)

//go:noescape
func product32neon(k int, a *float32, down, across int, b, c *float32, stride int, add bool)

func special64() []*Set[float64] {
	s := plain[float64]()
	s.Name = "neon"
	s.VV[Add], s.VV[Subtract], s.VV[Multiply] = grouped(addVV64neon, addVV), grouped(subVV64neon, subVV), grouped(mulVV64neon, mulVV)
	s.VS[Add], s.VS[Subtract], s.VS[Multiply] = grouped(addVS64neon, addVS), grouped(subVS64neon, subVS), grouped(mulVS64neon, mulVS)
	s.SV[Add], s.SV[Subtract], s.SV[Multiply] = s.VS[Add], grouped(subSV64neon, subSV), s.VS[Multiply]
	s.Axpb, s.Axpy, s.AxpbMinus = grouped(axpb64neon, axpb), grouped(axpy64neon, axpy), grouped(axpbMinus64neon, axpbMinus)
	s.Reduce[Sum], s.Dot = summed(sum64neon), dotted(dot64neon)
	s.product = micro[float64]{8, 4, func(k int, a []float64, down, across int, b, c []float64, stride int, add bool) {
		product64neon(k, &a[0], down*8, across*8, &b[0], &c[0], stride*8, add)
	}}
	return []*Set[float64]{s}
}

func special32() []*Set[float32] {
	s := plain[float32]()
	s.Name = "neon"
	s.VV[Add], s.VV[Subtract], s.VV[Multiply] = grouped(addVV32neon, addVV), grouped(subVV32neon, subVV), grouped(mulVV32neon, mulVV)
	s.VS[Add], s.VS[Subtract], s.VS[Multiply] = grouped(addVS32neon, addVS), grouped(subVS32neon, subVS), grouped(mulVS32neon, mulVS)
	s.SV[Add], s.SV[Subtract], s.SV[Multiply] = s.VS[Add], grouped(subSV32neon, subSV), s.VS[Multiply]
	s.Axpb, s.Axpy, s.AxpbMinus = grouped(axpb32neon, axpb), grouped(axpy32neon, axpy), grouped(axpbMinus32neon, axpbMinus)
	s.Reduce[Sum], s.Dot = summed(sum32neon), dotted(dot32neon)
	s.product = micro[float32]{8, 8, func(k int, a []float32, down, across int, b, c []float32, stride int, add bool) {
		product32neon(k, &a[0], down*4, across*4, &b[0], &c[0], stride*4, add)
	}}
	return []*Set[float32]{s}
}

// grouped runs a loop of groups of four vectors, and another on what they leave. The loop
// reads only those operands that it has, but all are as long as dst or missing.
func grouped[T Float](groups func(groups int, dst, a, b *T, s, t T), rest Kernel[T]) Kernel[T] {
	size := 64 / int(unsafe.Sizeof(T(0)))
	return func(dst, a, b []T, s, t T) {
		n := len(dst) / size * size
		if n > 0 {
			groups(n/size, &dst[0], unsafe.SliceData(a), unsafe.SliceData(b), s, t)
		}
		if n < len(dst) {
			rest(dst[n:], a[n:], b[min(n, len(b)):], s, t)
		}
	}
}

// summed and dotted take as many elements at a time as there are partial sums.
func summed[T Float](groups func(groups int, a, b, sums *T)) func(a []T) T {
	return func(a []T) T {
		var all [maxLanes]T
		s := all[:lanes[T]()]
		n := len(a) / len(s) * len(s)
		if n > 0 {
			groups(n/len(s), &a[0], nil, &s[0])
		}
		for i, x := range a[n:] {
			s[i] += x
		}
		return tree(s)
	}
}

func dotted[T Float](groups func(groups int, a, b, sums *T)) func(a, b []T) T {
	return func(a, b []T) T {
		var all [maxLanes]T
		s := all[:lanes[T]()]
		n := len(a) / len(s) * len(s)
		if n > 0 {
			groups(n/len(s), &a[0], &b[0], &s[0])
		}
		for i, x := range a[n:] {
			s[i] += T(x * b[n+i])
		}
		return tree(s)
	}
}
