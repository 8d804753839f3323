package main

import (
	"fmt"
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// A machine is a set of instructions with one type of element.
type machine struct {
	suffix, element string
	size, bytes     int  // of an element, of a vector
	masked          bool // AVX-512: masks are in registers of their own
	masks           Mem  // of AVX2: a vector of ones, then one of zeros
	places          *[]place
	constants       map[uint64]Mem
}

// A place is where in a set a loop stands.
type place struct{ field, value string }

func newMachine(set string, size int) *machine {
	m := &machine{suffix: fmt.Sprint(8*size, set), element: fmt.Sprint("float", 8*size), size: size, bytes: 64, masked: true, places: new([]place), constants: map[uint64]Mem{}}
	if set == "avx2" {
		m.bytes, m.masked, m.masks = 32, false, masks(size)
	}
	return m
}

func (m *machine) lanes() int { return m.bytes / m.size }

func (m *machine) vector() reg.VecVirtual {
	switch m.bytes {
	case 64:
		return ZMM()
	case 32:
		return YMM()
	}
	return XMM()
}

// An instruction of avo; the result is the last operand.
type instruction = func(...Op)

// pick chooses by the type of element.
func pick[F any](m *machine, single, double F) F {
	if m.size == 4 {
		return single
	}
	return double
}

func (m *machine) add(ops ...Op)       { pick(m, VADDPS, VADDPD)(ops...) }
func (m *machine) sub(ops ...Op)       { pick(m, VSUBPS, VSUBPD)(ops...) }
func (m *machine) mul(ops ...Op)       { pick(m, VMULPS, VMULPD)(ops...) }
func (m *machine) div(ops ...Op)       { pick(m, VDIVPS, VDIVPD)(ops...) }
func (m *machine) move(ops ...Op)      { pick(m, VMOVUPS, VMOVUPD)(ops...) }
func (m *machine) and(ops ...Op)       { pick(m, VANDPS, VANDPD)(ops...) }
func (m *machine) or(ops ...Op)        { pick(m, VORPS, VORPD)(ops...) }
func (m *machine) broadcast(ops ...Op) { pick(m, VBROADCASTSS, VBROADCASTSD)(ops...) }
func (m *machine) zero(v reg.VecVirtual) {
	VXORPS(v, v, v)
}

// number spreads a parameter over a vector.
func (m *machine) number(name string) reg.VecVirtual {
	v := m.vector()
	p, err := Param(name).Resolve()
	if err != nil {
		panic(err)
	}
	m.broadcast(p.Addr, v)
	return v
}

// constant spreads a constant over a vector.
func (m *machine) constant(c float64) reg.VecVirtual {
	bits, x, v := GP64(), XMM(), m.vector()
	if m.size == 4 {
		MOVQ(U64(uint64(math.Float32bits(float32(c)))), bits)
	} else {
		MOVQ(U64(math.Float64bits(c)), bits)
	}
	MOVQ(bits, x)
	m.broadcast(x, v)
	return v
}

// A mask selects the elements of the last, incomplete vector; nil means all.
type mask reg.Register

// load makes what is not selected zero.
func (m *machine) load(from Mem, k mask, to reg.VecVirtual) {
	switch {
	case k == nil:
		m.move(from, to)
	case m.masked:
		pick(m, VMOVUPS_Z, VMOVUPD_Z)(from, k, to)
	default:
		pick(m, VMASKMOVPS, VMASKMOVPD)(from, k, to)
	}
}

func (m *machine) store(from reg.VecVirtual, k mask, to Mem) {
	switch {
	case k == nil:
		m.move(from, to)
	case m.masked:
		m.move(from, k, to)
	default:
		pick(m, VMASKMOVPS, VMASKMOVPD)(from, k, to)
	}
}

// mask selects the first n elements.
func (m *machine) mask(n reg.Register) mask {
	if m.masked {
		bits, k := GP64(), K()
		MOVQ(I32(-1), bits)
		BZHIQ(n, bits, bits)
		KMOVW(bits.As32(), k)
		return k
	}
	at, base, v := GP64(), GP64(), m.vector()
	LEAQ(m.masks, base)
	MOVQ(U32(uint32(32/m.size)), at)
	SUBQ(n, at)
	m.move(Mem{Base: base, Index: at, Scale: uint8(m.size)}, v)
	return v
}

// stored is a vector in memory that holds a constant in every element.
func (m *machine) stored(bits uint64) Mem {
	at, ok := m.constants[bits]
	if !ok {
		at = GLOBL(fmt.Sprintf("constant%s%d", m.suffix, len(m.constants)), RODATA|NOPTR)
		for i := 0; i < m.bytes; i += 8 {
			DATA(i, U64(bits))
		}
		m.constants[bits] = at
	}
	return at
}

// masks is as many ones as a vector of AVX2 has elements, then zeros.
func masks(size int) Mem {
	m := GLOBL(fmt.Sprint("masks", size), RODATA|NOPTR)
	lanes := 32 / size
	for i := range 2 * lanes {
		ones := ^uint64(0)
		if i >= lanes {
			ones = 0
		}
		if size == 4 {
			DATA(i*size, U32(uint32(ones)))
		} else {
			DATA(i*size, U64(ones))
		}
	}
	return m
}

// A block is the loop over the elements of a kernel under way.
type block struct {
	*machine
	n, at reg.Register
	base  map[string]reg.Register
}

// begin starts a function that stands at a place of the set.
func (m *machine) begin(name, signature string, slices []string, fields ...string) *block {
	TEXT(name+m.suffix, NOSPLIT, fmt.Sprintf(signature, m.element))
	for _, f := range fields {
		*m.places = append(*m.places, place{f, name + m.suffix})
	}
	b := &block{machine: m, at: GP64(), base: map[string]reg.Register{}}
	b.n = Load(Param(slices[0]).Len(), GP64())
	for _, s := range slices {
		b.base[s] = Load(Param(s).Base(), GP64())
	}
	XORQ(b.at, b.at)
	return b
}

func (b *block) mem(slice string, vector int) Mem {
	return Mem{Base: b.base[slice], Index: b.at, Scale: 1, Disp: vector * b.bytes}
}

// over emits body for groups of vectors, then for single ones, then for what is left.
func (b *block) over(body func(vector int, k mask)) {
	for _, group := range []int{4, 1} {
		loop, end := fmt.Sprint("loop", group), fmt.Sprint("end", group)
		Label(loop)
		CMPQ(b.n, U32(uint32(group*b.lanes())))
		JL(LabelRef(end))
		for v := range group {
			body(v, nil)
		}
		ADDQ(U32(uint32(group*b.bytes)), b.at)
		SUBQ(U32(uint32(group*b.lanes())), b.n)
		JMP(LabelRef(loop))
		Label(end)
	}
	TESTQ(b.n, b.n)
	JZ(LabelRef("done"))
	body(0, b.mask(b.n))
	Label("done")
}

func (b *block) end() {
	VZEROUPPER()
	RET()
}
