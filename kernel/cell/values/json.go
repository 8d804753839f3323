package values

import (
	"encoding/json"
	"encoding/xml"
	"reflect"
	"slices"
	"strings"
)

// The functions in this file take the place of their namesakes in package
// encoding/json. They encode a copy of the value in which whatever has a method of
// a cell's type that encodes is replaced by a Go value with that method.

// JSONMarshal is json.Marshal.
func (r *Registry) JSONMarshal(x any) ([]byte, error) { return json.Marshal(r.encodable(x)) }

// JSONMarshalIndent is json.MarshalIndent.
func (r *Registry) JSONMarshalIndent(x any, prefix, indent string) ([]byte, error) {
	return json.MarshalIndent(r.encodable(x), prefix, indent)
}

// JSONEncode is the method Encode of a json.Encoder.
func (r *Registry) JSONEncode(e *json.Encoder, x any) error { return e.Encode(r.encodable(x)) }

// An encoded value calls the MarshalJSON method of a cell's type.
type encoded struct{ call func() ([]byte, error) }

func (e encoded) MarshalJSON() ([]byte, error) {
	if e.call == nil {
		return []byte("null"), nil
	}
	return e.call()
}

// A text calls the MarshalText method of a cell's type.
type text struct{ call func() ([]byte, error) }

func (t text) MarshalText() ([]byte, error) { return t.call() }

func (r *Registry) encodable(x any) any {
	t, v := r.dynamic(x)
	if v == nil {
		return nil
	}
	e := &encoder{r: r, methods: []string{"MarshalJSON", "MarshalText"}}
	return e.convert(reflect.ValueOf(v), t, 0).Interface()
}

// An encoder copies values for package json or xml.
type encoder struct {
	r       *Registry
	methods []string // those that encode, first choice first
}

// deepest is how far an encoder follows values; package json reports a cycle.
const deepest = 500

// convert copies v.
func (e *encoder) convert(v reflect.Value, t *Type, depth int) reflect.Value {
	if !v.IsValid() || depth > deepest {
		return v
	}
	if t == nil || t.Kind == reflect.Invalid && !t.Boxed {
		if own := e.r.typeOf(v.Type()); own != nil {
			t = own
		}
	}
	if c, ok := e.method(v, t); ok {
		return c
	}
	if !e.needed(v.Type(), t, map[string]bool{}) {
		return v
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		return e.pointer(v, t, depth)
	case reflect.Slice, reflect.Array:
		return e.list(v, t, depth)
	case reflect.Map:
		return e.mapping(v, t, depth)
	case reflect.Struct:
		return e.structure(v, t, depth)
	}
	return v
}

// method is v as a Go value with the method that encodes it.
func (e *encoder) method(v reflect.Value, t *Type) (reflect.Value, bool) {
	if !own(t) || v.Kind() == reflect.Pointer && v.IsNil() {
		return v, false
	}
	for _, name := range e.methods {
		recv, rt := v, t
		_, ok := e.r.method(t, name)
		if !ok && v.CanAddr() {
			rt = pointerTo(t)
			_, ok = e.r.method(rt, name)
			recv = v.Addr()
		}
		if !ok {
			continue
		}
		f, _ := e.r.boundTo(recv, rt, name)
		switch call := f.Interface().(type) {
		case func() ([]byte, error):
			if name == "MarshalJSON" {
				return reflect.ValueOf(encoded{call}), true
			}
			return reflect.ValueOf(text{call}), true
		case func(*xml.Encoder, xml.StartElement) error:
			return reflect.ValueOf(element{call}), true
		case func(xml.Name) (xml.Attr, error):
			return reflect.ValueOf(attribute{call}), true
		}
	}
	return v, false
}

// needed reports whether a value of a type must be copied: there is a method in
// it, an interface that may hold one, or an embedded struct, which the interpreter
// does not embed.
func (e *encoder) needed(t reflect.Type, d *Type, seen map[string]bool) bool {
	if own := e.r.typeOf(t); own != nil {
		d = own
	}
	if d != nil && d.Key != "" {
		if seen[d.Key] {
			return false
		}
		seen[d.Key] = true
		if e.marshals(d) {
			return true
		}
		for _, f := range d.Fields {
			if f.Embedded || e.neededField(f, seen) {
				return true
			}
		}
	}
	switch t.Kind() {
	case reflect.Interface:
		return true
	case reflect.Pointer, reflect.Slice, reflect.Array:
		return e.needed(t.Elem(), elem(d), seen)
	case reflect.Map:
		key := e.r.keyType(t, d)
		return e.needed(t.Elem(), elem(d), seen) || key != nil && e.marshals(key)
	}
	return false
}

