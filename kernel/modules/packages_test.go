package modules

import (
	"runtime"
	"strings"
	"testing"
)

// TestRefused refuses what cannot be interpreted, and tells why.
func TestRefused(t *testing.T) {
	elsewhere := "arm64"
	if runtime.GOARCH == elsewhere {
		elsewhere = "amd64"
	}
	for name, test := range map[string]struct {
		files tree
		wrong string // "" if the package is fine
	}{
		"assembly":                {tree{"a.go": "package a\nfunc f()", "a.s": "TEXT"}, "assembly (a.s)"},
		"assembly elsewhere":      {tree{"a.go": "package a", "a_" + elsewhere + ".s": "TEXT"}, ""},
		"assembly can be avoided": {tree{"a.go": "package a", "a.s": "//go:build !purego\n\nTEXT"}, ""},
		"cgo":                     {tree{"a.go": "package a\nimport \"C\""}, "needs cgo"},
		"cgo in part":             {tree{"a.go": "package a", "c.go": "package a\nimport \"C\""}, "needs cgo"},
		"cgo can be avoided":      {tree{"a.go": "package a", "c.go": "package a\nimport \"C\"", "n.go": "//go:build !cgo\n\npackage a"}, ""},
		"unsafe":                  {tree{"a.go": "package a\nimport \"unsafe\"\nvar _ unsafe.Pointer"}, "uses package unsafe"},
		"unsafe in a test":        {tree{"a.go": "package a", "a_test.go": "package a\nimport \"unsafe\""}, ""},
		"embed":                   {tree{"a.go": "package a\nimport _ \"embed\"\n//go:embed t.txt\nvar T string", "t.txt": "t"}, "embeds files"},
		"behind":                  {tree{"a.go": "package a\nimport _ \"example.org/a/b\"", "b/b.go": "package b", "b/b.s": "TEXT"}, "imports example.org/a/b, which is partly written in assembly"},
		"program":                 {tree{"a.go": "package main"}, "is a program"},
		"nothing":                 {tree{"a.txt": "text"}, "has no packages"},
		"other systems only":      {tree{"a.go": "//go:build plan9 && js\n\npackage a"}, "no packages for this system"},
		"circle":                  {tree{"a.go": "package a\nimport _ \"example.org/a/b\"", "b/b.go": "package b\nimport _ \"example.org/a\""}, "imports itself"},
		"syntax":                  {tree{"a.go": "package\n"}, "cannot be read"},
		"no module":               {tree{"a.go": "package a\nimport _ \"example.org/b\""}, "in no module that is required"},
		"runtime":                 {tree{"a.go": "package a\nimport _ \"runtime/cgo\""}, "imports runtime/cgo"},
	} {
		t.Run(strings.ReplaceAll(name, " ", "_"), func(t *testing.T) {
			w := newWorld(t)
			w.add("example.org/a", "v1.0.0", test.files)
			_, err := w.store().Get(t.Context(), "example.org/a")
			checkError(t, name, err, test.wrong)
		})
	}
}

// TestRefusedInPart keeps the good packages of a module with bad ones.
func TestRefusedInPart(t *testing.T) {
	w := newWorld(t)
	w.add("example.org/a", "v1.0.0", tree{"good/good.go": "package good", "fast/fast.go": "package fast", "fast/fast.s": "TEXT"})
	s := w.store()
	m, err := s.Get(t.Context(), "example.org/a")
	if err != nil {
		t.Fatal(err)
	}
	if len(m.Packages) != 1 || m.Packages[0] != "example.org/a/good" || !strings.Contains(m.Refused["example.org/a/fast"], "assembly") {
		t.Errorf("packages %v, refused %v", m.Packages, m.Refused)
	}
	if _, err := s.Files("example.org/a/good"); err != nil {
		t.Error(err)
	}
	_, err = s.Files("example.org/a/fast")
	checkError(t, "the bad one", err, "modules: example.org/a/fast is partly written in assembly")
	_, err = w.store().Get(t.Context(), "example.org/a/fast")
	checkError(t, "the bad one by name", err, "assembly")
}
