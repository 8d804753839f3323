//go:build unix && !darwin

package install

import (
	"os"
	"path/filepath"
)

// systemUserData is $XDG_DATA_HOME/jupyter, which is ~/.local/share/jupyter
// unless the user has moved it.
func systemUserData() (string, error) {
	if data := os.Getenv("XDG_DATA_HOME"); data != "" {
		return filepath.Join(data, "jupyter"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(home, ".local", "share", "jupyter"), nil
}

// systemData lists the data directories of the whole machine.
func systemData() []string {
	return []string{"/usr/local/share/jupyter", "/usr/share/jupyter"}
}
