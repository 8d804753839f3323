package cell

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// A callee is what a call calls, as emitted source sees it.
type callee struct {
	text      string           // the function, ready to be followed by arguments
	receiver  string           // the first argument, if a method became a function
	signature *types.Signature // without receiver
	compiled  bool             // Go code, which takes variable arguments one by one
	replaced  bool             // Go code of ours in place of a method
	inspects  bool             // Go code that looks into its interface{} arguments
	owner     string           // compiled method: the receiver, which text then lacks
	asks      *types.Named     // Go code that asks its interface{} arguments for this interface, or nil
}

// An argument is an expression to pass, or a value that has a name already.
type argument struct {
	e    ast.Expr // nil if the value has a name
	text string
	t    types.Type
}

// call writes a call as an expression.
func (l *lowerer) call(e *ast.CallExpr) string {
	fun := ast.Unparen(e.Fun)
	tv := l.info.Types[fun]
	switch {
	case tv.IsType():
		return l.conversion(e, l.typeOf(fun))
	case tv.IsBuiltin():
		return l.builtin(e, builtinName(fun))
	}
	c := l.callee(fun)
	if tuple, ok := l.spread(e); ok {
		return l.spreadCall(e, c, tuple)
	}
	var args []argument
	for _, a := range e.Args {
		args = append(args, argument{e: a})
	}
	return l.written(e, c, args)
}

// written writes the call of c with arguments.
func (l *lowerer) written(e *ast.CallExpr, c callee, args []argument) string {
	texts := l.passed(c, args, e.Ellipsis.IsValid())
	if c.receiver != "" {
		texts = append([]string{c.receiver}, texts...)
	}
	dots := ""
	if e.Ellipsis.IsValid() || c.signature.Variadic() && !c.compiled {
		dots = "..."
	}
	text := c.text
	if c.owner != "" {
		text = c.owner + "." + text
	}
	return l.named(text+"("+strings.Join(texts, ", ")+dots+")", c)
}

// named gives the result of a compiled function the type that emitted source has
// for it, where that is another: an instance of a generic type.
func (l *lowerer) named(text string, c callee) string {
	if !c.compiled || c.signature.Results().Len() != 1 {
		return text
	}
	t := c.signature.Results().At(0).Type()
	if n, ok := types.Unalias(t).(*types.Named); ok && n.TypeArgs().Len() > 0 && !types.IsInterface(t) {
		return l.converting(t) + "(" + text + ")"
	}
	return text
}

// passed writes arguments as the parameters of c want them.
func (l *lowerer) passed(c callee, args []argument, ellipsis bool) []string {
	params := c.signature.Params()
	fixed := params.Len()
	if c.signature.Variadic() {
		fixed--
	}
	var texts []string
	for i := range min(fixed, len(args)) {
		texts = append(texts, l.pass(args[i], params.At(i).Type(), c))
	}
	if !c.signature.Variadic() {
		return texts
	}
	last := params.At(fixed).Type()
	if ellipsis {
		return append(texts, l.pass(args[fixed], last, c))
	}
	slice, ok := last.Underlying().(*types.Slice)
	if !ok {
		return append(texts, l.pass(args[fixed], last, c)) // append([]byte, string...)
	}
	var rest []string
	for _, a := range args[fixed:] {
		rest = append(rest, l.pass(a, slice.Elem(), c))
	}
	if c.compiled {
		return append(texts, rest...)
	}
	if len(rest) == 0 {
		return append(texts, "("+l.typ(last)+")(nil)")
	}
	return append(texts, l.typ(last)+"{"+strings.Join(rest, ", ")+"}")
}

