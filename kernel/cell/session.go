package cell

import (
	"fmt"
	"go/token"
	"go/types"
	"io"
	"log"
	"maps"
	"reflect"
	"slices"

	"gradbook/kernel/cell/values"
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

	// Stdin is what os.Stdin is read from; nil is empty.
	Stdin io.Reader

	// Stdout is where fmt.Print and its like write, Stderr where print does, and
	// Logger is what package log logs to. They default to discarding.
	Stdout, Stderr io.Writer
	Logger         *log.Logger

	// Held names types, as types.TypeString writes them, whose values want to know
	// the variable that holds them: Hold is called after every definition of a
	// cell's variable of such a type, and for what is of one inside of a variable's
	// structs, pointers to them, slices, arrays and maps.
	Held []string
	Hold func(name string, value any)

	// Aware lists compiled functions and methods, as types.Func.FullName writes
	// them, that know of package values and want values in their boxes.
	Aware []string

	// Exit ends the cell as os.Exit ends a program; log.Fatal calls it.
	Exit func(code int)

	// Sources are the files of a package that comes as source, nil if there is none
	// at the path. The error tells why there is one that cells cannot have.
	Sources func(path string) ([]Source, error)

	// Why tells why a package cannot be imported, "" if there is no more to say.
	Why func(path string) string

	// Doc is the documentation of a name in a package, "" if there is none. Only
	// inspection asks for it.
	Doc func(path, name string) string

	// Packages are the import paths of all packages that cells may import. Only
	// completion asks for them.
	Packages []string

	// Value is how the value of a cell's variable prints, "" if it has none yet.
	// Only inspection asks for it.
	Value func(name string) string
}

// A Session is what the cells of one notebook have in common: the packages they
// imported, what they declared, and their variables. It is not safe for
// concurrent use, but for [Session.Line].
type Session struct {
	config   Config
	importer types.Importer
	fset     *token.FileSet
	texts    sources // of each cell, for errors in old declarations
	registry *values.Registry

	names     map[string]*entity  // every cell-level name
	methods   map[string][]string // the methods declared for a type, by name
	dots      []string            // paths of dot imports
	lost      map[string]string   // names that are gone, and why
	numbers   map[string]int      // how often a name was emitted
	instances map[string]string   // emitted instances of generic code
	layouts   map[string]string   // types that package values was told about
	currents  map[string]current  // functions that function literals call

	aliases   map[string]string // our names for packages, to their paths
	imported  map[string]bool   // aliases that emitted source may use
	hidden    *hiddenPackage
	libraries map[string]*library
	loading   map[string]bool // packages being imported from source
}

// New starts a session in which nothing is declared.
func New(c Config) *Session {
	s := &Session{
		config: c, fset: token.NewFileSet(),
		names: map[string]*entity{}, methods: map[string][]string{}, lost: map[string]string{},
		numbers: map[string]int{}, instances: map[string]string{}, layouts: map[string]string{}, currents: map[string]current{},
		aliases: map[string]string{}, imported: map[string]bool{}, hidden: newHiddenPackage(), libraries: map[string]*library{},
		loading: map[string]bool{},
	}
	s.importer = sessionImporter{c.Importer, s}
	s.aliases[s.hidden.pkg.Path()] = hiddenPath
	s.registry = values.NewRegistry(values.Options{
		Stdin: c.Stdin, Stdout: c.Stdout, Stderr: c.Stderr, Logger: c.Logger, Symbols: c.Symbols, Hold: c.Hold, Exit: c.Exit,
	})
	return s
}

// Variable tells what a variable of the cells is called in emitted source, and the
// key under which the registry boxes its values, "" if it does not.
func (s *Session) Variable(name string) (emitted, box string, ok bool) {
	e := s.names[name]
	if e == nil || e.sort != varSort || e.emitted == "" {
		return "", "", false
	}
	return e.emitted, e.box, true
}

// A Variable is a name at cell level that has a value.
type Variable struct {
	Name string
	Type string // as Go writes it in an error
}

// Variables lists the variables of the cells by name.
func (s *Session) Variables() []Variable {
	var all []Variable
	for _, name := range slices.Sorted(maps.Keys(s.names)) {
		if e := s.names[name]; e.sort == varSort && e.emitted != "" {
			all = append(all, Variable{name, typeDisplay(e.typ)})
		}
	}
	return all
}

// Declares reports whether a cell has declared or imported the name.
func (s *Session) Declares(name string) bool { return s.names[name] != nil }

// Registry knows the types of cells while the cells run. The interpreter must have
// its Symbols.
func (s *Session) Registry() *values.Registry { return s.registry }

// A Program is a cell that was found right, ready to run.
type Program struct {
	// Number is the cell's number, as it appears in positions.
	Number int

	// Imports is a Go file to be loaded before Source, "" if there is none. It
	// imports what Source needs and no cell has needed before: see AcceptImports.
	Imports string

	// Types is a Go file of package main to be loaded before Source, "" if there is
	// none. It declares the struct types that are new.
	Types string

	// Source is a Go file of package main to be loaded before Entry is called. It
	// holds the cell's other declarations, and Entry with its statements. It imports the
	// compiled packages of Symbols and package run of the interpreter.
	Source string

	// Entry is the name of the function to call, "" if there is nothing to run.
	Entry string

	// Symbols are compiled packages that Source imports and that the interpreter
	// does not have yet, in the form of Config.Symbols.
	Symbols map[string]map[string]reflect.Value

	// Shows tells whether the cell ends in an expression whose value is to be
	// shown. Its value is then in the registry: see values.Registry.Shown.
	Shows bool

	draft    *draft
	lowered  *lowerer
	accepted bool
}

// Compile parses, checks and rewrites one cell. The session is not changed before
// the program's Accept is called, so that a cell which fails leaves no trace.
//
// The error is an [Errors] that lists every mistake of the cell.
func (s *Session) Compile(number int, code string) (p *Program, err error) {
	defer func() {
		if r := recover(); r != nil { // ours, not the user's; the kernel must live on
			p, err = nil, Errors{{Cell: number, Line: 1, Column: 1, Message: fmt.Sprintf("%s: %v", bug, r), Source: line(code, 1)}}
		}
	}()
	return s.compile(number, code)
}

// bug is what a cell is told that stumbles over a mistake in this package.
const bug = "this cell is beyond the rewriter, which is a bug in Gradbook"

func (s *Session) compile(number int, code string) (*Program, error) {
	p, errs := s.parse(number, code)
	if len(errs) > 0 {
		return nil, errs
	}
	d := s.draft(p)
	d.declare()
	d.autoImport()
	d.orderVariables()
	c, errs := d.judge()
	if len(errs) > 0 {
		return nil, errs
	}
	return d.emit(c), nil
}

// AcceptImports notes that Imports was loaded: no other program will have them.
func (p *Program) AcceptImports() {
	for alias := range p.lowered.used {
		p.draft.imported[alias] = true
	}
}

// Accept makes what the program declares known to the cells that follow.
func (p *Program) Accept() {
	if !p.accepted {
		p.accepted = true
		p.draft.accept()
		p.lowered.accept()
	}
}
