package values

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/traefik/yaegi/stdlib"
)

// likeError is an error type as the interpreter has it.
type likeError = struct {
	Code int `gradbook:"main.failed"`
}

// newErrors is a registry that knows two types of errors, and interfaces.
func newErrors() *Registry {
	r := NewRegistry(Options{Symbols: stdlib.Symbols})
	r.Add(&Type{Key: "main.failed", Name: "main.failed", Kind: reflect.Struct, Fields: []Field{{Name: "Code", Exported: true}}})
	r.Add(&Type{Key: "main.code", Name: "main.code", Boxed: true})
	r.Add(&Type{Key: "int", Name: "int"})
	r.Add(&Type{Key: "error", Name: "error", Kind: reflect.Interface, Go: reflect.TypeFor[error](), Methods: []Method{{"Error", "func() string"}}})
	r.Add(&Type{Key: "main.coder", Name: "main.coder", Kind: reflect.Interface, Methods: []Method{{"Error", "func() string"}, {"Missing", "func()"}}})
	r.Layout("main.failed", (*likeError)(nil))
	r.Layout("main.code", (*int)(nil))
	r.Layout("int", (*int)(nil))
	r.Method("main.failed", "Error", "func() string", "", false, func(x any) string { return fmt.Sprint("failed ", x.(likeError).Code) })
	r.Method("main.code", "Error", "func() string", "", false, func(x any) string { return fmt.Sprint("code ", x.(int)) })
	return r
}

// asCompiled is x as compiled code gets it in an error.
func asCompiled(r *Registry, x any) error {
	err, _ := r.Converter(reflect.TypeFor[error]()).Call([]reflect.Value{reflect.ValueOf(&x).Elem()})[0].Interface().(error)
	return err
}

func TestErrors(t *testing.T) {
	r := newErrors()
	code := r.Box("main.code", 3)
	wrapped := r.Errorf("w: %w", code)
	if got := wrapped.Error(); got != "w: code 3" {
		t.Errorf("the text is %q", got)
	}
	if !r.ErrorsIs(wrapped, asCompiled(r, code)) || r.ErrorsIs(wrapped, asCompiled(r, r.Box("main.code", 4))) {
		t.Error("errors are not compared by what is in them")
	}
	var n int
	if !r.ErrorsAs(wrapped, r.Box("*main.code", &n)) || n != 3 {
		t.Errorf("As finds %d, want 3", n)
	}
	var f likeError
	if r.ErrorsAs(wrapped, &f) {
		t.Error("As finds an error of another type")
	}
	joined := errors.Join(io.EOF, asCompiled(r, likeError{7}))
	if !r.ErrorsAs(joined, &f) || f.Code != 7 {
		t.Errorf("As finds %v in a joined error, want 7", f)
	}
	if !r.ErrorsIs(joined, io.EOF) || r.ErrorsIs(nil, io.EOF) || !r.ErrorsIs(nil, nil) {
		t.Error("Is is wrong for compiled errors")
	}
}

func TestTypedNilIsNotNil(t *testing.T) {
	r := newErrors()
	if err := asCompiled(r, (*likeError)(nil)); err == nil {
		t.Error("a nil pointer in an interface is the nil interface")
	}
	if err := asCompiled(r, nil); err != nil {
		t.Error("the nil interface is not nil")
	}
}

func TestConverterUnwraps(t *testing.T) {
	r := newErrors()
	code := r.Box("main.code", 3)
	if got := Strip(asCompiled(r, code)); got != code {
		t.Errorf("got %v back, want the box", got)
	}
	if err := asCompiled(r, io.EOF); err != io.EOF {
		t.Errorf("a compiled error becomes %v", err)
	}
}

