package interp

import (
	"go/token"
	"runtime"
	"strings"
	"unsafe"
)

// instrument makes the nodes of a program that may panic tell where they are when
// they do. It must come between compiling and executing, when each node has its
// generator. yaegi has then run the generators in function literals already, so
// they are run once more.
func (m *Machine) instrument(root node, l nodeFields) error {
	seen := map[unsafe.Pointer]bool{}
	var literals []node
	var walk func(n node, inLiteral bool)
	walk = func(n node, inLiteral bool) {
		if n.p == nil || seen[n.p] {
			return
		}
		seen[n.p] = true
		name := n.generatorName(l)
		if !harmless[name] {
			m.watch(n, l, name)
		}
		if inLiteral {
			*n.execute(l) = nil
		}
		if name == "getFunc" && !inLiteral {
			literals, inLiteral = append(literals, n), true
		}
		for _, c := range n.children(l) {
			walk(c, inLiteral)
		}
	}
	walk(root, false)
	for _, n := range literals {
		if err := genRun(n.p); err != nil {
			return err
		}
	}
	return nil
}

// harmless are yaegi's generators of code that cannot panic, and that runs so often
// that watching it would cost: it computes with numbers, compares, and jumps.
var harmless = map[string]bool{
	"": true, "nop": true, "branch": true, "_return": true, "getFunc": true, "reset": true, "isNil": true, "isNotNil": true,
	"add": true, "sub": true, "mul": true, "and": true, "or": true, "xor": true, "andNot": true,
	"neg": true, "pos": true, "not": true, "bitNot": true, "land": true, "lor": true,
	"lower": true, "lowerEqual": true, "greater": true, "greaterEqual": true,
}

// functionName is the last part of a function's name.
func functionName(pc uintptr) string {
	f := runtime.FuncForPC(pc)
	if f == nil {
		return ""
	}
	name := f.Name()
	return name[strings.LastIndexByte(name, '.')+1:]
}

// watch wraps the generator of a node so that the code it makes is wrapped too.
func (m *Machine) watch(n node, l nodeFields, name string) {
	generate := *n.generator(l)
	*n.generator(l) = func(p unsafe.Pointer) {
		generate(p)
		at := node{p}
		code := at.execute(l)
		run, pos := *code, at.position(l)
		if run == nil {
			return
		}
		*code = func(frame unsafe.Pointer) execute {
			done := false
			defer func() {
				if !done {
					m.located(recover(), at, pos, frame, name, l)
				}
			}()
			next := run(frame)
			done = true
			if m.stopping.Load() {
				m.passed(pos)
			}
			return next
		}
	}
}

// located passes a panic on, with one more frame. The first to see it turns what
// package reflect said into what Go would say.
func (m *Machine) located(r any, n node, pos token.Pos, frame unsafe.Pointer, name string, l nodeFields) {
	if r == nil {
		runtime.Goexit() // someone called it, and we cannot swallow it
	}
	p, ok := r.(*thrown)
	if !ok {
		if x, ok := r.(*ending); ok {
			x.pass(m.yaegi.FileSet().Position(pos))
			panic(x)
		}
		p = &thrown{value: translate(r)}
		if e := bounds(n, frame, name, l); e != nil {
			p.value = e
		}
	}
	p.pass(m.yaegi.FileSet().Position(pos))
	panic(p)
}

// passed notes where a call was when it was stopped: what it waited for returns, and so
// does each function around.
func (m *Machine) passed(pos token.Pos) {
	if r := m.currentRun(); r != nil && r.looks.Add(-1) >= 0 && r.number == goroutineID() {
		r.pass(m.yaegi.FileSet().Position(pos))
	}
}
