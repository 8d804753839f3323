package engine

import (
	"gradbook/graph/kernels"
)

// A Convolution is what is to know of filters that slide over images, beside the operands:
// images are [Batch Channels Rows Columns], filters [Features Channels Height Width], and
// results [Batch Features down across]. Two of the three are given, and Finds says which is
// computed.
type Convolution struct {
	Batch, Channels, Rows, Columns int
	Features, Height, Width        int
	Stride, Padding                int
	Finds                          Part
}

// A Part of a convolution.
type Part uint8

// The parts: Results are computed of images and filters. The others are derivatives: Images
// of the derivative of the results and filters, Filters of images and the derivative of the
// results.
const (
	Results Part = iota
	Images
	Filters
)

// String gives the name that programs are printed with.
func (p Part) String() string { return [...]string{"convolution", "images of", "filters of"}[p] }

// Places is how often a filter of some length fits along images of another, with padding
// at both ends.
func Places(length, filter, stride, padding int) int { return (length+2*padding-filter)/stride + 1 }

func (c *Convolution) down() int   { return Places(c.Rows, c.Height, c.Stride, c.Padding) }
func (c *Convolution) across() int { return Places(c.Columns, c.Width, c.Stride, c.Padding) }

// places is how many results an image has for each feature, and window how many elements
// of the image each of them is made of.
func (c *Convolution) places() int { return c.down() * c.across() }
func (c *Convolution) window() int { return c.Channels * c.Height * c.Width }

// Convolve computes one part of a convolution from the other two.
func (b *Builder) Convolve(x, y Value, c Convolution, shape []int) Value {
	return b.make(value{kind: convolution, in: [3]Value{b.real(x), b.real(y)}, n: 2, conv: &c, shape: shape})
}

type convolutionStep struct {
	*Convolution
	out, a, b place
}

// share is how many images a chunk has. It must not depend on the number of threads, since
// the filters' derivative is a sum over chunks.
func (c *Convolution) share() int {
	if c.Finds == Filters {
		const sums = 16 // that are kept
		return max(1, (c.Batch+sums-1)/sums)
	}
	return 1
}

func (c *Convolution) chunks() int { return (c.Batch + c.share() - 1) / c.share() }

// partials is the memory that the chunks need.
func (s *convolutionStep) partials() int {
	if s == nil || s.Finds != Filters {
		return 0
	}
	return s.chunks() * s.out.size
}

func (m *Machine[T]) runConvolution(s *convolutionStep) {
	m.task = task[T]{convolution: s}
	if chunks := s.chunks(); m.threads > 1 && chunks > 1 {
		m.parallel(chunks)
	} else {
		for c := range chunks {
			m.workers[0].convolve(s, c)
		}
	}
	if s.Finds == Filters {
		out := m.memory(s.out)
		clear(out)
		for i := range s.chunks() {
			add := m.kernels.VV[kernels.Add]
			add(out, out, m.partial[i*len(out):(i+1)*len(out)], 0, 0)
		}
	}
}

// convolve computes the images of a chunk, one by one: what the filter sees at each place
// is laid out as a column, so that the rest is a matrix product, whose operand stays in the
// cache.
func (w *worker[T]) convolve(s *convolutionStep, chunk int) {
	a, b, out := w.m.memory(s.a), w.m.memory(s.b), w.m.memory(s.out)
	image, result := s.Channels*s.Rows*s.Columns, s.Features*s.places()
	w.columns = grown(w.columns, s.window()*s.places())
	first, last := chunk*s.share(), min((chunk+1)*s.share(), s.Batch)
	if s.Finds == Filters {
		sum := w.m.partial[chunk*len(out):][:len(out)]
		clear(sum)
		w.part = grown(w.part, len(out))
		for i := first; i < last; i++ {
			w.filters(s.Convolution, sum, a[i*image:(i+1)*image], b[i*result:(i+1)*result])
		}
		return
	}
	for i := first; i < last; i++ {
		if s.Finds == Results {
			w.results(s.Convolution, out[i*result:(i+1)*result], a[i*image:(i+1)*image], b)
		} else {
			w.images(s.Convolution, out[i*image:(i+1)*image], a[i*result:(i+1)*result], b)
		}
	}
}

// results is filters · columns.
func (w *worker[T]) results(c *Convolution, out, image, filters []T) {
	k, n := c.window(), c.places()
	columns := w.columns[:k*n]
	spread(c, columns, image)
	w.m.kernels.Multiply(out, kernels.Matrix[T]{Data: filters, Down: k, Across: 1}, kernels.Matrix[T]{Data: columns, Down: n, Across: 1}, 0, c.Features, k, n, &w.scratch)
}

