package modules

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// versionOf is the version that the first file of a package tells in its text.
func versionOf(t *testing.T, s *Store, path string) string {
	t.Helper()
	files, err := s.Files(path)
	if err != nil || len(files) == 0 {
		t.Fatalf("files of %s: %v, %v", path, files, err)
	}
	_, version, _ := strings.Cut(string(files[0].Text), "// ")
	return version
}

func TestGet(t *testing.T) {
	w := newWorld(t)
	w.add("example.org/Greet", "v1.2.3", tree{
		"greet.go":             "package greet\nimport (\"fmt\"; \"example.org/Greet/internal/words\")\nvar _ = fmt.Sprint\nvar Hello = words.Hello",
		"greet_test.go":        "package greet\nimport \"example.org/nowhere\"",
		"greet_plan9.go":       "package greet\nimport \"example.org/nowhere\"",
		"internal/words/w.go":  "package words\nconst Hello = \"hello\"",
		"loud/loud.go":         "package shout",
		"cmd/greet/main.go":    "package main",
		"testdata/x/x.go":      "package x",
		"docs/readme.md":       "text",
		"_drafts/draft.go":     "package drafts",
		"loud/testdata/bad.go": "not Go",
	})
	s := w.store()
	m, err := s.Get(t.Context(), "example.org/Greet@v1.2.3")
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"example.org/Greet", "example.org/Greet/loud"}; !slices.Equal(m.Packages, want) || len(m.Refused) > 0 {
		t.Errorf("packages %v, refused %v, want %v and none", m.Packages, m.Refused, want)
	}
	files, err := s.Files("example.org/Greet")
	if err != nil || len(files) != 1 || files[0].Name != "example.org/Greet/greet.go" {
		t.Errorf("files %v, %v", files, err)
	}
	if got := s.Named("shout"); !slices.Equal(got, []string{"example.org/Greet/loud"}) {
		t.Errorf("packages named shout: %v", got)
	}
	if got := s.Named("words"); got != nil {
		t.Errorf("an internal package is offered: %v", got)
	}
	if files, err := s.Files("example.org/other"); files != nil || err != nil {
		t.Errorf("files of a module that nobody got: %v, %v", files, err)
	}
}

// TestCached gets a module twice: the second store asks nobody.
func TestCached(t *testing.T) {
	w := newWorld(t)
	w.add("example.org/a", "v1.0.0", tree{"a.go": "package a // v1.0.0"})
	dir := t.TempDir()
	if _, err := w.storeIn(dir).Get(t.Context(), "example.org/a@v1.0.0"); err != nil {
		t.Fatal(err)
	}
	w.requests = nil
	s := w.storeIn(dir, "GOPROXY=off", "GOFLAGS=-mod=vendor")
	if _, err := s.Get(t.Context(), "example.org/a@v1.0.0"); err != nil || len(w.requests) > 0 {
		t.Errorf("error %v, requests %v", err, w.requests)
	}
}

// TestLatest chooses among what the proxy lists, as the go command does.
func TestLatest(t *testing.T) {
	for _, test := range []struct {
		versions []string
		want     string
	}{
		{[]string{"v1.0.0", "v1.10.0", "v1.9.0"}, "v1.10.0"},
		{[]string{"v1.0.0", "v1.1.0-rc.1"}, "v1.0.0"},
		{[]string{"v1.1.0-rc.1", "v1.1.0-rc.2"}, "v1.1.0-rc.2"},
		{[]string{"v1.0.0", "v2.0.0+incompatible"}, "v1.0.0"},
	} {
		w := newWorld(t)
		for _, v := range test.versions {
			files := tree{"a.go": "package a"}
			if strings.Contains(v, "+") {
				w.pages["/example.org/a/@v/list"] += v + "\n"
				continue
			}
			w.add("example.org/a", v, files)
		}
		m, err := w.store().Get(t.Context(), "example.org/a")
		if err != nil || m.Version != test.want {
			t.Errorf("%v: %v, %v, want %s", test.versions, m, err, test.want)
		}
	}
}