// pass writes one argument for a parameter of type to.
func (l *lowerer) pass(a argument, to types.Type, c callee) string {
	to = l.env.of(to)
	if a.e != nil && l.isNil(a.e) {
		return l.nilOf(to)
	}
	t := a.t
	if a.e != nil {
		t = types.Default(l.typeOf(a.e))
	}
	if c.asks != nil && types.IsInterface(to) && !l.compiledInterface(to) && types.Implements(t, c.asks.Underlying().(*types.Interface)) {
		if a.e != nil {
			a.text = l.expr(a.e)
		}
		return l.converted(a.text, t, c.asks)
	}
	if c.asks != nil && c.asks.Obj().Name() == "LogValuer" && types.IsInterface(to) && !l.compiledInterface(to) {
		if a.e != nil {
			a.text = l.expr(a.e)
		}
		return l.values("Loggable") + "(" + l.converted(a.text, t, to) + ")"
	}
	if c.inspects && types.IsInterface(to) && !l.compiledInterface(to) {
		text := a.text
		if a.e != nil {
			text = l.expr(a.e)
		}
		if types.IsInterface(t) {
			return l.values("Raw") + "(" + text + ")"
		}
		return text
	}
	text := ""
	if a.e != nil {
		text = l.convert(a.e, to)
	} else {
		text = l.converted(a.text, t, to)
	}
	if c.compiled && !c.replaced && isReflectType(to) {
		return l.values("PlainType") + "(" + text + ")"
	}
	if c.compiled {
		return l.kept(text, to)
	}
	return text
}

// isReflectType reports whether t is reflect.Type. Package reflect takes for one only
// what it made itself, and ours know names besides.
func isReflectType(t types.Type) bool {
	n, ok := types.Unalias(t).(*types.Named)
	return ok && n.Obj().Name() == "Type" && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "reflect"
}

// spread tells the types of f's results in a call g(f()).
func (l *lowerer) spread(e *ast.CallExpr) (*types.Tuple, bool) {
	if len(e.Args) != 1 {
		return nil, false
	}
	tuple, ok := l.typeOf(e.Args[0]).(*types.Tuple)
	return tuple, ok
}

// spreadCall writes g(f()) with a name for each result of f.
func (l *lowerer) spreadCall(e *ast.CallExpr, c callee, tuple *types.Tuple) string {
	var names []string
	var args []argument
	for v := range tuple.Variables() {
		name := l.temp()
		names = append(names, name)
		args = append(args, argument{text: name, t: l.env.of(v.Type())})
	}
	text := "func()" + l.resultTypes(c.signature.Results()) + " { " + strings.Join(names, ", ") + " := " + l.expr(e.Args[0]) + "; "
	if c.signature.Results().Len() > 0 {
		text += "return "
	}
	return text + l.written(e, c, args) + " }()"
}

// resultTypes writes the types of results after a parameter list.
func (l *lowerer) resultTypes(t *types.Tuple) string {
	return l.writer().results(l.env.tuple(t))
}

// frozen writes what a call needs before it into names, and returns the call with
// those names: what go and defer evaluate at once.
func (l *lowerer) frozen(e *ast.CallExpr) string {
	fun := ast.Unparen(e.Fun)
	if tv := l.info.Types[fun]; tv.IsBuiltin() || tv.IsType() {
		return l.frozenBuiltin(e, builtinName(fun))
	}
	c := l.callee(fun)
	if c.owner != "" {
		c.owner = l.freeze(l.addressed(fun.(*ast.SelectorExpr), c.owner))
	} else if _, ok := fun.(*ast.FuncLit); ok {
		c.text = l.freeze(l.private(c.text, l.typeOf(fun)))
	} else if !l.isStatic(fun) {
		c.text = l.freeze(c.text)
	}
	if c.receiver != "" {
		c.receiver = l.freeze(c.receiver)
	}
	var args []argument
	if tuple, ok := l.spread(e); ok {
		var names []string
		for v := range tuple.Variables() {
			names = append(names, l.temp())
			args = append(args, argument{text: names[len(names)-1], t: l.env.of(v.Type())})
		}
		l.line("%s := %s", strings.Join(names, ", "), l.expr(e.Args[0]))
		return l.written(e, c, args)
	}
	for _, a := range e.Args {
		args = append(args, argument{e: a})
	}
	texts := l.passed(c, args, e.Ellipsis.IsValid())
	for i, text := range texts {
		texts[i] = l.freeze(text)
	}
	if c.receiver != "" {
		texts = append([]string{c.receiver}, texts...)
	}
	dots := ""
	if e.Ellipsis.IsValid() || c.signature.Variadic() && !c.compiled {
		dots = "..."
	}
	if c.owner != "" {
		c.text = c.owner + "." + c.text
	}
	return c.text + "(" + strings.Join(texts, ", ") + dots + ")"
}

