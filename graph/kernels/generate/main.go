// Command generate writes the loops in assembly for amd64. It is a module of its own, so
// that nobody who uses the kernels depends on the generator.
//
//	cd graph/kernels/generate && go run . -out ../kernels_amd64.s -stubs ../kernels_amd64.go -pkg kernels
//
// Element by element, and in sums, the loops do exactly what those in Go do, in the same
// order, so they give the same bits. Only the matrix product rounds once where Go rounds
// twice.
package main

import (
	"fmt"
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// A machine is AVX2 or AVX-512 with one type of element.
type machine struct {
	suffix, element string
	size, bytes     int // of an element, of a vector
	masks           Mem // for AVX2: a vector of ones, then one of zeros
}

func (m machine) lanes() int { return m.bytes / m.size }

// wide reports whether it is AVX-512, which has masks in registers of their own.
func (m machine) wide() bool { return m.bytes == 64 }

func (m machine) vector() reg.VecVirtual {
	if m.wide() {
		return ZMM()
	}
	return YMM()
}

// pick chooses by the type of element.
func pick[F any](m machine, single, double F) F {
	if m.size == 4 {
		return single
	}
	return double
}

func (m machine) add(ops ...Op)  { pick(m, VADDPS, VADDPD)(ops...) }
func (m machine) move(ops ...Op) { pick(m, VMOVUPS, VMOVUPD)(ops...) }

func (m machine) zero(v reg.VecVirtual) {
	pick(m, VXORPS, VXORPD)(v, v, v)
}

// number spreads a parameter over a vector.
func (m machine) number(name string) reg.VecVirtual {
	v := m.vector()
	p, err := Param(name).Resolve()
	if err != nil {
		panic(err)
	}
	pick(m, VBROADCASTSS, VBROADCASTSD)(p.Addr, v)
	return v
}

// A mask selects the elements of the last, incomplete vector; nil means all.
type mask reg.Register

func (m machine) load(from Mem, k mask, to reg.VecVirtual) {
	if k == nil {
		m.move(from, to)
		return
	}
	if m.wide() {
		pick(m, VMOVUPS_Z, VMOVUPD_Z)(from, k, to)
		return
	}
	pick(m, VMASKMOVPS, VMASKMOVPD)(from, k, to)
}

func (m machine) store(from reg.VecVirtual, k mask, to Mem) {
	if k == nil {
		m.move(from, to)
		return
	}
	if m.wide() {
		m.move(from, k, to)
		return
	}
	pick(m, VMASKMOVPS, VMASKMOVPD)(from, k, to)
}

// mask selects the first n elements.
func (m machine) mask(n reg.Register) mask {
	if m.wide() {
		bits, k := GP64(), K()
		MOVQ(U64(math.MaxUint64), bits)
		BZHIQ(n, bits, bits)
		KMOVW(bits.As32(), k)
		return k
	}
	at, base, v := GP64(), GP64(), YMM()
	LEAQ(m.masks, base)
	MOVQ(U32(uint32(m.lanes())), at)
	SUBQ(n, at)
	m.move(Mem{Base: base, Index: at, Scale: uint8(m.size)}, v)
	return v
}

// A block is the loop over the elements of a kernel under way.
type block struct {
	machine
	n, at reg.Register
	base  map[string]reg.Register
}

func (m machine) begin(name, signature string, slices ...string) *block {
	TEXT(name+m.suffix, NOSPLIT, fmt.Sprintf(signature, m.element))
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

const kernel = "func(dst, a, b []%[1]s, s, t %[1]s)"

func (m machine) elementwise() {
	ops := map[string]func(...Op){"add": m.add, "sub": pick(m, VSUBPS, VSUBPD), "mul": pick(m, VMULPS, VMULPD), "div": pick(m, VDIVPS, VDIVPD)}
	for _, op := range []string{"add", "sub", "mul", "div"} {
		b := m.begin(op+"VV", kernel, "dst", "a", "b")
		b.over(func(v int, k mask) {
			x, y := m.vector(), m.vector()
			m.load(b.mem("a", v), k, x)
			m.load(b.mem("b", v), k, y)
			ops[op](y, x, x)
			m.store(x, k, b.mem("dst", v))
		})
		b.end()
		m.withNumber(op+"VS", func(x, s reg.VecVirtual) { ops[op](s, x, x) })
	}
	m.withNumber("subSV", func(x, s reg.VecVirtual) { ops["sub"](x, s, x) })
	m.withNumber("divSV", func(x, s reg.VecVirtual) { ops["div"](x, s, x) })
	m.largest()
	m.greater()
	m.combined()
}

// withNumber emits a kernel of a slice and a number.
func (m machine) withNumber(name string, op func(x, s reg.VecVirtual)) {
	b := m.begin(name, kernel, "dst", "a")
	s := m.number("s")
	b.over(func(v int, k mask) {
		x := m.vector()
		m.load(b.mem("a", v), k, x)
		op(x, s)
		m.store(x, k, b.mem("dst", v))
	})
	b.end()
}

// largest keeps the operand that comes first here if there is a NaN. A zero with the sign
// of the number is added, which changes nothing but −0, to 0, as Go's max(−0, 0) is.
func (m machine) largest() {
	b := m.begin("maxVS", kernel, "dst", "a")
	s, z := m.number("s"), m.constant(math.Copysign(0, -1))
	pick(m, VANDPS, VANDPD)(s, z, z)
	b.over(func(v int, k mask) {
		x := m.vector()
		m.load(b.mem("a", v), k, x)
		pick(m, VMAXPS, VMAXPD)(x, s, x)
		m.add(z, x, x)
		m.store(x, k, b.mem("dst", v))
	})
	b.end()
}

// constant spreads a constant over a vector.
func (m machine) constant(c float64) reg.VecVirtual {
	bits, x, v := GP64(), XMM(), m.vector()
	if m.size == 4 {
		MOVQ(U64(uint64(math.Float32bits(float32(c)))), bits)
	} else {
		MOVQ(U64(math.Float64bits(c)), bits)
	}
	MOVQ(bits, x)
	pick(m, VBROADCASTSS, VBROADCASTSD)(x, v)
	return v
}

const greaterThan = 30 // false if one is NaN, without an exception

func (m machine) greater() {
	b := m.begin("greaterVS", kernel, "dst", "a")
	s, one := m.number("s"), m.constant(1)
	b.over(func(v int, k mask) {
		x := m.vector()
		m.load(b.mem("a", v), k, x)
		if m.wide() {
			is := K()
			pick(m, VCMPPS, VCMPPD)(Imm(greaterThan), s, x, is)
			pick(m, VMOVAPS_Z, VMOVAPD_Z)(one, is, x)
		} else {
			pick(m, VCMPPS, VCMPPD)(Imm(greaterThan), s, x, x)
			pick(m, VANDPS, VANDPD)(one, x, x)
		}
		m.store(x, k, b.mem("dst", v))
	})
	b.end()
}

// combined emits the kernels that do several operations, each rounded by itself.
func (m machine) combined() {
	mul, sub := pick(m, VMULPS, VMULPD), pick(m, VSUBPS, VSUBPD)
	for _, form := range []string{"axpb", "axpy", "axpbMinus"} {
		slices := []string{"dst", "a", "b"}
		if form == "axpb" {
			slices = slices[:2]
		}
		b := m.begin(form, kernel, slices...)
		s := m.number("s")
		var t reg.VecVirtual
		if form != "axpy" {
			t = m.number("t")
		}
		b.over(func(v int, k mask) {
			x, y := m.vector(), m.vector()
			m.load(b.mem("a", v), k, x)
			if form != "axpb" {
				m.load(b.mem("b", v), k, y)
			}
			mul(s, x, x)
			switch form {
			case "axpy":
				m.add(y, x, x)
			case "axpbMinus":
				m.add(t, x, x)
				sub(y, x, x)
			default:
				m.add(t, x, x)
			}
			m.store(x, k, b.mem("dst", v))
		})
		b.end()
	}
}

// sums emits sum and dot. There is a partial sum for each of 256 bytes of elements; they
// are added half to half.
func (m machine) sums() {
	for _, form := range []string{"sum", "dot"} {
		slices, signature := []string{"a"}, "func(a []%[1]s) %[1]s"
		if form == "dot" {
			slices, signature = []string{"a", "b"}, "func(a, b []%[1]s) %[1]s"
		}
		b := m.begin(form, signature, slices...)
		acc := make([]reg.VecVirtual, 256/m.bytes)
		for i := range acc {
			acc[i] = m.vector()
			m.zero(acc[i])
		}
		body := func(v, i int, k mask) {
			x := m.vector()
			m.load(b.mem("a", v), k, x)
			if form == "dot" {
				y := m.vector()
				m.load(b.mem("b", v), k, y)
				pick(m, VMULPS, VMULPD)(y, x, x)
			}
			m.add(x, acc[i], acc[i])
		}
		all := uint32(len(acc) * m.lanes())
		Label("loop")
		CMPQ(b.n, U32(all))
		JL(LabelRef("rest"))
		for i := range acc {
			body(i, i, nil)
		}
		ADDQ(U32(256), b.at)
		SUBQ(U32(all), b.n)
		JMP(LabelRef("loop"))
		Label("rest")
		for i := range acc {
			part := fmt.Sprint("part", i)
			CMPQ(b.n, U32(uint32(m.lanes())))
			JL(LabelRef(part))
			body(0, i, nil)
			ADDQ(U32(uint32(m.bytes)), b.at)
			SUBQ(U32(uint32(m.lanes())), b.n)
			if i+1 < len(acc) {
				JMP(LabelRef(fmt.Sprint("next", i)))
			}
			Label(part)
			TESTQ(b.n, b.n)
			JZ(LabelRef("tree"))
			body(0, i, b.mask(b.n))
			JMP(LabelRef("tree"))
			Label(fmt.Sprint("next", i))
		}
		Label("tree")
		m.tree(acc)
		b.end()
	}
}

// tree adds the partial sums, the second half to the first, until one is left.
func (m machine) tree(acc []reg.VecVirtual) {
	for half := len(acc) / 2; half > 0; half /= 2 {
		for i := range half {
			m.add(acc[i+half], acc[i], acc[i])
		}
	}
	x, high := acc[0].AsX(), XMM()
	if m.wide() {
		upper := YMM()
		VEXTRACTF64X4(Imm(1), acc[0], upper)
		m.add(upper, acc[0].AsY(), acc[0].AsY())
	}
	VEXTRACTF128(Imm(1), acc[0].AsY(), high)
	m.add(high, x, x)
	VPERMILPD(Imm(1), x, high)
	m.add(high, x, x)
	if m.size == 4 {
		VMOVSHDUP(x, high)
		m.add(high, x, x)
	}
	Store(x, ReturnIndex(0))
}

// product emits the micro kernel of a matrix product for rows by two vectors. Of a,
// element (i, k) stands i·down + k·across bytes from the first; b is packed.
func (m machine) product(rows int) {
	const vectors = 2
	TEXT("product"+m.suffix, NOSPLIT, fmt.Sprintf("func(k int, a *%[1]s, down, across int, b, c *%[1]s, stride int, add bool)", m.element))
	gp := func(name string) reg.Register { return Load(Param(name), GP64()) }
	k, down, across, b := gp("k"), gp("down"), gp("across"), gp("b")
	base := []reg.Register{gp("a")}
	down3 := GP64()
	LEAQ(Mem{Base: down, Index: down, Scale: 2}, down3)
	for len(base)*4 < rows {
		next := GP64()
		LEAQ(Mem{Base: base[len(base)-1], Index: down, Scale: 4}, next)
		base = append(base, next)
	}
	row := func(i int) Mem {
		return [...]Mem{{Base: base[i/4]}, {Base: base[i/4], Index: down, Scale: 1}, {Base: base[i/4], Index: down, Scale: 2}, {Base: base[i/4], Index: down3, Scale: 1}}[i%4]
	}
	acc := make([][vectors]reg.VecVirtual, rows)
	for i := range acc {
		for j := range vectors {
			acc[i][j] = m.vector()
			m.zero(acc[i][j])
		}
	}
	var bv [vectors]reg.VecVirtual
	for j := range bv {
		bv[j] = m.vector()
	}
	x := [2]reg.VecVirtual{m.vector(), m.vector()}
	Label("loop")
	for j := range bv {
		m.move(Mem{Base: b, Disp: j * m.bytes}, bv[j])
	}
	ADDQ(U32(uint32(vectors*m.bytes)), b)
	for i := range rows {
		pick(m, VBROADCASTSS, VBROADCASTSD)(row(i), x[i%2])
		for j := range bv {
			pick(m, VFMADD231PS, VFMADD231PD)(bv[j], x[i%2], acc[i][j])
		}
	}
	for _, p := range base {
		ADDQ(across, p)
	}
	DECQ(k)
	JNZ(LabelRef("loop"))
	m.keep(acc)
}

// keep stores the sums of a product, or adds them to what is there.
func (m machine) keep(acc [][2]reg.VecVirtual) {
	c, stride, p := Load(Param("c"), GP64()), Load(Param("stride"), GP64()), GP64()
	add := Load(Param("add"), GP8())
	TESTB(add, add)
	JZ(LabelRef("store"))
	MOVQ(c, p)
	for i := range acc {
		for j := range acc[i] {
			m.add(Mem{Base: p, Disp: j * m.bytes}, acc[i][j], acc[i][j])
		}
		ADDQ(stride, p)
	}
	Label("store")
	for i := range acc {
		for j := range acc[i] {
			m.move(acc[i][j], Mem{Base: c, Disp: j * m.bytes})
		}
		ADDQ(stride, c)
	}
	VZEROUPPER()
	RET()
}

// masks is as many ones as a vector has elements, then zeros.
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

func main() {
	for _, size := range []int{8, 4} {
		element, name := "float64", "64"
		if size == 4 {
			element, name = "float32", "32"
		}
		narrow := machine{suffix: name + "avx2", element: element, size: size, bytes: 32, masks: masks(size)}
		wide := machine{suffix: name + "avx512", element: element, size: size, bytes: 64}
		narrow.product(6) // as many sums as there are registers for
		wide.product(12)
		for _, m := range []machine{narrow, wide} {
			m.elementwise()
			m.sums()
		}
	}
	Generate()
}
