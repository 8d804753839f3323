package display

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"gradbook/display/diagram"
	"gradbook/graph"
)

// Expand draws the scopes of these names with all that is in them, in a frame, which
// graphs of more than 150 nodes do not by themselves; without names, every scope, and every
// layer of a network whose layers are alike.
func (d *Diagram) Expand(scopes ...string) *Diagram { return d.fold("Expand", false, scopes) }

// Collapse draws the scopes of these names as one shape each; without names, every scope,
// and of layers that are alike, one after the other, only the first.
func (d *Diagram) Collapse(scopes ...string) *Diagram { return d.fold("Collapse", true, scopes) }

func (d *Diagram) fold(call string, folded bool, scopes []string) *Diagram {
	names := map[string]bool{}
	for _, g := range d.model.groups() {
		names[g.Name()] = true
	}
	if len(scopes) == 0 {
		d.repeats = &folded
		for name := range names {
			scopes = append(scopes, name)
		}
	}
	if d.folded == nil {
		d.folded = map[string]bool{}
	}
	for _, s := range scopes {
		if !names[s] {
			fail(call, "there is no scope %q, want one of %s", s, strings.Join(sorted(names), ", "))
		}
		d.folded[s] = folded
	}
	return d
}

func sorted(names map[string]bool) (s []string) {
	for name := range names {
		s = append(s, name)
	}
	sort.Strings(s)
	if len(s) == 0 {
		return []string{"none: graph.Scope makes them"}
	}
	return s
}

// groups lists the scopes of the model, in the order of their first nodes.
func (m *model) groups() (groups []*graph.Group) {
	for _, n := range m.nodes {
		for _, g := range n.Groups() {
			if !slices.Contains(groups, g) {
				groups = append(groups, g)
			}
		}
	}
	return groups
}

// mostOpen is how many nodes a graph has at most whose scopes are drawn open.
const mostOpen = 150

// A scope is a part of a diagram under a name.
type scope struct {
	group   *graph.Group
	around  int // the scope around it, by number; -1 for none
	members []int
}

// scoped puts the diagram's nodes into its scopes: frames around what is open, and one
// shape for what is folded.
func (d *Diagram) scoped(out diagram.Diagram) diagram.Diagram {
	out, what := d.framed(out, d.what(out))
	fold := len(d.model.nodes) > mostOpen
	if d.repeats != nil {
		fold = *d.repeats
	}
	if !fold || out.Path || len(out.Nodes) > maxDrawn {
		return out
	}
	return repeated(out, what)
}

// what each node of the diagram does: nodes of one operation and one shape do the same.
func (d *Diagram) what(out diagram.Diagram) []string {
	what := make([]string, len(out.Nodes))
	for i := range what {
		what[i] = out.Nodes[i].Kind.String()
		if i < len(d.model.nodes) {
			shape, known := d.model.nodes[i].Shape()
			what[i] += fmt.Sprint(d.model.nodes[i].Operation(), shape, known)
		}
		if out.Nodes[i].Kind == diagram.Constant {
			what[i] += out.Nodes[i].Label
		}
	}
	return what
}

func (d *Diagram) framed(out diagram.Diagram, what []string) (diagram.Diagram, []string) {
	scopes, in := d.model.scopes()
	if len(scopes) == 0 {
		return out, what
	}
	f := newFolding(out, what)
	usable := make([]bool, len(scopes))
	for i, s := range slices.Backward(scopes) { // the inner ones first
		usable[i] = f.merge(s.members)
	}
	f = newFolding(out, what)
	number := make([]int, len(scopes)) // of the frame, from 1
	closed := make([]bool, len(scopes))
	for i, s := range scopes {
		outer := 0
		if s.around >= 0 {
			closed[i], outer = closed[s.around], number[s.around]
		}
		number[i] = outer
		if closed[i] || !usable[i] {
			continue
		}
		if closed[i] = d.isFolded(s); closed[i] {
			f.merge(s.members)
			s.label(&f.nodes[f.of(s.members[0])])
			continue
		}
		out.Groups = append(out.Groups, diagram.Group{Label: s.group.Name(), Tip: s.tip(), In: outer})
		number[i] = len(out.Groups)
	}
	for i, s := range in {
		if s >= 0 {
			f.nodes[i].In = number[s]
		}
	}
	return f.diagram(out)
}

// isFolded is as the user wished, and otherwise for large graphs.
func (d *Diagram) isFolded(s scope) bool {
	if folded, ok := d.folded[s.group.Name()]; ok {
		return folded
	}
	return len(d.model.nodes) > mostOpen
}

func (s scope) tip() string {
	return fmt.Sprintf("%s, a scope of %d nodes", s.group.Name(), len(s.members))
}

// label writes what a folded scope is.
func (s scope) label(n *diagram.Node) {
	tip := n.Tip
	n.Kind, n.Label, n.Name = diagram.Folded, s.group.Name(), fmt.Sprintf("%d nodes", len(s.members))
	n.Tip = s.tip() + "; " + tip
}

// scopes lists those of the model, the outer ones before the inner, and for each node the
// innermost that it is in, or -1. A variable that is used outside of its scope is outside.
func (m *model) scopes() (scopes []scope, in []int) {
	paths := make([][]*graph.Group, len(m.nodes))
	for i := range m.nodes {
		paths[i] = m.nodes[i].Groups()
	}
	for i, inputs := range slices.Backward(m.inputs) {
		for _, from := range inputs {
			if len(m.inputs[from]) == 0 {
				paths[from] = common(paths[from], paths[i])
			}
		}
	}
	type place struct {
		around int
		group  *graph.Group
	}
	numbers := map[place]int{}
	in = make([]int, len(m.nodes))
	for i, path := range paths {
		in[i] = -1
		for _, g := range path {
			at := place{in[i], g}
			n, ok := numbers[at]
			if !ok {
				n = len(scopes)
				numbers[at] = n
				scopes = append(scopes, scope{group: g, around: in[i]})
			}
			scopes[n].members = append(scopes[n].members, i)
			in[i] = n
		}
	}
	return scopes, in
}

// common is what two paths begin with.
func common(a, b []*graph.Group) []*graph.Group {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return a[:n]
}
