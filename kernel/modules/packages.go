package modules

import (
	"errors"
	"fmt"
	"go/build"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A File is one Go file of a package, chosen for this system.
type File struct {
	Name string // the import path and its own name: github.com/google/uuid/hash.go
	Text []byte
}

// A pack is what is known of the package in a folder.
type pack struct {
	name    string // as its package clause says
	imports []string
	files   []string // full names
}

// The errors of folders that nobody expects to import.
var (
	errNoPackage = errors.New("has no Go files for this system")
	errProgram   = errors.New("is a program, not a package to import")
)

// tags ask modules for their pure Go, if they can do with it.
var tags = []string{"purego", "noasm", "safe"}

// readPack chooses the files of a package. The error tells why an interpreter cannot
// have it, in words that follow the path: "is partly written in assembly".
func readPack(dir string) (*pack, error) {
	context := build.Default
	context.CgoEnabled, context.BuildTags, context.UseAllFiles = false, tags, false
	found, err := context.ImportDir(dir, 0)
	var none *build.NoGoError
	if err != nil && !errors.As(err, &none) {
		return nil, fmt.Errorf("cannot be read: %w", err)
	}
	if needsC(context, dir, found.GoFiles) {
		return nil, errors.New("needs cgo, and with it a C compiler")
	}
	switch {
	case none != nil:
		return nil, errNoPackage
	case len(found.SFiles) > 0:
		return nil, fmt.Errorf("is partly written in assembly (%s), which cannot be interpreted", strings.Join(found.SFiles, ", "))
	case slices.Contains(found.Imports, "unsafe"):
		return nil, errors.New("uses package unsafe, which an interpreter's values cannot follow")
	case len(found.EmbedPatterns) > 0:
		return nil, errors.New("embeds files, which needs the compiler")
	case found.Name == "main":
		return nil, errProgram
	}
	p := &pack{name: found.Name, imports: found.Imports}
	for _, name := range found.GoFiles {
		p.files = append(p.files, filepath.Join(dir, name))
	}
	return p, nil
}

// needsC reports whether a package has files with C in them, and no others for those
// who go without.
func needsC(context build.Context, dir string, without []string) bool {
	context.CgoEnabled = true
	found, err := context.ImportDir(dir, 0)
	if err != nil || len(found.CgoFiles) == 0 {
		return false
	}
	return !slices.ContainsFunc(without, func(name string) bool { return !slices.Contains(found.GoFiles, name) })
}

// read is the text of the files of a package.
func (p *pack) read(path string) ([]File, error) {
	var files []File
	for _, name := range p.files {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("modules: %w", err)
		}
		files = append(files, File{path + "/" + filepath.Base(name), text})
	}
	return files, nil
}

// folders lists the folders below root that may be packages of its module, as paths
// from there: not those of other modules, of tests, and of what only the module's own
// packages can import.
func folders(root string) ([]string, error) {
	var all []string
	err := filepath.WalkDir(root, func(name string, entry os.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		base := entry.Name()
		if name != root {
			if _, err := os.Stat(filepath.Join(name, "go.mod")); err == nil || strings.HasPrefix(base, ".") ||
				strings.HasPrefix(base, "_") || base == "testdata" || base == "vendor" || base == "internal" {
				return filepath.SkipDir
			}
		}
		relative, err := filepath.Rel(root, name)
		all = append(all, filepath.ToSlash(relative))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("modules: %w", err)
	}
	return all, nil
}
