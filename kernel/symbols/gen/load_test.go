package main

import (
	"go/parser"
	"slices"
	"strings"
	"testing"
)

// TestLoad follows a package with a vendored import down to one that differs by system,
// and sees each target's own.
func TestLoad(t *testing.T) {
	for _, target := range []target{{"linux", "amd64"}, {"windows", "arm64"}} {
		w, err := load(target, parser.Mode(0), "crypto/sha3", "os")
		if err != nil {
			t.Fatal(err)
		}
		if got := w.packages["os"].types.Scope().Lookup("Args"); got == nil {
			t.Errorf("%v: os has no Args", target)
		}
		if names := w.exported("crypto/sha3"); !slices.Contains(names, "New256") || slices.Contains(names, "init") {
			t.Errorf("%v: crypto/sha3 exports %q", target, names)
		}
		goos := w.packages["internal/goos"].types.Scope().Lookup("GOOS")
		if got := goos.String(); !strings.Contains(api(w, "internal/goos"), `"`+target.os+`"`) {
			t.Errorf("%v: %s", target, got)
		}
		if w.packages["os"].files != nil {
			t.Errorf("%v: syntax was kept, which only documentation needs", target)
		}
	}
}

// TestLoadFails: a package that is not there is an error that names it.
func TestLoadFails(t *testing.T) {
	w, err := load(targets[0], parser.Mode(0), "gradbook/no/such")
	if err == nil && w.packages["gradbook/no/such"] != nil {
		t.Error("a package that does not exist was loaded")
	}
}

// TestGroups: every package is in one group, and none that is left out.
func TestGroups(t *testing.T) {
	seen := map[string]string{}
	for _, g := range groups {
		paths, err := g.paths()
		if err != nil {
			t.Fatal(err)
		}
		if !slices.IsSorted(paths) || len(paths) == 0 {
			t.Errorf("%s: %q, want some, sorted", g.name, paths)
		}
		for _, path := range paths {
			if other := seen[path]; other != "" {
				t.Errorf("%s is in %s and %s", path, other, g.name)
			}
			seen[path] = g.name
		}
	}
	for path, want := range map[string]string{
		"fmt": "std", "unsafe": "std", "math/rand/v2": "std", "gonum.org/v1/plot": "gonum", "gradbook/graph": "own",
		"syscall": "", "plugin": "", "internal/abi": "", "vendor/golang.org/x/net/idna": "",
	} {
		if seen[path] != want {
			t.Errorf("%s is in %q, want %q", path, seen[path], want)
		}
	}
}
