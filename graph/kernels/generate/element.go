package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

const kernel = "func(dst, a, b []%[1]s, s, t %[1]s)"

var (
	oneSlice  = []string{"dst", "a"}
	twoSlices = []string{"dst", "a", "b"}
)

// binary computes x ∘ y into x.
type binary func(x, y reg.VecVirtual)

func (m *machine) elementwise() {
	plain := func(op func(...Op)) binary { return func(x, y reg.VecVirtual) { op(y, x, x) } }
	for _, op := range []struct {
		name, code string
		op         binary
		commutes   bool
	}{
		{"add", "Add", plain(m.add), true},
		{"mul", "Multiply", plain(m.mul), true},
		{"sub", "Subtract", plain(m.sub), false},
		{"div", "Divide", plain(m.div), false},
		{"max", "Maximum", m.extreme(pick(m, VMAXPS, VMAXPD), m.and), true},
		{"min", "Minimum", m.extreme(pick(m, VMINPS, VMINPD), m.or), true},
	} {
		m.pairs(op.name+"VV", op.op, "VV["+op.code+"]")
		fields := []string{"VS[" + op.code + "]"}
		if op.commutes {
			fields = append(fields, "SV["+op.code+"]")
		}
		m.withNumber(op.name+"VS", op.op, fields...)
		if !op.commutes {
			m.withNumber(op.name+"SV", func(x, s reg.VecVirtual) { map[string]func(...Op){"sub": m.sub, "div": m.div}[op.name](x, s, x) }, "SV["+op.code+"]")
		}
	}
	m.comparisons()
	m.choose()
	m.combined()
}

// pairs emits a kernel of two slices.
func (m *machine) pairs(name string, op binary, fields ...string) {
	b := m.begin(name, kernel, twoSlices, fields...)
	b.over(func(v int, k mask) {
		x, y := m.vector(), m.vector()
		m.load(b.mem("a", v), k, x)
		m.load(b.mem("b", v), k, y)
		op(x, y)
		m.store(x, k, b.mem("dst", v))
	})
	b.end()
}

// withNumber emits a kernel of a slice and a number.
func (m *machine) withNumber(name string, op binary, fields ...string) {
	b := m.begin(name, kernel, oneSlice, fields...)
	s := m.number("s")
	b.over(func(v int, k mask) {
		x := m.vector()
		m.load(b.mem("a", v), k, x)
		op(x, s)
		m.store(x, k, b.mem("dst", v))
	})
	b.end()
}

// Predicates of a comparison; none makes an exception of NaN.
const (
	equal             = 0
	unordered         = 3
	less              = 17
	notGreaterOrEqual = 25
	greaterOrEqual    = 29
	greaterThan       = 30
)

// extreme is Go's max or min. The instruction gives its second operand if they are zeros,
// or one is NaN; so it is asked both ways round. Of zeros, and otherwise makes 0 the larger;
// where one is NaN so is the result.
func (m *machine) extreme(larger, and instruction) binary {
	return func(x, y reg.VecVirtual) {
		there, back := m.vector(), m.vector()
		larger(y, x, there)
		larger(x, y, back)
		and(back, there, there)
		if m.masked {
			k := K()
			m.compare(unordered, y, x, k)
			m.add(y, x, k, there)
			m.move(there, x)
			return
		}
		m.compare(unordered, y, x, x)
		m.or(there, x, x)
	}
}

func (m *machine) compare(predicate uint8, y, x, to Op) {
	pick(m, VCMPPS, VCMPPD)(Imm(uint64(predicate)), y, x, to)
}

// truth makes 1 of what holds and 0 of what does not.
func (m *machine) truth(predicate uint8, one reg.VecVirtual) binary {
	return func(x, y reg.VecVirtual) {
		if m.masked {
			k := K()
			m.compare(predicate, y, x, k)
			pick(m, VMOVAPS_Z, VMOVAPD_Z)(one, k, x)
			return
		}
		m.compare(predicate, y, x, x)
		m.and(one, x, x)
	}
}

