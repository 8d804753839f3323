package cell

import (
	"go/token"
	"go/types"
	"reflect"
)

// A Config says what surrounds the cells of a session. Importer is needed; every
// other field may be zero.
type Config struct {
	// Importer finds the types of the packages that cells may import.
	Importer types.Importer

	// Paths lists the import paths of the packages with a name, best first. It is
	// how a package is imported that a cell uses without saying so.
	Paths func(name string) []string

	// Preload are the paths of packages that are there by name in every cell.
	Preload []string

	// Symbols are the compiled packages as the interpreter has them: import path
	// and name, joined by a slash, to symbol name to value. Interfaces are made
	// of them for values of a cell's types.
	Symbols map[string]map[string]reflect.Value

	// Held names types, as types.TypeString writes them, whose values want to know
	// the variable that holds them: Hold is called after every definition of a
	// cell's variable of such a type.
	Held []string
	Hold func(name string, value any)

	// Doc is the documentation of a name in a package, "" if there is none. Only
	// inspection asks for it.
	Doc func(path, name string) string
}

// A Session is what the cells of one notebook have in common: the packages they
// imported, what they declared, and their variables. It is not safe for
// concurrent use.
type Session struct {
	config Config
	fset   *token.FileSet
}

// New starts a session in which nothing is declared.
func New(c Config) *Session {
	return &Session{config: c, fset: token.NewFileSet()}
}

// A Program is a cell that was found right, ready to run.
type Program struct {
	// Number is the cell's number, as it appears in positions.
	Number int

	// Source is a Go file of package main to be loaded before Entry is called. It
	// holds the cell's declarations, and Entry with its statements.
	Source string

	// Entry is the name of the function to call, "" if the cell only declares.
	Entry string

	// Symbols are compiled packages that Source imports and that the interpreter
	// does not have yet, in the form of Config.Symbols.
	Symbols map[string]map[string]reflect.Value
}

// Compile parses, checks and rewrites one cell. The session is not changed before
// the program's Accept is called, so that a cell which fails leaves no trace.
//
// The error is an [Errors] that lists every mistake of the cell.
func (s *Session) Compile(number int, code string) (*Program, error) {
	return &Program{Number: number}, nil
}

// Accept makes what the program declares known to the cells that follow.
func (p *Program) Accept() {}
