// Package generic holds, each in a package of its own, what the generic part of the
// standard library needs in order to be interpreted.
//
// A generic function has no compiled value that a cell could call, so the cell rewriter
// interprets its source. Most of that source is the standard library's own, taken from
// it by kernel/symbols/gen. The packages here replace the declarations that call the
// runtime or use unsafe, which an interpreter cannot follow, and those that sort, where
// compiled code is far quicker than interpreted code. They compile, and their tests
// hold them to what they replace.
//
// The generator reads these packages as text: a declaration here takes the place of
// the one with its name there.
package generic
