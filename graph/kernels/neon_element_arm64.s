#include "textflag.h"
#include "neon_arm64.h"

// The loops over elements do exactly what those in generic.go do, and give the same bits.

// What is done with a vector x of the operand a, and y, one of b or s in all elements. The
// numbers s and t of a kernel are in V16 and V17, and V18 is 1 in all elements.

#define ADDxy64(x, y) FADD64(x, x, y)
#define SUBxy64(x, y) FSUB64(x, x, y)
#define SUByx64(x, y) FSUB64(x, y, x)
#define MULxy64(x, y) FMUL64(x, x, y)
#define DIVxy64(x, y) FDIV64(x, x, y)
#define DIVyx64(x, y) FDIV64(x, y, x)
#define MAXxy64(x, y) FMAX64(x, x, y)
#define MINxy64(x, y) FMIN64(x, x, y)
#define GT64(x, y) FCMGT64(x, x, y); BOTH(x, x, 18)
#define GE64(x, y) FCMGE64(x, x, y); BOTH(x, x, 18)
#define EQ64(x, y) FCMEQ64(x, x, y); BOTH(x, x, 18)
#define NEGATE64(x, y) FNEG64(x, x)
#define ABS64(x, y) FABS64(x, x)
#define SQRT64(x, y) FSQRT64(x, x)
#define AXPB64(x, y) FMUL64(x, x, 16); FADD64(x, x, 17)
#define AXPY64(x, y) FMUL64(x, x, 16); FADD64(x, x, y)
#define AXPBMINUS64(x, y) FMUL64(x, x, 16); FADD64(x, x, 17); FSUB64(x, x, y)

#define ADDxy32(x, y) FADD32(x, x, y)
#define SUBxy32(x, y) FSUB32(x, x, y)
#define SUByx32(x, y) FSUB32(x, y, x)
#define MULxy32(x, y) FMUL32(x, x, y)
#define DIVxy32(x, y) FDIV32(x, x, y)
#define DIVyx32(x, y) FDIV32(x, y, x)
#define MAXxy32(x, y) FMAX32(x, x, y)
#define MINxy32(x, y) FMIN32(x, x, y)
#define GT32(x, y) FCMGT32(x, x, y); BOTH(x, x, 18)
#define GE32(x, y) FCMGE32(x, x, y); BOTH(x, x, 18)
#define EQ32(x, y) FCMEQ32(x, x, y); BOTH(x, x, 18)
#define NEGATE32(x, y) FNEG32(x, x)
#define ABS32(x, y) FABS32(x, x)
#define SQRT32(x, y) FSQRT32(x, x)
#define AXPB32(x, y) FMUL32(x, x, 16); FADD32(x, x, 17)
#define AXPY32(x, y) FMUL32(x, x, 16); FADD32(x, x, y)
#define AXPBMINUS32(x, y) FMUL32(x, x, 16); FADD32(x, x, 17); FSUB32(x, x, y)

// Kernels are written over dst, at R0, and a, at R1, and b, at R2, with R3 bytes to go: four
// vectors at a time, then one, then single elements, for which the same instructions do
// more than they need. FMAX and FMIN are what Go's max and min are, signs of zeros too.

#define LOOP1(OP, MOVE, size) \
four: \
	CMP $64, R3 \
	BLT one \
	VLD1.P 64(R1), [V0.B16, V1.B16, V2.B16, V3.B16] \
	OP(0, 16) \
	OP(1, 16) \
	OP(2, 16) \
	OP(3, 16) \
	VST1.P [V0.B16, V1.B16, V2.B16, V3.B16], 64(R0) \
	SUB $64, R3 \
	B four \
one: \
	CMP $16, R3 \
	BLT rest \
	VLD1.P 16(R1), [V0.B16] \
	OP(0, 16) \
	VST1.P [V0.B16], 16(R0) \
	SUB $16, R3 \
	B one \
rest: \
	CBZ R3, done \
	MOVE.P size(R1), F0 \
	OP(0, 16) \
	MOVE.P F0, size(R0) \
	SUB $size, R3 \
	B rest \
done: \
	RET

#define LOOP2(OP, MOVE, size) \
four: \
	CMP $64, R3 \
	BLT one \
	VLD1.P 64(R1), [V0.B16, V1.B16, V2.B16, V3.B16] \
	VLD1.P 64(R2), [V4.B16, V5.B16, V6.B16, V7.B16] \
	OP(0, 4) \
	OP(1, 5) \
	OP(2, 6) \
	OP(3, 7) \
	VST1.P [V0.B16, V1.B16, V2.B16, V3.B16], 64(R0) \
	SUB $64, R3 \
	B four \
