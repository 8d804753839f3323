package graph

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unsafe"
)

// TestNewTensorKeepsType: what is float32 stays so, to any depth, and nothing else becomes
// it.
func TestNewTensorKeepsType(t *testing.T) {
	type weight float32
	for _, tt := range []struct {
		value      any
		kind, text string
	}{
		{float32(0.1), "float32", "0.1"},
		{[]float32{0.1, 1. / 3}, "float32", "[0.1 0.33333334]"},
		{[][]float32{{1, 2}, {0.3, 4}}, "float32", "[[  1 2]\n [0.3 4]]"},
		{[2]weight{1, 0.7}, "float32", "[1 0.7]"},
		{[]float32{}, "float32", "[]"},
		{[][]float32{}, "float32", "[]"},
		{[]any{float32(0.5), 2}, "float64", "[0.5 2]"},
		{0.1, "float64", "0.1"},
		{[]int{1, 2}, "float64", "[1 2]"},
		{Float32([]float64{0.1, 2}), "float32", "[0.1 2]"},
		{Float64(Float32(0.5)), "float64", "0.5"},
	} {
		got, err := NewTensor(tt.value)
		if err != nil || got.Type() != tt.kind || got.String() != tt.text {
			t.Errorf("%v: %v of %s, %v, want %s of %s", tt.value, got, got.Type(), err, tt.text, tt.kind)
		}
	}
	if n := unsafe.Sizeof(Float32([]float64{1}).short[0]); n != 4 {
		t.Errorf("an element has %d bytes", n)
	}
}

// TestTypeOfNodes: variables decide, constants and data adapt, and the two types do not mix.
func TestTypeOfNodes(t *testing.T) {
	x, w, v := Placeholder("x"), Variable("w", Float32([]float64{1, 2})), Variable("v", []float64{3, 4})
	for n, want := range map[*Node]string{
		w: "float32", v: "float64", x: "", x.Add(1): "", Constant(float32(1)): "",
		w.Multiply(x).Add([]float64{1, 2}): "float32", v.Add(float32(1)).Sum(): "float64",
		Gradient(w.Multiply(x).Sum(), w): "float32", Gradient(x.Square(), x): "",
	} {
		if n.Type() != want {
			t.Errorf("%v is %q, want %q", n, n.Type(), want)
		}
	}
	want := `graph: Add: "square" is [2], "v" is [2]: variable "w" is of type float32 and "v" of float64: want one type, which Float32(value) and Float64(value) make`
	if err := caught(func() error { w.Square().Add(v); return nil }); err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	if _, err := Compute(nil, w, v); err == nil || !strings.HasPrefix(err.Error(), "graph: Compute: variable \"w\" is of type float32") {
		t.Errorf("computed together: %v", err)
	}
}

// TestComputeInType: the result has the type of the variables, or of the data.
func TestComputeInType(t *testing.T) {
	x, w := Placeholder("x"), Variable("w", float32(0.1))
	for _, tt := range []struct {
		n    *Node
		fed  any
		want float64
		kind string
	}{
		{w.Multiply(x), 3.0, float64(float32(0.1) * 3), "float32"},
		{w.Multiply(x), []float64{3}, float64(float32(0.1) * 3), "float32"},
		{x.Multiply(0.1), float32(3), float64(float32(0.1) * 3), "float32"},
		{x.Multiply(0.1), []float32{3}, float64(float32(0.1) * 3), "float32"},
		{x.Multiply([]float64{0.1}), []float32{0.1}, float64(float32(0.1)) * 0.1, "float64"},
		{x.Multiply([]float32{0.1}), 3, float64(float32(0.1) * 3), "float32"},
		{x.Multiply(0.1), 3, 0.30000000000000004, "float64"},
		{x, []float32{0.1}, float64(float32(0.1)), "float32"},
		{Constant([]float32{0.1}), 0, float64(float32(0.1)), "float32"},
	} {
		got, err := tt.n.Compute(Feed{x: tt.fed})
		if err != nil || got.Type() != tt.kind || got.Item() != tt.want {
			t.Errorf("%v of %v: %v of %s, %v, want %v of %s", tt.n, tt.fed, got.Item(), got.Type(), err, tt.want, tt.kind)
		}
	}
}

