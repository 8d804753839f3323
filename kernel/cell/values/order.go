package values

import (
	"cmp"
	"reflect"
	"slices"
)

// sortedKeys lists the keys of a map in the order in which package fmt prints
// them: numbers and strings in theirs, false before true, structs field by field.
func sortedKeys(m reflect.Value) []reflect.Value {
	keys := m.MapKeys()
	slices.SortStableFunc(keys, compareKeys)
	return keys
}

func compareKeys(a, b reflect.Value) int {
	switch a.Kind() {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return cmp.Compare(a.Int(), b.Int())
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return cmp.Compare(a.Uint(), b.Uint())
	case reflect.Float32, reflect.Float64:
		return cmp.Compare(a.Float(), b.Float())
	case reflect.String:
		return cmp.Compare(a.String(), b.String())
	case reflect.Bool:
		return cmp.Compare(number(a.Bool()), number(b.Bool()))
	case reflect.Pointer, reflect.Chan:
		return cmp.Compare(a.Pointer(), b.Pointer())
	case reflect.Struct:
		for i := range a.NumField() {
			if c := compareKeys(a.Field(i), b.Field(i)); c != 0 {
				return c
			}
		}
	case reflect.Array:
		for i := range a.Len() {
			if c := compareKeys(a.Index(i), b.Index(i)); c != 0 {
				return c
			}
		}
	case reflect.Interface:
		return compareInterfaces(a, b)
	}
	return 0
}

// compareInterfaces orders keys of an interface type: nil first, then by kind.
func compareInterfaces(a, b reflect.Value) int {
	if a.IsNil() || b.IsNil() {
		return cmp.Compare(number(!a.IsNil()), number(!b.IsNil()))
	}
	x, y := reflect.ValueOf(Raw(a.Interface())), reflect.ValueOf(Raw(b.Interface()))
	if x.Kind() != y.Kind() {
		return cmp.Compare(x.Kind(), y.Kind())
	}
	return compareKeys(x, y)
}

func number(b bool) int {
	if b {
		return 1
	}
	return 0
}