// A value of a cell's type must serve compiled code that wants an interface.
func TestConverterMakesGoValues(t *testing.T) {
	type zeros = struct {
		N int `gradbook:"main.zeros"`
	}
	r := newErrors()
	r.Add(&Type{Key: "main.zeros", Name: "main.zeros", Kind: reflect.Struct, Fields: []Field{{Name: "N", Exported: true}}})
	r.Method("main.zeros", "Read", "func([]byte) (int, error)", "", true, func(x any, p []byte) (int, error) {
		z := x.(*zeros)
		if z.N == 0 {
			return 0, io.EOF
		}
		z.N--
		p[0] = 'z'
		return 1, nil
	})
	var x any = &zeros{3}
	reader := r.Converter(reflect.TypeFor[io.Reader]()).Call([]reflect.Value{reflect.ValueOf(&x).Elem()})[0].Interface().(io.Reader)
	text, err := io.ReadAll(reader)
	if string(text) != "zzz" || err != nil {
		t.Errorf("read %q, %v", text, err)
	}
	if Strip(reader) != x {
		t.Error("the wrapper does not give its value back")
	}
}

func TestAssertions(t *testing.T) {
	r := newErrors()
	values := []any{nil, 3, r.Box("main.code", 3), likeError{1}, &likeError{1}, io.EOF}
	want := map[string]string{ // for each type, which of the values have it
		"int": ".x....", "main.code": "..x...", "main.failed": "...x..", "error": "..xxxx", "main.coder": "......",
	}
	for key, marks := range want {
		for i, v := range values {
			_, ok := r.AssertOK(v, key)
			if ok != (marks[i] == 'x') {
				t.Errorf("%v (%d) has type %s: %v", v, i, key, ok)
			}
		}
	}
	if got := r.Which(values[2], []string{"nil"}, []string{"int", "main.failed"}, []string{"error"}); got != 2 {
		t.Errorf("case %d, want 2", got)
	}
	if got := r.Which(nil, []string{"int"}, []string{"nil"}); got != 1 {
		t.Errorf("case %d for nil, want 1", got)
	}
	if v, ok := r.AssertOK("s", "int"); ok || v != 0 {
		t.Errorf("a failed assertion gives %v, want the zero value", v)
	}
}

func TestAssertionPanicsAsGoDoes(t *testing.T) {
	r := newErrors()
	for _, tt := range []struct {
		x         any
		key, want string
	}{
		{"s", "int", "interface conversion: interface {} is string, not int"},
		{nil, "int", "interface conversion: interface {} is nil, not int"},
		{r.Box("main.code", 1), "main.failed", "interface conversion: interface {} is main.code, not main.failed"},
		{3, "error", "interface conversion: int is not error: missing method Error"},
		{likeError{}, "main.coder", "interface conversion: main.failed is not main.coder: missing method Missing"},
	} {
		func() {
			defer func() {
				err, ok := recover().(runtime.Error)
				if !ok || err.Error() != tt.want {
					t.Errorf("got %v, want %s", err, tt.want)
				}
			}()
			r.Assert(tt.x, tt.key)
		}()
	}
}

func TestEqual(t *testing.T) {
	r := newErrors()
	type other = struct {
		Code int `gradbook:"main.other"`
	}
	for _, tt := range []struct {
		x, y any
		want bool
	}{
		{r.Box("main.code", 1), r.Box("main.code", 1), true}, {r.Box("main.code", 1), 1, false},
		{likeError{1}, likeError{1}, true}, {likeError{1}, other{1}, false},
		{asCompiled(r, likeError{1}), likeError{1}, true}, {nil, nil, true}, {nil, (*int)(nil), false},
	} {
		if got := r.Equal(tt.x, tt.y); got != tt.want {
			t.Errorf("%#v == %#v is %v", tt.x, tt.y, got)
		}
	}
	defer func() {
		if err := fmt.Sprint(recover()); err != "runtime error: comparing uncomparable type []int" {
			t.Errorf("got %s", err)
		}
	}()
	r.Equal([]int{1}, []int{1})
}

