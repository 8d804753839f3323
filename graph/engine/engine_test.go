package engine

import (
	"math"
	"slices"
	"strings"
	"testing"

	"gradbook/graph/kernels"
)

// line builds the mean of (w·x + b − y)² and its derivatives for w and b, as the gradient
// of nodes writes them.
func line(n int) *Program {
	b := NewBuilder()
	shape := []int{n}
	x, y, w, c := b.Input(0, shape), b.Input(1, shape), b.Input(2, nil), b.Input(3, nil)
	e := b.Element(kernels.Subtract, shape, b.Element(kernels.Add, shape, b.Element(kernels.Multiply, shape, w, x), c), y)
	share := b.Broadcast(b.Number(1/float64(n)), shape)
	d := b.Element(kernels.Multiply, shape, share, b.Element(kernels.Multiply, shape, b.Number(2), e))
	all := []bool{true}
	loss := b.Element(kernels.Multiply, nil, b.Number(1/float64(n)), b.Reduce(kernels.Sum, b.Element(kernels.Multiply, shape, e, e), all))
	return b.Program(loss, b.Reduce(kernels.Sum, b.Element(kernels.Multiply, shape, d, x), all), b.Reduce(kernels.Sum, d, all))
}

// TestText reads the program of a step: one loop with all sums, whose constant factors
// have moved out, then three numbers.
func TestText(t *testing.T) {
	got := line(100).String()
	for _, part := range []string{"for 100 elements\n", "·[x0:100] + ", " − [x1:100]\n", " = dot t0 t0\n", " = dot [x0:100] t0\n", " = sum t0\n"} {
		if !strings.Contains(got, part) {
			t.Errorf("the program has no %q:\n%s", part, got)
		}
	}
	if strings.Count(got, "for ") != 1 || strings.Count(got, "  ") != 4 || strings.Count(got, " = mul ") != 3 {
		t.Errorf("want one loop of four instructions and three products:\n%s", got)
	}
}

// TestRun computes a step by hand.
func TestRun(t *testing.T) {
	for _, set := range kernels.All[float64]() {
		m := NewMachine(line(3), set, 1)
		for slot, data := range [][]float64{{1, 2, 3}, {4, 4, 4}, {2}, {1}} {
			m.Bind(slot, data)
		}
		if err := m.Run(); err != nil { // the errors are −1, 1 and 3
			t.Fatal(err)
		}
		for i, want := range []float64{11. / 3, 2 * (-1 + 2 + 9) / 3., 2.} {
			if got := m.Output(i)[0]; math.Abs(got-want) > 1e-15 {
				t.Errorf("%s: output %d is %v, want %v", set.Name, i, got, want)
			}
		}
		if n := testing.AllocsPerRun(10, func() { m.Run() }); n != 0 {
			t.Errorf("a run allocates %v times", n)
		}
	}
}

// TestShared: what is written twice is computed once, constants fold, and what changes
// nothing is not computed at all.
func TestShared(t *testing.T) {
	b := NewBuilder()
	x, y := b.Input(0, []int{4}), b.Input(1, []int{4})
	sum, same := b.Element(kernels.Add, []int{4}, x, y), b.Element(kernels.Add, []int{4}, y, x)
	if sum != same {
		t.Error("x + y and y + x are two values")
	}
	if b.Element(kernels.Multiply, []int{4}, b.Number(1), x) != x || b.Reshape(b.Reshape(x, []int{2, 2}), []int{4}) != x {
		t.Error("1·x, or x in another shape and back, is not x")
	}
	folded := b.Element(kernels.Exp, nil, b.Element(kernels.Subtract, nil, b.Number(3), b.Number(3)))
	if folded != b.Number(1) {
		t.Error("exp(3 − 3) is not folded to 1")
	}
	transposed := b.Permute(b.Reshape(x, []int{2, 2}), []int{1, 0})
	if p := b.Program(b.MatMul(transposed, y, Product{M: 2, K: 2, N: 2, Batch: 1}, []int{2, 2})).String(); !strings.Contains(p, "[x0:4]ᵀ @ [x1:4]") {
		t.Errorf("the product does not read its operand where it is:\n%s", p)
	}
}

// TestArena: a chain of sums over ever new vectors needs memory for a few of them only.
func TestArena(t *testing.T) {
	b := NewBuilder()
	v := b.Input(0, []int{100, 100})
	for range 50 {
		v = b.MatMul(v, v, Product{M: 100, K: 100, N: 100, Batch: 1}, []int{100, 100})
	}
	if p := b.Program(v); p.Memory() != 2*100*100 {
		t.Errorf("50 products take %d elements, want room for two", p.Memory())
	}
}

// TestCheck breaks a program in every way that the checker knows.
func TestCheck(t *testing.T) {
	for what, spoil := range map[string]func(p *Program){
		"read, but":        func(p *Program) { p.steps = p.steps[1:] },
		"does not exist":   func(p *Program) { p.steps[0].loop.regs[0].place.at = 9 },
		"outside the":      func(p *Program) { p.steps[0].loop.sums[0].out.at = p.arena },
		"overlaps":         func(p *Program) { p.steps[0].loop.sums[1].out = p.steps[0].loop.sums[0].out },
		"which another":    func(p *Program) { p.steps[0].loop.code = p.steps[0].loop.code[1:] },
		"a1000000 is read": func(p *Program) { p.code[0].a = 1_000_000 },
	} {
		p := line(10)
		if wrong := p.Check(); len(wrong) > 0 {
			t.Fatalf("a good program: %q", wrong)
		}
		spoil(p)
		if wrong := p.Check(); !slices.ContainsFunc(wrong, func(w string) bool { return strings.Contains(w, what) }) {
			t.Errorf("want a complaint with %q, got %q", what, wrong)
		}
	}
}
