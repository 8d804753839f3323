package notebooks

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// This file writes JSON and splits lines exactly as Python does, since a
// notebook file is defined by what Jupyter, in Python, makes of it. Go's own
// encoder escapes <, > and other characters, and cannot indent an empty list as
// Python does.

// writePython appends v as Python's json.dumps(v, indent=1, sort_keys=True,
// ensure_ascii=False) would write it at a nesting depth.
func writePython(b *bytes.Buffer, v any, depth int) {
	switch v := v.(type) {
	case nil:
		b.WriteString("null")
	case bool:
		b.WriteString(strconv.FormatBool(v))
	case string:
		writeString(b, v)
	case json.Number:
		b.WriteString(v.String()) // as it was read: 1.0 stays 1.0
	case []any:
		writeList(b, v, depth)
	case map[string]any:
		writeObject(b, v, depth)
	default: // int and float64, from values made in Go rather than read
		number, err := json.Marshal(v)
		if err != nil {
			writeString(b, fmt.Sprint(v))
			return
		}
		b.Write(number)
	}
}

func writeList(b *bytes.Buffer, list []any, depth int) {
	if len(list) == 0 {
		b.WriteString("[]")
		return
	}
	b.WriteByte('[')
	for i, v := range list {
		separate(b, i, depth+1)
		writePython(b, v, depth+1)
	}
	newline(b, depth)
	b.WriteByte(']')
}

func writeObject(b *bytes.Buffer, m map[string]any, depth int) {
	if len(m) == 0 {
		b.WriteString("{}")
		return
	}
	b.WriteByte('{')
	// Python sorts by code point, Go by byte; in UTF-8 that is the same order.
	for i, key := range slices.Sorted(maps.Keys(m)) {
		separate(b, i, depth+1)
		writeString(b, key)
		b.WriteString(": ")
		writePython(b, m[key], depth+1)
	}
	newline(b, depth)
	b.WriteByte('}')
}

// separate begins the i-th item of a list or object.
func separate(b *bytes.Buffer, i, depth int) {
	if i > 0 {
		b.WriteByte(',')
	}
	newline(b, depth)
}

func newline(b *bytes.Buffer, depth int) {
	b.WriteByte('\n')
	for range depth {
		b.WriteByte(' ')
	}
}

// writeString escapes what JSON demands and nothing more.
func writeString(b *bytes.Buffer, s string) {
	b.WriteByte('"')
	for _, r := range strings.ToValidUTF8(s, string(utf8.RuneError)) {
		switch {
		case shortEscapes[r] != "":
			b.WriteString(shortEscapes[r])
		case r < ' ':
			fmt.Fprintf(b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
}

var shortEscapes = map[rune]string{
	'"': `\"`, '\\': `\\`, '\n': `\n`, '\r': `\r`, '\t': `\t`, '\f': `\f`, '\b': `\b`,
}

// lines splits text as Python's str.splitlines(keepends=True) does: at more
// characters than a newline, each staying with the line it ends.
func lines(text string) []any {
	out := []any{}
	for text != "" {
		end := strings.IndexFunc(text, endsLine)
		if end < 0 {
			return append(out, text)
		}
		_, size := utf8.DecodeRuneInString(text[end:])
		end += size
		if strings.HasPrefix(text[end-size:], "\r\n") {
			end++ // one line end of two characters
		}
		out, text = append(out, text[:end]), text[end:]
	}
	return out
}

// endsLine reports whether Python takes r for the end of a line.
func endsLine(r rune) bool {
	return r >= '\n' && r <= '\r' || r >= '\x1c' && r <= '\x1e' || r == '\u0085' || r == '\u2028' || r == '\u2029'
}
