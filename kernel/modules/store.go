package modules

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"
)

// A Config says where a store keeps modules and whom it asks. Every field may be zero.
type Config struct {
	// Dir is the folder of the cache, by default gradbook/modules in the user's.
	Dir string

	// Getenv reads GOPROXY and its like; by default it is os.Getenv.
	Getenv func(string) string

	// Client makes the requests.
	Client *http.Client

	// Compiled reports whether a package is there without a module, like fmt.
	Compiled func(path string) bool

	// Why tells why a package that is not compiled cannot be imported.
	Why func(path string) string
}

// A Store has the modules that a notebook asked for. It is not safe for concurrent use.
type Store struct {
	config Config
	cache  *cache
	err    error // why there is no cache

	roots    []module.Version
	local    map[string]string // module to its folder, of those that are not fetched
	selected map[string]string // module to version
	used     map[string]string // module to the version whose packages were read
	packs    map[string]packed
}

// packed is a package that was looked at, or why it cannot be used.
type packed struct {
	*pack
	module string
	err    error
}

// New makes a store without modules. It does not touch the disk.
func New(c Config) *Store {
	if c.Getenv == nil {
		c.Getenv = os.Getenv
	}
	if c.Client == nil {
		c.Client = newHTTP()
	}
	s := &Store{config: c, local: map[string]string{}, selected: map[string]string{}, used: map[string]string{}, packs: map[string]packed{}}
	if c.Dir == "" {
		var user string
		if user, s.err = os.UserCacheDir(); s.err == nil {
			c.Dir = filepath.Join(user, "gradbook", "modules")
		}
	}
	client := &client{c.Client, environmentFrom(c.Getenv)}
	s.cache = &cache{c.Dir, client, &sums{dir: c.Dir, client: client}}
	return s
}

// A Module is what Get found.
type Module struct {
	Path, Version string            // the version of a folder is ""
	Packages      []string          // that can be imported, by path
	Refused       map[string]string // those that cannot, and why
}

// Get makes a module importable: "github.com/google/uuid@v1.6.0", the same without
// version for the latest, or "./folder". The path may be that of a package of the
// module. The error says what is wrong with the module if none of its packages, or
// not the one that was named, can be interpreted.
func (s *Store) Get(ctx context.Context, query string) (*Module, error) {
	if s.err != nil {
		return nil, fmt.Errorf("modules: no place for a cache: %w", s.err)
	}
	trial := s.copied()
	root, err := trial.root(ctx, query)
	if err != nil {
		return nil, err
	}
	trial.roots = append(slices.DeleteFunc(trial.roots, func(m module.Version) bool { return m.Path == root.Path }), root)
	if trial.selected, err = resolve(ctx, trial.goMod, trial.roots); err != nil {
		return nil, err
	}
	for path, version := range s.used {
		if now := trial.selected[path]; now != version {
			return nil, fmt.Errorf("modules: %s would need %s %s, but this notebook uses %s already; restart the kernel first",
				query, path, cmp.Or(now, "no longer"), version)
		}
	}
	found, err := trial.survey(ctx, root, query)
	if err != nil {
		return nil, err
	}
	for _, m := range trial.roots[:len(trial.roots)-1] { // so that their packages keep being known by name
		_, _ = trial.survey(ctx, m, m.Path) // what is no longer there matters to nobody yet
		if ctx.Err() != nil {
			return nil, fmt.Errorf("modules: %s: %w", query, context.Cause(ctx))
		}
	}
	*s = *trial
	return found, nil
}

// copied is a store to try a module in. What was looked at is looked at again, since
// versions may change.
func (s *Store) copied() *Store {
	trial := *s
	trial.roots = slices.Clone(s.roots)
	trial.local, trial.packs = map[string]string{}, map[string]packed{}
	for path, dir := range s.local {
		trial.local[path] = dir
	}
	return &trial
}

// root is the module that a query means.
func (s *Store) root(ctx context.Context, query string) (module.Version, error) {
	if query == "" || strings.ContainsAny(query, " \t") {
		return module.Version{}, fmt.Errorf("modules: %q is not a module: want path, path@version or ./folder", query)
	}
	if !strings.HasPrefix(query, ".") && !filepath.IsAbs(query) {
		m, err := s.cache.find(ctx, query)
		if err == nil {
			delete(s.local, m.Path)
		}
		return m, err
	}
	dir, err := filepath.Abs(query)
	if err != nil || !isFolder(dir) {
		return module.Version{}, fmt.Errorf("modules: %s is not a folder", query)
	}
	m := module.Version{Path: filepath.Base(dir)}
	text, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	if err == nil {
		if m.Path = modfile.ModulePath(text); m.Path == "" {
			return m, fmt.Errorf("modules: the go.mod in %s names no module", query)
		}
	}
	s.local[m.Path] = dir
	return m, nil
}

// goMod reads the go.mod of a module; a folder need not have one.
func (s *Store) goMod(ctx context.Context, m module.Version) ([]byte, error) {
	dir, ok := s.local[m.Path]
	if !ok {
		return s.cache.goMod(ctx, m)
	}
	text, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	if errors.Is(err, os.ErrNotExist) {
		return []byte("module " + modfile.AutoQuote(m.Path) + "\n\ngo 1.17\n"), nil
	}
	return text, err
}

// Files are the files of a package of the modules that were got, nil if it is in none
// of them. The error tells why a package that is there cannot be used.
func (s *Store) Files(path string) ([]File, error) {
	if s.moduleOf(path) == "" {
		return nil, nil
	}
	if err := s.look(context.Background(), path, nil); err != nil {
		return nil, fmt.Errorf("modules: %s %w", path, err)
	}
	known := s.packs[path]
	s.used[known.module] = s.selected[known.module]
	return known.read(path)
}

// Named lists the import paths of the packages with a name, of the modules that were
// asked for and not of those behind them.
func (s *Store) Named(name string) []string {
	var paths []string
	for path, p := range s.packs {
		if p.err == nil && p.name == name && slices.ContainsFunc(s.roots, func(m module.Version) bool { return m.Path == p.module }) &&
			!slices.Contains(strings.Split(path, "/"), "internal") {
			paths = append(paths, path)
		}
	}
	slices.SortFunc(paths, func(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) })
	return paths
}
