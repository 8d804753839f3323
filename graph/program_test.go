package graph

import (
	"fmt"
	"math"
	"slices"
	"sync"
	"testing"
)

// TestProgramOrder: inputs come first, every node comes once, and the compiled program
// keeps its invariants.
func TestProgramOrder(t *testing.T) {
	l := newLine()
	for _, outputs := range [][]*Node{
		{l.loss},
		{l.loss, l.prediction, l.w},
		{l.w, l.w},
		append(Gradients(l.loss, l.w, l.b), l.loss),
	} {
		p := compile(outputs)
		seen := map[*Node]bool{}
		for _, n := range p.order {
			if seen[n] || slices.ContainsFunc(n.inputs, func(in *Node) bool { return !seen[in] }) {
				t.Errorf("%v: %v comes twice, or before its inputs", outputs, n)
			}
			seen[n] = true
		}
		fed, err := l.feed().tensors()
		if err != nil {
			t.Fatal(err)
		}
		f := idleFrame[float64](p)
		if err := f.run(fed); err != nil {
			t.Fatal(err)
		}
		if wrong := f.variant.code.Check(); len(wrong) > 0 {
			t.Errorf("%q in\n%v", wrong, f.variant.code)
		}
	}
}

// TestProgramRemembered: the same nodes are compiled once, others anew.
func TestProgramRemembered(t *testing.T) {
	l := newLine()
	first := compile([]*Node{l.loss, l.prediction})
	if compile([]*Node{l.loss, l.prediction}) != first {
		t.Error("the same outputs were compiled twice")
	}
	if other := compile([]*Node{l.loss}); other == first || len(other.outputs) != 1 {
		t.Error("other outputs got the same program")
	}
}

// TestFrameReuse: a run that has seen the shapes before allocates nothing, and one
// that has not gets them right.
func TestFrameReuse(t *testing.T) {
	l := newLine()
	fed, err := l.feed().tensors()
	if err != nil {
		t.Fatal(err)
	}
	f := idleFrame[float64](compile(append([]*Node{l.loss}, Gradients(l.loss, l.w, l.b)...)))
	run := func() {
		if err := f.run(fed); err != nil {
			t.Fatal(err)
		}
	}
	run()
	before := f.output(0).data[0]
	if n := testing.AllocsPerRun(10, run); n != 0 {
		t.Errorf("a run allocates %v times, want never", n)
	}
	small, err := Feed{l.x: []float64{10, 10}, l.y: 4}.tensors()
	if err != nil {
		t.Fatal(err)
	}
	if err := f.run(small); err != nil || f.output(0).data[0] != 4 {
		t.Errorf("with other shapes: %v, %v, want 4", f.output(0), err)
	}
	wrong, err := Feed{l.x: []float64{1, 2}, l.y: []float64{1, 2, 3}}.tensors()
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := f.run(wrong); err == nil {
			t.Error("shapes that do not fit ran")
		}
	}
	if run(); f.output(0).data[0] != before {
		t.Errorf("after other shapes and an error: %v, want %v", f.output(0), before)
	}
}

// TestResultsStay: what Compute returned does not change when it is called again.
func TestResultsStay(t *testing.T) {
	x := Placeholder("x")
	y := x.Multiply(2)
	first, err1 := y.Compute(Feed{x: []float64{1, 2}})
	second, err2 := y.Compute(Feed{x: []float64{3, 4}})
	if got := fmt.Sprint(first, second, err1, err2); got != "[2 4] [6 8] <nil> <nil>" {
		t.Errorf("got %s", got)
	}
}

// TestFeedOrder: of several feeds the later wins, and what no node needs is ignored.
func TestFeedOrder(t *testing.T) {
	x, y, unused := Placeholder("x"), Placeholder("y"), Placeholder("unused")
	got, err := x.Subtract(y).Compute(Feed{x: 1, y: 2, unused: []int{1, 2, 3}}, Feed{x: 5})
	if err != nil || got.Item() != 3 {
		t.Errorf("%v, %v, want 5 − 2", got, err)
	}
	if all, err := Compute(nil); len(all) != 0 || err != nil {
		t.Errorf("nothing asked for: %v, %v", all, err)
	}
}

// TestComputeWhileTraining: cells in goroutines may look at a model that learns. The
// race detector watches; the values are whole, never half changed.
func TestComputeWhileTraining(t *testing.T) {
	v := Variable("v", []float64{8, 8})
	loss := v.Square().Sum()
	var group sync.WaitGroup
	for range 3 {
		group.Go(func() {
			for range 200 {
				got, err := v.Multiply(1).Compute()
				if err != nil || got.At(0) != got.At(1) {
					t.Errorf("%v, %v, want two equal elements", got, err)
				}
				_, _, _ = loss.Formula(), v.String(), v.Label()
				if _, err := loss.Compute(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	if _, err := Minimize(loss, Training{Steps: 300}); err != nil {
		t.Error(err)
	}
	group.Wait()
	if got := v.Value().Float64s(); !slices.Equal(got, []float64{got[0], got[0]}) || math.Abs(got[0]) > 1 {
		t.Errorf("trained to %v, want nearly 0 twice", got)
	}
}
