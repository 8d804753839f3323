package slices

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// random makes slices with some equal elements, of all small lengths.
func random(r *rand.Rand) []int {
	s := make([]int, r.IntN(12))
	for i := range s {
		s[i] = r.IntN(6)
	}
	return s
}

func odd(i int) bool { return i%2 == 1 }

func sameParity(a, b int) bool { return odd(a) == odd(b) }

func down(a, b int) int { return cmp.Compare(b, a) }

// TestLikeTheStandardLibrary calls each function and its namesake with the same
// random slices.
func TestLikeTheStandardLibrary(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		a, b, v := random(r), random(r), r.IntN(6)
		i := r.IntN(len(a) + 1)
		j := i + r.IntN(len(a)-i+1)
		for _, row := range []struct {
			name      string
			got, want func(a, b []int) any
		}{
			{"Clone", func(a, _ []int) any { return Clone(a) }, func(a, _ []int) any { return slices.Clone(a) }},
			{"Equal", func(a, b []int) any { return Equal(a, b) }, func(a, b []int) any { return slices.Equal(a, b) }},
			{"EqualFunc", func(a, b []int) any { return EqualFunc(a, b, sameParity) }, func(a, b []int) any { return slices.EqualFunc(a, b, sameParity) }},
			{"Compare", func(a, b []int) any { return Compare(a, b) }, func(a, b []int) any { return slices.Compare(a, b) }},
			{"Index", func(a, _ []int) any { return Index(a, v) }, func(a, _ []int) any { return slices.Index(a, v) }},
			{"IndexFunc", func(a, _ []int) any { return IndexFunc(a, odd) }, func(a, _ []int) any { return slices.IndexFunc(a, odd) }},
			{"Contains", func(a, _ []int) any { return Contains(a, v) }, func(a, _ []int) any { return slices.Contains(a, v) }},
			{"ContainsFunc", func(a, _ []int) any { return ContainsFunc(a, odd) }, func(a, _ []int) any { return slices.ContainsFunc(a, odd) }},
			{"Insert", func(a, b []int) any { return Insert(a, i, b...) }, func(a, b []int) any { return slices.Insert(a, i, b...) }},
			{"Delete", func(a, _ []int) any { return Delete(a, i, j) }, func(a, _ []int) any { return slices.Delete(a, i, j) }},
			{"DeleteFunc", func(a, _ []int) any { return DeleteFunc(a, odd) }, func(a, _ []int) any { return slices.DeleteFunc(a, odd) }},
			{"Replace", func(a, b []int) any { return Replace(a, i, j, b...) }, func(a, b []int) any { return slices.Replace(a, i, j, b...) }},
			{"Compact", func(a, _ []int) any { return Compact(a) }, func(a, _ []int) any { return slices.Compact(a) }},
			{"CompactFunc", func(a, _ []int) any { return CompactFunc(a, sameParity) }, func(a, _ []int) any { return slices.CompactFunc(a, sameParity) }},
			{"Reverse", func(a, _ []int) any { Reverse(a); return a }, func(a, _ []int) any { slices.Reverse(a); return a }},
			{"Concat", func(a, b []int) any { return Concat(a, b, a) }, func(a, b []int) any { return slices.Concat(a, b, a) }},
			{"Repeat", func(a, _ []int) any { return Repeat(a, v) }, func(a, _ []int) any { return slices.Repeat(a, v) }},
			{"Sort", func(a, _ []int) any { Sort(a); return a }, func(a, _ []int) any { slices.Sort(a); return a }},
			{"SortFunc", func(a, _ []int) any { SortFunc(a, down); return a }, func(a, _ []int) any { slices.SortFunc(a, down); return a }},
			{"IsSorted", func(a, _ []int) any { return IsSorted(a) }, func(a, _ []int) any { return slices.IsSorted(a) }},
			{"Sorted", func(a, _ []int) any { return Sorted(Values(a)) }, func(a, _ []int) any { return slices.Sorted(slices.Values(a)) }},
			{"SortedFunc", func(a, _ []int) any { return SortedFunc(Values(a), down) }, func(a, _ []int) any { return slices.SortedFunc(slices.Values(a), down) }},
			{"Grow and Clip", func(a, _ []int) any { return cap(Clip(a)) == len(a) && cap(Grow(a, 5)) >= len(a)+5 }, func(a, _ []int) any { return true }},
			{"All", func(a, _ []int) any { return pairs(All(a)) }, func(a, _ []int) any { return pairs(slices.All(a)) }},
			{"Backward", func(a, _ []int) any { return pairs(Backward(a)) }, func(a, _ []int) any { return pairs(slices.Backward(a)) }},
			{"Chunk", func(a, _ []int) any { return fmt.Sprint(Collect(Chunk(a, v+1))) }, func(a, _ []int) any { return fmt.Sprint(slices.Collect(slices.Chunk(a, v+1))) }},
			{"BinarySearch", func(a, _ []int) any { Sort(a); return fmt.Sprint(BinarySearch(a, v)) }, func(a, _ []int) any { slices.Sort(a); return fmt.Sprint(slices.BinarySearch(a, v)) }},
		} {
			got, want := row.got(slices.Clone(a), slices.Clone(b)), row.want(slices.Clone(a), slices.Clone(b))
			if fmt.Sprintf("%#v", got) != fmt.Sprintf("%#v", want) {
				t.Errorf("%s of %v, %v, %d, [%d:%d] is %#v, want %#v", row.name, a, b, v, i, j, got, want)
			}
		}
	}
}

func pairs(seq func(func(int, int) bool)) string {
	text := ""
	for i, v := range seq {
		text += fmt.Sprint(i, v, ";")
		if i == 5 {
			break
		}
	}
	return text
}

func TestExtremes(t *testing.T) {
	type person struct {
		name string
		age  int
	}
	byAge := func(a, b person) int { return cmp.Compare(a.age, b.age) }
	people := []person{{"a", 3}, {"b", 5}, {"c", 5}, {"d", 3}}
	if Min([]int{3, 1, 2}) != 1 || Max([]float64{1, 3, 2}) != 3 {
		t.Error("Min or Max is wrong")
	}
	if got := MaxFunc(people, byAge); got.name != "b" {
		t.Errorf("MaxFunc is %v, want the first of the oldest", got)
	}
	if got := MinFunc(people, byAge); got.name != "a" {
		t.Errorf("MinFunc is %v, want the first of the youngest", got)
	}
	SortStableFunc(people, byAge)
	if fmt.Sprint(people) != "[{a 3} {d 3} {b 5} {c 5}]" {
		t.Errorf("SortStableFunc gives %v", people)
	}
}

func TestPanics(t *testing.T) {
	for name, f := range map[string]func(){
		"Min of nothing":  func() { Min([]int{}) },
		"Chunk of zero":   func() { Chunk([]int{1}, 0) },
		"negative Grow":   func() { Grow([]int{1}, -1) },
		"negative Repeat": func() { Repeat([]int{1}, -1) },
		"Delete beyond":   func() { Delete([]int{1}, 0, 5) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s does not panic", name)
				}
			}()
			f()
		}()
	}
}
