package main_test

import (
	"fmt"
	"go/ast"
	"go/types"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A rule reads the files of the house and complains of those that break it.
type rule struct {
	name  string
	check func([]*source) []string
}

var rules = []rule{
	{"arrows point down", each(isGo, checkArrows)},
	{"packages have comments", checkPackageComments},
	{"exported names are documented", each(isOurGo, checkDocs)},
	{"files are short", each(isOurGo, checkFileLength)},
	{"functions are short", each(isOurGo, checkFunctionLength)},
	{"no exported generics", each(isOurGo, checkGenerics)},
	{"only main ends the program", each(isOurGo, checkExits)},
	{"nothing is left unfinished", each(isOurs, checkUnfinished)},
}

// each applies a check of one file to all that it is meant for.
func each(meant func(*source) bool, check func(*source) []string) func([]*source) []string {
	return func(files []*source) (complaints []string) {
		for _, f := range files {
			if meant(f) {
				complaints = append(complaints, check(f)...)
			}
		}
		return complaints
	}
}

func isGo(f *source) bool    { return f.tree != nil }
func isOurs(f *source) bool  { return !f.generated }
func isOurGo(f *source) bool { return isGo(f) && isOurs(f) }

// checkArrows looks at what a file that is no test imports of ours. Tests may look
// at anything; that is what they are for.
func checkArrows(f *source) (complaints []string) {
	known, ok := arrows[f.room()]
	if !ok {
		return []string{f.path + ": its package has no row in arrows, which says whom it may know"}
	}
	if f.isTest() {
		return nil
	}
	for _, spec := range f.tree.Imports {
		room, ours := strings.CutPrefix(strings.Trim(spec.Path.Value, `"`), "gradbook/")
		if ours && !slices.Contains(known, room) && !slices.Contains(doors[f.path], room) {
			complaints = append(complaints, fmt.Sprintf("%s imports %s, which %s may not know", f.line(spec), room, f.room()))
		}
	}
	return complaints
}

// checkPackageComments wants a comment on one file of each package at least.
func checkPackageComments(files []*source) (complaints []string) {
	commented := map[string]bool{}
	for _, f := range files {
		if f.tree == nil || f.isTest() {
			continue
		}
		commented[f.room()] = commented[f.room()] || f.tree.Doc != nil
	}
	for room, ok := range commented {
		if !ok {
			complaints = append(complaints, "package "+room+" has no comment")
		}
	}
	slices.Sort(complaints)
	return complaints
}

// checkDocs wants a comment on every exported function, type and method, and on
// exported constants and variables or on the group they stand in. Error and Unwrap
// mean the same on every error, so they may go without.
func checkDocs(f *source) (complaints []string) {
	if f.isTest() || f.standsIn() {
		return nil
	}
	for _, d := range f.tree.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			ofError := d.Recv != nil && (d.Name.Name == "Error" || d.Name.Name == "Unwrap")
			if d.Name.IsExported() && d.Doc == nil && !ofError && isExportedReceiver(d.Recv) {
				complaints = append(complaints, f.line(d)+": "+d.Name.Name+" has no comment")
			}
		case *ast.GenDecl:
			for _, name := range undocumented(d) {
				complaints = append(complaints, f.line(name)+": "+name.Name+" has no comment")
			}
		}
	}
	return complaints
}

// undocumented lists the exported names of a declaration that no comment explains.
func undocumented(d *ast.GenDecl) (names []*ast.Ident) {
	for _, spec := range d.Specs {
		switch s := spec.(type) {
		case *ast.TypeSpec:
			if s.Name.IsExported() && d.Doc == nil && s.Doc == nil && s.Comment == nil {
				names = append(names, s.Name)
			}
		case *ast.ValueSpec:
			for _, n := range s.Names {
				if n.IsExported() && d.Doc == nil && s.Doc == nil && s.Comment == nil {
					names = append(names, n)
				}
			}
		}
	}
	return names
}

// isExportedReceiver reports whether a method can be reached by its type's name;
// functions can.
func isExportedReceiver(fields *ast.FieldList) bool {
	if fields == nil {
		return true
	}
	exported := true
	ast.Inspect(fields.List[0].Type, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			exported = id.IsExported()
			return false
		}
		_, ok := n.(*ast.IndexExpr)
		return !ok
	})
	return exported
}

func checkFileLength(f *source) []string {
	if n := strings.Count(f.text, "\n"); n > longestFile {
		return []string{fmt.Sprintf("%s has %d lines, %d are allowed", f.path, n, longestFile)}
	}
	return nil
}

