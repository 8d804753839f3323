package graph

import (
	"math"
	"reflect"
	"slices"
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
	w, x, late := Variable("w", 1), Placeholder("x"), Placeholder("late")
	for want, training := range map[string]Training{
		"Patience needs Validation":   {Patience: 3},
		"Patience is -1":              {Patience: -1},
		`placeholder "x" was not fed`: {Feed: Feed{x: 1}, Validation: Feed{}},
		"is no placeholder":           {Feed: Feed{x: 1}, Validation: Feed{w: 1}},
		"Every is -2":                 {Feed: Feed{x: 1}, Validation: Feed{x: 1}, Every: -2},
		"Metrics need Validation":     {Feed: Feed{x: 1}, Metrics: []*Node{w}},
		"Metrics holds a nil":         {Feed: Feed{x: 1}, Validation: Feed{x: 1}, Metrics: []*Node{nil}},
		`two metrics are named "w"`:   {Feed: Feed{x: 1}, Validation: Feed{x: 1}, Metrics: []*Node{w, w}},
		`the metric "pair" is [2]`:    {Feed: Feed{x: 1}, Validation: Feed{x: 1}, Metrics: []*Node{Constant([]int{1, 2}).Named("pair")}},
		`the metric "late" is [3]`:    {Feed: Feed{x: 1}, Validation: Feed{x: 1, late: []int{1, 2, 3}}, Metrics: []*Node{late}},
	} {
		if _, err := Minimize(w.Multiply(x).Square(), training); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

// TestScores: after n steps w is 2 − 2·0.9ⁿ. It is judged after every fourth step and the
// last one, and the best of those is kept: the eighth, of which 2 − 2·0.9⁸ is nearest to 1.
func TestScores(t *testing.T) {
	w, target := Variable("w", 0), Placeholder("target")
	double := w.Multiply(2).Named("double")
	var reported []*Scores
	fit, err := Minimize(w.Subtract(target).Square(), Training{Feed: Feed{target: 2}, Validation: Feed{target: 1}, Every: 4,
		Metrics: []*Node{double, w.Named("itself")}, Optimizer: GradientDescent{0.05}, Steps: 10,
		Report: func(p Progress) { reported = append(reported, p.Scores) }})
	if err != nil {
		t.Fatal(err)
	}
	at := func(n int) float64 { return 2 - 2*math.Pow(0.9, float64(n)) }
	var steps []int
	for _, s := range fit.Validation {
		steps = append(steps, s.Step)
		want := at(s.Step)
		if math.Abs(s.Metrics["double"]-2*want) > 1e-12 || math.Abs(s.Metrics["itself"]-want) > 1e-12 || math.Abs(s.Loss-(want-1)*(want-1)) > 1e-12 {
			t.Errorf("%+v, want %v twice and once, and its squared distance from 1", s, want)
		}
		if r := reported[s.Step-1]; r == nil || !reflect.DeepEqual(*r, s) {
			t.Errorf("step %d was reported with %+v, want %+v", s.Step, r, s)
		}
	}
	if !slices.Equal(steps, []int{4, 8, 10}) || len(reported) != 11 || reported[0] != nil || reported[10] != nil {
		t.Errorf("judged after steps %v, reported %v; want 4, 8 and 10, and nothing else", steps, reported)
	}
	if got := w.Value().Item(); math.Abs(got-at(8)) > 1e-12 {
		t.Errorf("w is %v, want %v", got, at(8))
	}
}
