package modules

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/mod/module"
	"golang.org/x/mod/sumdb/dirhash"
	modzip "golang.org/x/mod/zip"
)

// A cache keeps what was fetched and verified, as the go command's cache does:
//
//	go.sum                              the hashes of all that is here
//	download/<module>/@v/<version>.mod  go.mod files
//	<module>@<version>/                 the files of a module
type cache struct {
	dir    string
	client *client
	sums   *sums
}

// info is what a proxy tells of a version.
type info struct{ Version string }

// stat asks which version a query means: a branch, a commit, a tag.
func (c *cache) stat(ctx context.Context, path, file string) (string, error) {
	body, err := c.client.ask(ctx, path, file)
	if err != nil {
		return "", err
	}
	var i info
	if err := json.Unmarshal(body, &i); err != nil || i.Version == "" {
		return "", fmt.Errorf("modules: %s: the proxy's answer to %s names no version", path, file)
	}
	return i.Version, module.Check(path, i.Version)
}

// goMod reads the go.mod of a module, and fetches it first if it is not there.
func (c *cache) goMod(ctx context.Context, m module.Version) ([]byte, error) {
	name, err := c.escaped(m)
	if err != nil {
		return nil, err
	}
	file := filepath.Join(c.dir, "download", filepath.FromSlash(name.Path), "@v", name.Version+".mod")
	text, err := os.ReadFile(file)
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return text, err
	}
	if text, err = c.client.ask(ctx, m.Path, "@v/"+name.Version+".mod"); err != nil {
		return nil, err
	}
	hash, err := dirhash.Hash1([]string{"go.mod"}, func(string) (io.ReadCloser, error) { return readCloser(text), nil })
	if err != nil {
		return nil, fmt.Errorf("modules: %w", err)
	}
	if err := c.sums.verify(ctx, module.Version{Path: m.Path, Version: m.Version + "/go.mod"}, hash); err != nil {
		return nil, err
	}
	return text, writeFile(file, text)
}

// folder is where the files of a module are, fetched first if they are not there.
func (c *cache) folder(ctx context.Context, m module.Version) (string, error) {
	name, err := c.escaped(m)
	if err != nil {
		return "", err
	}
	dir := filepath.Join(c.dir, filepath.FromSlash(name.Path)+"@"+name.Version)
	if _, err := os.Stat(dir); err == nil {
		return dir, nil
	}
	body, err := c.client.ask(ctx, m.Path, "@v/"+name.Version+".zip")
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return "", fmt.Errorf("modules: %w", err)
	}
	work, err := os.MkdirTemp(filepath.Dir(dir), ".get-")
	if err != nil {
		return "", fmt.Errorf("modules: %w", err)
	}
	defer os.RemoveAll(work)
	return dir, c.unpack(ctx, m, body, work, dir)
}

// unpack verifies a zip and puts its files into place, all at once.
func (c *cache) unpack(ctx context.Context, m module.Version, body []byte, work, dir string) error {
	file := filepath.Join(work, "zip")
	if err := os.WriteFile(file, body, 0o644); err != nil {
		return fmt.Errorf("modules: %w", err)
	}
	hash, err := dirhash.HashZip(file, dirhash.Hash1)
	if err != nil {
		return fmt.Errorf("modules: %s %s is no zip: %w", m.Path, m.Version, err)
	}
	if err := c.sums.verify(ctx, m, hash); err != nil {
		return err
	}
	files := filepath.Join(work, "files")
	if err := modzip.Unzip(files, m, file); err != nil {
		return fmt.Errorf("modules: %w", err)
	}
	if err := os.Rename(files, dir); err != nil && !isFolder(dir) { // another kernel may have been faster
		return fmt.Errorf("modules: %w", err)
	}
	return nil
}

// escaped is a module as names of files spell it: without capitals.
func (c *cache) escaped(m module.Version) (module.Version, error) {
	if err := module.Check(m.Path, m.Version); err != nil {
		return m, fmt.Errorf("modules: %w", err)
	}
	path, err := module.EscapePath(m.Path)
	if err != nil {
		return m, fmt.Errorf("modules: %w", err)
	}
	version, err := module.EscapeVersion(m.Version)
	if err != nil {
		return m, fmt.Errorf("modules: %w", err)
	}
	return module.Version{Path: path, Version: version}, nil
}
