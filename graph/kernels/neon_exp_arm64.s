#include "go_asm.h"
#include "textflag.h"
#include "neon_arm64.h"
#include "neon_functions_arm64.h"

// The functions of exp.go, with the same operations in the same order. They are computed in
// float64, two elements at a time, the numbers of expNumbers in V8 to V18, those of expSeries
// in V20 to V31.

#define NUMBERS \
	MOVD $·expNumbers(SB), R4 \
	VLD1R.P 8(R4), [V8.D2] \
	VLD1R.P 8(R4), [V9.D2] \
	VLD1R.P 8(R4), [V10.D2] \
	VLD1R.P 8(R4), [V11.D2] \
	VLD1R.P 8(R4), [V12.D2] \
	VLD1R.P 8(R4), [V13.D2] \
	VLD1R.P 8(R4), [V14.D2] \
	VLD1R.P 8(R4), [V15.D2] \
	VLD1R.P 8(R4), [V16.D2] \
	MOVD $const_exponentBias, R4 \
	VDUP R4, V17.D2 \
	MOVD $0x8000000000000000, R4 \
	VDUP R4, V18.D2 \
	MOVD $·expSeries(SB), R4 \
	VLD1R.P 8(R4), [V20.D2] \
	VLD1R.P 8(R4), [V21.D2] \
	VLD1R.P 8(R4), [V22.D2] \
	VLD1R.P 8(R4), [V23.D2] \
	VLD1R.P 8(R4), [V24.D2] \
	VLD1R.P 8(R4), [V25.D2] \
	VLD1R.P 8(R4), [V26.D2] \
	VLD1R.P 8(R4), [V27.D2] \
	VLD1R.P 8(R4), [V28.D2] \
	VLD1R.P 8(R4), [V29.D2] \
	VLD1R.P 8(R4), [V30.D2] \
	VLD1R.P 8(R4), [V31.D2]

// p = p·r + c, the new one in another register.
#define TERM(p, c, next) \
	VMOV c.B16, next.B16 \
	VFMLA p.D2, V0.D2, next.D2

// REDUCED makes k of x = V0 in V1, and eʳ − 1 in V0.
#define REDUCED \
	FMUL64(1, 0, 8) \
	FADD64(1, 1, 9) \
	FSUB64(2, 1, 9) \
	VFMLS V2.D2, V10.D2, V0.D2 \
	VFMLS V2.D2, V11.D2, V0.D2 \
	TERM(V20, V21, V3) \
	TERM(V3, V22, V4) \
	TERM(V4, V23, V3) \
	TERM(V3, V24, V4) \
	TERM(V4, V25, V3) \
	TERM(V3, V26, V4) \
	TERM(V4, V27, V3) \
	TERM(V3, V28, V4) \
	TERM(V4, V29, V3) \
	TERM(V3, V30, V4) \
	TERM(V4, V31, V3) \
	FMUL64(5, 0, 0) \
	VFMLA V3.D2, V5.D2, V0.D2 \
	VSUB V9.D2, V1.D2, V1.D2

#define EXP \
	FMAX64(0, 0, 12) \
	FMIN64(0, 0, 13) \
	REDUCED \
	FADD64(0, 0, 14) \
	VADD V17.D2, V1.D2, V1.D2 \
	VADD V17.D2, V1.D2, V1.D2 \
	VUSHR $1, V1.D2, V2.D2 \
	VSUB V2.D2, V1.D2, V1.D2 \
	VSHL $52, V2.D2, V2.D2 \
	VSHL $52, V1.D2, V1.D2 \
	FMUL64(0, 0, 2) \
	FMUL64(0, 0, 1)

#define SIGMOID \
	FNEG64(0, 0) \
	EXP \
	FADD64(0, 0, 14) \
	FDIV64(0, 14, 0)

#define TANH \
	VMOV V0.B16, V6.B16 \
	FABS64(0, 0) \
	FMIN64(0, 0, 16) \
	FADD64(0, 0, 0) \
	REDUCED \
	VADD V17.D2, V1.D2, V1.D2 \
	VSHL $52, V1.D2, V1.D2 \
	FSUB64(2, 1, 14) \
	VFMLA V0.D2, V1.D2, V2.D2 \
	FADD64(0, 2, 15) \
	FDIV64(0, 2, 0) \
	PICK(0, 6, 18)

// func exp64neon(dst, a, b []float64, s, t float64)
TEXT ·exp64neon(SB), NOSPLIT, $0-88
	FUNCTION64(EXP)

// func sigmoid64neon(dst, a, b []float64, s, t float64)
TEXT ·sigmoid64neon(SB), NOSPLIT, $0-88
	FUNCTION64(SIGMOID)

// func tanh64neon(dst, a, b []float64, s, t float64)
TEXT ·tanh64neon(SB), NOSPLIT, $0-88
	FUNCTION64(TANH)

// func exp32neon(dst, a, b []float32, s, t float32)
TEXT ·exp32neon(SB), NOSPLIT, $0-80
	FUNCTION32(EXP)

// func sigmoid32neon(dst, a, b []float32, s, t float32)
TEXT ·sigmoid32neon(SB), NOSPLIT, $0-80
	FUNCTION32(SIGMOID)

// func tanh32neon(dst, a, b []float32, s, t float32)
TEXT ·tanh32neon(SB), NOSPLIT, $0-80
	FUNCTION32(TANH)
