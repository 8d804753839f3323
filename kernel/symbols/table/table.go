// Package table is the form in which compiled packages are listed for the
// interpreter, and the list of those that are not.
//
// The listings are written by kernel/symbols/gen, one file a package, as plain
// composite literals. The compiler lays such a literal out as static data, so that
// ten thousand symbols cost nothing at start: a [reflect.Value] is made only when
// [Package.Values] is called. Writing reflect.ValueOf in the literal, as yaegi's own
// extractor does, would run ten thousand calls in init.
package table

import (
	"go/constant"
	"go/token"
	"reflect"
)

// A Package lists what a cell may use of one compiled package. Generic functions and
// types are not in it: they have no value until they are instantiated.
type Package struct {
	Path    string // import path, e.g. "math/rand/v2"
	Name    string // the name in its package clause, e.g. "rand"
	Symbols []Symbol
}

// A Symbol is one exported name with what stands for it in a compiled program:
//
//   - a function, or a typed constant: itself
//   - a type T: a nil *T
//   - a variable: a [Variable] with its address
//   - an untyped constant: an [Integer], a [Text] or a [Literal]
//
// A name that starts with an underscore is the wrapper of an interface, through which
// an interpreted value with these methods is handed to compiled code.
type Symbol struct {
	Name  string
	Value any
}

// A Variable holds the address of a package variable, so that an assignment in a cell
// reaches the variable and not a copy of it.
type Variable struct{ Pointer any }

// An Integer is an untyped integer or rune constant that fits. The generated code
// names the constant rather than its digits, so that os.PathSeparator is right on
// the system that compiles it, not on the one that generated it.
type Integer int64

// A Text is an untyped string constant.
type Text string

// A Literal is an untyped constant that no Go type holds exactly, such as math.Pi or
// math.MaxUint64, in the spelling of its kind.
type Literal struct {
	Kind   token.Token // token.INT or token.FLOAT
	Digits string
}

// Values returns the symbols as yaegi wants them, keyed by name. The map is the
// caller's own.
func (p *Package) Values() map[string]reflect.Value {
	values := make(map[string]reflect.Value, len(p.Symbols))
	for _, s := range p.Symbols {
		values[s.Name] = value(s.Value)
	}
	return values
}

// value keeps untyped constants untyped by handing over a [constant.Value], which is
// how yaegi knows that 1<<40 * 2.5 is meant exactly.
func value(v any) reflect.Value {
	switch v := v.(type) {
	case Variable:
		return reflect.ValueOf(v.Pointer).Elem()
	case Integer:
		return reflect.ValueOf(constant.MakeInt64(int64(v)))
	case Text:
		return reflect.ValueOf(constant.MakeString(string(v)))
	case Literal:
		return reflect.ValueOf(constant.MakeFromLiteral(v.Digits, v.Kind, 0))
	}
	return reflect.ValueOf(v)
}
