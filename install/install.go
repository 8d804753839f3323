package install

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// Options say which kernelspec is meant. The zero value means the one called
// "gradbook" among the user's own. At most one of User, Prefix and SysPrefix
// may be set.
type Options struct {
	// Name is the kernel's name in notebooks and on command lines, which Jupyter
	// compares in lower case; empty means "gradbook". It may hold ASCII letters,
	// digits, and "-", "." and "_".
	Name string

	// DisplayName is what the launcher shows; empty means "Go (Gradbook)".
	DisplayName string

	User      bool   // the data directory of this user, as when nothing is set
	Prefix    string // PREFIX/share/jupyter, for packagers and other environments
	SysPrefix bool   // share/jupyter of the active virtual environment, or of the Python on PATH

	// Executable is the program that Jupyter is to start; empty means the one
	// that is running now. It is written as an absolute path, since Jupyter
	// starts kernels from any folder.
	Executable string
}

// defaultName and defaultDisplayName are what an empty field of Options means.
const (
	defaultName        = "gradbook"
	defaultDisplayName = "Go (Gradbook)"
)

// namePattern is the one in jupyter_client's kernelspec.py; a folder with
// another name is ignored by Jupyter with a warning.
var namePattern = regexp.MustCompile(`^[A-Za-z0-9._-]+$`)

// withDefaults is the one place where a zero acquires its meaning.
func (o Options) withDefaults() (Options, error) {
	if o.Name == "" {
		o.Name = defaultName
	}
	if !namePattern.MatchString(o.Name) || strings.Trim(o.Name, ".") == "" {
		return o, fmt.Errorf("install: kernel name %q: want ASCII letters, digits, '-', '.' or '_'", o.Name)
	}
	o.Name = strings.ToLower(o.Name) // Jupyter looks a name up in lower case
	if o.DisplayName == "" {
		o.DisplayName = defaultDisplayName
	}
	return o, nil
}

// dir is the folder of the kernelspec that o means.
func (o Options) dir() (string, error) {
	data, err := o.dataDir()
	if err != nil {
		return "", err
	}
	return kernelDir(data, o.Name), nil
}

// dataDir is the Jupyter data directory that o means.
func (o Options) dataDir() (string, error) {
	chosen := 0
	for _, set := range []bool{o.User, o.Prefix != "", o.SysPrefix} {
		if set {
			chosen++
		}
	}
	switch {
	case chosen > 1:
		return "", errors.New("install: user, prefix and sys-prefix exclude each other: want one of them")
	case o.Prefix != "":
		prefix, err := filepath.Abs(o.Prefix)
		if err != nil {
			return "", fmt.Errorf("install: prefix %q: %w", o.Prefix, err)
		}
		return prefixData(prefix), nil
	case o.SysPrefix:
		prefix, err := sysPrefix()
		if err != nil {
			return "", err
		}
		return prefixData(prefix), nil
	}
	return UserData()
}

// Install writes the kernelspec, over an older one of Gradbook if there is one,
// and returns its folder.
func Install(o Options) (dir string, err error) {
	o, err = o.withDefaults()
	if err != nil {
		return "", err
	}
	executable, err := o.executable()
	if err != nil {
		return "", err
	}
	if dir, err = o.dir(); err != nil {
		return "", err
	}
	if err := refuseOthers(dir); err != nil {
		return "", err
	}
	files, err := specFiles(newSpec(executable, o.DisplayName))
	if err != nil {
		return "", fmt.Errorf("install: %w", err)
	}
	if err := writeFiles(dir, files); err != nil {
		return "", fmt.Errorf("install: %w", err)
	}
	return dir, nil
}

// Uninstall removes the kernelspec that o means and returns the folder it was
// in. It is an error, with fs.ErrNotExist inside, if there is none, and an
// error if it starts another program than Gradbook.
func Uninstall(o Options) (dir string, err error) {
	o, err = o.withDefaults()
	if err != nil {
		return "", err
	}
	if dir, err = o.dir(); err != nil {
		return "", err
	}
	if _, err := os.Stat(filepath.Join(dir, specFile)); err != nil {
		return "", fmt.Errorf("install: no kernelspec %q to remove: %w", o.Name, err)
	}
	if err := refuseOthers(dir); err != nil {
		return "", err
	}
	// kernel.json goes first, for the reason that it comes last: without it the
	// folder is no kernelspec, so an interrupted removal leaves nothing half alive.
	if err := os.Remove(filepath.Join(dir, specFile)); err != nil {
		return "", fmt.Errorf("install: %w", err)
	}
	if err := os.RemoveAll(dir); err != nil {
		return "", fmt.Errorf("install: %w", err)
	}
	return dir, nil
}

// refuseOthers returns an error if dir holds a kernelspec of another program.
// One that cannot be read is nobody's, and may be replaced.
func refuseOthers(dir string) error {
	data, err := os.ReadFile(filepath.Join(dir, specFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("install: %w", err)
	}
	spec, err := decodeSpec(data)
	if err == nil && !spec.ours() {
		return fmt.Errorf("install: %s starts %q (%s), not Gradbook: choose another name, or remove it yourself",
			dir, spec.Argv[0], spec.DisplayName)
	}
	return nil
}

// executable is the absolute path that goes into kernel.json.
func (o Options) executable() (string, error) {
	path := o.Executable
	if path == "" {
		var err error
		if path, err = os.Executable(); err != nil {
			return "", fmt.Errorf("install: which program is running: %w", err)
		}
		if madeByGoRun(path) {
			return "", fmt.Errorf("install: %s is removed when this command ends: build Gradbook first, then run the built file", path)
		}
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return "", fmt.Errorf("install: executable %q: %w", o.Executable, err)
	}
	info, err := os.Stat(path)
	if err != nil {
		return "", fmt.Errorf("install: executable: %w", err)
	}
	if !info.Mode().IsRegular() {
		return "", fmt.Errorf("install: executable %s is a %s, want a file", path, info.Mode().Type())
	}
	return path, nil
}

// madeByGoRun reports whether path lies in the temporary folder in which
// "go run" builds: a kernelspec that names it would work until the command ends.
func madeByGoRun(path string) bool {
	for dir := filepath.Dir(path); dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if strings.HasPrefix(filepath.Base(dir), "go-build") {
			return true
		}
	}
	return false
}
