package install

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// prefixData is the data directory of an installation prefix such as a virtual
// environment, the same on every system.
func prefixData(prefix string) string { return filepath.Join(prefix, "share", "jupyter") }

// UserData is Jupyter's data directory of this user: JUPYTER_DATA_DIR if it is set,
// or else the system's place.
func UserData() (string, error) {
	if dir := os.Getenv("JUPYTER_DATA_DIR"); dir != "" {
		return filepath.Abs(dir)
	}
	dir, err := systemUserData()
	if err != nil {
		return "", fmt.Errorf("install: the user's Jupyter folder: %w (JUPYTER_DATA_DIR can name it)", err)
	}
	return dir, nil
}

// searchPath lists the data directories in which Jupyter looks for kernels,
// first match first. An environment that cannot be found is left out: without
// Python there is none, and the rest still counts.
func searchPath() []string {
	var dirs []string
	for _, dir := range filepath.SplitList(os.Getenv("JUPYTER_PATH")) {
		if dir != "" {
			dirs = append(dirs, dir)
		}
	}
	var user, env []string
	if dir, err := UserData(); err == nil {
		user = []string{dir}
	}
	prefix, err := sysPrefix()
	if err == nil {
		env = []string{prefixData(prefix)}
	}
	if preferEnv(prefix) {
		user, env = env, user
	}
	dirs = append(append(append(dirs, user...), env...), systemData()...)
	return unique(dirs)
}

// preferEnv reports whether the kernels of the environment at prefix hide the
// user's, as those of a virtual or conda environment do (not of conda's base, in
// which users rarely mean to be), unless JUPYTER_PREFER_ENV_PATH says otherwise.
func preferEnv(prefix string) bool {
	virtual := prefix != "" && exists(filepath.Join(prefix, "pyvenv.cfg"))
	conda := os.Getenv("CONDA_PREFIX") != "" && os.Getenv("CONDA_DEFAULT_ENV") != "base"
	return isOn("JUPYTER_PREFER_ENV_PATH", virtual || conda)
}

// isOn reads a switch from the environment as jupyter_core's envset does: a few
// words mean no, and anything else that is set, even to nothing, means yes.
func isOn(name string, unset bool) bool {
	v, set := os.LookupEnv(name)
	if !set {
		return unset
	}
	return !slices.Contains([]string{"no", "n", "false", "off", "0", "0.0"}, strings.ToLower(v))
}

// unique drops repeated directories, so that no kernelspec is listed twice.
func unique(dirs []string) []string {
	seen := map[string]bool{}
	kept := dirs[:0]
	for _, dir := range dirs {
		if dir = filepath.Clean(dir); !seen[dir] {
			seen[dir] = true
			kept = append(kept, dir)
		}
	}
	return kept
}
