package interp

import (
	"fmt"
	"go/token"
	"reflect"
	"sync"
	"unsafe"

	"github.com/traefik/yaegi/interp"
)

// This file, structs.go and runid.go are all that knows how yaegi looks inside. yaegi compiles
// a program to a tree of nodes; a node's generator makes the function that executes
// it. The tree is not exported, and its own record of where a panic happened is
// wrong (it names the first statement of the function), so we look at the tree
// ourselves. A test guards that the fields are what we take them for.

// An execute function runs a node on a frame and returns the next one. It has the
// memory layout of yaegi's bltn, which cannot be named here.
type execute func(frame unsafe.Pointer) execute

// A node is a pointer to one of yaegi's nodes.
type node struct{ p unsafe.Pointer }

// nodeFields are the offsets of the fields of a node that we use.
type nodeFields struct{ child, gen, exec, pos, ident uintptr }

// layout is found once: the type of nodes is the same for all interpreters.
var layout = sync.OnceValues(func() (nodeFields, error) {
	t := reflect.TypeFor[interp.Program]()
	root, ok := t.FieldByName("root")
	if !ok || root.Type.Kind() != reflect.Pointer || root.Offset != programRoot {
		return nodeFields{}, fmt.Errorf("interp: yaegi's Program has no root where we look for it")
	}
	var fields nodeFields
	for _, f := range []struct {
		name   string
		kind   reflect.Kind
		offset *uintptr
	}{
		{"child", reflect.Slice, &fields.child}, {"gen", reflect.Func, &fields.gen}, {"exec", reflect.Func, &fields.exec},
		{"pos", reflect.Int, &fields.pos}, {"ident", reflect.String, &fields.ident},
	} {
		field, ok := root.Type.Elem().FieldByName(f.name)
		if !ok || field.Type.Kind() != f.kind {
			return nodeFields{}, fmt.Errorf("interp: yaegi's node has no field %s of kind %v", f.name, f.kind)
		}
		*f.offset = field.Offset
	}
	return fields, nil
})

// programRoot is the offset of the field root, after a string.
const programRoot = unsafe.Sizeof("")

func rootOf(p *interp.Program) node {
	return node{*(*unsafe.Pointer)(unsafe.Add(unsafe.Pointer(p), programRoot))}
}

func (n node) children(l nodeFields) []node { return *(*[]node)(unsafe.Add(n.p, l.child)) }

func (n node) position(l nodeFields) token.Pos { return *(*token.Pos)(unsafe.Add(n.p, l.pos)) }

func (n node) identifier(l nodeFields) string { return *(*string)(unsafe.Add(n.p, l.ident)) }

func (n node) generator(l nodeFields) *func(unsafe.Pointer) {
	return (*func(unsafe.Pointer))(unsafe.Add(n.p, l.gen))
}

func (n node) execute(l nodeFields) *execute { return (*execute)(unsafe.Add(n.p, l.exec)) }

// generatorName names the function that a node's generator is, as in "callBin".
func (n node) generatorName(l nodeFields) string {
	g := *n.generator(l)
	if g == nil {
		return ""
	}
	return functionName(reflect.ValueOf(g).Pointer())
}

// genRun runs the generators of the nodes in the functions below a node.
//
//go:linkname genRun github.com/traefik/yaegi/interp.genRun
func genRun(n unsafe.Pointer) error

// genValue makes a function that reads the value of a node from a frame.
//
//go:linkname genValue github.com/traefik/yaegi/interp.genValue
func genValue(n unsafe.Pointer) func(frame unsafe.Pointer) reflect.Value
