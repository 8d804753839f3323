package engine

import (
	"fmt"
	"strings"
)

// A Line is one line of a program's listing.
type Line struct {
	Depth int // 1 inside a loop
	Text  string
	Made  Value // that the instruction computes; -1 for a line that computes none
}

// Listing writes the program, one instruction a line. A place is written a12 in the arena,
// [a12:100] if it has several elements, c0 for constant data, and an input by its name, or
// without names x0.
func (p *Program) Listing(inputs []string) []Line {
	t := text{inputs: inputs}
	for _, n := range p.numbers {
		t.line(-1, "%s = %v", oneText(n.at), n.value)
	}
	for _, l := range p.loads {
		t.line(-1, "%s = %s", oneText(l.at), t.input(l.slot))
	}
	for i := range p.steps {
		t.step(p, &p.steps[i])
	}
	for _, o := range p.outputs {
		t.line(-1, "output %s", t.place(o))
	}
	return t.lines
}

// String writes the listing without names.
func (p *Program) String() string {
	var b strings.Builder
	for _, l := range p.Listing(nil) {
		b.WriteString(strings.Repeat("  ", l.Depth) + l.Text + "\n")
	}
	return b.String()
}

type text struct {
	inputs []string
	lines  []Line
	depth  int
}

func (t *text) line(made Value, format string, args ...any) {
	t.lines = append(t.lines, Line{t.depth, fmt.Sprintf(format, args...), made})
}

// oneText writes a place of one element in the arena.
func oneText(at int) string { return fmt.Sprint("a", at) }

func (t *text) input(slot int) string {
	if t.inputs == nil {
		return fmt.Sprint("x", slot)
	}
	return t.inputs[slot]
}

// String writes the place.
func (p place) String() string { return new(text).place(p) }

func (t *text) place(p place) string {
	var name string
	switch p.where {
	case inArena:
		name = oneText(p.at)
	case inInput:
		name = t.input(p.at)
	case inData:
		name = fmt.Sprint("c", p.at)
	}
	if p.size == 1 {
		return name
	}
	return fmt.Sprintf("[%s:%d]", name, p.size)
}

func (t *text) step(p *Program, s *step) {
	switch {
	case s.loop != nil:
		t.loop(s.loop)
	case s.product != nil:
		q := s.product
		t.line(s.made, "%s = %s%s @ %s%s  %s", t.place(q.out), t.place(q.a), turned(q.LeftT), t.place(q.b), turned(q.RightT), q.lengths())
	case s.conv != nil:
		t.line(s.made, "%s = %v %s %s", t.place(s.conv.out), s.conv.Finds, t.place(s.conv.a), t.place(s.conv.b))
	case s.copy != nil:
		t.line(s.made, "%s = %s in order %v by %v", t.place(s.copy.out), t.place(s.copy.from), s.copy.shape, s.copy.strides)
	case s.call != nil:
		in := make([]string, len(s.call.in))
		for i, p := range s.call.in {
			in[i] = t.place(p)
		}
		t.line(s.made, "%s = %s%v", t.place(s.call.out), s.call.caller.Text(), in)
	default:
		for i := s.from; i < s.to; i++ {
			c := &p.code[i]
			operands := []string{oneText(int(c.a)), oneText(int(c.b)), oneText(int(c.c))}
			t.line(p.made[i], "%s = %v %s", oneText(int(c.dst)), c.code, strings.Join(operands[:c.code.Operands()], " "))
		}
	}
}

// lengths writes how large a product is, and of how many.
func (p Product) lengths() string {
	one := fmt.Sprintf("%d×%d×%d", p.M, p.K, p.N)
	if p.Batch != 1 {
		return fmt.Sprintf("%d of %s", p.Batch, one)
	}
	return one
}

func turned(t bool) string {
	if t {
		return "ᵀ"
	}
	return ""
}

func (t *text) loop(l *loop) {
	if l.rows {
		t.line(-1, "for %d elements in rows of %d", l.total, l.length)
	} else {
		t.line(-1, "for %d elements", l.total)
	}
	t.depth++
	for _, c := range l.code {
		t.line(c.made, "%s", t.code(l, &c))
	}
	t.depth--
}

func (t *text) code(l *loop, c *loopCode) string {
	a, b, dst := t.register(l, c.a), t.register(l, c.b), t.register(l, c.dst)
	s, n := oneText(c.s), oneText(c.t)
	switch c.form {
	case vs:
		return fmt.Sprintf("%s = %v %s %s", dst, c.code, a, s)
	case sv:
		return fmt.Sprintf("%s = %v %s %s", dst, c.code, s, a)
	case axpb:
		return fmt.Sprintf("%s = %s·%s + %s", dst, s, a, n)
	case axpy:
		return fmt.Sprintf("%s = %s·%s + %s", dst, s, a, b)
	case axpbMinus:
		return fmt.Sprintf("%s = %s·%s + %s − %s", dst, s, a, n, b)
	case where3:
		return fmt.Sprintf("%s = where %s %s %s", dst, a, b, t.register(l, c.c))
	case dots:
		return fmt.Sprintf("%s = dot %s %s", t.place(l.sums[c.c].out), a, b)
	case reduces:
		return fmt.Sprintf("%s = %v%s %s", t.place(l.sums[c.c].out), l.sums[c.c].reduce, [...]string{single: "", row: " of columns", column: " of rows"}[l.sums[c.c].keeps], a)
	}
	if c.code.Operands() == 1 {
		return fmt.Sprintf("%s = %v %s", dst, c.code, a)
	}
	return fmt.Sprintf("%s = %v %s %s", dst, c.code, a, b)
}

func (t *text) register(l *loop, r int) string {
	switch reg := l.regs[r]; reg.kind {
	case temporary:
		return fmt.Sprint("t", reg.temp)
	case everyRow:
		return t.place(reg.place) + "→"
	case eachColumn:
		return t.place(reg.place) + "↓"
	default:
		return t.place(reg.place)
	}
}