one: \
	CMP $16, R3 \
	BLT rest \
	VLD1.P 16(R1), [V0.B16] \
	VLD1.P 16(R2), [V4.B16] \
	OP(0, 4) \
	VST1.P [V0.B16], 16(R0) \
	SUB $16, R3 \
	B one \
rest: \
	CBZ R3, done \
	MOVE.P size(R1), F0 \
	MOVE.P size(R2), F4 \
	OP(0, 4) \
	MOVE.P F0, size(R0) \
	SUB $size, R3 \
	B rest \
done: \
	RET

#define VV(OP, MOVE, size, shift) \
	MOVD dst_base+0(FP), R0 \
	MOVD a_base+24(FP), R1 \
	MOVD b_base+48(FP), R2 \
	MOVD dst_len+8(FP), R3 \
	LSL $shift, R3 \
	LOOP2(OP, MOVE, size)

#define VS(OP, MOVE, size, shift) \
	MOVD dst_base+0(FP), R0 \
	MOVD a_base+24(FP), R1 \
	MOVD dst_len+8(FP), R3 \
	LSL $shift, R3 \
	LOOP1(OP, MOVE, size)

#define VV64(OP) VV(OP, FMOVD, 8, 3)
#define VS64(OP) VS(OP, FMOVD, 8, 3)
#define VV32(OP) VV(OP, FMOVS, 4, 2)
#define VS32(OP) VS(OP, FMOVS, 4, 2)

// The parameters s and t, spread over V16 and V17.

#define S64 \
	MOVD $s+72(FP), R4 \
	VLD1R (R4), [V16.D2]

#define T64 \
	MOVD $t+80(FP), R4 \
	VLD1R (R4), [V17.D2]

#define S32 \
	MOVD $s+72(FP), R4 \
	VLD1R (R4), [V16.S4]

#define T32 \
	MOVD $t+76(FP), R4 \
	VLD1R (R4), [V17.S4]

#define ONE64 \
	FMOVD $1.0, F18 \
	VDUP V18.D[0], V18.D2

#define ONE32 \
	FMOVS $1.0, F18 \
	VDUP V18.S[0], V18.S4

// CHOOSE takes of b at R2 where a is not zero, otherwise of c at R5.

#define CHOOSE(FCMEQZERO, MOVE, size, shift) \
	MOVD dst_base+0(FP), R0 \
	MOVD a_base+24(FP), R1 \
	MOVD b_base+48(FP), R2 \
	MOVD c_base+72(FP), R5 \
	MOVD dst_len+8(FP), R3 \
	LSL $shift, R3 \
one: \
	CMP $16, R3 \
	BLT rest \
	VLD1.P 16(R1), [V0.B16] \
	VLD1.P 16(R2), [V1.B16] \
	VLD1.P 16(R5), [V2.B16] \
	FCMEQZERO(0, 0) \
	PICK(1, 2, 0) \
	VST1.P [V1.B16], 16(R0) \
	SUB $16, R3 \
	B one \
rest: \
	CBZ R3, done \
	MOVE.P size(R1), F0 \
	MOVE.P size(R2), F1 \
	MOVE.P size(R5), F2 \
	FCMEQZERO(0, 0) \
	PICK(1, 2, 0) \
	MOVE.P F1, size(R0) \
	SUB $size, R3 \
	B rest \
done: \
	RET

// func addVV64neon(dst, a, b []float64, s, t float64)
TEXT ·addVV64neon(SB), NOSPLIT, $0-88
	VV64(ADDxy64)

// func addVS64neon(dst, a, b []float64, s, t float64)
TEXT ·addVS64neon(SB), NOSPLIT, $0-88
	S64
	VS64(ADDxy64)

// func subVV64neon(dst, a, b []float64, s, t float64)
TEXT ·subVV64neon(SB), NOSPLIT, $0-88
	VV64(SUBxy64)

// func subVS64neon(dst, a, b []float64, s, t float64)
TEXT ·subVS64neon(SB), NOSPLIT, $0-88
	S64
	VS64(SUBxy64)

// func subSV64neon(dst, a, b []float64, s, t float64)
TEXT ·subSV64neon(SB), NOSPLIT, $0-88
	S64
	VS64(SUByx64)

