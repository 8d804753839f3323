package symbols

import (
	"slices"
	"strings"

	"gradbook/kernel/symbols/table"
)

// moved tells what has taken the place of packages that old code imports.
var moved = map[string]string{
	"golang.org/x/exp/maps":         "maps",
	"golang.org/x/exp/rand":         "math/rand/v2",
	"golang.org/x/exp/slices":       "slices",
	"golang.org/x/exp/slog":         "log/slog",
	"golang.org/x/net/context":      "context",
	"github.com/gonum/floats":       "gonum.org/v1/gonum/floats",
	"github.com/gonum/matrix/mat64": "gonum.org/v1/gonum/mat",
	"github.com/gonum/plot":         "gonum.org/v1/plot",
	"github.com/gonum/stat":         "gonum.org/v1/gonum/stat",
	"github.com/pkg/errors":         "errors, whose %w keeps the cause",
}

// Why tells why a cell cannot import path and what serves instead, in a sentence that
// starts with the path. It returns "" for a package that can be imported.
func Why(path string) string {
	switch {
	case Known(path):
		return ""
	case table.LeftOut[path] != "":
		return path + " is not available in cells: " + table.LeftOut[path]
	case moved[path] != "":
		return path + " is not part of Gradbook; use " + moved[path]
	case slices.Contains(strings.Split(path, "/"), "internal"):
		return path + " is not available in cells: internal packages are for the module they are part of"
	}
	if first, _, _ := strings.Cut(path, "/"); strings.Contains(first, ".") {
		return path + " is not part of Gradbook, which has the standard library, gonum's mat, stat, " +
			"floats, optimize and plot, gradbook/graph and gradbook/display; %get " + path + " fetches other modules"
	}
	return path + " is not in the standard library" + suggest(path)
}

// suggest offers a package whose last element is that of path: "json" is meant to be
// encoding/json.
func suggest(path string) string {
	name := path[strings.LastIndex(path, "/")+1:]
	if paths := Paths(name); len(paths) > 0 {
		return "; " + strings.Join(paths, " or ") + " is"
	}
	return ""
}
