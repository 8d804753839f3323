// Package cell turns the text of a notebook cell into Go source that the
// interpreter runs as compiled Go would run it.
//
// The road has four stretches, each in files of its own:
//
//   - parse: the text is cut into imports, declarations and statements, in any
//     order and mixture, and parsed where it stands, so that every position is one
//     of the user's own text.
//   - check: go/types judges the cell against what earlier cells declared. Every
//     error of the cell is reported at once, and before anything runs.
//   - lower: the typed syntax is written out again in the small part of Go that the
//     interpreter gets right. Methods become functions, generic code is written out
//     once for each list of type arguments, conversions to interfaces become
//     explicit, named types leave a mark by which they are known at run time.
//   - redefine: declarations that mention a changed name are emitted again, so that
//     old callers see the new function, type or method.
//
// The package knows neither the interpreter nor the graph: a [Program] is text,
// and what the text needs at run time is in package values and in the package
// named run of the interpreter.
package cell
