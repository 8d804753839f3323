package values

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// JSONUnmarshal is json.Unmarshal.
func (r *Registry) JSONUnmarshal(data []byte, target any) error {
	d := &decoder{r: r}
	return d.unmarshal(data, target)
}

func (d *decoder) unmarshal(data []byte, target any) error {
	t, v := d.r.dynamic(target)
	p := reflect.ValueOf(v)
	if p.Kind() != reflect.Pointer || p.IsNil() || !d.needed(p.Type(), t, map[string]bool{}) {
		err := json.Unmarshal(data, v)
		return d.r.mistyped(err, reflect.TypeOf(v), t)
	}
	if !json.Valid(data) {
		var any any
		return json.Unmarshal(data, &any) // for its error
	}
	return d.decode(data, p.Elem(), elem(t))
}

// JSONDecode is the method Decode of a json.Decoder.
func (r *Registry) JSONDecode(from *json.Decoder, target any) error {
	t, v := r.dynamic(target)
	d := &decoder{r: r, strict: isSet(from, "disallowUnknownFields"), numbers: isSet(from, "useNumber")}
	if v == nil || !d.needed(reflect.TypeOf(v), t, map[string]bool{}) {
		err := from.Decode(v)
		return r.mistyped(err, reflect.TypeOf(v), t)
	}
	var raw json.RawMessage
	if err := from.Decode(&raw); err != nil {
		return err
	}
	return d.unmarshal(raw, target)
}

// isSet reports whether an option of a json.Decoder is set, which it does not tell.
func isSet(from *json.Decoder, option string) bool {
	if state := reflect.ValueOf(from).Elem().FieldByName("d"); state.Kind() == reflect.Struct {
		set := state.FieldByName(option)
		return set.Kind() == reflect.Bool && set.Bool()
	}
	return false
}

// A decoder decodes what package json cannot: values whose cell's type has a method
// that decodes, and structs that embed others, which the interpreter does not do.
type decoder struct {
	r       *Registry
	strict  bool // a field that is not there is an error
	numbers bool // numbers without a type become json.Number
}

// needed reports whether package json cannot decode a type by itself.
func (d *decoder) needed(t reflect.Type, own *Type, seen map[string]bool) bool {
	if found := d.r.typeOf(t); found != nil {
		own = found
	}
	if own == nil || own.Key == "" && own.Kind == reflect.Invalid {
		own = shape(t)
	}
	if key := own.Key + t.String(); seen[key] {
		return false
	} else {
		seen[key] = true
	}
	if d.r.has(own.Key, "UnmarshalJSON") || d.r.has(own.Key, "UnmarshalText") {
		return true
	}
	for _, f := range own.Fields {
		if f.Embedded || f.Type != nil && d.neededType(f.Type, seen) {
			return true
		}
	}
	if own.Kind == reflect.Interface && len(own.Methods) > 0 {
		return true
	}
	key := own.KeyType
	if t.Kind() == reflect.Map {
		key = d.r.keyType(t, own)
	}
	for _, part := range []*Type{own.Elem, key} {
		if part != nil && d.neededType(part, seen) {
			return true
		}
	}
	return false
}

// neededType is needed for a type that is known by its description.
func (d *decoder) neededType(t *Type, seen map[string]bool) bool {
	if t.Go != nil {
		return d.needed(t.Go, t, seen)
	}
	return d.needed(reflect.TypeFor[any](), t, seen)
}

// shape describes a type without name by what reflection knows of it.
func shape(t reflect.Type) *Type {
	s := &Type{Kind: t.Kind()}
	if t.Name() != "" {
		return s
	}
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
		s.Elem = &Type{Go: t.Elem()}
	case reflect.Struct:
		for f := range t.Fields() {
			s.Fields = append(s.Fields, Field{Name: f.Name, Tag: string(f.Tag), Exported: true, Type: &Type{Go: f.Type}})
		}
	}
	return s
}

// has reports whether the type with a key has a method.
func (r *Registry) has(key, name string) bool {
	r.mu.RLock()
	defer r.mu.RUnlock()
	_, ok := r.methods[key][name]
	return ok
}

// decode puts valid JSON into a variable.
func (d *decoder) decode(data []byte, v reflect.Value, t *Type) error {
	if found := d.r.typeOf(v.Type()); found != nil {
		t = found
	} else if t == nil || t.Key == "" {
		t = shape(v.Type())
	}
	null := string(bytes.TrimSpace(data)) == "null"
	if done, err := d.byMethod(data, v, t); done && !(null && v.Kind() == reflect.Pointer) {
		return err
	}
	if null || !d.needed(v.Type(), t, map[string]bool{}) {
		return d.plain(data, v, t)
	}
	switch v.Kind() {
	case reflect.Interface:
		return d.r.intoInterface(data, v, t)
	case reflect.Pointer:
		if v.IsNil() {
			v.Set(reflect.New(v.Type().Elem()))
		}
		return d.decode(data, v.Elem(), elem(t))
	case reflect.Slice, reflect.Array:
		return d.list(data, v, t)
	case reflect.Map:
		return d.mapping(data, v, t)
	case reflect.Struct:
		return d.structure(data, v, t)
	}
	return d.plain(data, v, t)
}

// plain decodes what package json can.
func (d *decoder) plain(data []byte, v reflect.Value, t *Type) error {
	from := json.NewDecoder(bytes.NewReader(data))
	if d.strict {
		from.DisallowUnknownFields()
	}
	if d.numbers {
		from.UseNumber()
	}
	err := from.Decode(v.Addr().Interface())
	return d.r.mistyped(err, v.Type(), t)
}

