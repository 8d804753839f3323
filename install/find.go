package install

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// A Kernelspec is one that lies on Jupyter's search path and starts Gradbook.
type Kernelspec struct {
	Name string // what a notebook or "jupyter console --kernel" calls it
	Dir  string // the folder it lies in
	Spec Spec   // its kernel.json

	// Hidden means that Jupyter takes another folder of this name, which comes
	// earlier on its search path.
	Hidden bool
}

// Broken returns an error if the program that the kernelspec starts is not there
// any more, which is what a moved or deleted binary looks like.
func (k Kernelspec) Broken() error {
	if _, err := os.Stat(k.Spec.Argv[0]); err != nil {
		return fmt.Errorf("install: kernelspec %q in %s: %w", k.Name, k.Dir, err)
	}
	return nil
}

// Find lists the kernelspecs of Gradbook on Jupyter's search path, in the order
// in which Jupyter looks. None is not an error.
func Find() ([]Kernelspec, error) {
	var found []Kernelspec
	taken := map[string]bool{} // names, of whatever program
	for _, data := range searchPath() {
		specs, err := fs.Glob(os.DirFS(data), path.Join("kernels", "*", specFile))
		if err != nil {
			return nil, fmt.Errorf("install: search %s: %w", data, err)
		}
		for _, p := range specs {
			dir := filepath.Join(data, filepath.FromSlash(path.Dir(p)))
			spec, err := readSpec(filepath.Join(dir, specFile))
			if err != nil {
				continue // Jupyter skips a kernelspec that it cannot read, too
			}
			name := strings.ToLower(filepath.Base(dir)) // as Jupyter reads it
			if spec.ours() {
				found = append(found, Kernelspec{Name: name, Dir: dir, Spec: spec, Hidden: taken[name]})
			}
			taken[name] = true
		}
	}
	return found, nil
}

// readSpec reads the kernel.json at path.
func readSpec(path string) (Spec, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return Spec{}, err
	}
	return decodeSpec(data)
}
