package graph

import (
	"fmt"
	"testing"
)

var (
	batch  = [][][]float64{{{0.3, -0.7}, {1.9, 0.2}}, {{-0.6, 1.3}, {0.5, 0.8}}, {{1.1, -0.4}, {0.9, -1.2}}}
	batch2 = [][][]float64{{{0.7, 0.1, -0.3}, {-1.1, 0.4, 0.6}}, {{0.2, -0.8, 1.5}, {0.9, 1.2, -0.5}}, {{-0.3, 0.6, 0.8}, {1.4, -0.9, 0.1}}}
	images = [][][][]float64{{{{0.3, -0.7, 1.1}, {1.9, 0.2, -1.4}, {0.6, 0.9, -0.2}}}, {{{-0.4, 0.8, 0.1}, {1.2, -0.6, 0.7}, {-1.5, 0.5, 1.3}}}}
)

var filters = [][][][]float64{{{{1, 2}, {3, -4}}}, {{{0.5, -1}, {0.7, 0.2}}}}

func init() { gradientTests = append(gradientTests, moreGradientTests...) }

var moreGradientTests = []gradientTest{
	{op: absOp{}, build: one((*Node).Abs), at: []any{grid}},
	{op: signOp{}, build: one(func(n *Node) *Node { return apply("Abs", signOp{}, n) }), at: []any{grid}},
	{op: sinOp{}, build: one((*Node).Sin), at: []any{grid}},
	{op: cosOp{}, build: one((*Node).Cos), at: []any{grid}},
	{op: log1pOp{}, build: one((*Node).Log1p), at: []any{above}},
	{op: expm1Op{}, build: one((*Node).Expm1), at: []any{grid}},
	{op: softplusOp{}, build: one((*Node).Softplus), at: []any{grid}},
	{op: erfOp{}, build: one((*Node).Erf), at: []any{grid}},
	{op: geluOp{}, build: one((*Node).GELU), at: []any{grid}},
	{op: leakyOp{}, build: one(func(n *Node) *Node { return n.LeakyReLU(0.1) }), at: []any{grid}},
	{op: chooseOp{}, build: two((*Node).Maximum), at: []any{grid, vector}},
	{op: chooseOp{}, build: two((*Node).Minimum), at: []any{grid, column}},
	{op: compareOp{}, build: two((*Node).Greater), at: []any{grid, vector}},
	{op: compareOp{}, build: two((*Node).LessEqual), at: []any{grid, column}},
	{op: whereOp{}, build: triple(whereOp{}), at: []any{[]float64{1, 0, 1}, grid, column}},
	{op: extremeOp{}, build: one(func(n *Node) *Node { return n.Max() }), at: []any{grid}},
	{op: extremeOp{}, build: one(func(n *Node) *Node { return n.Max(0) }), at: []any{grid}},
	{op: extremeOp{}, build: one(func(n *Node) *Node { return n.Min(-1) }), at: []any{grid}},
	{op: logSumExpOp{}, build: one(func(n *Node) *Node { return n.LogSumExp() }), at: []any{grid}},
	{op: logSumExpOp{}, build: one(func(n *Node) *Node { return n.LogSumExp(1) }), at: []any{batch}},
	{op: argMaxOp{}, build: one(func(n *Node) *Node { return n.ArgMax(1) }), at: []any{grid}},
	{op: softmaxOp{}, build: one(func(n *Node) *Node { return n.Softmax(-1) }), at: []any{grid}},
	{op: softmaxOp{}, build: one(func(n *Node) *Node { return n.Softmax(1) }), at: []any{batch}},
	{op: logSoftmaxOp{}, build: one(func(n *Node) *Node { return n.LogSoftmax(0) }), at: []any{grid}},
	{op: targetsOp{}, build: pairOf(targetsOp{}), at: []any{grid, grid}},
	{op: targetsBackOp{}, build: pairOf(targetsBackOp{}), at: []any{grid, grid}},
	{op: matMulOp{}, build: two((*Node).MatMul), at: []any{batch, batch2}},
	{op: matMulOp{}, build: two((*Node).MatMul), at: []any{batch, [][]float64{{1, 2, 3}, {4, 5, 6}}}},
	{op: matMulOp{}, build: two((*Node).MatMul), at: []any{tall, batch}},
	{op: pickOp{slicePicker{}}, build: one(func(n *Node) *Node { return n.Slice(-1, 1, 0) }), at: []any{grid}},
	{op: pickOp{slicePicker{}}, build: one(func(n *Node) *Node { return n.Slice(0, -1, 3) }), at: []any{batch}},
	{op: pickOp{slicePicker{}}, build: one(func(n *Node) *Node { return n.Pad(1, 1, 2) }), at: []any{batch}},
	{op: pickBackOp{slicePicker{}}, build: pairOf(pickBackOp{padPicker{1, 1, 0}}), at: []any{[][]float64{{1, 2, 3, 4}, {5, 6, 7, 8}}, grid}},
	{op: concatOp{}, build: func(in ...*Node) *Node { return in[0].Concat(0, in[1], in[2]) }, at: []any{grid, [][]float64{{1, 2, 3}}, grid}},
	{op: partOp{}, build: triple(partOp{0, 1}), at: []any{tall, [][]float64{{1, 2}}, [][]float64{{3, 4}, {5, 6}}}},
	{op: convOp{}, build: func(in ...*Node) *Node { return in[0].Conv2D(in[1], 1, 1) }, at: []any{images, filters}},
	{op: convOp{}, build: func(in ...*Node) *Node { return in[0].Conv2D(in[1], 2, 2) }, at: []any{images, filters}},
	{op: convImagesOp{}, build: triple(convImagesOp{sliding{2, 0}}), at: []any{[][][][]float64{{{{0.3}}, {{-1.2}}}, {{{0.8}}, {{2}}}}, filters, images}},
	{op: convFiltersOp{}, build: triple(convFiltersOp{sliding{2, 0}}), at: []any{images, [][][][]float64{{{{0.3}}, {{-1.2}}}, {{{0.8}}, {{2}}}}, filters}},
	{op: poolOp{}, build: one(func(n *Node) *Node { return n.MaxPool(2) }), at: []any{images}},
	{op: poolBackOp{}, build: pairOf(poolBackOp{squares{2}}), at: []any{[][][][]float64{{{{0.3}}}, {{{-1.2}}}}, images}},
	{op: poolPickOp{}, build: pairOf(poolPickOp{squares{2}}), at: []any{images, images}},
	{op: gatherOp{}, build: one(func(n *Node) *Node { return n.Gather([]int{1, 0, 1}) }), at: []any{grid}},
	{op: scatterOp{}, build: func(in ...*Node) *Node { return apply("test", scatterOp{}, in[0], Constant([]int{1, 1, 0}), in[1]) }, at: []any{tall, tall}},
	{op: maskOp{}, build: func(in ...*Node) *Node { return apply("Dropout", maskOp{}, in[0], Constant(0)) }, at: []any{grid}},
}

