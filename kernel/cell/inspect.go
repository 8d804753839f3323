package cell

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// An Inspection tells what the name at the cursor is.
type Inspection struct {
	Found    bool
	Text     string // for a terminal
	Markdown string // the same for a page
}

// Inspect tells what the name at the cursor is: its declaration, its documentation, for a
// variable its value, and with detail 1 the source of what a cell declared. pos counts
// Unicode code points. Between the parentheses of a call, where no name is at the cursor,
// the function is meant.
func (s *Session) Inspect(code string, pos, detail int) Inspection {
	offset, ok := byteOffset(code, pos)
	if !ok {
		return Inspection{}
	}
	w := wordAt(code, offset)
	if w.path >= 0 {
		path, _, _ := strings.Cut(code[w.path:], code[w.path-1:w.path])
		return s.documented("", path, "").inspection(s)
	}
	if w.inText || w.start == w.end {
		if w, ok = w.callee(); !ok {
			return Inspection{}
		}
	}
	if a, ok := keywords[code[w.start:w.end]]; ok {
		return a.inspection(s)
	}
	k, nodes := s.sketch(code[:w.end], code[w.end:], w.start)
	defer k.close()
	if len(nodes) == 0 {
		return Inspection{}
	}
	a := k.account(nodes, detail)
	if a == nil {
		return Inspection{}
	}
	return a.inspection(s)
}

// callee is the name before the innermost parenthesis that is open at the cursor.
func (w word) callee() (word, bool) {
	depth := 0
	for i := len(w.before) - 1; i > 0; i-- {
		switch w.before[i].tok {
		case token.RPAREN, token.RBRACK, token.RBRACE:
			depth++
		case token.LBRACK:
			depth = max(depth-1, 0) // an index does not hide the call around it
		case token.LBRACE, token.LPAREN:
			depth--
		}
		if depth < 0 {
			return w.called(i)
		}
	}
	return word{}, false
}

// called is the name before the parenthesis that is the i-th token, or before the type
// arguments between the two.
func (w word) called(i int) (word, bool) {
	if w.before[i].tok != token.LPAREN {
		return word{}, false
	}
	i--
	for depth := 0; i > 0 && (depth > 0 || w.before[i].tok == token.RBRACK); i-- {
		switch w.before[i].tok {
		case token.RBRACK:
			depth++
		case token.LBRACK:
			depth--
		}
	}
	name := w.before[i]
	return word{start: name.start, end: name.end}, name.tok == token.IDENT
}

// account says what the last of nodes stands for, or nil if it stands for nothing known.
func (k *sketch) account(nodes []ast.Node, detail int) *account {
	id := nodes[len(nodes)-1].(*ast.Ident)
	object := k.info.Uses[id]
	if object == nil {
		object = k.info.Defs[id]
	}
	var a *account
	switch {
	case object == nil:
		if e := k.find(id.Name); e != nil && len(nodes) < 3 { // a name by itself, declared but not checked
			a = k.declared(id.Name, e)
		}
	case object.Pkg() == nil:
		a = k.documented(k.describe(object), "builtin", object.Name())
	case object.Pkg() == k.pkg:
		a = k.ofCell(object)
	default:
		a = k.ofPackage(object, nodes)
	}
	if a != nil && detail == 0 {
		a.source = ""
	}
	return a
}

// ofPackage accounts for an object of a compiled package.
func (k *sketch) ofPackage(object types.Object, nodes []ast.Node) *account {
	if field, ok := object.(*types.Var); ok && field.IsField() {
		return k.documented(k.describe(object), object.Pkg().Path(), k.owner(nodes, field)+"."+object.Name())
	}
	name := object.Name()
	if f, ok := object.(*types.Func); ok {
		if recv := f.Signature().Recv(); recv != nil {
			if n, ok := types.Unalias(deref(recv.Type())).(*types.Named); ok {
				name = n.Obj().Name() + "." + name
			}
		}
	}
	return k.documented(k.describe(object), object.Pkg().Path(), name)
}

