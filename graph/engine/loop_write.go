package engine

import "gradbook/graph/kernels"

// A loopWriter makes the loop of a group.
type loopWriter struct {
	*layout
	g        *group
	l        *loop
	within   map[Value]int32 // uses inside the group
	patterns map[Value]pattern
	absorbed map[Value]bool // computed on the way by the kernel of its only user
	reg      map[operandKey]int
}

type operandKey struct {
	v    Value
	kind registerKind
}

// A pattern is how a value is computed by a kernel that does several operations at once.
type pattern struct {
	form     form
	a, b     Value
	s, t     Value
	unscaled bool // s is 1
}

func (l *layout) emitLoop(g *group) *loop {
	w := &loopWriter{layout: l, g: g, l: &loop{total: g.total, length: g.total}, within: map[Value]int32{},
		patterns: map[Value]pattern{}, absorbed: map[Value]bool{}, reg: map[operandKey]int{}}
	if g.length != 0 {
		w.l.length, w.l.rows = g.length, true
	}
	for _, v := range g.members {
		for _, in := range l.values[v].operands() {
			if u := l.root(in); l.of[u] == g {
				w.within[u]++
			}
		}
	}
	for _, v := range g.members {
		w.match(v)
	}
	for _, v := range g.members {
		switch {
		case w.absorbed[v]:
		case l.values[v].kind == reduce:
			w.reduction(v)
		default:
			w.element(v)
		}
	}
	w.assignTemps()
	for i := range w.l.sums {
		w.l.width += w.l.sums[i].widthOf(w.l)
	}
	for _, r := range w.l.regs {
		w.l.refill = w.l.refill || r.kind == splat || r.kind == everyRow || r.kind == eachColumn
	}
	w.l.cuts = [2]cut{w.l.cut(4), w.l.cut(8)}
	w.l.index = l.loops
	l.loops++
	return w.l
}

// match looks for a kernel that computes v together with operands that nobody else needs.
func (w *loopWriter) match(v Value) {
	m := &w.values[v]
	switch {
	case m.kind == reduce && m.reduce == kernels.Sum && m.keeps == single:
		u := w.root(m.in[0])
		if x := &w.values[u]; w.lone(u) && x.kind == element && x.code == kernels.Multiply && x.modes[0] == full && x.modes[1] == full {
			w.take(v, pattern{form: dots, a: x.in[0], b: x.in[1]}, u)
		}
	case m.kind != element:
	case m.code == kernels.Add && m.modes[0] == full && m.modes[1] == full:
		if !w.matchAxpy(v, m.in[0], m.in[1]) {
			w.matchAxpy(v, m.in[1], m.in[0])
		}
	case m.code == kernels.Add:
		for i := range 2 {
			if s, x, ok := w.scaled(m.in[i]); ok && m.modes[i] == full && m.modes[1-i] == single {
				w.take(v, pattern{form: axpb, a: x, s: s, t: m.in[1-i]}, m.in[i])
			}
		}
	case m.code == kernels.Subtract && m.modes[0] == full && m.modes[1] == full:
		w.matchMinus(v, m.in[0], m.in[1])
	}
}

// matchAxpy finds s·x + y.
func (w *loopWriter) matchAxpy(v, product, y Value) bool {
	s, x, ok := w.scaled(product)
	if ok {
		w.take(v, pattern{form: axpy, a: x, b: y, s: s}, product)
	}
	return ok
}

// matchMinus finds s·x + t − y and x + t − y.
func (w *loopWriter) matchMinus(v, sum, y Value) {
	m := &w.values[sum]
	if !w.lone(sum) || m.kind != element || m.code != kernels.Add {
		return
	}
	if p, ok := w.patterns[sum]; ok {
		if p.form == axpb {
			w.take(v, pattern{form: axpbMinus, a: p.a, b: y, s: p.s, t: p.t}, sum)
		}
		return
	}
	for i := range 2 {
		if m.modes[i] == full && m.modes[1-i] == single {
			w.take(v, pattern{form: axpbMinus, a: m.in[i], b: y, t: m.in[1-i], unscaled: true}, sum)
			return
		}
	}
}

func (w *loopWriter) take(v Value, p pattern, absorbed Value) {
	w.patterns[v] = p
	w.absorbed[absorbed] = true
}

// lone reports whether v is computed here and used nowhere but once.
func (w *loopWriter) lone(v Value) bool {
	return w.of[v] == w.g && w.uses[v] == 1 && w.within[v] == 1
}

// scaled takes a lone product of a number and a block apart.
func (w *loopWriter) scaled(v Value) (s, x Value, ok bool) {
	m := &w.values[v]
	if m.kind != element || m.code != kernels.Multiply || !w.lone(v) {
		return 0, 0, false
	}
	for i := range 2 {
		if m.modes[i] == single && m.modes[1-i] == full {
			return m.in[i], m.in[1-i], true
		}
	}
	return 0, 0, false
}

