package interp

import (
	"strings"
	"testing"
)

// Statements hold lists of themselves by way of a block, so that whichever struct is
// asked for first is not made when it is met again.
func TestStructsThatReferToOneAnother(t *testing.T) {
	h := newHarness(t, nil)
	err := h.LoadTypes(t.Context(), `package main
type block struct { stmts []stmt; up *stmt; names map[string]block }
type stmt struct { id int; body block; two [2]pair; next func(stmt) pair }
type pair struct { a, b int; all chan []stmt }
`)
	if err != nil {
		t.Fatal(err)
	}
	err = h.run(t, `
b := block{names: map[string]block{}}
for i := 0; i < 5; i++ {
	s := stmt{id: i, next: func(s stmt) pair { return pair{a: s.id, b: len(s.body.stmts)} }}
	s.body.stmts = append(s.body.stmts, stmt{id: 10 * i})
	b.stmts = append(b.stmts, s)
}
b.up = &b.stmts[2]
b.names["all"] = b
b.stmts[3].two[1] = pair{a: 7, b: 8, all: make(chan []stmt, 1)}
b.stmts[3].two[1].all <- b.stmts
for _, s := range <-b.stmts[3].two[1].all { x += s.id + s.body.stmts[0].id }
x += 1000 * (b.up.next(*b.up).a + b.names["all"].stmts[3].two[1].b)`)
	if err != nil {
		t.Fatal(err)
	}
	if got := h.int(t, "x"); got != 10110 {
		t.Errorf("got %d, want 10110", got)
	}
}

func TestTypeThatIsNotThere(t *testing.T) {
	h := newHarness(t, nil)
	if _, ok := typeOf(h.yaegi, "nothing"); ok {
		t.Error("found a type that nobody has declared")
	}
	h.load(t, "type some struct{ n int }")
	typ, ok := typeOf(h.yaegi, "some")
	if !ok || !typ.make(unfinished) || !strings.HasPrefix((*typ.reflected()).String(), "struct { Xn int") {
		t.Errorf("the struct is %v, %v", typ, ok)
	}
}
