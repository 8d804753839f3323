package builtin

import (
	"math"
	"testing"
)

func TestLikeThePredeclared(t *testing.T) {
	for _, x := range []float64{1, 2, math.NaN(), math.Inf(1)} {
		for _, y := range []float64{1, 2, math.NaN(), math.Inf(-1)} {
			if got, want := Min(x, y), min(x, y); math.Float64bits(got) != math.Float64bits(want) && !(got != got && want != want) {
				t.Errorf("Min(%v, %v) is %v, want %v", x, y, got, want)
			}
			if got, want := Max(x, y), max(x, y); math.Float64bits(got) != math.Float64bits(want) && !(got != got && want != want) {
				t.Errorf("Max(%v, %v) is %v, want %v", x, y, got, want)
			}
		}
	}
	if Min("a", "b") != "a" || Max(3, 7) != 7 {
		t.Error("Min or Max is wrong")
	}
}
