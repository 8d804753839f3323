package main_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// program builds the program for a test.
func program(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "gradbook.exe")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", path, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return path
}

// calls runs the program and gives its status and what it says on both streams.
func calls(t *testing.T, program string, args ...string) (status int, said string) {
	t.Helper()
	command := exec.CommandContext(t.Context(), program, args...)
	var out bytes.Buffer
	command.Stdout, command.Stderr = &out, &out
	if err := command.Run(); err != nil && !errors.As(err, new(*exec.ExitError)) {
		t.Fatal(err)
	}
	return command.ProcessState.ExitCode(), out.String()
}

// TestMisuse: who mistypes reads what was wrong in two lines, and all there is only if
// they ask for it.
func TestMisuse(t *testing.T) {
	gradbook := program(t)
	for _, test := range []struct{ line, wrong, help string }{
		{"", `expected one of "kernel"`, "gradbook --help"},
		{"rnu", `unexpected argument rnu`, "gradbook --help"},
		{"run", `expected "<notebook>"`, "gradbook run --help"},
		{"run nowhere.ipynb", "no such file", "gradbook run --help"},
		{"run --htm a b.ipynb", `did you mean "--html"?`, "gradbook run --help"},
		{"install --prefix=", "--prefix is empty, want a folder", "gradbook install --help"},
		{"uninstall --name=", "--name is empty, want a name", "gradbook uninstall --help"},
		{"install --user --sys-prefix", "can't be used together", "gradbook install --help"},
	} {
		status, said := calls(t, gradbook, strings.Fields(test.line)...)
		if status != 2 || !strings.Contains(said, test.wrong) || !strings.HasSuffix(said, "\nsee "+test.help+"\n") || strings.Count(said, "\n") != 2 {
			t.Errorf("gradbook %s: status %d and %q, want 2 and two lines with %q and %q", test.line, status, said, test.wrong, test.help)
		}
		status, said = calls(t, gradbook, strings.Fields(test.help)[1:]...)
		if status != 0 || !strings.HasPrefix(said, "Usage: gradbook") {
			t.Errorf("%s: status %d and %.80q, want how it is used", test.help, status, said)
		}
	}
}

// TestRunRefuses plays what cannot be played, on the real kernel.
func TestRunRefuses(t *testing.T) {
	gradbook := program(t)
	dir := t.TempDir()
	for _, test := range []struct{ name, notebook, want string }{
		{"python", `{"nbformat": 4, "metadata": {"kernelspec": {"name": "python3", "language": "python"}}, "cells": [
			{"cell_type": "code", "source": "print(1)"}]}`, "is written in python, want go"},
		{"empty", "", "not a notebook: it is empty"},
		{"braces", "{}", "nbformat is missing"},
	} {
		path := filepath.Join(dir, test.name+".ipynb")
		if err := os.WriteFile(path, []byte(test.notebook), 0o666); err != nil {
			t.Fatal(err)
		}
		status, said := calls(t, gradbook, "run", path)
		if status != 1 || !strings.HasPrefix(said, "notebooks: ") || !strings.Contains(said, test.want) || strings.Count(said, "\n") != 1 {
			t.Errorf("%s: status %d and %q, want 1 and a line with %q", test.name, status, said, test.want)
		}
	}
}

// TestRunTellsLastWords: what ends the kernel itself is told once, in Go's words.
func TestRunTellsLastWords(t *testing.T) {
	path := filepath.Join(t.TempDir(), "fatal.ipynb")
	notebook := `{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"cell_type": "code", "id": "a", "metadata": {}, "outputs": [],
		"execution_count": null, "source": "m := map[int]int{}\nfor g := range 8 { go func() { for i := 0; ; i++ { m[i%100] = g } }() }\nselect {}"}]}`
	if err := os.WriteFile(path, []byte(notebook), 0o666); err != nil {
		t.Fatal(err)
	}
	status, said := calls(t, program(t), "run", path)
	if status != 1 || strings.Count(said, "fatal error: concurrent map writes\n") != 1 || strings.Contains(said, "goroutine ") {
		t.Errorf("status %d and\n%s, want 1 and the fatal error, once and without stacks", status, said)
	}
}
