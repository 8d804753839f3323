package kernels

// A Matrix reads a slice in either direction: element (i, j) is Data[i*Down+j*Across].
type Matrix[T Float] struct {
	Data         []T
	Down, Across int
}

// A micro kernel computes a tile of the product. It reads rows of a as they stand, down
// and across elements apart; of b a packed panel: k rows of so many columns. The tile is
// stored over c, whose rows are stride apart, or added to it.
type micro[T Float] struct {
	rows, columns int
	f             tile[T]
}

type tile[T Float] func(k int, a []T, down, across int, b, c []T, stride int, add bool)

// Sizes of the blocks that are packed at once: depth·columns of a panel of b stays in
// the first cache, depth·height of a in the second.
const (
	depth  = 256
	height = 128
)

// A Scratch is memory that products use again.
type Scratch[T Float] struct{ a, b, tile []T }

func grown[T Float](s *[]T, n int) []T {
	if cap(*s) < n {
		*s = make([]T, n)
	}
	return (*s)[:n]
}

// Multiply stores the product of a [m k] and b [k n] in the rows from first to last of
// out. Ranges of rows may be computed at the same time by callers with scratch of their
// own. Each element is the sum in one order, whatever the range.
func (s *Set[T]) Multiply(out []T, a, b Matrix[T], first, last, k, n int, scratch *Scratch[T]) {
	if k == 0 {
		clear(out[first*n : last*n])
	}
	if s.small(out, a, b, first, last, k, n) {
		return
	}
	columns := s.product.columns
	panels := (n + columns - 1) / columns
	for p := 0; p < k; p += depth {
		d := min(depth, k-p)
		packed := grown(&scratch.b, panels*columns*d)
		for j := range panels {
			packColumns(packed[j*columns*d:][:columns*d], b, p, d, j*columns, n, columns)
		}
		for i := first; i < last; i += height {
			s.block(out[i*n:], Matrix[T]{a.Data[i*a.Down+p*a.Across:], a.Down, a.Across}, packed, min(height, last-i), n, d, p > 0, scratch)
		}
	}
}

// farApart is the distance, in elements, from which on reading down a column in place is
// slower than copying it: each element then is on another page of memory.
const farApart = 1 << 17

// block multiplies h rows of a with what is packed of b. If the last rows do not fill a
// tile, it begins further up; rows that do not fill any, or are hard to read, are copied.
func (s *Set[T]) block(out []T, a Matrix[T], b []T, h, n, d int, add bool, scratch *Scratch[T]) {
	rows, columns := s.product.rows, s.product.columns
	step, copied := a.Down, h < rows || a.Across >= farApart && n > columns
	if copied {
		packed := grown(&scratch.a, (h+rows-1)/rows*rows*d)
		for r := 0; r < h; r += rows {
			packRows(packed[r*d:][:rows*d], a, r, min(rows, h-r), d, rows)
		}
		a, step = Matrix[T]{packed, 1, rows}, d
	}
	for j := 0; j < n; j += columns {
		panel := b[j*d:][:columns*d]
		for r := 0; r < h; r += rows {
			if r+rows <= h && j+columns <= n {
				s.product.f(d, a.Data[r*step:], a.Down, a.Across, panel, out[r*n+j:], n, add)
				continue
			}
			first := r
			if !copied {
				first = min(r, h-rows)
			}
			s.part(a.Data[first*step:], a, panel, d, min(columns, n-j), scratch)
			s.keep(out[r*n+j:], n, scratch.tile[(r-first)*columns:], min(rows, h-r), min(columns, n-j), add)
		}
	}
}

// part computes a tile, of which only some columns are wanted, in the scratch memory.
func (s *Set[T]) part(from []T, a Matrix[T], panel []T, d, w int, scratch *Scratch[T]) {
	f := s.product.f
	if s.narrow != nil && 2*w <= s.product.columns {
		f = s.narrow
	}
	f(d, from, a.Down, a.Across, panel, grown(&scratch.tile, s.product.rows*s.product.columns), s.product.columns, false)
}

// keep stores so many rows and columns of a tile in rows of n elements, or adds them.
func (s *Set[T]) keep(out []T, n int, tile []T, rows, w int, add bool) {
	for y := range rows {
		to, from := out[y*n:][:w], tile[y*s.product.columns:][:w]
		if add {
			addVV(to, to, from, 0, 0)
		} else {
			copy(to, from)
		}
	}
}

// small computes what is not worth packing: a product with one column or few rows, or
// with little inner length. What is small is so for every range of rows.
func (s *Set[T]) small(out []T, a, b Matrix[T], first, last, k, n int) bool {
	switch {
	case n == 1 && a.Across == 1 && b.Down == 1:
		for i := first; i < last; i++ {
			out[i] = s.Dot(a.Data[i*a.Down:][:k], b.Data[:k])
		}
	case b.Across == 1 && (len(out) < 4*n || n < 4 || k < 4):
		for i := first; i < last; i++ {
			row := out[i*n : (i+1)*n]
			clear(row)
			for p := range k {
				s.Axpy(row, b.Data[p*b.Down:][:n], row, a.Data[i*a.Down+p*a.Across], 0)
			}
		}
	default:
		return k == 0 || n == 0
	}
	return true
}

// packColumns copies the rows from p of b, from column j on, into a panel; columns that
// b does not have are zero.
func packColumns[T Float](to []T, b Matrix[T], p, d, j, n, columns int) {
	w := min(columns, n-j)
	if w < columns {
		clear(to)
	}
	if b.Across == 1 {
		for q := range d {
			copy(to[q*columns:][:w], b.Data[(p+q)*b.Down+j:])
		}
		return
	}
	for x := range w {
		from := b.Data[p*b.Down+(j+x)*b.Across:]
		for q := range d {
			to[q*columns+x] = from[q*b.Down]
		}
	}
}

// packRows copies h rows of a from row i on so that the elements of a column stand together;
// rows that there are not are zero.
func packRows[T Float](to []T, a Matrix[T], i, h, d, rows int) {
	if h < rows {
		clear(to)
	}
	for y := range h {
		from := a.Data[(i+y)*a.Down:]
		for q := range d {
			to[q*rows+y] = from[q*a.Across]
		}
	}
}

func plainMicro[T Float]() micro[T] { return micro[T]{4, 4, micro4x4[T]} }

// micro4x4 keeps its sixteen sums in registers.
func micro4x4[T Float](k int, a []T, down, across int, b, c []T, stride int, add bool) {
	var t [4][4]T
	for p := range k {
		q := b[p*4:][:4:4]
		for i := range t {
			x := a[i*down+p*across]
			t[i][0] += x * q[0]
			t[i][1] += x * q[1]
			t[i][2] += x * q[2]
			t[i][3] += x * q[3]
		}
	}
	for i := range t {
		row := c[i*stride:][:4]
		for j, v := range t[i] {
			if add {
				v += row[j]
			}
			row[j] = v
		}
	}
}
