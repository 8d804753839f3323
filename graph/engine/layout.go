package engine

import "slices"

// A layout gives values their places while a program is written. What is needed no more
// makes room for what comes later.
type layout struct {
	*plan
	program *Program
	places  map[Value]place
	left    []int32 // uses that are still to come
	top     int     // of the arena
	singles []int   // free places of one element
	free    []span  // free places of more, by offset
	calls   int
	loops   int
}

// A span is a free part of the arena.
type span struct{ at, size int }

func newLayout(p *plan) *layout {
	l := &layout{plan: p, program: &Program{}, places: make(map[Value]place), left: slices.Clone(p.uses)}
	for v := range Value(len(p.values)) {
		if w := &p.values[v]; w.kind == input {
			l.program.inputs = max(l.program.inputs, w.slot+1)
		}
	}
	return l
}

// place is where a value stands that was computed, fed, or is constant.
func (l *layout) place(v Value) place {
	v = l.root(v)
	if p, ok := l.places[v]; ok {
		return p
	}
	w := &l.values[v]
	p := place{size: w.size}
	switch {
	case w.kind == input:
		p.where, p.at = inInput, w.slot
	case w.size == 1:
		p.at = l.top
		l.top++
		l.program.numbers = append(l.program.numbers, number{p.at, w.number})
	default:
		p.where, p.at = inData, len(l.program.data)
		l.program.data = append(l.program.data, w.data)
	}
	l.places[v] = p
	return p
}

// scalar is the offset in the arena of a value with one element. An input is copied there
// at the beginning of each run.
func (l *layout) scalar(v Value) int32 {
	p := l.place(v)
	if p.where != inInput {
		return int32(p.at)
	}
	v = l.root(v)
	loaded, ok := l.places[-1-v]
	if !ok {
		loaded = place{inArena, l.top, 1}
		l.top++
		l.places[-1-v] = loaded
		l.program.loads = append(l.program.loads, load{p.at, loaded.at})
	}
	return int32(loaded.at)
}

// reserve finds memory for a value.
func (l *layout) reserve(v Value) place {
	p := place{size: l.values[v].size}
	p.at = l.take(p.size)
	l.places[v] = p
	return p
}

func (l *layout) take(size int) int {
	if n := len(l.singles); size == 1 && n > 0 {
		at := l.singles[n-1]
		l.singles = l.singles[:n-1]
		return at
	}
	if size > 1 {
		best := -1
		for i, s := range l.free {
			if s.size >= size && (best < 0 || s.size < l.free[best].size) {
				best = i
			}
		}
		if best >= 0 {
			s := &l.free[best]
			at := s.at
			if s.at, s.size = s.at+size, s.size-size; s.size == 0 {
				l.free = slices.Delete(l.free, best, best+1)
			}
			return at
		}
	}
	at := l.top
	l.top += size
	return at
}

// used counts that v has been computed, and frees the operands that nobody needs after it.
func (l *layout) used(v Value) {
	for _, in := range l.values[v].operands() {
		u := l.root(in)
		if l.left[u]--; l.left[u] == 0 && l.class(u) != none {
			l.release(u)
		}
	}
}

func (l *layout) release(u Value) {
	p, ok := l.places[u]
	if !ok {
		return // it has lived in a loop only
	}
	delete(l.places, u)
	if p.size == 1 {
		l.singles = append(l.singles, p.at)
		return
	}
	if p.size == 0 {
		return
	}
	i, _ := slices.BinarySearchFunc(l.free, p.at, func(s span, at int) int { return s.at - at })
	l.free = slices.Insert(l.free, i, span{p.at, p.size})
	if i+1 < len(l.free) && l.free[i].at+l.free[i].size == l.free[i+1].at {
		l.free[i].size += l.free[i+1].size
		l.free = slices.Delete(l.free, i+1, i+2)
	}
	if i > 0 && l.free[i-1].at+l.free[i-1].size == l.free[i].at {
		l.free[i-1].size += l.free[i].size
		l.free = slices.Delete(l.free, i, i+1)
	}
}
