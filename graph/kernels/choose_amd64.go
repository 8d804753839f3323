package kernels

import "golang.org/x/sys/cpu"

// The sets in assembly, if the machine has what they need.

func special64() []*Set[float64] {
	if !hasAVX2 {
		return nil
	}
	return []*Set[float64]{set64AVX2()}
}

func special32() []*Set[float32] {
	if !hasAVX2 {
		return nil
	}
	return []*Set[float32]{set32AVX2()}
}

var hasAVX2 = cpu.X86.HasAVX2 && cpu.X86.HasFMA

func set64AVX2() *Set[float64] {
	s := plain[float64]()
	s.Name = "avx2"
	s.VV[Add], s.VV[Subtract], s.VV[Multiply], s.VV[Divide] = addVV64avx2, subVV64avx2, mulVV64avx2, divVV64avx2
	s.VS[Add], s.VS[Subtract], s.VS[Multiply], s.VS[Divide] = addVS64avx2, subVS64avx2, mulVS64avx2, divVS64avx2
	s.SV[Add], s.SV[Subtract], s.SV[Multiply], s.SV[Divide] = addVS64avx2, subSV64avx2, mulVS64avx2, divSV64avx2
	s.VS[Maximum], s.SV[Maximum], s.VS[Greater] = maxVS64avx2, maxVS64avx2, greaterVS64avx2
	s.Axpb, s.Axpy, s.AxpbMinus = axpb64avx2, axpy64avx2, axpbMinus64avx2
	s.Reduce[Sum], s.Dot = sum64avx2, dot64avx2
	s.product = micro[float64]{6, 8, func(k int, a []float64, down, across int, b, c []float64, stride int, add bool) {
		product64avx2(k, &a[0], down*8, across*8, &b[0], &c[0], stride*8, add)
	}}
	return s
}

func set32AVX2() *Set[float32] {
	s := plain[float32]()
	s.Name = "avx2"
	s.VV[Add], s.VV[Subtract], s.VV[Multiply], s.VV[Divide] = addVV32avx2, subVV32avx2, mulVV32avx2, divVV32avx2
	s.VS[Add], s.VS[Subtract], s.VS[Multiply], s.VS[Divide] = addVS32avx2, subVS32avx2, mulVS32avx2, divVS32avx2
	s.SV[Add], s.SV[Subtract], s.SV[Multiply], s.SV[Divide] = addVS32avx2, subSV32avx2, mulVS32avx2, divSV32avx2
	s.VS[Maximum], s.SV[Maximum], s.VS[Greater] = maxVS32avx2, maxVS32avx2, greaterVS32avx2
	s.Axpb, s.Axpy, s.AxpbMinus = axpb32avx2, axpy32avx2, axpbMinus32avx2
	s.Reduce[Sum], s.Dot = sum32avx2, dot32avx2
	s.product = micro[float32]{6, 16, func(k int, a []float32, down, across int, b, c []float32, stride int, add bool) {
		product32avx2(k, &a[0], down*4, across*4, &b[0], &c[0], stride*4, add)
	}}
	return s
}