// checkFunctionLength counts the lines of functions and of function literals. What
// reads as a table is not counted: see tableLines.
func checkFunctionLength(f *source) (complaints []string) {
	if f.isTest() {
		return nil
	}
	ast.Inspect(f.tree, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.FuncDecl, *ast.FuncLit:
			first, last := f.lines(n)
			if length := last - first + 1 - len(tableLines(f, n)); length > longestFunction {
				complaints = append(complaints,
					fmt.Sprintf("%s: a function of %d lines, %d are allowed", f.line(n), length, longestFunction))
			}
		}
		return true
	})
	return complaints
}

// tableLines gives the lines of a function that are rows of tables: what stands
// inside a composite literal, and the cases of a switch none of which is longer than
// three lines.
func tableLines(f *source, function ast.Node) map[int]bool {
	rows := map[int]bool{}
	ast.Inspect(function, func(n ast.Node) bool {
		isTable := false
		switch n := n.(type) {
		case *ast.CompositeLit:
			isTable = true
		case *ast.SwitchStmt:
			isTable = hasShortCases(f, n.Body)
		case *ast.TypeSwitchStmt:
			isTable = hasShortCases(f, n.Body)
		}
		if isTable {
			first, last := f.lines(n)
			for line := first + 1; line < last; line++ {
				rows[line] = true
			}
		}
		return true
	})
	return rows
}

func hasShortCases(f *source, body *ast.BlockStmt) bool {
	return !slices.ContainsFunc(body.List, func(s ast.Stmt) bool {
		first, last := f.lines(s)
		return last-first+1 > 3
	})
}

// checkGenerics keeps what a cell calls free of type parameters: the interpreter
// cannot be given a generic function.
func checkGenerics(f *source) (complaints []string) {
	if f.isTest() || (f.room() != "graph" && f.room() != "display") {
		return nil
	}
	ast.Inspect(f.tree, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			if n.Name.IsExported() && n.Type.TypeParams != nil {
				complaints = append(complaints, f.line(n)+": "+n.Name.Name+" is generic, a cell could not call it")
			}
		case *ast.TypeSpec:
			if n.Name.IsExported() && n.TypeParams != nil {
				complaints = append(complaints, f.line(n)+": "+n.Name.Name+" is generic, a cell could not name it")
			}
		}
		return true
	})
	return complaints
}

// checkExits leaves the end of a program to its main.go, ours and the generators':
// a library that exits takes its user's variables with it.
func checkExits(f *source) (complaints []string) {
	if f.isTest() || path.Base(f.path) == "main.go" && f.tree.Name.Name == "main" {
		return nil
	}
	ast.Inspect(f.tree, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		name := types.ExprString(call.Fun)
		if name == "os.Exit" || strings.HasPrefix(name, "log.Fatal") {
			complaints = append(complaints, f.line(call)+": "+name+" belongs in main.go")
		}
		return true
	})
	return complaints
}

// The words are put together here, so that this file does not accuse itself.
var unfinished = regexp.MustCompile(`\b(` + "TO" + "DO|FIX" + "ME|XX" + `X)\b`)

// checkUnfinished finds the marks of work put off. What is not done goes into an
// issue, where somebody will find it.
func checkUnfinished(f *source) (complaints []string) {
	for i, line := range strings.Split(f.text, "\n") {
		if word := unfinished.FindString(line); word != "" {
			complaints = append(complaints, fmt.Sprintf("%s:%d: %s", f.path, i+1, word))
		}
	}
	return complaints
}

// long is a statement repeated, to make things too long.
func long(statement string, times int) string { return strings.Repeat(statement+"\n", times) }

