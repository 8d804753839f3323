package cell

import (
	"go/ast"
	"go/types"
	"strings"
)

// A source is where a lowerer reads: the syntax it writes belongs to info, and its
// type parameters mean what env says.
type source struct {
	info    *types.Info
	pkg     *types.Package
	env     environment
	library *library
}

// source is where the lowerer is.
func (l *lowerer) source() source { return source{l.info, l.pkg, l.env, l.library} }

// enter moves the lowerer to another place.
func (l *lowerer) enter(s source) { l.info, l.pkg, l.env, l.library = s.info, s.pkg, s.env, s.library }

// later queues the writing of a declaration until the one being written is done.
// Local types are still those of the one being written.
func (l *lowerer) later(at source, write func()) {
	owner := l.owner
	l.waiting = append(l.waiting, func() {
		l.enter(at)
		l.owner = owner
		l.fn, l.inBody, l.literals = nil, false, 0
		write()
	})
}

// finish writes what is queued, and what that queues.
func (l *lowerer) finish() {
	for len(l.waiting) > 0 {
		next := l.waiting[0]
		l.waiting = l.waiting[1:]
		next()
	}
}

// known is the emitted name of an instance, if it was named before.
func (l *lowerer) known(key string) (string, bool) {
	if name, ok := l.instances[key]; ok {
		return name, true
	}
	name, ok := l.Session.instances[key]
	return name, ok
}

// funcInstance is the emitted name of a generic function with type arguments, or of
// a function of the library.
func (l *lowerer) funcInstance(f *types.Func, args *types.TypeList) string {
	f = f.Origin()
	at, decl, id := l.genericFunc(f)
	if decl == nil {
		return l.alias(f.Pkg()) + "." + f.Name()
	}
	params := at.info.Defs[decl.Name].(*types.Func).Signature().TypeParams()
	return l.instantiate(at, decl, id, params, l.closed(args))
}

// closed lists type arguments with the lowerer's own type parameters replaced.
func (l *lowerer) closed(args *types.TypeList) []types.Type {
	var closed []types.Type
	for t := range args.Types() {
		closed = append(closed, l.env.of(t))
	}
	return closed
}

// genericFunc finds the declaration of a generic function, of this notebook or of
// the library, and a name for it that changes when it is declared anew.
func (l *lowerer) genericFunc(f *types.Func) (at source, decl *ast.FuncDecl, id string) {
	if f.Pkg().Path() == mainPath {
		e := l.find(f.Name())
		return source{info: l.main.info, pkg: l.main.pkg}, e.node.(*ast.FuncDecl), e.emitted
	}
	lib := l.libraryFor(f.Pkg())
	if lib == nil {
		return source{}, nil, ""
	}
	l.reach(f.Pkg())
	return lib.source(), lib.funcs[f.Name()], lib.path + "." + f.Name()
}

// method is the emitted name of a method of a type of the notebook or library.
func (l *lowerer) method(m *types.Func, owner types.Type) string {
	n := types.Unalias(deref(owner)).(*types.Named)
	obj := n.Origin().Obj()
	full := obj.Name() + "." + m.Name()
	if lib := l.libraryFor(obj.Pkg()); lib != nil {
		l.reach(obj.Pkg())
		decl := lib.funcs[full]
		params := lib.info.Defs[decl.Name].(*types.Func).Signature().RecvTypeParams()
		return l.instantiate(lib.source(), decl, lib.path+"."+full, params, l.closed(n.TypeArgs()))
	}
	e := l.find(full)
	if n.TypeArgs().Len() == 0 {
		return l.called(e, l.emittedSignature(m.Signature()))
	}
	decl := e.node.(*ast.FuncDecl)
	at := source{info: l.main.info, pkg: l.main.pkg}
	params := at.info.Defs[decl.Name].(*types.Func).Signature().RecvTypeParams()
	return l.instantiate(at, decl, e.emitted, params, l.closed(n.TypeArgs()))
}

// instantiate names one instance of a generic function or method, and queues it if
// it is new.
func (l *lowerer) instantiate(at source, decl *ast.FuncDecl, id string, params *types.TypeParamList, args []types.Type) string {
	key := id + "["
	at.env = environment{}
	for i, arg := range args {
		key += l.typeKey(arg) + ";"
		at.env[params.At(i)] = arg
	}
	if name, ok := l.known(key); ok {
		return name
	}
	base := strings.ReplaceAll(id[strings.LastIndexByte(id, '/')+1:], "-", mark)
	if at.library == nil {
		base = id[:strings.LastIndexByte(id, '_')]
	}
	name := l.emitName(base)
	l.instances[key] = name
	l.later(at, func() { l.declareFunc(name, decl) })
	return name
}

// declareFunc emits a function or method under a name.
func (l *lowerer) declareFunc(name string, decl *ast.FuncDecl) {
	l.roots, l.targets = []ast.Node{decl}, nil
	sig := l.info.Defs[decl.Name].(*types.Func).Signature()
	sig = types.NewSignatureType(nil, nil, nil, l.env.tuple(sig.Params()), l.env.tuple(sig.Results()), sig.Variadic())
	text := l.function(sig, decl.Type, decl.Recv, decl.Body)
	l.at(decl.Pos())
	l.out.WriteString(l.here)
	l.out.WriteString("func " + name + text + "\n")
}