func TestJSON(t *testing.T) {
	type stamped = struct {
		When int            `gradbook:"main.stamped" json:"when"`
		Who  map[string]int `json:"who,omitempty"`
		Xsec int            `json:"-"`
	}
	r := NewRegistry(Options{})
	stamp := &Type{Key: "main.stamp", Name: "main.stamp", Boxed: true}
	r.Add(stamp)
	r.Add(&Type{Key: "main.stamped", Name: "main.stamped", Kind: reflect.Struct, Fields: []Field{
		{Name: "When", Tag: `json:"when"`, Exported: true, Type: stamp}, {Name: "Who", Tag: `json:"who,omitempty"`, Exported: true}, {Name: "sec"},
	}})
	r.Add(&Type{Key: "[]main.stamp", Name: "[]main.stamp", Kind: reflect.Slice, Elem: stamp, Boxed: true})
	r.Method("main.stamp", "MarshalText", "func() ([]byte, error)", "", false, func(x any) ([]byte, error) { return fmt.Appendf(nil, "T%d", x), nil })
	for _, tt := range []struct {
		x    any
		want string
	}{
		{r.Box("main.stamp", 1), `"T1"`},
		{r.Box("[]main.stamp", []int{1, 2}), `["T1","T2"]`},
		{stamped{When: 3}, `{"when":"T3"}`},
		{&stamped{When: 3, Who: map[string]int{"a": 1}, Xsec: 5}, `{"when":"T3","who":{"a":1}}`},
		{map[string]any{"x": r.Box("main.stamp", 4), "y": nil}, `{"x":"T4","y":null}`},
		{[]any(nil), `null`},
		{map[string]int{"b": 1, "a": 2}, `{"a":2,"b":1}`},
	} {
		got, err := r.JSONMarshal(tt.x)
		if err != nil || string(got) != tt.want {
			t.Errorf("%v: got %s, %v, want %s", tt.x, got, err, tt.want)
		}
		if !json.Valid(got) {
			t.Errorf("%s is no JSON", got)
		}
	}
}

func TestReflectTypeOf(t *testing.T) {
	r := newErrors()
	rt := r.ReflectTypeOf(likeError{1})
	if rt.Name() != "failed" || rt.String() != "main.failed" || rt.Kind() != reflect.Struct || rt.NumField() != 1 || rt.Field(0).Name != "Code" {
		t.Errorf("got %s, %s, %v, %d fields", rt.Name(), rt, rt.Kind(), rt.NumField())
	}
	if got := r.ReflectTypeOf(&likeError{}); got.Elem().Name() != "failed" || got.Name() != "" {
		t.Errorf("pointer: %s to %s", got.Name(), got.Elem().Name())
	}
	if got := r.ReflectTypeOf([]int{}); got != reflect.TypeFor[[]int]() {
		t.Errorf("a compiled type becomes %v", got)
	}
}

// TestEqualTypes compares types of cells with what compiled code tells of them.
func TestEqualTypes(t *testing.T) {
	r := newErrors()
	r.Add(&Type{Key: "main.level", Name: "main.level", Kind: reflect.Int, Boxed: true})
	r.Layout("main.level", (*int)(nil))
	failed, pointer := r.ReflectTypeOf(likeError{}), r.ReflectTypeOf(&likeError{})
	for _, tt := range []struct {
		x, y reflect.Type
		want bool
	}{
		{failed, r.ReflectTypeOf(likeError{2}), true},
		{failed, reflect.ValueOf(likeError{}).Type(), true},
		{pointer, r.ReflectTypeOf(&likeError{}), true},
		{pointer, reflect.TypeFor[*likeError](), true},
		{pointer.Elem(), failed, true},
		{failed, pointer, false},
		{r.ReflectTypeOf(r.Box("main.level", 1)), reflect.TypeFor[int](), false},
		{reflect.TypeFor[int](), reflect.TypeFor[int](), true},
	} {
		if got := r.Equal(tt.x, tt.y); got != tt.want {
			t.Errorf("%v == %v is %v", tt.x, tt.y, got)
		}
	}
}

func TestMigrate(t *testing.T) {
	type old struct {
		N    int `gradbook:"main.T"`
		Gone string
		Next *old
		M    map[string][]old
	}
	type now struct {
		M    map[string][]now `gradbook:"main.T"`
		New  bool
		N    float64
		Next *now
	}
	var complaints strings.Builder
	r := NewRegistry(Options{Stderr: &complaints})
	r.Add(&Type{Key: "main.T", Kind: reflect.Struct})
	r.Layout("main.T", (*old)(nil))
	r.Layout("main.T", (*now)(nil))
	from, to := old{N: 5, Gone: "g", M: map[string][]old{"a": {{N: 1}, {N: 2}}}}, now{}
	from.Next = &from
	r.Migrate("v", &to, &from)
	if to.N != 5 || to.M["a"][1].N != 2 || to.Next.N != 5 || to.Next.Next != to.Next {
		t.Errorf("became %+v", to)
	}
	text := ""
	if r.Migrate("w", &text, &from); text != "" || !strings.HasPrefix(complaints.String(), "w has lost what does not fit") {
		t.Errorf("a string became %q, and %q was said", text, &complaints)
	}
}

