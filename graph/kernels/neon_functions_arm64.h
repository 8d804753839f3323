// A kernel computes a function F of V0 in float64, two elements at a time. NUMBERS, which the
// file of F defines, loads what F needs.

#define OPERANDS \
	MOVD dst_base+0(FP), R0 \
	MOVD a_base+24(FP), R1 \
	MOVD dst_len+8(FP), R3

#define FUNCTION(F, MOVE2, MOVE1, FROM, TO, size) \
	OPERANDS \
	NUMBERS \
two: \
	CMP $2, R3 \
	BLT one \
	MOVE2.P (2*size)(R1), F0 \
	FROM \
	F \
	TO \
	MOVE2.P F0, (2*size)(R0) \
	SUB $2, R3 \
	B two \
one: \
	CBZ R3, done \
	MOVE1 (R1), F0 \
	FROM \
	F \
	TO \
	MOVE1 F0, (R0) \
done: \
	RET

// To float64 and back, of two elements.
#define LONG WORD $0x0E617800
#define SHORT WORD $0x0E616800
#define SAME

#define FUNCTION64(F) FUNCTION(F, FMOVQ, FMOVD, SAME, SAME, 8)
#define FUNCTION32(F) FUNCTION(F, FMOVD, FMOVS, LONG, SHORT, 4)
