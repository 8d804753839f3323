package engine

import "fmt"

// Check verifies what must be true of a program, and says what is not: whatever is read
// was written before, by one instruction as a whole, and not overwritten since; nothing
// is written over what the same instruction reads; all is inside the arena.
func (p *Program) Check() []string {
	c := &checker{program: p, written: map[int]int{}}
	for _, n := range p.numbers {
		c.write(place{at: n.at, size: 1})
	}
	for _, l := range p.loads {
		c.write(place{at: l.at, size: 1})
	}
	for i := range p.steps {
		c.step = i
		c.check(&p.steps[i])
	}
	for _, o := range p.outputs {
		c.read(o)
	}
	return c.wrong
}

type checker struct {
	program *Program
	step    int
	written map[int]int // size of what is valid, by its offset
	wrong   []string
}

func (c *checker) complain(format string, args ...any) {
	c.wrong = append(c.wrong, fmt.Sprintf("step %d: ", c.step)+fmt.Sprintf(format, args...))
}

func (c *checker) read(p place) {
	switch {
	case p.where == inInput && p.at >= c.program.inputs || p.where == inData && p.at >= len(c.program.data):
		c.complain("%v does not exist", p)
	case p.where == inArena && p.size > 0 && c.written[p.at] != p.size:
		c.complain("%v is read, but %d elements are there", p, c.written[p.at])
	}
}

func (c *checker) write(p place) {
	if p.where != inArena || p.at < 0 || p.at+p.size > c.program.arena {
		c.complain("%v is written, outside the arena of %d", p, c.program.arena)
	}
	for at, size := range c.written {
		if overlap(place{at: at, size: size}, p) {
			delete(c.written, at)
		}
	}
	if p.size > 0 {
		c.written[p.at] = p.size
	}
}

func overlap(a, b place) bool {
	return a.where == inArena && b.where == inArena && a.size > 0 && b.size > 0 && a.at < b.at+b.size && b.at < a.at+a.size
}

// apart reads and writes what one instruction does, whose results must not stand where
// its operands or one another do.
func (c *checker) apart(in, out []place) {
	for _, r := range in {
		c.read(r)
	}
	for i, w := range out {
		for _, other := range append(in, out[:i]...) {
			if overlap(w, other) {
				c.complain("%v overlaps %v", w, other)
			}
		}
		c.write(w)
	}
}

func (c *checker) check(s *step) {
	switch {
	case s.loop != nil:
		c.loop(s.loop)
	case s.product != nil:
		c.apart([]place{s.product.a, s.product.b}, []place{s.product.out})
	case s.conv != nil:
		c.apart([]place{s.conv.a, s.conv.b}, []place{s.conv.out})
	case s.copy != nil:
		c.apart([]place{s.copy.from}, []place{s.copy.out})
	case s.call != nil:
		c.apart(s.call.in, []place{s.call.out})
	default:
		for _, q := range c.program.code[s.from:s.to] {
			for _, at := range []int32{q.a, q.b, q.c}[:q.code.Operands()] {
				c.read(place{at: int(at), size: 1})
			}
			c.write(place{at: int(q.dst), size: 1})
		}
	}
}

func (c *checker) loop(l *loop) {
	var in, out []place
	made, temps := map[int]bool{}, map[int]int{} // registers with a value, and which has a block
	for i := range l.code {
		q := &l.code[i]
		for _, r := range q.reads() {
			reg := l.regs[r]
			if reg.kind == temporary && (!made[r] || temps[reg.temp] != r) {
				c.complain("code %d reads block %d, which another has", i, reg.temp)
			}
			if reg.kind != temporary && !made[r] {
				in = append(in, reg.place)
			}
		}
		switch q.form {
		case dots, reduces:
			out = append(out, l.sums[q.c].out)
			continue
		case vs, sv:
			in = append(in, place{at: q.s, size: 1})
		case axpb, axpbMinus:
			in = append(in, place{at: q.s, size: 1}, place{at: q.t, size: 1})
		case axpy:
			in = append(in, place{at: q.s, size: 1})
		}
		made[q.dst] = true
		if reg := l.regs[q.dst]; reg.kind == temporary {
			temps[reg.temp] = q.dst
		} else {
			out = append(out, reg.place)
		}
	}
	c.apart(in, out)
}
