#include "textflag.h"

// NEON in the instructions that Go's assembler has: load, store, and multiply-add, which
// rounds once. The loops must round as those in Go do, so
//
//	a + b  is  b + a·1
//	a − b  is  a − b·1
//	a · b  is  −0 + a·b, which keeps the sign of a product that is zero.
//
// Each kernel takes groups of four vectors; package kernels does what is left in Go.

#define ONES V29
#define MINUS V31
#define SCALE V28
#define SHIFT V27

#define LOAD(BASE, A, B, C, D, T) VLD1.P 64(BASE), [A.T, B.T, C.T, D.T]
#define STORE(BASE, A, B, C, D, T) VST1.P [A.T, B.T, C.T, D.T], 64(BASE)

#define NEXT \
	SUBS $1, R3 \
	BNE  loop

// Four at once: D += X·Y, or D −= X·Y, where X or Y may be the same in all.
#define FOUR(OP, X0, X1, X2, X3, Y0, Y1, Y2, Y3, D0, D1, D2, D3, T) \
	OP X0.T, Y0.T, D0.T \
	OP X1.T, Y1.T, D1.T \
	OP X2.T, Y2.T, D2.T \
	OP X3.T, Y3.T, D3.T

#define ADD_B(D0, D1, D2, D3, T) FOUR(VFMLA, V4, V5, V6, V7, ONES, ONES, ONES, ONES, D0, D1, D2, D3, T)
#define SUB_B(D0, D1, D2, D3, T) FOUR(VFMLS, V4, V5, V6, V7, ONES, ONES, ONES, ONES, D0, D1, D2, D3, T)
#define ADD_ONE(X, D0, D1, D2, D3, T) FOUR(VFMLA, X, X, X, X, ONES, ONES, ONES, ONES, D0, D1, D2, D3, T)
#define SUB_ONE(X, D0, D1, D2, D3, T) FOUR(VFMLS, X, X, X, X, ONES, ONES, ONES, ONES, D0, D1, D2, D3, T)

#define COPY(X) \
	VMOV X.B16, V8.B16 \
	VMOV X.B16, V9.B16 \
	VMOV X.B16, V10.B16 \
	VMOV X.B16, V11.B16

// V8 to V11 become a·b, or s·a.
#define TIMES_B(T) \
	COPY(MINUS) \
	FOUR(VFMLA, V0, V1, V2, V3, V4, V5, V6, V7, V8, V9, V10, V11, T)
#define TIMES_S(T) \
	COPY(MINUS) \
	FOUR(VFMLA, V0, V1, V2, V3, SCALE, SCALE, SCALE, SCALE, V8, V9, V10, V11, T)

#define BEGIN64 \
	MOVD  groups+0(FP), R3 \
	MOVD  dst+8(FP), R0 \
	MOVD  a+16(FP), R1 \
	MOVD  b+24(FP), R2 \
	FMOVD s+32(FP), F28 \
	FMOVD t+40(FP), F27 \
	VDUP  V28.D[0], SCALE.D2 \
	VDUP  V27.D[0], SHIFT.D2 \
	CONSTANTS64

#define CONSTANTS64 \
	FMOVD $1.0, F29 \
	VDUP  V29.D[0], ONES.D2 \
	MOVD  $0x8000000000000000, R6 \
	VDUP  R6, MINUS.D2

#define BEGIN32 \
	MOVD  groups+0(FP), R3 \
	MOVD  dst+8(FP), R0 \
	MOVD  a+16(FP), R1 \
	MOVD  b+24(FP), R2 \
	FMOVS s+32(FP), F28 \
	FMOVS t+36(FP), F27 \
	VDUP  V28.S[0], SCALE.S4 \
	VDUP  V27.S[0], SHIFT.S4 \
	CONSTANTS32

#define CONSTANTS32 \
	FMOVS $1.0, F29 \
	VDUP  V29.S[0], ONES.S4 \
	MOVD  $0x80000000, R6 \
	VDUP  R6, MINUS.S4

#define LOAD_A(T) LOAD(R1, V0, V1, V2, V3, T)
#define LOAD_B(T) LOAD(R2, V4, V5, V6, V7, T)
#define STORE_A(T) STORE(R0, V0, V1, V2, V3, T)
#define STORE_8(T) STORE(R0, V8, V9, V10, V11, T)

