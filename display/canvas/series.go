package canvas

import (
	"math"

	"gonum.org/v1/plot/plotter"
)

// Segments splits a line where it has a gap: at every point with a coordinate
// that is not a finite number. A loss that diverged is drawn as far as it went.
func Segments(line plotter.XYs) []plotter.XYs {
	var parts []plotter.XYs
	start := 0
	for i := 0; i <= len(line); i++ {
		if i < len(line) && finite(line[i].X) && finite(line[i].Y) {
			continue
		}
		if i > start {
			parts = append(parts, line[start:i])
		}
		start = i + 1
	}
	return parts
}

// finite reports whether v is a number, and not so large that differences of such
// numbers are infinite.
func finite(v float64) bool { return math.Abs(v) <= math.MaxFloat64/16 }

// Thin returns a line that looks the same when drawn that many pixels wide, with
// at most four points for each pixel: the first, the lowest, the highest and the
// last of those that fall on it. A line that also goes back has as many, see thinWay.
func Thin(line plotter.XYs, width int) plotter.XYs {
	if width < 1 || len(line) <= 4*width {
		return line
	}
	left, span := line[0].X, line[len(line)-1].X-line[0].X
	for i := 1; i < len(line); i++ {
		if line[i].X < line[i-1].X {
			return thinWay(line, width)
		}
	}
	if !(span > 0) || math.IsInf(span, 0) {
		return thinWay(line, width)
	}
	column := func(i int) int { return int(float64(width) * ((line[i].X - left) / span)) }
	out := make(plotter.XYs, 0, 4*width)
	for from := 0; from < len(line); {
		to := from
		for c := column(from); to < len(line) && column(to) == c; to++ {
		}
		out = appendColumn(out, line[from:to])
		from = to
	}
	return out
}

// thinWay leaves out points that are close to the one before, at first by half a pixel
// and then by more, until few enough are left. Of a line that goes to and fro so wildly
// that this does not help, and which fills the picture, it takes points at equal
// distances along the way.
func thinWay(line plotter.XYs, width int) plotter.XYs {
	most := 4 * width
	xmin, xmax, ymin, ymax := bounds(line)
	for pixels := 0.5; pixels <= 8; pixels *= 2 {
		share := pixels / float64(width)
		farX, farY := share*xmax-share*xmin, share*ymax-share*ymin // the range itself may overflow
		kept := make(plotter.XYs, 0, most)
		for i, p := range line {
			if i == 0 || i == len(line)-1 || math.Abs(p.X-kept[len(kept)-1].X) > farX || math.Abs(p.Y-kept[len(kept)-1].Y) > farY {
				if len(kept) == most {
					break
				}
				kept = append(kept, p)
			}
			if i == len(line)-1 {
				return kept
			}
		}
	}
	kept := make(plotter.XYs, most)
	for i := range kept {
		kept[i] = line[i*(len(line)-1)/(most-1)]
	}
	return kept
}

// bounds are the ranges of finite points.
func bounds(points plotter.XYs) (xmin, xmax, ymin, ymax float64) {
	xmin, xmax, ymin, ymax = math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	for _, p := range points {
		xmin, xmax = min(xmin, p.X), max(xmax, p.X)
		ymin, ymax = min(ymin, p.Y), max(ymax, p.Y)
	}
	return xmin, xmax, ymin, ymax
}

// appendColumn appends what one pixel shows of the points that fall on it.
func appendColumn(out, column plotter.XYs) plotter.XYs {
	if len(column) <= 4 {
		return append(out, column...)
	}
	low, high := 0, 0
	for i, p := range column {
		if p.Y < column[low].Y {
			low = i
		}
		if p.Y > column[high].Y {
			high = i
		}
	}
	return append(out, column[0], column[min(low, high)], column[max(low, high)], column[len(column)-1])
}

// ThinPoints drops points that would be drawn over another one, keeping the
// first of each cell of a grid of columns and rows over the data's range, in
// their order. A point that is not a pair of finite numbers is dropped as well. The grid
// becomes coarser until no more than most points are left.
func ThinPoints(points plotter.XYs, columns, rows, most int) plotter.XYs {
	kept := make(plotter.XYs, 0, len(points))
	for _, p := range points {
		if finite(p.X) && finite(p.Y) {
			kept = append(kept, p)
		}
	}
	if len(kept) <= most {
		return kept
	}
	xmin, xmax, ymin, ymax := bounds(kept)
	cell := func(v, low, high float64, n int) int {
		if high <= low {
			return 0
		}
		return min(int(float64(n)*((v/2-low/2)/(high/2-low/2))), n-1) // halves, since the range may overflow
	}
	taken := make([]bool, columns*rows)
	n := 0
	for _, p := range kept {
		i := cell(p.Y, ymin, ymax, rows)*columns + cell(p.X, xmin, xmax, columns)
		if !taken[i] {
			taken[i] = true
			kept[n] = p
			n++
		}
	}
	if n > most && columns > 2 && rows > 2 {
		return ThinPoints(kept[:n], 4*columns/5, 4*rows/5, most)
	}
	return kept[:n]
}
