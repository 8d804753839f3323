package maps

import (
	"maps"
	"testing"
)

type ages map[string]int

func TestClone(t *testing.T) {
	original := ages{"a": 1, "b": 2}
	clone := Clone(original)
	if !maps.Equal(clone, original) {
		t.Errorf("got %v, want %v", clone, original)
	}
	clone["c"] = 3
	if len(original) != 2 {
		t.Error("the clone is the original")
	}
	if Clone(ages(nil)) != nil {
		t.Error("the clone of nil is not nil")
	}
}
