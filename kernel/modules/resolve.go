package modules

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"
	"golang.org/x/mod/semver"
)

// find is the module and version that a query such as "golang.org/x/sync/errgroup@v0.7.0"
// means: the longest beginning of the path that is a module. Without version it is the
// latest.
func (c *cache) find(ctx context.Context, query string) (module.Version, error) {
	name, version, _ := strings.Cut(query, "@")
	if err := module.CheckImportPath(name); err != nil {
		return module.Version{}, fmt.Errorf("modules: %w", err)
	}
	if first, _, _ := strings.Cut(name, "/"); !strings.Contains(first, ".") {
		return module.Version{}, fmt.Errorf("modules: %s is not the path of a module: the first element has no dot", name)
	}
	var first error
	for at := name; at != "." && strings.Contains(at, "."); at = path.Dir(at) {
		if module.CheckPath(at) != nil {
			continue
		}
		m, err := c.version(ctx, at, version)
		if err == nil {
			return m, nil
		}
		if ctx.Err() != nil || c.client.env.private(at) { // what is behind a private path is nobody's business
			return m, err
		}
		if first == nil || errors.Is(first, fs.ErrNotExist) && !errors.Is(err, fs.ErrNotExist) {
			first = err
		}
	}
	return module.Version{}, fmt.Errorf("modules: no module for %s: %w", query, first)
}

// version finds the version that a query means.
func (c *cache) version(ctx context.Context, path, query string) (module.Version, error) {
	m := module.Version{Path: path, Version: query}
	var err error
	switch {
	case query == "" || query == "latest":
		m.Version, err = c.latest(ctx, path)
	case semver.IsValid(query) && strings.Count(query, ".") < 2:
		m.Version, err = c.highest(ctx, path, query)
	case module.CanonicalVersion(query) == query:
		_, err = c.goMod(ctx, m)
	default:
		if escaped, e := module.EscapeVersion(query); e == nil {
			m.Version, err = c.stat(ctx, path, "@v/"+escaped+".info")
		} else {
			err = fmt.Errorf("modules: %w", e)
		}
	}
	return m, err
}

// latest is the highest version that there is, or else what the proxy takes for the
// latest commit.
func (c *cache) latest(ctx context.Context, path string) (string, error) {
	version, err := c.highest(ctx, path, "")
	if version == "" && err == nil {
		return c.stat(ctx, path, "@latest")
	}
	return version, err
}

// highest is the highest release, or else the highest version before a release, that
// begins as wanted does: v1, v1.2. If none does it is an error, unless any would do.
func (c *cache) highest(ctx context.Context, path, wanted string) (string, error) {
	list, err := c.client.ask(ctx, path, "@v/list")
	if err != nil {
		return "", err
	}
	best := ""
	for _, v := range strings.Fields(string(list)) {
		if semver.IsValid(v) && !module.IsPseudoVersion(v) && (wanted == "" || strings.HasPrefix(v, wanted+".")) &&
			(best == "" || rank(v, best) > 0) {
			best = v
		}
	}
	if best == "" && wanted != "" {
		return "", fmt.Errorf("modules: %s has no version %s: %w", path, wanted, fs.ErrNotExist)
	}
	return best, nil
}

// rank compares versions: releases are the higher, and a version of a time when
// there were no modules, which has +incompatible, is lower than any other.
func rank(a, b string) int {
	class := func(v string) int {
		switch {
		case semver.Build(v) != "":
			return 0
		case semver.Prerelease(v) != "":
			return 1
		}
		return 2
	}
	return cmp.Or(cmp.Compare(class(a), class(b)), semver.Compare(a, b))
}

// goMods reads the go.mod of a module, wherever it is from.
type goMods func(ctx context.Context, m module.Version) ([]byte, error)

// resolve selects a version of each module that the roots need: the highest that any
// module which counts requires.
func resolve(ctx context.Context, read goMods, roots []module.Version) (map[string]string, error) {
	r := &resolution{read: read, selected: map[string]string{}, visited: map[module.Version]bool{}}
	for _, m := range roots {
		if err := r.visit(ctx, m, true); err != nil {
			return nil, err
		}
	}
	return r.selected, nil
}

// A resolution is a walk through what modules require.
type resolution struct {
	read     goMods
	selected map[string]string
	visited  map[module.Version]bool // whose requirements were followed
}

// visit notes a version, and follows its requirements if they count.
func (r *resolution) visit(ctx context.Context, m module.Version, follow bool) error {
	if now, ok := r.selected[m.Path]; !ok || semver.Compare(m.Version, now) > 0 {
		r.selected[m.Path] = m.Version
	}
	if !follow || r.visited[m] {
		return nil
	}
	r.visited[m] = true
	text, err := r.read(ctx, m)
	if err != nil {
		return err
	}
	file, err := modfile.ParseLax(m.Path+"@"+m.Version+"/go.mod", text, nil)
	if err != nil {
		return fmt.Errorf("modules: %w", err)
	}
	for _, required := range file.Require {
		if err := r.visit(ctx, required.Mod, !listsAll(file)); err != nil {
			return err
		}
	}
	return nil
}

// listsAll reports whether a go.mod requires all modules that its packages need, and
// not only those they import.
func listsAll(file *modfile.File) bool {
	return file.Go != nil && semver.Compare("v"+file.Go.Version, "v1.17") >= 0
}
