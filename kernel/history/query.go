package history

import (
	"path"
	"slices"
	"strings"
)

// Range returns the cells of a session from line start up to and without stop; a nil
// stop is the end. Session 0 is the present one, -1 the one before it, and so on; a
// positive number is that of a session.
func (s *Store) Range(session, start int, stop *int) []Entry {
	entries, present := s.all()
	if session <= 0 {
		session += present
	}
	return slices.DeleteFunc(entries, func(e Entry) bool {
		return e.Session != session || e.Line < start || stop != nil && e.Line >= *stop
	})
}

// Tail returns the last n cells of all sessions; 0 means all.
func (s *Store) Tail(n int) []Entry {
	entries, _ := s.all()
	return lastOf(entries, n)
}

// Search returns the last n cells that match a pattern with * and ?; 0 means all.
// With unique, of cells that are alike only the last counts.
func (s *Store) Search(pattern string, unique bool, n int) []Entry {
	entries, _ := s.all()
	found := slices.DeleteFunc(entries, func(e Entry) bool { return !matches(pattern, e.Input) })
	if unique {
		found = withoutTwins(found)
	}
	return lastOf(found, n)
}

// withoutTwins keeps the last of the cells that are alike.
func withoutTwins(entries []Entry) []Entry {
	last := map[string]int{}
	for i, e := range entries {
		last[e.Input] = i
	}
	kept := entries[:0]
	for i, e := range entries {
		if last[e.Input] == i {
			kept = append(kept, e)
		}
	}
	return kept
}

// matches reports whether pattern describes all of text. path.Match stops at a
// slash and knows classes; here a slash is a letter like any other and only * and
// ? are special, as in SQLite's GLOB, which IPython uses.
func matches(pattern, text string) bool {
	if pattern == "" {
		return true
	}
	hide := strings.NewReplacer("/", "\x00")
	literal := strings.NewReplacer("[", `\[`, "]", `\]`, `\`, `\\`, "/", "\x00")
	ok, err := path.Match(literal.Replace(pattern), hide.Replace(text))
	return ok && err == nil
}

// lastOf returns the last n; 0 means all.
func lastOf(entries []Entry, n int) []Entry {
	if n <= 0 || n >= len(entries) {
		return entries
	}
	return entries[len(entries)-n:]
}
