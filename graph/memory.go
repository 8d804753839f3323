package graph

import (
	"cmp"
	"fmt"
	"math"
	"math/bits"
	"slices"

	"gradbook/graph/engine"
)

// sizeOf counts the elements of a shape; more than can be counted are the largest int.
func sizeOf(axes []int) int {
	size := uint64(1)
	for _, n := range axes {
		high, low := bits.Mul64(size, uint64(n))
		if n == 0 {
			return 0
		}
		if size = low; high != 0 || low > math.MaxInt {
			size = math.MaxInt // a later length of 0 still makes it empty
		}
	}
	return int(size)
}

// addressable is how many bytes a program can have at most.
const addressable = 1 << 47

// mostElements is how many one value may have, so that nothing overflows that counts bytes.
const mostElements = 1 << 48

// fits refuses a program that needs more memory than there is: to allocate it would end the
// kernel, or make the machine crawl. The usual cause is a broadcast that nobody meant, so
// the error tells of the node that is largest.
func (p *program) fits(code *engine.Program, width int, values []*Tensor) error {
	need, have := float64(code.Memory())*float64(width), memory()
	if need <= have {
		return nil
	}
	l, _, err := p.lowered(values)
	if err != nil {
		return err
	}
	largest := slices.MaxFunc(p.order, func(a, b *Node) int {
		return cmp.Compare(sizeOf(l.Shape(l.at[a])), sizeOf(l.Shape(l.at[b])))
	})
	return l.tooLarge(largest, l.Shape(l.at[largest]), fmt.Sprintf("%s of memory are needed, more than the %s there are", amount(need), amount(have)))
}

// tooLarge tells of a node whose result has some shape.
func (l *lowering) tooLarge(n *Node, made []int, problem string) error {
	e := &Error{Operation: n.whatItDoes(), Operands: n.inputs, Problem: fmt.Sprintf("the result would be %s: %s", shapeText(made), problem)}
	for _, input := range n.inputs {
		e.shapes = append(e.shapes, known(l.Shape(l.at[input])))
	}
	return e
}

// amount writes so many bytes.
func amount(n float64) string {
	units := []string{"bytes", "kB", "MB", "GB", "TB", "PB", "EB"}
	i := 0
	for ; n >= 1000 && i < len(units)-1; i++ {
		n /= 1000
	}
	return fmt.Sprintf("%.3g %s", n, units[i])
}
