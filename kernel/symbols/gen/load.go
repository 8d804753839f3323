package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
)

// A target is a system that Gradbook is built for.
type target struct{ os, arch string }

// targets are the systems that the listings must compile for and the type data be
// right on. The first one is the base: documentation and type data are made for it,
// and the others are described by their differences.
var targets = []target{
	{"linux", "amd64"}, {"linux", "arm64"},
	{"darwin", "amd64"}, {"darwin", "arm64"},
	{"windows", "amd64"}, {"windows", "arm64"},
}

// environment makes the go command answer for t, whatever this machine is. Without
// cgo, package net and os/user are pure Go and can be type-checked from source.
func (t target) environment() []string {
	return append(os.Environ(), "CGO_ENABLED=0", "GOOS="+t.os, "GOARCH="+t.arch, "GOEXPERIMENT=", "GOFLAGS=-buildvcs=false")
}

// A world is a set of packages, closed under import, as one target sees it.
type world struct {
	target   target
	mode     parser.Mode
	fset     *token.FileSet
	packages map[string]*source // by resolved import path: "vendor/golang.org/x/…" for vendored ones
}

// A source is one package: first as go list describes it, then parsed, then checked.
type source struct {
	ImportPath string
	Name       string
	Dir        string
	GoFiles    []string
	ImportMap  map[string]string // import path in the source to ImportPath, where they differ

	files []*ast.File
	types *types.Package
}

// load type-checks paths and all they import from source. Export data of the
// compiler would be quicker to come by, but holds positions, which are paths of this
// machine, and its format follows the toolchain.
func load(t target, mode parser.Mode, paths ...string) (*world, error) {
	sources, err := t.closure(paths)
	if err != nil {
		return nil, err
	}
	w := &world{t, mode, token.NewFileSet(), map[string]*source{}}
	if err := w.parse(sources); err != nil {
		return nil, err
	}
	for _, s := range sources { // go list -deps puts a package after its imports
		w.packages[s.ImportPath] = s
		if err := w.check(s); err != nil {
			return nil, fmt.Errorf("gen: %s on %s/%s: %w", s.ImportPath, t.os, t.arch, err)
		}
	}
	return w, nil
}

// closure lists paths and what they import, imports first. A path that has no files
// on this target is left out.
func (t target) closure(paths []string) ([]*source, error) {
	command := exec.Command("go", append([]string{"list", "-e", "-deps",
		"-json=ImportPath,Name,Dir,GoFiles,ImportMap"}, paths...)...)
	command.Env = t.environment()
	out, err := output(command)
	if err != nil {
		return nil, err
	}
	var sources []*source
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		s := new(source)
		if err := decoder.Decode(s); errors.Is(err, io.EOF) {
			return sources, nil
		} else if err != nil {
			return nil, fmt.Errorf("gen: output of go list: %w", err)
		}
		if len(s.GoFiles) > 0 {
			sources = append(sources, s)
		}
	}
}

// parse reads the files of all sources, several at a time: it is half of the work.
func (w *world) parse(sources []*source) error {
	failures := make([]error, len(sources))
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	var all sync.WaitGroup
	for i, s := range sources {
		slots <- struct{}{}
		all.Go(func() {
			defer func() { <-slots }()
			failures[i] = s.parse(w.fset, w.mode)
		})
	}
	all.Wait()
	return errors.Join(failures...)
}

func (s *source) parse(fset *token.FileSet, mode parser.Mode) error {
	for _, name := range s.GoFiles {
		file, err := parser.ParseFile(fset, filepath.Join(s.Dir, name), nil, mode|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		s.files = append(s.files, file)
	}
	return nil
}

// check finds the types of a package's declarations. Bodies of functions are not
// looked at: they declare nothing, and are most of the text.
func (w *world) check(s *source) (err error) {
	if s.ImportPath == "unsafe" {
		s.types = types.Unsafe
		return nil
	}
	if w.mode&parser.ParseComments == 0 {
		defer func() { s.files = nil }() // six worlds of syntax trees would be a gigabyte
	}
	config := types.Config{
		IgnoreFuncBodies: true,
		Importer:         imports{w, s},
		Sizes:            types.SizesFor("gc", w.target.arch),
	}
	s.types, err = config.Check(s.ImportPath, w.fset, s.files, nil)
	return err
}

// imports is the importer of one package, which finds what that package imports among
// those already checked.
type imports struct {
	world *world
	from  *source
}

func (i imports) Import(path string) (*types.Package, error) {
	if resolved, ok := i.from.ImportMap[path]; ok {
		path = resolved
	}
	if s := i.world.packages[path]; s != nil {
		return s.types, nil
	}
	return nil, fmt.Errorf("%q is not among what go list found", path)
}

// exported returns the exported names of a package, sorted; none when the target has
// no such package.
func (w *world) exported(path string) []string {
	s := w.packages[path]
	if s == nil {
		return nil
	}
	return slices.DeleteFunc(s.types.Scope().Names(), func(name string) bool { return !token.IsExported(name) })
}

// output runs a command and puts what it said on stderr into the error.
func output(command *exec.Cmd) ([]byte, error) {
	out, err := command.Output()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		return nil, fmt.Errorf("gen: %v: %w: %s", command.Args, err, exit.Stderr)
	}
	return out, err
}
