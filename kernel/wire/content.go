package wire

import (
	"encoding/json"
	"fmt"
	"reflect"
)

// An Outcome is the status of a reply. The zero Outcome is sent as "ok", so a
// handler that returns a reply has said all it needs to.
type Outcome string

// The outcomes of a request.
const (
	OK      Outcome = "ok"
	Failed  Outcome = "error"
	Aborted Outcome = "aborted" // never run, because an earlier request failed
)

// MarshalJSON writes the zero Outcome as "ok".
func (o Outcome) MarshalJSON() ([]byte, error) {
	if o == "" {
		o = OK
	}
	return json.Marshal(string(o))
}

// An Error is the content of an "error" output, and the same three fields stand
// in the reply of whatever failed. Front ends show the traceback only, so
// everything worth reading must be in it.
type Error struct {
	Name      string   `json:"ename"`  // a kind of error, e.g. "graph.Error"
	Value     string   `json:"evalue"` // its text, on one line
	Traceback []string `json:"traceback"`
}

// A Reply is the content of a reply that has nothing but its outcome to tell: an
// aborted execute_request, or any request that failed.
type Reply struct {
	Status Outcome `json:"status"`
	*Error         // set when Status is Failed, else nil
}

// encodeContent encodes a content or metadata. It must come out as an object, and
// its lists and objects must not be null where they are empty: front ends take
// the length of what they expect to be there.
func encodeContent(v any) (json.RawMessage, error) {
	if v == nil {
		return emptyObject(), nil
	}
	if raw, ok := v.(json.RawMessage); ok {
		v = raw // already JSON; checked below like everything else
	} else {
		v = filled(reflect.ValueOf(v)).Interface()
	}
	raw, err := marshal(v)
	if err != nil {
		return nil, err
	}
	object, ok := asObject(raw)
	if !ok {
		return nil, fmt.Errorf("%w: got %T that encodes as %.40q", ErrObject, v, raw)
	}
	return object, nil
}

// filled returns v with every nil map and slice of a struct replaced by an empty
// one, also in structs inside. The original is left alone.
func filled(v reflect.Value) reflect.Value {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return v
		}
		p := reflect.New(v.Type().Elem())
		p.Elem().Set(filled(v.Elem()))
		return p
	case reflect.Map:
		if v.IsNil() {
			return reflect.MakeMap(v.Type())
		}
	case reflect.Slice:
		if v.IsNil() && v.Type() != reflect.TypeFor[json.RawMessage]() {
			return reflect.MakeSlice(v.Type(), 0, 0)
		}
	case reflect.Struct:
		return filledStruct(v)
	}
	return v
}

func filledStruct(v reflect.Value) reflect.Value {
	out := reflect.New(v.Type()).Elem()
	out.Set(v)
	for i := range v.NumField() {
		if v.Type().Field(i).IsExported() {
			out.Field(i).Set(filled(v.Field(i)))
		}
	}
	return out
}
