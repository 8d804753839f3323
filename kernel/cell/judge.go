package cell

import (
	"fmt"
	"go/ast"
	"go/types"
	"maps"
	"slices"
	"strings"
)

// judge checks the cell and whatever must change with it.
//
// The first check finds the types of the cell's variables, which its functions may
// use: it sees statements with their variables as local, so that x := x + 1 reads
// the old x. The second sees the variables at the outermost level, the bodies of
// functions, and the dependents of what was redefined.
func (d *draft) judge() (*checked, Errors) {
	first := d.check(d.outlines(), true)
	if d.importUndefined(first.errs) {
		first = d.check(d.outlines(), true)
	}
	errs := d.explained(first)
	if d.onlyUnknown(first) {
		d.variables(first)
	} else if len(errs) > 0 {
		return nil, errs.sorted()
	}
	d.dependents()
	if len(d.functions()) == 0 && len(d.stale) == 0 && len(errs) == 0 {
		return first, nil
	}
	for {
		second := d.check(append(slices.Clone(d.fresh), d.stale...), true)
		if d.importUndefined(second.errs) {
			continue
		}
		if d.dropBroken(second) {
			continue
		}
		return second, append(errs, d.explained(second)...).sorted()
	}
}

// onlyUnknown reports whether the types of the cell's variables are known, errors
// or not, so that a second check makes sense.
func (d *draft) onlyUnknown(c *checked) bool {
	for _, id := range d.topNames() {
		if obj := c.info.Defs[id]; obj != nil && strings.Contains(obj.Type().String(), "invalid type") {
			return false
		}
	}
	return true
}

// outlines are the cell's declarations whose bodies do not matter to its
// statements.
func (d *draft) outlines() []*entity {
	var es []*entity
	for _, e := range d.fresh {
		if e.sort == typeSort || e.sort == constSort {
			es = append(es, e)
		}
	}
	return es
}

// functions are the functions and methods that the cell declares.
func (d *draft) functions() []*entity {
	var es []*entity
	for _, e := range d.fresh {
		if e.sort == funcSort || e.sort == methodSort {
			es = append(es, e)
		}
	}
	return es
}

// explained are the mistakes that a check found, as errors of the cell.
func (d *draft) explained(c *checked) Errors {
	var errs Errors
	for _, e := range d.mistakes(c) {
		if n := len(errs); n > 0 && strings.HasPrefix(e.Msg, "\t") {
			errs[n-1].Message += "; " + strings.TrimSpace(e.Msg)
			continue
		}
		errs = append(errs, d.explain(c, e))
	}
	return errs
}

// variables enters the cell's variables.
func (d *draft) variables(c *checked) {
	for _, id := range d.topNames() {
		obj := c.info.Defs[id]
		if obj == nil || id.Name == "_" {
			continue
		}
		t := types.Default(obj.Type())
		if b, ok := t.(*types.Basic); ok && b.Kind() == types.UntypedNil {
			continue
		}
		e := d.variable(id.Name, t)
		old := d.find(id.Name)
		if old != nil && old.sort == varSort && typeDisplay(old.typ) == typeDisplay(t) && !d.mentionsRenewed(old) {
			e.emitted = old.emitted
		} else if old != nil {
			d.renewed[id.Name] = true
		}
		d.set(e)
		d.defined = append(d.defined, e)
	}
}

func (d *draft) mentionsRenewed(e *entity) bool {
	for name := range e.mentions {
		if d.renewed[name] {
			return true
		}
	}
	return false
}

// dependents finds the earlier declarations that mention something that has a new
// meaning: they are to be checked and emitted again, and so are their dependents.
func (d *draft) dependents() {
	d.keepSame()
	if len(d.renewed) == 0 {
		return
	}
	fresh := map[*entity]bool{}
	for _, e := range append(slices.Clone(d.fresh), d.defined...) {
		fresh[e] = true
	}
	for again := true; again; {
		again = false
		for _, name := range slices.Sorted(maps.Keys(d.names)) {
			e := d.find(name)
			if e == nil || fresh[e] || e.sort == importSort || !d.affected(e) {
				continue
			}
			copied := *e
			copied.emitted = ""
			d.set(&copied)
			fresh[&copied] = true
			d.stale = append(d.stale, &copied)
			for _, n := range e.names {
				again = again || !d.renewed[n]
				d.renewed[n] = true
			}
		}
	}
}

// affected reports whether e mentions something renewed. A method is mentioned by
// its own name; its type is renewed with it only for the sake of its methods.
func (d *draft) affected(e *entity) bool {
	for name := range d.renewed {
		base, method, isMethod := strings.Cut(name, ".")
		if isMethod && e.mentions[method] && (e.sort != methodSort || e.names[0] != name) {
			return true
		}
		if !isMethod && e.mentions[base] && !slices.Contains(e.names, name) {
			return true
		}
	}
	return false
}

// keepSame forgets that a name is renewed if its declaration is the one it had:
// the cell ran again. A type keeps its emitted form then, and its values.
func (d *draft) keepSame() {
	for i, e := range d.fresh {
		old := d.names[e.names[0]]
		if old == nil || old.sort != e.sort || !slices.Equal(old.names, e.names) || d.text(old.node) != d.text(e.node) {
			continue
		}
		for _, name := range e.names {
			delete(d.renewed, name)
		}
		if e.sort == typeSort && !d.mentionsRenewed(e) && old.emitted != "" {
			same := *e
			same.emitted = old.emitted
			d.set(&same)
			d.fresh[i] = &same
		}
	}
}

// text is the source of a declaration.
func (d *draft) text(node ast.Node) string {
	start, end := d.fset.Position(node.Pos()), d.fset.Position(node.End())
	cell, _, _ := d.position(node.Pos())
	code, ok := d.cells[cell]
	if cell == d.cell.number {
		code, ok = d.cell.code, true
	}
	from, to := start.Offset-len(fileHead), end.Offset-len(fileHead)
	if !ok || from < 0 || to > len(code) {
		return fmt.Sprint(node.Pos())
	}
	return code[from:to]
}

// dropBroken takes away earlier declarations that no longer compile, and reports
// whether there were any. The next use of such a name says why it is gone.
func (d *draft) dropBroken(c *checked) (dropped bool) {
	for _, e := range d.mistakes(c) {
		for i, old := range d.stale {
			if old.node.Pos() <= e.Pos && e.Pos < old.node.End() && old.sort != varSort || old.sort == varSort && e.Pos == old.node.Pos() {
				where := d.errorAt(d.cell, e.Pos, readable(e.Msg))
				for _, name := range old.names {
					d.dropped[name] = "it no longer compiles: " + where.Error()
					d.changed[name] = nil
				}
				d.stale = slices.Delete(d.stale, i, i+1)
				dropped = true
				break
			}
		}
	}
	return dropped
}
