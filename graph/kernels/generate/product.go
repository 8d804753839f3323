package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// products emits the micro kernels of the matrix product: with so many accumulators the
// multipliers are busy, and some registers are left for the operands.
func (m *machine) products() {
	rows := 6
	if m.masked {
		rows = 12
	}
	const vectors = 2
	*m.places = append(*m.places,
		place{"product", fmt.Sprintf("micro[%s]{%d, %d, %s}", m.element, rows, vectors*m.lanes(), m.product("product", rows, vectors, vectors))},
		place{"narrow", m.product("narrow", rows, 1, vectors)})
}

// product emits a micro kernel for rows by vectors, and gives Go code that calls it. Of a,
// element (i, k) stands i·down + k·across bytes from the first; b is packed, in rows of
// so many vectors.
func (m *machine) product(name string, rows, vectors, packed int) string {
	name += m.suffix
	TEXT(name, NOSPLIT, fmt.Sprintf("func(k int, a *%[1]s, down, across int, b, c *%[1]s, stride int, add bool)", m.element))
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
	acc := make([][]reg.VecVirtual, rows)
	for i := range acc {
		for range vectors {
			v := m.vector()
			m.zero(v)
			acc[i] = append(acc[i], v)
		}
	}
	bv := make([]reg.VecVirtual, vectors)
	for j := range bv {
		bv[j] = m.vector()
	}
	x := [2]reg.VecVirtual{m.vector(), m.vector()}
	Label("loop")
	for j := range bv {
		m.move(Mem{Base: b, Disp: j * m.bytes}, bv[j])
	}
	ADDQ(U32(uint32(packed*m.bytes)), b)
	for i := range rows {
		m.broadcast(row(i), x[i%2])
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
	return fmt.Sprintf("func(k int, a []%[1]s, down, across int, b, c []%[1]s, stride int, add bool) {\n\t\t%[2]s(k, &a[0], down*%[3]d, across*%[3]d, &b[0], &c[0], stride*%[3]d, add)\n\t}", m.element, name, m.size)
}

// keep stores the sums of a product, or adds them to what is there.
func (m *machine) keep(acc [][]reg.VecVirtual) {
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
