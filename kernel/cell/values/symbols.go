package values

import (
	"maps"
	"reflect"
)

// Symbols is the package that emitted source imports, as an interpreter wants it.
func (r *Registry) Symbols() map[string]reflect.Value {
	symbols := r.loggers()
	all := map[string]any{
		"Any": Any, "Box": r.Box, "Strip": Strip, "Raw": Raw, "Open": Open, "Ignore": Ignore, "Clear": Clear,
		"Equal": r.Equal, "Same": Same, "Migrate": r.Migrate, "Forget": r.Forget,
		"Layout": r.Layout, "Method": r.Method, "Bind": r.Bind,
		"Which": r.Which, "Get": r.Get, "Assert": r.Assert, "ShiftCount": ShiftCount, "AssertOK": r.AssertOK,
		"Print": r.Print, "Printf": r.Printf, "Println": r.Println,
		"Sprint": r.Sprint, "Sprintf": r.Sprintf, "Sprintln": r.Sprintln,
		"Fprint": r.Fprint, "Fprintf": r.Fprintf, "Fprintln": r.Fprintln,
		"Append": r.Append, "Appendf": r.Appendf, "Appendln": r.Appendln, "Errorf": r.Errorf,
		"PrintErr": r.PrintErr, "PrintlnErr": r.PrintlnErr,
		"ErrorsIs": r.ErrorsIs, "ErrorsAs": r.ErrorsAs, "Fail": Fail,
		"JSONMarshal": r.JSONMarshal, "JSONMarshalIndent": r.JSONMarshalIndent, "JSONEncode": r.JSONEncode,
		"JSONUnmarshal": r.JSONUnmarshal, "JSONDecode": r.JSONDecode,
		"ReflectTypeOf": r.ReflectTypeOf, "ReflectDeepEqual": r.ReflectDeepEqual, "ReflectImplements": r.ReflectImplements, "PlainType": PlainType, "ReflectValueType": r.ReflectValueType,
		"ReflectValueNumMethod": r.ReflectValueNumMethod, "ReflectValueMethod": r.ReflectValueMethod,
		"ReflectValueMethodByName": r.ReflectValueMethodByName, "ReflectValueFieldByName": r.ReflectValueFieldByName,
		"Show": r.Show, "ShowAll": r.ShowAll, "Hold": r.Hold,
		"Loggable": r.Loggable, "XMLMarshal": r.XMLMarshal, "XMLMarshalIndent": r.XMLMarshalIndent, "XMLEncode": r.XMLEncode, "XMLEncodeElement": r.XMLEncodeElement, "TextFuncs": r.TextFuncs, "HTMLFuncs": r.HTMLFuncs, "TextExecute": r.TextExecute, "TextExecuteTemplate": r.TextExecuteTemplate,
		"HTMLExecute": r.HTMLExecute, "HTMLExecuteTemplate": r.HTMLExecuteTemplate,
		"SortOrdered": SortOrdered, "Input": r.Input, "FileRead": r.FileRead,
	}
	for name, f := range all {
		all[name] = f
		symbols[name] = reflect.ValueOf(f)
	}
	return maps.Clone(symbols)
}
