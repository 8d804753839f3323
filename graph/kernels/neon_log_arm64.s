#include "textflag.h"
#include "neon_arm64.h"
#include "neon_functions_arm64.h"

// The logarithm of log.go, with the same operations in the same order, two elements at a
// time; the numbers of logNumbers are in V8 to V12, V14 to V19 and V27 to V29, those of logSeries in V20
// to V26.

#define NUMBERS \
	MOVD $·logNumbers(SB), R4 \
	VLD1R.P 8(R4), [V8.D2] \
	VLD1R.P 8(R4), [V9.D2] \
	VLD1R.P 8(R4), [V10.D2] \
	VLD1R.P 8(R4), [V11.D2] \
	VLD1R.P 8(R4), [V12.D2] \
	VLD1R.P 8(R4), [V14.D2] \
	VLD1R.P 8(R4), [V15.D2] \
	VLD1R.P 8(R4), [V16.D2] \
	VLD1R.P 8(R4), [V17.D2] \
	VLD1R.P 8(R4), [V18.D2] \
	VLD1R.P 8(R4), [V19.D2] \
	VLD1R.P 8(R4), [V27.D2] \
	VLD1R.P 8(R4), [V28.D2] \
	VLD1R.P 8(R4), [V29.D2] \
	MOVD $·logSeries(SB), R4 \
	VLD1R.P 8(R4), [V20.D2] \
	VLD1R.P 8(R4), [V21.D2] \
	VLD1R.P 8(R4), [V22.D2] \
	VLD1R.P 8(R4), [V23.D2] \
	VLD1R.P 8(R4), [V24.D2] \
	VLD1R.P 8(R4), [V25.D2] \
	VLD1R.P 8(R4), [V26.D2]

// p = p·z + c, the new one in another register.
#define TERM(p, c, next) \
	VMOV c.B16, next.B16 \
	VFMLA p.D2, V4.D2, next.D2

// LOG makes the logarithm of V0 in V0. What is too small to be normal is raised first, and
// what has no logarithm comes last.
#define LOG \
	VMOV V0.B16, V7.B16 \
	FCMGT64(6, 17, 0) \
	FMUL64(1, 0, 18) \
	PICK(0, 1, 6) \
	BOTH(6, 6, 19) \
	VADD V8.D2, V0.D2, V1.D2 \
	VUSHR $52, V1.D2, V1.D2 \
	VSHL $52, V1.D2, V2.D2 \
	VSUB V2.D2, V0.D2, V0.D2 \
	VADD V9.D2, V0.D2, V0.D2 \
	FSUB64(0, 0, 9) \
	VADD V10.D2, V1.D2, V1.D2 \
	FSUB64(1, 1, 16) \
	FSUB64(1, 1, 6) \
	FADD64(2, 11, 0) \
	FDIV64(2, 0, 2) \
	FMUL64(4, 2, 2) \
	TERM(V20, V21, V3) \
	TERM(V3, V22, V5) \
	TERM(V5, V23, V3) \
	TERM(V3, V24, V5) \
	TERM(V5, V25, V3) \
	TERM(V3, V26, V5) \
	FMUL64(6, 12, 0) \
	FMUL64(6, 6, 0) \
	VMOV V6.B16, V3.B16 \
	VFMLA V5.D2, V4.D2, V3.D2 \
	FMUL64(4, 1, 15) \
	VFMLA V2.D2, V3.D2, V4.D2 \
	FSUB64(6, 6, 4) \
	FSUB64(0, 0, 6) \
	VFMLA V1.D2, V14.D2, V0.D2 \
	FCMGT64(1, 7, 27) \
	PICK(0, 7, 1) \
	FCMEQZERO64(1, 7) \
	PICK(0, 28, 1) \
	FCMGEZERO64(1, 7) \
	VMOV V29.B16, V2.B16 \
	PICK(2, 0, 1) \
	VMOV V2.B16, V0.B16

// func log64neon(dst, a, b []float64, s, t float64)
TEXT ·log64neon(SB), NOSPLIT, $0-88
	FUNCTION64(LOG)

// func log32neon(dst, a, b []float32, s, t float32)
TEXT ·log32neon(SB), NOSPLIT, $0-80
	FUNCTION32(LOG)
