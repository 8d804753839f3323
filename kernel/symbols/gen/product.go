package main

import (
	"fmt"
	"go/parser"
	"path/filepath"
	"runtime"
	"slices"
)

// A product is everything generated for one group.
type product struct {
	group   string
	what    string
	paths   []string          // import paths, sorted
	files   map[string][]byte // listings, by file name
	entries map[string][]byte // of the archive
}

// generate makes the products of some groups without writing anything. All packages
// are loaded together, since they have most of what they import in common.
func generate(selected []group) ([]*product, error) {
	var products []*product
	var all []string
	for _, g := range selected {
		paths, err := g.paths()
		if err != nil {
			return nil, err
		}
		all = append(all, paths...)
		products = append(products, &product{
			group: g.name, what: g.what, paths: paths,
			files:   map[string][]byte{},
			entries: map[string][]byte{versionEntry: []byte(runtime.Version())},
		})
	}
	worlds, err := loadAll(all)
	if err != nil {
		return nil, err
	}
	for _, p := range products {
		if err := p.fill(worlds); err != nil {
			return nil, err
		}
	}
	return products, nil
}

// versionEntry is the entry of an archive that says which Go it was made with.
const versionEntry = "go"

// fill makes the files and entries of a group.
func (p *product) fill(worlds []*world) error {
	// The compiler itself knows unsafe; there is nothing to list or to describe but
	// its documentation.
	ordinary := slices.DeleteFunc(slices.Clone(p.paths), func(path string) bool { return path == "unsafe" })
	if err := p.list(worlds, ordinary); err != nil {
		return err
	}
	if err := typeData(p.entries, worlds, ordinary); err != nil {
		return err
	}
	// Last, because go/doc prunes the syntax trees it is given.
	return p.document(worlds[0])
}

// document adds the texts for people.
func (p *product) document(w *world) error {
	if p.group == "std" {
		if err := predeclared(p.entries, filepath.Join(w.packages["fmt"].Dir, "..", "builtin")); err != nil {
			return err
		}
	}
	return documentation(p.entries, w, p.paths)
}

// loadAll loads the packages once for every target; only the base has comments.
func loadAll(paths []string) ([]*world, error) {
	if len(paths) == 0 { // go list without arguments means the folder it stands in
		return []*world{{}}, nil
	}
	var worlds []*world
	for i, t := range targets {
		mode := parser.Mode(0)
		if i == 0 {
			mode = parser.ParseComments
		}
		w, err := load(t, mode, paths...)
		if err != nil {
			return nil, err
		}
		worlds = append(worlds, w)
	}
	return worlds, nil
}

// list writes the listings of a group and their index.
func (p *product) list(worlds []*world, paths []string) error {
	var everywhere []string
	for _, path := range paths {
		names, constraint, err := shared(worlds, path)
		if err != nil {
			return err
		}
		text, err := write(p.group, worlds[0].packages[path].types, names, constraint)
		if err != nil {
			return fmt.Errorf("gen: listing of %s: %w", path, err)
		}
		p.files[identifier(path)+".go"] = text
		if constraint == "" {
			everywhere = append(everywhere, path)
		}
	}
	text, err := index(p.group, p.what, everywhere)
	p.files["index.go"] = text
	return err
}

// shared returns the names that a package exports, and the build constraint when some
// system does not have the package. A package that exports other names on other
// systems does not belong in a notebook, and is refused so that someone decides.
func shared(worlds []*world, path string) (names []string, constraint string, err error) {
	names = worlds[0].exported(path)
	for _, w := range worlds[1:] {
		other := w.exported(path)
		if len(other) == 0 && len(names) > 0 { // as log/syslog on Windows, which is a comment
			constraint = "!" + w.target.os
			continue
		}
		if !slices.Equal(names, other) {
			return nil, "", fmt.Errorf("gen: %s exports other names on %s/%s: leave it out in table.LeftOut", path, w.target.os, w.target.arch)
		}
	}
	return names, constraint, nil
}
