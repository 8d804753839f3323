package table

import (
	"go/constant"
	"go/token"
	"math"
	"os"
	"reflect"
	"strings"
	"testing"
)

var answer = 42

// TestValues holds each kind of symbol to what yaegi makes of it.
func TestValues(t *testing.T) {
	p := Package{Path: "p", Name: "p", Symbols: []Symbol{
		{Name: "Upper", Value: strings.ToUpper},
		{Name: "Mode", Value: os.ModeDir},
		{Name: "File", Value: (*os.File)(nil)},
		{Name: "Answer", Value: Variable{Pointer: &answer}},
		{Name: "Separator", Value: Integer(os.PathSeparator)},
		{Name: "Null", Value: Text(os.DevNull)},
		{Name: "Pi", Value: Literal{Kind: token.FLOAT, Digits: "3.14159265358979323846264338327950288419716939937510582097494459"}},
		{Name: "MaxUint64", Value: Literal{Kind: token.INT, Digits: "18446744073709551615"}},
	}}
	values := p.Values()
	if len(values) != len(p.Symbols) {
		t.Fatalf("got %d values, want %d", len(values), len(p.Symbols))
	}
	if got := values["Upper"].Call([]reflect.Value{reflect.ValueOf("go")})[0].String(); got != "GO" {
		t.Errorf("Upper(go): got %q, want GO", got)
	}
	if got := values["Mode"].Interface(); got != os.ModeDir {
		t.Errorf("Mode: got %v (%T), want %v, typed", got, got, os.ModeDir)
	}
	if v := values["File"]; v.Type() != reflect.TypeFor[*os.File]() || !v.IsNil() {
		t.Errorf("File: got %v, want a nil *os.File", v)
	}
	for name, want := range map[string]constant.Value{
		"Separator": constant.MakeInt64(os.PathSeparator),
		"Null":      constant.MakeString(os.DevNull),
		"MaxUint64": constant.MakeUint64(math.MaxUint64),
	} {
		if got := values[name].Interface().(constant.Value); !constant.Compare(got, token.EQL, want) {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
	}
	pi, _ := constant.Float64Val(values["Pi"].Interface().(constant.Value))
	if pi != math.Pi {
		t.Errorf("Pi: got %v, want %v", pi, math.Pi)
	}
}

// TestVariableIsShared: what a cell assigns, compiled code sees.
func TestVariableIsShared(t *testing.T) {
	p := Package{Symbols: []Symbol{{Name: "Answer", Value: Variable{Pointer: &answer}}}}
	defer func() { answer = 42 }()
	p.Values()["Answer"].SetInt(43)
	if answer != 43 {
		t.Errorf("got %d, want 43", answer)
	}
}

// TestLeftOut: a reason says what is the matter and what serves instead.
func TestLeftOut(t *testing.T) {
	for path, why := range LeftOut {
		if reason, instead, ok := strings.Cut(why, "; "); !ok || reason == "" || instead == "" {
			t.Errorf("%s: %q: want a reason, a semicolon and what to use instead", path, why)
		}
	}
}
