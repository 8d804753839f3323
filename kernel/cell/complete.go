package cell

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"path"
	"slices"
	"strings"
)

// A Completion lists what could stand at the cursor. A front end replaces the code points
// from Start to End by the Text of one match.
type Completion struct {
	Matches    []Match
	Start, End int // in Unicode code points
}

// A Match is one way to go on.
type Match struct {
	Text      string // what to insert, e.g. "Println"
	Kind      string // one of the Kind constants, for an icon
	Signature string // what follows the name in its declaration, e.g. "(a ...any) (n int, err error)"
}

// The kinds of matches. Front ends know them from other kernels and have colours for them.
const (
	KindFunction = "function"
	KindMethod   = "method"
	KindField    = "property"
	KindVariable = "instance"
	KindConstant = "constant"
	KindType     = "class"
	KindPackage  = "module"
	KindKeyword  = "keyword"
	KindLabel    = "text"
	KindMagic    = "magic"
)

// probe stands for the word that is being completed while the cell is checked.
const probe = mark + "cursor"

// Complete lists the names that the word before the cursor may become: from types, never
// by running anything. pos counts Unicode code points. In strings, comments and numbers,
// and outside the code, the answer is empty.
func (s *Session) Complete(code string, pos int) Completion {
	offset, ok := byteOffset(code, pos)
	if !ok {
		return Completion{Start: pos, End: pos}
	}
	w := wordAt(code, offset)
	if w.path >= 0 {
		return s.completePath(code, w.path, offset, pos)
	}
	found := Completion{Start: points(code, w.start), End: pos}
	if w.inText || w.declares() {
		return found
	}
	k, nodes := s.sketch(code[:w.start]+probe, code[w.end:], w.start)
	defer k.close()
	c := collector{sketch: k, seen: map[string]bool{}}
	c.collect(w, nodes)
	found.Matches = c.starting(code[w.start:offset])
	return found
}

// declares reports whether the word is a name that is just being given.
func (w word) declares() bool {
	switch w.previous(1) {
	case token.FUNC, token.VAR, token.CONST, token.TYPE, token.PACKAGE, token.IMPORT:
		return true
	}
	return false
}

// completePath lists the import paths that begin with what stands between a quote and the
// cursor; and those of packages whose name begins with it, since "http" may be all that
// the writer remembers.
func (s *Session) completePath(code string, start, offset, pos int) Completion {
	typed := code[start:offset]
	found := Completion{Start: points(code, start), End: pos}
	var byName []Match
	for _, p := range s.config.Packages {
		m := Match{Text: p, Kind: KindPackage}
		if strings.HasPrefix(p, typed) {
			found.Matches = append(found.Matches, m)
		} else if strings.HasPrefix(path.Base(p), typed) {
			byName = append(byName, m)
		}
	}
	found.Matches = append(found.Matches, byName...)
	return found
}

// A collector gathers matches, the nearest first; of two with one name, the nearer hides
// the other.
type collector struct {
	*sketch
	matches []Match
	seen    map[string]bool
}

func (c *collector) add(text, kind, signature string) {
	if strings.Contains(signature, mark) { // the probe stands in it, or a name that we gave
		signature = ""
	}
	if text != "" && text != "_" && !c.seen[text] && !strings.Contains(text, mark) && !strings.Contains(text, ".") {
		c.seen[text] = true
		c.matches = append(c.matches, Match{text, kind, signature})
	}
}

// starting returns the matches that begin with prefix. If none does, capitals do not
// matter: fmt.println finds Println.
func (c *collector) starting(prefix string) []Match {
	exact := slices.DeleteFunc(slices.Clone(c.matches), func(m Match) bool { return !strings.HasPrefix(m.Text, prefix) })
	if len(exact) > 0 {
		return exact
	}
	prefix = strings.ToLower(prefix)
	return slices.DeleteFunc(c.matches, func(m Match) bool { return !strings.HasPrefix(strings.ToLower(m.Text), prefix) })
}