func (m *machine) comparisons() {
	for _, op := range []struct {
		name, code string
		predicate  uint8
	}{{"gt", "Greater", greaterThan}, {"ge", "GreaterEqual", greaterOrEqual}, {"eq", "Equal", equal}} {
		for _, form := range []string{"VV", "VS"} {
			slices := twoSlices
			if form == "VS" {
				slices = oneSlice
			}
			b := m.begin(op.name+form, kernel, slices, form+"["+op.code+"]")
			one := m.constant(1)
			var s reg.VecVirtual
			if form == "VS" {
				s = m.number("s")
			}
			b.over(func(v int, k mask) {
				x, y := m.vector(), s
				m.load(b.mem("a", v), k, x)
				if form == "VV" {
					y = m.vector()
					m.load(b.mem("b", v), k, y)
				}
				m.truth(op.predicate, one)(x, y)
				m.store(x, k, b.mem("dst", v))
			})
			b.end()
		}
	}
}

// choose emits the kernel that takes of b where a is not 0, otherwise of c.
func (m *machine) choose() {
	b := m.begin("choose", "func(dst, a, b, c []%[1]s)", []string{"dst", "a", "b", "c"}, "Choose")
	nought := m.vector()
	m.zero(nought)
	b.over(func(v int, k mask) {
		x, y, z := m.vector(), m.vector(), m.vector()
		m.load(b.mem("a", v), k, x)
		m.load(b.mem("b", v), k, y)
		m.load(b.mem("c", v), k, z)
		if m.masked {
			zero := K()
			m.compare(equal, nought, x, zero)
			pick(m, VMOVAPS, VMOVAPD)(z, zero, y)
			m.store(y, k, b.mem("dst", v))
			return
		}
		m.compare(equal, nought, x, x)
		pick(m, VBLENDVPS, VBLENDVPD)(x, z, y, x)
		m.store(x, k, b.mem("dst", v))
	})
	b.end()
}

// combined emits the kernels that do several operations, each rounded by itself.
func (m *machine) combined() {
	for _, form := range []string{"Axpb", "Axpy", "AxpbMinus"} {
		slices := twoSlices
		if form == "Axpb" {
			slices = oneSlice
		}
		b := m.begin(string(form[0]+'a'-'A')+form[1:], kernel, slices, form)
		s := m.number("s")
		var t reg.VecVirtual
		if form != "Axpy" {
			t = m.number("t")
		}
		b.over(func(v int, k mask) {
			x, y := m.vector(), m.vector()
			m.load(b.mem("a", v), k, x)
			if form != "Axpb" {
				m.load(b.mem("b", v), k, y)
			}
			m.mul(s, x, x)
			switch form {
			case "Axpy":
				m.add(y, x, x)
			case "AxpbMinus":
				m.add(t, x, x)
				m.sub(y, x, x)
			default:
				m.add(t, x, x)
			}
			m.store(x, k, b.mem("dst", v))
		})
		b.end()
	}
}

// functions emits the operations of one operand that a few instructions do.
func (m *machine) functions() {
	signs := math.Copysign(0, -1)
	for _, op := range []struct {
		name, code string
		op         func(x, signs reg.VecVirtual)
	}{
		{"negate", "Negate", func(x, signs reg.VecVirtual) { pick(m, VXORPS, VXORPD)(x, signs, x) }},
		{"abs", "Abs", func(x, signs reg.VecVirtual) { pick(m, VANDNPS, VANDNPD)(x, signs, x) }},
		{"sqrt", "Sqrt", func(x, _ reg.VecVirtual) { pick(m, VSQRTPS, VSQRTPD)(x, x) }},
	} {
		b := m.begin(op.name, kernel, oneSlice, "VV["+op.code+"]")
		s := m.constant(signs)
		b.over(func(v int, k mask) {
			x := m.vector()
			m.load(b.mem("a", v), k, x)
			op.op(x, s)
			m.store(x, k, b.mem("dst", v))
		})
		b.end()
	}
}