func TestSortOrdered(t *testing.T) {
	for _, s := range []any{[]int{3, 1, 2}, []string{"b", "a"}, []float64{2, 1}, []uint8{9, 3}, []int{}} {
		SortOrdered(s)
		v := reflect.ValueOf(s)
		for i := 1; i < v.Len(); i++ {
			if compareKeys(v.Index(i-1), v.Index(i)) > 0 {
				t.Errorf("%v is not sorted", s)
			}
		}
	}
}

func TestShown(t *testing.T) {
	r := newErrors()
	if _, ok := r.Shown(); ok {
		t.Error("something is shown before anything was")
	}
	r.Show(nil)
	if all, ok := r.Shown(); !ok || !slices.Equal(all, []any{nil}) {
		t.Errorf("shown %v, %v, want nil", all, ok)
	}
	if _, ok := r.Shown(); ok {
		t.Error("shown twice")
	}
}

// Symbols must have all that emitted source may call.
func TestSymbolsAreFunctions(t *testing.T) {
	symbols := NewRegistry(Options{}).Symbols()
	for name, v := range symbols {
		if v.Kind() != reflect.Func || strings.ToUpper(name[:1]) != name[:1] {
			t.Errorf("%s is a %v", name, v.Kind())
		}
	}
	if len(symbols) < 40 {
		t.Errorf("only %d symbols", len(symbols))
	}
}

func TestJSONDecoding(t *testing.T) {
	type holder = struct {
		Base  struct{ ID int } `gradbook:"main.holder"`
		When  int
		Times []int
		ByKey map[int]int
	}
	r := NewRegistry(Options{})
	stamp := &Type{Key: "main.stamp", Name: "main.stamp", Boxed: true}
	base := &Type{Kind: reflect.Struct, Fields: []Field{{Name: "ID", Exported: true, Type: &Type{Key: "int"}}}}
	h := &Type{Key: "main.holder", Name: "main.holder", Kind: reflect.Struct, Fields: []Field{
		{Name: "Base", Embedded: true, Exported: true, Type: base}, {Name: "When", Exported: true, Type: stamp},
		{Name: "Times", Tag: `json:"times"`, Exported: true, Type: &Type{Key: "[]main.stamp", Kind: reflect.Slice, Elem: stamp}},
		{Name: "ByKey", Exported: true, Type: &Type{Key: "map[main.stamp]int", Kind: reflect.Map, Elem: &Type{Key: "int"}, KeyType: stamp}},
	}}
	r.Add(stamp)
	r.Add(h)
	r.Layout("main.holder", (*holder)(nil))
	r.Method("main.stamp", "UnmarshalText", "func([]byte) error", "", true, func(x any, text []byte) error {
		_, err := fmt.Sscanf(string(text), "T%d", x.(*int))
		return err
	})
	const text = `{"ID":1,"when":"T2","times":["T3","T4"],"ByKey":{"T5":6},"unknown":7}`
	var got holder
	want := holder{struct{ ID int }{1}, 2, []int{3, 4}, map[int]int{5: 6}}
	if err := r.JSONUnmarshal([]byte(text), &got); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
	got = holder{}
	if err := r.JSONDecode(json.NewDecoder(strings.NewReader(text)), &got); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("decoder: got %+v, %v, want %+v", got, err, want)
	}
	for _, bad := range []string{"{", `{"when":"X"}`, `{"times":3}`, `[]`} {
		if err := r.JSONUnmarshal([]byte(bad), new(holder)); err == nil {
			t.Errorf("%s: no error", bad)
		}
	}
	var n map[string]int
	if err := r.JSONUnmarshal([]byte(`{"a":1}`), &n); err != nil || n["a"] != 1 {
		t.Errorf("a compiled type: %v, %v", n, err)
	}
}
