package reflect

import (
	"fmt"
	"reflect"
	"testing"
)

func TestTypeFor(t *testing.T) {
	if got, want := TypeFor[fmt.Stringer](), reflect.TypeFor[fmt.Stringer](); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
	if got, want := TypeFor[[]int](), reflect.TypeFor[[]int](); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestTypeAssert(t *testing.T) {
	v := reflect.ValueOf(7)
	if n, ok := TypeAssert[int](v); n != 7 || !ok {
		t.Errorf("got %d, %v; want 7, true", n, ok)
	}
	if s, ok := TypeAssert[string](v); s != "" || ok {
		t.Errorf("got %q, %v; want nothing", s, ok)
	}
}