// owner is the name of the struct type that declares a field: of the value before the
// dot, or of the literal around, or of what one of these embeds.
func (k *sketch) owner(nodes []ast.Node, field *types.Var) string {
	for i := len(nodes) - 2; i >= 0; i-- {
		var t types.Type
		switch n := nodes[i].(type) {
		case *ast.SelectorExpr:
			t = k.info.TypeOf(n.X)
		case *ast.CompositeLit:
			t = k.info.TypeOf(n)
		}
		if t != nil {
			return declarer(t, field, map[types.Type]bool{})
		}
	}
	return ""
}

// declarer finds the named type whose struct has the field itself.
func declarer(t types.Type, field *types.Var, seen map[types.Type]bool) string {
	s, ok := deref(t).Underlying().(*types.Struct)
	if !ok || seen[deref(t)] {
		return ""
	}
	seen[deref(t)] = true
	for f := range s.Fields() {
		if n, named := types.Unalias(deref(t)).(*types.Named); named && f.Origin() == field.Origin() {
			return n.Obj().Name()
		}
	}
	for f := range s.Fields() {
		if f.Embedded() {
			if name := declarer(f.Type(), field, seen); name != "" {
				return name
			}
		}
	}
	return ""
}

// ofCell accounts for an object of this cell or of an earlier one.
func (k *sketch) ofCell(object types.Object) *account {
	if p, ok := object.(*types.PkgName); ok {
		return k.documented("", p.Imported().Path(), "")
	}
	name := object.Name()
	if f, ok := object.(*types.Func); ok && f.Signature().Recv() != nil {
		if n, ok := types.Unalias(deref(f.Signature().Recv().Type())).(*types.Named); ok {
			name = n.Obj().Name() + "." + name
		}
	}
	if e := k.find(name); e != nil && object.Parent() != nil == !strings.Contains(name, ".") && k.isTop(object) {
		if a := k.declared(name, e); a != nil {
			return a
		}
	}
	return &account{declaration: k.describe(object)}
}

// isTop reports whether an object belongs to the notebook rather than to a function.
func (k *sketch) isTop(object types.Object) bool {
	return object.Parent() == nil || object.Parent() == k.pkg.Scope()
}

// declared accounts for what a cell declared, from its syntax.
func (k *sketch) declared(name string, e *entity) *account {
	a := &account{}
	if e.cell != sketchNumber {
		a.where = fmt.Sprintf("In[%d]", e.cell)
	}
	switch e.sort {
	case importSort:
		return k.documented("", e.path, "")
	case varSort:
		a.declaration = "var " + name + " " + types.TypeString(e.typ, k.qualify)
		if k.config.Value != nil {
			a.value = k.config.Value(name)
		}
	case funcSort, methodSort:
		node := e.node.(*ast.FuncDecl)
		bare := *node
		bare.Body, bare.Doc = nil, nil
		a.declaration, a.comment, a.source = k.print(&bare), node.Doc.Text(), k.source(e)
	default:
		node := e.node.(*ast.GenDecl)
		a.declaration, a.comment = k.source(e), node.Doc.Text()
		if t, ok := node.Specs[0].(*ast.TypeSpec); ok {
			a.comment += t.Doc.Text()
		}
	}
	return a
}

// source is the text of a declaration: as it was written, or if it is being written now,
// as gofmt would write it.
func (k *sketch) source(e *entity) string {
	if e.cell == sketchNumber {
		return k.print(e.node)
	}
	return k.text(e.node)
}

// describe spells the declaration of an object.
func (k *sketch) describe(object types.Object) string {
	if f, ok := object.(*types.Var); ok && f.IsField() {
		return "field " + object.Name() + " " + types.TypeString(object.Type(), k.qualify)
	}
	if c, ok := object.(*types.Const); ok {
		return types.ObjectString(object, k.qualify) + " = " + c.Val().String()
	}
	return types.ObjectString(object, k.qualify)
}
