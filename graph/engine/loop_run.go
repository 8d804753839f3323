package engine

import (
	"unsafe"

	"gradbook/graph/kernels"
)

// blockBytes is the memory of a block. Some of them fit into the first cache together.
const blockBytes = 8192

// A chunk is what a thread takes at a time and what has a partial sum of its own. Its
// length must not depend on the number of threads, or sums would.
const (
	chunkBlocks = 16
	maxChunks   = 64 // of loops that leave a row, for each of which a chunk keeps one
)

// A worker is the memory of one thread.
type worker[T kernels.Float] struct {
	m       *Machine[T]
	regs    [][]T
	bases   [][]T
	temps   [][]T
	filled  *loop  // whose numbers and rows are in temps
	help    func() // takes chunks and tells the group
	scratch kernels.Scratch[T]
	columns []T // of an image, for a convolution
	part    []T // of the derivative of its filters
}

func newWorker[T kernels.Float](m *Machine[T]) *worker[T] {
	w := &worker[T]{m: m}
	w.help = func() {
		defer m.group.Done()
		w.take()
	}
	regs, temps, size := 0, 0, 0
	for _, s := range m.program.steps {
		if l := s.loop; l != nil {
			regs, temps, size = max(regs, len(l.regs)), max(temps, l.temps), max(size, cutOf[T](l).block)
		}
	}
	w.regs, w.bases, w.temps = make([][]T, regs), make([][]T, regs), make([][]T, temps)
	for i := range w.temps {
		w.temps[i] = make([]T, size)
	}
	return w
}

// A cut is how a loop is taken apart: chunks of blocks of units, which are elements, or
// rows.
type cut struct{ block, units, perBlock, perChunk, chunks int }

// cutOf is the cut for a type of element.
func cutOf[T kernels.Float](l *loop) *cut {
	if unsafe.Sizeof(T(0)) == 4 {
		return &l.cuts[0]
	}
	return &l.cuts[1]
}

// cut decides for elements of a size. A loop with few elements needs no whole block.
func (l *loop) cut(size int) cut {
	n := blockBytes / size
	if l.rows && l.length <= n {
		n = max(1, n/max(1, l.length)) * l.length
	}
	n = min(n, max(1, l.total))
	c := cut{block: n, units: l.total, perBlock: n}
	if l.rows {
		c.units, c.perBlock = l.total/max(1, l.length), max(1, n/max(1, l.length))
	}
	c.perChunk = c.perBlock * chunkBlocks
	if l.rows && l.length > n {
		c.perChunk = max(1, chunkBlocks*n/l.length)
	}
	for _, s := range l.sums {
		if s.keeps == row {
			c.perChunk = max(c.perChunk, (c.units+maxChunks-1)/maxChunks)
		}
	}
	c.chunks = max(1, (c.units+c.perChunk-1)/c.perChunk)
	return c
}

// widthOf is how many numbers a chunk keeps for an accumulator.
func (a *accumulator) widthOf(l *loop) int {
	switch a.keeps {
	case single:
		return 1
	case row:
		return l.length
	}
	return 0 // a row is never cut over chunks
}

// partials is the memory that the chunks of a loop need.
func (m *Machine[T]) partials(l *loop) int {
	if l == nil {
		return 0
	}
	return cutOf[T](l).chunks * l.width
}

// A singleBlock is what a loop with one block works on. Unless inputs have moved it is the
// same in each run, and a small model lives of that.
type singleBlock[T kernels.Float] struct {
	regs  [][]T
	bound int
}

// runSingle runs a loop that has one block.
func (m *Machine[T]) runSingle(l *loop, c *cut) {
	s, w, rows := &m.singles[l.index], m.workers[0], 0
	if l.rows {
		rows = c.units
	}
	if s.bound != m.bound || l.refill {
		w.filled = nil
		w.begin(l, c.block)
		w.load(l, s.regs, 0, l.total, rows)
		s.bound = m.bound
	}
	sums := m.partial[:l.width]
	w.start(l, sums)
	w.run(l, s.regs, 0, rows, sums)
	m.combine(l, 1)
}

func (m *Machine[T]) runLoop(l *loop) {
	if c := cutOf[T](l); c.units > 0 && c.units <= c.perBlock && (!l.rows || l.length <= c.block) {
		m.runSingle(l, c)
		return
	}
	for _, w := range m.workers {
		w.filled = nil
	}
	if chunks := cutOf[T](l).chunks; m.threads > 1 && chunks > 1 {
		m.task = task[T]{loop: l}
		m.parallel(chunks)
	} else {
		for c := range chunks {
			m.workers[0].chunk(l, c)
		}
	}
	m.combine(l, cutOf[T](l).chunks)
}

// combine adds the partial sums up in the order of the chunks.
func (m *Machine[T]) combine(l *loop, chunks int) {
	at, width := 0, l.width
	for i := range l.sums {
		a := &l.sums[i]
		n := a.widthOf(l)
		if a.keeps == column && l.total == 0 {
			fill(m.memory(a.out), kernels.Start[T](a.reduce)) // rows without elements
		}
		if n == 0 {
			continue
		}
		out := m.memory(a.out)
		if n == 1 {
			out[0] = m.partial[at]
		} else {
			copy(out, m.partial[at:at+n])
		}
		for c := 1; c < chunks; c++ {
			m.accumulate(a.reduce, out, m.partial[c*width+at:][:n])
		}
		at += n
	}
}