var samples = []struct {
	rule, path, text string
	complains        bool
}{
	{"arrows point down", "graph/a.go", "package graph\nimport _ \"gradbook/display\"", true},
	{"arrows point down", "graph/a.go", "package graph\nimport _ \"gradbook/kernel/wire\"", true},
	{"arrows point down", "display/a.go", "package display\nimport _ \"gradbook/graph\"", false},
	{"arrows point down", "graph/a.go", "package graph\nimport _ \"math\"", false},
	{"arrows point down", "graph/a_test.go", "package graph\nimport _ \"gradbook/display\"", false},
	{"arrows point down", "kernel/a.go", "package kernel\nimport _ \"gradbook/kernel/interp\"", true},
	{"arrows point down", "kernel/wiring.go", "package kernel\nimport _ \"gradbook/kernel/interp\"", false},
	{"arrows point down", "kernel/cell/wiring.go", "package cell\nimport _ \"gradbook/kernel/interp\"", true},
	{"arrows point down", "util/a.go", "package util", true},

	{"packages have comments", "graph/a.go", "package graph", true},
	{"packages have comments", "graph/a.go", "// Package graph is here.\npackage graph", false},

	{"exported names are documented", "graph/a.go", "package graph\nfunc Add() {}", true},
	{"exported names are documented", "graph/a.go", "package graph\ntype Node int", true},
	{"exported names are documented", "graph/a.go", "package graph\nvar Limit = 1", true},
	{"exported names are documented", "graph/a.go", "package graph\n// N.\ntype N int\nfunc (*N) Add() {}", true},
	{"exported names are documented", "graph/a.go", "package graph\n// Limit.\nvar Limit = 1\nfunc (n) Add() {}\nfunc b() {}\nfunc (N) Error() {}", false},

	{"files are short", "graph/a.go", "package graph\n" + long("var _ = 1", 600), true},
	{"files are short", "graph/a.go", "package graph\n" + long("var _ = 1", 599), false},
	{"files are short", "graph/a.go", "// Code generated by a tool. DO NOT EDIT.\npackage graph\n" + long("", 999), false},

	{"functions are short", "graph/a.go", "package graph\nfunc f() {\n" + long("g()", 59) + "}", true},
	{"functions are short", "graph/a.go", "package graph\nfunc f() {\n" + long("g()", 58) + "}", false},
	{"functions are short", "graph/a.go", "package graph\nvar f = func() {\n" + long("g()", 59) + "}", true},
	{"functions are short", "graph/a.go", "package graph\nfunc f() []int {\nreturn []int{\n" + long("1,", 99) + "}\n}", false},
	{"functions are short", "graph/a.go", "package graph\nfunc f() {\nswitch {\n" + long("case a:\nb()\nc()", 30) + "}\n}", false},
	{"functions are short", "graph/a.go", "package graph\nfunc f() {\nswitch {\n" + long("case a:\nb()\nc()\nd()", 30) + "}\n}", true},

	{"no exported generics", "graph/a.go", "package graph\nfunc Add[T any](T) {}", true},
	{"no exported generics", "display/a.go", "package display\ntype Row[T any] []T", true},
	{"no exported generics", "graph/a.go", "package graph\nfunc add[T any](T) {}\ntype row[T any] []T", false},
	{"no exported generics", "kernel/a.go", "package kernel\nfunc Add[T any](T) {}", false},

	{"only main ends the program", "graph/a.go", "package graph\nfunc f() { os.Exit(1) }", true},
	{"only main ends the program", "graph/a.go", "package graph\nfunc f() { log.Fatalf(\"\") }", true},
	{"only main ends the program", "main.go", "package main\nfunc f() { os.Exit(1) }", false},
	{"only main ends the program", "graph/main.go", "package graph\nfunc f() { os.Exit(1) }", true},
	{"only main ends the program", "graph/a.go", "package graph\nfunc f() { log.Print() }", false},

	{"nothing is left unfinished", "README.md", "TO" + "DO: write this", true},
	{"nothing is left unfinished", "graph/a.go", "package graph // FIX" + "ME", true},
	{"nothing is left unfinished", "README.md", "Things to do with a graph", false},
}

// TestRulesCanFail shows each rule what it must complain of, and what it must let pass.
func TestRulesCanFail(t *testing.T) {
	for _, s := range samples {
		f, err := newSource(s.path, s.text)
		if err != nil {
			t.Fatalf("sample %q: %v", s.text, err)
		}
		i := slices.IndexFunc(rules, func(r rule) bool { return r.name == s.rule })
		if i < 0 {
			t.Fatalf("no rule %q", s.rule)
		}
		complaints := rules[i].check([]*source{f})
		if got := len(complaints) > 0; got != s.complains {
			t.Errorf("%s: complaints %q of %.60q, want some: %t", s.rule, complaints, s.text, s.complains)
		}
	}
}

// TestEveryRuleHasSamples wants a bad and a good one of each.
func TestEveryRuleHasSamples(t *testing.T) {
	for _, r := range rules {
		for _, complains := range []bool{true, false} {
			found := false
			for _, s := range samples {
				found = found || s.rule == r.name && s.complains == complains
			}
			if !found {
				t.Errorf("rule %q has no sample that complains: %t", r.name, complains)
			}
		}
	}
}
