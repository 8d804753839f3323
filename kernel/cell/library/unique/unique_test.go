package unique

import "testing"

func TestMake(t *testing.T) {
	type pair struct{ a, b int }
	first, second := Make(pair{1, 2}), Make(pair{1, 2})
	if first != second || Make("x") == Make("y") {
		t.Error("handles are equal if and only if their values are: they are not")
	}
	if got := Make(pair{1, 2}).Value(); got != (pair{1, 2}) {
		t.Errorf("got %v, want {1 2}", got)
	}
}
