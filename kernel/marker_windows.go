package kernel

import "bytes"

// A markerSplitter cuts a byte stream at every marker, also where a marker comes
// in two pieces.
type markerSplitter struct {
	marker string
	held   []byte // the beginning of what may become a marker
}

// parts returns the text of p in order, with a nil for every marker.
func (m *markerSplitter) parts(p []byte) [][]byte {
	text := append(m.held, p...)
	m.held = nil
	var out [][]byte
	for {
		before, after, found := bytes.Cut(text, []byte(m.marker))
		if !found {
			break
		}
		if len(before) > 0 {
			out = append(out, before)
		}
		out, text = append(out, nil), after
	}
	keep := m.partial(text)
	if n := len(text) - keep; n > 0 {
		out = append(out, text[:n])
	}
	m.held = bytes.Clone(text[len(text)-keep:])
	return out
}

// partial returns how many bytes at the end of text begin a marker.
func (m *markerSplitter) partial(text []byte) int {
	for n := min(len(m.marker)-1, len(text)); n > 0; n-- {
		if string(text[len(text)-n:]) == m.marker[:n] {
			return n
		}
	}
	return 0
}