// collect lists what can stand in place of the last of nodes, which is the probe. There
// are none if the text is beyond repair: then any name will do, but no member.
func (c *collector) collect(w word, nodes []ast.Node) {
	if len(nodes) < 2 {
		if w.previous(1) != token.PERIOD {
			c.names(token.NoPos, true)
		}
		return
	}
	id := nodes[len(nodes)-1].(*ast.Ident)
	if sel, ok := nodes[len(nodes)-2].(*ast.SelectorExpr); ok && sel.Sel == id {
		c.selected(sel)
		return
	}
	if branch, ok := nodes[len(nodes)-2].(*ast.BranchStmt); ok {
		c.labels(branch.Tok, nodes)
		return
	}
	if literal, keyed := literalAround(nodes, id); literal != nil && c.fields(literal) && keyed {
		return
	}
	_, statement := nodes[len(nodes)-2].(*ast.ExprStmt)
	c.names(id.Pos(), statement)
}

// selected lists what can follow the dot of a selector.
func (c *collector) selected(sel *ast.SelectorExpr) {
	if id, ok := sel.X.(*ast.Ident); ok {
		if p, ok := c.info.Uses[id].(*types.PkgName); ok {
			c.exported(p.Imported())
			return
		}
	}
	if t := c.info.TypeOf(sel.X); t != nil && t != types.Typ[types.Invalid] {
		c.members(t, c.info.Types[sel.X].IsType())
	}
}

// exported lists what a package exports.
func (c *collector) exported(pkg *types.Package) {
	for _, name := range pkg.Scope().Names() {
		if token.IsExported(name) {
			c.object(pkg.Scope().Lookup(name))
		}
	}
}

// members lists fields and methods of a type, promoted ones included. After a type rather
// than a value come its methods only.
func (c *collector) members(t types.Type, isType bool) {
	start := len(c.matches)
	if !isType {
		c.promoted(t, map[types.Type]bool{})
	}
	set := types.NewMethodSet(t)
	if _, pointer := t.Underlying().(*types.Pointer); !pointer && !types.IsInterface(t) && !isType {
		set = types.NewMethodSet(types.NewPointer(t))
	}
	for method := range set.Methods() {
		if c.visible(method.Obj()) {
			c.object(method.Obj())
		}
	}
	slices.SortStableFunc(c.matches[start:], func(a, b Match) int { return cmp.Compare(a.Text, b.Text) })
}

// promoted lists the fields of a struct, and those of what it embeds behind them.
func (c *collector) promoted(t types.Type, seen map[types.Type]bool) {
	s, ok := deref(t).Underlying().(*types.Struct)
	if !ok || seen[deref(t)] {
		return
	}
	seen[deref(t)] = true
	for field := range s.Fields() {
		if c.visible(field) {
			c.object(field)
		}
	}
	for field := range s.Fields() {
		if field.Embedded() {
			c.promoted(field.Type(), seen)
		}
	}
}

// visible reports whether a cell may name a field or method.
func (c *collector) visible(member types.Object) bool {
	return member.Exported() || member.Pkg() == c.pkg
}

// literalAround is the composite literal in which id stands where a field's name may; keyed
// tells that it must, since other elements have keys.
func literalAround(nodes []ast.Node, id *ast.Ident) (literal *ast.CompositeLit, keyed bool) {
	for i := len(nodes) - 2; i >= max(0, len(nodes)-3); i-- {
		switch n := nodes[i].(type) {
		case *ast.KeyValueExpr:
			if n.Key != id {
				return nil, false
			}
			keyed = true
		case *ast.CompositeLit:
			if n.Type == id {
				return nil, false
			}
			for _, element := range n.Elts {
				_, has := element.(*ast.KeyValueExpr)
				keyed = keyed || has
			}
			return n, keyed
		default:
			return nil, false
		}
	}
	return nil, false
}

// fields lists the fields that a struct literal does not have yet. It reports false if
// the literal is of another type.
func (c *collector) fields(literal *ast.CompositeLit) bool {
	t := c.info.TypeOf(literal)
	if t == nil {
		return false
	}
	s, ok := deref(t).Underlying().(*types.Struct)
	if !ok {
		return false
	}
	given := map[string]bool{}
	for _, element := range literal.Elts {
		if pair, ok := element.(*ast.KeyValueExpr); ok {
			if key, ok := pair.Key.(*ast.Ident); ok {
				given[key.Name] = true
			}
		}
	}
	for field := range s.Fields() {
		if c.visible(field) && !given[field.Name()] {
			c.object(field)
		}
	}
	return true
}