// TestVersionPrefixes asks for the highest version that begins so, as the go command
// lets one.
func TestVersionPrefixes(t *testing.T) {
	w := newWorld(t)
	for _, v := range []string{"v1.2.3", "v1.2.10", "v1.10.0", "v1.10.1-rc.1", "v0.9.0"} {
		w.add("example.org/a", v, tree{"a.go": "package a"})
	}
	for prefix, want := range map[string]string{"v1": "v1.10.0", "v1.2": "v1.2.10", "v1.10": "v1.10.0", "v0": "v0.9.0"} {
		if m, err := w.store().Get(t.Context(), "example.org/a@"+prefix); err != nil || m.Version != want {
			t.Errorf("%s: %v, %v, want %s", prefix, m, err, want)
		}
	}
	_, err := w.store().Get(t.Context(), "example.org/a@v1.1")
	checkError(t, "v1.1", err, "has no version v1.1")
}

// TestQueries finds what is no version and no module by itself.
func TestQueries(t *testing.T) {
	w := newWorld(t)
	const pseudo = "v0.0.0-20200102030405-abcdefabcdef"
	w.add("example.org/a", pseudo, tree{"a.go": "package a", "sub/sub.go": "package sub"})
	w.pages["/example.org/a/@v/main.info"] = `{"Version":"` + pseudo + `"}`
	w.pages["/example.org/a/@v/odd.info"] = `{}`
	w.pages["/example.org/a/@v/list"] = ""
	w.pages["/example.org/a/@latest"] = `{"Version":"` + pseudo + `"}`
	for _, test := range []struct{ query, wrong string }{
		{"example.org/a@main", ""},
		{"example.org/a@latest", ""},
		{"example.org/a/sub", ""},
		{"example.org/a/sub@main", ""},
		{"example.org/a@odd", "names no version"},
		{"example.org/a@v1.9.9", "not exist"},
		{"example.org/b", "no module for example.org/b"},
		{"fmt", "no dot"},
		{"", "want path"},
		{"example.org/a main", "want path"},
		{"https://example.org/a", "malformed"},
		{"./nowhere", "not a folder"},
	} {
		m, err := w.store().Get(t.Context(), test.query)
		checkError(t, test.query, err, test.wrong)
		if err == nil && (m.Path != "example.org/a" || m.Version != pseudo) {
			t.Errorf("%s: %v", test.query, m)
		}
	}
}

// TestRequirements works through chains of requirements. The versions wanted follow
// from minimal version selection by hand.
func TestRequirements(t *testing.T) {
	requires := func(path, goVersion string, lines ...string) string {
		return "module " + path + "\n\ngo " + goVersion + "\n\nrequire (\n" + strings.Join(lines, "\n") + "\n)\n"
	}
	for _, test := range []struct{ name, goVersion, b string }{
		{"all requirements of an old module count", "1.16", "v1.2.0"},
		{"a module that lists all is believed", "1.17", "v1.1.0"},
	} {
		w := newWorld(t)
		w.add("example.org/a", "v1.0.0", tree{"a.go": "package a\nimport _ \"example.org/b\"\nimport _ \"example.org/c\"",
			"go.mod": requires("example.org/a", test.goVersion, "example.org/b v1.1.0", "example.org/c v1.0.0")})
		for _, v := range []string{"v1.1.0", "v1.2.0", "v1.3.0"} {
			w.add("example.org/b", v, tree{"b.go": "package b // " + v})
		}
		w.add("example.org/c", "v1.0.0", tree{"c.go": "package c // v1.0.0", "go.mod": requires("example.org/c", "1.16", "example.org/b v1.2.0")})
		s := w.store()
		if _, err := s.Get(t.Context(), "example.org/a"); err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		if got := versionOf(t, s, "example.org/b"); got != test.b {
			t.Errorf("%s: b is %s, want %s", test.name, got, test.b)
		}
		if slices.ContainsFunc(w.requests, func(r string) bool { return strings.Contains(r, "v1.3.0") }) {
			t.Errorf("%s: a version was fetched that nobody requires", test.name)
		}
	}
}

