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
