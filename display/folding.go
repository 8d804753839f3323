package display

import (
	"slices"
	"strings"

	"gradbook/display/diagram"
)

// A folding has the nodes of a diagram, some of which have been merged into one.
type folding struct {
	nodes  []diagram.Node
	inputs [][]diagram.Input
	what   []string // of each node: the same for those that do the same
	into   []int    // the node that each has been merged into, or itself
	apart  bool     // something has been merged that others stand between
}

func newFolding(d diagram.Diagram, what []string) *folding {
	f := &folding{what: what, nodes: slices.Clone(d.Nodes), into: make([]int, len(d.Nodes))}
	for i, n := range d.Nodes {
		f.into[i] = i
		f.inputs = append(f.inputs, n.Inputs)
	}
	return f
}

// of is the node that stands for another.
func (f *folding) of(i int) int {
	for f.into[i] != i {
		f.into[i] = f.into[f.into[i]]
		i = f.into[i]
	}
	return i
}

// merge makes one node of several: it is the last of them, which has what the others
// depend on as well. Where the result would depend on itself, through a node that is not
// among them, nothing is done, and merge reports false.
func (f *folding) merge(members []int) bool {
	if !f.apart && f.adjoin(members) {
		f.join(members)
		return true // a way out and back would have to pass something that is spread out
	}
	before := slices.Clone(f.into)
	f.join(members)
	if _, ok := f.order(); !ok {
		f.into = before
		return false
	}
	f.apart = true
	return true
}

func (f *folding) join(members []int) {
	last := f.of(members[len(members)-1])
	for _, i := range members {
		f.into[f.of(i)] = last
	}
}

// adjoin reports whether nothing stands between the members, which are in their order, but
// nodes that take nothing.
func (f *folding) adjoin(members []int) bool {
	next := 0
	for i := members[0]; i <= members[len(members)-1]; i++ {
		switch {
		case members[next] == i:
			next++
		case len(f.inputs[i]) > 0:
			return false
		}
	}
	return true
}

// order lists the nodes that stand for themselves, inputs first and otherwise as they were,
// and reports false if that is impossible.
func (f *folding) order() (order []int, ok bool) {
	const waiting, done = 1, 2
	state := make([]int, len(f.into))
	members := f.members()
	type visit struct{ node, member, input int }
	for start := range f.into {
		if f.of(start) != start || state[start] == done {
			continue
		}
		stack := []visit{{node: start}}
		state[start] = waiting
		for len(stack) > 0 {
			v := &stack[len(stack)-1]
			if v.member == len(members[v.node]) {
				state[v.node] = done
				order = append(order, v.node)
				stack = stack[:len(stack)-1]
				continue
			}
			inputs := f.inputs[members[v.node][v.member]]
			if v.input == len(inputs) {
				v.member, v.input = v.member+1, 0
				continue
			}
			from := f.of(inputs[v.input].From)
			v.input++
			switch {
			case from == v.node || state[from] == done:
			case state[from] == waiting:
				return nil, false
			default:
				state[from] = waiting
				stack = append(stack, visit{node: from})
			}
		}
	}
	return order, true
}

// members lists the nodes that each stands for.
func (f *folding) members() [][]int {
	members := make([][]int, len(f.into))
	for i := range f.into {
		members[f.of(i)] = append(members[f.of(i)], i)
	}
	return members
}

// diagram is the diagram of what is left, with what its nodes do. What several members take
// from one node is one arrow.
func (f *folding) diagram(d diagram.Diagram) (diagram.Diagram, []string) {
	order, _ := f.order()
	members := f.members()
	place := make([]int, len(f.into))
	for k, i := range order {
		place[i] = k
	}
	nodes, what := make([]diagram.Node, 0, len(order)), make([]string, len(order))
	for k, i := range order {
		n := f.nodes[i]
		n.Inputs = nil
		var does strings.Builder
		for _, member := range members[i] {
			does.WriteString(f.what[member] + "\n")
			for _, in := range f.inputs[member] {
				from := f.of(in.From)
				if from == i {
					continue
				}
				in.From = place[from]
				if len(members[i]) > 1 {
					in.Local = "" // of one arrow among many, as its gradient is
				}
				if known := slices.ContainsFunc(n.Inputs, func(x diagram.Input) bool { return x.From == in.From }); known && len(members[i]) > 1 {
					continue
				}
				if len(members[i]) > 1 || f.nodes[from].Kind == diagram.Folded {
					in.Gradient = ""
				}
				n.Inputs = append(n.Inputs, in)
			}
		}
		nodes, what[k] = append(nodes, n), does.String()
	}
	d.Nodes = nodes
	if d.Path {
		d.Target = place[f.of(d.Target)]
	}
	return d, what
}
