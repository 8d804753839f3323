// Package symbols is everything that a cell may import: the standard library, the
// parts of gonum that the tutorials use, and packages graph and display.
//
// The user has no Go toolchain, so what the go command would look up on disk is in
// the binary, in three forms for three readers:
//
//   - [Exports]: functions, variables, constants and types as values, for the
//     interpreter
//   - [NewImporter]: the types of the declarations, for go/types
//   - [Doc]: declarations and comments, for the person
//
// [Paths] and [Known] answer which packages there are, and [Why] tells what is the
// matter with one that is not.
//
// # Generic functions
//
// A generic function has no value until it is instantiated, so slices, maps, cmp and
// iter, and names such as sync.OnceValue, atomic.Pointer and errors.AsType, are in the
// type data and in the documentation but not among the exports: the cell rewriter
// writes out their instances. Where one instance serves all calls, as with pbkdf2.Key,
// the exports have it under the function's name.
//
// # Where the data comes from
//
//	go generate ./kernel/symbols
//
// writes the listings in std, gonum and own, and the archives in data. Type data and
// documentation are made from source for Linux on amd64; packages whose declarations
// differ elsewhere, such as os and runtime, are in the archive once more for each
// system, and the importer picks. The listings name constants rather than their
// values, so that the compiler of each system fills them in. Run it after every edit of
// the exported part of graph or display (go run ./kernel/symbols/gen own takes
// seconds): a test compares.
package symbols

//go:generate go -C ../.. run ./kernel/symbols/gen
