package graph

import (
	"fmt"
	"slices"

	"gradbook/graph/engine"
	"gradbook/graph/kernels"
)

// MatMul returns the matrix product of [m k] and [k n], which is [m n]. A vector on
// the left counts as one row and on the right as one column, and that axis is
// missing from the result: [m k] by [k] is [m], and [k] by [k] is a number. With more axes
// than two the last two are matrices and the others count them: [b m k] by [b k n] is
// [b m n], and so is [b m k] by [k n]. It panics with an [*Error] if lengths differ.
func MatMul(a, b any) *Node { return node(a).MatMul(b) }

// MatMul returns the matrix product of n and other; see the function [MatMul].
func (n *Node) MatMul(other any) *Node { return apply("MatMul", matMulOp{}, n, node(other)) }

type matMulOp struct{}

func (matMulOp) name() string           { return "matmul" }
func (matMulOp) symbol() string         { return "@" }
func (matMulOp) formula(in []term) term { return infix(in, matrixSign, product) }

func (matMulOp) infer(in []shape) (shape, error) {
	a, b := in[0], in[1]
	for i, s := range in {
		if other := in[1-i]; s.known && (len(s.axes) < 1 || len(s.axes) > 2 && other.known && len(other.axes) < 2) {
			return unknown, fmt.Errorf("want vectors or matrices")
		}
	}
	if !a.known || !b.known {
		return unknown, nil
	}
	inner, outer := a.axes[len(a.axes)-1], b.axes[max(0, len(b.axes)-2)]
	if inner != outer && inner != -1 && outer != -1 {
		return unknown, fmt.Errorf("inner lengths %d and %d differ", inner, outer)
	}
	if len(b.axes) <= 2 {
		return known(slices.Concat(a.axes[:len(a.axes)-1], b.axes[1:])), nil
	}
	batch := b.axes[:len(b.axes)-2]
	if len(a.axes) > 2 {
		all, err := sameBatch(a.axes[:len(a.axes)-2], batch)
		if err != nil {
			return unknown, err
		}
		batch = all
	}
	return known(slices.Concat(batch, []int{a.axes[len(a.axes)-2], b.axes[len(b.axes)-1]})), nil
}

// sameBatch joins what is known of the axes that count matrices.
func sameBatch(a, b []int) ([]int, error) {
	if len(a) != len(b) {
		return nil, fmt.Errorf("batches %v and %v differ", a, b)
	}
	all := slices.Clone(a)
	for i, n := range b {
		if all[i] == -1 {
			all[i] = n
		}
		if n != -1 && all[i] != n {
			return nil, fmt.Errorf("batches %v and %v differ", a, b)
		}
	}
	return all, nil
}

func (matMulOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	return b.MatMul(in[0], in[1], productOf(b.Shape(in[0]), b.Shape(in[1])), shape)
}

// Of Y = A·B, d A = dY·Bᵀ and d B = Aᵀ·dY. The two are operations of their own rather
// than products with Transpose: they read the matrix in the other direction instead of
// copying it, and know what to do with vectors when shapes show only at run time.
func (matMulOp) gradient(_ *Node, in []*Node, d *Node) []*Node {
	return []*Node{apply("MatMul", matMulLeftOp{}, d, in[1], in[0]), apply("MatMul", matMulRightOp{}, in[0], d, in[1])}
}

// sides returns the lengths of a product [m k] by [k n], where a vector counts as
// one row or one column.
func sides(a, b []int) (m, k, n int) {
	m, n = 1, 1
	if len(a) == 2 {
		m = a[0]
	}
	if len(b) == 2 {
		n = b[1]
	}
	return m, a[len(a)-1], n
}

// productOf describes the product of two shapes. A batch on the left with one matrix on
// the right is one matrix with many rows.
func productOf(a, b []int) engine.Product {
	if len(b) <= 2 {
		if len(a) > 2 {
			a = []int{sizeOf(a[:len(a)-1]), a[len(a)-1]}
		}
		m, k, n := sides(a, b)
		return engine.Product{M: m, K: k, N: n, Batch: 1}
	}
	m, k, n := sides(a[len(a)-2:], b[len(b)-2:])
	return engine.Product{M: m, K: k, N: n, Batch: sizeOf(b[:len(b)-2]), LeftOne: len(a) == 2}
}

