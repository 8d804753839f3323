package graph

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestLoadFromPython reads what the library that defines the format has written.
func TestLoadFromPython(t *testing.T) {
	w, b := Variable("w", [][]float64{{9, 9, 9}, {9, 9, 9}}), Variable("b", 9)
	if err := Load("testdata/saved.safetensors", w.Sum().Add(b)); err != nil {
		t.Fatal(err)
	}
	if w.Value().String() != "[[   0 0.25  0.5]\n [0.75    1 1.25]]" || b.Value().Item() != -0.1 {
		t.Errorf("w = %v, b = %v", w.Value(), b.Value())
	}
}

// TestSave: what is saved comes back bit by bit, also numbers that are none.
func TestSave(t *testing.T) {
	file := filepath.Join(t.TempDir(), "model.safetensors")
	values := []float64{1. / 3, math.Inf(1), math.Copysign(0, -1), math.NaN(), 5e-324}
	w, b := Variable("w", values), Variable("b", [][]float64{{}})
	if err := Save(file, w, b, w.Add(1)); err != nil {
		t.Fatal(err)
	}
	v, c := Variable("w", make([]float64, 5)), Variable("b", [][]float64{{}})
	if err := Load(file, v.Sum().Add(c)); err != nil {
		t.Fatal(err)
	}
	for i, got := range v.Value().Float64s() {
		if math.Float64bits(got) != math.Float64bits(values[i]) {
			t.Errorf("element %d is %v, want %v", i, got, values[i])
		}
	}
}

// TestLoadErrors: a file that is wrong in any way changes nothing and says what is wrong.
func TestLoadErrors(t *testing.T) {
	file := filepath.Join(t.TempDir(), "wrong")
	with := func(header string, data int) string {
		return string([]byte{byte(len(header)), 0, 0, 0, 0, 0, 0, 0}) + header + strings.Repeat("x", data)
	}
	for want, content := range map[string]string{
		"too short":             "",
		"longer than the file":  "\xff\xff\xff\xff\xff\xff\xff\xff{}",
		"no JSON":               with("{", 0),
		"wrong about \"w\"":     with(`{"w":5}`, 0),
		"holds no \"w\"":        with(`{"v":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}`, 8),
		"want F64 or F32":       with(`{"w":{"dtype":"I8","shape":[1],"data_offsets":[0,1]}}`, 8),
		"do not hold":           with(`{"w":{"dtype":"F64","shape":[1],"data_offsets":[8,16]}}`, 8),
		"do not hold a number":  with(`{"w":{"dtype":"F64","shape":[],"data_offsets":[-8,0]}}`, 8),
		"there are no":          with(`{"w":{"dtype":"F64","shape":[9223372036854775807,2],"data_offsets":[0,8]}}`, 8),
		"and in the file [1 1]": with(`{"w":{"dtype":"F64","shape":[1,1],"data_offsets":[0,8]}}`, 8),
	} {
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		w := Variable("w", []float64{7})
		if err := Load(file, w); err == nil || !strings.Contains(err.Error(), want) || w.Value().At(0) != 7 {
			t.Errorf("%q: %v, w = %v, want %q", content, err, w.Value(), want)
		}
	}
}

// TestSaveErrors: what could not be loaded again is not saved.
func TestSaveErrors(t *testing.T) {
	for want, nodes := range map[string][]*Node{
		"no variable":    {Constant(1)},
		"one more named": {Variable("w", 1).Add(Variable("w", 2))},
		"named \"\"":     {Variable("", 1)},
		"nil":            {nil},
	} {
		if err := Save(filepath.Join(t.TempDir(), "file"), nodes...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
	if err := Save(filepath.Join(t.TempDir(), "no", "such", "folder"), Variable("w", 1)); err == nil {
		t.Error("saved where no folder is")
	}
}