// freeze gives a value a name, unless it is a literal.
func (l *lowerer) freeze(text string) string {
	if text == "nil" || text[0] == '"' || text[0] >= '0' && text[0] <= '9' {
		return text
	}
	name := l.temp()
	l.line("%s := %s", name, text)
	return name
}

// addressed is the receiver of a compiled method that is to be called later: the
// variable itself, not a copy, if the method wants a pointer.
func (l *lowerer) addressed(sel *ast.SelectorExpr, owner string) string {
	f := l.info.Uses[sel.Sel].(*types.Func)
	_, pointer := types.Unalias(f.Signature().Recv().Type()).(*types.Pointer)
	if _, have := l.typeOf(sel.X).Underlying().(*types.Pointer); pointer && !have {
		if !l.selection(sel).endsInPointer {
			return "(&" + owner + ")"
		}
	}
	return owner
}

// isStatic reports whether fun names a declared function or method.
func (l *lowerer) isStatic(fun ast.Expr) bool {
	switch fun := ast.Unparen(fun).(type) {
	case *ast.Ident:
		_, ok := l.info.Uses[fun].(*types.Func)
		return ok
	case *ast.SelectorExpr:
		f, ok := l.info.Uses[fun.Sel].(*types.Func)
		return ok && !isInterfaceMethod(f)
	case *ast.IndexExpr, *ast.IndexListExpr:
		return true
	}
	return false
}

func isInterfaceMethod(f *types.Func) bool {
	recv := f.Signature().Recv()
	return recv != nil && types.IsInterface(recv.Type())
}

// callee finds out what fun is.
func (l *lowerer) callee(fun ast.Expr) callee {
	if sel, ok := fun.(*ast.SelectorExpr); ok {
		if f, ok := l.info.Uses[sel.Sel].(*types.Func); ok && f.Signature().Recv() != nil && !l.info.Types[sel.X].IsType() {
			return l.methodCallee(sel)
		}
	}
	c := callee{signature: l.typeOf(fun).Underlying().(*types.Signature)}
	if f := l.staticFunc(fun); f != nil {
		if !isOwn(f) && f.Signature().TypeParams().Len() == 0 {
			c.compiled, c.inspects, c.asks = true, l.inspectsAny(f) && replaced[f.FullName()] == "", l.asksFor(f)
		}
		c.text = l.expr(fun)
		return c
	}
	if f, ok := fun.(*ast.FuncLit); ok {
		c.text = l.literal(f) // mostly called at once, so that nobody else has it
	} else {
		c.text = l.operand(fun)
	}
	return c
}

// staticFunc is the function that fun names, or nil.
func (l *lowerer) staticFunc(fun ast.Expr) *types.Func {
	switch fun := ast.Unparen(fun).(type) {
	case *ast.Ident:
		f, _ := l.info.Uses[fun].(*types.Func)
		return f
	case *ast.SelectorExpr:
		f, _ := l.info.Uses[fun.Sel].(*types.Func)
		if f != nil && f.Signature().Recv() == nil {
			return f
		}
	case *ast.IndexExpr:
		return l.staticFunc(fun.X)
	case *ast.IndexListExpr:
		return l.staticFunc(fun.X)
	}
	return nil
}

