package kernels

import "math"

// NEON is part of every arm64 processor.

func special64() []*Set[float64] { return []*Set[float64]{set64neon()} }
func special32() []*Set[float32] { return []*Set[float32]{set32neon()} }

func set64neon() *Set[float64] {
	s := plain[float64]()
	s.Name = "neon"
	s.VV[Add], s.VS[Add], s.SV[Add] = addVV64neon, addVS64neon, addVS64neon
	s.VV[Subtract], s.VS[Subtract], s.SV[Subtract] = subVV64neon, subVS64neon, subSV64neon
	s.VV[Multiply], s.VS[Multiply], s.SV[Multiply] = mulVV64neon, mulVS64neon, mulVS64neon
	s.VV[Divide], s.VS[Divide], s.SV[Divide] = divVV64neon, divVS64neon, divSV64neon
	s.VV[Maximum], s.VS[Maximum], s.SV[Maximum] = maxVV64neon, maxVS64neon, maxVS64neon
	s.VV[Minimum], s.VS[Minimum], s.SV[Minimum] = minVV64neon, minVS64neon, minVS64neon
	s.VV[Greater], s.VS[Greater] = gtVV64neon, gtVS64neon
	s.VV[GreaterEqual], s.VS[GreaterEqual] = geVV64neon, geVS64neon
	s.VV[Equal], s.VS[Equal], s.SV[Equal] = eqVV64neon, eqVS64neon, eqVS64neon
	s.VV[Negate], s.VV[Abs], s.VV[Sqrt] = negate64neon, abs64neon, sqrt64neon
	s.VV[Exp], s.VV[Sigmoid], s.VV[Tanh], s.VV[Log] = exp64neon, sigmoid64neon, tanh64neon, log64neon
	s.Axpb, s.Axpy, s.AxpbMinus, s.Choose = axpb64neon, axpy64neon, axpbMinus64neon, choose64neon
	s.Reduce = [3]func([]float64) float64{sum64neon, largest64neon, smallest64neon}
	s.Dot = dot64neon
	s.product = micro[float64]{6, 8, func(k int, a []float64, down, across int, b, c []float64, stride int, add bool) {
		product64neon(k, &a[0], down*8, across*8, &b[0], &c[0], stride*8, add)
	}}
	s.narrow = func(k int, a []float64, down, across int, b, c []float64, stride int, add bool) {
		narrow64neon(k, &a[0], down*8, across*8, &b[0], &c[0], stride*8, add)
	}
	return s
}

func set32neon() *Set[float32] {
	s := plain[float32]()
	s.Name = "neon"
	s.VV[Add], s.VS[Add], s.SV[Add] = addVV32neon, addVS32neon, addVS32neon
	s.VV[Subtract], s.VS[Subtract], s.SV[Subtract] = subVV32neon, subVS32neon, subSV32neon
	s.VV[Multiply], s.VS[Multiply], s.SV[Multiply] = mulVV32neon, mulVS32neon, mulVS32neon
	s.VV[Divide], s.VS[Divide], s.SV[Divide] = divVV32neon, divVS32neon, divSV32neon
	s.VV[Maximum], s.VS[Maximum], s.SV[Maximum] = maxVV32neon, maxVS32neon, maxVS32neon
	s.VV[Minimum], s.VS[Minimum], s.SV[Minimum] = minVV32neon, minVS32neon, minVS32neon
	s.VV[Greater], s.VS[Greater] = gtVV32neon, gtVS32neon
	s.VV[GreaterEqual], s.VS[GreaterEqual] = geVV32neon, geVS32neon
	s.VV[Equal], s.VS[Equal], s.SV[Equal] = eqVV32neon, eqVS32neon, eqVS32neon
	s.VV[Negate], s.VV[Abs], s.VV[Sqrt] = negate32neon, abs32neon, sqrt32neon
	s.VV[Exp], s.VV[Sigmoid], s.VV[Tanh], s.VV[Log] = exp32neon, sigmoid32neon, tanh32neon, log32neon
	s.Axpb, s.Axpy, s.AxpbMinus, s.Choose = axpb32neon, axpy32neon, axpbMinus32neon, choose32neon
	s.Reduce = [3]func([]float32) float32{sum32neon, largest32neon, smallest32neon}
	s.Dot = dot32neon
	s.product = micro[float32]{6, 16, func(k int, a []float32, down, across int, b, c []float32, stride int, add bool) {
		product32neon(k, &a[0], down*4, across*4, &b[0], &c[0], stride*4, add)
	}}
	s.narrow = func(k int, a []float32, down, across int, b, c []float32, stride int, add bool) {
		narrow32neon(k, &a[0], down*4, across*4, &b[0], &c[0], stride*4, add)
	}
	return s
}

// expNumbers are what the assembly takes of exp.go, in the order of its registers.
//
//lint:ignore U1000 Only the assembly reads them.
var expNumbers = [...]float64{log2E, toWhole, ln2High, ln2Low, expLeast, expMost, 1, 2, tanhMost}

// logNumbers are what it takes of log.go.
//
//lint:ignore U1000 Only the assembly reads them.
var logNumbers = [...]float64{math.Float64frombits(upwards), 1, 0x1p52, 2, 0.5, ln2High, ln2Low, 0x1p52 + exponentBias,
	leastNormal, 1 << raised, raised, math.MaxFloat64, math.Inf(-1), math.NaN()}
