package modules

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"net/http/httptest"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/mod/module"
	"golang.org/x/mod/sumdb"
	"golang.org/x/mod/sumdb/dirhash"
	"golang.org/x/mod/sumdb/note"
	modzip "golang.org/x/mod/zip"
)

// A world is a module proxy, with a checksum database behind it.
type world struct {
	*httptest.Server
	t        *testing.T
	pages    map[string]string // path to body, of the proxy
	hashes   map[string]string // "module version" to the lines the database has
	key      string            // of the database, for GOSUMDB
	mu       sync.Mutex        // guards requests: the database is asked for several pages at once
	requests []string
	status   int // that every page of a module has instead of its own, or 0
}

// tree is a module: names of files to their texts.
type tree map[string]string

func newWorld(t *testing.T) *world {
	t.Helper()
	signer, key, err := note.GenerateKey(nil, "sum.test")
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, pages: map[string]string{}, hashes: map[string]string{}, key: key}
	database := sumdb.NewServer(sumdb.NewTestServer(signer, func(path, version string) ([]byte, error) {
		if lines, ok := w.hashes[path+" "+version]; ok {
			return []byte(lines), nil
		}
		return nil, fs.ErrNotExist
	}))
	const mirror = "/sumdb/sum.test"
	w.Server = httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		w.mu.Lock()
		w.requests = append(w.requests, r.URL.Path)
		w.mu.Unlock()
		switch page, ok := w.pages[r.URL.Path]; {
		case r.URL.Path == mirror+"/supported":
		case strings.HasPrefix(r.URL.Path, mirror):
			http.StripPrefix(mirror, database).ServeHTTP(out, r)
		case w.status != 0:
			out.WriteHeader(w.status)
		case ok:
			io.WriteString(out, page)
		default:
			http.NotFound(out, r)
		}
	}))
	t.Cleanup(w.Close)
	return w
}

// add serves a version of a module.
func (w *world) add(path, version string, files tree) {
	w.t.Helper()
	m := module.Version{Path: path, Version: version}
	escaped, err := module.EscapePath(path)
	if err != nil {
		w.t.Fatal(err)
	}
	if files["go.mod"] == "" {
		files["go.mod"] = "module " + path + "\n\ngo 1.22\n"
	}
	at := "/" + escaped + "/@v/"
	body := zipped(w.t, m, files)
	w.pages[at+"list"] += version + "\n"
	w.pages[at+version+".info"] = fmt.Sprintf(`{"Version":%q}`, version)
	w.pages[at+version+".mod"] = files["go.mod"]
	w.pages[at+version+".zip"] = body
	w.hashes[path+" "+version] = fmt.Sprintf("%s %s %s\n%s %s/go.mod %s\n", path, version, hashOf(w.t, m, files),
		path, version, hashOf(w.t, module.Version{}, tree{"go.mod": files["go.mod"]}))
}

// hashOf is the hash of a module's files, made without their zip.
func hashOf(t *testing.T, m module.Version, files tree) string {
	t.Helper()
	prefix := m.Path + "@" + m.Version + "/"
	if m.Path == "" {
		prefix = ""
	}
	var names []string
	for name := range files {
		names = append(names, prefix+name)
	}
	hash, err := dirhash.Hash1(names, func(name string) (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(files[strings.TrimPrefix(name, prefix)])), nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return hash
}

func zipped(t *testing.T, m module.Version, files tree) string {
	t.Helper()
	var list []modzip.File
	for _, name := range slices.Sorted(maps.Keys(files)) {
		list = append(list, zipFile{name, files[name]})
	}
	var body bytes.Buffer
	if err := modzip.Create(&body, m, list); err != nil {
		t.Fatal(err)
	}
	return body.String()
}

// zipFile is a file in memory that goes into a zip.
type zipFile struct{ name, text string }

func (f zipFile) Path() string                 { return f.name }
func (f zipFile) Lstat() (fs.FileInfo, error)  { return fileInfo{f}, nil }
func (f zipFile) Open() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(f.text)), nil }

type fileInfo struct{ zipFile }

