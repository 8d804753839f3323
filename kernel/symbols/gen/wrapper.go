package main

import (
	"fmt"
	"go/types"
	"strings"
)

// wrapper adds the struct through which an interpreted value with the methods of an
// interface is handed to compiled code, in the form that yaegi looks for: IValue holds
// the value itself and a function field W + name stands behind each method.
//
// Methods that are not exported are left out, since only their own package could write
// them. The wrapper of such an interface does not implement it; yaegi wants it to
// exist nevertheless.
func (l *listing) wrapper(name string, face *types.Interface) {
	wrapper := "_" + identifier(l.path) + "_" + name
	l.entry("_"+name, "(*"+wrapper+")(nil)")
	var fields, methods strings.Builder
	for method := range face.Methods() {
		if !method.Exported() {
			continue
		}
		s := l.spell(method.Signature())
		fmt.Fprintf(&fields, "W%s func%s\n", method.Name(), s.header)
		fmt.Fprintf(&methods, "func (W %s) %s%s {\n", wrapper, method.Name(), s.header)
		if method.Name() == "String" && s.call == "()" && s.results == "string" {
			// yaegi prints its own struct while it builds an error message.
			methods.WriteString("if W.WString == nil {\nreturn \"\"\n}\n")
		}
		fmt.Fprintf(&methods, "%sW.W%s%s\n}\n\n", s.prefix, method.Name(), s.call)
	}
	fmt.Fprintf(&l.wrappers, "// %s is the wrapper of %s.%s.\ntype %s struct {\nIValue any\n%s}\n\n%s",
		wrapper, l.pkg.Name(), name, wrapper, fields.String(), methods.String())
}

// A spelling is a signature as the generated code writes it.
type spelling struct {
	header  string // "(a0 []byte) (int, error)"
	results string // "int, error"
	call    string // "(a0)"
	prefix  string // "return " or ""
}

// spell names the parameters a0, a1, …: their own names may be those of packages that
// their types mention, as in func(url *url.URL).
func (l *listing) spell(signature *types.Signature) spelling {
	var parameters, arguments, results []string
	for i := range signature.Params().Len() {
		argument := fmt.Sprintf("a%d", i)
		text := types.TypeString(signature.Params().At(i).Type(), l.qualify)
		if signature.Variadic() && i == signature.Params().Len()-1 {
			parameters = append(parameters, argument+" ..."+strings.TrimPrefix(text, "[]"))
			arguments = append(arguments, argument+"...")
			continue
		}
		parameters = append(parameters, argument+" "+text)
		arguments = append(arguments, argument)
	}
	for result := range signature.Results().Variables() {
		results = append(results, types.TypeString(result.Type(), l.qualify))
	}
	s := spelling{results: strings.Join(results, ", "), call: "(" + strings.Join(arguments, ", ") + ")"}
	s.header = "(" + strings.Join(parameters, ", ") + ") (" + s.results + ")"
	if len(results) > 0 {
		s.prefix = "return "
	}
	return s
}
