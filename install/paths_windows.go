package install

import (
	"errors"
	"os"
	"path/filepath"
)

// systemUserData is %APPDATA%\jupyter.
func systemUserData() (string, error) {
	if local := os.Getenv("LOCALAPPDATA"); platformDirs() && local != "" {
		return filepath.Join(local, "jupyter"), nil
	}
	if roaming := os.Getenv("APPDATA"); roaming != "" {
		return filepath.Join(roaming, "jupyter"), nil
	}
	return "", errors.New("APPDATA is not set")
}

// systemData lists the data directories of the whole machine: none, unless the
// administrator vouches for %PROGRAMDATA%, in which anybody may write.
func systemData() []string {
	data := os.Getenv("PROGRAMDATA")
	if data == "" || !isOn("JUPYTER_USE_PROGRAMDATA", false) {
		return nil
	}
	return []string{filepath.Join(data, "jupyter")}
}