// TestComposed checks what is put together of several nodes, against finite differences.
func TestComposed(t *testing.T) {
	for name, tt := range map[string]gradientTest{
		"clip":                   {build: one(func(n *Node) *Node { return n.Clip(-1, 1) }), at: []any{grid}},
		"variance":               {build: one(func(n *Node) *Node { return n.Variance(0) }), at: []any{grid}},
		"normalize":              {build: one(func(n *Node) *Node { return n.Normalize(0.1, -1) }), at: []any{grid}},
		"normalize all":          {build: one(func(n *Node) *Node { return n.Normalize(0.1) }), at: []any{grid}},
		"cross-entropy":          {build: two((*Node).CrossEntropy), at: []any{grid, [][]float64{{0.2, 0.3, 0.5}, {1, 0, 0}}}},
		"cross-entropy, classes": {build: one(func(n *Node) *Node { return n.CrossEntropy([]int{2, 0}) }), at: []any{grid}},
		"binary cross-entropy":   {build: two((*Node).BinaryCrossEntropy), at: []any{vector, []float64{0, 1, 0.4}}},
		"huber":                  {build: func(in ...*Node) *Node { return in[0].Huber(in[1], 1) }, at: []any{grid, vector}},
		"dropout":                {build: one(func(n *Node) *Node { return n.Dropout(0) }), at: []any{grid}},
	} {
		t.Run(name, func(t *testing.T) {
			var in []*Node
			for j, value := range tt.at {
				in = append(in, Variable(fmt.Sprint("v", j), value))
			}
			y := weighted(tt.build(in...))
			compare(t, "gradient", y, nil, in)
			for _, d := range Gradients(y, in...) {
				compare(t, "gradient of the gradient", weighted(d), nil, in)
			}
		})
	}
}

// TestDropout: the share that is asked for goes, the mean stays, and the gradient knows
// the same mask.
func TestDropout(t *testing.T) {
	x, rate := Variable("x", Constant(1).value), Placeholder("rate")
	wide := apply("Gradient", repeatOp{}, x, Constant(make([]float64, 10_000)))
	dropped := wide.Dropout(rate)
	values, err := Compute(Feed{rate: 0.25}, dropped.Equal(0).Mean(), dropped.Mean(), Gradient(dropped.Mean(), x))
	if err != nil {
		t.Fatal(err)
	}
	if share := values[0].Item(); share < 0.23 || share > 0.27 {
		t.Errorf("%v of the elements are 0, want a quarter", share)
	}
	if mean := values[1].Item(); mean < 0.97 || mean > 1.03 || values[2].Item() != mean {
		t.Errorf("the mean is %v and its gradient %v, want the same, about 1", mean, values[2])
	}
	if whole, err := dropped.Mean().Compute(Feed{rate: 0}); err != nil || whole.Item() != 1 {
		t.Errorf("at a rate of 0 the mean is %v, %v, want 1", whole, err)
	}
}