// methodCallee finds out what the method of a call x.M() is.
func (l *lowerer) methodCallee(sel *ast.SelectorExpr) callee {
	return l.selectedCallee(l.selection(sel))
}

// selectedCallee is what calls a selected method: a function of emitted source, a
// method of compiled code, or what the value of an interface has.
func (l *lowerer) selectedCallee(s *selected) callee {
	c := callee{signature: l.env.of(s.method.Signature()).(*types.Signature)}
	switch {
	case types.IsInterface(s.owner) && !l.compiledInterface(s.owner):
		c.text = l.values("Bind") + "(" + s.text + ", \"" + s.method.Name() + "\").(" + l.typ(c.signature) + ")"
	case isOwnMethod(s):
		c.text, c.receiver = l.method(s.method, s.owner), s.adapted()
	default:
		c.compiled = true
		if name := l.replacement(s.method); name != "" {
			c.text, c.receiver, c.replaced = name, s.adapted(), true
			break
		}
		c.text, c.owner = s.method.Name(), s.text
		c.inspects, c.asks = l.inspectsAny(s.method), l.asksFor(s.method)
	}
	return c
}

// A selected is the method that x.M selects, with the way to its receiver.
type selected struct {
	text          string      // x and the embedded fields on the way
	owner         types.Type  // the type of that
	method        *types.Func // of owner
	endsInPointer bool        // owner is a pointer
}

// selection finds the method of a selector where the lowerer is.
func (l *lowerer) selection(sel *ast.SelectorExpr) *selected {
	return l.selectFrom(l.expr(sel.X), l.typeOf(sel.X), l.info.Uses[sel.Sel].Pkg(), sel.Sel.Name)
}

// selectFrom finds the method with a name of x, which has type t.
func (l *lowerer) selectFrom(x string, t types.Type, pkg *types.Package, name string) *selected {
	obj, index, _ := types.LookupFieldOrMethod(t, true, pkg, name)
	s := &selected{text: x, owner: t, method: obj.(*types.Func)}
	for _, i := range index[:len(index)-1] {
		field := deref(s.owner).Underlying().(*types.Struct).Field(i)
		s.text += "." + fieldName(field)
		s.owner = field.Type()
	}
	_, s.endsInPointer = s.owner.Underlying().(*types.Pointer)
	return s
}

// isOwnMethod reports whether the method is one that emitted source has as a
// function.
func isOwnMethod(s *selected) bool {
	n, ok := types.Unalias(deref(s.owner)).(*types.Named)
	return ok && n.Obj().Pkg() != nil && (isOwn(n.Obj()) || libraryPaths[n.Obj().Pkg().Path()] && n.TypeArgs().Len() > 0)
}

// adapted is the receiver as the method wants it: by value or by pointer.
func (s *selected) adapted() string {
	_, wants := types.Unalias(s.method.Signature().Recv().Type()).(*types.Pointer)
	switch {
	case wants && !s.endsInPointer:
		return "(&" + s.text + ")"
	case !wants && s.endsInPointer:
		return "(*" + s.text + ")"
	}
	return s.text
}

// selector writes x.f where it is not called.
func (l *lowerer) selector(sel *ast.SelectorExpr) string {
	obj := l.info.Uses[sel.Sel]
	if id, ok := sel.X.(*ast.Ident); ok {
		if _, ok := l.info.Uses[id].(*types.PkgName); ok {
			if f, ok := obj.(*types.Func); ok {
				return l.funcValue(sel.Sel, f)
			}
			return l.name(obj)
		}
	}
	if f, ok := obj.(*types.Func); ok {
		if l.info.Types[sel.X].IsType() {
			return l.methodExpression(sel, f)
		}
		return l.methodValue(sel)
	}
	x := l.typeOf(sel.X)
	found, index, _ := types.LookupFieldOrMethod(x, true, obj.Pkg(), sel.Sel.Name)
	if found == nil {
		return l.expr(sel.X) + "." + sel.Sel.Name
	}
	text := l.expr(sel.X)
	for _, i := range index {
		field := deref(x).Underlying().(*types.Struct).Field(i)
		text += "." + fieldName(field)
		x = field.Type()
	}
	return text
}