// TestMinimizeInFloat32: a model of float32 variables is trained in that type and keeps it;
// batches of it cost no more memory than they must.
func TestMinimizeInFloat32(t *testing.T) {
	xs, ys := make([]float64, 64), make([]float32, 64)
	for i := range xs {
		xs[i] = float64(i)/32 - 1
		ys[i] = float32(3*xs[i] + 2)
	}
	for _, batch := range []int{0, 16} {
		x, y := Placeholder("x"), Placeholder("y")
		w, b := Variable("w", float32(0.5)), Variable("b", float32(0))
		loss := w.Multiply(x).Add(b).Subtract(y).Square().Mean()
		fit, err := Minimize(loss, Training{Feed: Feed{x: xs, y: ys}, Validation: Feed{x: xs, y: ys}, Batch: batch, Optimizer: Adam{Rate: 0.1}, Steps: 400})
		if err != nil {
			t.Fatal(err)
		}
		if w.Value().Type() != "float32" || !near([]float64{w.Value().Item(), b.Value().Item()}, []float64{3, 2}, 0.02) {
			t.Errorf("batch %d: w = %v of %s, b = %v (%v)", batch, w.Value(), w.Value().Type(), b.Value(), fit)
		}
		if check, err := CheckGradients(loss, Feed{x: xs, y: ys}); err != nil || !check.OK(1e-8) {
			t.Errorf("%v, %v", check, err)
		}
		if err := w.Set(0.1); err != nil || w.Value().Type() != "float32" || w.Value().Item() != float64(float32(0.1)) {
			t.Errorf("set to %v of %s, %v", w.Value(), w.Value().Type(), err)
		}
	}
}

// TestSaveFloat32: a file holds the type, and a variable keeps its own.
func TestSaveFloat32(t *testing.T) {
	file := filepath.Join(t.TempDir(), "model")
	w := Variable("w", [][]float32{{0.1, 2}, {3, -0.7}})
	if err := Save(file, w); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(file)
	if err != nil || !strings.Contains(string(text), `"dtype":"F32"`) || len(text) > 8+80+16 {
		t.Errorf("%d bytes, %v: %s", len(text), err, text)
	}
	same, long := Variable("w", Float32([][]float64{{0, 0}, {0, 0}})), Variable("w", [][]float64{{0, 0}, {0, 0}})
	for _, v := range []*Node{same, long} {
		kind := v.Type()
		if err := Load(file, v); err != nil || v.Value().Type() != kind || !slices.Equal(v.Value().Float32s(), w.Value().Float32s()) {
			t.Errorf("loaded %v of %s, %v", v.Value(), v.Value().Type(), err)
		}
	}
}

// TestNumPyInBothTypes computes every case of TestNumPy, and its gradient, as users do.
func TestNumPyInBothTypes(t *testing.T) {
	for _, c := range numpyCases(t) {
		var long, short []*Node
		for _, o := range c.Operands {
			value := &Tensor{shape: o.Shape, data: o.Data}
			long, short = append(long, Variable("v", value)), append(short, Variable("v", Float32(value)))
		}
		f, g := numpyTests[c.Name](long...), numpyTests[c.Name](short...)
		wantAll, err := Compute(nil, append([]*Node{f}, Gradients(f.Sum(), long...)...)...)
		if err != nil {
			t.Fatal(err)
		}
		gotAll, err := Compute(nil, append([]*Node{g}, Gradients(g.Sum(), short...)...)...)
		if err != nil {
			t.Fatal(err)
		}
		for i, got := range gotAll {
			want := wantAll[i]
			if got.Type() != "float32" || want.Type() != "float64" || !slices.Equal(got.Shape(), want.Shape()) || !near(got.Float64s(), want.Float64s(), 2e-5) {
				t.Errorf("%s, output %d: %v of %s, want %v", c.Name, i, got, got.Type(), want)
			}
		}
	}
}

// A numpyCase is one row of testdata/reference.json.
type numpyCase struct {
	Name     string
	Operands []array
	Result   array
}

func numpyCases(t *testing.T) []numpyCase {
	t.Helper()
	text, err := os.ReadFile("testdata/reference.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []numpyCase
	if err := json.Unmarshal(text, &cases); err != nil {
		t.Fatal(err)
	}
	return cases
}
