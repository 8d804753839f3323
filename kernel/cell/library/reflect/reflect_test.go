package reflect

import (
	"reflect"
	"testing"
)

func TestTypeFor(t *testing.T) {
	if got, want := TypeFor[int](), reflect.TypeFor[int](); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
	if got, want := TypeFor[error](), reflect.TypeFor[error](); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestTypeAssert(t *testing.T) {
	if n, ok := TypeAssert[int](reflect.ValueOf(3)); !ok || n != 3 {
		t.Errorf("got %d, %v", n, ok)
	}
	if _, ok := TypeAssert[string](reflect.ValueOf(3)); ok {
		t.Error("3 is a string")
	}
}
