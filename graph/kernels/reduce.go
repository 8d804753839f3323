package kernels

import (
	"math"
	"unsafe"
)

// lanes is how many partial sums there are: as many elements as 256 bytes hold, whatever
// the width of the machine's vectors. Element i belongs to sum i % lanes.
func lanes[T Float]() int { return 256 / int(unsafe.Sizeof(T(0))) }

// maxLanes is that of the smallest type.
const maxLanes = 64

func sum[T Float](a []T) T {
	var all [maxLanes]T
	s := all[:lanes[T]()]
	for ; len(a) >= len(s); a = a[len(s):] {
		for i, x := range a[:len(s)] {
			s[i] += x
		}
	}
	for i, x := range a {
		s[i] += x
	}
	return tree(s)
}

func dot[T Float](a, b []T) T {
	var all [maxLanes]T
	s := all[:lanes[T]()]
	for b = b[:len(a)]; len(a) >= len(s); a, b = a[len(s):], b[len(s):] {
		y := b[:len(s)]
		for i, x := range a[:len(s)] {
			s[i] += T(x * y[i])
		}
	}
	for i, x := range a {
		s[i] += T(x * b[i])
	}
	return tree(s)
}

// tree adds the second half to the first until one sum is left, which is what vectors do.
func tree[T Float](s []T) T {
	for half := len(s) / 2; half > 0; half /= 2 {
		for i := range half {
			s[i] += s[i+half]
		}
	}
	return s[0]
}

func largest[T Float](a []T) T {
	m := T(math.Inf(-1))
	for _, x := range a {
		m = max(m, x)
	}
	return m
}

func smallest[T Float](a []T) T {
	m := T(math.Inf(1))
	for _, x := range a {
		m = min(m, x)
	}
	return m
}

// Start is what a reduction of nothing is.
func Start[T Float](r Reduction) T {
	switch r {
	case Largest:
		return T(math.Inf(-1))
	case Smallest:
		return T(math.Inf(1))
	}
	return 0
}
