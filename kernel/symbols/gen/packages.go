package main

import (
	"os/exec"
	"slices"
	"strings"

	"gradbook/kernel/symbols/table"
)

// A group is a set of packages whose listings share a folder and an archive. Groups
// are apart because they go stale for different reasons: a new Go release, a new
// gonum, an edit of our own.
type group struct {
	name  string                   // folder below kernel/symbols, and name of the archive
	what  string                   // what its packages are, for the package comment
	paths func() ([]string, error) // import paths, sorted
}

// groups are all that cells can import.
var groups = []group{
	{"std", "the standard library", standard},
	{"gonum", "gonum that the tutorials use, and those that their signatures mention",
		func() ([]string, error) { return gonum, nil }},
	{"own", "this module that cells call", own},
}

// gonum is what the tutorials and the design promise, and what the signatures of
// these mention: mat.Dense.RawMatrix returns a blas64.General.
var gonum = []string{
	"gonum.org/v1/gonum/blas",
	"gonum.org/v1/gonum/blas/blas64",
	"gonum.org/v1/gonum/diff/fd",
	"gonum.org/v1/gonum/floats",
	"gonum.org/v1/gonum/floats/scalar",
	"gonum.org/v1/gonum/integrate",
	"gonum.org/v1/gonum/interp",
	"gonum.org/v1/gonum/mat",
	"gonum.org/v1/gonum/optimize",
	"gonum.org/v1/gonum/stat",
	"gonum.org/v1/gonum/stat/combin",
	"gonum.org/v1/gonum/stat/distmv",
	"gonum.org/v1/gonum/stat/distuv",
	"gonum.org/v1/plot",
	"gonum.org/v1/plot/font",
	"gonum.org/v1/plot/palette",
	"gonum.org/v1/plot/palette/moreland",
	"gonum.org/v1/plot/plotter",
	"gonum.org/v1/plot/plotutil",
	"gonum.org/v1/plot/text",
	"gonum.org/v1/plot/vg",
	"gonum.org/v1/plot/vg/draw",
	"gonum.org/v1/plot/vg/vgimg",
	"gonum.org/v1/plot/vg/vgsvg",
}

// ours are the packages of this module that cells call.
var ours = []string{"gradbook/display", "gradbook/display/comm", "gradbook/graph", "gradbook/graph/dataset"}

// standard asks the go command, so that a package added by the next Go release is
// listed without an edit here.
func standard() ([]string, error) {
	paths, err := list("std")
	return slices.DeleteFunc(paths, func(path string) bool {
		_, leftOut := table.LeftOut[path]
		return leftOut || private(path)
	}), err
}

// own leaves out a package that cannot be loaded, which go list marks as incomplete: an
// edit that breaks one must not stand in the way of the others.
func own() ([]string, error) {
	return list(append([]string{"-e", "-f", "{{if not .Incomplete}}{{.ImportPath}}{{end}}"}, ours...)...)
}

// list runs go list for the base target, whose set of packages is the largest.
func list(arguments ...string) ([]string, error) {
	command := exec.Command("go", append([]string{"list"}, arguments...)...)
	command.Env = targets[0].environment()
	out, err := output(command)
	paths := strings.Fields(string(out))
	slices.Sort(paths)
	return paths, err
}

// private reports whether no program outside the standard library may import path.
func private(path string) bool {
	return slices.Contains(strings.Split(path, "/"), "internal") || strings.HasPrefix(path, "vendor/")
}
