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
		fn.named = l.resultNames(t.Results)
	}
	text := l.capture(func() {
		outer, here := l.fn, l.here
		l.fn = fn
		l.functionBody(body, func() { l.statements(body.List) })
		l.fn, l.here = outer, here
	})
	return "(" + strings.Join(params, ", ") + ")" + results + " {\n" + text + "}"
}

// functionBody writes what a function does.
//
// If it defers calls, its statements become a function literal that compiled code
// calls, and that makes the deferred calls when the literal returns or panics: the
// interpreter would evaluate their arguments late, and forget the other calls if
// one panics. The literal returns by setting the results.
//
// Named results become variables: the interpreter would let them begin with what an
// earlier call in the same place returned, and be that place while the call runs.
func (l *lowerer) functionBody(body ast.Node, write func()) {
	l.here = nowhere
	l.fn.places = l.fn.named
	deferring := defers(body)
	for i := range l.fn.results.Len() {
		if deferring && len(l.fn.named) == 0 {
			l.fn.places = append(l.fn.places, l.temp())
		}
		if len(l.fn.places) > 0 {
			l.line("%s := %s", l.fn.places[i], l.zero(l.env.of(l.fn.results.At(i).Type())))
		}
	}
	if !deferring {
		write()
		return
	}
	l.fn.defers = l.temp()
	l.line("%s := %s()", l.fn.defers, l.runs("Defers"))
	l.line("%s(%s, func() {", l.runs("Protect"), l.fn.defers)
	write()
	l.here = nowhere
	l.line("})")
	l.line("return %s", strings.Join(l.fn.places, ", "))
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

// resultNames names results so that nothing in the function's body hides them: a
// return statement sets them wherever it stands.
func (l *lowerer) resultNames(fields *ast.FieldList) []string {
	var names []string
	for _, f := range fields.List {
		for _, id := range f.Names {
			names = append(names, l.temp())
			l.locals[l.info.Defs[id]] = names[len(names)-1]
		}
	}
	return names
}

// returns writes a return statement. In the body of a range over a function it
// notes the results and leaves the body.
func (l *lowerer) returns(s *ast.ReturnStmt) {
	values := l.returned(s)
	if l.fn.loop == nil && l.fn.defers == "" {
		if len(s.Results) == 0 {
			values = l.fn.named
		}
		l.line("return %s", strings.Join(values, ", "))
		return
	}
	for i, v := range values {
		l.line("%s = %s", l.fn.places[i], v)
	}
	if loop := l.fn.loop; loop != nil {
		l.line("%s = %d\nreturn false", loop.exit, exitReturn)
	} else {
		l.line("return")
	}
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
	for i := range values { // results may depend on one another, and what is received is no variable
		receive := strings.HasPrefix(strings.TrimLeft(values[i], "("), "<-")
		if receive || len(values) > 1 && l.info.Types[s.Results[i]].Value == nil && !l.isNil(s.Results[i]) {
			values[i] = l.freeze(values[i])
		}
	}
	return values
}
