package modules

import (
	"context"
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/module"
)

// survey looks at all packages of a module, and at what they import, so that it is
// known and fetched before a cell imports them.
func (s *Store) survey(ctx context.Context, root module.Version, query string) (*Module, error) {
	found := &Module{Path: root.Path, Version: s.selected[root.Path], Refused: map[string]string{}}
	dir, err := s.folder(ctx, root.Path)
	if err != nil {
		return nil, err
	}
	all, err := folders(dir)
	if err != nil {
		return nil, err
	}
	named, _, _ := strings.Cut(query, "@")
	for _, folder := range all {
		path := path.Join(root.Path, folder)
		err := s.look(ctx, path, nil)
		switch {
		case err == nil:
			found.Packages = append(found.Packages, path)
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case path != named && errors.Is(err, errProgram), (path != named || path == root.Path) && errors.Is(err, errNoPackage):
		default:
			found.Refused[path] = err.Error()
		}
	}
	if why, ok := found.Refused[named]; ok {
		return nil, fmt.Errorf("modules: %s %s", named, why)
	}
	if len(found.Packages) > 0 {
		return found, nil
	}
	for _, path := range all {
		path = strings.TrimSuffix(root.Path+"/"+path, "/.")
		if why, ok := found.Refused[path]; ok {
			return nil, fmt.Errorf("modules: %s %s", path, why)
		}
	}
	return nil, fmt.Errorf("modules: %s has no packages for this system", root.Path)
}

// look finds out whether a package can be interpreted, with all that it imports. The
// error is in words that follow its path.
func (s *Store) look(ctx context.Context, path string, chain []string) error {
	if known, ok := s.packs[path]; ok {
		return known.err
	}
	if slices.Contains(chain, path) {
		return errors.New("imports itself")
	}
	mod, p, err := s.read(ctx, path)
	for i := 0; err == nil && i < len(p.imports); i++ {
		imported := p.imports[i]
		if s.config.Compiled != nil && s.config.Compiled(imported) {
			continue
		}
		if e := s.look(ctx, imported, append(chain, path)); e != nil {
			err = fmt.Errorf("imports %s, which %w", imported, e)
		}
	}
	if ctx.Err() == nil {
		s.packs[path] = packed{p, mod, err}
	}
	return err
}

// read finds a package in the selected modules.
func (s *Store) read(ctx context.Context, path string) (string, *pack, error) {
	mod := s.moduleOf(path)
	if mod == "" {
		if s.config.Why != nil && !strings.Contains(path, ".") {
			return "", nil, fmt.Errorf("is not there: %s", s.config.Why(path))
		}
		return "", nil, errors.New("is in no module that is required")
	}
	dir, err := s.folder(ctx, mod)
	if err != nil {
		return "", nil, fmt.Errorf("cannot be fetched: %w", err)
	}
	p, err := readPack(filepath.Join(dir, filepath.FromSlash(strings.TrimPrefix(path, mod))))
	return mod, p, err
}

// moduleOf is the selected module that a package is in: the one with the longest path.
func (s *Store) moduleOf(path string) string {
	best := ""
	for mod := range s.selected {
		if (path == mod || strings.HasPrefix(path, mod+"/")) && len(mod) > len(best) {
			best = mod
		}
	}
	return best
}

// folder is where the files of a module are.
func (s *Store) folder(ctx context.Context, mod string) (string, error) {
	if dir, ok := s.local[mod]; ok {
		return dir, nil
	}
	return s.cache.folder(ctx, module.Version{Path: mod, Version: s.selected[mod]})
}