#define ADD_VV(T) \
loop: \
	LOAD_A(T) \
	LOAD_B(T) \
	ADD_B(V0, V1, V2, V3, T) \
	STORE_A(T) \
	NEXT

#define SUB_VV(T) \
loop: \
	LOAD_A(T) \
	LOAD_B(T) \
	SUB_B(V0, V1, V2, V3, T) \
	STORE_A(T) \
	NEXT

#define MUL_VV(T) \
loop: \
	LOAD_A(T) \
	LOAD_B(T) \
	TIMES_B(T) \
	STORE_8(T) \
	NEXT

#define ADD_VS(T) \
loop: \
	LOAD_A(T) \
	ADD_ONE(SCALE, V0, V1, V2, V3, T) \
	STORE_A(T) \
	NEXT

#define SUB_VS(T) \
loop: \
	LOAD_A(T) \
	SUB_ONE(SCALE, V0, V1, V2, V3, T) \
	STORE_A(T) \
	NEXT

#define SUB_SV(T) \
loop: \
	LOAD_A(T) \
	COPY(SCALE) \
	FOUR(VFMLS, V0, V1, V2, V3, ONES, ONES, ONES, ONES, V8, V9, V10, V11, T) \
	STORE_8(T) \
	NEXT

#define MUL_VS(T) \
loop: \
	LOAD_A(T) \
	TIMES_S(T) \
	STORE_8(T) \
	NEXT

#define AXPB(T) \
loop: \
	LOAD_A(T) \
	TIMES_S(T) \
	ADD_ONE(SHIFT, V8, V9, V10, V11, T) \
	STORE_8(T) \
	NEXT

#define AXPY(T) \
loop: \
	LOAD_A(T) \
	LOAD_B(T) \
	TIMES_S(T) \
	ADD_B(V8, V9, V10, V11, T) \
	STORE_8(T) \
	NEXT

#define AXPB_MINUS(T) \
loop: \
	LOAD_A(T) \
	LOAD_B(T) \
	TIMES_S(T) \
	ADD_ONE(SHIFT, V8, V9, V10, V11, T) \
	SUB_B(V8, V9, V10, V11, T) \
	STORE_8(T) \
	NEXT

// The sums of package kernels, as many as 256 bytes hold elements: V8 to V23.
#define SUMS(MACRO, T) \
	MACRO(V8, V9, V10, V11, T) \
	MACRO(V12, V13, V14, V15, T) \
	MACRO(V16, V17, V18, V19, T) \
	MACRO(V20, V21, V22, V23, T)

#define LOAD_SUMS(A, B, C, D, T) LOAD(R4, A, B, C, D, T)
#define STORE_SUMS(A, B, C, D, T) STORE(R5, A, B, C, D, T)

#define PLUS(A, B, C, D, T) \
	LOAD_A(T) \
	FOUR(VFMLA, V0, V1, V2, V3, ONES, ONES, ONES, ONES, A, B, C, D, T)

// Products are rounded before they are added.
#define PLUS_ONE(X, Y, TO, T) \
	VMOV  MINUS.B16, V24.B16 \
	VFMLA X.T, Y.T, V24.T \
	VFMLA V24.T, ONES.T, TO.T

#define PLUS_PRODUCTS(A, B, C, D, T) \
	LOAD_A(T) \
	LOAD_B(T) \
	PLUS_ONE(V0, V4, A, T) \
	PLUS_ONE(V1, V5, B, T) \
	PLUS_ONE(V2, V6, C, T) \
	PLUS_ONE(V3, V7, D, T)

#define BEGIN_SUMS \
	MOVD groups+0(FP), R3 \
	MOVD a+8(FP), R1 \
	MOVD b+16(FP), R2 \
	MOVD sums+24(FP), R4 \
	MOVD R4, R5

// The tile of a matrix product: eight rows by two vectors, in V8 to V23. Row i of a
// begins at one of R8 to R15 and is read across bytes further each time.
#define ROW(BASE, X, A, B, T) \
	VLD1R.P (BASE)(R4), [X.T] \
	VFMLA   V0.T, X.T, A.T \
	VFMLA   V1.T, X.T, B.T

