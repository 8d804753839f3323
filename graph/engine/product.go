package engine

import "gradbook/graph/kernels"

// runProduct multiplies matrices, whose rows threads may share.
func (m *Machine[T]) runProduct(s *productStep) {
	if per := s.rowsPerThread(m.threads); m.threads > 1 && per < s.M {
		m.task = task[T]{product: s, size: per}
		m.parallel((s.M + per - 1) / per)
		return
	}
	m.workers[0].product(s, 0, s.M)
}

// rowsPerThread is how many rows of the result one thread takes. Elements do not depend
// on where rows are cut, so unlike chunks of sums these may depend on the threads. There
// are as few parts as possible, since each packs the right operand for itself.
func (s *productStep) rowsPerThread(threads int) int {
	const least = 1 << 18 // multiplications that are worth a thread
	each := max(1, s.K*s.N*s.Batch)
	return max((least+each-1)/each, (s.M+threads-1)/threads)
}

// product computes the rows from first to last of every matrix of the batch.
func (w *worker[T]) product(s *productStep, first, last int) {
	out, a, b := w.m.memory(s.out), w.m.memory(s.a), w.m.memory(s.b)
	for i := range s.Batch {
		x, y := matrix(a, i, s.M, s.K, s.LeftT, s.LeftOne), matrix(b, i, s.K, s.N, s.RightT, s.RightOne)
		w.m.kernels.Multiply(out[i*s.M*s.N:(i+1)*s.M*s.N], x, y, first, last, s.K, s.N, &w.scratch)
	}
}

// matrix is the i-th of a batch, read as rows by columns.
func matrix[T kernels.Float](data []T, i, rows, columns int, transposed, one bool) kernels.Matrix[T] {
	if one {
		i = 0
	}
	data = data[i*rows*columns : (i+1)*rows*columns]
	if transposed {
		return kernels.Matrix[T]{Data: data, Down: 1, Across: rows}
	}
	return kernels.Matrix[T]{Data: data, Down: columns, Across: 1}
}
