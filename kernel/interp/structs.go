package interp

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"reflect"
	"slices"
	"strings"
	"unsafe"

	"github.com/traefik/yaegi/interp"
)

// yaegi makes the reflect.Type of a struct that refers to itself when it first needs
// it, and gets it wrong if several refer to one another: a slice of one then has
// elements of size zero. So structs are declared in files of their own, and all their
// types are made before anybody asks for one.

// LoadTypes compiles a file of package main that declares struct types.
func (m *Machine) LoadTypes(ctx context.Context, source string) error {
	if _, err := m.Load(ctx, source); err != nil {
		return err
	}
	f, err := parser.ParseFile(m.yaegi.FileSet(), "", source, parser.SkipObjectResolution)
	if err != nil {
		return fmt.Errorf("interp: %w", err)
	}
	var all []structType
	for _, d := range f.Decls {
		for _, s := range d.(*ast.GenDecl).Specs {
			name := s.(*ast.TypeSpec).Name.Name
			t, ok := typeOf(m.yaegi, name)
			if !ok {
				return fmt.Errorf("interp: this version of yaegi keeps the type %s elsewhere", name)
			}
			all = append(all, t)
		}
	}
	return finish(all)
}

// finish makes the reflect types of structs. While one is not made a placeholder
// stands for it, which is right behind pointers and in slices; what contains others
// waits for them. When all are made they take the places of the placeholders.
func finish(all []structType) error {
	for _, t := range all {
		t.set(reflect.StructOf([]reflect.StructField{{Name: placeholder, Type: reflect.TypeFor[struct{}](), Tag: reflect.StructTag(t.name())}}))
	}
	for waiting := slices.Clone(all); len(waiting) > 0; {
		i := slices.IndexFunc(waiting, func(t structType) bool { return t.make(unfinished) })
		if i < 0 { // the rest refer to one another
			i = slices.IndexFunc(waiting, func(t structType) bool { return t.make(hasNoSize) })
		}
		if i < 0 {
			return fmt.Errorf("interp: the type %s contains itself", waiting[0].name())
		}
		waiting = slices.Delete(waiting, i, i+1)
	}
	for _, t := range all {
		t.forget()
	}
	for _, t := range all {
		t.fill()
	}
	return nil
}

// placeholder is the name of the only field of a struct that is not made yet.
const placeholder = "GradbookUnfinished"

func unfinished(t reflect.Type) bool { return strings.Contains(t.String(), placeholder) }

// hasNoSize reports whether the size of a type depends on one that is not made yet.
func hasNoSize(t reflect.Type) bool {
	for t.Kind() == reflect.Array {
		t = t.Elem()
	}
	return t.Kind() == reflect.Struct && t.NumField() == 1 && t.Field(0).Name == placeholder
}

// A structType is one of yaegi's own descriptions of types.
type structType struct{ v reflect.Value }

// typeOf is the type that package main declares with a name.
func typeOf(i *interp.Interpreter, name string) (t structType, ok bool) {
	defer func() {
		if recover() != nil {
			ok = false // a field is not where we look for it
		}
	}()
	scope := reflect.ValueOf(i).Elem().FieldByName("scopes").MapIndex(reflect.ValueOf("main")).Elem()
	t.v = scope.FieldByName("sym").MapIndex(reflect.ValueOf(name)).Elem().FieldByName("typ").Elem()
	return t, t.v.FieldByName("rtype").Type() == reflect.TypeFor[reflect.Type]() && t.name() == name
}

func (t structType) name() string { return t.v.FieldByName("name").String() }

func (t structType) reflected() *reflect.Type {
	return (*reflect.Type)(unsafe.Pointer(t.v.FieldByName("rtype").UnsafeAddr()))
}

func (t structType) set(to reflect.Type) { *t.reflected() = to }

// fields calls f with each field, and the reflect type that it has now.
func (t structType) fields(f func(i int, field, typ reflect.Value)) {
	list := t.v.FieldByName("field")
	for i := range list.Len() {
		f(i, list.Index(i), list.Index(i).FieldByName("typ"))
	}
}

// make makes the reflect type, unless the type of a field must be waited for.
func (t structType) make(wait func(field reflect.Type) bool) bool {
	var fields []reflect.StructField
	waits := false
	t.fields(func(_ int, field, typ reflect.Value) {
		r := refType(typ.UnsafePointer(), nil)
		waits = waits || wait(r)
		fields = append(fields, reflect.StructField{Name: exportName(field.FieldByName("name").String()), Type: r,
			Tag: reflect.StructTag(field.FieldByName("tag").String())})
	})
	if waits {
		t.forget() // what is made of it
		return false
	}
	t.set(reflect.StructOf(fields))
	return true
}

// forget makes yaegi forget the types of fields that contain placeholders.
func (t structType) forget() {
	t.fields(func(_ int, _, typ reflect.Value) { forget(typ) })
}

// forget forgets the reflect type of a type without name, and of its parts.
func forget(typ reflect.Value) {
	if typ.IsNil() || typ.Elem().FieldByName("name").String() != "" {
		return
	}
	t := structType{typ.Elem()}
	if made := *t.reflected(); made == nil || !unfinished(made) {
		return
	}
	t.set(nil)
	forget(t.v.FieldByName("val"))
	forget(t.v.FieldByName("key"))
	for _, list := range []string{"arg", "ret"} {
		parts := t.v.FieldByName(list)
		for i := range parts.Len() {
			forget(parts.Index(i))
		}
	}
	t.forget()
}

// fill puts the made types in the places of placeholders.
func (t structType) fill() {
	made := *t.reflected()
	t.fields(func(i int, _, typ reflect.Value) {
		if unfinished(made.Field(i).Type) {
			setFieldType(made, i, refType(typ.UnsafePointer(), nil))
		}
	})
}

// refType is the reflect type of one of yaegi's types.
//
//go:linkname refType github.com/traefik/yaegi/interp.(*itype).refType
func refType(t, context unsafe.Pointer) reflect.Type

// exportName is what a field is called in reflect types.
//
//go:linkname exportName github.com/traefik/yaegi/interp.exportName
func exportName(name string) string

// setFieldType changes the type of a field of a struct made by package reflect.
//
//go:linkname setFieldType github.com/traefik/yaegi/internal/unsafe2.SetFieldType
func setFieldType(s reflect.Type, i int, t reflect.Type)