#define ROWS(T) \
	VLD1.P 32(R2), [V0.T, V1.T] \
	ROW(R8, V2, V8, V9, T) \
	ROW(R9, V3, V10, V11, T) \
	ROW(R10, V4, V12, V13, T) \
	ROW(R11, V5, V14, V15, T) \
	ROW(R12, V2, V16, V17, T) \
	ROW(R13, V3, V18, V19, T) \
	ROW(R14, V4, V20, V21, T) \
	ROW(R15, V5, V22, V23, T)

#define ZERO(A, B) \
	VEOR A.B16, A.B16, A.B16 \
	VEOR B.B16, B.B16, B.B16

// Sums are added to what is there as a + b·1.
#define ADD_TO(A, B, T) \
	VLD1  (R7), [V0.T, V1.T] \
	VFMLA V0.T, ONES.T, A.T \
	VFMLA V1.T, ONES.T, B.T \
	ADD   R5, R7

#define KEEP(A, B, T) \
	VST1 [A.T, B.T], (R6) \
	ADD  R5, R6

#define TILE(MACRO, T) \
	MACRO(V8, V9, T) \
	MACRO(V10, V11, T) \
	MACRO(V12, V13, T) \
	MACRO(V14, V15, T) \
	MACRO(V16, V17, T) \
	MACRO(V18, V19, T) \
	MACRO(V20, V21, T) \
	MACRO(V22, V23, T)

#define BEGIN_PRODUCT \
	MOVD k+0(FP), R0 \
	MOVD a+8(FP), R8 \
	MOVD down+16(FP), R3 \
	MOVD across+24(FP), R4 \
	MOVD b+32(FP), R2 \
	MOVD c+40(FP), R6 \
	MOVD stride+48(FP), R5 \
	MOVBU add+56(FP), R1 \
	MOVD R6, R7 \
	ADD  R3, R8, R9 \
	ADD  R3, R9, R10 \
	ADD  R3, R10, R11 \
	ADD  R3, R11, R12 \
	ADD  R3, R12, R13 \
	ADD  R3, R13, R14 \
	ADD  R3, R14, R15 \
	ZERO(V8, V9) \
	ZERO(V10, V11) \
	ZERO(V12, V13) \
	ZERO(V14, V15) \
	ZERO(V16, V17) \
	ZERO(V18, V19) \
	ZERO(V20, V21) \
	ZERO(V22, V23)

// func addVV64neon(groups int, dst, a, b *float64, s, t float64)
TEXT ·addVV64neon(SB), NOSPLIT, $0-48
	BEGIN64
	ADD_VV(D2)
	RET

// func subVV64neon(groups int, dst, a, b *float64, s, t float64)
TEXT ·subVV64neon(SB), NOSPLIT, $0-48
	BEGIN64
	SUB_VV(D2)
	RET

// func mulVV64neon(groups int, dst, a, b *float64, s, t float64)
TEXT ·mulVV64neon(SB), NOSPLIT, $0-48
	BEGIN64
	MUL_VV(D2)
	RET

// func addVS64neon(groups int, dst, a, b *float64, s, t float64)
TEXT ·addVS64neon(SB), NOSPLIT, $0-48
	BEGIN64
	ADD_VS(D2)
	RET

// func subVS64neon(groups int, dst, a, b *float64, s, t float64)
TEXT ·subVS64neon(SB), NOSPLIT, $0-48
	BEGIN64
	SUB_VS(D2)
	RET

// func subSV64neon(groups int, dst, a, b *float64, s, t float64)
TEXT ·subSV64neon(SB), NOSPLIT, $0-48
	BEGIN64
	SUB_SV(D2)
	RET

// func mulVS64neon(groups int, dst, a, b *float64, s, t float64)
TEXT ·mulVS64neon(SB), NOSPLIT, $0-48
	BEGIN64
	MUL_VS(D2)
	RET

// func axpb64neon(groups int, dst, a, b *float64, s, t float64)
TEXT ·axpb64neon(SB), NOSPLIT, $0-48
	BEGIN64
	AXPB(D2)
	RET

// func axpy64neon(groups int, dst, a, b *float64, s, t float64)
TEXT ·axpy64neon(SB), NOSPLIT, $0-48
	BEGIN64
	AXPY(D2)
	RET

// func axpbMinus64neon(groups int, dst, a, b *float64, s, t float64)
TEXT ·axpbMinus64neon(SB), NOSPLIT, $0-48
	BEGIN64
	AXPB_MINUS(D2)
	RET

