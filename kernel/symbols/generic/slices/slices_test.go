package slices

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// name is a type of its own, which takes the general road.
type name string

func TestSort(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 100 {
		numbers := make([]float64, random.IntN(50))
		for i := range numbers {
			numbers[i] = []float64{math.NaN(), math.Inf(-1), -1, 0, random.Float64()}[random.IntN(5)]
		}
		want := slices.Clone(numbers)
		slices.Sort(want)
		if Sort(numbers); !same(numbers, want) {
			t.Fatalf("got %v, want %v", numbers, want)
		}
		small := make([]float32, len(numbers)) // not among those that package sort knows
		for i := range small {
			small[i] = float32(numbers[(i*7)%len(numbers)])
		}
		wantSmall := slices.Clone(small)
		slices.Sort(wantSmall)
		if Sort(small); !same(small, wantSmall) {
			t.Fatalf("got %v, want %v", small, wantSmall)
		}
	}
	words := []string{"b", "a", "c"}
	if Sort(words); !slices.Equal(words, []string{"a", "b", "c"}) {
		t.Errorf("got %q", words)
	}
	integers := []int{3, 1, 2}
	if Sort(integers); !slices.Equal(integers, []int{1, 2, 3}) {
		t.Errorf("got %d", integers)
	}
	names := []name{"b", "", "a"}
	if Sort(names); !slices.Equal(names, []name{"", "a", "b"}) {
		t.Errorf("got %q", names)
	}
}

// same is slices.Equal with NaN equal to itself.
func same[E float32 | float64](a, b []E) bool {
	return slices.EqualFunc(a, b, func(x, y E) bool { return x == y || x != x && y != y })
}

func TestSortFunc(t *testing.T) {
	words := strings.Fields("b1 a1 B2 A2 b3 c1")
	lower := func(a, b string) int { return strings.Compare(strings.ToLower(a[:1]), strings.ToLower(b[:1])) }
	stable := slices.Clone(words)
	SortStableFunc(stable, lower)
	if want := strings.Fields("a1 A2 b1 B2 b3 c1"); !slices.Equal(stable, want) {
		t.Errorf("got %q, want %q", stable, want)
	}
	if SortFunc(words, lower); !slices.IsSortedFunc(words, lower) {
		t.Errorf("got %q, which is not sorted", words)
	}
}

func TestOverlaps(t *testing.T) {
	s := make([]int, 10)
	for _, tt := range []struct {
		a, b []int
		want bool
	}{
		{s[0:3], s[2:5], true}, {s[2:5], s[0:3], true}, {s[0:9], s[4:5], true}, {s[4:5], s[0:9], true},
		{s[0:3], s[3:5], false}, {s[5:9], s[0:5], false}, {nil, s, false}, {s, nil, false},
		{s, make([]int, 10), false}, {s, s, true},
	} {
		if got := overlaps(tt.a, tt.b); got != tt.want {
			t.Errorf("got %v, want %v, for lengths %d and %d", got, tt.want, len(tt.a), len(tt.b))
		}
	}
}
