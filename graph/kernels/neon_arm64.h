// Go's assembler has no arithmetic on vectors of floats but FMLA and FMLS, so the instructions
// are put together here as section C7.2 of the Arm Architecture Reference Manual gives them:
// d = n ∘ m, numbers of vector registers, for two float64 or four float32.

#define VECTOR(code, d, n, m) WORD $((code)|(m)<<16|(n)<<5|(d))

#define FADD64(d, n, m) VECTOR(0x4E60D400, d, n, m)
#define FSUB64(d, n, m) VECTOR(0x4EE0D400, d, n, m)
#define FMUL64(d, n, m) VECTOR(0x6E60DC00, d, n, m)
#define FDIV64(d, n, m) VECTOR(0x6E60FC00, d, n, m)
#define FMAX64(d, n, m) VECTOR(0x4E60F400, d, n, m)
#define FMIN64(d, n, m) VECTOR(0x4EE0F400, d, n, m)
#define FCMGT64(d, n, m) VECTOR(0x6EE0E400, d, n, m)
#define FCMGE64(d, n, m) VECTOR(0x6E60E400, d, n, m)
#define FCMEQ64(d, n, m) VECTOR(0x4E60E400, d, n, m)
#define FCMEQZERO64(d, n) VECTOR(0x4EE0D800, d, n, 0)
#define FCMGEZERO64(d, n) VECTOR(0x6EE0C800, d, n, 0)
#define FNEG64(d, n) VECTOR(0x6EE0F800, d, n, 0)
#define FABS64(d, n) VECTOR(0x4EE0F800, d, n, 0)
#define FSQRT64(d, n) VECTOR(0x6EE1F800, d, n, 0)

#define FADD32(d, n, m) VECTOR(0x4E20D400, d, n, m)
#define FSUB32(d, n, m) VECTOR(0x4EA0D400, d, n, m)
#define FMUL32(d, n, m) VECTOR(0x6E20DC00, d, n, m)
#define FDIV32(d, n, m) VECTOR(0x6E20FC00, d, n, m)
#define FMAX32(d, n, m) VECTOR(0x4E20F400, d, n, m)
#define FMIN32(d, n, m) VECTOR(0x4EA0F400, d, n, m)
#define FCMGT32(d, n, m) VECTOR(0x6EA0E400, d, n, m)
#define FCMGE32(d, n, m) VECTOR(0x6E20E400, d, n, m)
#define FCMEQ32(d, n, m) VECTOR(0x4E20E400, d, n, m)
#define FCMEQZERO32(d, n) VECTOR(0x4EA0D800, d, n, 0)
#define FNEG32(d, n) VECTOR(0x6EA0F800, d, n, 0)
#define FABS32(d, n) VECTOR(0x4EA0F800, d, n, 0)
#define FSQRT32(d, n) VECTOR(0x6EA1F800, d, n, 0)

// d = the bits that both n and m have
#define BOTH(d, n, m) VECTOR(0x4E201C00, d, n, m)

// d takes the bits of n where m has ones
#define PICK(d, n, m) VECTOR(0x6EA01C00, d, n, m)

// d += n · the first element of m, rounded once
#define FMLA64(d, n, m) VECTOR(0x4FC01000, d, n, m)
#define FMLA32(d, n, m) VECTOR(0x4F801000, d, n, m)

// d = the sum of the two elements of n, of which float32 has two more
#define FADDP64(d, n) VECTOR(0x7E70D800, d, n, 0)
#define FADDP32(d, n) VECTOR(0x7E30D800, d, n, 0)

// d = the largest or smallest element of n
#define LARGEST64(d, n) VECTOR(0x7E70F800, d, n, 0)
#define LARGEST32(d, n) VECTOR(0x6E30F800, d, n, 0)
#define SMALLEST64(d, n) VECTOR(0x7EF0F800, d, n, 0)
#define SMALLEST32(d, n) VECTOR(0x6EB0F800, d, n, 0)

#define ZERO(v) VEOR v.B16, v.B16, v.B16

// V16 to V31 become zero.
#define ZEROS \
	ZERO(V16); ZERO(V17); ZERO(V18); ZERO(V19); ZERO(V20); ZERO(V21); ZERO(V22); ZERO(V23) \
	ZERO(V24); ZERO(V25); ZERO(V26); ZERO(V27); ZERO(V28); ZERO(V29); ZERO(V30); ZERO(V31)
