package cell

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// A Source is one file of a package that comes as source.
type Source struct {
	Name string // where errors say they are
	Text []byte
}

// Packages of modules come as source, and are written out like those of the
// standard library's generic packages: only what a cell reaches is emitted, down to
// the variables, which are set before the first cell that reaches them goes on.

// importSource checks a package of a module when it is first imported.
func (s *Session) importSource(path string) (*types.Package, error) {
	path = strings.TrimPrefix(path, libraryPrefix)
	if lib, ok := s.libraries[path]; ok && lib != nil && lib.module {
		return lib.pkg, nil
	}
	if s.loading[path] {
		return nil, fmt.Errorf("import cycle through %s", path)
	}
	if s.config.Sources == nil {
		return nil, nil
	}
	sources, err := s.config.Sources(path)
	if err != nil || sources == nil {
		return nil, err
	}
	s.loading[path] = true
	defer delete(s.loading, path)
	lib, err := s.checkSource(path, sources)
	if err != nil {
		return nil, err
	}
	lib.sequence = len(s.libraries)
	s.libraries[path] = lib
	return lib.pkg, nil
}

// checkSource parses and checks the files of a package.
func (s *Session) checkSource(path string, sources []Source) (*library, error) {
	lib := &library{path: path, module: true, info: newInfo(), funcs: map[string]*ast.FuncDecl{}}
	var files []*ast.File
	for _, source := range sources {
		f, err := parser.ParseFile(s.fset, source.Name, source.Text, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	var err error
	conf := types.Config{Importer: s.importer, GoVersion: goVersion}
	if lib.pkg, err = conf.Check(libraryPrefix+path, s.fset, files, lib.info); err != nil {
		return nil, err
	}
	lib.index(files)
	for _, f := range files {
		for _, decl := range f.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
				lib.inits = append(lib.inits, f)
			}
		}
	}
	return lib, nil
}

// A start is one step of the initialisation of a package.
type start struct {
	lib  *library
	step int    // its place in the package
	name string // the function that takes it
}

// reach notes that the cell uses something of a package. What the package does when
// a program starts is done before the first such cell goes on.
func (l *lowerer) reach(pkg *types.Package) {
	lib := l.libraryFor(pkg)
	if lib == nil || !lib.module {
		return
	}
	key := "package " + lib.path
	if _, ok := l.known(key); ok {
		return
	}
	l.instances[key] = key
	for i, init := range lib.info.InitOrder {
		if len(init.Lhs) == 1 && init.Lhs[0].Name() == "_" && calls(init.Rhs) {
			l.start(lib, i, func(name string) { l.startVariables(name, init) })
		}
	}
	for i, f := range lib.inits {
		l.start(lib, len(lib.info.InitOrder)+i, func(name string) { l.declareFunc(name, f) })
	}
}

// start queues the writing of a step.
func (l *lowerer) start(lib *library, step int, write func(name string)) {
	name := l.emitName(lib.pkg.Name() + ".start")
	l.starts = append(l.starts, start{lib, step, name})
	l.later(lib.source(), func() { write(name) })
}

// startCalls calls the steps in the order of the packages' imports, and in a package
// in that which the dependence of its variables on each other demands.
func (l *lowerer) startCalls() string {
	slices.SortFunc(l.starts, func(a, b start) int {
		return cmp.Or(cmp.Compare(a.lib.sequence, b.lib.sequence), cmp.Compare(a.step, b.step))
	})
	text := ""
	for _, s := range l.starts {
		text += s.name + "()\n"
	}
	return text
}

// startVariables writes the function that sets the variables of one initialiser.
func (l *lowerer) startVariables(name string, init *types.Initializer) {
	l.fn = &function{results: types.NewTuple()}
	l.here = nowhere
	text := l.capture(func() { l.statement(l.initialiser(init)) })
	fmt.Fprintf(&l.out, "func %s() {\n%s}\n", name, text)
}

// initialiser is an initialiser as a statement.
func (l *lowerer) initialiser(init *types.Initializer) *ast.AssignStmt {
	assign := &ast.AssignStmt{TokPos: init.Rhs.Pos(), Tok: token.ASSIGN, Rhs: []ast.Expr{init.Rhs}}
	for _, v := range init.Lhs {
		id := &ast.Ident{NamePos: v.Pos(), Name: v.Name()}
		if v.Name() != "_" {
			l.info.Uses[id] = v
			l.info.Types[id] = types.TypeAndValue{Type: v.Type()}
		}
		assign.Lhs = append(assign.Lhs, id)
	}
	return assign
}

// calls reports whether evaluating an expression may do more than give a value.
func calls(e ast.Expr) (found bool) {
	ast.Inspect(e, func(n ast.Node) bool {
		_, ok := n.(*ast.CallExpr)
		found = found || ok
		return !found
	})
	return found
}

// packageVariable is the emitted name of a variable of a package.
func (l *lowerer) packageVariable(v *types.Var) string {
	lib := l.libraryFor(v.Pkg())
	key := "variable " + lib.path + "." + v.Name()
	if name, ok := l.known(key); ok {
		return name
	}
	name := l.emitName(v.Pkg().Name() + "." + v.Name())
	l.instances[key] = name
	l.reach(v.Pkg())
	fmt.Fprintf(&l.vars, "var %s %s\n", name, l.typ(v.Type()))
	for i, init := range lib.info.InitOrder {
		if slices.Contains(init.Lhs, v) {
			l.startOnce(lib, i, init)
		}
	}
	return name
}

// startOnce queues an initialiser, which may be that of several variables.
func (l *lowerer) startOnce(lib *library, step int, init *types.Initializer) {
	key := fmt.Sprintf("start %s %d", lib.path, step)
	if _, ok := l.known(key); !ok {
		l.instances[key] = key
		l.start(lib, step, func(name string) { l.startVariables(name, init) })
	}
}

// stubsOnce tells package values the methods of a type of a package that leaves no
// declaration in emitted source.
func (l *lowerer) stubsOnce(t *types.Named) {
	key := "methods " + l.typeKey(t)
	if _, ok := l.known(key); ok {
		return
	}
	l.instances[key] = key
	l.later(l.source(), func() { l.stubs(t) })
}