// TestGetAnother gets modules one after the other, which may raise a version only
// before a cell has read it.
func TestGetAnother(t *testing.T) {
	w := newWorld(t)
	for _, v := range []string{"v1.0.0", "v1.1.0"} {
		w.add("example.org/b", v, tree{"b.go": "package b // " + v})
	}
	w.add("example.org/a", "v1.0.0", tree{"a.go": "package a\nimport _ \"example.org/b\"",
		"go.mod": "module example.org/a\ngo 1.22\nrequire example.org/b v1.1.0\n"})
	for _, read := range []bool{false, true} {
		s := w.store()
		if _, err := s.Get(t.Context(), "example.org/b@v1.0.0"); err != nil {
			t.Fatal(err)
		}
		if read && versionOf(t, s, "example.org/b") != "v1.0.0" {
			t.Error("b is not the version that was wanted")
		}
		_, err := s.Get(t.Context(), "example.org/a")
		if !read {
			checkError(t, "b not read yet", err, "")
			if got := versionOf(t, s, "example.org/b"); got != "v1.1.0" {
				t.Errorf("b is %s", got)
			}
			continue
		}
		checkError(t, "b read", err, "uses v1.0.0 already; restart")
		if files, err := s.Files("example.org/a"); files != nil || err != nil {
			t.Errorf("a refused module is there: %v, %v", files, err)
		}
		if got := versionOf(t, s, "example.org/b"); got != "v1.0.0" {
			t.Errorf("after a refusal b is %s", got)
		}
	}
}

// TestNamedAfterAnother knows the packages of the first module by name when others came
// after it.
func TestNamedAfterAnother(t *testing.T) {
	w := newWorld(t)
	dir := t.TempDir()
	write(t, dir+"/c/c.go", "package see")
	t.Chdir(dir)
	w.add("example.org/a", "v1.0.0", tree{"a.go": "package a", "sub/sub.go": "package sub"})
	w.add("example.org/b", "v1.0.0", tree{"b.go": "package b"})
	s := w.store()
	for _, query := range []string{"./c", "example.org/a", "example.org/b"} {
		if _, err := s.Get(t.Context(), query); err != nil {
			t.Fatal(err)
		}
	}
	for name, path := range map[string]string{"see": "c", "a": "example.org/a", "sub": "example.org/a/sub", "b": "example.org/b"} {
		if got := s.Named(name); !slices.Equal(got, []string{path}) {
			t.Errorf("packages named %s: %v, want %s", name, got, path)
		}
	}
}

// TestFolder takes modules from folders, with and without a go.mod.
func TestFolder(t *testing.T) {
	w := newWorld(t)
	w.add("example.org/b", "v1.0.0", tree{"b.go": "package b // v1.0.0"})
	dir := t.TempDir()
	write(t, dir+"/mine/go.mod", "module example.org/mine\ngo 1.22\nrequire example.org/b v1.0.0\n")
	write(t, dir+"/mine/mine.go", "package mine // here\nimport _ \"example.org/b\"")
	write(t, dir+"/plain/plain.go", "package plain // plain")
	t.Chdir(dir)
	s := w.store()
	for query, path := range map[string]string{"./mine": "example.org/mine", dir + "/plain": "plain"} {
		if m, err := s.Get(t.Context(), query); err != nil || m.Path != path || m.Version != "" {
			t.Errorf("%s: %v, %v", query, m, err)
		}
	}
	if got := versionOf(t, s, "example.org/b"); got != "v1.0.0" {
		t.Errorf("b is %s", got)
	}
	if got := versionOf(t, s, "plain"); got != "plain" {
		t.Errorf("plain is %q", got)
	}
}

func TestGetMissing(t *testing.T) {
	w := newWorld(t)
	w.add("example.org/a", "v1.0.0", tree{"a.go": "package a\nimport _ \"example.org/gone\"",
		"go.mod": "module example.org/a\ngo 1.22\nrequire example.org/gone v1.0.0\n"})
	s := w.store()
	if _, err := s.Get(t.Context(), "example.org/none"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a module that is nowhere: %v", err)
	}
	_, err := s.Get(t.Context(), "example.org/a")
	checkError(t, "a requirement that is nowhere", err, "example.org/gone")
}

func TestGetCancelled(t *testing.T) {
	w := newWorld(t)
	w.add("example.org/a", "v1.0.0", tree{"a.go": "package a"})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := w.store().Get(ctx, "example.org/a"); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}