// filters adds d · columnsᵀ.
func (w *worker[T]) filters(c *Convolution, sum, image, d []T) {
	k, n := c.window(), c.places()
	columns, part := w.columns[:k*n], w.part[:len(sum)]
	spread(c, columns, image)
	w.m.kernels.Multiply(part, kernels.Matrix[T]{Data: d, Down: n, Across: 1}, kernels.Matrix[T]{Data: columns, Down: 1, Across: n}, 0, c.Features, n, k, &w.scratch)
	w.m.kernels.VV[kernels.Add](sum, sum, part, 0, 0)
}

// images is filtersᵀ · d, each element of which goes where it came from.
func (w *worker[T]) images(c *Convolution, image, d, filters []T) {
	k, n := c.window(), c.places()
	columns := w.columns[:k*n]
	w.m.kernels.Multiply(columns, kernels.Matrix[T]{Data: filters, Down: 1, Across: k}, kernels.Matrix[T]{Data: d, Down: n, Across: 1}, 0, k, c.Features, n, &w.scratch)
	w.gather(c, image, columns)
}

// A sight is what one element of a filter meets: at place (i, j) it is at row i·stride + y
// and column j·stride + x of a plane of the image. Only columns from first to before last
// are inside.
type sight struct {
	*Convolution
	down, across int
	plane        int // offset of its channel
	y, x         int
	first, last  int
}

func (c *Convolution) sight(e int) sight {
	s := sight{Convolution: c, down: c.down(), across: c.across()}
	s.plane = e / (c.Height * c.Width) * c.Rows * c.Columns
	s.y, s.x = e/c.Width%c.Height-c.Padding, e%c.Width-c.Padding
	for s.first < s.across && s.x+s.first*c.Stride < 0 {
		s.first++
	}
	s.last = s.across
	for s.last > s.first && s.x+(s.last-1)*c.Stride >= c.Columns {
		s.last--
	}
	return s
}

// row says which part of the plane the element meets in row i of the places; its length is 0
// if none.
func (s *sight) row(i int) (at, length int) {
	y := i*s.Stride + s.y
	if y < 0 || y >= s.Rows || s.first >= s.last {
		return 0, 0
	}
	return y*s.Columns + s.x + s.first*s.Stride, s.last - s.first
}

// aligned reports whether the rows of places are as long as those of the image, and as far
// apart: then all lie as in the image, only shifted, but for what is left and right of it.
// It returns from which place to before which, and how far they are shifted.
func (s *sight) aligned() (from, to, shift int, ok bool) {
	if s.Stride != 1 || s.across != s.Columns {
		return 0, 0, 0, false
	}
	shift = s.y*s.Columns + s.x
	from, to = max(0, -s.y), min(s.down, s.Rows-s.y)
	if from >= to || s.first >= s.last {
		return 0, 0, 0, true
	}
	return max(from*s.across, -shift), min(to*s.across, s.Rows*s.Columns-shift), shift, true
}

// clearEdges clears what is left and right of the image.
func clearEdges[T kernels.Float](s *sight, places []T) {
	for i := range s.down {
		clear(places[i*s.across:][:s.first])
		clear(places[i*s.across+s.last : (i+1)*s.across])
	}
}

// spread writes for every element of a filter a row, with what it meets at each place.
func spread[T kernels.Float](c *Convolution, columns, image []T) {
	for e := range c.window() {
		s := c.sight(e)
		plane, places := image[s.plane:][:c.Rows*c.Columns], columns[e*s.down*s.across:][:s.down*s.across]
		if from, to, shift, ok := s.aligned(); ok {
			clear(places[:from])
			copy(places[from:to], plane[from+shift:])
			clear(places[to:])
			clearEdges(&s, places)
			continue
		}
		for i := range s.down {
			row := places[i*s.across:][:s.across]
			at, n := s.row(i)
			if n < s.across {
				clear(row)
			}
			for j := range n {
				row[s.first+j] = plane[at+j*c.Stride]
			}
		}
	}
}

// gather adds to every element of an image what is in all columns for it. The columns are
// used up.
func (w *worker[T]) gather(c *Convolution, image, columns []T) {
	clear(image)
	add := w.m.kernels.VV[kernels.Add]
	for e := range c.window() {
		s := c.sight(e)
		plane, places := image[s.plane:][:c.Rows*c.Columns], columns[e*s.down*s.across:][:s.down*s.across]
		if from, to, shift, ok := s.aligned(); ok {
			clearEdges(&s, places)
			part := plane[from+shift:][:to-from]
			add(part, part, places[from:to], 0, 0)
			continue
		}
		for i := range s.down {
			row := places[i*s.across:][:s.across]
			at, n := s.row(i)
			for j := range n {
				plane[at+j*c.Stride] += row[s.first+j]
			}
		}
	}
}
