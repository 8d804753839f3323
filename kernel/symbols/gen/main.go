// Gen writes what package symbols embeds: for every package that a cell may import, a
// listing of its symbols for the interpreter, its types for the checker, and its
// documentation for the reader.
//
//	go run ./kernel/symbols/gen              all groups, under a minute
//	go run ./kernel/symbols/gen own          after an edit of graph or display
//	go run ./kernel/symbols/gen -check       write nothing, name what is stale
//
// Run from the root of the module, it writes
//
//	kernel/symbols/GROUP/*.go       one listing a package
//	kernel/symbols/data/GROUP.zip   types/PATH, docs/PATH
//
// and removes listings of packages that are gone. A test runs it with -check, so that
// a stale file does not go unnoticed.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

func main() {
	check := flag.Bool("check", false, "write nothing; fail if a file is stale")
	flag.Parse()
	if err := run("kernel/symbols", *check, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run generates the named groups, or all, and saves them in root or compares them with
// what is there.
func run(root string, check bool, names []string) error {
	selected := slices.DeleteFunc(slices.Clone(groups), func(g group) bool {
		return len(names) > 0 && !slices.Contains(names, g.name)
	})
	products, err := generate(selected)
	if err != nil {
		return err
	}
	for _, p := range products {
		if check {
			err = p.compare(root)
		} else {
			err = p.save(root)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// save replaces a group's files below root.
func (p *product) save(root string) error {
	archive, err := pack(p.entries)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(root, "data"), 0o777); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(root, "data", p.group+".zip"), archive, 0o666); err != nil {
		return err
	}
	folder := filepath.Join(root, p.group)
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return err
	}
	for name, text := range p.files {
		if err := os.WriteFile(filepath.Join(folder, name), text, 0o666); err != nil {
			return err
		}
	}
	return p.sweep(folder)
}

// sweep removes generated files that this run did not write. Files written by hand
// stand beside them and are known by their first line.
func (p *product) sweep(folder string) error {
	old, err := generated(folder)
	if err != nil {
		return err
	}
	for name := range old {
		if _, kept := p.files[name]; kept {
			continue
		}
		if err := os.Remove(filepath.Join(folder, name)); err != nil {
			return err
		}
	}
	return nil
}

// generated reads the generated files of a folder.
func generated(folder string) (map[string][]byte, error) {
	paths, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		if strings.HasPrefix(string(text), header) {
			files[filepath.Base(path)] = text
		}
	}
	return files, nil
}
