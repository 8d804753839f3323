package display

import (
	"fmt"
	"strings"

	"gradbook/display/diagram"
)

// A chain cuts a diagram where all that is computed passes through one node. What lies
// between two cuts is a link; links of one form, one after the other, are the layers of a
// network.
type chain struct {
	diagram.Diagram
	what   []string // of each node: equal for nodes that do the same
	cuts   []int
	link   []int // of each node: which cut it leads to; -1 for what several links use
	number map[string]int
}

// leastRepeats is how often something is repeated at least to be drawn once only.
const leastRepeats = 3

// repeated draws layers that are alike only once, in a frame that says how many there are.
// The first of them is drawn, with its numbers. what tells nodes apart that look alike.
func repeated(d diagram.Diagram, what []string) diagram.Diagram {
	c := &chain{Diagram: d, what: what, number: map[string]int{}}
	c.cut()
	c.assign()
	forms := c.forms()
	for from := 0; from < len(forms); {
		period, times := repetition(forms[from:])
		if times < leastRepeats || !c.fold(from, period, times) {
			from++
			continue
		}
		from += period * times
	}
	return c.remaining()
}

// repetition finds what a list begins with several times: the period that covers most of
// it, and how often it comes.
func repetition(forms []int) (period, times int) {
	for p := 1; leastRepeats*p <= len(forms); p++ {
		n := 1
		for (n+1)*p <= len(forms) && equal(forms[:p], forms[n*p:(n+1)*p]) {
			n++
		}
		if n >= leastRepeats && n*p > period*times {
			period, times = p, n
		}
	}
	return period, times
}

func equal(a, b []int) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// spine lists the longest chain of operations up to the last node.
func (c *chain) spine() (spine []int) {
	depth := make([]int, len(c.Nodes))
	for i, n := range c.Nodes {
		for _, in := range n.Inputs {
			depth[i] = max(depth[i], depth[in.From]+1)
		}
	}
	for v := len(c.Nodes) - 1; ; {
		spine = append(spine, v)
		next := -1
		for _, in := range c.Nodes[v].Inputs {
			if next < 0 || depth[in.From] > depth[next] {
				next = in.From
			}
		}
		if next < 0 {
			break
		}
		v = next
	}
	for i, k := 0, len(spine)-1; i < k; i, k = i+1, k-1 {
		spine[i], spine[k] = spine[k], spine[i]
	}
	return spine
}

// cut finds the nodes of the spine that no way round leads past: one that leaves the spine
// at a lower place and comes back at a higher one.
func (c *chain) cut() {
	spine := c.spine()
	at := make([]int, len(c.Nodes)) // place on the spine, or of the lowest that an operation beside it takes
	for i := range at {
		at[i] = len(spine)
	}
	on := make([]bool, len(c.Nodes))
	for k, v := range spine {
		at[v], on[v] = k, true
	}
	past := make([]int, len(spine)+1) // how many ways begin or end to lead past a place
	for v, n := range c.Nodes {
		for _, in := range n.Inputs {
			switch from := at[in.From]; {
			case from == len(spine):
			case !on[v]:
				at[v] = min(at[v], from)
			case from+1 < at[v]:
				past[from+1]++
				past[at[v]]--
			}
		}
	}
	ways := 0
	for k, v := range spine {
		if ways += past[k]; ways == 0 {
			c.cuts = append(c.cuts, v)
		}
	}
}

// assign says which link each node is in.
func (c *chain) assign() {
	c.link = make([]int, len(c.Nodes))
	const unseen = -2
	for i := range c.link {
		c.link[i] = unseen
	}
	for k, v := range c.cuts {
		c.link[v] = k
	}
	cut := map[int]bool{}
	for _, v := range c.cuts {
		cut[v] = true
	}
	for v := len(c.Nodes) - 1; v >= 0; v-- {
		for _, in := range c.Nodes[v].Inputs {
			switch {
			case cut[in.From]:
			case c.link[in.From] == unseen:
				c.link[in.From] = c.link[v]
			case c.link[in.From] != c.link[v]:
				c.link[in.From] = -1
			}
		}
	}
}

// forms numbers the links: those of one form have one number.
func (c *chain) forms() []int {
	form := make([]int, len(c.Nodes))
	forms := make([]int, 0, len(c.cuts))
	next := 0
	for v, n := range c.Nodes {
		key := strings.Builder{}
		key.WriteString(c.what[v])
		for _, in := range n.Inputs {
			switch from := c.link[in.From]; {
			case from == c.link[v]:
				fmt.Fprintf(&key, " %d", form[in.From])
			case from >= 0:
				fmt.Fprintf(&key, " from %d", c.link[v]-from) // the cut before
			default:
				fmt.Fprintf(&key, " node %d", in.From)
			}
		}
		form[v] = c.numberOf(key.String())
		if next < len(c.cuts) && v == c.cuts[next] {
			forms = append(forms, form[v])
			next++
		}
	}
	return forms
}

func (c *chain) numberOf(key string) int {
	n, ok := c.number[key]
	if !ok {
		n = len(c.number)
		c.number[key] = n
	}
	return n
}

// fold keeps the first period of links, in a frame, and marks the others as gone; what took
// the last one takes the first. What stands in different frames is not folded.
func (c *chain) fold(from, period, times int) bool {
	kept, last := c.cuts[from+period-1], c.cuts[from+period*times-1]
	around := c.Nodes[kept].In
	of := func(v int) (link int, in bool) {
		link = c.link[v] - from
		return link, c.link[v] >= 0 && link >= 0 && link < period*times
	}
	for v, n := range c.Nodes {
		if _, in := of(v); in && n.In != around {
			return false
		}
	}
	c.Groups = append(c.Groups, diagram.Group{
		Label: fmt.Sprintf("× %d", times), In: around,
		Tip: fmt.Sprintf("%d parts of one form, one after the other, of which the first is drawn", times),
	})
	for v := range c.Nodes {
		switch link, in := of(v); {
		case in && link < period:
			c.Nodes[v].In = len(c.Groups)
		case in:
			c.link[v] = gone
		default:
			for i := range c.Nodes[v].Inputs {
				if input := &c.Nodes[v].Inputs[i]; input.From == last {
					input.From = kept
				}
			}
		}
	}
	return true
}

const gone = -3

// remaining is the diagram of the nodes that are drawn.
func (c *chain) remaining() diagram.Diagram {
	place := make([]int, len(c.Nodes))
	var nodes []diagram.Node
	for v, n := range c.Nodes {
		if c.link[v] == gone {
			continue
		}
		place[v] = len(nodes)
		inputs := make([]diagram.Input, len(n.Inputs))
		for i, in := range n.Inputs {
			in.From = place[in.From]
			inputs[i] = in
		}
		n.Inputs = inputs
		nodes = append(nodes, n)
	}
	c.Nodes = nodes
	return c.Diagram
}