// func mulVV64neon(dst, a, b []float64, s, t float64)
TEXT ·mulVV64neon(SB), NOSPLIT, $0-88
	VV64(MULxy64)

// func mulVS64neon(dst, a, b []float64, s, t float64)
TEXT ·mulVS64neon(SB), NOSPLIT, $0-88
	S64
	VS64(MULxy64)

// func divVV64neon(dst, a, b []float64, s, t float64)
TEXT ·divVV64neon(SB), NOSPLIT, $0-88
	VV64(DIVxy64)

// func divVS64neon(dst, a, b []float64, s, t float64)
TEXT ·divVS64neon(SB), NOSPLIT, $0-88
	S64
	VS64(DIVxy64)

// func divSV64neon(dst, a, b []float64, s, t float64)
TEXT ·divSV64neon(SB), NOSPLIT, $0-88
	S64
	VS64(DIVyx64)

// func maxVV64neon(dst, a, b []float64, s, t float64)
TEXT ·maxVV64neon(SB), NOSPLIT, $0-88
	VV64(MAXxy64)

// func maxVS64neon(dst, a, b []float64, s, t float64)
TEXT ·maxVS64neon(SB), NOSPLIT, $0-88
	S64
	VS64(MAXxy64)

// func minVV64neon(dst, a, b []float64, s, t float64)
TEXT ·minVV64neon(SB), NOSPLIT, $0-88
	VV64(MINxy64)

// func minVS64neon(dst, a, b []float64, s, t float64)
TEXT ·minVS64neon(SB), NOSPLIT, $0-88
	S64
	VS64(MINxy64)

// func gtVV64neon(dst, a, b []float64, s, t float64)
TEXT ·gtVV64neon(SB), NOSPLIT, $0-88
	ONE64
	VV64(GT64)

// func gtVS64neon(dst, a, b []float64, s, t float64)
TEXT ·gtVS64neon(SB), NOSPLIT, $0-88
	S64
	ONE64
	VS64(GT64)

// func geVV64neon(dst, a, b []float64, s, t float64)
TEXT ·geVV64neon(SB), NOSPLIT, $0-88
	ONE64
	VV64(GE64)

// func geVS64neon(dst, a, b []float64, s, t float64)
TEXT ·geVS64neon(SB), NOSPLIT, $0-88
	S64
	ONE64
	VS64(GE64)

// func eqVV64neon(dst, a, b []float64, s, t float64)
TEXT ·eqVV64neon(SB), NOSPLIT, $0-88
	ONE64
	VV64(EQ64)

// func eqVS64neon(dst, a, b []float64, s, t float64)
TEXT ·eqVS64neon(SB), NOSPLIT, $0-88
	S64
	ONE64
	VS64(EQ64)

// func negate64neon(dst, a, b []float64, s, t float64)
TEXT ·negate64neon(SB), NOSPLIT, $0-88
	VS64(NEGATE64)

// func abs64neon(dst, a, b []float64, s, t float64)
TEXT ·abs64neon(SB), NOSPLIT, $0-88
	VS64(ABS64)

// func sqrt64neon(dst, a, b []float64, s, t float64)
TEXT ·sqrt64neon(SB), NOSPLIT, $0-88
	VS64(SQRT64)

// func axpb64neon(dst, a, b []float64, s, t float64)
TEXT ·axpb64neon(SB), NOSPLIT, $0-88
	S64
	T64
	VS64(AXPB64)

// func axpy64neon(dst, a, b []float64, s, t float64)
TEXT ·axpy64neon(SB), NOSPLIT, $0-88
	S64
	VV64(AXPY64)

// func axpbMinus64neon(dst, a, b []float64, s, t float64)
TEXT ·axpbMinus64neon(SB), NOSPLIT, $0-88
	S64
	T64
	VV64(AXPBMINUS64)

// func choose64neon(dst, a, b, c []float64)
TEXT ·choose64neon(SB), NOSPLIT, $0-96
	CHOOSE(FCMEQZERO64, FMOVD, 8, 3)

// func addVV32neon(dst, a, b []float32, s, t float32)
TEXT ·addVV32neon(SB), NOSPLIT, $0-80
	VV32(ADDxy32)

// func addVS32neon(dst, a, b []float32, s, t float32)
TEXT ·addVS32neon(SB), NOSPLIT, $0-80
	S32
	VS32(ADDxy32)

// func subVV32neon(dst, a, b []float32, s, t float32)
TEXT ·subVV32neon(SB), NOSPLIT, $0-80
	VV32(SUBxy32)

