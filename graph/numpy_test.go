package graph

import (
	"fmt"
	"slices"
	"testing"

	"gradbook/graph/engine"
	"gradbook/graph/kernels"
)

// An array is a tensor in testdata/reference.json, which reference.py writes.
type array struct {
	Shape []int
	Data  []float64
}

// numpyTests builds what the cases of that name compute.
var numpyTests = map[string]func(in ...*Node) *Node{
	"add": two((*Node).Add), "subtract": two((*Node).Subtract), "multiply": two((*Node).Multiply), "divide": two((*Node).Divide),
	"maximum": two((*Node).Maximum), "minimum": two((*Node).Minimum), "greater": two((*Node).Greater),
	"greaterequal": two((*Node).GreaterEqual), "less": two((*Node).Less), "lessequal": two((*Node).LessEqual), "equal": two((*Node).Equal),
	"negate": one((*Node).Negate), "square": one((*Node).Square), "exp": one((*Node).Exp), "tanh": one((*Node).Tanh), "abs": one((*Node).Abs),
	"sin": one((*Node).Sin), "cos": one((*Node).Cos), "expm1": one((*Node).Expm1), "sigmoid": one((*Node).Sigmoid), "relu": one((*Node).ReLU),
	"softplus": one((*Node).Softplus), "erf": one((*Node).Erf), "gelu": one((*Node).GELU), "log": one((*Node).Log), "log1p": one((*Node).Log1p), "sqrt": one((*Node).Sqrt),
	"leakyrelu":          one(func(n *Node) *Node { return n.LeakyReLU(0.1) }),
	"clip":               one(func(n *Node) *Node { return n.Clip(-0.5, 0.8) }),
	"power":              one(func(n *Node) *Node { return n.Power(2.5) }),
	"where":              func(in ...*Node) *Node { return in[0].Where(in[1], in[2]) },
	"logsumexp":          one(func(n *Node) *Node { return n.LogSumExp() }),
	"logsumexp1":         one(func(n *Node) *Node { return n.LogSumExp(1) }),
	"argmax1":            one(func(n *Node) *Node { return n.ArgMax(1) }),
	"argmax2":            one(func(n *Node) *Node { return n.ArgMax(-1) }),
	"softmax1":           one(func(n *Node) *Node { return n.Softmax(1) }),
	"softmax2":           one(func(n *Node) *Node { return n.Softmax(-1) }),
	"logsoftmax2":        one(func(n *Node) *Node { return n.LogSoftmax(2) }),
	"normalize2":         one(func(n *Node) *Node { return n.Normalize(1e-5, 2) }),
	"crossentropy":       two((*Node).CrossEntropy),
	"binarycrossentropy": two((*Node).BinaryCrossEntropy),
	"huber":              func(in ...*Node) *Node { return in[0].Huber(in[1], 0.7) },
	"matmul":             two((*Node).MatMul),
	"transpose":          one((*Node).Transpose),
	"reshape":            one(func(n *Node) *Node { return n.Reshape(6, -1) }),
	"slice":              one(func(n *Node) *Node { return n.Slice(1, 1, 3) }),
	"pad":                one(func(n *Node) *Node { return n.Pad(1, 2, 1) }),
	"concat":             func(in ...*Node) *Node { return in[0].Concat(1, in[1], in[2]) },
	"gather":             two((*Node).Gather),
	"conv2d11":           func(in ...*Node) *Node { return in[0].Conv2D(in[1], 1, 1) },
	"conv2d20":           func(in ...*Node) *Node { return in[0].Conv2D(in[1], 2, 0) },
	"maxpool":            one(func(n *Node) *Node { return n.MaxPool(2) }),
}

// Reductions along axes have names that end in the axes.
func init() {
	for name, f := range map[string]func(n *Node, axes ...int) *Node{
		"sum": (*Node).Sum, "mean": (*Node).Mean, "max": (*Node).Max, "min": (*Node).Min, "variance": (*Node).Variance,
	} {
		for _, axes := range [][]int{{}, {0}, {1}, {2}, {0, 2}} {
			full := name
			for _, a := range axes {
				full += fmt.Sprint(a)
			}
			numpyTests[full] = one(func(n *Node) *Node { return f(n, axes...) })
		}
	}
}

// TestNumPy compares every operation with NumPy, for both types of number and every set of
// kernels that runs here, with operands of known and of unknown shape.
func TestNumPy(t *testing.T) {
	seen := map[string]bool{}
	for i, c := range numpyCases(t) {
		seen[c.Name] = true
		build := numpyTests[c.Name]
		if build == nil {
			t.Fatalf("no test for %s", c.Name)
		}
		var in []*Node
		for _, o := range c.Operands {
			in = append(in, Variable("v", &Tensor{shape: o.Shape, data: o.Data}))
		}
		open := Placeholder("open", append([]int{-1}, c.Operands[0].Shape[1:]...)...)
		fed := map[*Node]*Tensor{open: in[0].value}
		what := fmt.Sprint(i, " ", c.Name)
		compareNumPy(t, what, build(in...), fed, c.Result)
		compareNumPy(t, what+", open", build(append([]*Node{open}, in[1:]...)...), fed, c.Result)
	}
	for name := range numpyTests {
		if !seen[name] {
			t.Errorf("no case for %s", name)
		}
	}
}

func compareNumPy(t *testing.T, what string, n *Node, fed map[*Node]*Tensor, want array) {
	t.Helper()
	f := idleFrame[float64](compile([]*Node{n}))
	if err := f.bind(fed); err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	if wrong := f.variant.code.Check(); len(wrong) > 0 {
		t.Errorf("%s: %q", what, wrong)
	}
	if !slices.Equal(f.variant.shapes[0], want.Shape) {
		t.Errorf("%s is %v, want %v", what, f.variant.shapes[0], want.Shape)
		return
	}
	for _, set := range kernels.All[float64]() {
		compareSet(t, what, f, set, want.Data, 1e-13)
	}
	for _, set := range kernels.All[float32]() {
		compareSet(t, what, f, set, want.Data, 2e-6)
	}
}

func compareSet[T kernels.Float](t *testing.T, what string, f *frame[float64], set *kernels.Set[T], want []float64, tolerance float64) {
	t.Helper()
	m := engine.NewMachine(f.variant.code, set, 1)
	for i, v := range f.values {
		m.Bind(i, seenAs[T](nil, v.data))
	}
	m.Run()
	if got := convert[float64](nil, m.Output(0)); !near(got, want, tolerance) {
		t.Errorf("%s by %s, %T: %v, want %v", what, set.Name, T(0), got, want)
	}
}
