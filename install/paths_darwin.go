package install

import (
	"os"
	"path/filepath"
)

// systemUserData is ~/Library/Jupyter.
func systemUserData() (string, error) {
	home, err := os.UserHomeDir()
	if err != nil {
		return "", err
	}
	if platformDirs() {
		return filepath.Join(home, "Library", "Application Support", "jupyter"), nil
	}
	return filepath.Join(home, "Library", "Jupyter"), nil
}

// systemData lists the data directories of the whole machine.
func systemData() []string {
	if platformDirs() {
		return []string{"/Library/Application Support/jupyter"}
	}
	return []string{"/usr/local/share/jupyter", "/usr/share/jupyter"}
}
