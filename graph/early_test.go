package graph

import (
	"math"
	"strings"
	"testing"
)

// TestPatience: the loss on other data falls until w passes 1 on its way to 2, and then
// rises; the training ends so many steps later and goes back.
func TestPatience(t *testing.T) {
	for _, tt := range []struct {
		patience int
		reason   string
	}{{5, "no improvement"}, {0, "all steps made"}} {
		w, target := Variable("w", 0), Placeholder("target")
		fit, err := Minimize(w.Subtract(target).Square(), Training{Feed: Feed{target: 2}, Validation: Feed{target: 1},
			Patience: tt.patience, Optimizer: GradientDescent{0.05}, Steps: 50})
		best := 2 - 2*math.Pow(0.9, 7) // of 2 − 2·0.9ⁿ after n steps the nearest to 1
		if got := w.Value().Item(); err != nil || math.Abs(got-best) > 1e-12 || fit.Reason != tt.reason {
			t.Errorf("w is %v, want %v; %v, %v", got, best, fit, err)
		}
		if tt.patience > 0 && fit.Steps != 7+tt.patience {
			t.Errorf("%d steps, want the best one and %d more", fit.Steps, tt.patience)
		}
		if math.Abs(fit.Loss-(best-2)*(best-2)) > 1e-12 {
			t.Errorf("the loss is %v, which is not that of the best value", fit.Loss)
		}
	}
}

func TestPatienceErrors(t *testing.T) {
	w, x := Variable("w", 1), Placeholder("x")
	for want, training := range map[string]Training{
		"Patience needs Validation":   {Patience: 3},
		"Patience is -1":              {Patience: -1},
		`placeholder "x" was not fed`: {Feed: Feed{x: 1}, Validation: Feed{}},
		"is no placeholder":           {Feed: Feed{x: 1}, Validation: Feed{w: 1}},
	} {
		if _, err := Minimize(w.Multiply(x).Square(), training); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}
