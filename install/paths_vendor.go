//go:build darwin || windows

package install

// platformDirs reports whether the user asked Jupyter for the directories that
// the system's vendor recommends instead of its traditional ones. On other systems the two are the same.
func platformDirs() bool { return isOn("JUPYTER_PLATFORM_DIRS", false) }
