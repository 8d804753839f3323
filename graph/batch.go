package graph

import (
	"fmt"
	"math/rand/v2"

	"gradbook/graph/kernels"
)

// batches deals the examples out.
type batches struct {
	all    map[*Node]*Tensor
	size   int   // examples a batch; 0 means all at once
	order  []int // of the examples in this pass
	at     int   // how many of them have been dealt
	random *rand.Rand
	batch  map[*Node]*Tensor // dealt last; its memory is used again for the next
}

// newBatches deals out numbers of the type that the training works with.
func newBatches(all map[*Node]*Tensor, size int, seed uint64, of precision) (*batches, error) {
	b := &batches{all: all, random: rand.New(rand.NewPCG(seed, 0))}
	if size == 0 || len(all) == 0 {
		return b, nil
	}
	examples, err := countExamples(all)
	if err != nil || size >= examples {
		return b, err
	}
	b.size, b.order = size, b.random.Perm(examples)
	b.batch = make(map[*Node]*Tensor, len(all))
	for n, t := range all {
		b.all[n] = t.as(of)
		if t.Rank() == 0 {
			b.batch[n] = b.all[n]
			continue
		}
		b.batch[n] = newTensor(append([]int{size}, t.shape[1:]...)).as(of)
		b.batch[n].reused = true
	}
	return b, nil
}

// countExamples returns the length of the first axis, which all must share that have one: a
// number is the same for every example.
func countExamples(all map[*Node]*Tensor) (int, error) {
	fail := func(format string, args ...any) (int, error) {
		return 0, &Error{Operation: "Minimize", Problem: "with Batch, " + fmt.Sprintf(format, args...)}
	}
	var first, number *Node
	for _, n := range inOrder(all) {
		if all[n].Rank() == 0 {
			number = n
			continue
		}
		if first == nil {
			first = n
		}
		if have, want := all[n].shape, all[first].shape; have[0] != want[0] {
			return fail("every placeholder needs the same number of examples, but %q was fed %s and %q %s", first.Label(), shapeText(want), n.Label(), shapeText(have))
		}
	}
	if first == nil {
		return fail("the first axis of what is fed counts the examples, but %q was fed a number", number.Label())
	}
	return all[first].shape[0], nil
}

// next returns the next batch. What is left over at the end of a pass is too small
// for a batch; its examples take part in the next shuffle.
func (b *batches) next() map[*Node]*Tensor {
	if b.size == 0 {
		return b.all
	}
	if b.at+b.size > len(b.order) {
		b.random.Shuffle(len(b.order), func(i, j int) { b.order[i], b.order[j] = b.order[j], b.order[i] })
		b.at = 0
	}
	for n, t := range b.all {
		if t.Rank() == 0 {
			continue
		}
		for i, example := range b.order[b.at : b.at+b.size] {
			copyRow(b.batch[n].data, i, t.data, example, len(t.data)/t.shape[0])
			copyRow(b.batch[n].short, i, t.short, example, len(t.short)/t.shape[0])
		}
	}
	b.at += b.size
	return b.batch
}

// copyRow copies one row of so many elements, of numbers of the type that is used.
func copyRow[T kernels.Float](to []T, i int, from []T, j, row int) {
	copy(to[i*row:(i+1)*row], from[j*row:(j+1)*row])
}
