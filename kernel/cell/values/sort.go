package values

import (
	"reflect"
	"slices"
	"sort"
)

// SortOrdered sorts a slice of numbers or strings. It takes the place of
// slices.Sort, which would be slow as interpreted source.
func SortOrdered(x any) {
	switch s := Raw(x).(type) {
	case []int:
		slices.Sort(s)
	case []float64:
		slices.Sort(s)
	case []string:
		slices.Sort(s)
	default:
		v := reflect.ValueOf(s)
		sort.Slice(s, func(i, j int) bool { return compareKeys(v.Index(i), v.Index(j)) < 0 })
	}
}
