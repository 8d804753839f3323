package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// The numbers of kernels/log.go, where they are explained.
var logSeries = [...]float64{0x1.2f112df3e5244p-3, 0x1.39a09d078c69fp-3, 0x1.7466496cb03dep-3, 0x1.c71c51d8e78afp-3,
	0x1.2492494229359p-2, 0x1.999999997fa04p-2, 0x1.5555555555593p-1}

const (
	leastNormal = 0x1p-1022
	raised      = 54
	upwards     = bias<<mantissa - 0x3fe6a09e667f3bcd
)

// logNormal is that of kernels/log.go; powers and small may be nil. It leaves the result
// in u.
func (m *machine) logNormal(u, powers, small reg.VecVirtual) {
	k, f, s, z, half, series := m.vector(), m.vector(), m.vector(), m.vector(), m.vector(), m.vector()
	VPADDQ(m.stored(upwards), u, k)
	VPSRLQ(Imm(mantissa), k, k)
	VPSLLQ(Imm(mantissa), k, f)
	VPSUBQ(f, u, f)
	VPADDQ(m.stored(bias<<mantissa), f, f)
	m.sub(m.of(1), f, f)
	VPADDQ(m.stored(0x433<<mantissa), k, k)
	m.sub(m.of(0x1p52+bias), k, k)
	if powers != nil {
		m.sub(powers, k, k)
	}
	m.add(m.of(2), f, s)
	m.div(s, f, s)
	m.mul(s, s, z)
	m.move(m.of(logSeries[0]), series)
	for _, c := range logSeries[1:] {
		VFMADD213PD(m.of(c), z, series)
	}
	m.mul(m.of(0.5), f, half)
	m.mul(f, half, half)
	VFMADD213PD(half, z, series)
	if small == nil {
		small = m.vector()
		m.zero(small)
	}
	VFMADD231PD(m.of(ln2Low), k, small)
	VFMADD213PD(small, s, series)
	m.sub(series, half, half)
	m.sub(half, f, f)
	VFMADD132PD(m.of(ln2High), f, k)
	m.move(k, u)
}

// log raises what is subnormal, and puts in place what has no logarithm among the numbers.
func (m *machine) log(x reg.VecVirtual) {
	u, powers, high := m.vector(), m.vector(), m.vector()
	m.move(x, u)
	m.zero(powers)
	m.mul(m.of(1<<raised), x, high)
	m.where(less, m.of(leastNormal), x, high, u)
	m.move(m.of(raised), high)
	m.where(less, m.of(leastNormal), x, high, powers)
	m.logNormal(u, powers, nil)
	m.where(greaterThan, m.of(math.MaxFloat64), x, x, u)
	m.move(m.of(math.NaN()), high)
	m.where(notGreaterOrEqual, m.of(0), x, high, u)
	m.move(m.of(math.Inf(-1)), high)
	m.where(equal, m.of(0), x, high, u)
	m.move(u, x)
}

// where replaces elements by those of v where x compares so with y.
func (m *machine) where(predicate uint8, y Mem, x, v, elements reg.VecVirtual) {
	if m.masked {
		k := K()
		m.compare(predicate, y, x, k)
		m.move(v, k, elements)
		return
	}
	is := m.vector()
	m.compare(predicate, y, x, is)
	VBLENDVPD(is, v, elements, elements)
}

func (m *machine) softplus(x reg.VecVirtual) {
	e, u, small, positive := m.vector(), m.vector(), m.vector(), m.vector()
	m.zero(positive)
	VMAXPD(x, positive, positive)
	m.or(m.of(math.Copysign(0, -1)), x, e)
	m.exp(e)
	m.add(m.of(1), e, u)
	m.sub(m.of(1), u, small)
	m.sub(small, e, small)
	m.div(u, small, small)
	m.logNormal(u, nil, small)
	m.add(positive, u, x)
}
