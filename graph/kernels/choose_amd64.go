package kernels

import "golang.org/x/sys/cpu"

//go:generate go -C generate run . -set avx512 -out ../avx512_amd64.s -stubs ../avx512_amd64.go -table ../avx512_set_amd64.go -pkg kernels
//go:generate go -C generate run . -set avx2 -out ../avx2_amd64.s -stubs ../avx2_amd64.go -table ../avx2_set_amd64.go -pkg kernels

// What the sets in assembly need of the machine and, since their registers must be saved,
// of the operating system. They can be turned off from outside:
// GODEBUG=cpu.avx512f=off,cpu.avx2=off.
var (
	hasAVX2   = cpu.X86.HasAVX2 && cpu.X86.HasFMA
	hasAVX512 = hasAVX2 && cpu.X86.HasAVX512F && cpu.X86.HasAVX512DQ && cpu.X86.HasAVX512VL && cpu.X86.HasBMI2
)

func special64() []*Set[float64] { return special(set64avx512, set64avx2) }
func special32() []*Set[float32] { return special(set32avx512, set32avx2) }

// special makes the sets that run here.
func special[T Float](avx512, avx2 func() *Set[T]) (sets []*Set[T]) {
	if hasAVX512 {
		sets = append(sets, avx512())
	}
	if hasAVX2 {
		sets = append(sets, avx2())
	}
	return sets
}
