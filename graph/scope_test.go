package graph

import (
	"strings"
	"sync"
	"testing"
)

// groupsOf writes a node's groups from outside to inside.
func groupsOf(n *Node) string {
	var names []string
	for _, g := range n.Groups() {
		names = append(names, g.Name())
	}
	return strings.Join(names, "/")
}

func TestScope(t *testing.T) {
	x, y := Placeholder("x", -1, 3), Placeholder("y", -1, 2)
	layer := func(name string, in, w *Node) *Node { return Scope(name, in.MatMul(w).Tanh(), in) }
	w1, w2 := Variable("w1", [][]float64{{1, 2}, {3, 4}, {5, 6}}), Variable("w2", [][]float64{{1, 2}, {3, 4}})
	h := layer("first", x, w1)
	out := Scope("network", layer("second", h, w2))
	loss := out.Subtract(y).Square().Mean()
	for n, want := range map[*Node]string{
		x: "", y: "", w1: "network/first", h: "network/first", h.inputs[0]: "network/first",
		w2: "network/second", out: "network/second", loss: "", loss.inputs[0]: "",
	} {
		if got := groupsOf(n); got != want {
			t.Errorf("%s is in %q, want %q", n, got, want)
		}
	}
	if a, b := w1.Groups()[0], w2.Groups()[0]; a != b {
		t.Error("the two layers are in different networks")
	}
	if a, b := layer("first", h, w2).Groups()[0], h.Groups()[1]; a == b || a.Name() != b.Name() {
		t.Error("two scopes of one name are one group")
	}
}

func TestScopeMistakes(t *testing.T) {
	x, w := Placeholder("x"), Variable("w", 1.0)
	y := x.Multiply(w)
	for want, call := range map[string]func(){
		"has no name":             func() { Scope("", y) },
		"nil":                     func() { Scope("a", nil) },
		"nil *Node":               func() { Scope("a", y, nil) },
		"cannot be an input too":  func() { Scope("a", y, y) },
		"is not computed from w2": func() { Scope("a", y, Variable("w2", 1.0)) },
	} {
		func() {
			defer func() {
				if err, ok := recover().(*Error); !ok || !strings.Contains(err.Error(), want) {
					t.Errorf("got %v, want an *Error with %q", err, want)
				}
			}()
			call()
		}()
	}
}

// Scopes may be named by several goroutines at the same time.
func TestScopesAtOnce(t *testing.T) {
	shared := Variable("w", 1.0)
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() { Scope("part", shared.Exp()) })
	}
	wait.Wait()
	if got := len(shared.Groups()); got != 8 {
		t.Errorf("the shared variable is in %d groups, want 8", got)
	}
}
