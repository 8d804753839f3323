package cell

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"gradbook/kernel/cell/values"
)

// A lowerer writes checked syntax out again as source for the interpreter.
//
// What it writes is a small part of Go. There are no methods: a method is a
// function whose first parameter is the receiver. There are no interfaces but
// interface{} and those of compiled packages: package values tells what a value
// in an interface{} can do. There is no generic code. Of the types that cells
// declare only structs remain, each marked by a tag; the others are what they are
// made of, and are put into a box when they become values of an interface.
type lowerer struct {
	*draft
	info *types.Info
	pkg  *types.Package
	env  environment

	main  *checked        // the cell with the earlier declarations that it mentions
	types strings.Builder // finished declarations of types
	out   strings.Builder // finished declarations of functions
	vars  strings.Builder // finished declarations of variables
	setup strings.Builder // statements that tell package values about types
	code  *strings.Builder
	fn    *function
	here  string // the position of the lines being written
	owner string // the emitted declaration that is being written
	temps int

	roots   []ast.Node // what is being written, to look for gotos in
	targets map[*ast.Ident]bool

	tops      map[types.Object]*entity // the cell's variables, where its statements define them
	locals    map[types.Object]string  // variables whose names had to change
	inBody    bool                     // the cell's statements are being written, not a function
	instances map[string]string        // instance of generic code or local type: its emitted name
	waiting   []func()                 // instances that are named but not written yet
	starts    []start                  // what packages of modules do before the cell
	library   *library                 // set while the body of a library function is written

	used       map[string]string // packages that the source imports, by alias
	currents   map[string]current
	literals   int               // function literals around what is being written
	layouts    map[string]string // types that setup tells package values about
	describing map[string]*values.Type
	converters map[string]reflect.Value
	shows      bool // the cell ends in a value
}

// A function is what its statements need to know about the function they are in.
type function struct {
	results *types.Tuple
	named   []string  // the names of the results, if they have names
	defers  string    // the variable that holds the deferred calls, or ""
	places  []string  // where results go if a return statement is in a literal of ours
	loop    *funcLoop // the innermost range over a function, or nil
}

func (d *draft) lowerer(c *checked) *lowerer {
	l := &lowerer{draft: d, main: c, info: c.info, pkg: c.pkg, tops: map[types.Object]*entity{},
		locals: map[types.Object]string{}, instances: map[string]string{}, used: map[string]string{},
		layouts: map[string]string{}, describing: map[string]*values.Type{}, currents: map[string]current{}, converters: map[string]reflect.Value{}}
	l.code = &l.out
	return l
}

// typeOf is the type of e where the lowerer is: type parameters are replaced.
func (l *lowerer) typeOf(e ast.Expr) types.Type {
	t := l.env.of(l.info.TypeOf(e))
	if t == nil {
		return types.Typ[types.Invalid]
	}
	return t
}

// temp is a new name for an intermediate value.
func (l *lowerer) temp() string {
	l.temps++
	return mark + "t" + strconv.Itoa(l.temps)
}

// line writes lines of source, each with the position of the user's text that it
// stands for.
func (l *lowerer) line(format string, args ...any) {
	l.code.WriteString(l.here)
	fmt.Fprintf(l.code, strings.ReplaceAll(format, "\n", "\n"+l.here)+"\n", args...)
}

// at sets the position that the lines which follow stand for.
func (l *lowerer) at(pos token.Pos) {
	l.here = nowhere
	if l.library == nil {
		if d := l.directive(pos); d != "" {
			l.here = d
		}
	}
}

// nowhere is the position of what has no counterpart in the user's text.
const nowhere = "/*line _.go:1:1*/"

// capture returns what write writes.
func (l *lowerer) capture(write func()) string {
	saved := l.code
	defer func() { l.code = saved }()
	var b strings.Builder
	l.code = &b
	write()
	return b.String()
}

// isTop reports whether obj is declared outside of functions, by the notebook or in
// the library.
func isTop(obj types.Object) bool {
	return isOwn(obj) && obj.Parent() == obj.Pkg().Scope()
}

// isOwn reports whether obj is written out in emitted source, rather than being a
// name of a compiled package.
func isOwn(obj types.Object) bool {
	return obj.Pkg() != nil && (obj.Pkg().Path() == mainPath || inLibrary(obj.Pkg()))
}

// name is what an object is called in emitted source.
func (l *lowerer) name(obj types.Object) string {
	if e, ok := l.tops[obj]; ok {
		return e.emitted
	}
	if name, ok := l.locals[obj]; ok {
		return name
	}
	if isTop(obj) {
		if f, ok := obj.(*types.Func); ok && inLibrary(obj.Pkg()) {
			return l.funcInstance(f, nil)
		}
		if v, ok := obj.(*types.Var); ok && inLibrary(obj.Pkg()) {
			return l.packageVariable(v)
		}
		if e := l.entityOf(obj.Name()); e != nil {
			if f, ok := obj.(*types.Func); ok {
				return l.called(e, l.emittedSignature(f.Signature()))
			}
			return e.emitted
		}
	}
	if obj.Pkg() != nil && !isOwn(obj) {
		return l.alias(obj.Pkg()) + "." + obj.Name()
	}
	return localName(obj.Name())
}

// entityOf is what the name means where the lowerer is. A statement of the cell
// still means the variable as it was before the cell redefined it, but not if only
// its type was redefined.
func (l *lowerer) entityOf(name string) *entity {
	e := l.find(name)
	if l.inBody && !slices.Contains(l.stale, e) {
		if old := l.names[name]; old != nil && old.sort == varSort {
			return old
		}
	}
	return e
}

// alias is the name of a compiled package in emitted source.
func (l *lowerer) alias(pkg *types.Package) string {
	return l.aliasPath(pkg.Path())
}

func (l *lowerer) aliasPath(path string) string {
	alias := l.aliasOfPath(path)
	l.used[alias] = path
	return alias
}

// localName changes names that mean something in emitted source: those that Go
// predeclares, those with our mark, and those that look like an emitted name.
func localName(name string) string {
	if types.Universe.Lookup(name) != nil || strings.Contains(name, mark) || looksEmitted(name) {
		return name + mark
	}
	return name
}

// looksEmitted reports whether name ends as the names of emitted declarations do.
func looksEmitted(name string) bool {
	_, number, ok := strings.Cut(name, "_")
	return ok && strings.Trim(number[strings.LastIndexByte(number, '_')+1:], "0123456789") == "" && name[len(name)-1] != '_'
}

// emitName is a new name under which a declaration is emitted.
func (d *draft) emitName(name string) string {
	n, ok := d.numbers[name]
	if !ok {
		n = d.Session.numbers[name]
	}
	d.numbers[name] = n + 1
	return strings.ReplaceAll(name, ".", mark) + "_" + strconv.Itoa(n+1)
}
