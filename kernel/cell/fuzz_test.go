package cell

import (
	"encoding/json"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"gradbook/kernel/symbols"
)

// between stands between the cells of one seed.
const between = "\f"

// notebooks are all cells that the kernel's tests play, those of one case joined.
func notebooks(t testing.TB) []string {
	t.Helper()
	var all []string
	for _, name := range []string{"cells.json", "cells_more.json"} {
		var cases []struct{ Cells []string }
		data, err := os.ReadFile(filepath.Join("..", "testdata", name))
		if err == nil {
			err = json.Unmarshal(data, &cases)
		}
		if err != nil || len(cases) < 50 {
			t.Fatalf("%s: %v, and %d cases", name, err, len(cases))
		}
		for _, c := range cases {
			all = append(all, strings.Join(c.Cells, between))
		}
	}
	for _, tt := range lowerTests {
		all = append(all, strings.Join(tt.cells, between))
	}
	for _, tt := range errorTests {
		all = append(all, strings.Join(tt.cells, between))
	}
	return all
}

// writers returns a function that makes sessions as the kernel makes them. What is
// costly, and the same for all, is made once.
func writers() func() *Session {
	config := Config{
		Importer: symbols.NewImporter(), Paths: symbols.Paths, Doc: symbols.Doc, Packages: symbols.All(), Symbols: symbols.Exports(),
		Preload: []string{"gradbook/graph", "gradbook/display"},
		Value:   func(name string) string { return "<" + name + ">" },
	}
	return func() *Session { return New(config) }
}

// FuzzCompile: of whatever notebook, each cell is refused with errors that are the
// cell's own, or becomes Go.
func FuzzCompile(f *testing.F) {
	for _, notebook := range notebooks(f) {
		f.Add(notebook)
	}
	f.Add("package main\nfunc main() { for { select {} } }")
	f.Add("goto x\nx:\ntype T[P any] struct{ f func(P) T[P] }")
	session := writers()
	f.Fuzz(func(t *testing.T, notebook string) {
		s := session()
		for i, code := range strings.Split(notebook, between) {
			p, err := s.Compile(i+1, code)
			if err != nil {
				if _, ok := err.(Errors); !ok || strings.Contains(err.Error(), bug) {
					t.Errorf("%q: error %v of type %T", code, err, err)
				}
				continue
			}
			for _, source := range []string{p.Imports, p.Types, p.Source} {
				if _, err := parser.ParseFile(token.NewFileSet(), "", source, 0); source != "" && err != nil {
					t.Errorf("%q becomes\n%s\n%v", code, source, err)
				}
			}
			p.AcceptImports()
			p.Accept()
		}
	})
}

// FuzzLanguage: whatever stands in a cell, and wherever the cursor is, nothing panics and
// the positions are in the code.
func FuzzLanguage(f *testing.F) {
	for _, tt := range completeTests {
		f.Add(strings.Replace(tt.code, "|", "", 1), strings.Index(tt.code, "|"))
	}
	for _, tt := range isCompleteTests {
		f.Add(tt.code, len(tt.code))
	}
	for i, notebook := range notebooks(f) {
		code := strings.ReplaceAll(notebook, between, "\n")
		f.Add(code, i*7%len(code))
	}
	s := newWriter(f, earlier...)
	f.Fuzz(func(t *testing.T, code string, pos int) {
		c := s.Complete(code, pos)
		if n := utf8.RuneCountInString(code); 0 <= pos && pos <= n && (c.Start < 0 || c.Start > c.End || c.End > n) {
			t.Errorf("%q at %d: replace %d to %d", code, pos, c.Start, c.End)
		}
		for _, m := range c.Matches {
			if strings.Contains(m.Text+m.Signature, mark) {
				t.Errorf("%q at %d: a name of our own shows: %v", code, pos, m)
			}
		}
		s.Inspect(code, pos, 1)
		IsComplete(code)
	})
}
