#include "textflag.h"
#include "neon_arm64.h"

// The reductions do what those in reduce.go do, in the same order, and give the same bits.

// Sums have as many partial sums as 256 bytes hold elements, here V16 to V31. What does not
// fill 256 bytes is added vector by vector; the last one, filled up with zeros, which change
// no sum, is ready in V15. Then the second half is added to the first until one is left.

#define SUMS4(ADD, c0, c1, c2, c3) \
	VLD1.P 64(R1), [V0.B16, V1.B16, V2.B16, V3.B16] \
	ADD(c0, c0, 0); ADD(c1, c1, 1); ADD(c2, c2, 2); ADD(c3, c3, 3)

#define DOTS4(ADD, MUL, c0, c1, c2, c3) \
	VLD1.P 64(R1), [V0.B16, V1.B16, V2.B16, V3.B16] \
	VLD1.P 64(R2), [V4.B16, V5.B16, V6.B16, V7.B16] \
	MUL(0, 0, 4); MUL(1, 1, 5); MUL(2, 2, 6); MUL(3, 3, 7) \
	ADD(c0, c0, 0); ADD(c1, c1, 1); ADD(c2, c2, 2); ADD(c3, c3, 3)

#define SUM1(ADD, MUL, c, next) \
	CMP $16, R3 \
	BGE next \
	ADD(c, c, 15) \
	B tree \
next: \
	VLD1.P 16(R1), [V0.B16] \
	ADD(c, c, 0) \
	SUB $16, R3

#define DOT1(ADD, MUL, c, next) \
	CMP $16, R3 \
	BGE next \
	ADD(c, c, 15) \
	B tree \
next: \
	VLD1.P 16(R1), [V0.B16] \
	VLD1.P 16(R2), [V4.B16] \
	MUL(0, 0, 4) \
	ADD(c, c, 0) \
	SUB $16, R3

// The last sum is never reached by a whole vector.
#define REST(ONE, ADD, MUL) \
	ONE(ADD, MUL, 16, v0) \
	ONE(ADD, MUL, 17, v1) \
	ONE(ADD, MUL, 18, v2) \
	ONE(ADD, MUL, 19, v3) \
	ONE(ADD, MUL, 20, v4) \
	ONE(ADD, MUL, 21, v5) \
	ONE(ADD, MUL, 22, v6) \
	ONE(ADD, MUL, 23, v7) \
	ONE(ADD, MUL, 24, v8) \
	ONE(ADD, MUL, 25, v9) \
	ONE(ADD, MUL, 26, v10) \
	ONE(ADD, MUL, 27, v11) \
	ONE(ADD, MUL, 28, v12) \
	ONE(ADD, MUL, 29, v13) \
	ONE(ADD, MUL, 30, v14) \
	ADD(31, 31, 15)

#define TREE(ADD) \
tree: \
	ADD(16, 16, 24); ADD(17, 17, 25); ADD(18, 18, 26); ADD(19, 19, 27) \
	ADD(20, 20, 28); ADD(21, 21, 29); ADD(22, 22, 30); ADD(23, 23, 31) \
	ADD(16, 16, 20); ADD(17, 17, 21); ADD(18, 18, 22); ADD(19, 19, 23) \
	ADD(16, 16, 18); ADD(17, 17, 19) \
	ADD(16, 16, 17)

// LAST reads the R3 % 16 bytes with which the slice at base ends.

#define LAST64(base, V, F, end) \
	ZERO(V) \
	TBZ $3, R3, end \
	AND $~15, R3, R4 \
	FMOVD (base)(R4), F \
end:

#define LAST32(base, V, F, half, end) \
	ZERO(V) \
	AND $~15, R3, R4 \
	ADD base, R4 \
	TBZ $3, R3, half \
	FMOVD.P 8(R4), F \
	TBZ $2, R3, end \
	VLD1 (R4), V.S[2] \
	B end \
half: \
	TBZ $2, R3, end \
	VLD1 (R4), V.S[0] \
end:

#define SUMS(ADD, shift, LAST) \
	MOVD a_base+0(FP), R1 \
	MOVD a_len+8(FP), R3 \
	LSL $shift, R3 \
	ZEROS \
loop: \
	CMP $256, R3 \
	BLT rest \
	SUMS4(ADD, 16, 17, 18, 19) \
	SUMS4(ADD, 20, 21, 22, 23) \
	SUMS4(ADD, 24, 25, 26, 27) \
	SUMS4(ADD, 28, 29, 30, 31) \
	SUB $256, R3 \
	B loop \
