package interp

import (
	"go/token"
	"reflect"
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
		if panics[name] {
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

// panics are yaegi's generators of code that may panic. Most of the others compute
// with numbers, and run so often that watching them would cost.
var panics = map[string]bool{
	"call": true, "callBin": true, "callSlice": true, "callBinSlice": true, "callVariadic": true, "typeAssertShort": true, "typeAssertLong": true,
	"typeAssertStatus": true, "assign": true, "assignFromCall": true, "deref": true, "addr": true,
	"getIndexArray": true, "getIndexMap": true, "getIndexMap2": true, "getPtrIndexSeq": true, "getPtrIndexSeqField": true,
	"getIndexSeq": true, "getIndexSeqField": true, "getIndexSeqMethod": true, "getIndexSeqPtrMethod": true,
	"quo": true, "rem": true, "quoAssign": true, "remAssign": true, "slice": true, "slice0": true, "_close": true, "_make": true,
	"send": true, "recv": true, "recv2": true, "convert": true, "equal": true, "notEqual": true, "_delete": true, "rangeMap": true,
	"shl": true, "shr": true, "shlAssign": true, "shrAssign": true, "_append": true, "_copy": true, "appendSlice": true, "addAssign": true,
	"subAssign": true, "mulAssign": true, "inc": true, "dec": true, "_select": true, "_range": true, "arrayLit": true, "mapLit": true,
	"compositeLit": true, "doCompositeLit": true, "getFunc": true, "nop": false,
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
	index := name == "getIndexArray"
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
					m.located(recover(), at, pos, frame, index, l)
				}
			}()
			next := run(frame)
			done = true
			return next
		}
	}
}

// located passes a panic on, with one more frame. The first to see it turns what
// package reflect said into what Go would say.
func (m *Machine) located(r any, n node, pos token.Pos, frame unsafe.Pointer, index bool, l nodeFields) {
	if r == nil {
		runtime.Goexit() // someone called it, and we cannot swallow it
	}
	p, ok := r.(*thrown)
	if !ok {
		if x, ok := r.(*ending); ok {
			panic(x)
		}
		p = &thrown{value: translate(r)}
		if index {
			if e, ok := outOfRange(n, frame, l); ok {
				p.value = e
			}
		}
	}
	p.add(m.yaegi.FileSet().Position(pos))
	panic(p)
}

// outOfRange is the error of an index, with the numbers that reflection does not
// tell.
func outOfRange(n node, frame unsafe.Pointer, l nodeFields) (err error, ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	children := n.children(l)
	sequence := reflect.Indirect(genValue(children[0].p)(frame))
	i := genValue(children[1].p)(frame)
	if !i.IsValid() || !i.CanInt() && !i.CanUint() {
		return nil, false
	}
	if i.CanUint() {
		i = reflect.ValueOf(int(i.Uint()))
	}
	if i.Int() >= 0 && i.Int() < int64(sequence.Len()) {
		return nil, false
	}
	return indexError(i.Int(), sequence.Len()), true
}
