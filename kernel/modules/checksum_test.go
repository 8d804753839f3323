package modules

import (
	"net/http"
	"os"
	"strings"
	"testing"

	"golang.org/x/mod/module"
)

var moduleA = module.Version{Path: "example.org/a", Version: "v1.0.0"}

const pageA = "/example.org/a/@v/v1.0.0"

// TestWrongChecksum changes a module after the database has seen it.
func TestWrongChecksum(t *testing.T) {
	for name, change := range map[string]func(w *world){
		"zip": func(w *world) {
			w.pages[pageA+".zip"] = zipped(t, moduleA, tree{"a.go": "package evil", "go.mod": "module example.org/a\n\ngo 1.22\n"})
		},
		"go.mod":        func(w *world) { w.pages[pageA+".mod"] += "require example.org/evil v1.0.0\n" },
		"not a zip":     func(w *world) { w.pages[pageA+".zip"] = "hello" },
		"database says": func(w *world) { w.hashes["example.org/a v1.0.0"] = "example.org/a v1.0.0 h1:x\n" },
	} {
		w := newWorld(t)
		w.add("example.org/a", "v1.0.0", tree{"a.go": "package a"})
		change(w)
		dir := t.TempDir()
		_, err := w.storeIn(dir).Get(t.Context(), "example.org/a@v1.0.0")
		want := map[string]string{"not a zip": "no zip", "database says": "no hash"}[name]
		if want == "" {
			want = "checksum mismatch"
		}
		checkError(t, name, err, want)
		if isFolder(dir + "/example.org/a@v1.0.0") {
			t.Errorf("%s: the files are there all the same", name)
		}
	}
}

// TestChangedSince changes a module that no database knows, after it was fetched.
func TestChangedSince(t *testing.T) {
	w := newWorld(t)
	w.add("example.org/a", "v1.0.0", tree{"a.go": "package a"})
	dir := t.TempDir()
	for i, wrong := range []string{"", "", "fetched before"} {
		if i == 2 {
			w.add("example.org/a", "v1.0.0", tree{"a.go": "package evil"})
		}
		if err := os.RemoveAll(dir + "/example.org"); err != nil {
			t.Fatal(err)
		}
		_, err := w.storeIn(dir, "GOSUMDB=off").Get(t.Context(), "example.org/a@v1.0.0")
		checkError(t, "fetch", err, wrong)
	}
}

// TestDatabase says who is asked, and what happens if it does not answer.
func TestDatabase(t *testing.T) {
	for _, test := range []struct{ variable, wrong string }{
		{"GONOSUMDB=example.com", ""},
		{"GOSUMDB=sum.nowhere", "no database with a known key"},
		{"GOSUMDB=a b c", "no database with a known key"},
	} {
		w := newWorld(t)
		w.add("example.org/a", "v1.0.0", tree{"a.go": "package a"})
		_, err := w.store(test.variable).Get(t.Context(), "example.org/a@v1.0.0")
		checkError(t, test.variable, err, test.wrong)
	}
	for _, variable := range []string{"GONOSUMDB=example.org/*", "GOPRIVATE=example.org", "GOSUMDB=off", "GONOSUMCHECK=1"} {
		w := newWorld(t)
		w.add("example.org/a", "v1.0.0", tree{"a.go": "package a"})
		clear(w.hashes)
		_, err := w.store("GONOPROXY=none", variable).Get(t.Context(), "example.org/a@v1.0.0")
		checkError(t, variable, err, "")
		for _, r := range w.requests {
			if strings.HasPrefix(r, "/sumdb/") {
				t.Errorf("%s: the database was asked: %s", variable, r)
			}
		}
	}
}

// TestUnknownToDatabase accepts nothing that the database cannot vouch for.
func TestUnknownToDatabase(t *testing.T) {
	w := newWorld(t)
	w.add("example.org/a", "v1.0.0", tree{"a.go": "package a"})
	clear(w.hashes)
	_, err := w.store().Get(t.Context(), "example.org/a@v1.0.0")
	checkError(t, "unknown", err, "cannot be verified")
	w.add("example.org/a", "v1.0.0", tree{"a.go": "package a"})
	other := newWorld(t) // signs with another key
	_, err = w.store("GOSUMDB="+other.key).Get(t.Context(), "example.org/a@v1.0.0")
	checkError(t, "another's signature", err, "cannot be verified")
}

// TestDatabaseByAddress asks the database itself if no proxy mirrors it.
func TestDatabaseByAddress(t *testing.T) {
	w, plain := newWorld(t), newWorld(t)
	w.add("example.org/a", "v1.0.0", tree{"a.go": "package a"})
	plain.pages = w.pages
	plain.Config.Handler = http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		if page, ok := plain.pages[r.URL.Path]; ok {
			_, _ = out.Write([]byte(page))
			return
		}
		http.NotFound(out, r)
	})
	_, err := w.store("GOPROXY="+plain.URL, "GOSUMDB="+w.key+" "+w.URL+"/sumdb/sum.test/").Get(t.Context(), "example.org/a@v1.0.0")
	checkError(t, "by address", err, "")
}
