package graph

import "slices"

// A Group is a part of a model that [Scope] has named.
type Group struct{ name string }

// Name is what it was called. Two groups of one name are different ones.
func (g *Group) Name() string { return g.name }

// Scope names a part of a model and returns its output: everything that the output is
// computed from, up to the inputs, which stay outside, as do placeholders. Diagrams draw a
// frame around it, or fold it into one shape. A layer is a good scope:
//
//	func dense(name string, x, w, b *graph.Node) *graph.Node {
//		return graph.Scope(name, x.MatMul(w).Add(b).Tanh(), x)
//	}
//
// A scope that is named later goes around those of its nodes that were named before. It
// changes nothing else: neither names nor values. Inputs that the output does not depend
// on are a mistake, of which Scope panics with an [*Error].
func Scope(name string, output *Node, inputs ...*Node) *Node {
	fail := func(problem string) {
		panic(&Error{Operation: "Scope", Operands: append([]*Node{output}, inputs...), Problem: problem})
	}
	switch {
	case output == nil || slices.Contains(inputs, nil):
		panic(&Error{Operation: "Scope", Problem: "a nil *Node cannot be in " + name})
	case name == "":
		fail("the scope has no name")
	case slices.Contains(inputs, output):
		fail("the first node is the output of " + name + ", so it cannot be an input too")
	}
	group := &Group{name}
	var members []*Node
	met := map[*Node]bool{}
	for waiting := []*Node{output}; len(waiting) > 0; {
		n := waiting[len(waiting)-1]
		waiting = waiting[:len(waiting)-1]
		if met[n] {
			continue
		}
		met[n] = true
		if slices.Contains(inputs, n) || n.Kind() == Data {
			continue
		}
		members = append(members, n)
		waiting = append(waiting, n.inputs...)
	}
	for _, n := range inputs {
		if !met[n] {
			fail("the output of " + name + " is not computed from " + n.Label())
		}
	}
	for _, n := range members {
		n.join(group)
	}
	return output
}

func (n *Node) join(g *Group) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.groups = append(n.groups, g)
}

// Groups returns the groups that [Scope] has put the node into, the outermost first.
func (n *Node) Groups() []*Group {
	n.mu.Lock()
	defer n.mu.Unlock()
	groups := slices.Clone(n.groups)
	slices.Reverse(groups)
	return groups
}
