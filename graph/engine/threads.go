package engine

import (
	"slices"

	"gradbook/graph/kernels"
)

// A task is what threads share: the chunks of a loop, or the rows of a product.
type task[T kernels.Float] struct {
	loop        *loop
	product     *productStep
	convolution *convolutionStep
	size        int // rows of a chunk of a product
	chunks      int
}

// divisible reports whether there is a step that threads can share.
func (p *Program) divisible(threads int) bool {
	return slices.ContainsFunc(p.steps, func(s step) bool {
		return s.conv != nil && s.conv.chunks() > 1 || s.loop != nil && s.loop.cuts[0].chunks > 1 || s.product != nil && s.product.rowsPerThread(threads) < s.product.M
	})
}

// parallel lets all workers take chunks of the task until there are none. Which worker
// takes which makes no difference to the result.
func (m *Machine[T]) parallel(chunks int) {
	m.task.chunks = chunks
	m.next.Store(0)
	for _, w := range m.workers[1:min(len(m.workers), chunks)] {
		m.group.Add(1)
		go w.help() // a func value that is there already: nothing is allocated
	}
	m.workers[0].take()
	m.group.Wait()
}

// take works at the task until there is no more to do.
func (w *worker[T]) take() {
	t := &w.m.task
	for c := int(w.m.next.Add(1)) - 1; c < t.chunks; c = int(w.m.next.Add(1)) - 1 {
		if t.loop != nil {
			w.chunk(t.loop, c)
			continue
		}
		if t.convolution != nil {
			w.convolve(t.convolution, c)
			continue
		}
		w.product(t.product, c*t.size, min((c+1)*t.size, t.product.M))
	}
}