func elem(t *Type) *Type {
	if t == nil {
		return nil
	}
	return t.Elem
}

// neededField is needed for a field, by its description alone.
func (e *encoder) neededField(f Field, seen map[string]bool) bool {
	if f.Type == nil {
		return false
	}
	if f.Type.Kind == reflect.Interface {
		return true
	}
	for t := f.Type; t != nil; t = t.Elem {
		if e.marshals(t) {
			return true
		}
		if t.Kind == reflect.Struct && t.Go != nil && e.needed(t.Go, t, seen) {
			return true
		}
	}
	return false
}

// marshals reports whether a cell's type has a method that encodes.
func (e *encoder) marshals(t *Type) bool {
	return slices.ContainsFunc(e.methods, func(name string) bool { return e.r.has(t.Key, name) })
}

// keyType is the type of a map's keys if it is a cell's, or else nil.
func (r *Registry) keyType(m reflect.Type, known *Type) *Type {
	if known != nil && known.KeyType != nil {
		return known.KeyType
	}
	return r.typeOf(m.Key())
}

func (e *encoder) pointer(v reflect.Value, t *Type, depth int) reflect.Value {
	if v.IsNil() {
		return reflect.ValueOf((*any)(nil))
	}
	if v.Kind() == reflect.Interface {
		d, x := e.r.dynamic(v.Interface())
		return e.convert(reflect.ValueOf(x), d, depth+1)
	}
	return e.convert(v.Elem(), elem(t), depth+1)
}

func (e *encoder) list(v reflect.Value, t *Type, depth int) reflect.Value {
	if v.Kind() == reflect.Slice && v.IsNil() {
		return reflect.ValueOf((*any)(nil))
	}
	list := make([]any, v.Len())
	for i := range list {
		list[i] = e.convert(v.Index(i), elem(t), depth+1).Interface()
	}
	return reflect.ValueOf(list)
}

func (e *encoder) mapping(v reflect.Value, t *Type, depth int) reflect.Value {
	if v.IsNil() {
		return reflect.ValueOf((*any)(nil))
	}
	m := reflect.MakeMap(reflect.MapOf(v.Type().Key(), reflect.TypeFor[any]()))
	texts := map[string]any{}
	key := e.r.keyType(v.Type(), t)
	for _, k := range v.MapKeys() {
		value := e.convert(v.MapIndex(k), elem(t), depth+1)
		if key != nil && k.Kind() != reflect.String { // a string is its own text
			if c, ok := e.method(k, key); ok {
				if key, ok := c.Interface().(text); ok {
					name, err := key.call()
					if err != nil {
						return reflect.ValueOf(encoded{func() ([]byte, error) { return nil, err }})
					}
					texts[string(name)] = value.Interface()
					continue
				}
			}
		}
		m.SetMapIndex(k, value)
	}
	if len(texts) > 0 {
		return reflect.ValueOf(texts)
	}
	return m
}

// structure copies a struct into one with the same names and tags, whose parts are
// the copies. What is embedded is embedded again.
func (e *encoder) structure(v reflect.Value, t *Type, depth int) reflect.Value {
	var fields []reflect.StructField
	var parts []reflect.Value
	for i := range v.NumField() {
		name, ft := e.r.fieldOf(v, t, i)
		f := v.Type().Field(i)
		embedded := t != nil && i < len(t.Fields) && t.Fields[i].Embedded
		if t != nil && i < len(t.Fields) && !t.Fields[i].Exported && !embedded || name == Empty {
			continue
		}
		part := e.convert(v.Field(i), ft, depth+1)
		tag := f.Tag
		if name, _, _ := strings.Cut(tag.Get("json"), ","); embedded && name == "" && v.Field(i).Kind() == reflect.Pointer && v.Field(i).IsNil() {
			continue // it has no fields to promote
		}
		if embedded && i < len(t.Fields) {
			tag = reflect.StructTag(t.Fields[i].Tag)
			if part.Kind() == reflect.Pointer && !part.IsNil() {
				part = part.Elem()
			}
			embedded = part.Kind() == reflect.Struct && part.Type().NumMethod() == 0
		}
		sf := reflect.StructField{Name: f.Name, Type: part.Type(), Tag: tag, Anonymous: embedded}
		fields, parts = append(fields, sf), append(parts, part)
	}
	c := reflect.New(reflect.StructOf(fields)).Elem()
	for i, part := range parts {
		c.Field(i).Set(part)
	}
	return c
}
