package display

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
)

// mostRows is how many rows a table of a slice or map shows.
const mostRows = 50

// tabled returns the table of a slice of structs or of a map, if the value is one with
// something in it. As text it stays what fmt prints, which programs may compare.
func tabled(v any) (b Bundle, ok bool) {
	r := reflect.ValueOf(v)
	var t Table
	switch {
	case r.Kind() == reflect.Slice && r.Len() > 0 && structOf(r.Type().Elem()) != nil:
		t, ok = structTable(r, structOf(r.Type().Elem()))
	case r.Kind() == reflect.Map && r.Len() > 0:
		t, ok = mapTable(r), true
	}
	if !ok {
		return Bundle{}, false
	}
	b = Text(excerptOf(fmt.Sprint(v)))
	b.Data[textHTML] = t.HTML()
	return b, true
}

// structOf is the struct that a type is or points to, unless it prints itself.
func structOf(t reflect.Type) reflect.Type {
	for _, printer := range []reflect.Type{reflect.TypeFor[fmt.Stringer](), reflect.TypeFor[error]()} {
		if t.Implements(printer) {
			return nil
		}
	}
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return nil
	}
	return t
}

// structTable has a column for each exported field.
func structTable(rows reflect.Value, of reflect.Type) (t Table, ok bool) {
	var fields []int
	for i := range of.NumField() {
		if f := of.Field(i); f.IsExported() {
			fields = append(fields, i)
			t.Head = append(t.Head, f.Name)
		}
	}
	for i := range min(rows.Len(), mostRows) {
		row := rows.Index(i)
		if row.Kind() == reflect.Pointer {
			row = row.Elem()
		}
		var cells []any
		for _, f := range fields {
			if row.IsValid() { // no nil pointer
				cells = append(cells, row.Field(f).Interface())
			}
		}
		t.Row(cells...)
	}
	more(&t, rows.Len())
	return t, len(fields) > 0
}

// mapTable has a row for each key, in their order.
func mapTable(m reflect.Value) Table {
	t := Table{Head: []string{"key", "value"}}
	var pairs [][2]reflect.Value // and not keys alone, since a NaN finds nothing
	for each := m.MapRange(); each.Next(); {
		pairs = append(pairs, [2]reflect.Value{each.Key(), each.Value()})
	}
	slices.SortFunc(pairs, func(a, b [2]reflect.Value) int { return compareKeys(a[0], b[0]) })
	for _, p := range pairs[:min(len(pairs), mostRows)] {
		t.Row(p[0].Interface(), p[1].Interface())
	}
	more(&t, m.Len())
	return t
}

// compareKeys orders numbers by size, and anything else by its text.
func compareKeys(a, b reflect.Value) int {
	switch {
	case a.CanInt() && b.CanInt():
		return cmp.Compare(a.Int(), b.Int())
	case a.CanUint() && b.CanUint():
		return cmp.Compare(a.Uint(), b.Uint())
	case a.CanFloat() && b.CanFloat():
		return cmp.Compare(a.Float(), b.Float())
	}
	return cmp.Compare(fmt.Sprint(a), fmt.Sprint(b))
}

// more says how many rows are left out.
func more(t *Table, n int) {
	if n > mostRows {
		t.Row(omission(fmt.Sprintf("and %d more", n-mostRows)))
	}
}
