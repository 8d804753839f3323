package cell

import (
	"fmt"
	"go/ast"
	"go/types"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// emit writes the checked cell as a program.
func (d *draft) emit(c *checked) *Program {
	l := d.lowerer(c)
	entry := "cell" + mark + strconv.Itoa(d.cell.number)
	entry = d.emitName(entry)
	d.nameDeclarations()
	l.declareTypes()
	l.declareVariables()
	l.declareFunctions()
	body := l.entryBody()
	l.finish()
	p := &Program{Number: d.cell.number, draft: d, lowered: l, Shows: l.shows}
	if body != "" || l.setup.Len() > 0 || len(l.starts) > 0 {
		p.Entry = entry
		fmt.Fprintf(&l.out, "func %s() {\n", entry)
		if l.setup.Len() > 0 {
			fmt.Fprintf(&l.out, "%s_setup()\n", entry)
		}
		l.out.WriteString(l.startCalls() + body + "}\n")
		if l.setup.Len() > 0 {
			fmt.Fprintf(&l.out, "func %s_setup() {\n%s}\n", entry, l.setup.String())
		}
		fmt.Fprintf(&l.out, "func init() { %s(%s) }\n", l.runs("Entry"), entry)
	}
	p.Imports, p.Types, p.Source = l.importFile(), l.typeFile(), l.file()
	if len(l.converters) > 0 {
		p.Symbols = map[string]map[string]reflect.Value{convertersPath + "/converters": l.converters}
	}
	return p
}

// nameDeclarations gives everything that is emitted by this cell its name there.
// Constants have none: every use is written as a value.
func (d *draft) nameDeclarations() {
	for _, list := range [][]*entity{d.fresh, d.stale, d.defined} {
		for _, e := range list {
			if e.sort != constSort && e.emitted == "" {
				e.emitted = d.emitName(e.names[0])
				e.anew = true
			}
		}
	}
}

// declareTypes emits the types that are new, and tells package values about the
// methods of those whose methods changed.
func (l *lowerer) declareTypes() {
	stubbed := map[string]bool{}
	for _, e := range append(slices.Clone(l.fresh), l.stale...) {
		switch {
		case e.sort == typeSort && e.anew && !e.generic():
			l.declareType(e)
			stubbed[e.names[0]] = true
		case e.sort == methodSort:
			base, _, _ := strings.Cut(e.names[0], ".")
			stubbed[base] = true
		}
	}
	l.addEmbedding(stubbed)
	for _, name := range slices.Sorted(maps.Keys(stubbed)) {
		if n, ok := l.namedObject(name); ok && n.TypeParams().Len() == 0 {
			l.stubs(n)
		}
	}
}

// declareType emits a struct type. Other types leave no trace in emitted source.
func (l *lowerer) declareType(e *entity) {
	n, ok := l.namedObject(e.names[0])
	if !ok {
		return
	}
	if _, ok := n.Underlying().(*types.Struct); ok {
		l.structType(e.emitted, n)
	}
}

// addEmbedding adds the types that embed one of the types, since they have its
// methods.
func (l *lowerer) addEmbedding(names map[string]bool) {
	for name := range l.pkgNames() {
		n, ok := l.namedObject(name)
		if !ok {
			continue
		}
		if s, ok := n.Underlying().(*types.Struct); ok {
			for f := range s.Fields() {
				if inner, ok := types.Unalias(deref(f.Type())).(*types.Named); ok && f.Embedded() && names[inner.Obj().Name()] && isOwn(inner.Obj()) {
					names[name] = true
				}
			}
		}
	}
}

func (l *lowerer) pkgNames() map[string]bool {
	names := map[string]bool{}
	for _, name := range l.pkg.Scope().Names() {
		names[name] = true
	}
	return names
}

// namedObject is the type that a cell-level name declares.
func (l *lowerer) namedObject(name string) (*types.Named, bool) {
	obj, ok := l.pkg.Scope().Lookup(name).(*types.TypeName)
	if !ok || obj.IsAlias() {
		return nil, false
	}
	n, ok := obj.Type().(*types.Named)
	return n, ok
}

// declareVariables emits the variables that are new, and those whose types are
// emitted again: they take over the values if the types allow it.
func (l *lowerer) declareVariables() {
	for _, e := range l.defined {
		t := l.closedType(e)
		if l.boxed(t) {
			e.box = l.describe(t).Key
		}
		if e.anew {
			fmt.Fprintf(&l.vars, "var %s %s\n", e.emitted, l.typ(t))
		}
	}
	for _, e := range l.stale {
		if e.sort != varSort {
			continue
		}
		t := l.closedType(e)
		fmt.Fprintf(&l.vars, "var %s %s\n", e.emitted, l.typ(t))
		if old := l.names[e.names[0]]; old != nil && old.emitted != "" {
			fmt.Fprintf(&l.setup, "%s(%q, &%s, &%s)\n", l.values("Migrate"), e.names[0], e.emitted, old.emitted)
		}
	}
}

// closedType is the type of a variable in terms of the present check.
func (l *lowerer) closedType(e *entity) types.Type {
	if obj := l.pkg.Scope().Lookup(e.names[0]); obj != nil {
		if _, ok := obj.(*types.Var); ok && slices.Contains(l.stale, e) {
			return obj.Type()
		}
	}
	for id, obj := range l.info.Defs {
		if obj != nil && id.Name == e.names[0] && l.isTopDefinition(id) {
			return types.Default(obj.Type())
		}
	}
	return e.typ
}

func (l *lowerer) isTopDefinition(id *ast.Ident) bool {
	return slices.Contains(l.topNames(), id)
}

// declareFunctions emits functions and methods that are new or must be renewed.
func (l *lowerer) declareFunctions() {
	for _, e := range append(slices.Clone(l.fresh), l.stale...) {
		if (e.sort == funcSort || e.sort == methodSort) && !e.generic() {
			l.owner = e.emitted
			l.code = &l.out
			f := e.node.(*ast.FuncDecl)
			l.declareFunc(e.emitted, f)
			l.renewCurrent(e, l.emittedSignature(l.info.Defs[f.Name].(*types.Func).Signature()))
		}
	}
}

// entryBody writes the statements of the cell, the calls of its init functions
// before them, and of its main function behind.
func (l *lowerer) entryBody() string {
	for _, id := range l.topNames() {
		if obj := l.info.Defs[id]; obj != nil && id.Name != "_" {
			if e := l.find(id.Name); e != nil && e.sort == varSort {
				l.tops[obj] = e
			}
		}
	}
	l.owner = "cell" + mark + strconv.Itoa(l.cell.number)
	l.inBody = true
	l.fn = &function{results: types.NewTuple()}
	l.roots, l.targets = []ast.Node{l.cell.body}, nil
	text := l.capture(func() {
		statements := l.cell.statements
		var last ast.Expr
		if n := len(statements); n > 0 && l.cell.showsLast {
			if x, ok := statements[n-1].(*ast.ExprStmt); ok {
				last, statements = x.X, statements[:n-1]
			}
		}
		l.functionBody(&ast.BlockStmt{List: statements}, func() {
			l.runStatements(statements)
			if last != nil {
				l.at(last.Pos())
				l.show(last)
			}
			if l.draft.main {
				l.line("%s()", l.find("main").emitted)
			}
		})
	})
	l.inBody, l.fn = false, nil
	return text
}

// runStatements writes the statements of the cell, and calls its init functions
// where they stand among them. In a whole program they come after its variables.
func (l *lowerer) runStatements(list []ast.Stmt) {
	inits := l.inits
	for _, s := range list {
		for len(inits) > 0 && !l.cell.program && l.before(inits[0], s) {
			l.line("%s()", l.find(inits[0].Name.Name).emitted)
			inits = inits[1:]
		}
		l.statement(s)
	}
	for _, f := range inits {
		l.line("%s()", l.find(f.Name.Name).emitted)
	}
}

// before compares the places of two nodes in the text of the cell.
func (l *lowerer) before(a, b ast.Node) bool {
	_, line, column := l.position(a.Pos())
	_, otherLine, otherColumn := l.position(b.Pos())
	return line < otherLine || line == otherLine && column < otherColumn
}

// importFile imports the packages that no emitted source has imported yet. The
// interpreter shares imports among all files, and wants each once.
func (l *lowerer) importFile() string {
	text := ""
	for _, alias := range slices.Sorted(maps.Keys(l.used)) {
		if !l.imported[alias] {
			text += fmt.Sprintf("import %s %q\n", alias, l.used[alias])
		}
	}
	if text == "" {
		return ""
	}
	return "package main\n" + text
}

// typeFile declares the struct types that are new.
func (l *lowerer) typeFile() string {
	if l.types.Len() == 0 {
		return ""
	}
	return "package main\n" + l.types.String()
}

// file is the rest of the emitted source.
func (l *lowerer) file() string {
	return "package main\n" + l.vars.String() + l.out.String()
}

// accept makes what was emitted known to the session.
func (l *lowerer) accept() {
	maps.Copy(l.Session.instances, l.instances)
	maps.Copy(l.Session.layouts, l.layouts)
	maps.Copy(l.Session.currents, l.currents)
}
