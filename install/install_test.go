package install

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// newHome gives the test a machine of its own: no Jupyter, no Python, no
// environment. It returns the user's data directory.
func newHome(t *testing.T) string {
	t.Helper()
	home := t.TempDir()
	for _, name := range []string{"JUPYTER_DATA_DIR", "JUPYTER_PATH", "JUPYTER_PLATFORM_DIRS", "JUPYTER_PREFER_ENV_PATH",
		"JUPYTER_USE_PROGRAMDATA", "VIRTUAL_ENV", "CONDA_PREFIX", "CONDA_DEFAULT_ENV", "XDG_DATA_HOME"} {
		t.Setenv(name, "") // puts the old value back after the test
		os.Unsetenv(name)
	}
	t.Setenv("PATH", "")
	t.Setenv("HOME", home)
	t.Setenv("APPDATA", filepath.Join(home, "AppData"))
	data := filepath.Join(home, "jupyter data")
	t.Setenv("JUPYTER_DATA_DIR", data)
	return data
}

// newExecutable makes a file that can stand for a built gradbook.
func newExecutable(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "gradbook & more")
	write(t, path, "")
	return path
}

// write makes a file with its folders.
func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o777); err != nil {
		t.Fatal(err)
	}
}

func TestInstallWritesTheKernelspec(t *testing.T) {
	data, executable := newHome(t), newExecutable(t)
	dir, err := Install(Options{Executable: executable})
	if err != nil {
		t.Fatal(err)
	}
	if want := filepath.Join(data, "kernels", "gradbook"); dir != want {
		t.Errorf("installed in %s, want %s", dir, want)
	}

	// Read as Jupyter would: by name, not through our own type.
	var spec map[string]any
	raw, err := os.ReadFile(filepath.Join(dir, "kernel.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &spec); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"argv":                    []any{executable, "kernel", "{connection_file}"},
		"display_name":            "Go (Gradbook)",
		"language":                "go",
		"interrupt_mode":          "message",
		"kernel_protocol_version": "5.5",
		"metadata":                map[string]any{"debugger": false, "supported_encryption": []any{"curve"}},
	}
	if got, want := asJSON(t, spec), asJSON(t, want); got != want {
		t.Errorf("kernel.json is %s, want %s", got, want)
	}
	if !strings.Contains(string(raw), "gradbook & more") {
		t.Errorf("kernel.json is %s, want the path as people write it", raw)
	}
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestInstallWritesTheLogo(t *testing.T) {
	newHome(t)
	dir, err := Install(Options{Executable: newExecutable(t)})
	if err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || info.Size() == 0 {
			t.Errorf("%s: size %d, error %v", e.Name(), info.Size(), err)
		}
		names = append(names, e.Name())
	}
	// Nothing else: a temporary file left behind would show here.
	if got, want := strings.Join(names, " "), "kernel.json logo-32x32.png logo-64x64.png logo-svg.svg"; got != want {
		t.Errorf("the folder holds %s, want %s", got, want)
	}
}

func TestInstallInAPrefix(t *testing.T) {
	newHome(t)
	prefix := t.TempDir()
	dir, err := Install(Options{Prefix: prefix, Name: "Gradbook-2", DisplayName: "Go 2", Executable: newExecutable(t)})
	if err != nil {
		t.Fatal(err)
	}
	if want := filepath.Join(prefix, "share", "jupyter", "kernels", "gradbook-2"); dir != want {
		t.Errorf("installed in %s, want %s", dir, want)
	}
	spec, err := readSpec(filepath.Join(dir, specFile))
	if err != nil || spec.DisplayName != "Go 2" {
		t.Errorf("display name %q, error %v, want Go 2", spec.DisplayName, err)
	}
}

func TestInstallReplacesItsOwn(t *testing.T) {
	newHome(t)
	for _, executable := range []string{newExecutable(t), newExecutable(t)} {
		dir, err := Install(Options{Executable: executable})
		if err != nil {
			t.Fatal(err)
		}
		spec, err := readSpec(filepath.Join(dir, specFile))
		if err != nil || spec.Argv[0] != executable {
			t.Errorf("kernel.json starts %v, error %v, want %s", spec.Argv, err, executable)
		}
	}
}

// TestInstallLeavesOthersAlone keeps a slip of --name from costing somebody
// another kernel.
func TestInstallLeavesOthersAlone(t *testing.T) {
	data := newHome(t)
	python := `{"argv": ["python3", "-m", "ipykernel", "-f", "{connection_file}"], "display_name": "Python 3", "language": "python"}`
	path := filepath.Join(data, "kernels", "python3", "kernel.json")
	write(t, path, python)

	_, installing := Install(Options{Name: "python3", Executable: newExecutable(t)})
	_, removing := Uninstall(Options{Name: "python3"})
	for _, err := range []error{installing, removing} {
		if err == nil || !strings.Contains(err.Error(), `starts "python3" (Python 3), not Gradbook`) {
			t.Errorf("got error %v, want a refusal that names the other kernel", err)
		}
	}
	if got, err := os.ReadFile(path); err != nil || string(got) != python {
		t.Errorf("the other kernel.json is now %q, error %v", got, err)
	}
}

func TestInstallRepairsABrokenSpec(t *testing.T) {
	data := newHome(t)
	write(t, filepath.Join(data, "kernels", "gradbook", "kernel.json"), `{"argv": [`)
	if _, err := Install(Options{Executable: newExecutable(t)}); err != nil {
		t.Error(err)
	}
}

func TestInstallRefuses(t *testing.T) {
	newHome(t)
	executable := newExecutable(t)
	goRun := filepath.Join(t.TempDir(), "go-build1", "b001", "exe", "gradbook")
	for _, tt := range []struct {
		what    string
		options Options
		want    string
	}{
		{"a path as name", Options{Name: "../x", Executable: executable}, `kernel name "../x"`},
		{"dots as name", Options{Name: "..", Executable: executable}, `kernel name ".."`},
		{"two places", Options{User: true, SysPrefix: true, Executable: executable}, "exclude each other"},
		{"no such program", Options{Executable: executable + "-not"}, "executable"},
		{"a folder as program", Options{Executable: filepath.Dir(executable)}, "want a file"},
		{"no Python", Options{SysPrefix: true, Executable: executable}, "no python3 or python is on PATH"},
	} {
		if _, err := Install(tt.options); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: error %v, want one with %q", tt.what, err, tt.want)
		}
	}
	if !madeByGoRun(goRun) || madeByGoRun(executable) {
		t.Errorf("madeByGoRun(%s) = %t and madeByGoRun(%s) = %t, want true and false",
			goRun, madeByGoRun(goRun), executable, madeByGoRun(executable))
	}
}

// TestInstallUnwritable checks that a failure half-way leaves nothing that
// Jupyter would take for a kernel.
func TestInstallUnwritable(t *testing.T) {
	data := newHome(t)
	dir := filepath.Join(data, "kernels", "gradbook")
	write(t, filepath.Join(dir, "logo-64x64.png", "in the way"), "") // a folder where a file should go
	if _, err := Install(Options{Executable: newExecutable(t)}); err == nil {
		t.Error("got no error, want one about logo-64x64.png")
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".gradbook-*")); len(left) > 0 {
		t.Errorf("left %v behind", left)
	}
	if exists(filepath.Join(dir, "kernel.json")) {
		t.Error("kernel.json was written although a file before it failed")
	}
}

func TestUninstall(t *testing.T) {
	newHome(t)
	installed, err := Install(Options{Executable: newExecutable(t)})
	if err != nil {
		t.Fatal(err)
	}
	removed, err := Uninstall(Options{})
	if err != nil || removed != installed {
		t.Errorf("removed %q, error %v, want %q", removed, err, installed)
	}
	if exists(installed) {
		t.Errorf("%s is still there", installed)
	}
	if _, err := Uninstall(Options{}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the second time: error %v, want fs.ErrNotExist", err)
	}
}