func (f fileInfo) Name() string       { return path.Base(f.name) }
func (f fileInfo) Size() int64        { return int64(len(f.text)) }
func (f fileInfo) Mode() fs.FileMode  { return 0o644 }
func (f fileInfo) ModTime() time.Time { return time.Time{} }
func (f fileInfo) IsDir() bool        { return false }
func (f fileInfo) Sys() any           { return nil }

// store is a store that knows this world only. Variables are given as NAME=value.
func (w *world) store(variables ...string) *Store {
	return w.storeIn(w.t.TempDir(), variables...)
}

func (w *world) storeIn(dir string, variables ...string) *Store {
	env := map[string]string{"GOPROXY": w.URL, "GOSUMDB": w.key}
	for _, v := range variables {
		name, value, _ := strings.Cut(v, "=")
		env[name] = value
	}
	return New(Config{Dir: dir, Client: w.Client(), Getenv: func(name string) string { return env[name] },
		Compiled: func(path string) bool { return !strings.Contains(path, ".") && path != "runtime/cgo" }})
}

// TestProxies follows the list of GOPROXY through proxies that fail in every way.
func TestProxies(t *testing.T) {
	good, empty, broken := newWorld(t), newWorld(t), newWorld(t)
	broken.status = http.StatusInternalServerError
	good.add("example.org/a", "v1.0.0", tree{"a.go": "package a"})
	for _, test := range []struct{ list, wrong string }{
		{good.URL, ""},
		{good.URL + "/", ""},
		{empty.URL + "," + good.URL, ""},
		{empty.URL + "|" + good.URL, ""},
		{broken.URL + "|" + good.URL, ""},
		{broken.URL + "," + good.URL, "500"},
		{empty.URL + "," + broken.URL, "500"},
		{"direct," + good.URL, ""},
		{empty.URL + ",direct", "not exist"},
		{"direct", "needs version control"},
		{"off", "GOPROXY=off"},
		{empty.URL + ",off", "GOPROXY=off"},
		{",", "lists no proxy"},
	} {
		s := good.store("GOSUMDB=off", "GOPROXY="+test.list)
		m, err := s.Get(t.Context(), "example.org/a")
		checkError(t, test.list, err, test.wrong)
		if err == nil && m.Version != "v1.0.0" {
			t.Errorf("%s: got %v", test.list, m)
		}
	}
}

// checkError wants an error with a text, or none for "".
func checkError(t *testing.T, what string, err error, want string) {
	t.Helper()
	if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
		t.Errorf("%s: error %v, want %q", what, err, want)
	}
}

// TestPrivate keeps the names of private modules from the proxies.
func TestPrivate(t *testing.T) {
	w := newWorld(t)
	w.add("example.org/secret/a", "v1.0.0", tree{"a.go": "package a"})
	for _, v := range []string{"GOPRIVATE=example.org/secret", "GONOPROXY=*.com,example.org/*", "GOFLAGS=-v -mod=vendor", "GOPROXY=off"} {
		_, err := w.store(v).Get(t.Context(), "example.org/secret/a@v1.0.0")
		name, _, _ := strings.Cut(v, "=")
		if err == nil || !strings.Contains(err.Error(), name) && !strings.Contains(err.Error(), "GOPRIVATE") {
			t.Errorf("%s: error %v", v, err)
		}
	}
	if len(w.requests) > 0 {
		t.Errorf("the proxy was asked for %v", w.requests)
	}
	if _, err := w.store("GOPRIVATE=example.org/secret", "GONOPROXY=none", "GOFLAGS=-mod=mod").Get(t.Context(), "example.org/secret/a"); err != nil {
		t.Error(err)
	}
}

// TestProxyInFolder reads a proxy that is a folder, as GOPROXY=file:// names it.
func TestProxyInFolder(t *testing.T) {
	w := newWorld(t)
	w.add("example.org/a", "v1.0.0", tree{"a.go": "package a"})
	dir := t.TempDir()
	for name, text := range w.pages {
		write(t, dir+name, text)
	}
	s := New(Config{Dir: t.TempDir(), Getenv: func(name string) string {
		return map[string]string{"GOPROXY": "file://" + dir, "GOSUMDB": "off"}[name]
	}})
	if _, err := s.Get(t.Context(), "example.org/a"); err != nil {
		t.Error(err)
	}
	if _, err := s.Get(t.Context(), "example.org/b"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a module that is not there: %v", err)
	}
}
