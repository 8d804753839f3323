package cell

import (
	"go/ast"
	"go/token"
	"go/types"
)

// rangeLoop writes a range loop, by what it ranges over.
func (l *lowerer) rangeLoop(s *ast.RangeStmt, label string) {
	l.at(s.Pos())
	switch t := l.typeOf(s.X).Underlying().(type) {
	case *types.Basic:
		if t.Info()&types.IsInteger != 0 {
			l.rangeInt(s, label)
			return
		}
		l.rangeString(s, label)
	case *types.Signature:
		l.rangeFunc(s, t, label)
	case *types.Slice:
		l.rangeNative(s, label, types.Typ[types.Int], t.Elem())
	case *types.Array:
		l.rangeNative(s, label, types.Typ[types.Int], t.Elem())
	case *types.Pointer:
		l.rangeNative(s, label, types.Typ[types.Int], t.Elem().Underlying().(*types.Array).Elem())
	case *types.Map:
		l.rangeNative(s, label, t.Key(), t.Elem())
	case *types.Chan:
		l.rangeNative(s, label, t.Elem(), nil)
	}
}

// rangeInt writes for i := range n as a loop that counts. The loop counts with a
// variable of its own if the body changes or keeps the user's.
func (l *lowerer) rangeInt(s *ast.RangeStmt, label string) {
	t := types.Default(l.typeOf(s.X))
	if s.Key != nil && !isBlank(s.Key) {
		if id, ok := l.isNew(s.Key, s.Tok == token.DEFINE); ok {
			t = l.env.of(l.info.Defs[id].Type())
		} else {
			t = l.typeOf(s.Key)
		}
	}
	limit, counter := l.temp(), l.temp()
	l.line("{\n%s := %s", limit, l.convert(s.X, t))
	own := true
	if id, ok := l.isNew(s.Key, s.Tok == token.DEFINE); ok {
		obj := l.info.Defs[id]
		if !l.assigns(s.Body, obj) && !l.escapes(s.Body, obj) {
			counter, own = l.local(obj), false
		}
	}
	l.line("%s := %s(0)", counter, l.typ(t))
	l.line("%sfor ; %s < %s; %s++ {", colon(label), counter, limit, counter)
	if own && s.Key != nil {
		l.store(s.Key, counter, t, s.Tok == token.DEFINE)
	}
	l.nested(true, func() { l.statements(s.Body.List) })
	l.line("}\n}")
}

// rangeString writes a loop over the characters of a string. The interpreter's own
// counts three bytes for one that is no UTF-8.
func (l *lowerer) rangeString(s *ast.RangeStmt, label string) {
	text, at, char, size := l.temp(), l.temp(), l.temp(), l.temp()
	l.line("{\n%s := string(%s)\n%s, %s, %s := 0, rune(0), 0", text, l.operand(s.X), at, char, size)
	l.line("%sfor ; %s < len(%s); %s += %s {", colon(label), at, text, at, size)
	l.line("%s, %s = %s.DecodeRuneInString(%s[%s:])", char, size, l.aliasPath("unicode/utf8"), text, at)
	if s.Key != nil && !isBlank(s.Key) {
		l.store(s.Key, at, types.Typ[types.Int], s.Tok == token.DEFINE)
	}
	if s.Value != nil && !isBlank(s.Value) {
		l.store(s.Value, char, types.Typ[types.Rune], s.Tok == token.DEFINE)
	}
	l.nested(true, func() { l.statements(s.Body.List) })
	l.line("}\n}")
}

// rangeNative writes a loop that the interpreter has, with variables of its own
// that are copied into the user's in each iteration.
func (l *lowerer) rangeNative(s *ast.RangeStmt, label string, key, value types.Type) {
	names := [2]string{"_", "_"}
	wanted := [2]bool{s.Key != nil && !isBlank(s.Key), s.Value != nil && !isBlank(s.Value)}
	for i, want := range wanted {
		if want {
			names[i] = l.temp()
		}
	}
	channels := wanted[1] && isChan(value) // the interpreter would receive from them
	if channels && !wanted[0] {
		names[0] = l.temp()
	}
	x := l.operand(s.X)
	l.line("{")
	if _, array := l.typeOf(s.X).Underlying().(*types.Array); array || channels || hasCall(s.X) {
		if array && !wanted[1] {
			x = l.freeze("&" + l.copied(x, s.X)) // only its length matters
			x = "(*" + x + ")"
		} else {
			x = l.freeze(x)
		}
	}
	switch {
	case !wanted[0] && !wanted[1]:
		names[0] = l.temp()
		l.line("%sfor %s := range %s {\n_ = %s", colon(label), names[0], x, names[0])
	case channels:
		l.line("%sfor %s := range %s {\n%s := %s[%s]", colon(label), names[0], x, names[1], x, names[0])
	case !wanted[1]:
		l.line("%sfor %s := range %s {", colon(label), names[0], x)
	default:
		l.line("%sfor %s, %s := range %s {", colon(label), names[0], names[1], x)
	}
	if wanted[0] {
		l.store(s.Key, names[0], key, s.Tok == token.DEFINE)
	}
	if wanted[1] {
		l.store(s.Value, names[1], value, s.Tok == token.DEFINE)
	}
	l.nested(true, func() { l.statements(s.Body.List) })
	l.line("}\n}")
}

// copied is an array expression whose address can be taken.
func (l *lowerer) copied(text string, e ast.Expr) string {
	switch ast.Unparen(e).(type) {
	case *ast.Ident, *ast.SelectorExpr, *ast.IndexExpr, *ast.StarExpr:
		return text
	}
	return l.freeze(text)
}

func isChan(t types.Type) bool {
	_, ok := t.Underlying().(*types.Chan)
	return ok
}