// func subVS32neon(dst, a, b []float32, s, t float32)
TEXT ·subVS32neon(SB), NOSPLIT, $0-80
	S32
	VS32(SUBxy32)

// func subSV32neon(dst, a, b []float32, s, t float32)
TEXT ·subSV32neon(SB), NOSPLIT, $0-80
	S32
	VS32(SUByx32)

// func mulVV32neon(dst, a, b []float32, s, t float32)
TEXT ·mulVV32neon(SB), NOSPLIT, $0-80
	VV32(MULxy32)

// func mulVS32neon(dst, a, b []float32, s, t float32)
TEXT ·mulVS32neon(SB), NOSPLIT, $0-80
	S32
	VS32(MULxy32)

// func divVV32neon(dst, a, b []float32, s, t float32)
TEXT ·divVV32neon(SB), NOSPLIT, $0-80
	VV32(DIVxy32)

// func divVS32neon(dst, a, b []float32, s, t float32)
TEXT ·divVS32neon(SB), NOSPLIT, $0-80
	S32
	VS32(DIVxy32)

// func divSV32neon(dst, a, b []float32, s, t float32)
TEXT ·divSV32neon(SB), NOSPLIT, $0-80
	S32
	VS32(DIVyx32)

// func maxVV32neon(dst, a, b []float32, s, t float32)
TEXT ·maxVV32neon(SB), NOSPLIT, $0-80
	VV32(MAXxy32)

// func maxVS32neon(dst, a, b []float32, s, t float32)
TEXT ·maxVS32neon(SB), NOSPLIT, $0-80
	S32
	VS32(MAXxy32)

// func minVV32neon(dst, a, b []float32, s, t float32)
TEXT ·minVV32neon(SB), NOSPLIT, $0-80
	VV32(MINxy32)

// func minVS32neon(dst, a, b []float32, s, t float32)
TEXT ·minVS32neon(SB), NOSPLIT, $0-80
	S32
	VS32(MINxy32)

// func gtVV32neon(dst, a, b []float32, s, t float32)
TEXT ·gtVV32neon(SB), NOSPLIT, $0-80
	ONE32
	VV32(GT32)

// func gtVS32neon(dst, a, b []float32, s, t float32)
TEXT ·gtVS32neon(SB), NOSPLIT, $0-80
	S32
	ONE32
	VS32(GT32)

// func geVV32neon(dst, a, b []float32, s, t float32)
TEXT ·geVV32neon(SB), NOSPLIT, $0-80
	ONE32
	VV32(GE32)

// func geVS32neon(dst, a, b []float32, s, t float32)
TEXT ·geVS32neon(SB), NOSPLIT, $0-80
	S32
	ONE32
	VS32(GE32)

// func eqVV32neon(dst, a, b []float32, s, t float32)
TEXT ·eqVV32neon(SB), NOSPLIT, $0-80
	ONE32
	VV32(EQ32)

// func eqVS32neon(dst, a, b []float32, s, t float32)
TEXT ·eqVS32neon(SB), NOSPLIT, $0-80
	S32
	ONE32
	VS32(EQ32)

// func negate32neon(dst, a, b []float32, s, t float32)
TEXT ·negate32neon(SB), NOSPLIT, $0-80
	VS32(NEGATE32)

// func abs32neon(dst, a, b []float32, s, t float32)
TEXT ·abs32neon(SB), NOSPLIT, $0-80
	VS32(ABS32)

// func sqrt32neon(dst, a, b []float32, s, t float32)
TEXT ·sqrt32neon(SB), NOSPLIT, $0-80
	VS32(SQRT32)

// func axpb32neon(dst, a, b []float32, s, t float32)
TEXT ·axpb32neon(SB), NOSPLIT, $0-80
	S32
	T32
	VS32(AXPB32)

// func axpy32neon(dst, a, b []float32, s, t float32)
TEXT ·axpy32neon(SB), NOSPLIT, $0-80
	S32
	VV32(AXPY32)

// func axpbMinus32neon(dst, a, b []float32, s, t float32)
TEXT ·axpbMinus32neon(SB), NOSPLIT, $0-80
	S32
	T32
	VV32(AXPBMINUS32)

// func choose32neon(dst, a, b, c []float32)
TEXT ·choose32neon(SB), NOSPLIT, $0-96
	CHOOSE(FCMEQZERO32, FMOVS, 4, 2)
