package graph

import (
	"fmt"
	"slices"

	"gradbook/graph/kernels"
)

// A precision is the type of a tensor's numbers, or of those that a node computes with.
type precision uint8

const (
	open precision = iota // that of whatever comes with it
	float64s
	float32s
)

func (p precision) String() string { return [...]string{"", "float64", "float32"}[p] }

// Float32 makes a tensor as [NewTensor] does, of numbers with 32 bits: about seven digits,
// in half the memory. A variable made of one is trained so: Variable("w", Float32(0.5)). It
// panics with an [*Error] if the value is none.
func Float32(value any) *Tensor { return mustTensor("Float32", value).as(float32s) }

// Float64 makes a tensor as [NewTensor] does, of numbers with 64 bits, about sixteen
// digits. It panics with an [*Error] if the value is none.
func Float64(value any) *Tensor { return mustTensor("Float64", value).as(float64s) }

// Type returns "float32" or "float64": what the numbers of the node are, which is what
// those of the variables beneath it are. Without variables it is "", and float32 only if
// the data are.
func (n *Node) Type() string { return n.of.String() }

// Type returns "float32" or "float64".
func (t *Tensor) Type() string { return t.of().String() }

func (t *Tensor) of() precision {
	if t.short != nil {
		return float32s
	}
	return float64s
}

// as returns the tensor with numbers of another type; open keeps them.
func (t *Tensor) as(p precision) *Tensor {
	switch {
	case p == open || t.of() == p:
		return t
	case p == float32s:
		return tensorOf(t.shape, convert[float32](nil, t.data))
	}
	return tensorOf(t.shape, convert[float64](nil, t.short))
}

// tensorOf makes a tensor of numbers that nobody else changes.
func tensorOf[T kernels.Float](shape []int, data []T) *Tensor {
	if short, ok := any(data).([]float32); ok {
		return &Tensor{shape: shape, short: short}
	}
	return &Tensor{shape: shape, data: any(data).([]float64)}
}

// elements are the tensor's numbers as type T: its own, if they are of it, or else a copy,
// in the buffer if that is as long.
func elements[T kernels.Float](buffer []T, t *Tensor) []T {
	if t.short != nil {
		return seenAs(buffer, t.short)
	}
	return seenAs(buffer, t.data)
}

func seenAs[T, From kernels.Float](buffer []T, data []From) []T {
	if same, ok := any(data).([]T); ok {
		return same
	}
	return convert(buffer, data)
}

// convert copies numbers of one type into a slice of another, or a new one.
func convert[To, From kernels.Float](to []To, from []From) []To {
	if len(to) != len(from) || to == nil {
		to = make([]To, len(from))
	}
	if same, ok := any(from).([]To); ok {
		copy(to, same)
		return to
	}
	for i, x := range from {
		to[i] = To(x)
	}
	return to
}

// joined returns the type in which nodes can be computed together, or names two variables
// that differ in theirs.
func joined(nodes []*Node) (precision, error) {
	of := open
	for _, n := range nodes {
		if n.of == open || n.of == of {
			continue
		}
		if of != open {
			return open, mixed(nodes)
		}
		of = n.of
	}
	return of, nil
}

func mixed(nodes []*Node) error {
	var first [3]*Node
	for _, n := range slices.Backward(ancestors(nodes...)) {
		if n.Kind() == Parameter {
			first[n.of] = n
		}
	}
	return fmt.Errorf("variable %q is of type float32 and %q of float64: want one type, which Float32(value) and Float64(value) make", first[float32s].Label(), first[float64s].Label())
}

// precisionFor says in which type a program computes: that of its variables; without any,
// float32 if data are and none of those with axes are float64.
func (p *program) precisionFor(fed map[*Node]*Tensor) precision {
	if p.of != open {
		return p.of
	}
	short := false
	for _, n := range p.order {
		t := n.value
		if n.Kind() == Data {
			t = fed[n]
		}
		if t == nil {
			continue
		}
		if t.of() == float64s && t.Rank() > 0 {
			return float64s
		}
		short = short || t.of() == float32s
	}
	if short {
		return float32s
	}
	return float64s
}
