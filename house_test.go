package main_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The rules of the house, as tests. Each rule reads our own source, so nobody has
// to remember it; house_rules_test.go holds the rules, and shows each of them a bad
// sample to prove that it can fail.

// arrows lists the rooms of the house and which other rooms each may know. They
// point down only. A new package fails the test until it has its row.
var arrows = map[string][]string{
	".":                     {"install", "kernel", "kernel/wire", "notebooks"},
	"install":               {"install/logo"},
	"install/logo":          {"display/canvas"}, // drawn as the figures are
	"install/logo/generate": {"install/logo"},

	"notebooks":        {"kernel/client", "kernel/wire", "notebooks/mathml"},
	"notebooks/mathml": {},

	"notebooks/data":          {},
	"notebooks/data/generate": {"notebooks/data"},

	"kernel":               {"kernel/wire", "kernel/zmtp", "kernel/zmtp/curve", "kernel/cell", "kernel/history"},
	"kernel/client":        {"kernel/wire", "kernel/zmtp"},
	"kernel/wire":          {},
	"kernel/zmtp":          {"kernel/zmtp/curve"},
	"kernel/zmtp/curve":    {},
	"kernel/cell":          {"kernel/cell/values"},
	"kernel/cell/values":   {},
	"kernel/cell/library":  {}, // and what lies below: source for the interpreter, in the place of std's
	"kernel/history":       {},
	"kernel/interp":        {},
	"kernel/modules":       {},
	"kernel/symbols":       {"kernel/symbols/table", "kernel/symbols/std", "kernel/symbols/gonum", "kernel/symbols/own"},
	"kernel/symbols/own":   {"kernel/symbols/table", "graph", "graph/dataset", "display", "display/comm"}, // what cells may import of ours
	"kernel/symbols/std":   {"kernel/symbols/table"},
	"kernel/symbols/gonum": {"kernel/symbols/table"},
	"kernel/symbols/gen":   {"kernel/symbols/table"},
	"kernel/symbols/table": {},

	"display":         {"graph", "display/diagram", "display/canvas"},
	"display/comm":    {},
	"display/diagram": {"display/canvas"},
	"display/canvas":  {},

	"graph":         {"graph/engine", "graph/kernels"},
	"graph/dataset": {},
	"graph/engine":  {"graph/kernels"},
	"graph/kernels": {},
}

// doors lists the files that may know more than their package, and what.
var doors = map[string][]string{
	// The one place where the interpreter, what cells may import, the graph and its
	// pictures meet.
	"kernel/wiring.go": {"kernel/interp", "kernel/cell/values", "kernel/modules", "kernel/symbols", "graph", "display", "display/comm"},
}

const (
	longestFile     = 600 // lines
	longestFunction = 60  // lines without its tables
)

func TestHouse(t *testing.T) {
	files := readHouse(t, ".")
	for _, r := range rules {
		t.Run(strings.ReplaceAll(r.name, " ", "_"), func(t *testing.T) {
			for _, complaint := range r.check(files) {
				t.Error(complaint)
			}
		})
	}
}

// TestArrowsAreRooms keeps the table of arrows free of rooms that were given up.
func TestArrowsAreRooms(t *testing.T) {
	rooms := map[string]bool{}
	for _, f := range readHouse(t, ".") {
		rooms[f.room()] = true
	}
	for room, known := range arrows {
		for _, r := range append(known, room) {
			if !rooms[r] {
				t.Errorf("arrows names %s, where no file is", r)
			}
		}
	}
}

// A source is one text file of the project.
type source struct {
	path string // from the root, with slashes
	text string

	// generated files are judged by what makes them; only their imports count.
	generated bool

	// fset and tree are set for Go files only.
	fset *token.FileSet
	tree *ast.File
}

// room is the folder of the file, which for Go is its package.
func (f *source) room() string {
	if f.standsIn() {
		return library
	}
	return path.Dir(f.path)
}

// library holds packages that stand in for std's where the interpreter cannot run
// those. One row of arrows is enough for them, and their names are explained by std.
const library = "kernel/cell/library"

func (f *source) standsIn() bool { return strings.HasPrefix(f.path, library+"/") }

func (f *source) isTest() bool { return strings.HasSuffix(f.path, "_test.go") }

// line gives a position as "file:line", which editors open.
func (f *source) line(n ast.Node) string {
	return fmt.Sprintf("%s:%d", f.path, f.fset.Position(n.Pos()).Line)
}

// lines returns the first and last line of a node.
func (f *source) lines(n ast.Node) (first, last int) {
	return f.fset.Position(n.Pos()).Line, f.fset.Position(n.End()).Line
}

// isText tells the files that people write by their names.
var isText = regexp.MustCompile(`(\.(go|md|py|mjs|sh|txt|in|toml|css|html|s)|/run|^Makefile)$`)

// generatedMark is what Go's tools agree on.
var generatedMark = regexp.MustCompile(`(?m)^// Code generated .* DO NOT EDIT\.$`)

// readHouse reads every text file of the project below root, without what was built
// or installed, test data, and folders that are modules of their own.
func readHouse(t *testing.T, root string) []*source {
	t.Helper()
	var files []*source
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if isElsewhere(root, name, d.Name()) {
				return filepath.SkipDir
			}
			return nil
		}
		slashed := filepath.ToSlash(name)
		if !isText.MatchString(slashed) {
			return nil
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		f, err := newSource(slashed, string(text))
		files = append(files, f)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// isElsewhere reports whether a folder is not written by us, or not part of this module.
func isElsewhere(root, name, base string) bool {
	if name == root {
		return false
	}
	if slices.Contains([]string{".git", ".venv", "build", "node_modules", "testdata", "__pycache__"}, base) {
		return true
	}
	_, err := os.Stat(filepath.Join(name, "go.mod"))
	return err == nil
}

// newSource parses what is Go.
func newSource(path, text string) (*source, error) {
	f := &source{path: path, text: text}
	if !strings.HasSuffix(path, ".go") {
		return f, nil
	}
	mode := parser.ParseComments | parser.SkipObjectResolution
	if f.generated = generatedMark.MatchString(text[:min(len(text), 1000)]); f.generated {
		mode |= parser.ImportsOnly
	}
	f.fset = token.NewFileSet()
	tree, err := parser.ParseFile(f.fset, path, text, mode)
	f.tree = tree
	return f, err
}
