package maps

import (
	"fmt"
	"maps"
	"slices"
	"testing"
)

func TestLikeTheStandardLibrary(t *testing.T) {
	a, b := map[string]int{"x": 1, "y": 2}, map[string]int{"y": 3, "z": 4}
	one := func(_ string, v int) bool { return v == 1 }
	near := func(v, w int) bool { return v-w < 2 && w-v < 2 }
	for name, row := range map[string][2]any{
		"Equal":      {Equal(a, a), maps.Equal(a, a)},
		"not Equal":  {Equal(a, b), maps.Equal(a, b)},
		"EqualFunc":  {EqualFunc(a, map[string]int{"x": 2, "y": 2}, near), true},
		"Clone":      {Clone(a), maps.Clone(a)},
		"Clone nil":  {Clone(map[string]int(nil)) == nil, true},
		"Copy":       {joined(a, b, Copy[map[string]int]), joined(a, b, maps.Copy[map[string]int])},
		"DeleteFunc": {without(a, one, DeleteFunc[map[string]int]), without(a, one, maps.DeleteFunc[map[string]int])},
		"Keys":       {slices.Sorted(Keys(a)), slices.Sorted(maps.Keys(a))},
		"Values":     {slices.Sorted(Values(a)), slices.Sorted(maps.Values(a))},
		"Collect":    {Collect(All(a)), maps.Collect(maps.All(a))},
	} {
		if fmt.Sprint(row[0]) != fmt.Sprint(row[1]) {
			t.Errorf("%s: got %v, want %v", name, row[0], row[1])
		}
	}
}

func joined(a, b map[string]int, copyAll func(dst, src map[string]int)) map[string]int {
	c := maps.Clone(a)
	copyAll(c, b)
	return c
}

func without(a map[string]int, f func(string, int) bool, deleteAll func(map[string]int, func(string, int) bool)) map[string]int {
	c := maps.Clone(a)
	deleteAll(c, f)
	return c
}

func TestBreak(t *testing.T) {
	m := map[int]int{1: 1, 2: 2, 3: 3}
	n := 0
	for range All(m) {
		n++
		break
	}
	for range Keys(m) {
		n++
		break
	}
	for range Values(m) {
		n++
		break
	}
	if n != 3 {
		t.Errorf("%d steps after three breaks, want 3", n)
	}
}
