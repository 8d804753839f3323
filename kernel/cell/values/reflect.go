package values

import "reflect"

// A namedType is a reflect.Type of a cell's type that knows its name.
type namedType struct {
	reflect.Type
	name string
	own  *Type
}

// ReflectTypeOf is reflect.TypeOf.
func (r *Registry) ReflectTypeOf(x any) reflect.Type {
	t, v := r.dynamic(x)
	if t == nil || !own(t) || v == nil {
		return reflect.TypeOf(v)
	}
	return namedType{reflect.TypeOf(v), cleanName(t.Name), t}
}

// ReflectValueType is the method Type of a reflect.Value.
func (r *Registry) ReflectValueType(v reflect.Value) reflect.Type {
	return namedAs(v.Type(), r.typeOf(v.Type()))
}

// namedAs is a type with the name that a cell gave it, if it has one.
func namedAs(t reflect.Type, known *Type) reflect.Type {
	if !own(known) {
		return t
	}
	return namedType{t, cleanName(known.Name), known}
}

// PlainType is the type as package reflect made it.
func PlainType(t reflect.Type) reflect.Type {
	if n, ok := t.(namedType); ok {
		return n.Type
	}
	return t
}

// ReflectImplements is the method Implements of a reflect.Type. An interface of cells
// has lost its methods where reflection tells it; that every type has them would be the
// worse answer, so that none does.
func (r *Registry) ReflectImplements(t, u reflect.Type) bool {
	wanted := PlainType(u)
	known := r.typeOf(PlainType(t))
	if n, ok := t.(namedType); ok {
		known = n.own
	}
	if !own(known) {
		return PlainType(t).Implements(wanted) && wanted.NumMethod() > 0
	}
	for i := range wanted.NumMethod() {
		if _, ok := r.method(known, wanted.Method(i).Name); !ok {
			return false
		}
	}
	return wanted.NumMethod() > 0
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
		return n.Type, n.own.Key
	}
	if known := r.typeOf(t); known != nil && own(known) {
		return t, known.Key
	}
	return t, ""
}

// String is the type's name with its package.
func (t namedType) String() string { return t.name }

// Name is the type's name, "" if it has none of its own.
func (t namedType) Name() string {
	if t.own.Kind == reflect.Pointer || len(t.name) < 5 || t.name[:5] != "main." {
		return ""
	}
	return t.name[5:]
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
	if t.own.Kind == reflect.Struct {
		return len(t.own.Fields)
	}
	return t.Type.NumField()
}

// Field is a field as the user wrote it.
func (t namedType) Field(i int) reflect.StructField {
	f := t.Type.Field(i)
	if t.own.Kind == reflect.Struct {
		own := t.own.Fields[i]
		f.Name, f.Tag, f.Anonymous = own.Name, reflect.StructTag(own.Tag), own.Embedded
		if own.Type != nil && own.Type.Kind != reflect.Interface && own.Type.Kind != reflect.Invalid {
			f.Type = namedAs(f.Type, own.Type)
		}
		if !own.Exported {
			f.PkgPath = "main"
		}
	}
	return f
}

// Elem is what a pointer points to.
func (t namedType) Elem() reflect.Type {
	if t.own.Kind == reflect.Pointer && t.own.Elem != nil {
		return namedAs(t.Type.Elem(), t.own.Elem)
	}
	return t.Type.Elem()
}
