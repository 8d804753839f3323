package cmp

import (
	"cmp"
	"math"
	"testing"
)

func TestLikeTheStandardLibrary(t *testing.T) {
	numbers := []float64{math.Inf(-1), -1, math.Copysign(0, -1), 0, 1, math.NaN(), math.Inf(1)}
	for _, x := range numbers {
		for _, y := range numbers {
			if got, want := Compare(x, y), cmp.Compare(x, y); got != want {
				t.Errorf("Compare(%v, %v) is %d, want %d", x, y, got, want)
			}
			if got, want := Less(x, y), cmp.Less(x, y); got != want {
				t.Errorf("Less(%v, %v) is %v, want %v", x, y, got, want)
			}
		}
	}
	if Or(0, 0, 3, 4) != 3 || Or[string]() != "" {
		t.Error("Or is wrong")
	}
}
