package cell

import (
	"embed"
	"fmt"
	"go/ast"
	"go/parser"
	"go/types"
	"io/fs"
	"strings"
)

// The interpreter cannot call compiled generic code: a generic function does not
// exist before it has type arguments. So the generic functions of the standard
// library come as source, and are written out like those of a cell.
//
//go:embed library
var libraryFiles embed.FS

// libraryPaths lists the packages that have generic parts in the library.
var libraryPaths = map[string]bool{
	"slices": true, "maps": true, "cmp": true, "sync": true, "sync/atomic": true, "errors": true,
	"iter": true, "builtin": true, "reflect": true, "math/rand/v2": true, "unique": true,
}

// libraryPrefix distinguishes the path of a library package from the real one.
const libraryPrefix = mark + "library/"

// A library is one package of the library, checked.
type library struct {
	path  string // of the package that it stands for
	pkg   *types.Package
	info  *types.Info
	funcs map[string]*ast.FuncDecl // methods as Type.Method

	module   bool            // it is a package of a module, and not in place of a compiled one
	inits    []*ast.FuncDecl // the init functions of such a package
	sequence int             // higher than those of the packages it imports
}

func (lib *library) source() source { return source{info: lib.info, pkg: lib.pkg, library: lib} }

func inLibrary(pkg *types.Package) bool { return strings.HasPrefix(pkg.Path(), libraryPrefix) }

// libraryFor is the part of the library that stands for a package, or nil.
func (s *Session) libraryFor(pkg *types.Package) *library {
	path := strings.TrimPrefix(pkg.Path(), libraryPrefix)
	lib, ok := s.libraries[path]
	if !ok && !libraryPaths[path] {
		return nil
	}
	if !ok {
		var err error
		if lib, err = s.loadLibrary(path); err != nil {
			panic(err) // the library is ours, and a test loads all of it
		}
		s.libraries[path] = lib
	}
	return lib
}

// loadLibrary parses and checks one package of the library.
func (s *Session) loadLibrary(path string) (*library, error) {
	elements := strings.Split(strings.TrimSuffix(path, "/v2"), "/")
	files, err := fs.Glob(libraryFiles, "library/"+elements[len(elements)-1]+"/*.go")
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("cell: no library for %s: %v", path, err)
	}
	lib := &library{path: path, info: newInfo(), funcs: map[string]*ast.FuncDecl{}}
	var syntax []*ast.File
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := libraryFiles.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("cell: %w", err)
		}
		f, err := parser.ParseFile(s.fset, name, text, parser.SkipObjectResolution)
		if err != nil {
			return nil, fmt.Errorf("cell: %w", err)
		}
		syntax = append(syntax, f)
	}
	conf := types.Config{Importer: s.importer, GoVersion: goVersion}
	if lib.pkg, err = conf.Check(libraryPrefix+path, s.fset, syntax, lib.info); err != nil {
		return nil, fmt.Errorf("cell: library: %w", err)
	}
	lib.index(syntax)
	return lib, nil
}

func (lib *library) index(files []*ast.File) {
	for _, f := range files {
		for _, decl := range f.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok {
				for _, e := range entities(0, f) {
					lib.funcs[e.names[0]] = f
				}
			}
		}
	}
}

// libraryFunc is the emitted name of an instance of a library function for one
// type argument.
func (l *lowerer) libraryFunc(path, name string, arg types.Type) string {
	lib := l.libraryFor(types.NewPackage(path, path))
	decl := lib.funcs[strings.ToUpper(name[:1])+name[1:]]
	params := lib.info.Defs[decl.Name].(*types.Func).Signature().TypeParams()
	return l.instantiate(lib.source(), decl, path+"."+decl.Name.Name, params, []types.Type{l.env.of(arg)})
}

// libraryType writes an instance of a generic type of a compiled package, if the
// library has the type; or else "".
func (l *lowerer) libraryType(t *types.Named) string {
	lib := l.libraryFor(t.Obj().Pkg())
	if lib == nil {
		return ""
	}
	obj, ok := lib.pkg.Scope().Lookup(t.Obj().Name()).(*types.TypeName)
	if !ok {
		return ""
	}
	instance, err := types.Instantiate(nil, obj.Type(), l.closed(t.TypeArgs()), false)
	if err != nil {
		return ""
	}
	return l.structName(instance.(*types.Named))
}