// byMethod decodes with a method of the cell's type, if it has one.
func (d *decoder) byMethod(data []byte, v reflect.Value, t *Type) (done bool, err error) {
	if t.Key == "" || t.Kind == reflect.Pointer {
		return false, nil
	}
	pointer := pointerTo(t)
	for _, name := range []string{"UnmarshalJSON", "UnmarshalText"} {
		if !d.r.has(t.Key, name) {
			continue
		}
		f, ok := d.r.boundTo(v.Addr(), pointer, name)
		if !ok {
			continue
		}
		unmarshal, ok := f.Interface().(func([]byte) error)
		if !ok {
			continue
		}
		if name == "UnmarshalText" {
			var text string
			if err := json.Unmarshal(data, &text); err != nil {
				return true, d.r.notInto(err, v, t)
			}
			data = []byte(text)
		}
		return true, unmarshal(data)
	}
	return false, nil
}

func (d *decoder) list(data []byte, v reflect.Value, t *Type) error {
	var parts []json.RawMessage
	if err := json.Unmarshal(data, &parts); err != nil {
		return d.r.notInto(err, v, t)
	}
	if v.Kind() == reflect.Slice {
		v.Set(reflect.MakeSlice(v.Type(), len(parts), len(parts)))
	}
	var wrong typeErrors
	for i := range min(len(parts), v.Len()) {
		if err := wrong.add(d.decode(parts[i], v.Index(i), elem(t))); err != nil {
			return err
		}
	}
	return wrong.first
}

func (d *decoder) mapping(data []byte, v reflect.Value, t *Type) error {
	var parts map[string]json.RawMessage
	if err := json.Unmarshal(data, &parts); err != nil {
		return d.r.notInto(err, v, t)
	}
	if v.IsNil() {
		v.Set(reflect.MakeMap(v.Type()))
	}
	var wrong typeErrors
	for name, part := range parts {
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		if err := d.key(name, key, d.r.keyType(v.Type(), t)); err != nil {
			return err
		}
		if err := wrong.add(d.decode(part, value, elem(t))); err != nil {
			return err
		}
		v.SetMapIndex(key, value)
	}
	return wrong.first
}

// key decodes the key of a map, which in JSON is a string whatever its type.
func (d *decoder) key(name string, key reflect.Value, t *Type) error {
	quoted, err := json.Marshal(name)
	if err != nil {
		return err
	}
	if t == nil {
		t = shape(key.Type())
	}
	if done, err := d.byMethod(quoted, key, t); done {
		return err
	}
	if key.Kind() == reflect.String {
		key.SetString(name)
		return nil
	}
	if err := json.Unmarshal([]byte(name), key.Addr().Interface()); err != nil {
		return fmt.Errorf("json: cannot unmarshal key %q into Go value of type %s", name, d.r.reflectName(key.Type()))
	}
	return nil
}

// structure decodes the fields of a struct. What it embeds gets the whole object.
func (d *decoder) structure(data []byte, v reflect.Value, t *Type) error {
	var parts map[string]json.RawMessage
	if err := json.Unmarshal(data, &parts); err != nil {
		return d.r.notInto(err, v, t)
	}
	if d.strict {
		if name, ok := unknown(parts, t); ok {
			return fmt.Errorf("json: unknown field %q", name)
		}
	}
	var wrong typeErrors
	for i, f := range t.Fields {
		tag := reflect.StructTag(f.Tag).Get("json")
		name, options, _ := strings.Cut(tag, ",")
		switch {
		case tag == "-" || i >= v.NumField():
			continue
		case f.Embedded && name == "":
			inner := &decoder{r: d.r, numbers: d.numbers} // all fields of the object are there, and not only its own
			if err := wrong.add(d.r.inField(inner.decode(data, v.Field(i), f.Type), t, f)); err != nil {
				return err
			}
			continue
		case !f.Exported:
			continue
		case name == "":
			name = f.Name
		}
		part, ok := lookup(parts, name)
		if !ok {
			continue
		}
		var inner string
		if strings.Contains(","+options+",", ",string,") && json.Unmarshal(part, &inner) == nil {
			part = []byte(inner)
		}
		if err := wrong.add(d.r.inField(d.decode(part, v.Field(i), f.Type), t, f)); err != nil {
			return err
		}
	}
	return wrong.first
}

// unknown is a part that no field of the struct, or of what it embeds, is for.
func unknown(parts map[string]json.RawMessage, t *Type) (name string, ok bool) {
	left := maps.Clone(parts)
	var take func(t *Type)
	take = func(t *Type) {
		if t != nil && t.Kind == reflect.Pointer {
			t = t.Elem
		}
		if t == nil {
			return
		}
		for _, f := range t.Fields {
			if f.Embedded {
				take(f.Type)
			}
			maps.DeleteFunc(left, func(name string, _ json.RawMessage) bool { return strings.EqualFold(name, jsonName(f)) })
		}
	}
	take(t)
	for _, name := range slices.Sorted(maps.Keys(left)) {
		return name, true
	}
	return "", false
}

// lookup finds a field by its name, in whatever case it is written.
func lookup(parts map[string]json.RawMessage, name string) (json.RawMessage, bool) {
	if part, ok := parts[name]; ok {
		return part, true
	}
	for key, part := range parts {
		if strings.EqualFold(key, name) {
			return part, true
		}
	}
	return nil, false
}
