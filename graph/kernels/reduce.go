package kernels

import "math"

// sum and dot keep four sums, so that an addition need not wait for the one before.
func sum[T Float](a []T) T {
	var s0, s1, s2, s3 T
	for ; len(a) >= 4; a = a[4:] {
		s0 += a[0]
		s1 += a[1]
		s2 += a[2]
		s3 += a[3]
	}
	for _, x := range a {
		s0 += x
	}
	return (s0 + s1) + (s2 + s3)
}

func dot[T Float](a, b []T) T {
	b = b[:len(a)]
	var s0, s1, s2, s3 T
	i := 0
	for ; i+4 <= len(a); i += 4 {
		s0 += a[i] * b[i]
		s1 += a[i+1] * b[i+1]
		s2 += a[i+2] * b[i+2]
		s3 += a[i+3] * b[i+3]
	}
	for ; i < len(a); i++ {
		s0 += a[i] * b[i]
	}
	return (s0 + s1) + (s2 + s3)
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
