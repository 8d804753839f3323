package kernels

import (
	"unsafe"

	"golang.org/x/sys/cpu"
)

// The sets in assembly for which the machine has what they need, the best first. They can
// be turned off from outside: GODEBUG=cpu.avx512f=off,cpu.avx2=off.

var (
	hasAVX2   = cpu.X86.HasAVX2 && cpu.X86.HasFMA
	hasAVX512 = hasAVX2 && cpu.X86.HasAVX512F && cpu.X86.HasAVX512DQ && cpu.X86.HasBMI2
)

func special64() (sets []*Set[float64]) {
	if hasAVX512 {
		sets = append(sets, loops[float64]{
			addVV64avx512, subVV64avx512, mulVV64avx512, divVV64avx512,
			addVS64avx512, subVS64avx512, mulVS64avx512, divVS64avx512, subSV64avx512, divSV64avx512,
			maxVS64avx512, greaterVS64avx512, axpb64avx512, axpy64avx512, axpbMinus64avx512,
			sum64avx512, dot64avx512, product64avx512, 12, 16,
		}.set("avx512"))
	}
	if hasAVX2 {
		sets = append(sets, loops[float64]{
			addVV64avx2, subVV64avx2, mulVV64avx2, divVV64avx2,
			addVS64avx2, subVS64avx2, mulVS64avx2, divVS64avx2, subSV64avx2, divSV64avx2,
			maxVS64avx2, greaterVS64avx2, axpb64avx2, axpy64avx2, axpbMinus64avx2,
			sum64avx2, dot64avx2, product64avx2, 6, 8,
		}.set("avx2"))
	}
	return sets
}

func special32() (sets []*Set[float32]) {
	if hasAVX512 {
		sets = append(sets, loops[float32]{
			addVV32avx512, subVV32avx512, mulVV32avx512, divVV32avx512,
			addVS32avx512, subVS32avx512, mulVS32avx512, divVS32avx512, subSV32avx512, divSV32avx512,
			maxVS32avx512, greaterVS32avx512, axpb32avx512, axpy32avx512, axpbMinus32avx512,
			sum32avx512, dot32avx512, product32avx512, 12, 32,
		}.set("avx512"))
	}
	if hasAVX2 {
		sets = append(sets, loops[float32]{
			addVV32avx2, subVV32avx2, mulVV32avx2, divVV32avx2,
			addVS32avx2, subVS32avx2, mulVS32avx2, divVS32avx2, subSV32avx2, divSV32avx2,
			maxVS32avx2, greaterVS32avx2, axpb32avx2, axpy32avx2, axpbMinus32avx2,
			sum32avx2, dot32avx2, product32avx2, 6, 16,
		}.set("avx2"))
	}
	return sets
}

// loops are what is in assembly for one element type.
type loops[T Float] struct {
	addVV, subVV, mulVV, divVV               Kernel[T]
	addVS, subVS, mulVS, divVS, subSV, divSV Kernel[T]
	maxVS, greaterVS, axpb, axpy, axpbMinus  Kernel[T]
	sum                                      func(a []T) T
	dot                                      func(a, b []T) T
	product                                  func(k int, a *T, down, across int, b, c *T, stride int, add bool)
	rows, columns                            int // of product's tile
}

// set is the plain set with the loops in it.
func (l loops[T]) set(name string) *Set[T] {
	s := plain[T]()
	s.Name = name
	s.VV[Add], s.VV[Subtract], s.VV[Multiply], s.VV[Divide] = l.addVV, l.subVV, l.mulVV, l.divVV
	s.VS[Add], s.VS[Subtract], s.VS[Multiply], s.VS[Divide] = l.addVS, l.subVS, l.mulVS, l.divVS
	s.SV[Add], s.SV[Subtract], s.SV[Multiply], s.SV[Divide] = l.addVS, l.subSV, l.mulVS, l.divSV
	s.VS[Maximum], s.SV[Maximum], s.VS[Greater] = l.maxVS, l.maxVS, l.greaterVS
	s.Axpb, s.Axpy, s.AxpbMinus = l.axpb, l.axpy, l.axpbMinus
	s.Reduce[Sum], s.Dot = l.sum, l.dot
	size := int(unsafe.Sizeof(T(0)))
	s.product = micro[T]{l.rows, l.columns, func(k int, a []T, down, across int, b, c []T, stride int, add bool) {
		l.product(k, &a[0], down*size, across*size, &b[0], &c[0], stride*size, add)
	}}
	return s
}
