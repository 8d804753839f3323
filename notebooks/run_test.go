package notebooks

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gradbook/kernel/client"
	"gradbook/kernel/wire"
)

// newFile writes a notebook of code cells to a folder of the test.
func newFile(t *testing.T, codes ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "n.ipynb")
	if err := newNotebook(codes...).WriteFile(path); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestPlayWritesBoth(t *testing.T) {
	path := newFile(t, hello)
	out, page := path+".out", path+".html"
	n, err := ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var progress bytes.Buffer
	o := Options{Notebook: path, Out: out, HTML: page, Progress: &progress}
	if err := o.play(t.Context(), n, new(script)); err != nil {
		t.Fatal(err)
	}
	written, err := ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	if got := written.Cells[0].Outputs; len(got) != 1 || got[0].Text != "hello\n" {
		t.Errorf("the notebook holds %s, want the text", dump(got))
	}
	html, err := os.ReadFile(page)
	if err != nil || !strings.Contains(string(html), "<pre>hello\n</pre>") {
		t.Errorf("error %v, page\n%s\nwant it to show the text", err, html)
	}
	if !strings.HasPrefix(progress.String(), "cell  1 of 1  stream: ") || !strings.HasSuffix(progress.String(), " s\n") {
		t.Errorf("progress is %q, want a line with a time", &progress)
	}
}

// TestPlayWritesAFailure: what failed is best looked at in its place.
func TestPlayWritesAFailure(t *testing.T) {
	path := newFile(t, boom)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, out := range []string{path, path + ".out"} {
		n, err := ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var progress bytes.Buffer
		var failed *CellError
		if err := (Options{Notebook: path, Out: out, Progress: &progress}).play(t.Context(), n, new(script)); !errors.As(err, &failed) {
			t.Fatalf("got error %v, want a *CellError", err)
		}
		if want := "\ncell 2, line 1\nshapes differ\n"; !strings.Contains(progress.String(), want) {
			t.Errorf("progress is %q, want the traceback without colours", &progress)
		}
	}
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the notebook was replaced by one that failed (error %v)", err)
	}
	if written, err := ReadFile(path + ".out"); err != nil || len(written.Cells[0].Outputs) != 1 {
		t.Errorf("error %v, want a notebook with the error in it", err)
	}
}

// TestRunSaysWhyThereIsNoKernel starts programs that are no kernel.
func TestRunSaysWhyThereIsNoKernel(t *testing.T) {
	path := newFile(t, hello)
	if err := Run(t.Context(), Options{Notebook: path, Kernel: []string{filepath.Join(t.TempDir(), "nothing")}}); err == nil {
		t.Error("a kernel that is not there: no error")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	err = Run(t.Context(), Options{Notebook: path, Kernel: []string{self, "-test.run=NoSuchTest"}})
	if !errors.Is(err, client.ErrDied) {
		t.Errorf("a program that ends at once: error %v, want client.ErrDied", err)
	}
	if err := Run(t.Context(), Options{Notebook: path + ".not"}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a notebook that is not there: error %v, want os.ErrNotExist", err)
	}
}

// TestRunChecksTargetsFirst: a kernel that would leave a file behind is never started.
func TestRunChecksTargetsFirst(t *testing.T) {
	path := newFile(t, hello)
	dir := filepath.Dir(path)
	for _, tt := range []struct{ out, html, want string }{
		{filepath.Join(dir, "none", "o.ipynb"), "", "cannot write " + filepath.Join(dir, "none", "o.ipynb") + ": there is no folder " + filepath.Join(dir, "none")},
		{"", filepath.Join(dir, "none", "o.html"), "o.html: there is no folder"},
		{filepath.Join(path, "o.ipynb"), "", "o.ipynb: not a directory"},
		{"", dir, "it is a folder, want a file"},
		{"", path, "the page would overwrite the notebook"},
		{filepath.Join(dir, "o"), dir + "/./o", "both be written"},
	} {
		err := Run(t.Context(), Options{Notebook: path, Out: tt.out, HTML: tt.html, Kernel: []string{filepath.Join(dir, "no kernel")}})
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("-o %q --html %q: error %v, want one with %q", tt.out, tt.html, err, tt.want)
		}
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("the folder holds %v, error %v, want only the notebook", entries, err)
	}
}

func TestRunRefusesOtherKernels(t *testing.T) {
	info := &wire.KernelInfoReply{Implementation: "gradbook", LanguageInfo: wire.LanguageInfo{Name: "go"}}
	for metadata, want := range map[string]string{
		`{"kernelspec": {"name": "python3", "language": "python"}}`:            "is written in python, want go",
		`{"language_info": {"name": "R"}, "kernelspec": {"name": "gradbook"}}`: "is written in R, want go",
		`{"kernelspec": {"name": "python3", "display_name": "Python 3"}}`:      `for the kernel "python3"`,
		`{"kernelspec": {"name": "gophernotes", "language": "go"}}`:            "",
		`{"kernelspec": {"name": "gradbook"}}`:                                 "",
		`{"language_info": {"name": "Go"}}`:                                    "",
		`{}`:                                                                   "",
	} {
		n, err := Read([]byte(`{"nbformat": 4, "cells": [], "metadata": ` + metadata + `}`))
		if err != nil {
			t.Fatal(err)
		}
		err = n.checkLanguage(info)
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", metadata, err, want)
		}
	}
}

// TestRunSaysThatThereIsNothing of a notebook without code.
func TestRunSaysThatThereIsNothing(t *testing.T) {
	var progress bytes.Buffer
	o := Options{Notebook: "n.ipynb", Progress: &progress}
	if err := o.play(t.Context(), newNotebook(" "), new(script)); err != nil || progress.String() != "n.ipynb has no cells to run\n" {
		t.Errorf("error %v, progress %q", err, &progress)
	}
}

func TestRunHeedsItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	n := newNotebook(hello)
	err := Play(ctx, n, waiting{}, Playing{})
	if !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "cell 1 of 1") {
		t.Errorf("got error %v, want context.Canceled of cell 1", err)
	}
}

// waiting is a kernel whose cells never end.
type waiting struct{}

func (waiting) Execute(ctx context.Context, _ wire.ExecuteRequest, _ func(*wire.Message)) (*wire.ExecuteReply, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

func TestSetLanguage(t *testing.T) {
	n := new(Notebook)
	if err := n.setLanguage(wire.LanguageInfo{Name: "go", Version: "1.26"}); err != nil {
		t.Fatal(err)
	}
	if n.Language() != "go" || !strings.Contains(string(n.Bytes()), `"version": "1.26"`) {
		t.Errorf("the notebook is %s, want the language in it", n.Bytes())
	}
}

func TestFirstLine(t *testing.T) {
	for _, tt := range []struct {
		code  string
		width int
		want  string
	}{
		{"\n// why\n\tx := 1\ny", 50, "x := 1"},
		{"a\tb", 50, "a b"},
		{"αβγδεζηθ", 5, "αβγδ…"},
		{"// only", 50, ""},
	} {
		if got := firstLine(tt.code, tt.width); got != tt.want {
			t.Errorf("firstLine(%q, %d) = %q, want %q", tt.code, tt.width, got, tt.want)
		}
	}
}
