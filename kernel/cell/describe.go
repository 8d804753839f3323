package cell

import (
	"fmt"
	"go/types"
	"path"
	"reflect"
	"strconv"
	"strings"

	"gradbook/kernel/cell/values"
)

// typeKey is the name by which package values knows a type: the same for the same
// type in every cell.
func (l *lowerer) typeKey(t types.Type) string {
	return typeName(l.env.of(t), func(n *types.Named) string {
		obj := n.Obj()
		switch {
		case obj.Pkg() == nil:
			return obj.Name()
		case inLibrary(obj.Pkg()):
			name := strings.TrimPrefix(obj.Pkg().Path(), libraryPrefix) + "." + obj.Name()
			if !isTop(n.Origin().Obj()) {
				name += mark + strconv.Itoa(int(obj.Pos()))
			}
			return name
		case isOwn(obj) && !isTop(n.Origin().Obj()):
			return "main." + obj.Name() + mark + strconv.Itoa(int(obj.Pos()))
		}
		return obj.Pkg().Path() + "." + obj.Name()
	})
}

// typeDisplay is a type as Go's %T writes it.
func typeDisplay(t types.Type) string {
	return typeName(t, func(n *types.Named) string {
		if n.Obj().Pkg() == nil {
			return n.Obj().Name()
		}
		if n.Obj().Pkg().Path() == mainPath {
			return mainPath + "." + n.Obj().Name()
		}
		return n.Obj().Pkg().Name() + "." + n.Obj().Name()
	})
}

// typeName writes a type with the given names for named types.
func typeName(t types.Type, name func(*types.Named) string) string {
	w := &typeWriter{}
	w.named = func(n *types.Named) string {
		text := name(n)
		if n.TypeArgs().Len() > 0 {
			var args []string
			for a := range n.TypeArgs().Types() {
				args = append(args, w.text(a))
			}
			text += "[" + strings.Join(args, ",") + "]"
		}
		return text
	}
	w.param = func(p *types.TypeParam) string { return p.Obj().Name() }
	w.field = func(f *types.Var, tag string) (string, string) {
		if f.Embedded() {
			return "", tag
		}
		return f.Name() + " ", tag
	}
	w.iface = func(t *types.Interface) string {
		if t.NumMethods() == 0 {
			return "interface {}"
		}
		var methods []string
		for m := range t.Methods() {
			methods = append(methods, m.Name()+w.signature(m.Signature(), nil))
		}
		return "interface { " + strings.Join(methods, "; ") + " }"
	}
	return w.text(t)
}

// describe tells package values about a type: now what the checker knows, and when
// the program runs what only the interpreter knows, its reflect.Type.
func (l *lowerer) describe(t types.Type) *values.Type {
	t = types.Default(l.env.of(t))
	key := l.typeKey(t)
	d := l.describing[key]
	if d != nil {
		return d
	}
	d = &values.Type{Key: key, Name: typeDisplay(t)}
	l.describing[key] = d
	l.fillType(d, t)
	l.registry.Add(d)
	if n, ok := types.Unalias(t).(*types.Named); ok && n.Obj().Pkg() != nil && inLibrary(n.Obj().Pkg()) && erased(n) {
		l.stubsOnce(n)
	}
	if n, ok := types.Unalias(t).(*types.Named); ok && types.IsInterface(n) {
		if l.compiledInterface(n) {
			d.Go = l.compiledReflect(n)
		}
	} else if !types.IsInterface(t) {
		layout := l.typ(t)
		if l.laidOut(key) != layout {
			l.layouts[key] = layout
			l.setup.WriteString(l.values("Layout") + "(" + strconv.Quote(key) + ", (*" + layout + ")(nil))\n")
		}
	}
	return d
}

// laidOut is the layout of a type that package values was told last.
func (l *lowerer) laidOut(key string) string {
	if layout, ok := l.layouts[key]; ok {
		return layout
	}
	return l.Session.layouts[key]
}

// fillType describes what a type is made of.
func (l *lowerer) fillType(d *values.Type, t types.Type) {
	if n, ok := types.Unalias(t).(*types.Named); ok && !isOwn(n.Obj()) && !types.IsInterface(t) {
		return // compiled: reflection knows everything
	}
	switch u := t.Underlying().(type) {
	case *types.Pointer:
		d.Kind, d.Elem = reflect.Pointer, l.describe(u.Elem())
	case *types.Slice:
		d.Kind, d.Elem = reflect.Slice, l.describe(u.Elem())
	case *types.Array:
		d.Kind, d.Elem = reflect.Array, l.describe(u.Elem())
	case *types.Chan:
		d.Kind, d.Elem = reflect.Chan, l.describe(u.Elem())
	case *types.Map:
		d.Kind, d.KeyType, d.Elem = reflect.Map, l.describe(u.Key()), l.describe(u.Elem())
	case *types.Signature:
		d.Kind = reflect.Func
		if u.Results().Len() > 0 {
			d.Result = l.describe(u.Results().At(0).Type())
		}
	case *types.Struct:
		d.Kind = reflect.Struct
		for i := range u.NumFields() {
			f := u.Field(i)
			d.Fields = append(d.Fields, values.Field{Name: f.Name(), Tag: u.Tag(i), Embedded: f.Embedded(), Exported: f.Exported(), Type: l.describe(f.Type())})
		}
	case *types.Interface:
		d.Kind = reflect.Interface
		for m := range u.Methods() {
			d.Methods = append(d.Methods, values.Method{Name: m.Name(), Signature: l.typeKey(m.Signature())})
		}
	case *types.Basic:
		d.Boxed = l.boxed(t)
		return
	}
	d.Boxed = l.boxed(t)
}

