package modules

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"golang.org/x/mod/sumdb"
)

// databaseOps is what the client of the checksum database needs of its surroundings.
type databaseOps struct {
	key, name, url, dir string
	client              *client

	mu         sync.Mutex // guards config files and misbehaves
	misbehaves string     // how the database contradicts itself
	once       sync.Once
	mirror     string // where a proxy serves the database, or ""
}

// ReadRemote reads a page of the database, from a proxy that mirrors it if there is
// one: the page is signed, so that it does not matter who passes it on.
func (o *databaseOps) ReadRemote(path string) ([]byte, error) {
	ctx := context.Background() // the interface has none; pages are small
	o.once.Do(func() { o.mirror = o.findMirror(ctx) })
	if o.mirror != "" {
		return o.client.get(ctx, o.mirror+path)
	}
	return o.client.get(ctx, o.url+path)
}

func (o *databaseOps) findMirror(ctx context.Context) string {
	for _, p := range o.client.env.proxies {
		if p.url == "direct" || p.url == "off" {
			return ""
		}
		mirror := p.url + "/sumdb/" + o.name
		if _, err := o.client.get(ctx, mirror+"/supported"); err == nil {
			return mirror
		}
	}
	return ""
}

// ReadConfig reads the key, or the newest tree that was seen.
func (o *databaseOps) ReadConfig(file string) ([]byte, error) {
	if file == "key" {
		return []byte(o.key), nil
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.config(file)
}

func (o *databaseOps) config(file string) ([]byte, error) {
	data, err := os.ReadFile(filepath.Join(o.dir, filepath.FromSlash(file)))
	if errors.Is(err, fs.ErrNotExist) {
		return []byte{}, nil
	}
	return data, err
}

// WriteConfig replaces what ReadConfig has read, if it is still there.
func (o *databaseOps) WriteConfig(file string, old, new []byte) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	now, err := o.config(file)
	if err != nil {
		return err
	}
	if !bytes.Equal(now, old) {
		return sumdb.ErrWriteConflict
	}
	return writeFile(filepath.Join(o.dir, filepath.FromSlash(file)), new)
}

// ReadCache reads a page that was read before.
func (o *databaseOps) ReadCache(file string) ([]byte, error) {
	return os.ReadFile(filepath.Join(o.dir, "cache", filepath.FromSlash(file)))
}

// WriteCache keeps a page. If it cannot be kept it is read again.
func (o *databaseOps) WriteCache(file string, data []byte) {
	_ = writeFile(filepath.Join(o.dir, "cache", filepath.FromSlash(file)), data)
}

// Log has nobody to tell: what matters comes back as an error.
func (o *databaseOps) Log(string) {}

// SecurityError is told of a database that contradicts itself; the lookup fails then
// with sumdb.ErrSecurity, which does not say how.
func (o *databaseOps) SecurityError(message string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.misbehaves = strings.TrimSpace(message)
}

// misbehaviour is what SecurityError was told.
func (o *databaseOps) misbehaviour() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.misbehaves
}
