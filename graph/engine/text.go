package engine

import (
	"fmt"
	"strings"
)

// String writes the program, one instruction a line. A place is written a12 in the arena,
// [a12:100] if it has several elements, x0 for an input and c0 for constant data.
func (p *Program) String() string {
	var t text
	for _, n := range p.numbers {
		t.line("%s = %v", oneText(n.at), n.value)
	}
	for _, l := range p.loads {
		t.line("%s = x%d", oneText(l.at), l.slot)
	}
	for i := range p.steps {
		t.step(p, &p.steps[i])
	}
	for _, o := range p.outputs {
		t.line("output %s", o)
	}
	return t.String()
}

type text struct{ strings.Builder }

func (t *text) line(format string, args ...any) { fmt.Fprintf(t, format+"\n", args...) }

// oneText writes a place of one element in the arena.
func oneText(at int) string { return fmt.Sprint("a", at) }

// String writes the place.
func (p place) String() string {
	letter := [...]string{inArena: "a", inInput: "x", inData: "c"}[p.where]
	if p.size == 1 {
		return fmt.Sprint(letter, p.at)
	}
	return fmt.Sprintf("[%s%d:%d]", letter, p.at, p.size)
}

func (t *text) step(p *Program, s *step) {
	switch {
	case s.loop != nil:
		t.loop(s.loop)
	case s.product != nil:
		q := s.product
		t.line("%s = %s%s @ %s%s  %d×%d×%d×%d", q.out, q.a, turned(q.LeftT), q.b, turned(q.RightT), q.Batch, q.M, q.K, q.N)
	case s.conv != nil:
		t.line("%s = %v %s %s", s.conv.out, s.conv.Finds, s.conv.a, s.conv.b)
	case s.copy != nil:
		t.line("%s = %s in order %v by %v", s.copy.out, s.copy.from, s.copy.shape, s.copy.strides)
	case s.call != nil:
		t.line("%s = %s%v", s.call.out, s.call.caller.Text(), s.call.in)
	default:
		for _, c := range p.code[s.from:s.to] {
			operands := []string{oneText(int(c.a)), oneText(int(c.b)), oneText(int(c.c))}
			t.line("%s = %v %s", oneText(int(c.dst)), c.code, strings.Join(operands[:c.code.Operands()], " "))
		}
	}
}

func turned(t bool) string {
	if t {
		return "ᵀ"
	}
	return ""
}

func (t *text) loop(l *loop) {
	if l.rows {
		t.line("for %d elements in rows of %d", l.total, l.length)
	} else {
		t.line("for %d elements", l.total)
	}
	for _, c := range l.code {
		t.line("  %s", l.codeText(&c))
	}
}

func (l *loop) codeText(c *loopCode) string {
	a, b, dst := l.regText(c.a), l.regText(c.b), l.regText(c.dst)
	s, t := oneText(c.s), oneText(c.t)
	switch c.form {
	case vs:
		return fmt.Sprintf("%s = %v %s %s", dst, c.code, a, s)
	case sv:
		return fmt.Sprintf("%s = %v %s %s", dst, c.code, s, a)
	case axpb:
		return fmt.Sprintf("%s = %s·%s + %s", dst, s, a, t)
	case axpy:
		return fmt.Sprintf("%s = %s·%s + %s", dst, s, a, b)
	case axpbMinus:
		return fmt.Sprintf("%s = %s·%s + %s − %s", dst, s, a, t, b)
	case where3:
		return fmt.Sprintf("%s = where %s %s %s", dst, a, b, l.regText(c.c))
	case dots:
		return fmt.Sprintf("%s = dot %s %s", l.sums[c.c].out, a, b)
	case reduces:
		return fmt.Sprintf("%s = %v%s %s", l.sums[c.c].out, l.sums[c.c].reduce, [...]string{single: "", row: " of columns", column: " of rows"}[l.sums[c.c].keeps], a)
	}
	if c.code.Operands() == 1 {
		return fmt.Sprintf("%s = %v %s", dst, c.code, a)
	}
	return fmt.Sprintf("%s = %v %s %s", dst, c.code, a, b)
}

func (l *loop) regText(r int) string {
	switch reg := l.regs[r]; reg.kind {
	case temporary:
		return fmt.Sprint("t", reg.temp)
	case everyRow:
		return reg.place.String() + "→"
	case eachColumn:
		return reg.place.String() + "↓"
	default:
		return reg.place.String()
	}
}
