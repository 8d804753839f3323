package cell

import (
	"fmt"
	"go/types"
	"reflect"
	"strconv"
	"strings"

	"gradbook/kernel/cell/values"
)

// typ writes a type as emitted source knows it.
func (l *lowerer) typ(t types.Type) string { return l.writer().text(t) }

func (l *lowerer) writer() *typeWriter {
	w := &typeWriter{named: l.namedType, iface: func(*types.Interface) string { return "interface{}" }}
	w.param = func(p *types.TypeParam) string {
		if arg, ok := l.env[p]; ok {
			return l.typ(arg)
		}
		panic(fmt.Sprintf("cell: type parameter %v outside generic code", p))
	}
	w.field = func(f *types.Var, tag string) (string, string) {
		return fieldName(f) + " ", fieldTag(f, tag, "")
	}
	w.structure = l.anonymous
	return w
}

// namedType writes a type that has a name.
func (l *lowerer) namedType(t *types.Named) string {
	t = l.env.of(t).(*types.Named)
	obj := t.Obj()
	switch {
	case obj.Pkg() == nil:
		return obj.Name() // error
	case !isOwn(obj):
		return l.compiledType(t)
	}
	switch u := t.Underlying().(type) {
	case *types.Interface:
		return "interface{}"
	case *types.Struct:
		return l.structName(t)
	default:
		if l.opaque(t) {
			return "interface{}"
		}
		return l.typ(u)
	}
}

// compiledType writes a type of a compiled package. The interpreter knows no
// instances of generic types; those of functions are as good without their name.
func (l *lowerer) compiledType(t *types.Named) string {
	if t.TypeArgs().Len() > 0 {
		if source := l.libraryType(t); source != "" {
			return source
		}
		return l.typ(t.Underlying())
	}
	return l.alias(t.Obj().Pkg()) + "." + t.Obj().Name()
}

// opaque reports whether a type that is not a struct contains itself, as in
//
//	type state func(*lexer) state
//
// Without its name such a type would be endless, so a value of it is kept in an
// interface{} and taken out where it is used.
func (l *lowerer) opaque(t types.Type) bool {
	n, ok := types.Unalias(t).(*types.Named)
	if !ok || !isOwn(n.Obj()) || !erased(n) {
		return false
	}
	return reaches(n.Underlying(), n, map[types.Type]bool{})
}

// erased reports whether a named type of the notebook loses its name.
func erased(t *types.Named) bool {
	switch t.Underlying().(type) {
	case *types.Struct, *types.Interface:
		return false
	}
	return true
}

// reaches reports whether the type n occurs in t, not counting what is behind a
// struct that has a name or an interface.
func reaches(t types.Type, n *types.Named, seen map[types.Type]bool) bool {
	if seen[t] {
		return false
	}
	seen[t] = true
	found := false
	parts(t, func(part types.Type) {
		found = found || types.Identical(part, n) || reaches(part, n, seen)
	})
	return found
}

// parts calls f with the types that t is directly made of. A type with a name is
// made of what its name stands for, if the name is lost in emitted source.
func parts(t types.Type, f func(types.Type)) {
	switch t := types.Unalias(t).(type) {
	case *types.Named:
		if erased(t) && t.Obj().Pkg() != nil {
			f(t.Underlying())
		}
	case *types.Pointer:
		f(t.Elem())
	case *types.Slice:
		f(t.Elem())
	case *types.Array:
		f(t.Elem())
	case *types.Chan:
		f(t.Elem())
	case *types.Map:
		f(t.Key())
		f(t.Elem())
	case *types.Signature:
		for v := range t.Params().Variables() {
			f(v.Type())
		}
		for v := range t.Results().Variables() {
			f(v.Type())
		}
	case *types.Struct:
		for v := range t.Fields() {
			f(v.Type())
		}
	}
}

// boxed reports whether a value of type t must carry its type when it becomes a
// value of an interface, because emitted source does not tell t from another type.
func (l *lowerer) boxed(t types.Type) bool {
	return !types.IsInterface(t) && l.loses(t, map[types.Type]bool{})
}

