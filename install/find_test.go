package install

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// newPython makes the files of a Python by which its prefix is known.
func newPython(t *testing.T, prefix string) (executable string) {
	t.Helper()
	write(t, filepath.Join(prefix, "lib", "python3.14", "os.py"), "")
	executable = filepath.Join(prefix, "bin", "python3")
	if runtime.GOOS == "windows" {
		executable += ".exe"
	}
	write(t, executable, "")
	return executable
}

func TestFind(t *testing.T) {
	newHome(t)
	venv := t.TempDir()
	write(t, filepath.Join(venv, "pyvenv.cfg"), "")
	t.Setenv("VIRTUAL_ENV", venv)
	executable := newExecutable(t)
	var want []string
	// Inside a virtual environment its kernels hide the user's.
	for _, o := range []Options{{SysPrefix: true}, {User: true}, {User: true, Name: "another"}} {
		o.Executable = executable
		dir, err := Install(o)
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, dir)
	}
	want[1], want[2] = want[2], want[1] // names are in order within a folder

	found, err := Find()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, k := range found {
		got = append(got, k.Dir)
		if hidden := k.Dir == want[2]; k.Hidden != hidden {
			t.Errorf("%s: Hidden is %t, want %t", k.Dir, k.Hidden, hidden)
		}
		if err := k.Broken(); err != nil {
			t.Error(err)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
}

func TestFindSkipsOthersAndRuins(t *testing.T) {
	data := newHome(t)
	write(t, filepath.Join(data, "kernels", "python3", "kernel.json"), `{"argv": ["python3"], "language": "python"}`)
	write(t, filepath.Join(data, "kernels", "other-go", "kernel.json"), `{"argv": ["gonb", "--kernel", "{connection_file}"], "language": "go"}`)
	write(t, filepath.Join(data, "kernels", "ruin", "kernel.json"), `{`)
	write(t, filepath.Join(data, "kernels", "empty", "kernel.json"), `{}`)
	found, err := Find()
	if err != nil || len(ours(found, data)) != 0 {
		t.Errorf("found %v, error %v, want none", found, err)
	}
}

// ours keeps what lies below dir: the machine that runs the test may have a
// Gradbook of its own in a system folder.
func ours(found []Kernelspec, dir string) []Kernelspec {
	return slices.DeleteFunc(found, func(k Kernelspec) bool { return !strings.HasPrefix(k.Dir, dir) })
}

func TestBroken(t *testing.T) {
	newHome(t)
	executable := newExecutable(t)
	if _, err := Install(Options{Executable: executable}); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(executable); err != nil {
		t.Fatal(err)
	}
	found, err := Find()
	if err != nil || len(found) == 0 {
		t.Fatalf("found %v, error %v, want the kernelspec of a program that is gone", found, err)
	}
	if err := found[0].Broken(); err == nil || !strings.Contains(err.Error(), executable) {
		t.Errorf("Broken() = %v, want an error that names %s", err, executable)
	}
}

func TestSearchPath(t *testing.T) {
	data := newHome(t)
	venv, extra := t.TempDir(), t.TempDir()
	t.Setenv("JUPYTER_PATH", extra+string(os.PathListSeparator)+extra)
	t.Setenv("VIRTUAL_ENV", venv)
	env := filepath.Join(venv, "share", "jupyter")
	for _, tt := range []struct {
		prefer string // JUPYTER_PREFER_ENV_PATH
		want   []string
	}{
		{"0", []string{extra, data, env}},
		{"1", []string{extra, env, data}},
	} {
		t.Setenv("JUPYTER_PREFER_ENV_PATH", tt.prefer)
		got := searchPath()
		if len(got) < 3 || !slices.Equal(got[:3], tt.want) {
			t.Errorf("with JUPYTER_PREFER_ENV_PATH=%s: %q, want it to begin with %q", tt.prefer, got, tt.want)
		}
	}
}

func TestSysPrefixOfAnEnvironment(t *testing.T) {
	newHome(t)
	for _, name := range []string{"CONDA_PREFIX", "VIRTUAL_ENV"} { // the later one wins over the earlier
		dir := t.TempDir()
		t.Setenv(name, dir)
		if got, err := sysPrefix(); err != nil || got != dir {
			t.Errorf("with %s: prefix %q, error %v, want %q", name, got, err, dir)
		}
	}
}

func TestSysPrefixOfPythonOnPath(t *testing.T) {
	newHome(t)
	prefix, err := filepath.EvalSymlinks(t.TempDir()) // a prefix is a real path; macOS links its temporary folder
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", filepath.Dir(newPython(t, prefix)))
	if got, err := sysPrefix(); err != nil || got != prefix {
		t.Errorf("prefix %q, error %v, want %q", got, err, prefix)
	}
}

// TestPrefixOfVenv follows PEP 405: pyvenv.cfg marks the environment although
// its python is a link to one elsewhere.
func TestPrefixOfVenv(t *testing.T) {
	base, venv := t.TempDir(), t.TempDir()
	python := newPython(t, base)
	write(t, filepath.Join(venv, "pyvenv.cfg"), "home = "+base)
	link := filepath.Join(venv, "bin", "python3")
	if err := os.Mkdir(filepath.Dir(link), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(python, link); err != nil {
		t.Skip("this system makes no symbolic links here:", err)
	}
	if got, ok := prefixOf(link); !ok || got != venv {
		t.Errorf("prefix %q, %t, want %q", got, ok, venv)
	}
}

func TestPrefixOfUnknown(t *testing.T) {
	path := newExecutable(t)
	if got, ok := prefixOf(path); ok {
		t.Errorf("prefix of a stray file is %q, want none", got)
	}
}

func TestPreferEnv(t *testing.T) {
	newHome(t)
	plain, venv := t.TempDir(), t.TempDir()
	write(t, filepath.Join(venv, "pyvenv.cfg"), "")
	for prefix, want := range map[string]bool{"": false, plain: false, venv: true} {
		if got := preferEnv(prefix); got != want {
			t.Errorf("of the prefix %q: %t, want %t", prefix, got, want)
		}
	}
	t.Setenv("CONDA_PREFIX", plain)
	for name, want := range map[string]bool{"base": false, "study": true} {
		t.Setenv("CONDA_DEFAULT_ENV", name)
		if got := preferEnv(plain); got != want {
			t.Errorf("in conda's %s: %t, want %t", name, got, want)
		}
	}
	t.Setenv("JUPYTER_PREFER_ENV_PATH", "0")
	if preferEnv(venv) {
		t.Error("against the user's wish: true, want false")
	}
}

// TestIsOn follows envset of jupyter_core: set to nothing is on.
func TestIsOn(t *testing.T) {
	for v, want := range map[string]bool{"": true, "0": false, "No": false, "FALSE": false, "off": false, "1": true, "yes": true} {
		t.Setenv("GRADBOOK_TEST_SWITCH", v)
		if got := isOn("GRADBOOK_TEST_SWITCH", !want); got != want {
			t.Errorf("isOn of %q = %t, want %t", v, got, want)
		}
	}
	for _, unset := range []bool{true, false} {
		if got := isOn("GRADBOOK_TEST_NEVER_SET", unset); got != unset {
			t.Errorf("isOn of an unset switch = %t, want %t", got, unset)
		}
	}
}
