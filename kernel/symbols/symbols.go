package symbols

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"sync"

	yaegi "github.com/traefik/yaegi/stdlib/unsafe"

	"gradbook/kernel/symbols/gonum"
	"gradbook/kernel/symbols/own"
	"gradbook/kernel/symbols/std"
	"gradbook/kernel/symbols/table"
)

// listed are all packages with a listing, by import path.
var listed = sync.OnceValue(func() map[string]*table.Package {
	byPath := map[string]*table.Package{"unsafe": {Path: "unsafe", Name: "unsafe"}}
	for _, p := range slices.Concat(std.Packages, gonum.Packages, own.Packages) {
		byPath[p.Path] = p
	}
	return byPath
})

// Exports returns the symbols of every package in the form of yaegi's interp.Exports:
// keyed by import path, a slash and the package's name ("math/rand/v2/rand"), then by
// name. The maps are made anew in each call, in about a millisecond, and are the
// caller's own.
//
// Two functions differ from the standard library's, because they would take the
// notebook with them: os.Exit panics, and os.FindProcess does not find this process.
func Exports() map[string]map[string]reflect.Value {
	exports := map[string]map[string]reflect.Value{}
	maps.Copy(exports, yaegi.Symbols)
	for path, p := range listed() {
		if len(p.Symbols) > 0 {
			exports[path+"/"+p.Name] = p.Values()
		}
	}
	exports["os/os"]["Exit"] = reflect.ValueOf(exit)
	exports["os/os"]["FindProcess"] = reflect.ValueOf(findProcess)
	exports["."] = map[string]reflect.Value{"MapTypes": reflect.ValueOf(std.MapTypes())}
	return exports
}

// exit ends the cell that calls os.Exit instead of the kernel.
func exit(code int) { panic(fmt.Sprintf("os.Exit(%d)", code)) }

// findProcess is os.FindProcess without the kernel itself, which a cell could only want
// to find in order to end it.
func findProcess(pid int) (*os.Process, error) {
	if pid == os.Getpid() {
		return nil, fmt.Errorf("os: process %d is the kernel of this notebook; use the Interrupt and Restart buttons", pid)
	}
	return os.FindProcess(pid)
}

// Known reports whether a cell can import path.
func Known(path string) bool { return listed()[path] != nil }

// All returns the import paths of all packages that a cell can import, sorted.
func All() []string { return slices.Sorted(maps.Keys(listed())) }

// preferred says which package is meant by a name that several have. Names that are
// not here, and paths that are not named here, go by [order].
var preferred = map[string][]string{
	"color":    {"image/color"},
	"draw":     {"image/draw"},
	"font":     {"gonum.org/v1/plot/font"},
	"graph":    {"gradbook/graph"},
	"pprof":    {"runtime/pprof"},
	"rand":     {"math/rand/v2", "math/rand", "crypto/rand"},
	"scanner":  {"text/scanner"},
	"template": {"text/template"},
}

// byName are the import paths of each package name, best first.
var byName = sync.OnceValue(func() map[string][]string {
	names := map[string][]string{}
	for path, p := range listed() {
		names[p.Name] = append(names[p.Name], path)
	}
	for name, paths := range names {
		slices.SortFunc(paths, func(a, b string) int { return order(preferred[name], a, b) })
	}
	return names
})

// order puts preferred paths first, then ours and the standard library before gonum,
// then the shorter: "text/template" before "text/template/parse".
func order(preferred []string, a, b string) int {
	rank := func(path string) int {
		if i := slices.Index(preferred, path); i >= 0 {
			return i
		}
		if first, _, _ := strings.Cut(path, "/"); strings.Contains(first, ".") {
			return len(preferred) + 1
		}
		return len(preferred)
	}
	return cmp.Or(cmp.Compare(rank(a), rank(b)),
		cmp.Compare(strings.Count(a, "/"), strings.Count(b, "/")), cmp.Compare(a, b))
}

// Paths returns the import paths of the packages with this name, best first: for
// "rand" math/rand/v2, math/rand and crypto/rand. It returns nil for a name that no
// package has.
func Paths(name string) []string { return slices.Clone(byName()[name]) }
