package graph

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
)

func TestTensor(t *testing.T) {
	var decoded any
	if err := json.Unmarshal([]byte(`[[1, 2.5], [3, 4]]`), &decoded); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		value any
		want  string
		shape []int
	}{
		{6, "6", nil}, {0.1, "0.1", nil}, {uint8(3), "3", nil}, {float32(0.5), "0.5", nil},
		{[]float64{1, 2}, "[1 2]", []int{2}}, {[]int{}, "[]", []int{0}}, {[2]int8{1, 2}, "[1 2]", []int{2}},
		{[]float32{0.5, 1}, "[0.5 1]", []int{2}},
		{[][]int{{1, 2}, {3, 4}}, "[[1 2]\n [3 4]]", []int{2, 2}},
		{[][]float64{{}, {}}, "[[]\n []]", []int{2, 0}},
		{[]any{1, 2.5}, "[1 2.5]", []int{2}},
		{decoded, "[[1 2.5]\n [3   4]]", []int{2, 2}},
		{[][][]int{{{1}, {2}}}, "[[[1]\n  [2]]]", []int{1, 2, 1}},
		{mat.NewDense(1, 2, []float64{3, 4}), "[[3 4]]", []int{1, 2}},
		{mat.NewSymDense(2, []float64{1, 2, 2, 5}), "[[1 2]\n [2 5]]", []int{2, 2}},
		{mat.NewVecDense(2, []float64{3, 4}), "[3 4]", []int{2}},
	} {
		got, err := NewTensor(tt.value)
		if err != nil || got.String() != tt.want || !slices.Equal(got.Shape(), tt.shape) || got.Rank() != len(tt.shape) || got.Size() != sizeOf(tt.shape) {
			t.Errorf("%T %v: %v %v %v, want %s of shape %v", tt.value, tt.value, got, got.Shape(), err, tt.want, tt.shape)
		}
	}
}

// TestTensorText: numbers read as people write them, and large tensors stay short.
func TestTensorText(t *testing.T) {
	wide := make([][]float64, 40)
	for i := range wide {
		wide[i] = make([]float64, 3)
		wide[i][1] = float64(i)
	}
	for _, tt := range []struct {
		value any
		want  string
	}{
		{1234567.0, "1234567"}, {1e15, "1000000000000000"}, {1e16, "1e+16"}, {1e21, "1e+21"},
		{0.0001, "0.0001"}, {0.00001, "1e-05"}, {0.0, "0"}, {-0.5, "-0.5"},
		{1.0 / 3, "0.3333333333333333"},
		{math.NaN(), "NaN"}, {math.Inf(-1), "-Inf"}, {math.MaxFloat64, "1.7976931348623157e+308"},
		{[]float64{1.0 / 3, 2e9 / 3}, "[0.33333333 666666670]"},
		{[]float64{math.MaxFloat64, math.Inf(1)}, "[1.7976931e+308 +Inf]"},
		{[][]float64{{1, -10}, {100, 2.5}}, "[[  1 -10]\n [100 2.5]]"},
		{make([]float64, 100), "[" + repeated("0 ", 99) + "0]"},
		{make([]float64, 1000), "[0 0 0 … 0 0 0] of shape [1000]"},
		{wide, "[[0  0 0]\n [0  1 0]\n [0  2 0]\n …\n [0 37 0]\n [0 38 0]\n [0 39 0]] of shape [40 3]"},
	} {
		n, err := NewTensor(tt.value)
		if err != nil {
			t.Fatal(err)
		}
		if got := n.String(); got != tt.want {
			t.Errorf("got %s\nwant %s", got, tt.want)
		}
	}
}

func repeated(s string, n int) (all string) {
	for range n {
		all += s
	}
	return all
}

// TestTensorAccess reads elements by index and compares with the order of rows.
func TestTensorAccess(t *testing.T) {
	tensor, err := NewTensor([][][]int{{{0, 1, 2}, {3, 4, 5}}, {{6, 7, 8}, {9, 10, 11}}})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range tensor.Float64s() {
		if got := tensor.At(i/6, i/3%2, i%3); got != want {
			t.Errorf("element %d is %v, want %v", i, got, want)
		}
		if got := tensor.At(indexOf(tensor.shape, i)...); got != want {
			t.Errorf("element %d is at %v, which holds %v", i, indexOf(tensor.shape, i), got)
		}
	}
	one, err := NewTensor([][]float64{{7}})
	if err != nil || one.Item() != 7 {
		t.Errorf("%v, %v, want an item of 7", one, err)
	}
}

// TestTensorIsACopy: neither side can change the other's numbers.
func TestTensorIsACopy(t *testing.T) {
	mine := []float64{1, 2}
	v := Variable("v", mine)
	mine[0] = 9
	held := v.Value()
	held.Float64s()[1] = 9
	held.Shape()[0] = 9
	if err := v.Set([]float64{5, 6}); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(held, v.Value()); got != "[1 2] [5 6]" {
		t.Errorf("got %s, want the old value and the new", got)
	}
}
