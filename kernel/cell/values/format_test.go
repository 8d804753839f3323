package values

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// The types that a cell would declare, as compiled Go has them. What package fmt
// prints of them is what the registry must print of their likenesses.
type (
	celsius float64
	point   struct{ X, Y int }
	nested  struct {
		Name string
		At   point
		Temp celsius
		list []celsius
		Any  any
		next *nested
	}
)

func (c celsius) String() string { return fmt.Sprintf("%g°", float64(c)) }
func (p point) String() string   { return fmt.Sprintf("<%d|%d>", p.X, p.Y) }

// The same types as the interpreter has them: erased, or marked by a tag, with
// exported fields and without methods.
type (
	likePoint = struct {
		X int `gradbook:"main.point"`
		Y int
	}
	likeNested = struct {
		Name  string `gradbook:"main.nested"`
		At    likePoint
		Temp  float64
		Xlist []float64
		Any   any
		Xnext *int
	}
)

// newLikeness is a registry that knows the likenesses.
func newLikeness() *Registry {
	r := NewRegistry(Options{})
	c := &Type{Key: "main.celsius", Name: "values.celsius", Kind: reflect.Invalid, Boxed: true}
	p := &Type{Key: "main.point", Name: "values.point", Kind: reflect.Struct, Fields: []Field{
		{Name: "X", Exported: true, Type: &Type{Key: "int", Name: "int"}}, {Name: "Y", Exported: true, Type: &Type{Key: "int", Name: "int"}},
	}}
	list := &Type{Key: "[]main.celsius", Name: "[]values.celsius", Kind: reflect.Slice, Elem: c, Boxed: true}
	dict := &Type{Key: "map[string]main.celsius", Name: "map[string]values.celsius", Kind: reflect.Map, Elem: c, KeyType: &Type{Key: "string", Name: "string"}, Boxed: true}
	n := &Type{Key: "main.nested", Name: "values.nested", Kind: reflect.Struct, Fields: []Field{
		{Name: "Name", Exported: true}, {Name: "At", Exported: true, Type: p}, {Name: "Temp", Exported: true, Type: c},
		{Name: "list", Type: list}, {Name: "Any", Exported: true}, {Name: "next", Type: &Type{Key: "*main.nested", Name: "*values.nested", Kind: reflect.Pointer}},
	}}
	for _, t := range []*Type{c, p, list, dict, n} {
		r.Add(t)
	}
	r.Layout("main.point", (*likePoint)(nil))
	r.Layout("main.celsius", (*float64)(nil))
	r.Method("main.celsius", "String", "func() string", "", false, func(x any) string { return celsius(x.(float64)).String() })
	r.Method("main.point", "String", "func() string", "", false, func(x any) string { return point(x.(likePoint)).String() })
	return r
}

// formatTests pair a value with its likeness.
func formatTests(r *Registry) []struct {
	name       string
	real, like any
} {
	box := func(key string, v any) any { return r.Box(key, v) }
	var nilPoint *point
	var nilLike *likePoint
	return []struct {
		name       string
		real, like any
	}{
		{"named number", celsius(1.5), box("main.celsius", 1.5)},
		{"struct", point{1, 2}, likePoint{X: 1, Y: 2}},
		{"pointer to struct", &point{1, 2}, &likePoint{X: 1, Y: 2}},
		{"nil pointer", nilPoint, nilLike},
		{"slice of named", []celsius{1, 2}, box("[]main.celsius", []float64{1, 2})},
		{"map of named", map[string]celsius{"b": 1, "a": 2}, box("map[string]main.celsius", map[string]float64{"b": 1, "a": 2})},
		{"slice of structs", []point{{1, 2}, {3, 4}}, []likePoint{{1, 2}, {3, 4}}},
		{"map of structs", map[point]int{{1, 2}: 3, {0, 9}: 4}, map[likePoint]int{{1, 2}: 3, {0, 9}: 4}},
		{"slice of anything", []any{point{1, 2}, celsius(3), 4, nil, "s"}, []any{likePoint{1, 2}, box("main.celsius", 3.0), 4, nil, "s"}},
		{"nested", nested{"n", point{1, 2}, 3, []celsius{4}, celsius(5), nil}, likeNested{"n", likePoint{1, 2}, 3, []float64{4}, box("main.celsius", 5.0), nil}},
		{"nested in a pointer", &nested{Name: "n"}, &likeNested{Name: "n"}},
		{"plain", []int{1}, []int{1}},
		{"error", errors.New("e"), errors.New("e")},
		{"nil", nil, nil},
	}
}

func TestFormatLikeFmt(t *testing.T) {
	r := newLikeness()
	for _, tt := range formatTests(r) {
		for _, verb := range []string{"%v", "%+v", "%s", "%d", "%q", "%x", "%T", "%10v|", "%-8v|", "%08.3f", "%t"} {
			want := fmt.Sprintf(verb, tt.real)
			if got := r.Sprintf(verb, tt.like); got != want {
				t.Errorf("%s: Sprintf(%q) is %q, want %q", tt.name, verb, got, want)
			}
		}
		if got, want := r.Sprintln(tt.like, 1), fmt.Sprintln(tt.real, 1); got != want {
			t.Errorf("%s: Sprintln is %q, want %q", tt.name, got, want)
		}
		if got, want := r.Sprint("a", tt.like, "b", 3, 4), fmt.Sprint("a", tt.real, "b", 3, 4); got != want {
			t.Errorf("%s: Sprint is %q, want %q", tt.name, got, want)
		}
	}
}

// Package fmt itself prints what is in a box, so that compiled code which was
// handed one prints it too.
func TestBoxPrintsItself(t *testing.T) {
	r := newLikeness()
	if got, want := fmt.Sprint([]any{r.Box("main.celsius", 2.0)}), fmt.Sprint([]any{celsius(2)}); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestVerbs(t *testing.T) {
	for format, want := range map[string]string{
		"%d %s":        "d0 s1",
		"100%% %v":     "v0",
		"%[2]v %[1]T":  "v1 T0",
		"%*d %v":       "d1 v2",
		"%+.3f|%-5s":   "f0 s1",
		"%":            "",
		"%é":           "é0",
		"%[x]d":        "d0",
		"no verbs":     "",
		"%6.2f%%%q%#v": "f0 q1 v2",
	} {
		var got []string
		for _, v := range verbs(format) {
			got = append(got, fmt.Sprintf("%c%d", v.verb, v.arg))
		}
		if text := strings.Join(got, " "); text != want {
			t.Errorf("%q: got %s, want %s", format, text, want)
		}
	}
}

func FuzzVerbs(f *testing.F) {
	for _, seed := range []string{"%d", "%[", "%[9999999999]v", "%*.*[2]f", "%[-1]d", "%\xff"} {
		f.Add(seed)
	}
	r := newLikeness()
	f.Fuzz(func(t *testing.T, format string) {
		if got, want := r.Sprintf(format, 1, "a"), fmt.Sprintf(format, 1, "a"); got != want && !strings.Contains(format, "T") && !strings.Contains(format, "p") {
			t.Errorf("%q: got %q, want %q", format, got, want)
		}
		_ = r.Sprintf(format, likePoint{1, 2}, r.Box("main.celsius", 1.0))
	})
}
