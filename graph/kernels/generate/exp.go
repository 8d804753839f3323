package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// The numbers of kernels/exp.go and log.go, where they are explained.
const (
	log2E      = 1 / math.Ln2
	ln2High    = 0x1.62e42fee00000p-1
	ln2Low     = 0x1.a39ef35793c76p-33
	toWhole    = 0x1.8p52
	expLeast   = -746
	expMost    = 710
	tanhMost   = 22
	bias       = 1023
	mantissa   = 52 // bits
	seriesFrom = 13
)

// exponentials emits the functions of kernels/exp.go and log.go. They are computed in float64: of
// float32, a vector takes half as many elements.
func (m *machine) exponentials() {
	part, double := *m, *m
	part.bytes = m.bytes / 8 * m.size
	double.size = 8
	for _, f := range []struct {
		name, code string
		f          func(x reg.VecVirtual)
	}{{"exp", "Exp", double.exp}, {"sigmoid", "Sigmoid", double.sigmoid}, {"tanh", "Tanh", double.tanh},
		{"log", "Log", double.log}, {"softplus", "Softplus", double.softplus}} {
		b := part.begin(f.name, kernel, oneSlice, "VV["+f.code+"]")
		b.over(func(v int, k mask) {
			x := part.vector()
			part.load(b.mem("a", v), k, x)
			if m.size == 8 {
				f.f(x)
			} else {
				y := double.vector()
				VCVTPS2PD(x, y)
				f.f(y)
				double.single(y, x)
			}
			part.store(x, k, b.mem("dst", v))
		})
		b.end()
	}
}

// single rounds to float32.
func (m *machine) single(from, to reg.VecVirtual) {
	if m.masked {
		VCVTPD2PS(from, to)
		return
	}
	VCVTPD2PSY(from, to)
}

// of is a constant in memory.
func (m *machine) of(c float64) Mem { return m.stored(math.Float64bits(c)) }

// reduced gives k, in the low bits, and eʳ − 1.
func (m *machine) reduced(x reg.VecVirtual) (k, power reg.VecVirtual) {
	shifted, whole, p := m.vector(), m.vector(), m.vector()
	m.mul(m.of(log2E), x, shifted)
	m.add(m.of(toWhole), shifted, shifted)
	m.sub(m.of(toWhole), shifted, whole)
	VFNMADD231PD(m.of(ln2High), whole, x)
	VFNMADD231PD(m.of(ln2Low), whole, x)
	factorial := 1.0
	for n := 2; n <= seriesFrom; n++ {
		factorial *= float64(n)
	}
	m.move(m.of(1/factorial), p)
	for n := seriesFrom; n > 2; n-- {
		factorial /= float64(n)
		VFMADD213PD(m.of(1/factorial), x, p)
	}
	m.mul(x, x, whole)
	VFMADD213PD(x, whole, p)
	VPSUBQ(m.of(toWhole), shifted, shifted)
	return shifted, p
}

// exp leaves NaN as it is: of one, these instructions give the first operand.
func (m *machine) exp(x reg.VecVirtual) {
	limit, half := m.vector(), m.vector()
	m.move(m.of(expLeast), limit)
	VMAXPD(x, limit, x)
	m.move(m.of(expMost), limit)
	VMINPD(x, limit, x)
	k, power := m.reduced(x)
	m.add(m.of(1), power, power)
	VPADDQ(m.stored(2*bias), k, k)
	VPSRLQ(Imm(1), k, half)
	VPSUBQ(half, k, k)
	VPSLLQ(Imm(mantissa), half, half)
	VPSLLQ(Imm(mantissa), k, k)
	m.mul(half, power, power)
	m.mul(k, power, x)
}

func (m *machine) sigmoid(x reg.VecVirtual) {
	one := m.vector()
	VXORPD(m.of(math.Copysign(0, -1)), x, x)
	m.exp(x)
	m.move(m.of(1), one)
	m.add(one, x, x)
	m.div(x, one, x)
}

func (m *machine) tanh(x reg.VecVirtual) {
	sign, size, less := m.vector(), m.vector(), m.vector()
	VANDPD(m.of(math.Copysign(0, -1)), x, sign)
	VXORPD(sign, x, size)
	m.move(m.of(tanhMost), less)
	VMINPD(size, less, size)
	m.add(size, size, size)
	scale, power := m.reduced(size)
	VPADDQ(m.stored(bias), scale, scale)
	VPSLLQ(Imm(mantissa), scale, scale)
	m.sub(m.of(1), scale, less)
	VFMADD231PD(power, scale, less)
	m.add(m.of(2), less, power)
	m.div(power, less, less)
	m.or(sign, less, x)
}