// func addVV32neon(groups int, dst, a, b *float32, s, t float32)
TEXT ·addVV32neon(SB), NOSPLIT, $0-40
	BEGIN32
	ADD_VV(S4)
	RET

// func subVV32neon(groups int, dst, a, b *float32, s, t float32)
TEXT ·subVV32neon(SB), NOSPLIT, $0-40
	BEGIN32
	SUB_VV(S4)
	RET

// func mulVV32neon(groups int, dst, a, b *float32, s, t float32)
TEXT ·mulVV32neon(SB), NOSPLIT, $0-40
	BEGIN32
	MUL_VV(S4)
	RET

// func addVS32neon(groups int, dst, a, b *float32, s, t float32)
TEXT ·addVS32neon(SB), NOSPLIT, $0-40
	BEGIN32
	ADD_VS(S4)
	RET

// func subVS32neon(groups int, dst, a, b *float32, s, t float32)
TEXT ·subVS32neon(SB), NOSPLIT, $0-40
	BEGIN32
	SUB_VS(S4)
	RET

// func subSV32neon(groups int, dst, a, b *float32, s, t float32)
TEXT ·subSV32neon(SB), NOSPLIT, $0-40
	BEGIN32
	SUB_SV(S4)
	RET

// func mulVS32neon(groups int, dst, a, b *float32, s, t float32)
TEXT ·mulVS32neon(SB), NOSPLIT, $0-40
	BEGIN32
	MUL_VS(S4)
	RET

// func axpb32neon(groups int, dst, a, b *float32, s, t float32)
TEXT ·axpb32neon(SB), NOSPLIT, $0-40
	BEGIN32
	AXPB(S4)
	RET

// func axpy32neon(groups int, dst, a, b *float32, s, t float32)
TEXT ·axpy32neon(SB), NOSPLIT, $0-40
	BEGIN32
	AXPY(S4)
	RET

// func axpbMinus32neon(groups int, dst, a, b *float32, s, t float32)
TEXT ·axpbMinus32neon(SB), NOSPLIT, $0-40
	BEGIN32
	AXPB_MINUS(S4)
	RET

// func sum64neon(groups int, a, b, sums *float64)
TEXT ·sum64neon(SB), NOSPLIT, $0-32
	CONSTANTS64
	BEGIN_SUMS
	SUMS(LOAD_SUMS, D2)
loop:
	SUMS(PLUS, D2)
	NEXT
	SUMS(STORE_SUMS, D2)
	RET

// func dot64neon(groups int, a, b, sums *float64)
TEXT ·dot64neon(SB), NOSPLIT, $0-32
	CONSTANTS64
	BEGIN_SUMS
	SUMS(LOAD_SUMS, D2)
loop:
	SUMS(PLUS_PRODUCTS, D2)
	NEXT
	SUMS(STORE_SUMS, D2)
	RET

// func sum32neon(groups int, a, b, sums *float32)
TEXT ·sum32neon(SB), NOSPLIT, $0-32
	CONSTANTS32
	BEGIN_SUMS
	SUMS(LOAD_SUMS, S4)
loop:
	SUMS(PLUS, S4)
	NEXT
	SUMS(STORE_SUMS, S4)
	RET

// func dot32neon(groups int, a, b, sums *float32)
TEXT ·dot32neon(SB), NOSPLIT, $0-32
	CONSTANTS32
	BEGIN_SUMS
	SUMS(LOAD_SUMS, S4)
loop:
	SUMS(PLUS_PRODUCTS, S4)
	NEXT
	SUMS(STORE_SUMS, S4)
	RET

// func product64neon(k int, a *float64, down, across int, b, c *float64, stride int, add bool)
TEXT ·product64neon(SB), NOSPLIT, $0-57
	CONSTANTS64
	BEGIN_PRODUCT
loop:
	ROWS(D2)
	SUBS $1, R0
	BNE  loop
	CBZ  R1, store
	TILE(ADD_TO, D2)
store:
	TILE(KEEP, D2)
	RET

// func product32neon(k int, a *float32, down, across int, b, c *float32, stride int, add bool)
TEXT ·product32neon(SB), NOSPLIT, $0-57
	CONSTANTS32
	BEGIN_PRODUCT
loop:
	ROWS(S4)
	SUBS $1, R0
	BNE  loop
	CBZ  R1, store
	TILE(ADD_TO, S4)
store:
	TILE(KEEP, S4)
	RET
