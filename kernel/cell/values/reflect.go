package values

import (
	"reflect"
	"strings"
)

// A namedType is a reflect.Type with cells' types in it that knows their names.
//
// Two are equal if they are the same type: what is known of it is in the registry.
type namedType struct {
	reflect.Type
	key string // of a cell's type that reflection takes for another
	r   *Registry
}

func (t namedType) own() *Type {
	own, _ := t.r.described.Load(t)
	return own.(*Type)
}

// describe makes a namedType that has the description.
func (r *Registry) describe(t reflect.Type, key string, own *Type) reflect.Type {
	n := namedType{t, key, r}
	r.described.Store(n, own)
	return n
}

// ReflectTypeOf is reflect.TypeOf.
func (r *Registry) ReflectTypeOf(x any) reflect.Type {
	t, v := r.dynamic(x)
	if v == nil {
		return nil
	}
	return r.named(reflect.TypeOf(v), t)
}

// named is a type with the names that cells gave it and its parts, if they did.
func (r *Registry) named(t reflect.Type, known *Type) reflect.Type {
	if !own(known) {
		known = r.typeOf(t)
	}
	switch {
	case own(known):
		return r.describe(t, known.Key, known)
	case t.Name() == "" && r.containsOwn(t):
		own := shape(t)
		own.Name = r.reflectName(t)
		return r.describe(t, "", own)
	}
	return t
}

// ReflectDeepEqual is reflect.DeepEqual.
func (r *Registry) ReflectDeepEqual(x, y any) bool {
	t, a := r.dynamic(x)
	u, b := r.dynamic(y)
	if own(t) != own(u) || own(t) && t.Key != u.Key {
		return false
	}
	return reflect.DeepEqual(a, b)
}

// PlainType is the type as package reflect made it.
func PlainType(t reflect.Type) reflect.Type {
	if n, ok := t.(namedType); ok {
		return n.Type
	}
	return t
}

// ReflectImplements is the method Implements of a reflect.Type. Where only reflection
// tells an interface of cells it has no methods; that every type has them would be the
// worse answer, so that none does.
func (r *Registry) ReflectImplements(t, u reflect.Type) bool {
	wanted, isNamed := u.(namedType)
	known := r.typeOf(PlainType(t))
	if n, ok := t.(namedType); ok {
		known = n.own()
	}
	switch {
	case isNamed && known == nil:
		return missingCompiled(t, wanted.own()) == ""
	case isNamed:
		return r.missingIn(known, wanted.own()) == ""
	case u.NumMethod() == 0:
		return false
	case !own(known):
		return PlainType(t).Implements(u)
	}
	for m := range u.Methods() {
		if !r.hasMethod(known, m.Name) {
			return false
		}
	}
	return true
}

// hasMethod reports whether a cell's type, perhaps an interface, has a method.
func (r *Registry) hasMethod(t *Type, name string) bool {
	if t == nil {
		return false
	}
	_, ok := r.signature(t, name)
	return ok
}

// sameType reports whether two types are one. The types of a struct that compiled
// code tells, as reflect.Value.Type does, come without the name.
func (r *Registry) sameType(x, y reflect.Type) bool {
	plainX, keyX := r.identity(x)
	plainY, keyY := r.identity(y)
	return plainX == plainY && keyX == keyY
}

// identity is the type as compiled code knows it, and the key of a cell's type.
func (r *Registry) identity(t reflect.Type) (plain reflect.Type, key string) {
	if n, ok := t.(namedType); ok {
		return n.Type, n.key
	}
	if known := r.typeOf(t); known != nil && own(known) {
		return t, known.Key
	}
	return t, ""
}

// String is the type's name with its package.
func (t namedType) String() string { return cleanName(t.own().Name) }

// Name is the type's name, "" if it has none of its own.
func (t namedType) Name() string {
	name, ok := strings.CutPrefix(t.String(), "main.")
	if !ok || t.own().Kind == reflect.Pointer {
		return ""
	}
	return name
}

// PkgPath is the path of the package in which cells are.
func (t namedType) PkgPath() string {
	if t.Name() == "" {
		return ""
	}
	return "main"
}

// NumField counts the fields that the user wrote.
func (t namedType) NumField() int {
	if t.own().Kind == reflect.Struct {
		return len(t.own().Fields)
	}
	return t.Type.NumField()
}

// Field is a field as the user wrote it.
func (t namedType) Field(i int) reflect.StructField {
	f := t.Type.Field(i)
	if t.own().Kind == reflect.Struct {
		own := t.own().Fields[i]
		f.Name, f.Tag, f.Anonymous = own.Name, reflect.StructTag(own.Tag), own.Embedded
		f.Type = t.r.named(f.Type, own.Type)
		if !own.Exported {
			f.PkgPath = "main"
		}
	}
	return f
}

// FieldByName is a field as the user wrote it.
func (t namedType) FieldByName(name string) (reflect.StructField, bool) {
	for i := range t.NumField() {
		if f := t.Field(i); f.Name == name {
			return f, true
		}
	}
	return t.Type.FieldByName(name)
}

// Elem is what a pointer points to or a list, map or channel holds.
func (t namedType) Elem() reflect.Type { return t.r.named(t.Type.Elem(), t.own().Elem) }

// Key is the type of a map's keys.
func (t namedType) Key() reflect.Type { return t.r.named(t.Type.Key(), t.own().KeyType) }

// In is the type of a function's parameter.
func (t namedType) In(i int) reflect.Type { return t.r.named(t.Type.In(i), nil) }

// Out is the type of a function's result.
func (t namedType) Out(i int) reflect.Type { return t.r.named(t.Type.Out(i), nil) }
