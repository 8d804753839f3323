package install

import (
	"fmt"
	"os"
	"path/filepath"

	"gradbook/install/logo"
)

// A file is one file of a kernelspec, in the order in which they are written.
type file struct {
	name string
	data []byte
}

// specFiles lists the files of the kernelspec, kernel.json last.
func specFiles(s Spec) ([]file, error) {
	spec, err := s.encode()
	if err != nil {
		return nil, err
	}
	return []file{
		{"logo-svg.svg", logo.SVG},
		{"logo-32x32.png", logo.PNG32},
		{"logo-64x64.png", logo.PNG64},
		{specFile, spec},
	}, nil
}

// writeFiles puts files into dir, which it makes if need be.
func writeFiles(dir string, files []file) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	for _, f := range files {
		if err := writeAtomic(filepath.Join(dir, f.name), f.data); err != nil {
			return err
		}
	}
	return nil
}

// writeAtomic replaces path by data: a reader finds the old content or the new
// one. The mode lets other users read, since with --prefix they are the readers.
func writeAtomic(path string, data []byte) (err error) {
	t, err := os.CreateTemp(filepath.Dir(path), ".gradbook-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(t.Name())
		}
	}()
	if _, err = t.Write(data); err != nil {
		t.Close()
		return err
	}
	if err = t.Close(); err != nil {
		return err
	}
	if err = os.Chmod(t.Name(), 0o644); err != nil {
		return err
	}
	if err = os.Rename(t.Name(), path); err != nil {
		return fmt.Errorf("replace %s: %w", path, err)
	}
	return nil
}