rest: \
	LAST \
	REST(SUM1, ADD, ADD) \
	TREE(ADD)

#define DOTS(ADD, MUL, shift, LAST, LASTB) \
	MOVD a_base+0(FP), R1 \
	MOVD a_len+8(FP), R3 \
	MOVD b_base+24(FP), R2 \
	LSL $shift, R3 \
	ZEROS \
loop: \
	CMP $256, R3 \
	BLT rest \
	DOTS4(ADD, MUL, 16, 17, 18, 19) \
	DOTS4(ADD, MUL, 20, 21, 22, 23) \
	DOTS4(ADD, MUL, 24, 25, 26, 27) \
	DOTS4(ADD, MUL, 28, 29, 30, 31) \
	SUB $256, R3 \
	B loop \
rest: \
	LAST \
	LASTB \
	MUL(15, 15, 14) \
	REST(DOT1, ADD, MUL) \
	TREE(ADD)

// Extremes are the same in whatever order they are taken. An element of what does not fill a
// vector is taken in every place.

#define EXTREME(OP, ACROSS, start, shift, size, T) \
	MOVD a_base+0(FP), R1 \
	MOVD a_len+8(FP), R3 \
	LSL $shift, R3 \
	MOVD $start, R4 \
	VDUP R4, V16.T \
	VDUP R4, V17.T \
	VDUP R4, V18.T \
	VDUP R4, V19.T \
four: \
	CMP $64, R3 \
	BLT rest \
	VLD1.P 64(R1), [V0.B16, V1.B16, V2.B16, V3.B16] \
	OP(16, 16, 0); OP(17, 17, 1); OP(18, 18, 2); OP(19, 19, 3) \
	SUB $64, R3 \
	B four \
rest: \
	CBZ R3, done \
	VLD1R.P size(R1), [V0.T] \
	OP(16, 16, 0) \
	SUB $size, R3 \
	B rest \
done: \
	OP(16, 16, 18); OP(17, 17, 19); OP(16, 16, 17) \
	ACROSS(0, 16)

// func sum64neon(a []float64) float64
TEXT ·sum64neon(SB), NOSPLIT, $0-32
	SUMS(FADD64, 3, LAST64(R1, V15, F15, ready))
	FADDP64(0, 16)
	FMOVD F0, ret+24(FP)
	RET

// func dot64neon(a, b []float64) float64
TEXT ·dot64neon(SB), NOSPLIT, $0-56
	DOTS(FADD64, FMUL64, 3, LAST64(R1, V15, F15, readya), LAST64(R2, V14, F14, readyb))
	FADDP64(0, 16)
	FMOVD F0, ret+48(FP)
	RET

// func largest64neon(a []float64) float64
TEXT ·largest64neon(SB), NOSPLIT, $0-32
	EXTREME(FMAX64, LARGEST64, 0xFFF0000000000000, 3, 8, D2)
	FMOVD F0, ret+24(FP)
	RET

// func smallest64neon(a []float64) float64
TEXT ·smallest64neon(SB), NOSPLIT, $0-32
	EXTREME(FMIN64, SMALLEST64, 0x7FF0000000000000, 3, 8, D2)
	FMOVD F0, ret+24(FP)
	RET

// func sum32neon(a []float32) float32
TEXT ·sum32neon(SB), NOSPLIT, $0-28
	SUMS(FADD32, 2, LAST32(R1, V15, F15, halfready, ready))
	VEXT $8, V16.B16, V16.B16, V0.B16
	FADD32(16, 16, 0)
	FADDP32(0, 16)
	FMOVS F0, ret+24(FP)
	RET

// func dot32neon(a, b []float32) float32
TEXT ·dot32neon(SB), NOSPLIT, $0-52
	DOTS(FADD32, FMUL32, 2, LAST32(R1, V15, F15, halfreadya, readya), LAST32(R2, V14, F14, halfreadyb, readyb))
	VEXT $8, V16.B16, V16.B16, V0.B16
	FADD32(16, 16, 0)
	FADDP32(0, 16)
	FMOVS F0, ret+48(FP)
	RET

// func largest32neon(a []float32) float32
TEXT ·largest32neon(SB), NOSPLIT, $0-28
	EXTREME(FMAX32, LARGEST32, 0xFF800000, 2, 4, S4)
	FMOVS F0, ret+24(FP)
	RET

// func smallest32neon(a []float32) float32
TEXT ·smallest32neon(SB), NOSPLIT, $0-28
	EXTREME(FMIN32, SMALLEST32, 0x7F800000, 2, 4, S4)
	FMOVS F0, ret+24(FP)
	RET
