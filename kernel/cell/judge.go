package cell

import (
	"cmp"
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
	d.variables(first)
	d.dependents()
	if len(d.functions()) == 0 && len(d.stale) == 0 {
		return first, errs.orElse(d.unplaced(first)).sorted()
	}
	for {
		second := d.check(append(slices.Clone(d.fresh), d.stale...), true)
		if d.importUndefined(second.errs) {
			continue
		}
		if d.dropBroken(second) {
			continue
		}
		return second, errs.and(d.explained(second)).orElse(d.unplaced(second)).sorted()
	}
}

// orElse is es, or others if there are none.
func (es Errors) orElse(others Errors) Errors {
	if len(es) > 0 {
		return es
	}
	return others
}

// and adds the errors at other places.
func (es Errors) and(others Errors) Errors {
	all := slices.Clone(es)
	for _, o := range others {
		if !slices.ContainsFunc(es, func(e *Error) bool { return e.Line == o.Line && e.Column == o.Column }) {
			all = append(all, o)
		}
	}
	return all
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

// explained are the mistakes that a check found, as errors of the cell. What is said
// of types that we have written, where a variable's cannot be, is not the user's.
func (d *draft) explained(c *checked) Errors {
	var errs Errors
	for _, e := range d.mistakes(c) {
		if more, ok := strings.CutPrefix(e.Msg, "\t"); ok {
			if n := len(errs); n > 0 && !strings.HasPrefix(errs[n-1].Message, "label ") {
				errs[n-1].Message += "\n\t" + d.place(e.Pos) + ": " + readable(more)
			}
			continue
		}
		if cell, _, _ := d.position(e.Pos); cell == 0 {
			continue
		}
		if mistake := d.explain(c, e); mistake != nil {
			errs = append(errs, mistake)
		}
	}
	return errs
}

// unplaced are the mistakes in what only we have written. The cell is to blame for them
// if for no others.
func (d *draft) unplaced(c *checked) (errs Errors) {
	for _, e := range d.mistakes(c) {
		if cell, _, _ := d.position(e.Pos); cell == 0 {
			errs = append(errs, &Error{Cell: d.cell.number, Line: 1, Column: 1, Message: readable(e.Msg), Source: line(d.cell.code, 1)})
		}
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
	code := d.texts.of(cell)
	if cell == d.cell.number {
		code = d.cell.code
	}
	from, to := start.Offset-len(fileHead), end.Offset-len(fileHead)
	if from < 0 || to > len(code) {
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
				why := d.reason(c, e, old)
				for _, name := range old.names {
					d.dropped[name] = why
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

// reason tells why an earlier declaration is gone: what this cell has redefined, and
// which line does not go with it. If it only needed another that is gone, the reason is
// the other's.
func (d *draft) reason(c *checked, e types.Error, old *entity) string {
	if why := d.dropped[undefinedName(e.Msg)]; why != "" {
		return why
	}
	var culprits []string
	for _, name := range slices.Sorted(maps.Keys(d.renewed)) {
		_, method, _ := strings.Cut(name, ".")
		if now := d.find(name); now != nil && now.cell == d.cell.number && (old.mentions[name] || old.mentions[method]) {
			culprits = append(culprits, name)
		}
	}
	since := fmt.Sprintf("cell %d", d.cell.number)
	if len(culprits) > 0 {
		since += " redefined " + strings.Join(culprits, " and ")
	}
	return fmt.Sprintf("it no longer compiles since %s: %v", since, d.errorAt(d.cell, e.Pos, d.worded(c, e)))
}

// gone tells why a name is gone, "" if it never was there.
func (d *draft) gone(name string) string { return cmp.Or(d.dropped[name], d.lost[name]) }
