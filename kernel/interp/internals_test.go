package interp

import (
	"testing"

	"github.com/traefik/yaegi/interp"
)

// TestInternals guards runid.go and internals.go against a new version of yaegi.
func TestInternals(t *testing.T) {
	i := interp.New(interp.Options{})
	if _, ok := runIDOf(i); !ok {
		t.Error("the interpreter has no field id of type uint64")
	}
	l, err := layout()
	if err != nil {
		t.Fatal(err)
	}
	p, err := i.Compile("package main\nfunc f(xs []int, n int) int { return xs[n] }")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	var walk func(n node)
	walk = func(n node) {
		found[n.generatorName(l)] = true
		if n.identifier(l) != "" {
			found["identifier "+n.identifier(l)] = true
		}
		for _, c := range n.children(l) {
			walk(c)
		}
	}
	walk(rootOf(p))
	for _, want := range []string{"getIndexArray", "_return", "identifier xs"} {
		if !found[want] {
			t.Errorf("the tree of nodes has no %s: it has %v", want, found)
		}
	}
}

func TestRunIDIsTheInterpretersOwn(t *testing.T) {
	i := interp.New(interp.Options{})
	id, _ := runIDOf(i)
	id.set(7)
	if again, _ := runIDOf(i); again.get() != 7 {
		t.Errorf("run id is %d, want 7", again.get())
	}
}
