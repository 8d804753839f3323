package cell

import (
	"fmt"
	"go/types"
	"strings"
)

// A current function is a variable that holds the newest version of a function.
//
// Functions are called by their emitted names, which is fast, and callers are
// emitted again when a function is redefined. A function literal that a cell keeps
// in a variable cannot be emitted again, so it calls through such a variable.
type current struct {
	variable  string
	signature string // as emitted; another signature needs another variable
}

// currentOf is the variable for a function or method, of the notebook or nil.
func (l *lowerer) currentOf(name string) (current, bool) {
	if c, ok := l.currents[name]; ok {
		return c, c.variable != ""
	}
	c, ok := l.Session.currents[name]
	return c, ok && c.variable != ""
}

// called is the emitted name by which a declared function is called where the
// lowerer is.
func (l *lowerer) called(e *entity, sig string) string {
	if !l.inBody || l.literals == 0 {
		return e.emitted
	}
	name := e.names[0]
	c, ok := l.currentOf(name)
	if !ok || c.signature != sig {
		c = current{l.emitName(mark + name), sig}
		l.currents[name] = c
		fmt.Fprintf(&l.vars, "var %s func%s\n", c.variable, sig)
		fmt.Fprintf(&l.setup, "%s = %s\n", c.variable, e.emitted)
	}
	return c.variable
}

// renewCurrent lets function literals call a function that was emitted anew, if it
// can take the place of the old one.
func (l *lowerer) renewCurrent(e *entity, sig string) {
	name := e.names[0]
	c, ok := l.currentOf(name)
	switch {
	case !ok:
	case c.signature == sig:
		fmt.Fprintf(&l.setup, "%s = %s\n", c.variable, e.emitted)
	default:
		l.currents[name] = current{}
	}
}

// emittedSignature writes parameters and results as emitted source has them, the
// receiver first.
func (l *lowerer) emittedSignature(sig *types.Signature) string {
	text := l.writer().signature(sig, nil)
	if sig.Recv() == nil {
		return text
	}
	recv := l.typ(sig.Recv().Type())
	if sig.Params().Len() > 0 {
		recv += ", "
	}
	return "(" + recv + strings.TrimPrefix(text, "(")
}
