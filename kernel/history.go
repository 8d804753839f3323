package kernel

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"

	"gradbook/kernel/wire"
)

// historyLimit bounds the memory of a kernel that runs for weeks.
const historyLimit = 10_000

// A history is the cells that were run in this session, oldest first.
type history struct {
	entries []wire.HistoryEntry
}

// add remembers a cell, and its value as text if it showed one.
func (h *history) add(line int, code string, result *Result) {
	e := wire.HistoryEntry{Session: 0, Line: line, Input: code}
	if result != nil {
		e.Output, _ = result.Data["text/plain"].(string)
	}
	h.entries = append(h.entries, e)
	if len(h.entries) > historyLimit {
		h.entries = slices.Clone(h.entries[len(h.entries)-historyLimit:])
	}
}

// queryHistory answers the three ways of asking for earlier cells.
func (k *Kernel) queryHistory(_ context.Context, _ *request, c wire.HistoryRequest) (any, error) {
	var found []wire.HistoryEntry
	switch c.Access {
	case "range":
		found = k.history.between(c.Session, c.Start, c.Stop)
	case "tail":
		found = lastOf(k.history.entries, c.N)
	case "search":
		found = k.history.search(c.Pattern, c.Unique, c.N)
	default:
		return nil, fmt.Errorf("kernel: hist_access_type %q, want range, tail or search", c.Access)
	}
	found = slices.Clone(found)
	for i := range found {
		found[i].WithOutput = c.Output
	}
	return wire.HistoryReply{History: found}, nil
}

// between returns the lines from start up to and without stop; a nil stop is the
// end. Only the present session, 0, is kept.
func (h *history) between(session, start int, stop *int) []wire.HistoryEntry {
	if session != 0 {
		return nil
	}
	var found []wire.HistoryEntry
	for _, e := range h.entries {
		if e.Line >= start && (stop == nil || e.Line < *stop) {
			found = append(found, e)
		}
	}
	return found
}

// search returns the last n cells that match a pattern with * and ?. With unique,
// of cells that are alike only the last counts.
func (h *history) search(pattern string, unique bool, n int) []wire.HistoryEntry {
	var found []wire.HistoryEntry
	for _, e := range h.entries {
		if !matches(pattern, e.Input) {
			continue
		}
		if unique {
			found = slices.DeleteFunc(found, func(old wire.HistoryEntry) bool { return old.Input == e.Input })
		}
		found = append(found, e)
	}
	return lastOf(found, n)
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
func lastOf(entries []wire.HistoryEntry, n int) []wire.HistoryEntry {
	if n <= 0 || n >= len(entries) {
		return entries
	}
	return entries[len(entries)-n:]
}
