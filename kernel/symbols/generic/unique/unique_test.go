package unique

import "testing"

func TestHandle(t *testing.T) {
	a, b, c := Make("x"), Make("x"), Make("y")
	if a != b || a == c || a.Value() != "x" {
		t.Errorf("got %v, %v, %v; want the first two equal", a, b, c)
	}
}
