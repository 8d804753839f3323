package graph

import (
	"errors"
	"fmt"
	"slices"
)

// A shape is what is known of a node's shape before anything is fed: nothing, or
// the axes, of which those of length -1 are settled by what is fed.
type shape struct {
	known bool
	axes  []int
}

// unknown is the shape of a placeholder that accepts anything.
var unknown shape

func known(axes []int) shape { return shape{true, slices.Clone(axes)} }

// settled reports whether every length is known.
func (s shape) settled() bool { return s.known && !slices.Contains(s.axes, -1) }

func (s shape) String() string {
	if !s.known {
		return "[?]"
	}
	return shapeText(s.axes)
}

func sizeOf(axes []int) int {
	size := 1
	for _, n := range axes {
		size *= n
	}
	return size
}

// broadcast returns the shape of an element-wise operation by NumPy's rule: axes
// are lined up from the last one, and a length of 1, or an axis that is missing,
// is repeated to fit the other.
func broadcast(a, b shape) (shape, error) {
	if !a.known || !b.known {
		return unknown, nil
	}
	if len(a.axes) < len(b.axes) {
		a, b = b, a
	}
	axes := slices.Clone(a.axes)
	off := len(a.axes) - len(b.axes)
	for i, n := range b.axes {
		switch m := axes[off+i]; {
		case m == n || n == 1:
		case m == 1 || m == -1:
			axes[off+i] = n
		case n == -1:
		default:
			return unknown, misfit(m, n, len(axes))
		}
	}
	return known(axes), nil
}

// misfit says which lengths do not fit each other. Of two vectors the shapes, which
// the error names anyway, say that already.
func misfit(m, n, rank int) error {
	if rank == 1 {
		return errors.New("")
	}
	return fmt.Errorf("lengths %d and %d do not fit", m, n)
}

// strides returns how far apart in t neighbours along each axis of out are: 0 along
// an axis that is repeated.
func strides(t, out []int) []int {
	s := make([]int, len(out))
	step := 1
	for i := len(t) - 1; i >= 0; i-- {
		if t[i] != 1 {
			s[i+len(out)-len(t)] = step
		}
		step *= t[i]
	}
	return s
}

// walk calls visit for every element of a tensor of the given shape, in order, with
// the element's place in each operand, whose strides are given.
func walk(axes []int, steps [2][]int, visit func(i, a, b int)) {
	index := make([]int, len(axes))
	a, b := 0, 0
	for i := range sizeOf(axes) {
		visit(i, a, b)
		for axis := len(axes) - 1; axis >= 0; axis-- {
			index[axis]++
			a, b = a+steps[0][axis], b+steps[1][axis]
			if index[axis] < axes[axis] {
				break
			}
			a, b = a-index[axis]*steps[0][axis], b-index[axis]*steps[1][axis]
			index[axis] = 0
		}
	}
}
