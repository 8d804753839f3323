package kernels

// A Matrix reads a slice in either direction: element (i, j) is Data[i*Down+j*Across].
type Matrix[T Float] struct {
	Data         []T
	Down, Across int
}

// A micro kernel computes a tile of the product from packed panels: of k columns of a,
// rows elements each, and k rows of b, columns elements each. The tile is stored over
// c, whose rows are stride apart, or added to it.
type micro[T Float] struct {
	rows, columns int
	f             func(k int, a, b, c []T, stride int, add bool)
}

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
	rows, columns := s.gemm.rows, s.gemm.columns
	panels := (n + columns - 1) / columns
	for p := 0; p < k; p += depth {
		d := min(depth, k-p)
		packed := grown(&scratch.b, panels*columns*d)
		for j := range panels {
			packColumns(packed[j*columns*d:][:columns*d], b, p, d, j*columns, n, columns)
		}
		for i := first; i < last; i += height {
			h := min(height, last-i)
			block := grown(&scratch.a, (h+rows-1)/rows*rows*d)
			for r := 0; r < h; r += rows {
				packRows(block[r*d:][:rows*d], a, i+r, min(rows, h-r), p, d, rows)
			}
			s.block(out[i*n:], block, packed, h, n, d, p > 0, scratch)
		}
	}
}

// block multiplies what is packed.
func (s *Set[T]) block(out, a, b []T, h, n, d int, add bool, scratch *Scratch[T]) {
	rows, columns := s.gemm.rows, s.gemm.columns
	tile := grown(&scratch.tile, rows*columns)
	for j := 0; j < n; j += columns {
		w := min(columns, n-j)
		for r := 0; r < h; r += rows {
			pa, pb := a[r*d:][:rows*d], b[j*d:][:columns*d]
			if w == columns && h-r >= rows {
				s.gemm.f(d, pa, pb, out[r*n+j:], n, add)
				continue
			}
			s.gemm.f(d, pa, pb, tile, columns, false)
			for y := range min(rows, h-r) {
				to, from := out[(r+y)*n+j:][:w], tile[y*columns:][:w]
				if add {
					addVV(to, to, from, 0, 0)
				} else {
					copy(to, from)
				}
			}
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

// packRows copies h rows of a, the columns from p, so that the elements of a column stand
// together; rows that a does not have are zero.
func packRows[T Float](to []T, a Matrix[T], i, h, p, d, rows int) {
	if h < rows {
		clear(to)
	}
	if a.Down == 1 {
		for q := range d {
			copy(to[q*rows:][:h], a.Data[(p+q)*a.Across+i:])
		}
		return
	}
	for y := range h {
		from := a.Data[(i+y)*a.Down+p*a.Across:]
		for q := range d {
			to[q*rows+y] = from[q*a.Across]
		}
	}
}

func plainMicro[T Float]() micro[T] { return micro[T]{4, 4, micro4x4[T]} }

// micro4x4 keeps its sixteen sums in registers.
func micro4x4[T Float](k int, a, b, c []T, stride int, add bool) {
	var t [4][4]T
	for ; k > 0; k-- {
		p, q := a[:4:4], b[:4:4]
		for i, x := range p {
			t[i][0] += x * q[0]
			t[i][1] += x * q[1]
			t[i][2] += x * q[2]
			t[i][3] += x * q[3]
		}
		a, b = a[4:], b[4:]
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
