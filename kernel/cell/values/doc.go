// Package values knows at run time what the interpreter forgets: which type a
// value of a cell has, and what it can do.
//
// The cells' rewriter leaves two kinds of marks. A struct type that has a name
// carries it in the tag of its first field, so that reflection sees it. A value of
// any other type that a cell declares, such as type Celsius float64, is put into a
// box when it becomes a value of an interface: the box holds value and type. With
// the help of a [Registry], which knows the fields and methods of every such type,
// the functions of this package then do what compiled code would: they print,
// compare, assert, find errors, call methods, encode.
//
// A value of a cell's type that is handed to compiled code as an error or an
// io.Reader is wrapped in a Go value that has the methods; see [Registry.Converter].
package values
