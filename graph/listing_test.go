package graph

import (
	"fmt"
	"strings"
	"testing"
)

// What a listing says of each instruction is compared with the nodes themselves: its shape
// is that of their computed value, and every operation whose value somebody asked for is
// among them.
func TestListing(t *testing.T) {
	x, w := Placeholder("x", -1, 3), Variable("w", [][]float64{{1, 2}, {3, 4}, {5, 6}})
	scores := MatMul(x, w).Add([]float64{1, 2}).Named("scores")
	chances := scores.Softmax(1).Named("chances")
	loss := chances.Log().Mean().Named("loss")
	feed := Feed{x: [][]float64{{1, 2, 3}, {4, 5, 6}}}
	wanted := append([]*Node{scores, chances, loss}, Gradients(loss, w)...)
	l, err := Program(feed, wanted...)
	if err != nil {
		t.Fatal(err)
	}
	out, computed := 0, map[*Node]bool{}
	for _, line := range l.Lines {
		for _, n := range line.Nodes {
			v, err := n.Compute(feed)
			if err != nil {
				t.Fatal(err)
			}
			if got := fmt.Sprint(line.Shape); line.Output && got != fmt.Sprint(v.Shape()) || sizeOf(line.Shape) != v.Size() {
				t.Errorf("%q has shape %s, the value of %s has %v", line.Text, got, n, v.Shape())
			}
			computed[n] = computed[n] || !line.Output
		}
		if line.Output {
			if line.Nodes[0] != wanted[out] {
				t.Errorf("output %d is %s, want %s", out, line.Nodes[0], wanted[out])
			}
			out++
		}
	}
	for _, n := range wanted {
		if !computed[n] {
			t.Errorf("no line computes %s", n)
		}
	}
	if out != len(wanted) || l.Loops == 0 || l.Memory < 8*4 {
		t.Errorf("%d outputs, %d loops, %d bytes, want %d outputs, loops, and room for a value", out, l.Loops, l.Memory, len(wanted))
	}
	text := l.String()
	for _, want := range []string{"[x:6] @ [w:6]  2×3×2", "scores [2 2]", "part of chances [2]", "output", l.Summary()} {
		if !strings.Contains(text, want) {
			t.Errorf("the listing does not contain %q:\n%s", want, text)
		}
	}
}

// Half as many bytes are enough for numbers of 32 bits, and what is computed once is listed
// once.
func TestListingMemory(t *testing.T) {
	list := func(v any) *Listing {
		x := Variable("x", v)
		l, err := Program(nil, x.Exp().Sum(), x.Exp().Mean())
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Count(l.String(), "= exp"); got != 1 {
			t.Errorf("exp is listed %d times, want once:\n%s", got, l)
		}
		return l
	}
	double, single := list([]float64{1, 2, 3}), list(Float32([]float64{1, 2, 3}))
	if 2*single.Memory != double.Memory {
		t.Errorf("%d bytes for float32 and %d for float64, want half as many", single.Memory, double.Memory)
	}
}

func TestListingOfUnknownShape(t *testing.T) {
	x := Placeholder("x", -1, 3)
	if _, err := Program(nil, x.Sum()); err == nil || !strings.Contains(err.Error(), `placeholder "x" is [? 3], so it must be fed`) {
		t.Errorf("got %v, want an error that names x and its shape", err)
	}
	if _, err := Program(nil, nil); err == nil {
		t.Error("a nil node has a program")
	}
	if l, err := Program(nil, Placeholder("y", 2, 3).Sum()); err != nil || l.Instructions != 1 {
		t.Errorf("got %v, %v, want one instruction, since the shape is known", l, err)
	}
}
