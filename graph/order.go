package graph

import (
	"cmp"
	"container/heap"
	"slices"
)

// byAge orders nodes as they were made. A node is made after its inputs, so this is
// an order in which a graph can be computed.
func byAge(a, b *Node) int { return cmp.Compare(a.id, b.id) }

// ancestors returns the nodes and all that they depend on, inputs before what is
// computed from them. It needs no recursion, so a graph may be of any depth.
//
// It always takes the youngest node that it knows of, whose users it has then all
// met: a node that is met again is at the head of the queue again, and nothing needs
// to be remembered of those passed.
func ancestors(nodes ...*Node) []*Node {
	queue := youngest(slices.Clone(nodes))
	heap.Init(&queue)
	var found []*Node
	for len(queue) > 0 {
		n := heap.Pop(&queue).(*Node)
		if len(found) > 0 && found[len(found)-1] == n {
			continue
		}
		found = append(found, n)
		for _, input := range n.inputs {
			heap.Push(&queue, input)
		}
	}
	slices.Reverse(found)
	return found
}

// youngest is a heap with the node that was made last on top.
type youngest []*Node

func (q youngest) Len() int           { return len(q) }
func (q youngest) Less(i, j int) bool { return q[i].id > q[j].id }
func (q youngest) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }

// Push is for package heap.
func (q *youngest) Push(n any) { *q = append(*q, n.(*Node)) }

// Pop is for package heap.
func (q *youngest) Pop() any {
	last := len(*q) - 1
	n := (*q)[last]
	*q = (*q)[:last]
	return n
}
