package kernels

// A Kernel computes a block. Slices are as long as dst; dst may be one of them. Of a
// and b, and of the numbers s and t, a form uses what its name says.
type Kernel[T Float] func(dst, a, b []T, s, t T)

// A Set is the loops for one element type.
type Set[T Float] struct {
	Name string

	VV [Codes]Kernel[T] // dst = a ∘ b, or of one operand ∘a
	VS [Codes]Kernel[T] // dst = a ∘ s; nil where there is no such loop
	SV [Codes]Kernel[T] // dst = s ∘ a; nil where there is no such loop

	Axpb      Kernel[T] // dst = s·a + t
	Axpy      Kernel[T] // dst = s·a + b
	AxpbMinus Kernel[T] // dst = s·a + t − b

	Choose func(dst, a, b, c []T) // dst = b where a is not 0, otherwise c

	Reduce [3]func(a []T) T // by Reduction; of nothing, 0 or an infinity
	Dot    func(a, b []T) T // the sum of products

	product micro[T]
	narrow  tile[T] // of half the columns, in panels of all; nil where there is none
}

// plain is the set in Go.
func plain[T Float]() *Set[T] {
	s := &Set[T]{Name: "go", Axpb: axpb[T], Axpy: axpy[T], AxpbMinus: axpbMinus[T], Choose: choose[T], Dot: dot[T], product: plainMicro[T]()}
	s.VV = [Codes]Kernel[T]{Add: addVV[T], Subtract: subVV[T], Multiply: mulVV[T], Divide: divVV[T],
		Maximum: maxVV[T], Minimum: minVV[T], Negate: negate[T]}
	s.VS = [Codes]Kernel[T]{Add: addVS[T], Subtract: subVS[T], Multiply: mulVS[T], Divide: divVS[T], Maximum: maxVS[T], Greater: greaterVS[T]}
	s.SV = [Codes]Kernel[T]{Add: addVS[T], Subtract: subSV[T], Multiply: mulVS[T], Divide: divSV[T], Maximum: maxVS[T]}
	for _, c := range []Code{Minimum, GreaterEqual, Equal} {
		s.VS[c] = withNumberOf[T](c)
	}
	s.SV[Minimum], s.SV[Equal] = s.VS[Minimum], s.VS[Equal]
	s.Reduce = [3]func([]T) T{sum[T], largest[T], smallest[T]}
	for c := range Codes {
		switch {
		case s.VV[c] != nil || c == Where:
		case c.Operands() == 1:
			s.VV[c] = each[T](functions[c])
		default:
			s.VV[c] = pairs[T](c)
		}
	}
	return s
}

// each, pairs and withNumberOf make loops of what is defined for one element only.
func each[T Float](f func(float64) float64) Kernel[T] {
	return func(dst, a, _ []T, _, _ T) {
		a = a[:len(dst)]
		for i := range dst {
			dst[i] = T(f(float64(a[i])))
		}
	}
}

func pairs[T Float](c Code) Kernel[T] {
	return func(dst, a, b []T, _, _ T) {
		a, b = a[:len(dst)], b[:len(dst)]
		for i := range dst {
			dst[i] = T(Apply(c, float64(a[i]), float64(b[i]), 0))
		}
	}
}

func withNumberOf[T Float](c Code) Kernel[T] {
	return func(dst, a, _ []T, s, _ T) {
		a = a[:len(dst)]
		for i := range dst {
			dst[i] = T(Apply(c, float64(a[i]), float64(s), 0))
		}
	}
}

func addVV[T Float](dst, a, b []T, _, _ T) {
	a, b = a[:len(dst)], b[:len(dst)]
	for i := range dst {
		dst[i] = a[i] + b[i]
	}
}

func subVV[T Float](dst, a, b []T, _, _ T) {
	a, b = a[:len(dst)], b[:len(dst)]
	for i := range dst {
		dst[i] = a[i] - b[i]
	}
}

func mulVV[T Float](dst, a, b []T, _, _ T) {
	a, b = a[:len(dst)], b[:len(dst)]
	for i := range dst {
		dst[i] = a[i] * b[i]
	}
}

func divVV[T Float](dst, a, b []T, _, _ T) {
	a, b = a[:len(dst)], b[:len(dst)]
	for i := range dst {
		dst[i] = a[i] / b[i]
	}
}

func maxVV[T Float](dst, a, b []T, _, _ T) {
	a, b = a[:len(dst)], b[:len(dst)]
	for i := range dst {
		dst[i] = max(a[i], b[i])
	}
}

func minVV[T Float](dst, a, b []T, _, _ T) {
	a, b = a[:len(dst)], b[:len(dst)]
	for i := range dst {
		dst[i] = min(a[i], b[i])
	}
}

func addVS[T Float](dst, a, _ []T, s, _ T) {
	a = a[:len(dst)]
	for i := range dst {
		dst[i] = a[i] + s
	}
}

func subVS[T Float](dst, a, _ []T, s, _ T) {
	a = a[:len(dst)]
	for i := range dst {
		dst[i] = a[i] - s
	}
}

func subSV[T Float](dst, a, _ []T, s, _ T) {
	a = a[:len(dst)]
	for i := range dst {
		dst[i] = s - a[i]
	}
}

func mulVS[T Float](dst, a, _ []T, s, _ T) {
	a = a[:len(dst)]
	for i := range dst {
		dst[i] = a[i] * s
	}
}

func divVS[T Float](dst, a, _ []T, s, _ T) {
	a = a[:len(dst)]
	for i := range dst {
		dst[i] = a[i] / s
	}
}

func divSV[T Float](dst, a, _ []T, s, _ T) {
	a = a[:len(dst)]
	for i := range dst {
		dst[i] = s / a[i]
	}
}

func maxVS[T Float](dst, a, _ []T, s, _ T) {
	a = a[:len(dst)]
	for i := range dst {
		dst[i] = max(a[i], s)
	}
}

func greaterVS[T Float](dst, a, _ []T, s, _ T) {
	a = a[:len(dst)]
	for i := range dst {
		v := T(0) // dst may be a
		if a[i] > s {
			v = 1
		}
		dst[i] = v
	}
}

func negate[T Float](dst, a, _ []T, _, _ T) {
	a = a[:len(dst)]
	for i := range dst {
		dst[i] = -a[i]
	}
}

func axpb[T Float](dst, a, _ []T, s, t T) {
	a = a[:len(dst)]
	for i := range dst {
		dst[i] = T(s*a[i]) + t // the conversion keeps arm64 from rounding only once
	}
}

func axpy[T Float](dst, a, b []T, s, _ T) {
	a, b = a[:len(dst)], b[:len(dst)]
	for i := range dst {
		dst[i] = T(s*a[i]) + b[i]
	}
}

func axpbMinus[T Float](dst, a, b []T, s, t T) {
	a, b = a[:len(dst)], b[:len(dst)]
	for i := range dst {
		dst[i] = T(s*a[i]) + t - b[i]
	}
}

func choose[T Float](dst, a, b, c []T) {
	a, b, c = a[:len(dst)], b[:len(dst)], c[:len(dst)]
	for i := range dst {
		if a[i] != 0 {
			dst[i] = b[i]
		} else {
			dst[i] = c[i]
		}
	}
}

// WithNumber reports whether there are loops whose right, or else left, operand is a
// number.
func WithNumber(c Code, right bool) bool {
	if right {
		return withNumber.VS[c] != nil
	}
	return withNumber.SV[c] != nil
}

var withNumber = plain[float64]()
