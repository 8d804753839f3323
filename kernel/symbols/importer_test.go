package symbols

import (
	"go/constant"
	"go/types"
	"runtime"
	"strings"
	"sync"
	"testing"
)

func TestEveryPackageImports(t *testing.T) {
	importer := NewImporter()
	for _, path := range All() {
		pkg, err := importer.Import(path)
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		if !pkg.Complete() || pkg.Path() != path || pkg.Name() != listed()[path].Name {
			t.Errorf("%s: got %v, complete: %v", path, pkg, pkg.Complete())
		}
	}
}

// TestIdentity: a type is the same whether its package was read first or only mentioned.
func TestIdentity(t *testing.T) {
	importer := NewImporter()
	get := func(path string) *types.Package {
		pkg, err := importer.Import(path)
		if err != nil {
			t.Fatal(err)
		}
		return pkg
	}
	server := get("net/http").Scope().Lookup("Request").Type().Underlying().(*types.Struct)
	url := get("net/url").Scope().Lookup("URL").Type()
	for field := range server.Fields() {
		if field.Name() == "URL" && !types.Identical(field.Type(), types.NewPointer(url)) {
			t.Errorf("Request.URL is %v, want *%v of the same importer", field.Type(), url)
		}
	}
	if again := get("net/url"); again.Scope().Lookup("URL").Type() != url {
		t.Error("a second import made another package")
	}
}

func TestImportFails(t *testing.T) {
	for path, want := range map[string]string{
		"plugin":       "symbols: plugin is not available in cells: a plugin needs cgo",
		"json":         "encoding/json",
		"internal/abi": "internal packages",
	} {
		if _, err := NewImporter().Import(path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", path, err, want)
		}
	}
}

// TestSystems reads the variants for every system, wherever the test runs.
func TestSystems(t *testing.T) {
	for _, tt := range []struct{ system, architecture, path, name, want string }{
		{"linux", "amd64", "runtime", "GOARCH", `"amd64"`},
		{"linux", "arm64", "runtime", "GOARCH", `"arm64"`},
		{"darwin", "arm64", "runtime", "GOOS", `"darwin"`},
		{"windows", "arm64", "runtime", "GOOS", `"windows"`},
		{"linux", "arm64", "os", "PathSeparator", "47"},
		{"windows", "amd64", "os", "PathSeparator", "92"},
		{"windows", "amd64", "path/filepath", "ListSeparator", "59"},
		{"darwin", "amd64", "os", "O_CREATE", "512"},
		{"linux", "amd64", "os", "O_CREATE", "64"},
	} {
		pkg, err := (&importer{imports: map[string]*types.Package{}}).read(tt.path, tt.system, tt.architecture)
		if err != nil {
			t.Fatal(err)
		}
		c := pkg.Scope().Lookup(tt.name).(*types.Const)
		if got := c.Val().ExactString(); got != tt.want {
			t.Errorf("%s.%s on %s/%s: got %s, want %s", tt.path, tt.name, tt.system, tt.architecture, got, tt.want)
		}
	}
	if data := typeData("log/syslog", "windows", "amd64"); len(data) != 0 {
		t.Errorf("log/syslog has %d bytes of types on Windows, where it does not exist", len(data))
	}
}

// TestThisSystem compares the type data with the running program.
func TestThisSystem(t *testing.T) {
	pkg, err := NewImporter().Import("runtime")
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"GOOS": runtime.GOOS, "GOARCH": runtime.GOARCH} {
		if got := constant.StringVal(pkg.Scope().Lookup(name).(*types.Const).Val()); got != want {
			t.Errorf("runtime.%s: got %s, want %s", name, got, want)
		}
	}
}

// TestConcurrentImport is for the race detector.
func TestConcurrentImport(t *testing.T) {
	importer := NewImporter()
	var all sync.WaitGroup
	for _, path := range []string{"net/http", "net/url", "io", "net/http", "text/template", "html/template", "os"} {
		all.Go(func() {
			if _, err := importer.Import(path); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}

func BenchmarkImportFmt(b *testing.B) {
	for b.Loop() {
		if _, err := NewImporter().Import("fmt"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkImportAll(b *testing.B) {
	for b.Loop() {
		importer := NewImporter()
		for _, path := range All() {
			if _, err := importer.Import(path); err != nil {
				b.Fatal(err)
			}
		}
	}
}
