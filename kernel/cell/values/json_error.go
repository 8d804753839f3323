package values

import (
	"encoding/json"
	"reflect"
	"strings"
)

// mistyped is an error of package json with the names of cells' types, which it
// cannot know. The type is that of the variable which was decoded into.
func (r *Registry) mistyped(err error, t reflect.Type, known *Type) error {
	e, ok := err.(*json.UnmarshalTypeError)
	if !ok {
		return err
	}
	at := known
	if at == nil {
		at = &Type{Go: t}
	}
	if e.Field != "" {
		for _, name := range strings.Split(e.Field, ".") {
			s := r.innermost(at)
			e.Struct = r.named(s.Go, s).Name()
			at = &Type{Go: e.Type}
			for _, f := range s.Fields {
				if jsonName(f) == name && f.Type != nil {
					at = f.Type
				}
			}
		}
	}
	for at.Elem != nil && at.Go != e.Type {
		at = at.Elem
	}
	if at.Go != e.Type {
		at = nil
	}
	e.Type = r.named(e.Type, at)
	return e
}

// innermost is the struct that a type consists of, through pointers, lists and maps.
func (r *Registry) innermost(t *Type) *Type {
	for {
		if found := r.typeOf(t.Go); found != nil {
			t = found
		} else if t.Kind == reflect.Invalid && t.Go != nil {
			s := shape(t.Go)
			s.Go, t = t.Go, s
		}
		if t.Elem == nil {
			return t
		}
		t = t.Elem
	}
}

// jsonName is what a field is called in JSON.
func jsonName(f Field) string {
	if name, _, _ := strings.Cut(reflect.StructTag(f.Tag).Get("json"), ","); name != "" {
		return name
	}
	return f.Name
}

// A typeErrors keeps the first value of a wrong type: decoding goes on after it.
type typeErrors struct{ first error }

// add takes an error and returns it if decoding ends with it.
func (t *typeErrors) add(err error) error {
	if _, ok := err.(*json.UnmarshalTypeError); !ok {
		return err
	}
	if t.first == nil {
		t.first = err
	}
	return nil
}

// notInto is an error of package json about a whole variable.
func (r *Registry) notInto(err error, v reflect.Value, t *Type) error {
	if e, ok := err.(*json.UnmarshalTypeError); ok {
		e.Type = r.named(v.Type(), t)
	}
	return err
}

// intoInterface is why JSON cannot be decoded into an interface that has methods.
func (r *Registry) intoInterface(data []byte, v reflect.Value, t *Type) error {
	var any any
	if err := json.Unmarshal(data, &any); err != nil {
		return err
	}
	what := map[reflect.Kind]string{reflect.String: "string", reflect.Float64: "number", reflect.Bool: "bool", reflect.Slice: "array", reflect.Map: "object"}
	return &json.UnmarshalTypeError{Value: what[reflect.TypeOf(any).Kind()], Type: r.named(v.Type(), t)}
}

// inField is an error of a field as one of the struct that has the field.
func (r *Registry) inField(err error, t *Type, f Field) error {
	e, ok := err.(*json.UnmarshalTypeError)
	if !ok {
		return err
	}
	if e.Field == "" || f.Embedded && !strings.Contains(e.Field, ".") {
		e.Struct = strings.TrimPrefix(cleanName(t.Name), "main.")
	}
	e.Field = strings.TrimSuffix(jsonName(f)+"."+e.Field, ".")
	return e
}