// stubs tells package values the methods of a type, each as a function whose first
// parameter is the receiver.
func (l *lowerer) stubs(t types.Type) {
	if types.IsInterface(t) {
		return
	}
	l.describe(t)
	set := types.NewMethodSet(types.NewPointer(t))
	if n, ok := t.(*types.Named); ok && l.names[n.Obj().Name()] != nil { // declared anew, and perhaps without some of its methods
		fmt.Fprintf(&l.setup, "%s(%q)\n", l.values("Forget"), l.typeKey(t))
	}
	byValue := types.NewMethodSet(t)
	for s := range set.Methods() {
		f := s.Obj().(*types.Func)
		if !f.Exported() && !isOwn(f) { // promoted from a compiled type; nobody here can call it
			continue
		}
		recv := types.Type(types.NewPointer(t))
		if byValue.Lookup(f.Pkg(), f.Name()) != nil {
			recv = t
		}
		l.stub(t, recv, f)
	}
}

// stub tells package values one method, declared for t or reached through a field
// that t embeds.
func (l *lowerer) stub(t, recv types.Type, f *types.Func) {
	_, pointer := recv.(*types.Pointer)
	sig := l.env.of(f.Signature()).(*types.Signature)
	self, params := l.temp(), []string{}
	var args []argument
	x := l.variable(l.temp(), recv)
	for v := range sig.Params().Variables() {
		args = append(args, argument{text: l.temp(), t: v.Type()})
		params = append(params, args[len(args)-1].text+" "+l.typ(v.Type()))
	}
	c := l.selectedCallee(l.selectFrom(x.Name, recv, f.Pkg(), f.Name()))
	if c.owner != "" {
		c.text = c.owner + "." + c.text
	}
	var texts []string
	if c.receiver != "" {
		texts = append(texts, c.receiver)
	}
	for _, a := range args {
		texts = append(texts, a.text)
	}
	dots := ""
	if sig.Variadic() {
		dots = "..."
		last := sig.Params().Len() - 1
		params[last] = args[last].text + " ..." + l.typ(args[last].t.(*types.Slice).Elem())
	}
	open := x.Name + " := " + self + ".(" + l.typ(recv) + ")"
	if l.typ(recv) == "interface{}" {
		open = x.Name + " := " + self
	}
	l.setup.WriteString(l.values("Method") + "(" + strconv.Quote(l.typeKey(t)) + ", " + strconv.Quote(f.Name()) + ", " +
		strconv.Quote(l.typeKey(sig)) + ", " + strconv.Quote(l.resultKey(sig)) + ", " + strconv.FormatBool(pointer) + ", func(" +
		strings.Join(append([]string{self + " interface{}"}, params...), ", ") + ")" + l.resultTypes(sig.Results()) + " { " +
		open + "; " + returning(sig) + c.text + "(" + strings.Join(texts, ", ") + dots + ") })\n")
}

// resultKey is the key of the first result of a method if values of its type are put
// into boxes, or else "".
func (l *lowerer) resultKey(sig *types.Signature) string {
	if sig.Results().Len() == 0 {
		return ""
	}
	t := sig.Results().At(0).Type()
	if !l.boxed(t) {
		return ""
	}
	return l.describe(t).Key
}

// compiledReflect is the reflect.Type of an interface of a compiled package.
func (l *lowerer) compiledReflect(n *types.Named) reflect.Type {
	if n.Obj().Pkg() == nil {
		return reflect.TypeFor[error]()
	}
	p := n.Obj().Pkg().Path()
	symbol, ok := l.config.Symbols[p+"/"+path.Base(p)][n.Obj().Name()]
	if !ok {
		symbol, ok = l.config.Symbols[p+"/"+n.Obj().Pkg().Name()][n.Obj().Name()]
	}
	if !ok {
		return nil
	}
	return symbol.Type().Elem()
}

// converter is the emitted name of a function that turns an interface{} into an
// interface of a compiled package.
func (l *lowerer) converter(n *types.Named) string {
	name := "To" + strings.TrimPrefix(n.Obj().Name(), mark)
	if n.Obj().Pkg() != nil {
		name = "To" + l.aliasOf(n.Obj().Pkg()) + "_" + n.Obj().Name()
	}
	name = strings.ReplaceAll(name, mark, "_")
	if t := l.compiledReflect(n); t != nil {
		l.converters[name] = l.registry.Converter(t)
	}
	return l.aliasPath(convertersPath) + "." + name
}

const convertersPath = "gradbook/converters"
