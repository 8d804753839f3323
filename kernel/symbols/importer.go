package symbols

import (
	"bytes"
	"fmt"
	"go/token"
	"go/types"
	"runtime"
	"sync"

	"golang.org/x/tools/go/gcexportdata"
)

// NewImporter returns an importer for go/types that reads the type data in the binary,
// each package when it is first imported. It may be used from several goroutines. Types
// are identical only if they come from one importer, so a session keeps one.
func NewImporter() types.Importer {
	return &importer{imports: map[string]*types.Package{}}
}

// An importer holds the packages read so far. Some are incomplete: the data of net/http
// describes those types of net/url that it mentions, and reading net/url fills in the
// rest.
type importer struct {
	mu      sync.Mutex // guards imports, and the scopes of incomplete packages
	imports map[string]*types.Package
}

// Import returns a package's types, or an error that tells why there are none.
func (i *importer) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	if pkg := i.imports[path]; pkg != nil && pkg.Complete() {
		return pkg, nil
	}
	return i.read(path, runtime.GOOS, runtime.GOARCH)
}

// read adds a package, as some system has it, to the imports.
func (i *importer) read(path, system, architecture string) (*types.Package, error) {
	data := typeData(path, system, architecture)
	if len(data) == 0 {
		return nil, fmt.Errorf("symbols: %s", Why(path))
	}
	return gcexportdata.Read(bytes.NewReader(data), token.NewFileSet(), i.imports, path)
}

// typeData returns the data of a package as a system has it. Only packages that differ
// from system to system have more than the plain entry; one that the system does not
// have at all has an empty one.
func typeData(path, system, architecture string) []byte {
	for _, suffix := range []string{"@" + system + "_" + architecture, "@" + system, ""} {
		if data, ok := entry("types/" + path + suffix); ok {
			return data
		}
	}
	return nil
}
