package display

import (
	"cmp"
	"fmt"
	"html"
	"maps"
	"slices"

	"gradbook/graph"
)

// mostScopes is how many scopes a summary lists.
const mostScopes = 12

// summary says what a graph consists of that is too large to be drawn: how often each
// operation, how deep it is, how many parameters, and the largest parts.
func (d *Diagram) summary() Bundle {
	m := d.model
	counts := map[string]int{}
	depth, deepest := make([]int, len(m.nodes)), 0
	parameters := 0
	for i, n := range m.nodes {
		counts[n.Operation()]++
		for _, from := range m.inputs[i] {
			depth[i] = max(depth[i], depth[from]+1)
		}
		deepest = max(deepest, depth[i])
		if n.Kind() == graph.Parameter {
			parameters += n.Value().Size()
		}
	}
	t := Table{Head: []string{"what", "nodes"}}
	often := func(a, b string) int { return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b)) }
	for _, operation := range slices.SortedFunc(maps.Keys(counts), often) {
		t.Row(operation, counts[operation])
	}
	scopes, _ := m.scopes()
	outer := 0
	for _, s := range scopes {
		if s.around >= 0 {
			continue
		}
		if outer++; outer <= mostScopes {
			t.Row("scope "+s.group.Name(), len(s.members))
		}
	}
	if outer > mostScopes {
		t.Row(fmt.Sprintf("and %d more scopes", outer-mostScopes))
	}
	head := fmt.Sprintf("%s: a graph of %d nodes, too many to draw; %d operations deep, %d numbers in variables",
		m.root().Label(), len(m.nodes), deepest, parameters)
	b := t.bundle()
	b.Data[textPlain] = head + "\n" + t.String()
	b.Data[textMarkdown] = head + "\n\n" + t.markdown()
	b.Data[textHTML] = "<p>" + html.EscapeString(head) + "</p>" + t.HTML()
	return b
}
