package history

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// An Entry is one cell that was run.
type Entry struct {
	Session int    `json:"-"` // its number, which grows with every kernel that runs a cell
	Line    int    `json:"line"`
	Input   string `json:"input"`
	Output  string `json:"output,omitempty"` // the value it showed, as text
}

// Options tune a Store. The zero value remembers in memory only.
type Options struct {
	// File is where the cells of all sessions are kept. "" keeps none.
	File string

	// Limit is how many cells are kept, the newest ones. 0 means 10,000.
	Limit int
}

// A Store is the history of one session, and through its file of all others. It is
// safe for concurrent use.
type Store struct {
	options Options
	wake    chan struct{}  // has a value when something is pending
	writer  sync.WaitGroup // the goroutine that writes

	file    sync.Mutex // held while the file is used; before mu if both are
	session int        // guarded by file: the number of this session, 0 until it has one
	trouble error      // guarded by file: the first; the file is not tried again

	mu      sync.Mutex
	mine    []Entry // of this session, oldest first
	pending []Entry // the last of mine, which are not in the file
	closed  bool
}

// Sizes beyond which a cell is shortened, so that one mad cell does not fill the file.
const (
	longestInput  = 1 << 20
	longestOutput = 10_000
)

// New makes the history of a new session. It touches no file.
func New(o Options) *Store {
	o.Limit = cmp.Or(o.Limit, 10_000)
	s := &Store{options: o, wake: make(chan struct{}, 1)}
	s.writer.Go(s.write)
	return s
}

// Add remembers a cell. It does not wait for the file.
func (s *Store) Add(e Entry) {
	e.Input, e.Output = shortened(e.Input, longestInput), shortened(e.Output, longestOutput)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return
	}
	s.mine, s.pending = append(s.mine, e), append(s.pending, e)
	if extra := len(s.mine) - s.options.Limit; extra > 0 {
		s.mine = slices.Clone(s.mine[extra:])
	}
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

func shortened(text string, longest int) string {
	if len(text) <= longest {
		return text
	}
	return strings.ToValidUTF8(text[:longest], "") + "…" // the cut may go through a letter
}

// write saves what is added until the store is closed.
func (s *Store) write() {
	for range s.wake {
		s.file.Lock()
		s.save()
		s.file.Unlock()
	}
}

// Close saves what is not saved yet. The error says why the file could not be used,
// since when only this session's cells were known.
func (s *Store) Close() error {
	s.mu.Lock()
	if !s.closed {
		s.closed = true
		close(s.wake)
	}
	s.mu.Unlock()
	s.writer.Wait()
	s.file.Lock()
	defer s.file.Unlock()
	s.save()
	return s.trouble
}

// all returns the cells of all sessions, by session and oldest first, and the number
// of this one. A session that runs beside it comes earlier if it began earlier.
func (s *Store) all() (entries []Entry, session int) {
	s.file.Lock()
	defer s.file.Unlock()
	s.save()
	if s.usable() {
		entries, last, err := readFile(s.options.File)
		if err == nil {
			return entries, cmp.Or(s.session, last+1)
		}
		s.fail(err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	entries = slices.Clone(s.mine)
	for i := range entries {
		entries[i].Session = s.session
	}
	return entries, s.session
}

func (s *Store) usable() bool { return s.options.File != "" && s.trouble == nil }

// save writes what is pending; the caller holds file. Cells go on meanwhile.
func (s *Store) save() {
	s.mu.Lock()
	fresh := s.pending
	s.pending = nil
	s.mu.Unlock()
	if len(fresh) == 0 || !s.usable() {
		return
	}
	session, err := appendFile(s.options.File, s.session, fresh, s.options.Limit)
	if err != nil {
		s.fail(err)
		return
	}
	s.session = session
}

// fail gives the file up; the caller holds file.
func (s *Store) fail(err error) {
	s.trouble = fmt.Errorf("history: the cells of this session are not kept: %s: %w", s.options.File, err)
}
