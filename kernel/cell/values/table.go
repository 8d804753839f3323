package values

import (
	"fmt"
	"reflect"
)

// Table takes a slice of structs or a map apart that has cells' types in it: what the
// columns are called, and a row for each element, whose cells are numbers or texts as
// fmt prints them. It is not ok for what is no such value, is empty, or whose elements
// print themselves.
func (r *Registry) Table(x any) (head []string, rows [][]any, ok bool) {
	t, value := r.dynamic(x)
	v := reflect.ValueOf(value)
	if !v.IsValid() || r.printsItself(t) {
		return nil, nil, false
	}
	switch v.Kind() {
	case reflect.Slice:
		return r.structTable(v, t)
	case reflect.Map:
		return r.mapTable(v, t)
	}
	return nil, nil, false
}

// printsItself reports whether values of a cell's type print themselves.
func (r *Registry) printsItself(t *Type) bool {
	if !own(t) {
		return false
	}
	for _, name := range []string{"Format", "Error", "String"} {
		if _, ok := r.method(t, name); ok {
			return true
		}
	}
	return false
}

// partType is the description of a part, whose type is t if that is known.
func (r *Registry) partType(of reflect.Type, t *Type) *Type {
	if t == nil || t.Kind == reflect.Invalid && !t.Boxed {
		return r.typeOf(of)
	}
	return t
}

// structTable has a column for each exported field.
func (r *Registry) structTable(v reflect.Value, t *Type) (head []string, rows [][]any, ok bool) {
	elem := r.partType(v.Type().Elem(), elem(t))
	if r.printsItself(elem) {
		return nil, nil, false
	}
	if elem != nil && elem.Kind == reflect.Pointer {
		elem = elem.Elem
	}
	if elem == nil || elem.Kind != reflect.Struct || v.Len() == 0 || r.printsItself(elem) {
		return nil, nil, false
	}
	var fields []int
	for i, f := range elem.Fields {
		if f.Exported {
			fields, head = append(fields, i), append(head, f.Name)
		}
	}
	for i := range v.Len() {
		of := v.Index(i)
		if of.Kind() == reflect.Pointer {
			of = of.Elem()
		}
		var row []any
		for _, f := range fields {
			if of.IsValid() { // no nil pointer
				row = append(row, r.part(of.Field(f), elem.Fields[f].Type))
			}
		}
		rows = append(rows, row)
	}
	return head, rows, len(fields) > 0
}

// mapTable has a row for each key, in the order in which fmt prints them.
func (r *Registry) mapTable(v reflect.Value, t *Type) (head []string, rows [][]any, ok bool) {
	var key *Type
	if t != nil {
		key = t.KeyType
	}
	for _, k := range sortedKeys(v) {
		rows = append(rows, []any{r.part(k, key), r.part(v.MapIndex(k), elem(t))})
	}
	return []string{"key", "value"}, rows, v.Len() > 0
}

// part is a number as such, and anything else as text.
func (r *Registry) part(v reflect.Value, t *Type) any {
	if !v.IsValid() { // of a key that is no number, which finds nothing
		return nil
	}
	t = r.partType(v.Type(), t)
	if number := v.CanInt() || v.CanUint() || v.CanFloat(); number && v.Type().NumMethod() == 0 && !r.printsItself(t) {
		return plain(v)
	}
	text := fmt.Sprint(part{r, v, t})
	if text == "<nil>" {
		return nil
	}
	return text
}

// A part of a value, which package fmt prints as it does within the whole.
type part struct {
	r     *Registry
	value reflect.Value
	t     *Type
}

func (c part) Format(f fmt.State, verb rune) {
	(&printer{State: f, r: c.r, verb: verb}).value(c.value, c.t, 1)
}
