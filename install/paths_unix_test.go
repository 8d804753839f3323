//go:build unix && !darwin

package install

import (
	"os"
	"path/filepath"
	"testing"
)

func TestUserData(t *testing.T) {
	newHome(t)
	home := os.Getenv("HOME")
	for _, tt := range []struct{ jupyter, xdg, want string }{
		{"", "", filepath.Join(home, ".local", "share", "jupyter")},
		{"", "/xdg", "/xdg/jupyter"},
		{"/data", "/xdg", "/data"},
	} {
		t.Setenv("JUPYTER_DATA_DIR", tt.jupyter)
		t.Setenv("XDG_DATA_HOME", tt.xdg)
		if got, err := UserData(); err != nil || got != tt.want {
			t.Errorf("with %q and %q: %q, error %v, want %q", tt.jupyter, tt.xdg, got, err, tt.want)
		}
	}
}

// TestSysPrefixAsksAScript covers version managers, whose python3 is a script
// that stands in a folder with no Python around it.
func TestSysPrefixAsksAScript(t *testing.T) {
	newHome(t)
	shims := t.TempDir()
	write(t, filepath.Join(shims, "python3"), "#!/bin/sh\necho /opt/python-of-the-day\n")
	t.Setenv("PATH", shims)
	if got, err := sysPrefix(); err != nil || got != "/opt/python-of-the-day" {
		t.Errorf("prefix %q, error %v, want /opt/python-of-the-day", got, err)
	}
}
