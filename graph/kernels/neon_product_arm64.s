#include "textflag.h"
#include "neon_arm64.h"

// The only loop that may round once where Go rounds twice.
//
// The micro kernel of the matrix product has tiles of six rows and four vectors. Of a, element
// (i, k) stands i·down + k·across bytes from the first; b is packed. The sums are V8 to V31.

#define ROW(FMLA, MOVE, p, F, x, c0, c1, c2, c3) \
	MOVE (p)(R5), F \
	FMLA(c0, 0, x); FMLA(c1, 1, x); FMLA(c2, 2, x); FMLA(c3, 3, x)

#define ADDROW(FADD, c0, c1, c2, c3) \
	VLD1 (R3), [V0.B16, V1.B16, V2.B16, V3.B16] \
	FADD(c0, c0, 0); FADD(c1, c1, 1); FADD(c2, c2, 2); FADD(c3, c3, 3) \
	ADD R7, R3

#define KEEPROW(c0, c1, c2, c3) \
	VST1 [c0.B16, c1.B16, c2.B16, c3.B16], (R6) \
	ADD R7, R6

#define BEGIN \
	MOVD k+0(FP), R0 \
	MOVD a+8(FP), R8 \
	MOVD down+16(FP), R1 \
	MOVD across+24(FP), R4 \
	MOVD b+32(FP), R2 \
	MOVD c+40(FP), R6 \
	MOVD stride+48(FP), R7 \
	MOVBU add+56(FP), R14 \
	ADD R1, R8, R9 \
	ADD R1, R9, R10 \
	ADD R1, R10, R11 \
	ADD R1, R11, R12 \
	ADD R1, R12, R13 \
	MOVD $0, R5 \
	ZERO(V8); ZERO(V9); ZERO(V10); ZERO(V11); ZERO(V12); ZERO(V13); ZERO(V14); ZERO(V15) \
	ZEROS

#define PRODUCT(FMLA, FADD, MOVE) \
	BEGIN \
loop: \
	VLD1.P 64(R2), [V0.B16, V1.B16, V2.B16, V3.B16] \
	ROW(FMLA, MOVE, R8, F4, 4, 8, 9, 10, 11) \
	ROW(FMLA, MOVE, R9, F5, 5, 12, 13, 14, 15) \
	ROW(FMLA, MOVE, R10, F6, 6, 16, 17, 18, 19) \
	ROW(FMLA, MOVE, R11, F7, 7, 20, 21, 22, 23) \
	ROW(FMLA, MOVE, R12, F4, 4, 24, 25, 26, 27) \
	ROW(FMLA, MOVE, R13, F5, 5, 28, 29, 30, 31) \
	ADD R4, R5 \
	SUB $1, R0 \
	CBNZ R0, loop \
	CBZ R14, keep \
	MOVD R6, R3 \
	ADDROW(FADD, 8, 9, 10, 11) \
	ADDROW(FADD, 12, 13, 14, 15) \
	ADDROW(FADD, 16, 17, 18, 19) \
	ADDROW(FADD, 20, 21, 22, 23) \
	ADDROW(FADD, 24, 25, 26, 27) \
	ADDROW(FADD, 28, 29, 30, 31) \
keep: \
	KEEPROW(V8, V9, V10, V11) \
	KEEPROW(V12, V13, V14, V15) \
	KEEPROW(V16, V17, V18, V19) \
	KEEPROW(V20, V21, V22, V23) \
	KEEPROW(V24, V25, V26, V27) \
	KEEPROW(V28, V29, V30, V31) \
	RET

// Half of the columns, of panels that have all: the sums are V8 to V19.

#define NARROWROW(FMLA, MOVE, p, F, x, c0, c1) \
	MOVE (p)(R5), F \
	FMLA(c0, 0, x); FMLA(c1, 1, x)

#define ADDNARROW(FADD, c0, c1) \
	VLD1 (R3), [V0.B16, V1.B16] \
	FADD(c0, c0, 0); FADD(c1, c1, 1) \
	ADD R7, R3

#define KEEPNARROW(c0, c1) \
	VST1 [c0.B16, c1.B16], (R6) \
	ADD R7, R6

#define NARROW(FMLA, FADD, MOVE) \
	BEGIN \
loop: \
	VLD1 (R2), [V0.B16, V1.B16] \
	ADD $64, R2 \
	NARROWROW(FMLA, MOVE, R8, F2, 2, 8, 9) \
	NARROWROW(FMLA, MOVE, R9, F3, 3, 10, 11) \
	NARROWROW(FMLA, MOVE, R10, F4, 4, 12, 13) \
	NARROWROW(FMLA, MOVE, R11, F5, 5, 14, 15) \
	NARROWROW(FMLA, MOVE, R12, F6, 6, 16, 17) \
	NARROWROW(FMLA, MOVE, R13, F7, 7, 18, 19) \
	ADD R4, R5 \
	SUB $1, R0 \
	CBNZ R0, loop \
	CBZ R14, keep \
	MOVD R6, R3 \
	ADDNARROW(FADD, 8, 9) \
	ADDNARROW(FADD, 10, 11) \
	ADDNARROW(FADD, 12, 13) \
	ADDNARROW(FADD, 14, 15) \
	ADDNARROW(FADD, 16, 17) \
	ADDNARROW(FADD, 18, 19) \
keep: \
	KEEPNARROW(V8, V9) \
	KEEPNARROW(V10, V11) \
	KEEPNARROW(V12, V13) \
	KEEPNARROW(V14, V15) \
	KEEPNARROW(V16, V17) \
	KEEPNARROW(V18, V19) \
	RET

// func product64neon(k int, a *float64, down, across int, b, c *float64, stride int, add bool)
TEXT ·product64neon(SB), NOSPLIT, $0-57
	PRODUCT(FMLA64, FADD64, FMOVD)

// func narrow64neon(k int, a *float64, down, across int, b, c *float64, stride int, add bool)
TEXT ·narrow64neon(SB), NOSPLIT, $0-57
	NARROW(FMLA64, FADD64, FMOVD)

// func product32neon(k int, a *float32, down, across int, b, c *float32, stride int, add bool)
TEXT ·product32neon(SB), NOSPLIT, $0-57
	PRODUCT(FMLA32, FADD32, FMOVS)

// func narrow32neon(k int, a *float32, down, across int, b, c *float32, stride int, add bool)
TEXT ·narrow32neon(SB), NOSPLIT, $0-57
	NARROW(FMLA32, FADD32, FMOVS)
