package engine

import (
	"sync"
	"sync/atomic"
	"unsafe"

	"gradbook/graph/kernels"
)

// A Machine is a program with memory for elements of type T. It runs for one caller at
// a time.
type Machine[T kernels.Float] struct {
	program *Program
	kernels *kernels.Set[T]
	threads int
	arena   []T
	inputs  [][]T
	data    [][]T
	calls   []boundCall[T]
	singles []singleBlock[T] // by loop
	bound   int              // how often inputs with several elements have moved
	workers []*worker[T]
	partial []T // of the sums of a loop, chunk by chunk
	task    task[T]
	next    atomic.Int64   // chunk of the task
	group   sync.WaitGroup // of the workers at it
}

// NewMachine allocates what the program needs. Threads says how many may work at it, if
// it has parts that are worth it.
func NewMachine[T kernels.Float](p *Program, set *kernels.Set[T], threads int) *Machine[T] {
	if threads < 1 || !p.divisible(threads) {
		threads = 1
	}
	m := &Machine[T]{program: p, kernels: set, threads: threads, arena: make([]T, p.arena), inputs: make([][]T, p.inputs)}
	for _, n := range p.numbers {
		m.arena[n.at] = T(n.value)
	}
	for _, d := range p.data {
		m.data = append(m.data, converted[T](d))
	}
	for range m.threads {
		m.workers = append(m.workers, newWorker(m))
	}
	for i := range p.steps {
		if s := &p.steps[i]; s.call != nil {
			m.calls = append(m.calls, newBoundCall[T](s.call))
		}
		if l := p.steps[i].loop; l != nil {
			m.singles = append(m.singles, singleBlock[T]{make([][]T, len(l.regs)), -1})
		}
		m.partial = grown(m.partial, m.partials(p.steps[i].loop))
		m.partial = grown(m.partial, p.steps[i].conv.partials())
	}
	return m
}

func grown[T kernels.Float](s []T, n int) []T {
	if len(s) < n {
		return make([]T, n)
	}
	return s
}

// converted returns the numbers as type T, which are the same ones if T is float64.
func converted[T kernels.Float](from []float64) []T {
	if same, ok := any(from).([]T); ok {
		return same
	}
	to := make([]T, len(from))
	for i, x := range from {
		to[i] = T(x)
	}
	return to
}

// Bind sets an input. The machine reads the slice, and nothing else, whenever it runs.
func (m *Machine[T]) Bind(slot int, data []T) {
	if old := m.inputs[slot]; len(data) != 1 && (len(old) != len(data) || unsafe.SliceData(old) != unsafe.SliceData(data)) {
		m.bound++
	}
	m.inputs[slot] = data
}

// Output returns the i-th output as the last run left it, valid until the next.
func (m *Machine[T]) Output(i int) []T { return m.memory(m.program.outputs[i]) }

// memory is where a place is.
func (m *Machine[T]) memory(p place) []T {
	switch p.where {
	case inInput:
		return m.inputs[p.at]
	case inData:
		return m.data[p.at]
	}
	return m.arena[p.at : p.at+p.size : p.at+p.size]
}

// Run computes the outputs from the inputs. An error is a [*CallError].
func (m *Machine[T]) Run() error {
	p := m.program
	for _, l := range p.loads {
		m.arena[l.at] = m.inputs[l.slot][0]
	}
	for i := range p.steps {
		s := &p.steps[i]
		switch {
		case s.loop != nil:
			m.runLoop(s.loop)
		case s.product != nil:
			m.runProduct(s.product)
		case s.conv != nil:
			m.runConvolution(s.conv)
		case s.copy != nil:
			reorder(m.memory(s.copy.out), m.memory(s.copy.from), s.copy.shape, s.copy.strides)
		case s.call != nil:
			if err := m.calls[s.call.index].run(m); err != nil {
				return err
			}
		default:
			m.runScalar(p.code[s.from:s.to])
		}
	}
	return nil
}

// runScalar has the frequent operations in line, which makes it several times as fast.
func (m *Machine[T]) runScalar(code []scalarCode) {
	s := m.arena
	for i := range code {
		c := &code[i]
		switch c.code {
		case kernels.Add:
			s[c.dst] = s[c.a] + s[c.b]
		case kernels.Subtract:
			s[c.dst] = s[c.a] - s[c.b]
		case kernels.Multiply:
			s[c.dst] = s[c.a] * s[c.b]
		case kernels.Divide:
			s[c.dst] = s[c.a] / s[c.b]
		default:
			s[c.dst] = T(kernels.Apply(c.code, float64(s[c.a]), float64(s[c.b]), float64(s[c.c])))
		}
	}
}

// reorder copies elements whose places are given by strides.
func reorder[T kernels.Float](out, from []T, shape, strides []int) {
	if len(out) == 0 {
		return
	}
	if len(shape) == 0 {
		out[0] = from[0]
		return
	}
	if len(shape) > 1 {
		inner := len(out) / shape[0]
		for i := range shape[0] {
			reorder(out[i*inner:(i+1)*inner], from[i*strides[0]:], shape[1:], strides[1:])
		}
		return
	}
	step := strides[0]
	for i := range out {
		out[i] = from[i*step]
	}
}

// Unbind forgets the inputs, so that a machine at rest keeps none of them in memory.
func (m *Machine[T]) Unbind() {
	clear(m.inputs)
	m.bound++
	for i := range m.singles {
		clear(m.singles[i].regs)
	}
}
