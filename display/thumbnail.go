package display

import (
	"gradbook/display/diagram"
	"gradbook/graph"
)

// A vector or matrix with at most mostSide elements along each axis has a thumbnail, of at
// most mostShown cells: those of a larger one are the means of several numbers.
const mostSide, mostShown = 32, 16

// thumbnail draws what a tensor looks like, from its lowest number to its highest; nil if
// the numbers themselves are written, or if there are too many.
func thumbnail(t *graph.Tensor) *diagram.Thumbnail {
	rows, columns, ok := sides(t)
	if _, same := uniform(t); !ok || same {
		return nil
	}
	all := t.Float64s()
	across, down := (columns+mostShown-1)/mostShown, (rows+mostShown-1)/mostShown
	h := heights{columns: (columns + across - 1) / across, rows: (rows + down - 1) / down}
	for r := range h.rows {
		for c := range h.columns {
			sum, n := 0.0, 0
			for i := r * down; i < min(rows, (r+1)*down); i++ {
				for j := c * across; j < min(columns, (c+1)*across); j++ {
					sum, n = sum+all[i*columns+j], n+1
				}
			}
			h.values = append(h.values, sum/float64(n))
		}
	}
	low, high := h.extremes()
	var plain Map
	shades := make([]int, len(h.values))
	for i, v := range h.values {
		var ok bool
		if shades[i], ok = plain.shade(v, low, high); !ok {
			shades[i] = -1
		}
	}
	return &diagram.Thumbnail{Columns: h.columns, Shades: shades, Tip: rangeOf(t)}
}

// sides reads a tensor as a matrix, a vector as one row. It reports false if it is neither,
// or has too many elements, or so few that they are written.
func sides(t *graph.Tensor) (rows, columns int, ok bool) {
	shape := t.Shape()
	switch len(shape) {
	case 1:
		return 1, shape[0], shape[0] > 3 && shape[0] <= mostSide
	case 2:
		return shape[0], shape[1], t.Size() > 1 && max(shape[0], shape[1]) <= mostSide
	}
	return 0, 0, false
}
