package modules

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"golang.org/x/mod/module"
	"golang.org/x/mod/sumdb"
)

// knownKeys are the keys of the databases that may be named without one, as the go
// command has them.
var knownKeys = map[string]string{
	"sum.golang.org": "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
}

// sums knows which hashes modules must have. A hash that was seen once, in the file
// go.sum of the cache, must stay what it was; a new one must be that of the checksum
// database. If the database cannot be reached, nothing new is accepted: who wants to
// do without it says so with GONOSUMDB or GOSUMDB=off, as with the go command.
type sums struct {
	dir    string // of the cache
	client *client

	once     sync.Once
	ops      *databaseOps
	database *sumdb.Client
	err      error // why there is no database
}

// verify compares the hash of a module with the one it must have, and remembers it.
// Of a go.mod the version ends in /go.mod.
func (s *sums) verify(ctx context.Context, m module.Version, hash string) error {
	want := m.Path + " " + m.Version + " " + hash
	known, err := s.known()
	if err != nil {
		return err
	}
	for _, line := range known {
		if line == want {
			return nil
		}
		if strings.HasPrefix(line, m.Path+" "+m.Version+" h1:") {
			return mismatch(m, hash, line, "it was fetched before")
		}
	}
	if s.client.env.checked(m.Path) {
		if err := s.ask(ctx, m, want, hash); err != nil {
			return err
		}
	}
	return s.remember(append(known, want))
}

// ask compares a hash with the one that the database has.
func (s *sums) ask(ctx context.Context, m module.Version, want, hash string) error {
	s.once.Do(s.open)
	if s.err != nil {
		return s.err
	}
	lines, err := s.database.Lookup(m.Path, m.Version)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if errors.Is(err, sumdb.ErrSecurity) {
		return fmt.Errorf("modules: %s %s: %w: %s", m.Path, m.Version, err, s.ops.misbehaviour())
	}
	if err != nil {
		return fmt.Errorf("modules: %s %s cannot be verified (GONOSUMDB lists modules that need not be): %w", m.Path, m.Version, err)
	}
	for _, line := range lines {
		if line == want {
			return nil
		}
		if strings.HasPrefix(line, m.Path+" "+m.Version+" h1:") {
			return mismatch(m, hash, line, "the checksum database has it")
		}
	}
	return fmt.Errorf("modules: the checksum database tells no hash of %s %s", m.Path, m.Version)
}

// mismatch is the error of a module that is not what it was, or should be.
func mismatch(m module.Version, hash, line, when string) error {
	fields := strings.Fields(line)
	return fmt.Errorf("modules: checksum mismatch: %s %s has %s, but as %s %s: somebody changed it, and it is not used",
		m.Path, m.Version, hash, when, fields[len(fields)-1])
}

// known are the lines of the cache's go.sum.
func (s *sums) known() ([]string, error) {
	text, err := os.ReadFile(filepath.Join(s.dir, "go.sum"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("modules: %w", err)
	}
	return strings.FieldsFunc(string(text), func(r rune) bool { return r == '\n' }), nil
}

func (s *sums) remember(lines []string) error {
	slices.Sort(lines)
	return writeFile(filepath.Join(s.dir, "go.sum"), []byte(strings.Join(slices.Compact(lines), "\n")+"\n"))
}

// open starts a client of the database that GOSUMDB names.
func (s *sums) open() {
	fields := strings.Fields(s.client.env.database)
	key := fields[0]
	if known, ok := knownKeys[key]; ok {
		key = known
	}
	name, _, ok := strings.Cut(key, "+")
	if !ok || len(fields) > 2 {
		s.err = fmt.Errorf("modules: GOSUMDB is %q, which is no database with a known key", s.client.env.database)
		return
	}
	s.ops = &databaseOps{key: key, name: name, url: "https://" + name, dir: filepath.Join(s.dir, "sumdb"), client: s.client}
	if len(fields) == 2 {
		s.ops.url = strings.TrimSuffix(fields[1], "/")
	}
	s.database = sumdb.NewClient(s.ops)
}