// reduction writes the code of an accumulator.
func (w *loopWriter) reduction(v Value) {
	m := &w.values[v]
	c := loopCode{form: reduces, c: len(w.l.sums), made: v}
	if p, ok := w.patterns[v]; ok {
		c.form, c.a, c.b = dots, w.register(p.a, full), w.register(p.b, full)
	} else {
		c.a = w.register(m.in[0], full)
	}
	w.l.sums = append(w.l.sums, accumulator{m.reduce, m.keeps, w.reserve(v)})
	w.l.code = append(w.l.code, c)
}

// element writes the code of an operation.
func (w *loopWriter) element(v Value) {
	m := &w.values[v]
	c := loopCode{form: vv, code: m.code, made: v}
	if p, ok := w.patterns[v]; ok {
		c.form, c.a, c.t = p.form, w.register(p.a, full), 0
		if p.form != axpb {
			c.b = w.register(p.b, full)
		}
		if p.form != axpy {
			c.t = int(w.scalar(p.t))
		}
		if c.s = w.one(); !p.unscaled {
			c.s = int(w.scalar(p.s))
		}
	} else {
		w.operation(m, &c)
	}
	c.dst = w.result(v)
	w.l.code = append(w.l.code, c)
}

// operation chooses a form with numbers where there is one.
func (w *loopWriter) operation(m *value, c *loopCode) {
	if m.n == 2 && m.modes[1] == single && kernels.WithNumber(m.code, true) {
		c.form, c.a, c.s = vs, w.register(m.in[0], m.modes[0]), int(w.scalar(m.in[1]))
		return
	}
	if m.n == 2 && m.modes[0] == single && kernels.WithNumber(m.code, false) {
		c.form, c.a, c.s = sv, w.register(m.in[1], m.modes[1]), int(w.scalar(m.in[0]))
		return
	}
	operands := [3]*int{&c.a, &c.b, &c.c}
	for i := range m.n {
		*operands[i] = w.register(m.in[i], m.modes[i])
	}
	if m.n == 3 {
		c.form = where3
	}
}

// one is the place of the number 1.
func (w *loopWriter) one() int {
	for _, n := range w.program.numbers {
		if n.value == 1 {
			return n.at
		}
	}
	w.program.numbers = append(w.program.numbers, number{w.top, 1})
	w.top++
	return w.top - 1
}

var kindOf = [...]registerKind{full: moving, single: splat, row: everyRow, column: eachColumn}

// register is where an operand is read.
func (w *loopWriter) register(v Value, m mode) int {
	v = w.root(v)
	k := operandKey{v, kindOf[m]}
	r, ok := w.reg[k]
	if !ok {
		r = len(w.l.regs)
		made := register{kind: k.kind}
		if k.kind == splat {
			made.place = place{inArena, int(w.scalar(v)), 1}
		} else {
			made.place = w.place(v)
		}
		w.l.regs = append(w.l.regs, made)
		w.reg[k] = r
	}
	return r
}

// result is where a value is written: to memory if it is needed after the loop.
func (w *loopWriter) result(v Value) int {
	r := register{kind: temporary}
	if w.uses[v] > w.within[v] {
		r = register{kind: moving, place: w.reserve(v)}
	}
	w.l.regs = append(w.l.regs, r)
	w.reg[operandKey{v, moving}] = len(w.l.regs) - 1
	return len(w.l.regs) - 1
}

// assignTemps lets registers share blocks: one is free after the last code that reads it,
// and may be the result of that code already.
func (w *loopWriter) assignTemps() {
	last := make([]int, len(w.l.regs))
	for i, c := range w.l.code {
		for _, r := range c.reads() {
			last[r] = i
		}
	}
	var free []int
	for i, c := range w.l.code {
		for n, r := range c.reads() {
			reg := &w.l.regs[r]
			if reg.kind == temporary && last[r] == i && !contains(c.reads()[:n], r) {
				free = append(free, reg.temp)
			}
		}
		if c.form >= reduces || w.l.regs[c.dst].kind != temporary {
			continue
		}
		reg := &w.l.regs[c.dst]
		if n := len(free); n > 0 {
			reg.temp, free = free[n-1], free[:n-1]
		} else {
			reg.temp = w.l.temps
			w.l.temps++
		}
	}
	for r := range w.l.regs { // what is the same for all rows, or fills them, has a block of its own
		if k := w.l.regs[r].kind; k == everyRow || k == eachColumn || k == splat {
			w.l.regs[r].temp = w.l.temps
			w.l.temps++
		}
	}
}

func contains(list []int, r int) bool {
	for _, x := range list {
		if x == r {
			return true
		}
	}
	return false
}

// reads lists the registers that the code reads.
func (c *loopCode) reads() []int {
	switch c.form {
	case vv:
		if c.code.Operands() == 2 {
			return []int{c.a, c.b}
		}
	case axpy, axpbMinus, dots:
		return []int{c.a, c.b}
	case where3:
		return []int{c.a, c.b, c.c}
	}
	return []int{c.a}
}
