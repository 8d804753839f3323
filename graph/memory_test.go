package graph

import "testing"

// TestTooLarge: what nobody has memory for is an error that names the largest node, before
// anything is allocated.
func TestTooLarge(t *testing.T) {
	n := 1 << 24 // squared, 2 PB
	x, y := Placeholder("x"), Placeholder("y")
	product := x.Reshape(-1, 1).Multiply(y)
	feed := Feed{x: make([]float32, n), y: make([]float32, n)}
	for _, tt := range []struct {
		n    *Node
		feed Feed
		want string
	}{
		{product, feed, `graph: Multiply: "reshape" is [16777216 1], "y" is [16777216]: the result would be [16777216 16777216]: 1.13 PB of memory are needed, more than the `},
		{x.Reshape(-1, 1).Multiply(y).Named("pairs").Exp().Transpose(), feed, `graph: Multiply "pairs": "reshape" is [16777216 1], "y" is [16777216]: the result would be [16777216 16777216]: `},
		{x.Pad(0, 1<<62, 0), Feed{x: []int{1}}, `graph: Pad: "x" is [1]: the result would be [4611686018427387905]: that is more than can be counted`},
		{Gradient(x.Multiply(1), x).Reshape(0, 1<<62, 1<<62).Sum(0), Feed{x: []int{}}, `graph: Sum: "reshape" is [0 4611686018427387904 4611686018427387904]: the result would be [4611686018427387904 4611686018427387904]: that is more than can be counted`},
	} {
		if _, err := tt.n.Compute(tt.feed); err == nil || len(err.Error()) < len(tt.want) || err.Error()[:len(tt.want)] != tt.want {
			t.Errorf("got %v\nwant %s", err, tt.want)
		}
	}
	if have := memory(); !(have > 1<<20 && have <= addressable) {
		t.Errorf("the machine has %v bytes", memory())
	}
	if mean, err := product.Mean().Compute(Feed{x: make([]float32, 3000), y: make([]float32, 3000)}); err != nil || mean.Item() != 0 {
		t.Errorf("%v, %v", mean, err)
	}
}
