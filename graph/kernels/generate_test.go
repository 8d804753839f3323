package kernels

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestGenerated runs the generator as `go generate` would, into another folder, and
// compares: the assembly is what the generator writes. It may fetch the generator's modules.
func TestGenerated(t *testing.T) {
	source, err := os.ReadFile("choose_amd64.go")
	if err != nil {
		t.Fatal(err)
	}
	commands := 0
	for line := range strings.Lines(string(source)) {
		command, ok := strings.CutPrefix(line, "//go:generate go ")
		if !ok {
			continue
		}
		commands++
		dir := t.TempDir()
		arguments := strings.Fields(command)
		var files []string
		for i, a := range arguments {
			if name, ok := strings.CutPrefix(a, "../"); ok {
				files = append(files, name)
				arguments[i] = filepath.Join(dir, name)
			}
		}
		generate := exec.Command("go", arguments...)
		generate.Env = append(os.Environ(), "GOOS=", "GOARCH=") // it runs here, for whatever the tests were compiled
		if out, err := generate.CombinedOutput(); err != nil {
			t.Fatalf("go %s: %v\n%s", strings.Join(arguments, " "), err, out)
		}
		for _, name := range files {
			if got, want := body(t, filepath.Join(dir, name)), body(t, name); !bytes.Equal(got, want) {
				t.Errorf("%s is not what the generator writes: run `go generate ./graph/kernels`", name)
			}
		}
	}
	if commands == 0 {
		t.Error("no commands for go generate")
	}
}

// body is a file without its first line, which tells by what command it was made. A
// checkout may end its lines in another way.
func body(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := bytes.Cut(text, []byte("\n"))
	return bytes.ReplaceAll(rest, []byte("\r\n"), []byte("\n"))
}
