package engine

import (
	"cmp"
	"slices"
)

// A class says what computes a value.
type class uint8

const (
	none   class = iota // nothing: it is fed, constant, or another's elements
	scalar              // scalar code
	looped              // a loop
	alone               // an instruction of its own
)

// A plan puts the values that are needed into groups, each of which one step computes,
// in an order in which they can run. The stage of a value is the number of steps that
// must come before it.
type plan struct {
	*Builder
	outputs []Value
	live    []bool
	uses    []int32 // how many operands and outputs a value is
	stage   []int32
	groups  []*group
	of      []*group // of each value
	seen    map[groupKey]*group
}

type groupKey struct {
	stage int32
	class class
	total int // of a loop
	only  Value
}

// A group is what one step computes.
type group struct {
	groupKey
	length  int // of the rows of a loop; 0 if no value needs rows
	members []Value
}

func (b *Builder) plan(outputs []Value) *plan {
	n := len(b.values)
	p := &plan{Builder: b, outputs: outputs, live: make([]bool, n), uses: make([]int32, n), stage: make([]int32, n), of: make([]*group, n), seen: map[groupKey]*group{}}
	for _, v := range outputs {
		p.live[v] = true
		p.uses[p.root(v)]++
	}
	for v := n - 1; v >= 0; v-- {
		if p.live[v] {
			for _, in := range b.values[v].operands() {
				p.live[in] = true
				if b.values[v].kind != view {
					p.uses[p.root(in)]++
				}
			}
		}
	}
	for v := range Value(n) {
		if p.live[v] && p.class(v) != none {
			p.place(v)
		}
	}
	slices.SortStableFunc(p.groups, func(a, b *group) int {
		return cmp.Or(cmp.Compare(a.stage, b.stage), cmp.Compare(a.class, b.class))
	})
	return p
}

// root is the value whose elements v has.
func (b *Builder) root(v Value) Value {
	for b.values[v].kind == view {
		v = b.values[v].in[0]
	}
	return v
}

func (b *Builder) class(v Value) class {
	switch w := &b.values[v]; w.kind {
	case input, constant, view, broadcast:
		return none
	case element:
		if w.size == 1 {
			return scalar
		}
		return looped
	case reduce:
		return looped
	}
	return alone
}

// total is how many elements a loop must pass for a value.
func (b *Builder) total(v Value) int {
	if w := &b.values[v]; w.kind == reduce {
		return b.values[w.in[0]].size
	}
	return b.values[v].size
}

// place finds the group of a value.
func (p *plan) place(v Value) {
	w := &p.values[v]
	k := groupKey{class: p.class(v)}
	switch k.class {
	case looped:
		k.total = p.total(v)
	case alone:
		k.only = v
	}
	for i, in := range w.operands() {
		u := p.root(in)
		if p.class(u) == none {
			continue
		}
		k.stage = max(k.stage, p.stage[u]+p.barrier(u, v, i))
	}
	g := p.seen[k]
	for g != nil && w.length != 0 && g.length != 0 && g.length != w.length {
		k.stage++
		g = p.seen[k]
	}
	if g == nil {
		g = &group{groupKey: k}
		p.seen[k] = g
		p.groups = append(p.groups, g)
	}
	g.length = max(g.length, w.length)
	g.members = append(g.members, v)
	p.stage[v], p.of[v] = k.stage, g
}

// barrier is 1 if a value can be computed only when the step of its operand is done.
func (p *plan) barrier(u, v Value, operand int) int32 {
	cu, cv := p.class(u), p.class(v)
	if cu == scalar && cv == scalar {
		return 0
	}
	w := &p.values[v]
	if cu == looped && cv == looped && p.values[u].kind == element && p.total(u) == p.total(v) && (w.kind == reduce || w.modes[operand] == full) {
		return 0
	}
	return 1
}