func sumOverBatch(b *engine.Builder, v engine.Value, shape []int) engine.Value {
	return b.Reshape(b.Reduce(kernels.Sum, v, []bool{true, false, false}), shape)
}

// matMulLeftOp computes the derivative of a product for its left operand: of d, b
// and a, it is d·bᵀ in the shape of a.
type matMulLeftOp struct{}

func (matMulLeftOp) name() string   { return "matmul, left" }
func (matMulLeftOp) symbol() string { return "@ᵀ" }
func (matMulLeftOp) formula(in []term) term {
	if in[0].text == "1" {
		return postfix(in[1], "ᵀ") // the local derivative, as books write it
	}
	return infix([]term{in[0], postfix(in[1], "ᵀ")}, matrixSign, product)
}
func (matMulLeftOp) infer(in []shape) (shape, error) { return in[2], nil }
func (matMulLeftOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	p := productOf(shape, b.Shape(in[1]))
	p.K, p.N, p.RightT = p.N, p.K, true
	if !p.LeftOne {
		return b.MatMul(in[0], in[1], p, shape)
	}
	p.LeftOne = false // every matrix of d tells the one on the left something
	return sumOverBatch(b, b.MatMul(in[0], in[1], p, []int{p.Batch, p.M, p.N}), shape)
}

func (matMulLeftOp) gradient(_ *Node, in []*Node, e *Node) []*Node {
	return []*Node{e.MatMul(in[1]), apply("MatMul", matMulRightOp{}, e, in[0], in[1]), nil}
}

// matMulRightOp computes it for the right operand: of a, d and b, it is aᵀ·d in the
// shape of b.
type matMulRightOp struct{}

func (matMulRightOp) name() string   { return "matmul, right" }
func (matMulRightOp) symbol() string { return "ᵀ@" }
func (matMulRightOp) formula(in []term) term {
	if in[1].text == "1" {
		return postfix(in[0], "ᵀ")
	}
	return infix([]term{postfix(in[0], "ᵀ"), in[1]}, matrixSign, product)
}
func (matMulRightOp) infer(in []shape) (shape, error) { return in[2], nil }
func (matMulRightOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	p := productOf(b.Shape(in[0]), shape)
	p.M, p.K, p.LeftT = p.K, p.M, true
	return b.MatMul(in[0], in[1], p, shape)
}

func (matMulRightOp) gradient(_ *Node, in []*Node, e *Node) []*Node {
	return []*Node{apply("MatMul", matMulLeftOp{}, in[1], e, in[0]), in[0].MatMul(e), nil}
}

// Transpose reverses the axes: of a matrix, rows become columns, and [2 3] becomes
// [3 2]. A vector has one axis and stays as it is.
func Transpose(x any) *Node { return node(x).Transpose() }

// Transpose reverses the axes of n; see the function [Transpose].
func (n *Node) Transpose() *Node { return apply("Transpose", transposeOp{}, n) }

type transposeOp struct{}

func (transposeOp) name() string   { return "transpose" }
func (transposeOp) symbol() string { return "ᵀ" }
func (transposeOp) formula(in []term) term {
	if in[0].text == "1" {
		return in[0] // ones in another shape
	}
	return postfix(in[0], "ᵀ")
}

func (transposeOp) infer(in []shape) (shape, error) {
	s := shape{in[0].known, slices.Clone(in[0].axes)}
	slices.Reverse(s.axes)
	return s, nil
}

func (transposeOp) lower(b *engine.Builder, shape []int, in []engine.Value) engine.Value {
	order := make([]int, len(shape))
	for i := range order {
		order[i] = len(order) - 1 - i
	}
	return b.Permute(in[0], order)
}

func (transposeOp) gradient(_ *Node, _ []*Node, d *Node) []*Node { return []*Node{d.Transpose()} }
