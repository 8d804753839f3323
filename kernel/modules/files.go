package modules

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// writeFile puts a file into place all at once, so that nobody reads half of it.
func writeFile(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return fmt.Errorf("modules: %w", err)
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".write-")
	if err != nil {
		return fmt.Errorf("modules: %w", err)
	}
	defer os.Remove(f.Name()) // fails after the renaming, as it should
	if _, err = f.Write(data); err == nil {
		err = f.Close()
	}
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return fmt.Errorf("modules: %w", err)
	}
	return nil
}

func readCloser(data []byte) io.ReadCloser { return io.NopCloser(bytes.NewReader(data)) }

func isFolder(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}
