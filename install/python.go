package install

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// errNoPython is what --sys-prefix meets on a machine without Python.
var errNoPython = errors.New("install: sys-prefix: no virtual environment is active and no python3 or python is on PATH: want one of them, or a prefix")

// sysPrefix is what sys.prefix is in the Python that Jupyter would run under:
// the active virtual or conda environment, or else the Python on PATH.
//
// It is read off the files, as Python itself does at its start. Only a Python
// that hides behind a script, as with version managers, is asked.
func sysPrefix() (string, error) {
	for _, name := range []string{"VIRTUAL_ENV", "CONDA_PREFIX"} {
		if prefix := os.Getenv(name); prefix != "" {
			return filepath.Abs(prefix)
		}
	}
	for _, name := range []string{"python3", "python"} {
		path, err := exec.LookPath(name)
		if err != nil {
			continue
		}
		if prefix, ok := prefixOf(path); ok {
			return prefix, nil
		}
		if prefix, ok := askPython(path); ok {
			return prefix, nil
		}
	}
	return "", errNoPython
}

// prefixOf finds sys.prefix of a Python executable: the environment whose
// pyvenv.cfg lies beside or above the path as it was called (PEP 405), or else
// the folder above the real executable that holds the standard library.
func prefixOf(executable string) (string, bool) {
	path, err := filepath.Abs(executable)
	if err != nil {
		return "", false
	}
	for _, dir := range []string{filepath.Dir(path), filepath.Dir(filepath.Dir(path))} {
		if exists(filepath.Join(dir, "pyvenv.cfg")) {
			return dir, true
		}
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	for _, dir := range []string{filepath.Dir(path), filepath.Dir(filepath.Dir(path))} {
		if hasLibrary(dir) {
			return dir, true
		}
	}
	return "", false
}

// hasLibrary reports whether Python's standard library lies below prefix; os.py
// is the landmark that Python itself looks for. Linux and macOS have it in
// lib/python3.X or lib64, Windows in Lib.
func hasLibrary(prefix string) bool {
	if exists(filepath.Join(prefix, "Lib", "os.py")) {
		return true
	}
	found, _ := fs.Glob(os.DirFS(prefix), "lib*/python3*/os.py") // the pattern is valid
	return len(found) > 0
}

// askPython runs executable for its sys.prefix. It comes last, because it costs
// tens of milliseconds and needs a Python that works.
func askPython(executable string) (string, bool) {
	out, err := exec.Command(executable, "-c", "import sys; print(sys.prefix)").Output()
	prefix := strings.TrimSpace(string(bytes.ToValidUTF8(out, nil)))
	return prefix, err == nil && filepath.IsAbs(prefix)
}

// exists reports whether something lies at path.
func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
