package graph

import (
	"math"
	"slices"
	"testing"
)

// TestBadData: what only the data can be wrong about is an error that names the nodes, with
// their shapes as they were fed, the number, and what was wanted.
func TestBadData(t *testing.T) {
	ids, labels, rate := Placeholder("ids"), Placeholder("labels", -1), Placeholder("rate")
	table, logits := Variable("table", [][]float64{{1, 2}, {3, 4}, {5, 6}}), Placeholder("logits", -1, 4)
	embedding := table.Gather(ids).Named("embedding")
	loss := logits.CrossEntropy(labels)
	wide := [][]float64{{1, 2, 3, 4}, {1, 2, 3, 4}}
	for _, tt := range []struct {
		n    *Node
		feed Feed
		want string
	}{
		{embedding, Feed{ids: []int{0, 2, 1, 12}}, `graph: Gather "embedding": "table" is [3 2], "ids" is [4]: index 12 at place 3 is out of range: want whole numbers from 0 to 2`},
		{embedding, Feed{ids: -1}, `graph: Gather "embedding": "table" is [3 2], "ids" is a number: index -1 is out of range: want whole numbers from 0 to 2`},
		{embedding.Sum().Exp(), Feed{ids: 0.5}, `graph: Gather "embedding": "table" is [3 2], "ids" is a number: index 0.5 is out of range: want whole numbers from 0 to 2`},
		{table.Gather(ids), Feed{ids: [][]float64{{0, math.NaN()}}}, `graph: Gather: "table" is [3 2], "ids" is [1 2]: index NaN at place 1 is out of range: want whole numbers from 0 to 2`},
		{loss, Feed{logits: wide, labels: []int{3, 4}}, `graph: CrossEntropy: "labels" is [2], "logits" is [2 4]: class 4 at place 1 is out of range: want whole numbers from 0 to 3`},
		{logits.Dropout(rate), Feed{logits: wide, rate: 1}, `graph: Dropout: "logits" is [2 4], "rate" is a number: the rate is 1, want a number from 0 to below 1`},
		{labels.Max(), Feed{labels: []int{}}, `graph: Max: "labels" is [0]: it has no elements to choose from`},
		{labels.ArgMax(0), Feed{labels: []int{}}, `graph: ArgMax: "labels" is [0]: it has no elements to choose from`},
	} {
		for _, short := range []bool{false, true} {
			feed := tt.feed
			if short {
				feed = Feed{}
				for n, v := range tt.feed {
					feed[n] = Float32(v)
				}
			}
			if got, err := tt.n.Compute(feed); err == nil || err.Error() != tt.want {
				t.Errorf("got %v, %v\nwant %s", got, err, tt.want)
			}
		}
	}
	if got, err := embedding.Compute(Feed{ids: []int{2, 0}}); err != nil || got.String() != "[[5 6]\n [1 2]]" {
		t.Errorf("after errors: %v, %v", got, err)
	}
}

// TestMinimizeMeetsBadData: the training ends with what it has learned before.
func TestMinimizeMeetsBadData(t *testing.T) {
	ids, y := Placeholder("ids", -1), Placeholder("y", -1)
	table := Variable("table", []float64{0, 0})
	loss := table.Gather(ids).Subtract(y).Square().Mean()
	good, bad := slices.Repeat([]int{0, 1}, 32), []int{7}
	feed := Feed{ids: append(good, bad...), y: make([]float64, 65)}
	fit, err := Minimize(loss, Training{Feed: feed, Batch: 1, Steps: 65})
	want := `graph: Gather: "table" is [2], "ids" is [1]: index 7 is out of range: want whole numbers from 0 to 1`
	if err == nil || err.Error() != want || fit == nil || fit.Reason != "failed" || fit.Steps != len(fit.Losses) {
		t.Errorf("%v, %v, want %s", fit, err, want)
	}
	if fit, err := Minimize(loss, Training{Feed: feed}); err == nil || fit != nil {
		t.Errorf("with all data at once: %v, %v, want an error and nothing learned", fit, err)
	}
}