// loses reports whether a type of the notebook that emitted source has no name for
// occurs in t outside a struct that has a name. Interfaces lose even their methods,
// which errors.As must see.
func (l *lowerer) loses(t types.Type, seen map[types.Type]bool) bool {
	if seen[t] {
		return false
	}
	seen[t] = true
	switch n := types.Unalias(t).(type) {
	case *types.Named:
		_, isStruct := n.Underlying().(*types.Struct)
		return isOwn(n.Obj()) && !isStruct
	case *types.Interface:
		return n.NumMethods() > 0
	}
	found := false
	parts(t, func(part types.Type) { found = found || l.loses(part, seen) })
	return found
}

// structName is the emitted name of a struct type, which is written if it is a new
// instance or a local type.
func (l *lowerer) structName(t *types.Named) string {
	if isTop(t.Origin().Obj()) && t.TypeArgs().Len() == 0 && !inLibrary(t.Obj().Pkg()) {
		if e := l.find(t.Obj().Name()); e != nil && e.emitted != "" {
			return e.emitted
		}
	}
	key := l.typeKey(t)
	if name, ok := l.known(l.ownerOf(t) + key); ok {
		return name
	}
	name := l.emitName(t.Obj().Name())
	l.instances[l.ownerOf(t)+key] = name
	l.later(l.source(), func() { l.structType(name, t) })
	return name
}

// ownerOf tells the versions of a generic or local type apart.
func (l *lowerer) ownerOf(t *types.Named) string {
	if inLibrary(t.Obj().Pkg()) {
		return ""
	}
	if e := l.find(t.Obj().Name()); e != nil && isTop(t.Origin().Obj()) {
		return e.emitted + " "
	}
	return l.owner + " "
}

// anonymous writes a struct type that has no name. It gets one if reflection would
// not tell its fields as they are: the interpreter exports all and embeds none, and
// it cannot finish one that is a part of a type which it refers to.
func (l *lowerer) anonymous(t *types.Struct) string {
	w := l.writer()
	w.structure = nil
	text := w.fields(t)
	plain := true
	for f := range t.Fields() {
		plain = plain && f.Exported() && !f.Embedded() && !l.mentions(f.Type(), map[types.Type]bool{})
	}
	if plain {
		return text
	}
	name, ok := l.known(text)
	if !ok {
		name = l.emitName("struct")
		l.instances[text] = name
		l.structType(name, t)
	}
	return name
}

// mentions reports whether a struct type that a cell has declared occurs in t.
func (l *lowerer) mentions(t types.Type, seen map[types.Type]bool) bool {
	if seen[t] {
		return false
	}
	seen[t] = true
	if n, ok := types.Unalias(t).(*types.Named); ok && isOwn(n.Obj()) && !erased(n) {
		return !types.IsInterface(n)
	}
	found := false
	parts(t, func(part types.Type) { found = found || l.mentions(part, seen) })
	return found
}

// structType emits the declaration of a struct type.
func (l *lowerer) structType(name string, t types.Type) {
	key := l.typeKey(t)
	s := l.env.of(t.Underlying()).(*types.Struct)
	var b strings.Builder
	for i := range s.NumFields() {
		f := s.Field(i)
		own := ""
		if i == 0 {
			own = key
		}
		fmt.Fprintf(&b, "%s %s %q; ", fieldName(f), l.typ(f.Type()), fieldTag(f, s.Tag(i), own))
	}
	if s.NumFields() == 0 {
		fmt.Fprintf(&b, "%s struct{} %q", values.Empty, values.TagFor("", key))
	}
	fmt.Fprintf(&l.types, "type %s struct { %s}\n", name, b.String())
	l.describe(t)
	l.stubs(t)
}

// fieldName is the name of a field in emitted source.
func fieldName(f *types.Var) string {
	if f.Name() == "_" {
		return mark + "blank" + strconv.Itoa(int(f.Pos()))
	}
	return f.Name()
}

// fieldTag is the tag of a field in emitted source. The interpreter exports every
// field, so those that are not exported are hidden from encoders.
func fieldTag(f *types.Var, tag, key string) string {
	if !f.Exported() {
		for _, encoding := range []string{"json", "xml", "yaml"} {
			if _, ok := reflect.StructTag(tag).Lookup(encoding); !ok {
				tag = strings.TrimLeft(tag+" "+encoding+`:"-"`, " ")
			}
		}
	}
	if key != "" {
		tag = values.TagFor(tag, key)
	}
	return tag
}
