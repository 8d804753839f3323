package cell

import (
	"go/ast"
	"go/types"
	"strings"
)

// function writes parameters, results and body of a function. A receiver becomes
// the first parameter.
func (l *lowerer) function(sig *types.Signature, t *ast.FuncType, recv *ast.FieldList, body *ast.BlockStmt) string {
	fn := &function{results: sig.Results()}
	var params []string
	if recv != nil {
		name := l.fieldNames(recv)[0]
		params = append(params, name+" "+l.typ(l.env.of(l.info.TypeOf(recv.List[0].Type))))
	}
	names := l.fieldNames(t.Params)
	for i, name := range names {
		p := l.env.of(sig.Params().At(i).Type())
		text := l.typ(p)
		if sig.Variadic() && i == len(names)-1 {
			text = "..." + l.typ(p.(*types.Slice).Elem())
		}
		params = append(params, name+" "+text)
	}
	results := l.resultTypes(sig.Results())
	if t.Results != nil && len(t.Results.List) > 0 && len(t.Results.List[0].Names) > 0 {
		fn.named = l.fieldNames(t.Results)
		var parts []string
		for i, name := range fn.named {
			parts = append(parts, name+" "+l.typ(l.env.of(sig.Results().At(i).Type())))
		}
		results = " (" + strings.Join(parts, ", ") + ")"
	}
	text := l.capture(func() {
		outer, here := l.fn, l.here
		l.fn = fn
		l.functionBody(body)
		l.fn, l.here = outer, here
	})
	return "(" + strings.Join(params, ", ") + ")" + results + " {\n" + text + "}"
}

// functionBody writes the statements of a function, with what keeps its deferred
// calls if it has any.
func (l *lowerer) functionBody(body *ast.BlockStmt) {
	if defers(body) {
		l.here = nowhere
		l.fn.defers = l.temp()
		l.line("%s := %s()", l.fn.defers, l.runs("Defers"))
		l.line("defer func() { %s(%s, recover()) }()", l.runs("Unwind"), l.fn.defers)
	}
	l.statements(body.List)
}

// defers reports whether a function defers calls, itself or in the body of a range
// over a function.
func defers(body ast.Node) (found bool) {
	ast.Inspect(body, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.DeferStmt:
			found = true
		case *ast.FuncLit:
			return false
		}
		return true
	})
	return found
}

// fieldNames lists the names of parameters or results. Those without name get one.
func (l *lowerer) fieldNames(fields *ast.FieldList) []string {
	if fields == nil {
		return nil
	}
	var names []string
	for _, f := range fields.List {
		for _, id := range f.Names {
			if id.Name == "_" {
				names = append(names, l.temp())
			} else {
				names = append(names, l.local(l.info.Defs[id]))
			}
		}
		if len(f.Names) == 0 {
			names = append(names, l.temp())
		}
	}
	return names
}

// returns writes a return statement. In the body of a range over a function it
// notes the results and leaves the body.
func (l *lowerer) returns(s *ast.ReturnStmt) {
	values := l.returned(s)
	if loop := l.fn.loop; loop != nil {
		places := loop.results
		if len(l.fn.named) > 0 {
			places = l.fn.named
		}
		if len(values) > 0 {
			l.line("%s = %s", strings.Join(places, ", "), strings.Join(values, ", "))
		}
		l.line("%s = %d\nreturn false", loop.exit, exitReturn)
		return
	}
	l.line("return %s", strings.Join(values, ", "))
}

// returned writes the values of a return statement in the types of the results.
func (l *lowerer) returned(s *ast.ReturnStmt) []string {
	var values []string
	if len(s.Results) == 1 && l.fn.results.Len() > 1 {
		call := s.Results[0]
		tuple := l.typeOf(call).(*types.Tuple)
		var names []string
		for range tuple.Len() {
			names = append(names, l.temp())
		}
		l.line("%s := %s", strings.Join(names, ", "), l.expr(call))
		for i, name := range names {
			values = append(values, l.converted(name, l.env.of(tuple.At(i).Type()), l.fn.results.At(i).Type()))
		}
		return values
	}
	for i, e := range s.Results {
		values = append(values, l.convert(e, l.fn.results.At(i).Type()))
	}
	if len(values) > 1 {
		for i := range values { // the interpreter mixes up results that depend on one another
			if l.info.Types[s.Results[i]].Value == nil && !l.isNil(s.Results[i]) {
				values[i] = l.freeze(values[i])
			}
		}
	}
	return values
}