// accumulate combines two lists element by element.
func (m *Machine[T]) accumulate(r kernels.Reduction, into, from []T) {
	if len(into) == 1 {
		into[0] = combined(r, into[0], from[0])
		return
	}
	m.kernels.VV[r.Combine()](into, into, from, 0, 0)
}

func combined[T kernels.Float](r kernels.Reduction, a, b T) T {
	switch r {
	case kernels.Largest:
		return max(a, b)
	case kernels.Smallest:
		return min(a, b)
	}
	return a + b
}

// chunk runs a part of a loop.
func (w *worker[T]) chunk(l *loop, c int) {
	t := cutOf[T](l)
	first, last := c*t.perChunk, min((c+1)*t.perChunk, t.units)
	w.begin(l, t.block)
	sums := w.m.partial[c*l.width:]
	w.start(l, sums)
	for at := first; at < last; at += t.perBlock {
		n := min(t.perBlock, last-at)
		switch {
		case !l.rows:
			w.block(l, at, n, 0, sums)
		case l.length <= t.block:
			w.block(l, at*l.length, n*l.length, n, sums)
		default:
			for part := 0; part < l.length; part += t.block {
				w.block(l, at*l.length+part, min(t.block, l.length-part), 1, sums)
			}
		}
	}
}

// start makes partial sums those of nothing.
func (w *worker[T]) start(l *loop, sums []T) {
	for i, at := 0, 0; i < len(l.sums); i++ {
		n := l.sums[i].widthOf(l)
		for j := range sums[at : at+n] {
			sums[at+j] = kernels.Start[T](l.sums[i].reduce)
		}
		at += n
	}
}

// begin looks up what the registers stand for, and fills blocks that stay the same.
func (w *worker[T]) begin(l *loop, most int) {
	if w.filled == l {
		return
	}
	w.filled = l
	for i := range l.regs {
		r := &l.regs[i]
		if r.kind == temporary {
			w.bases[i] = w.temps[r.temp]
			continue
		}
		from := w.m.memory(r.place)
		switch {
		case r.kind == splat:
			from, w.bases[i] = nil, w.temps[r.temp][:most]
			fill(w.bases[i], w.m.arena[r.place.at])
		case r.kind == everyRow && l.length <= most:
			w.bases[i] = w.temps[r.temp][:most]
			for at := 0; at < most; at += l.length {
				copy(w.bases[i][at:], from)
			}
		default:
			w.bases[i] = from
		}
	}
}

func fill[T kernels.Float](s []T, v T) {
	for i := range s {
		s[i] = v
	}
}

// block computes n elements from at on, which with rows are so many whole rows, or a
// part of one.
func (w *worker[T]) block(l *loop, at, n, rows int, sums []T) {
	w.load(l, w.regs, at, n, rows)
	w.run(l, w.regs, at, rows, sums)
}

// load makes the registers those of a block.
func (w *worker[T]) load(l *loop, regs [][]T, at, n, rows int) {
	for i := range l.regs {
		switch r := &l.regs[i]; r.kind {
		case moving:
			regs[i] = w.bases[i][at : at+n]
		case temporary, splat:
			regs[i] = w.bases[i][:n]
		case everyRow:
			regs[i] = w.bases[i][:n]
			if n < l.length {
				regs[i] = w.bases[i][at%l.length:][:n]
			}
		case eachColumn:
			regs[i] = w.temps[r.temp][:n]
			length := n / rows
			for y := range rows {
				fill(regs[i][y*length:(y+1)*length], w.bases[i][(at/l.length+y)%len(w.bases[i])])
			}
		}
	}
}

// run applies the kernels to one block.
func (w *worker[T]) run(l *loop, regs [][]T, at, rows int, sums []T) {
	k, s := w.m.kernels, w.m.arena
	offset := 0
	for i := range l.code {
		c := &l.code[i]
		a, b := regs[c.a], regs[c.b]
		switch c.form {
		case vv:
			k.VV[c.code](regs[c.dst], a, b, 0, 0)
		case vs:
			k.VS[c.code](regs[c.dst], a, nil, s[c.s], 0)
		case sv:
			k.SV[c.code](regs[c.dst], a, nil, s[c.s], 0)
		case axpb:
			k.Axpb(regs[c.dst], a, nil, s[c.s], s[c.t])
		case axpy:
			k.Axpy(regs[c.dst], a, b, s[c.s], 0)
		case axpbMinus:
			k.AxpbMinus(regs[c.dst], a, b, s[c.s], s[c.t])
		case where3:
			k.Choose(regs[c.dst], a, b, regs[c.c])
		case dots:
			sums[offset] += k.Dot(a, b)
			offset++
		case reduces:
			offset += w.reduce(l, &l.sums[c.c], a, at, rows, sums[offset:])
		}
	}
}

// reduce adds a block to an accumulator, and returns how many partial sums that has.
func (w *worker[T]) reduce(l *loop, acc *accumulator, a []T, at, rows int, sums []T) int {
	k := w.m.kernels
	switch acc.keeps {
	case single:
		sums[0] = combined(acc.reduce, sums[0], k.Reduce[acc.reduce](a))
		return 1
	case row:
		length := len(a) / rows
		for y := range rows {
			w.m.accumulate(acc.reduce, sums[at%l.length:][:length], a[y*length:(y+1)*length])
		}
		return l.length
	}
	out := w.m.memory(acc.out)
	length := len(a) / rows
	for y := range rows {
		v := k.Reduce[acc.reduce](a[y*length : (y+1)*length])
		if at%l.length != 0 {
			v = combined(acc.reduce, out[at/l.length], v)
		}
		out[at/l.length+y] = v
	}
	return 0
}
