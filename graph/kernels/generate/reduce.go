package main

import (
	"fmt"
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// reductions emits those of one slice, and the sum of products.
func (m *machine) reductions() {
	const one = "func(a []%[1]s) %[1]s"
	add := func(acc, x reg.VecVirtual) { m.add(x, acc, acc) }
	m.reduction("sum", one, "Reduce[Sum]", 0, add)
	m.reduction("dot", "func(a, b []%[1]s) %[1]s", "Dot", 0, add)
	m.reduction("largest", one, "Reduce[Largest]", math.Inf(-1), m.extreme(pick(m, VMAXPS, VMAXPD), m.and))
	m.reduction("smallest", one, "Reduce[Smallest]", math.Inf(1), m.extreme(pick(m, VMINPS, VMINPD), m.or))
}

// reduction keeps a partial result for each of 256 bytes of elements; they are combined
// half to half. Start is what the result is of nothing.
func (m *machine) reduction(name, signature, field string, start float64, op binary) {
	slices := []string{"a"}
	if name == "dot" {
		slices = []string{"a", "b"}
	}
	b := m.begin(name, signature, slices, field)
	nothing, acc := m.constant(start), make([]reg.VecVirtual, 256/m.bytes)
	for i := range acc {
		acc[i] = m.vector()
		m.move(nothing, acc[i])
	}
	b.partial(len(acc), func(v, i int, k mask) {
		x := m.vector()
		m.load(b.mem("a", v), k, x)
		if name == "dot" {
			y := m.vector()
			m.load(b.mem("b", v), k, y)
			m.mul(y, x, x)
		}
		if k != nil && start != 0 {
			m.fill(x, nothing, k)
		}
		op(acc[i], x)
	})
	m.tree(acc, op)
	b.end()
}

// fill puts what is in v where the mask selects nothing.
func (m *machine) fill(x, v reg.VecVirtual, k mask) {
	if m.masked {
		filled := m.vector()
		m.move(v, filled)
		m.move(x, k, filled)
		m.move(filled, x)
		return
	}
	pick(m, VBLENDVPS, VBLENDVPD)(k, x, v, x)
}

// partial emits body for all partial results at once, then for one after the other, and
// for what is left.
func (b *block) partial(count int, body func(vector, i int, k mask)) {
	all := uint32(count * b.lanes())
	Label("loop")
	CMPQ(b.n, U32(all))
	JL(LabelRef("rest"))
	for i := range count {
		body(i, i, nil)
	}
	ADDQ(U32(256), b.at)
	SUBQ(U32(all), b.n)
	JMP(LabelRef("loop"))
	Label("rest")
	for i := range count {
		part := fmt.Sprint("part", i)
		CMPQ(b.n, U32(uint32(b.lanes())))
		JL(LabelRef(part))
		body(0, i, nil)
		ADDQ(U32(uint32(b.bytes)), b.at)
		SUBQ(U32(uint32(b.lanes())), b.n)
		if i+1 < count {
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
}

// tree combines the partial results, the first half with the second, until one is left.
func (m *machine) tree(acc []reg.VecVirtual, op binary) {
	for half := len(acc) / 2; half > 0; half /= 2 {
		for i := range half {
			op(acc[i], acc[i+half])
		}
	}
	high := m.vector()
	if m.masked {
		VEXTRACTF64X4(Imm(1), acc[0], high.AsY())
		op(acc[0], high)
	}
	VEXTRACTF128(Imm(1), acc[0].AsY(), high.AsX())
	op(acc[0], high)
	VPERMILPD(Imm(1), acc[0].AsX(), high.AsX())
	op(acc[0], high)
	if m.size == 4 {
		VMOVSHDUP(acc[0].AsX(), high.AsX())
		op(acc[0], high)
	}
	Store(acc[0].AsX(), ReturnIndex(0))
}