// result writes a call whose value is used. What a method of an interface returns the
// interpreter knows by reflection alone, where all fields have other names.
func (l *lowerer) result(e *ast.CallExpr) string {
	text := l.call(e)
	sel, ok := ast.Unparen(e.Fun).(*ast.SelectorExpr)
	if !ok {
		return text
	}
	f, ok := l.info.Uses[sel.Sel].(*types.Func)
	if !ok || !isInterfaceMethod(f) || !isOwn(f) || f.Signature().Results().Len() != 1 {
		return text
	}
	switch t := l.typeOf(e); t.Underlying().(type) {
	case *types.Struct, *types.Pointer, *types.Slice, *types.Array, *types.Map:
		return l.converting(t) + "(" + text + ")"
	}
	return text
}

// methodValue writes x.M as a function that keeps x.
func (l *lowerer) methodValue(sel *ast.SelectorExpr) string {
	s := l.selection(sel)
	sig := l.env.of(s.method.Signature()).(*types.Signature)
	if types.IsInterface(s.owner) && !l.compiledInterface(s.owner) {
		return l.values("Bind") + "(" + s.text + ", \"" + s.method.Name() + "\").(" + l.typ(sig) + ")"
	}
	receiver := l.env.of(s.method.Signature().Recv().Type())
	if n, ok := types.Unalias(deref(receiver)).(*types.Named); !ok || !isOwnMethod(s) && !n.Obj().Exported() {
		return s.text + "." + s.method.Name()
	}
	params, names := l.parameters(sig)
	kept := l.temp()
	call := kept + "." + s.method.Name() + "("
	if isOwnMethod(s) {
		call = l.method(s.method, s.owner) + "(" + kept + ", "
	} else if name := l.replacement(s.method); name != "" {
		call = name + "(" + kept + ", "
	}
	return "func(" + kept + " " + l.typ(receiver) + ") " + l.typ(sig) + " { return func" + params + " { " +
		returning(sig) + call + strings.Join(names, ", ") + ") } }(" + s.adapted() + ")"
}

// parameters writes the parameters and results of a signature with names of ours,
// and the names as arguments.
func (l *lowerer) parameters(sig *types.Signature) (text string, names []string) {
	for range sig.Params().Len() {
		names = append(names, l.temp())
	}
	w := l.writer()
	text = w.signature(sig, names)
	if sig.Variadic() {
		names[len(names)-1] += "..."
	}
	return text, names
}

func returning(sig *types.Signature) string {
	if sig.Results().Len() > 0 {
		return "return "
	}
	return ""
}

// methodExpression writes T.M as a function of receiver and arguments.
func (l *lowerer) methodExpression(sel *ast.SelectorExpr, f *types.Func) string {
	sig := l.typeOf(sel).(*types.Signature)
	params, names := l.parameters(sig)
	x := &ast.Ident{NamePos: sel.Pos(), Name: strings.TrimSuffix(names[0], "...")}
	recv := sig.Params().At(0).Type()
	v := types.NewVar(token.NoPos, l.pkg, x.Name, recv)
	l.locals[v] = x.Name
	l.info.Uses[x] = v
	l.info.Types[x] = types.TypeAndValue{Type: recv}
	use := &ast.Ident{Name: sel.Sel.Name}
	l.info.Uses[use] = f
	c := l.methodCallee(&ast.SelectorExpr{X: x, Sel: use})
	if c.owner != "" {
		c.text = c.owner + "." + c.text
	}
	args := names[1:]
	if c.receiver != "" {
		args = append([]string{c.receiver}, args...)
	}
	return "func" + params + " { " + returning(sig) + c.text + "(" + strings.Join(args, ", ") + ") }"
}
